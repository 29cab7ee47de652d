"""The tutorial's own loop, on our classes, gives the losses that the tutorial prints."""

import numpy as np
import pytest

from classifier import TUTORIAL_LOSSES, Experiment, MyNetwork, Run
from tests.classifier import reference


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("route", ["fused", "chain"])
def test_the_tutorials_loop_prints_its_losses(route: str, dtype: type) -> None:
    # fmt: off
    sample_inputs =  [[1, 3, 5],    [1, 9, 5],    [1, 2, 5],    [0, 9, 5],    [0, 0, 5]]
    sample_outputs = [[1, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]]
    # fmt: on
    net = MyNetwork(3, 4, rng=np.random.RandomState(42), dtype=dtype, route=route)  # was: np.random.seed(42)
    lr = 0.01
    losses = {}
    for epoch_idx in range(2000):
        total_loss = 0.0
        for np_x, np_y in zip(sample_inputs, sample_outputs, strict=True):
            np_x = np.array(np_x).astype(dtype)
            np_y = np.array(np_y).astype(dtype)
            total_loss += float(net.forward_loss(np_x, np_y))
            net.update_weights(np_x, np_y, lr)
        losses[epoch_idx] = total_loss

    assert {epoch: losses[epoch] for epoch in TUTORIAL_LOSSES} == pytest.approx(TUTORIAL_LOSSES, rel=2e-6, abs=0)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("route", ["fused", "chain"])
def test_a_run_has_the_published_losses(route: str, dtype: str) -> None:
    run = Run(Experiment.tutorial().replace(route=route, dtype=dtype))
    run.advance()
    at = {epoch: float(run.history.running_loss[epoch + 1]) for epoch in TUTORIAL_LOSSES}
    assert at == pytest.approx(TUTORIAL_LOSSES, rel=2e-6, abs=0)


def test_every_epoch_agrees_with_the_tutorials_formulas() -> None:
    experiment = Experiment.tutorial()
    rows, labels = [list(x) for x in experiment.inputs], [list(y) for y in experiment.labels]
    theirs = [loss for loss, _ in reference.train(rows, labels, epochs=2000, lr=0.01, seed=42)]
    for route in ("fused", "chain"):
        run = Run(experiment.replace(route=route))
        run.advance()
        np.testing.assert_allclose(run.history.running_loss[1:], theirs, rtol=1e-5, atol=0)


def test_initial_weights_are_the_tutorials_bit_for_bit() -> None:
    tutorials = np.random.RandomState(42)
    weight, bias = tutorials.randn(4, 3).astype(np.float32), tutorials.randn(4).astype(np.float32)
    history = Run(Experiment.tutorial()).history
    assert history.parameters[0][0, :, :-1].tobytes() == weight.tobytes()
    assert history.parameters[0][0, :, -1].tobytes() == bias.tobytes()


def test_the_tutorials_formulas_break_where_ours_do_not() -> None:
    """From seed 6 the tutorial's weights are NaN within 30 epochs, which its own assert reports."""
    experiment = Experiment.tutorial().replace(seed=6, epochs=30)
    rows, labels = [list(x) for x in experiment.inputs], [list(y) for y in experiment.labels]
    with np.errstate(all="ignore"), pytest.raises(AssertionError, match="nan"):
        list(reference.train(rows, labels, epochs=30, lr=0.01, seed=6))
    run = Run(experiment)
    run.advance()
    assert np.isfinite(run.history.running_loss[1:]).all()
