"""What stands in the controls, and the experiment it means."""

from dataclasses import replace

import pytest

from classifier.experiment import Experiment
from pages.shared.draft import FIELDS, judge, write_draft

TUTORIAL = Experiment.tutorial()
DRAFT = write_draft(TUTORIAL)


def test_an_experiment_survives_its_draft() -> None:
    experiment = TUTORIAL.replace(
        learning_rate=1 / 3, epochs=0, seed=2**32 - 1, route="chain", dtype="float64", input_names=("a", "b", "c")
    ).replace(initial=[[1 / 3, 0, -1, 2]] * 4, schedule=((5, 0.1), (7, 1 / 3)))
    assert judge(write_draft(experiment)).experiment == experiment


def test_start_and_schedule_outlive_edits_of_other_fields() -> None:
    draft = write_draft(TUTORIAL.replace(initial=[[1, 2, 3, 4]] * 4, schedule=((500, 0.1),)))
    table = replace(draft.table, rows=draft.table.rows[:2])
    verdict = judge(replace(draft, table=table, learning_rate="0.1", epochs="100", seed="1", route="chain"))
    assert verdict.experiment is not None
    assert verdict.experiment.initial == ((1, 2, 3, 4),) * 4
    assert verdict.experiment.schedule == ((500, 0.1),)
    assert verdict.notes == ()


def test_initial_weights_that_no_longer_fit_are_left_out_with_a_note_and_wait() -> None:
    draft = write_draft(TUTORIAL.replace(initial=[[1, 2, 3, 4]] * 4, schedule=((500, 0.1),)))
    table = replace(draft.table, label_names=("y",), rows=tuple(row[:4] for row in draft.table.rows))
    other = replace(draft, table=table)
    verdict = judge(other)
    assert verdict.experiment is not None
    assert (verdict.experiment.initial, verdict.experiment.schedule) == (None, ((500, 0.1),))
    assert verdict.notes == (
        "The initial weights are for 3 inputs and 4 outputs and left out. Now the seed draws them.",
    )
    assert judge(replace(other, table=draft.table)) == judge(draft)


@pytest.mark.parametrize(
    ("field", "text"),
    [("learning_rate", "101"), ("epochs", "1.5"), ("seed", "-1"), ("route", "short"), ("dtype", "float16")],
)
def test_a_bad_field_is_named_under_itself_alone(field: str, text: str) -> None:
    verdict = judge(replace(DRAFT, **{field: text}))
    assert verdict.experiment is None
    assert len(verdict.problems_of(field)) == 1
    assert all(not verdict.problems_of(other) for other in (*FIELDS, "table") if other != field)


def test_everything_wrong_is_named_at_once() -> None:
    table = replace(DRAFT.table, rows=(("a",) * 7, *DRAFT.table.rows))
    verdict = judge(replace(DRAFT, table=table, learning_rate="x", seed="y"))
    assert len(verdict.problems_of("table")) == 7
    assert len(verdict.problems) == 9


def test_too_many_steps_are_the_epochs_problem() -> None:
    table = replace(DRAFT.table, rows=DRAFT.table.rows * 10)
    verdict = judge(replace(DRAFT, table=table, epochs="1000000"))
    assert len(verdict.problems_of("epochs")) == 1
    assert "400000 epochs" in verdict.problems_of("epochs")[0]


def test_notes_come_with_a_good_experiment() -> None:
    verdict = judge(replace(DRAFT, table=replace(DRAFT.table, rows=(*DRAFT.table.rows, ("",) * 7))))
    assert verdict.experiment == TUTORIAL
    assert verdict.notes == ("Row 6 is empty and left out.",)
