"""The table of a comparison is the core's numbers."""

from __future__ import annotations

import numpy as np

from classifier import Experiment, Run, Sweep, epochs_to, outcome
from pages.compare import table
from pages.compare.members import Member
from pages.shared.address.writing import named_experiments
from pages.shared.text.shown_numbers import number, percent

TUTORIAL = Experiment.tutorial()


def trained(*experiments: Experiment) -> Sweep:
    sweep = Sweep(experiments)
    sweep.advance()
    return sweep


def rows(sweep: Sweep, goal: float) -> list[dict[str, str]]:
    """Give what the table says of each experiment, by the names of its columns."""
    members = [Member("a", experiment) for experiment in sweep.experiments]
    names, cells = zip(*table.columns("lr", members, sweep, goal), strict=True)
    return [dict(zip(names, row, strict=True)) for row in zip(*cells, strict=True)]


def test_the_table_says_what_became_of_each() -> None:
    experiments = [TUTORIAL.replace(learning_rate=rate, route="chain") for rate in (1e-5, 0.1, 10)]
    sweep = trained(*experiments)
    told = rows(sweep, 2.0)
    for row, experiment in zip(told, experiments, strict=True):
        run = Run(experiment)
        run.advance()
        assert row["Final running loss"] == number(run.history.running_loss[-1])
        assert row["Accuracy of 20 ŷ"] == percent(run.history.accuracy[-1])
        assert row["Epochs to a loss of 2"] == str(epochs_to(run.history, 2.0) or "–")
        assert row["Outcome"] == outcome(run.history, experiment)
    assert [row["Outcome"] for row in told] == ["slow", "converged", "saturated"]
    assert {row["Outcome"] for row in told} <= set(table.OUTCOMES)


def test_the_samples_told_right_are_in_the_table_where_labels_are_classes() -> None:
    iris = named_experiments()["iris"].replace(epochs=20)
    members = [Member("0.01", iris), Member("0.1", iris.replace(learning_rate=0.1))]
    sweep = trained(*(member.experiment for member in members))
    table_of = dict(table.columns("lr", members, sweep, 20.0))
    classes = iris.label_array.argmax(axis=1)
    expected = [percent((history.yhat[-1].argmax(axis=1) == classes).mean()) for history in sweep.histories]
    assert table_of["Accuracy of 150 samples"] == expected
    assert table_of["Accuracy of 450 ŷ"] == [percent(h.accuracy[-1]) for h in sweep.histories]
    one = [Member("a", TUTORIAL.replace(epochs=2))]
    names = [name for name, _ in table.columns("lr", one, trained(one[0].experiment), 2.0)]
    assert [name for name in names if "ccuracy" in name] == ["Accuracy of 20 ŷ"]


def test_between_recorded_positions_a_count_of_epochs_is_a_bound() -> None:
    experiment = TUTORIAL.replace(epochs=4_500)
    sweep = trained(experiment)
    (history,) = sweep.histories
    (row,) = rows(sweep, float(history.running_loss[-5]))
    assert f"≤ {history.position[-5]}" in row.values()
    # From the first gap on, however small.
    first = int(np.flatnonzero(np.diff(history.position) > 1)[0])
    for frame, sign in ((first, ""), (first + 1, "≤ ")):
        (row,) = rows(sweep, float(history.running_loss[frame]))
        assert f"{sign}{history.position[frame]}" in row.values()


def test_nothing_trained_has_no_loss_and_no_outcome() -> None:
    for experiment, loss, became in (
        (TUTORIAL, "Running loss after 0 epochs", "training"),
        (TUTORIAL.replace(epochs=0), "Final running loss", "–"),
    ):
        (row,) = rows(Sweep([experiment]), 2.0)
        assert (row[loss], row["Epochs to a loss of 2"], row["Outcome"]) == ("–", "–", became)


def test_the_usual_goal_is_a_tenth_for_each_label() -> None:
    assert table.default_goal(TUTORIAL) == 2.0
