"""The table and the arrays of a comparison are the core's numbers."""

from __future__ import annotations

import numpy as np
import pytest

from classifier import Experiment, Run, Sweep, epochs_to, outcome
from pages.compare import compared
from pages.shared.text.shown_numbers import number, percent

TUTORIAL = Experiment.tutorial()


def trained(*experiments: Experiment) -> Sweep:
    sweep = Sweep(experiments)
    sweep.advance()
    return sweep


def test_the_table_says_what_became_of_each() -> None:
    experiments = [TUTORIAL.replace(learning_rate=rate, route="chain") for rate in (1e-5, 0.1, 10)]
    sweep = trained(*experiments)
    rows = compared.rows(["a", "b", "c"], experiments, sweep.histories, 2.0, done=True)
    for row, experiment in zip(rows, experiments, strict=True):
        run = Run(experiment)
        run.advance()
        assert row.loss == number(run.history.running_loss[-1])
        assert row.accuracy == percent(run.history.accuracy[-1])
        assert row.epochs == str(epochs_to(run.history, 2.0) or "–")
        assert row.outcome == outcome(run.history, experiment)
    assert [row.outcome for row in rows] == ["slow", "converged", "saturated"]
    assert {row.outcome for row in rows} <= set(compared.OUTCOMES)


def test_between_recorded_positions_a_count_of_epochs_is_a_bound() -> None:
    experiment = TUTORIAL.replace(epochs=40_000)
    (history,) = trained(experiment).histories
    goal = float(history.running_loss[-5])
    (row,) = compared.rows(["a"], [experiment], [history], goal, done=True)
    assert row.epochs == f"≤ {history.position[-5]}"
    # From the first gap on, however small.
    first = int(np.flatnonzero(np.diff(history.position) > 1)[0])
    for frame, sign in ((first, ""), (first + 1, "≤ ")):
        (row,) = compared.rows(["a"], [experiment], [history], float(history.running_loss[frame]), done=True)
        assert row.epochs == f"{sign}{history.position[frame]}"


def test_nothing_trained_has_no_loss_and_no_outcome() -> None:
    sweep = Sweep([TUTORIAL])
    (row,) = compared.rows(["a"], [TUTORIAL], sweep.histories, 2.0, done=False)
    assert (row.loss, row.epochs, row.outcome) == ("–", "–", "training")
    none = TUTORIAL.replace(epochs=0)
    (row,) = compared.rows(["a"], [none], Sweep([none]).histories, 2.0, done=True)
    assert (row.loss, row.epochs, row.outcome) == ("–", "–", "–")


def test_frames_are_the_histories() -> None:
    sweep = trained(TUTORIAL.replace(epochs=20), TUTORIAL.replace(epochs=20, seed=1))
    frames = compared.frames(sweep.histories)
    losses = np.stack([history.running_loss for history in sweep.histories], axis=1)
    np.testing.assert_array_equal(frames["mark_y"][1:], losses[1:])
    np.testing.assert_array_equal(frames["mark_x"][7], [7, 7])
    np.testing.assert_array_equal(frames["lowest"][1:], losses[1:].min(axis=1).astype("f4"))
    np.testing.assert_array_equal(frames["highest"][1:], losses[1:].max(axis=1).astype("f4"))
    for i, history in enumerate(sweep.histories):
        np.testing.assert_array_equal(frames[f"loss_{i}"][1:], history.running_loss[1:])  # hovering shows every digit
        np.testing.assert_array_equal(frames[f"weights_{i}"][:, :, :-1], history.weight)
        np.testing.assert_array_equal(frames[f"weights_{i}"][:, :, -1], history.bias)
    bound = {binding["array"] for binding in compared.bindings(2)} - {"position"}
    assert bound == set(frames) - {"lowest", "highest"}
    assert all(np.isfinite(array).all() for array in frames.values())


@pytest.mark.parametrize(("size", "dtype"), [((5, 3, 4), "float32"), ((3, 64, 16), "float64")])
def test_a_message_of_twelve_stays_small(size: tuple[int, int, int], dtype: str) -> None:
    samples, inputs, outputs = size
    base = Experiment(np.zeros((samples, inputs)), np.zeros((samples, outputs)), dtype=dtype)
    sweep = Sweep([base.replace(seed=seed) for seed in range(12)])
    frames = compared.frames([history[:1] for history in sweep.histories])
    per_frame = sum(array.nbytes for array in frames.values())
    assert per_frame * compared.frames_per_chunk(base, 12) < 800_000 or compared.frames_per_chunk(base, 12) == 1


def test_the_usual_goal_is_a_tenth_for_each_label() -> None:
    assert compared.default_goal(TUTORIAL) == 2.0
