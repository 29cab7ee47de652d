"""The stage's arrays are the core's numbers, and finite."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from classifier import Experiment, Run
from pages.playground import frames as playground_frames
from pages.playground.chosen_chart.choice import CHARTS, Choice
from pages.playground.screen import screen
from pages.shared.charts.chart import bindings, figures
from pages.shared.run.player import CHUNK_BYTES

TUTORIAL = Experiment.tutorial()


def frames(run: Run, stretch: slice = slice(None), row: int = 0) -> dict[str, NDArray[Any]]:
    return screen(run, row, Choice()).frames(stretch)


@pytest.fixture(scope="module")
def run() -> Run:
    run = Run(TUTORIAL)
    run.advance()
    return run


def test_every_array_is_finite_and_as_long_as_the_stretch(run: Run) -> None:
    arrays = frames(run, slice(0, 700))
    for name, array in arrays.items():
        assert len(array) == 700, name
        assert np.isfinite(array).all(), name


def test_the_default_run_is_one_message(run: Run) -> None:
    assert sum(array.nbytes for array in frames(run).values()) <= CHUNK_BYTES


def test_the_bias_is_the_last_column(run: Run) -> None:
    arrays = frames(run)
    np.testing.assert_array_equal(arrays["weights_1"][318, :, :3], run.history.parameters[0][318, :, :-1])
    np.testing.assert_array_equal(arrays["weights_1"][318, :, 3], run.history.parameters[0][318, :, -1])
    np.testing.assert_array_equal(arrays["gradients_1"][318, :, :3], run.history.gradients[0][318, :, :-1])
    np.testing.assert_array_equal(arrays["gradients_1"][318, :, 3], run.history.gradients[0][318, :, -1])


def test_the_change_of_an_epoch_is_minus_lr_times_its_gradient(run: Run) -> None:
    # What hovering shows as the change, against the weights themselves.
    arrays = frames(run)
    change = np.diff(arrays["weights_1"], axis=0)
    np.testing.assert_allclose(change, -TUTORIAL.learning_rate * arrays["gradients_1"][1:], atol=2e-6)


def test_under_a_schedule_the_change_is_that_of_the_epochs_own_rate() -> None:
    experiment = TUTORIAL.replace(epochs=60, schedule=((20, 0.1), (21, 0), (40, 0.02)))
    run = Run(experiment)
    run.advance()
    for stretch in (slice(0, 30), slice(20, 22), slice(30, 61)):
        arrays = frames(run, stretch)
        moved = np.diff(run.history.parameters[0], axis=0)
        first = max(stretch.start, 1)
        own = arrays["changes_1"][first - stretch.start :]
        np.testing.assert_allclose(own, moved[first - 1 : stretch.stop - 1], atol=2e-6)
        assert arrays["changes_1"].dtype == np.float32


@pytest.mark.parametrize("schedule", [(), ((20, 0.1),)])
def test_hovering_shows_gradient_and_change(schedule: tuple[tuple[int, float], ...]) -> None:
    """What the browser makes of array and scale is −rate · gradient, for one rate and for several."""
    experiment = TUTORIAL.replace(epochs=30, schedule=schedule)
    run = Run(experiment)
    run.advance()
    arrays = frames(run)
    assert ("changes_1" in arrays) == bool(schedule)
    shown = [b for b in bindings(screen(run, 0, Choice()).charts) if b["attribute"] == "customdata"]
    assert [b["figure"] for b in shown] == ["weights", "gradients"]
    for binding in shown:
        gradient, change = (
            arrays[name] * scale for name, scale in zip(binding["array"], binding["scale"], strict=True)
        )
        np.testing.assert_array_equal(gradient, arrays["gradients_1"])
        rates = experiment.rates_at(run.history.position - 1)[:, None, None]
        np.testing.assert_allclose(change, -rates * arrays["gradients_1"], rtol=1e-6)


def test_wrong_predictions_are_those_on_the_other_side_of_a_half(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(playground_frames, "WINDOW", 2)
    arrays = frames(run, slice(0, 5), 3)
    yhat, labels = run.history.yhat[0:5, 2:4], np.array(TUTORIAL.labels)[2:4]
    np.testing.assert_array_equal(arrays["yhat"], yhat)
    np.testing.assert_array_equal(arrays["wrong"].reshape(yhat.shape), (yhat > 0.5) != (labels > 0.5))
    assert arrays["wrong"].any()


def test_a_gradient_of_zero_keeps_a_scale() -> None:
    experiment = TUTORIAL.replace(learning_rate=0, epochs=3)
    run = Run(experiment)
    run.advance()
    assert (frames(run)["largest_gradient"] > 0).all()


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize(
    "experiment", [TUTORIAL.replace(epochs=5), TUTORIAL.replace(epochs=5, schedule=((2, 0.1),))], ids=["one", "several"]
)
def test_every_binding_names_an_array_and_a_trace_that_exist(experiment: Experiment, chart: str) -> None:
    run = Run(experiment)
    run.advance()
    shown = screen(run, 0, Choice(chart))
    arrays, drawn = {"position": run.history.position, **shown.frames(slice(None))}, figures(shown.charts)
    for binding in bindings(shown.charts):
        names = binding["array"] if isinstance(binding["array"], tuple) else (binding["array"],)
        assert set(names) <= set(arrays)
        assert binding["trace"] < len(drawn[binding["figure"]]["data"])
