"""What is recorded, how much of it, and that its numbers are those of the readable graph."""

import numpy as np
import pytest

from classifier import Experiment, LinearClassifier, Run, zeros_initial
from classifier.training.history import MAX_BYTES, MAX_FRAMES, MIN_FRAMES, recorded_positions
from tests.classifier.tables import KINDS, arrays, numbers, random_experiment

SIZES = [(1, 1, 1), (5, 3, 4), (1000, 1, 1), (1000, 64, 16), (1, 64, 16), (1000, 3, 16)]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("epochs", [0, 1, 63, 64, 65, 2000, 2047, 2048, 2049, 19_999])
@pytest.mark.parametrize("size", SIZES)
def test_what_is_recorded_is_bounded_dense_then_even(size: tuple[int, int, int], epochs: int, dtype: str) -> None:
    samples, inputs, outputs = size
    experiment = Experiment(np.ones((samples, inputs)), np.ones((samples, outputs)), epochs=epochs, dtype=dtype)
    recorded = recorded_positions(experiment)
    assert recorded.dtype == np.int64
    assert recorded[0] == 0
    assert recorded[-1] == epochs
    gaps = np.diff(recorded)
    assert (gaps > 0).all()
    assert len(recorded) <= MAX_FRAMES
    if len(recorded) < epochs + 1:
        assert len(recorded) >= MIN_FRAMES
        assert recorded[: len(recorded) // 2].tolist() == list(range(len(recorded) // 2))
        even = gaps[len(recorded) // 2 :]
        assert even.max() - even.min() <= 1


def test_the_default_run_has_every_epoch() -> None:
    assert recorded_positions(Experiment.tutorial()).tolist() == list(range(2001))


@pytest.mark.parametrize("size", SIZES)
def test_a_history_keeps_within_its_memory(size: tuple[int, int, int]) -> None:
    samples, inputs, outputs = size
    experiment = Experiment(np.ones((samples, inputs)), np.ones((samples, outputs)), epochs=20_000, dtype="float64")
    frame = sum(array[:1].nbytes for array in numbers(Run(experiment).history).values())
    frames = len(recorded_positions(experiment))
    assert frame * frames <= MAX_BYTES
    assert frame * (frames + 1) > MAX_BYTES or frames == MAX_FRAMES == 2048  # and uses it
    shared = len(recorded_positions(*[experiment] * 12))
    assert 12 * frame * (shared + 1) > MAX_BYTES or shared == MAX_FRAMES
    assert 12 * frame * shared <= MAX_BYTES or shared == MIN_FRAMES == 64


@pytest.mark.parametrize(("route", "dtype"), KINDS)
@pytest.mark.parametrize("seed", range(4))
def test_every_number_is_the_readable_graphs(seed: int, route: str, dtype: str) -> None:
    experiment = random_experiment(seed, route=route, dtype=dtype, learning_rate=0.1)
    run = Run(experiment)
    run.advance()
    history = run.history
    samples = list(zip(experiment.input_array, experiment.label_array, strict=True))
    start = history.parameters[0][0]
    network = LinearClassifier.from_weights(start[:, :-1], start[:, -1], route=experiment.route)
    close = {"rtol": 1e-4 if dtype == "float32" else 1e-11, "atol": 1e-5 if dtype == "float32" else 1e-12}
    for k in range(1, 31):
        losses, passes = [], []
        for x, y in samples:
            losses.append(network.loss.forward_from_logits(network.linear1.forward(x), y))
            passes.append(network.backward(x, y))
            network.update_weights(x, y, experiment.learning_rate)

        def of(name: str, passes: list = passes) -> np.ndarray:
            return np.stack([getattr(each, name) for each in passes])

        expected = {
            "position": k,
            "running_loss": np.sum(losses),
            "parameters": network.linear1.parameters,
            "gradients": np.column_stack([of("loss_wrt_weight").sum(axis=0), of("loss_wrt_bias").sum(axis=0)]),
            "yhat": np.stack([network.forward(x) for x, _ in samples]),
            "mean_abs_loss_wrt_sigmoid": np.abs(of("loss_wrt_sigmoid")).mean(),
            "mean_abs_loss_wrt_logits": np.abs(of("loss_wrt_linear1")).mean(),
            "mean_abs_loss_wrt_weight": np.abs(of("loss_wrt_weight")).mean(),
            "worst_loss": np.max(losses),
        }
        for name, value in expected.items():
            np.testing.assert_allclose(numbers(history)[name][k], value, **close, err_msg=name)
        worst = losses[int(history.worst_sample[k])][int(history.worst_output[k])]
        np.testing.assert_allclose(worst, np.max(losses), **close)
        y = experiment.label_array
        right = np.where(y == 0.5, True, (history.yhat[k] > 0.5) == (y > 0.5))
        assert history.accuracy[k] == np.mean(right)


def named(name: str, route: str, dtype: str) -> Experiment:
    """Return a random run, or one whose steps are so long that every route saturates."""
    if name == "saturated":
        return Experiment.tutorial().replace(learning_rate=10, epochs=200, route=route, dtype=dtype)
    return random_experiment(int(name), route=route, dtype=dtype, learning_rate=0.3)


@pytest.mark.parametrize(("route", "dtype"), KINDS)
@pytest.mark.parametrize("name", ["0", "1", "2", "saturated"])
def test_recorded_gradients_are_what_moved_the_weights(name: str, route: str, dtype: str) -> None:
    """In every epoch −ΔW/lr, so that a gradient of the other route cannot stand there: where ŷ saturates they differ.

    Each step rounds the weight by half a unit in its last place at most, which −ΔW/lr has divided by lr. Each
    ∂L/∂z is ŷ − y, twice a few roundings of a number below 1, times an input.
    """
    experiment = named(name, route, dtype)
    run = Run(experiment)
    run.advance()
    history, eps, rate = run.history, float(np.finfo(dtype).eps), experiment.learning_rate
    inputs = np.abs(experiment.input_array).sum(axis=0)
    for recorded, moved, each in (
        (history.gradients[0][..., :-1], history.parameters[0][..., :-1], inputs),
        (history.gradients[0][..., -1], history.parameters[0][..., -1], experiment.samples),
    ):
        values = moved.astype(np.float64)
        rounding = experiment.samples * eps * np.abs(values).max() / rate + 8 * eps * each
        assert (np.abs(recorded[1:] + np.diff(values, axis=0) / rate) <= rounding).all()
        assert np.abs(recorded).max() > 1e4 * rounding.max()


@pytest.mark.parametrize(("route", "dtype"), KINDS)
@pytest.mark.parametrize("name", ["0", "1", "2", "saturated"])
def test_recorded_gradients_are_those_of_the_steps(name: str, route: str, dtype: str) -> None:
    """Sums and mean sizes of an epoch are those of its steps, replayed: the same logits, so a few roundings apart."""
    experiment = named(name, route, dtype)
    run = Run(experiment)
    run.advance()
    history, eps = run.history, float(np.finfo(dtype).eps)
    for epoch in (0, 1, 2, 3, run.total // 2, run.total - 1):
        passes = [run.step(epoch, sample).layers[-1] for sample in range(experiment.samples)]
        recorded = history.gradients[0][epoch + 1]
        for gradient, sums in (("loss_wrt_weight", recorded[:, :-1]), ("loss_wrt_bias", recorded[:, -1])):
            steps = np.stack([getattr(each, gradient) for each in passes]).astype(np.float64)
            rounding = 8 * eps * np.abs(steps).sum(axis=0)
            difference = np.abs(sums - steps.sum(axis=0))
            assert (difference <= rounding).all(), (gradient, epoch)
        for partial, sizes in (
            ("loss_wrt_output", history.mean_abs_loss_wrt_sigmoid),
            ("loss_wrt_logits", history.mean_abs_loss_wrt_logits[:, 0]),
            ("loss_wrt_weight", history.mean_abs_loss_wrt_weight[:, 0]),
        ):
            size = np.abs(np.stack([getattr(each, partial) for each in passes]).astype(np.float64)).mean()
            assert sizes[epoch + 1] == pytest.approx(size, rel=8 * eps, abs=0), (partial, epoch)


def test_a_saturated_chain_run_ends_with_hardly_any_gradient() -> None:
    """Its wrong samples are stuck: what is left comes from those that are almost right."""
    run = Run(named("saturated", "chain", "float32"))
    run.advance()
    assert run.history.running_loss[-1] > 100
    assert np.abs(run.history.gradients[0][-1, :, :-1]).max() == pytest.approx(8.5e-5, rel=0.01)


def test_accuracy_counts_entries_on_their_labels_side() -> None:
    run = Run(Experiment([[0], [1]], [[1, 0], [0.4, 0.6]], epochs=0, initial=[[20, -10], [20, -10]]))
    assert run.history.yhat[0].round().tolist() == [[0, 0], [1, 1]]
    assert run.history.accuracy.tolist() == [0.5]


def test_a_prediction_of_one_half_is_on_the_side_of_0() -> None:
    run = Run(Experiment([[1]], [[0, 0.5, 1]], epochs=0, initial=zeros_initial(1, 3)))
    assert run.history.yhat.tolist() == [[[0.5, 0.5, 0.5]]]
    assert run.history.accuracy.tolist() == [2 / 3]


def test_position_0_has_weights_and_predictions_and_no_epoch() -> None:
    history = Run(Experiment.tutorial()).history
    assert len(history) == 1
    assert np.isnan(history.running_loss[0])
    assert history.yhat[0].min() > 0
    for name in numbers(history).keys() - {"position", "running_loss", "parameters", "yhat", "accuracy"}:
        assert not numbers(history)[name].any(), name


def test_nothing_else_is_ever_nan() -> None:
    run = Run(Experiment.tutorial())
    run.advance()
    for name, array in numbers(run.history).items():
        assert np.isfinite(array[1:] if name == "running_loss" else array).all(), name


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_places_are_whole_numbers_and_what_is_summed_has_all_its_digits(dtype: str) -> None:
    history = Run(Experiment.tutorial().replace(dtype=dtype)).history
    kinds = dict.fromkeys(("position", "worst_sample", "worst_output"), "int64")
    kinds |= dict.fromkeys(("parameters", "gradients", "yhat"), dtype)
    assert {name: array.dtype.name for name, array in numbers(history).items()} == dict.fromkeys(
        numbers(history), "float64"
    ) | kinds


def test_a_history_is_read_only_and_slices() -> None:
    run = Run(Experiment.tutorial())
    run.advance()
    for array in numbers(run.history).values():
        assert not array.flags.writeable
    part = run.history[100:103]
    assert len(part) == 3
    assert part.position.tolist() == [100, 101, 102]
    assert part.parameters[0].shape == (3, 4, 4)
    assert not part.parameters[0].flags.writeable


def test_a_snapshot_does_not_change_while_the_run_goes_on() -> None:
    run = Run(Experiment.tutorial())
    run.advance(max_epochs=100)
    snapshot = run.history
    before = arrays(snapshot)
    run.advance()
    assert len(snapshot) == 101
    assert arrays(snapshot) == before
    assert arrays(run.history[:101]) == before


@pytest.mark.parametrize(("route", "dtype"), KINDS)
@pytest.mark.parametrize("shape", [(5, 3, 4), (1, 1, 1), (40, 30, 16)])
def test_frames_do_not_depend_on_what_was_recorded_with_them(
    shape: tuple[int, int, int], route: str, dtype: str
) -> None:
    samples, inputs, outputs = shape
    epochs = 400 if samples < 40 else 150  # two blocks of either
    experiment = random_experiment(
        5, samples=samples, inputs=inputs, outputs=outputs, route=route, dtype=dtype, epochs=epochs
    )
    whole, single, mixed = (Run(experiment) for _ in range(3))
    whole.advance()
    while not single.done:
        single.advance(max_epochs=1)
    rng = np.random.default_rng(0)
    while not mixed.done:
        mixed.advance(max_epochs=int(rng.integers(1, 60)), budget_s=float(rng.choice([0, 1e-3])))
    assert arrays(whole.history) == arrays(single.history) == arrays(mixed.history)
