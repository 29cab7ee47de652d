"""The fused loop is the readable graph, only faster."""

import numpy as np
import pytest

from classifier import MAX_INITIAL, MAX_INPUT, MAX_INPUTS, MAX_LEARNING_RATE, MAX_STEPS, Experiment, LinearClassifier
from classifier.training.loop import Loop, logits_of_all
from tests.classifier.tables import KINDS, random_experiment


def start(experiment: Experiment) -> tuple[LinearClassifier, Loop]:
    network = LinearClassifier(
        experiment.in_features,
        experiment.out_features,
        rng=np.random.RandomState(experiment.seed),
        dtype=experiment.dtype,
        route=experiment.route,
    )
    return network, one(experiment, network.linear1.parameters)


def one(experiment: Experiment, *parameters: np.ndarray) -> Loop:
    return Loop([experiment], [parameters])


@pytest.mark.parametrize(("route", "dtype"), KINDS)
@pytest.mark.parametrize("seed", range(12))
def test_each_step_is_the_readable_graphs(seed: int, route: str, dtype: str) -> None:
    """From the same weights, so that nothing can add up: a few units in the last place of what is summed."""
    experiment = random_experiment(seed, route=route, dtype=dtype, learning_rate=0.3)
    network, loop = start(experiment)
    tolerance = 8 * np.finfo(dtype).eps
    with np.errstate(all="ignore"):
        for epoch in range(20):
            for sample in range(experiment.samples):
                x, y = experiment.input_array[sample], experiment.label_array[sample]
                (matrix,) = loop.parameters()
                network.linear1.weight, network.linear1.bias = matrix[:, :-1], matrix[:, -1]
                summed = np.abs(network.linear1.weight) @ np.abs(x) + np.abs(network.linear1.bias)
                logits = network.linear1.forward(x)
                network.update_weights(x, y, experiment.learning_rate)
                loop.train(epoch, slice(sample, sample + 1))
                assert (np.abs(-loop.negated_logits[0][sample, 0] - logits) <= tolerance * summed).all()
                # At most a quarter of an error in the logits reaches ∂L/∂z, and with it the weights.
                moved = experiment.learning_rate * np.outer(1 + summed, np.append(np.abs(x), 1))
                theirs = network.linear1.parameters
                assert (np.abs(-loop.negated[0][0] - theirs) <= tolerance * (np.abs(theirs) + moved)).all()


@pytest.mark.parametrize(("route", "dtype"), KINDS)
def test_a_whole_run_is_the_readable_graphs(route: str, dtype: str) -> None:
    experiment = Experiment.tutorial().replace(route=route, dtype=dtype)
    network, loop = start(experiment)
    with np.errstate(all="ignore"):
        for epoch in range(300):
            loop.train(epoch)
            for x, y in zip(experiment.input_array, experiment.label_array, strict=True):
                network.update_weights(x, y, experiment.learning_rate)
    tolerance = 1000 * np.finfo(dtype).eps
    np.testing.assert_allclose(loop.parameters()[0], network.linear1.parameters, rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize(("route", "dtype"), KINDS)
@pytest.mark.parametrize("shape", [(5, 3, 4), (7, 1, 1), (3, 64, 16), (2, 13, 5)])
def test_the_cut_into_calls_changes_no_bit(shape: tuple[int, int, int], route: str, dtype: str) -> None:
    samples, inputs, outputs = shape
    experiment = random_experiment(1, samples=samples, inputs=inputs, outputs=outputs, route=route, dtype=dtype)
    _, whole = start(experiment)
    _, pieces = start(experiment)
    with np.errstate(all="ignore"):
        for epoch in range(50):
            whole.train(epoch)
            pieces.train(epoch, slice(0, 2))
            pieces = one(experiment, *pieces.parameters())  # a new loop from the weights so far, as in a replay
            pieces.train(epoch, slice(2, samples))
    assert whole.negated[0].tobytes() == pieces.negated[0].tobytes()


def test_starting_weights_are_copied() -> None:
    experiment = Experiment.tutorial()
    matrix = np.ones((4, 4), np.float32)
    loop = one(experiment, matrix)
    with np.errstate(all="ignore"):
        loop.train(0)
    assert (matrix == 1).all()
    assert not (loop.negated[0] == -1).any()


def test_logits_of_all_are_those_of_the_network() -> None:
    experiment = random_experiment(3, dtype="float64")
    network, loop = start(experiment)
    logits = logits_of_all([-np.concatenate([loop.negated[0], 2 * loop.negated[0]])], experiment.input_array, "sigmoid")
    for sample, x in enumerate(experiment.input_array):
        np.testing.assert_allclose(logits[0, sample], network.linear1.forward(x), rtol=1e-12)
        np.testing.assert_allclose(logits[1, sample], 2 * network.linear1.forward(x), rtol=1e-12)


def test_nothing_accepted_can_overflow() -> None:
    """The limits of an experiment, all at once, in the bound that experiment.py states."""
    reached = max(MAX_INITIAL, 10) + MAX_LEARNING_RATE * MAX_INPUT * MAX_STEPS
    assert 4 * (MAX_INPUTS + 1) * MAX_INPUT * reached < 1e-10 * np.finfo(np.float32).max


@pytest.mark.parametrize(("route", "dtype"), KINDS)
def test_each_epoch_is_trained_at_its_rate(route: str, dtype: str) -> None:
    """Asked for in any order: a replay may go back."""
    experiment = random_experiment(4, route=route, dtype=dtype, learning_rate=0.3, schedule=((2, 0.1), (3, 0), (7, 2)))
    network, _ = start(experiment)
    asked = one(experiment, network.linear1.parameters)
    for epoch, rate in ((0, 0.3), (8, 2), (1, 0.3), (2, 0.1), (1, 0.3), (3, 0), (6, 0), (7, 2), (2, 0.1)):
        constant = one(experiment.replace(learning_rate=rate, schedule=()), *asked.parameters())
        with np.errstate(all="ignore"):
            asked.train(epoch)
            constant.train(0)
        assert asked.negated[0].tobytes() == constant.negated[0].tobytes()


def test_the_rate_is_multiplied_in_once_for_as_long_as_it_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would cost a tenth of a run to do it in every epoch."""
    experiment = random_experiment(4, schedule=((2, 0.1), (3, 0), (7, 2)))
    asked, honest = [], Experiment.rate_at
    monkeypatch.setattr(Experiment, "rate_at", lambda self, epoch: asked.append(epoch) or honest(self, epoch))
    _, loop = start(experiment)
    both = Loop([experiment, experiment.replace(schedule=((5, 1),))], [loop.parameters()] * 2)
    with np.errstate(all="ignore"):
        for epoch in range(20):
            loop.train(epoch)
        assert asked == [0, 2, 3, 7]
        for epoch in range(20):
            both.train(epoch)
        assert asked[4:] == [0, 0, 2, 2, 3, 3, 5, 5, 7, 7]  # each time of both


@pytest.mark.parametrize(("route", "dtype"), KINDS)
@pytest.mark.parametrize("z", [-1e30, -1000, -80, -30, 0, 12, 30, 80, 1000, 1e30])
def test_no_step_is_larger_than_the_bound_assumes(z: float, route: str, dtype: str) -> None:
    """|∂L/∂z| ≤ 1: with x = 0 and lr = 1 the bias moves by just that."""
    for label in (0, 0.5, 1):
        experiment = Experiment([[0]], [[label]], learning_rate=1, route=route, dtype=dtype)
        loop = one(experiment, np.array([[0, z]], dtype))
        with np.errstate(all="ignore"):
            loop.train(0)
        assert abs(float(loop.parameters()[0][0, 1]) - float(np.array(z, dtype))) <= 1 + 4 * np.finfo(dtype).eps * abs(
            z
        )
