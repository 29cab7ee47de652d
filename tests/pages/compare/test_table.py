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


def test_the_table_says_what_became_of_each() -> None:
    experiments = [TUTORIAL.replace(learning_rate=rate, route="chain") for rate in (1e-5, 0.1, 10)]
    sweep = trained(*experiments)
    rows = table.rows(["a", "b", "c"], experiments, sweep.histories, 2.0, done=True)
    for row, experiment in zip(rows, experiments, strict=True):
        run = Run(experiment)
        run.advance()
        assert row.loss == number(run.history.running_loss[-1])
        assert row.accuracy == percent(run.history.accuracy[-1])
        assert row.epochs == str(epochs_to(run.history, 2.0) or "–")
        assert row.outcome == outcome(run.history, experiment)
    assert [row.outcome for row in rows] == ["slow", "converged", "saturated"]
    assert {row.outcome for row in rows} <= set(table.OUTCOMES)


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
    (history,) = trained(experiment).histories
    goal = float(history.running_loss[-5])
    (row,) = table.rows(["a"], [experiment], [history], goal, done=True)
    assert row.epochs == f"≤ {history.position[-5]}"
    # From the first gap on, however small.
    first = int(np.flatnonzero(np.diff(history.position) > 1)[0])
    for frame, sign in ((first, ""), (first + 1, "≤ ")):
        (row,) = table.rows(["a"], [experiment], [history], float(history.running_loss[frame]), done=True)
        assert row.epochs == f"{sign}{history.position[frame]}"


def test_nothing_trained_has_no_loss_and_no_outcome() -> None:
    sweep = Sweep([TUTORIAL])
    (row,) = table.rows(["a"], [TUTORIAL], sweep.histories, 2.0, done=False)
    assert (row.loss, row.epochs, row.outcome) == ("–", "–", "training")
    none = TUTORIAL.replace(epochs=0)
    (row,) = table.rows(["a"], [none], Sweep([none]).histories, 2.0, done=True)
    assert (row.loss, row.epochs, row.outcome) == ("–", "–", "–")


def test_the_usual_goal_is_a_tenth_for_each_label() -> None:
    assert table.default_goal(TUTORIAL) == 2.0
