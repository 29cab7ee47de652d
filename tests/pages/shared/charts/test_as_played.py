"""Charts of what was not played yet: no range and no tick of theirs depends on what is still to come."""

from __future__ import annotations

from typing import Any

import pytest

from classifier import Experiment, History, Run
from pages.playground.charts import charts
from pages.playground.charts.run_shown import RunShown
from pages.shared.charts.as_played import as_played, starts

EPOCHS = 40


def drawn(experiment: Experiment, history: History) -> tuple[list[dict[str, Any]], set[str]]:
    """Draw the charts over the epochs as they are before anything was played, and name all that have one."""
    built = charts.build(RunShown(experiment, history, slice(0, 5)))
    over = {chart.name for chart in built if any(each["array"] == "position" for each in chart.bindings)}
    known = starts(experiment, history)
    return [as_played(chart.draw(), known[chart.name]) for chart in built if chart.name in known], over


@pytest.mark.parametrize("hidden", [(), (3,)])
def test_two_runs_that_part_after_the_start_look_alike_before(hidden: tuple[int, ...]) -> None:
    calm = Experiment.tutorial().replace(epochs=EPOCHS, hidden=hidden)
    pictures = []
    for rate in (1e-4, 5.0):
        run = Run(calm.replace(learning_rate=rate))
        run.advance()
        pictures.append(drawn(run.experiment, run.history))
    (one, over), (other, _) = pictures
    assert one == other
    assert over == starts(calm, run.history).keys(), "a chart over the epochs has a number that is known at the start"


def test_the_loss_begins_at_that_of_all_samples_at_the_initial_weights() -> None:
    experiment = Experiment.tutorial().replace(epochs=1, learning_rate=1e-12)
    run = Run(experiment)
    run.advance()
    # With such a rate no weight moves, so the running loss is that of the initial weights.
    assert starts(experiment, run.history)["loss"] == pytest.approx(run.history.running_loss[1], rel=1e-5)
