"""The stage's arrays are the core's numbers, finite, and small enough to travel."""

from __future__ import annotations

import numpy as np
import pytest

from classifier import MAX_INPUTS, MAX_OUTPUTS, Experiment, Run
from pages.playground import charts, frames
from pages.shared.charts.chart import bindings, figures

TUTORIAL = Experiment.tutorial()


@pytest.fixture(scope="module")
def run() -> Run:
    run = Run(TUTORIAL)
    run.advance()
    return run


def test_every_array_is_finite_and_as_long_as_the_stretch(run: Run) -> None:
    arrays = frames.frames(TUTORIAL, run.history[0:700], slice(0, 10))
    for name, array in arrays.items():
        assert len(array) == 700, name
        assert np.isfinite(array).all(), name


def test_the_bias_is_the_last_column(run: Run) -> None:
    arrays = frames.frames(TUTORIAL, run.history, slice(0, 10))
    np.testing.assert_array_equal(arrays["weights"][318, :, :3], run.history.parameters[0][318, :, :-1])
    np.testing.assert_array_equal(arrays["weights"][318, :, 3], run.history.parameters[0][318, :, -1])
    np.testing.assert_array_equal(arrays["gradients"][318, :, :3], run.history.gradients[0][318, :, :-1])
    np.testing.assert_array_equal(arrays["gradients"][318, :, 3], run.history.gradients[0][318, :, -1])


def test_the_change_of_an_epoch_is_minus_lr_times_its_gradient(run: Run) -> None:
    # What hovering shows as the change, against the weights themselves.
    arrays = frames.frames(TUTORIAL, run.history, slice(0, 10))
    change = np.diff(arrays["weights"], axis=0)
    np.testing.assert_allclose(change, -TUTORIAL.learning_rate * arrays["gradients"][1:], atol=2e-6)


def test_under_a_schedule_the_change_is_that_of_the_epochs_own_rate() -> None:
    experiment = TUTORIAL.replace(epochs=60, schedule=((20, 0.1), (21, 0), (40, 0.02)))
    run = Run(experiment)
    run.advance()
    for stretch in (slice(0, 30), slice(20, 22), slice(30, 61)):
        arrays = frames.frames(experiment, run.history[stretch], slice(0, 10))
        moved = np.diff(run.history.parameters[0], axis=0)
        first = max(stretch.start, 1)
        own = arrays["changes"][first - stretch.start :]
        np.testing.assert_allclose(own, moved[first - 1 : stretch.stop - 1], atol=2e-6)
        assert arrays["changes"].dtype == np.float32


@pytest.mark.parametrize("schedule", [(), ((20, 0.1),)])
def test_hovering_shows_gradient_and_change(schedule: tuple[tuple[int, float], ...]) -> None:
    """What the browser makes of array and scale is −rate · gradient, for one rate and for several."""
    experiment = TUTORIAL.replace(epochs=30, schedule=schedule)
    run = Run(experiment)
    run.advance()
    arrays = frames.frames(experiment, run.history, slice(0, 10))
    assert ("changes" in arrays) == bool(schedule)
    shown = [
        b
        for b in bindings(charts.build(charts.RunShown(experiment, run.history, slice(0, 10))))
        if b["attribute"] == "customdata"
    ]
    assert [b["figure"] for b in shown] == ["weights", "gradients"]
    for binding in shown:
        gradient, change = (
            arrays[name] * scale for name, scale in zip(binding["array"], binding["scale"], strict=True)
        )
        np.testing.assert_array_equal(gradient, arrays["gradients"])
        rates = experiment.rates_at(run.history.position - 1)[:, None, None]
        np.testing.assert_allclose(change, -rates * arrays["gradients"], rtol=1e-6)


def test_wrong_predictions_are_those_on_the_other_side_of_a_half(run: Run) -> None:
    arrays = frames.frames(TUTORIAL, run.history[0:5], slice(1, 3))
    yhat, labels = run.history.yhat[0:5, 1:3], np.array(TUTORIAL.labels)[1:3]
    np.testing.assert_array_equal(arrays["yhat"], yhat)
    np.testing.assert_array_equal(arrays["wrong"].reshape(yhat.shape), (yhat > 0.5) != (labels > 0.5))
    assert arrays["wrong"].any()


def test_a_gradient_of_zero_keeps_a_scale() -> None:
    experiment = TUTORIAL.replace(learning_rate=0, epochs=3)
    run = Run(experiment)
    run.advance()
    assert (frames.frames(experiment, run.history, slice(0, 10))["largest_gradient"] > 0).all()


def test_a_default_run_is_one_message_and_the_largest_frame_travels_alone() -> None:
    assert frames.frames_per_chunk(TUTORIAL, TUTORIAL.samples) >= TUTORIAL.epochs + 1
    largest = Experiment(np.zeros((10, MAX_INPUTS)), np.zeros((10, MAX_OUTPUTS)), dtype="float64")
    assert frames.frames_per_chunk(largest, 10) >= 1


def test_a_message_weighs_what_was_counted(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    experiment = Experiment(np.zeros((12, 30)), np.zeros((12, 9)), epochs=50)
    large = Run(experiment)
    large.advance()
    scheduled = Run(experiment.with_rate_from(5, 0.1))
    scheduled.advance()
    classes = Run(Experiment([[0], [1]], [[1, 0], [0, 1]], epochs=50))
    classes.advance()
    runs = run, large, scheduled, classes
    for one, shown in [(shown.experiment, shown) for shown in runs]:
        arrays = frames.frames(one, shown.history, slice(0, 10))
        weight = sum(array.nbytes for array in arrays.values()) // len(shown.history)
        for room in (560_000, 1_000 * weight, 1_000 * weight - 1, 3 * weight, weight, 1):
            monkeypatch.setattr(frames, "CHUNK_BYTES", room)
            assert frames.frames_per_chunk(one, min(10, one.samples)) == max(1, room // weight)


def test_every_binding_names_an_array_and_a_trace_that_exist(run: Run) -> None:
    for experiment in (TUTORIAL, TUTORIAL.with_rate_from(500, 0.1)):
        arrays = {"position": run.history.position, **frames.frames(experiment, run.history, slice(0, 10))}
        built = charts.build(charts.RunShown(experiment, run.history, slice(0, 10)))
        drawn = figures(built)
        for binding in bindings(built):
            names = binding["array"] if isinstance(binding["array"], tuple) else (binding["array"],)
            assert set(names) <= set(arrays)
            assert binding["trace"] < len(drawn[binding["figure"]]["data"])
