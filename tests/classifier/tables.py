"""Experiments of every kind, for the tests of what trains them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from classifier import Experiment, History, Network


def random_experiment(
    seed: int,
    *,
    samples: int | None = None,
    inputs: int | None = None,
    outputs: int | None = None,
    **changes: object,
) -> Experiment:
    """Return an experiment with random numbers, soft labels among them."""
    rng = np.random.default_rng(seed)
    samples = samples or int(rng.integers(1, 9))
    inputs = inputs or int(rng.integers(1, 7))
    outputs = outputs or int(rng.integers(1, 6))
    labels = rng.choice([0, 0, 1, 1, 0.3], (samples, outputs))
    return Experiment(rng.normal(0, 2, (samples, inputs)), labels, **{"epochs": 30, "seed": seed, **changes})


@dataclass(frozen=True, repr=False)
class WithMomentum(Experiment):
    """An experiment with a field that nothing knows."""

    momentum: float = 0


TABLE = {"inputs": [[1]], "labels": [[1]], "epochs": 1}
KINDS = [(route, dtype) for route in ("fused", "chain") for dtype in ("float32", "float64")]
EXTREMES = {
    "largest rate": {"learning_rate": 100},
    "no rate": {"learning_rate": 0},
    "largest inputs": {"inputs": [[1e6, -1e6], [-1e6, 1e6], [1e6, 1e6]], "learning_rate": 100},
    "smallest inputs": {"inputs": [[5e-324, 1e-45], [1e-40, 0], [0, 0]], "labels": [[1e-45], [5e-324], [1]]},
    "contradiction": {"inputs": [[1, 1]] * 3, "learning_rate": 50},
    "one sample": {"inputs": [[3, 4]], "labels": [[0.5]], "learning_rate": 10},
    "largest start": {"initial": [[1e6, -1e6, 1e6]]},
    "largest everything": {
        "inputs": [[1e6, -1e6], [-1e6, 1e6], [1e6, 1e6]],
        "initial": [[-1e6, 1e6, -1e6]],
        "schedule": [(1, 100), (20, 0), (30, 1e-300), (40, 100)],
    },
    "smallest start": {"initial": [[5e-324, -1e-45, 1e-40]]},
    "no epoch": {"epochs": 0},
    "one epoch": {"epochs": 1},
}


def extreme(name: str, route: str, dtype: str) -> Experiment:
    """Return an experiment at the edge of what is accepted."""
    base = {"inputs": [[0, 1], [2, -1], [1, 1]], "labels": [[0], [1], [0.25]], "epochs": 60}
    return Experiment(**{**base, **EXTREMES[name]}, route=route, dtype=dtype)


def arrays(history: History) -> dict[str, bytes]:
    """Return every bit of a history."""
    return {name: array.tobytes() for name, array in numbers(history).items()}


def numbers(history: History) -> dict[str, np.ndarray]:
    """Return every array of a history; what there is of each layer under its number."""
    named = {name: values if isinstance(values, tuple) else (values,) for name, values in vars(history).items()}
    return {f"{name}{k or ''}": array for name, layers in named.items() for k, array in enumerate(layers)}


def global_generator() -> bytes:
    """Return the state of the generator that nobody may touch."""
    return np.random.get_state()[1].tobytes()  # noqa: NPY002  # it is the legacy one that sessions would share


def data_loss(experiment: Experiment, parameters: Sequence[np.ndarray]) -> float:
    """Sum the readable network's loss at fixed weights, one sample after the other, in float64."""
    network = Network([matrix.astype(float) for matrix in parameters], activation=experiment.activation)
    pairs = zip(experiment.input_array.astype(float), experiment.label_array.astype(float), strict=True)
    return float(sum(network.forward_loss(x, y) for x, y in pairs))
