"""Experiments of every kind, for the tests of what writes and reads them."""

import numpy as np

from classifier import MAX_CHANGES, MAX_HIDDEN, MAX_UNITS, Experiment
from classifier.experiment.hidden import shapes

_NAME_PARTS = (*"&=+%é\"' _#?/\\x;₁", "日本", "<b>", "%20")


def any_experiment(rng: np.random.Generator) -> Experiment:
    """Draw an experiment from the whole width of what is allowed."""
    samples, inputs, outputs = rng.integers(1, 12), rng.integers(1, 8), rng.integers(1, 5)
    soft = rng.random() < 0.5
    scale = 10.0 ** rng.integers(-8, 6)
    names = [f"{i}{''.join(rng.choice(_NAME_PARTS, rng.integers(0, 4)))}|" for i in range(inputs + outputs)]
    draw = rng.random() < 0.5
    changes = np.unique(rng.integers(1, 12_000, rng.integers(0, MAX_CHANGES + 1)))
    hidden = tuple(rng.integers(1, MAX_UNITS + 1, rng.integers(0, MAX_HIDDEN + 1)).tolist())
    size = 10.0 ** rng.integers(-8, 5) * (rng.random() < 0.8)
    start = [rng.standard_normal(shape) * size for shape in shapes((inputs, *hidden, outputs))]
    return Experiment(
        (rng.standard_normal((samples, inputs)) * scale).clip(-1e6, 1e6),
        rng.random((samples, outputs)) if soft else rng.integers(0, 2, (samples, outputs)),
        learning_rate=float(rng.choice([0.01, 0.0, 100.0, rng.random(), 1e-7 * rng.random()])),
        epochs=int(rng.choice([0, 1, 2000, rng.integers(0, 10_000)])),
        seed=int(rng.choice([42, 0, 2**32 - 1, rng.integers(2**32)])),
        route=str(rng.choice(["fused", "chain"])),  # type: ignore[arg-type]
        dtype=str(rng.choice(["float32", "float64"])),
        input_names=tuple(names[:inputs]) if draw else None,  # type: ignore[arg-type]
        label_names=tuple(names[inputs:]) if draw or rng.random() < 0.5 else None,  # type: ignore[arg-type]
        hidden=hidden,
        activation=str(rng.choice(["sigmoid", "tanh", "relu"])),
        initial=start if rng.random() < 0.5 else None,  # type: ignore[arg-type]
        schedule=tuple((int(epoch), float(rng.random() ** 8)) for epoch in changes) if rng.random() < 0.5 else (),
        scaling=(rng.lognormal(0, 50, (inputs, 2)) * (rng.choice([-1, 1]), 1)).tolist() if rng.random() < 0.5 else None,
    )
