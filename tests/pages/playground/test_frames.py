"""The stage's arrays are the core's numbers, and finite."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from classifier import Experiment, Run
from pages.playground.chosen_chart.choice import Choice
from pages.playground.screen import screen

TUTORIAL = Experiment.tutorial()


def frames(run: Run, stretch: slice = slice(None)) -> dict[str, NDArray[Any]]:
    return screen(run, 0, Choice()).frames(stretch)


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


def test_a_gradient_of_zero_keeps_a_scale() -> None:
    experiment = TUTORIAL.replace(learning_rate=0, epochs=3)
    run = Run(experiment)
    run.advance()
    assert (frames(run)["largest_gradient"] > 0).all()
