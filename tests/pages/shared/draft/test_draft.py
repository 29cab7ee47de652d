"""What stands in the controls, and the experiment it means."""

from dataclasses import replace

import pytest

from classifier.experiment.experiment import Experiment
from pages.shared.draft.draft import CONTROLS, Draft, edited, judge, write_draft
from pages.shared.draft.table import Table

TUTORIAL = Experiment.tutorial()
DRAFT = write_draft(TUTORIAL)


def typed(draft: Draft, **texts: str) -> Draft:
    return edited(draft, draft.table, texts)


def test_an_experiment_survives_its_draft() -> None:
    experiment = TUTORIAL.replace(
        learning_rate=1 / 3, epochs=0, seed=2**32 - 1, route="chain", dtype="float64", input_names=("a", "b", "c")
    ).replace(
        initial=[[1 / 3, 0, -1, 2]] * 4, schedule=((5, 0.1), (7, 1 / 3)), scaling=((1, 2), (0, 1), (1 / 3, 1 / 7))
    )
    assert judge(write_draft(experiment)).experiment == experiment


def test_start_and_schedule_outlive_edits_of_other_fields() -> None:
    draft = write_draft(TUTORIAL.replace(initial=[[1, 2, 3, 4]] * 4, schedule=((500, 0.1),)))
    table = replace(draft.table, rows=draft.table.rows[:2])
    verdict = judge(edited(draft, table, {"learning_rate": "0.1", "epochs": "100", "seed": "1", "route": "chain"}))
    assert verdict.experiment is not None
    assert verdict.experiment.initial == (((1, 2, 3, 4),) * 4,)
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
    # An edit of the table or of another text leaves the matrix as it was. A matrix typed now is for the present table.
    assert judge(edited(draft, table, {"seed": "42"})) == verdict
    assert judge(edited(edited(draft, table, {}), draft.table, {})) == judge(draft)
    retyped = judge(edited(draft, table, {"initial": "1 2 3 5"})).experiment
    assert retyped is not None
    assert retyped.initial == (((1, 2, 3, 5),),)


@pytest.mark.parametrize(
    ("field", "text", "rule"),
    [
        ("learning_rate", "101", "101 is out of range. The learning rate lies between 0 and 100."),
        ("learning_rate", "0.1,0.2@500", '"0.1,0.2@500" is not a number.'),
        ("epochs", "1.5", '"1.5" is not a whole number. Write it with digits only.'),
        ("seed", "-1", "-1 is out of range. It lies between 0 and 4294967295."),
        ("route", "short", "'short' is not one of fused, chain."),
        ("dtype", "float16", "'float16' is not one of float32, float64."),
    ],
)
def test_a_bad_field_is_named_under_itself_alone(field: str, text: str, rule: str) -> None:
    verdict = judge(typed(DRAFT, **{field: text}))
    assert verdict.experiment is None
    assert verdict.problems_of(field) == [rule]
    assert all(not verdict.problems_of(other) for other in (*CONTROLS, "table") if other != field)


def test_everything_wrong_is_named_at_once() -> None:
    table = replace(DRAFT.table, rows=(("a",) * 7, *DRAFT.table.rows))
    # Seven cells and the rate are no numbers; the seed is a number out of range.
    verdict = judge(edited(DRAFT, table, {"learning_rate": "x", "seed": "-1"}))
    assert len(verdict.problems_of("table")) == 7
    assert (len(verdict.problems_of("learning_rate")), len(verdict.problems_of("seed"))) == (1, 1)
    assert len(verdict.problems) == 9


def test_too_many_steps_are_the_epochs_problem() -> None:
    table = replace(DRAFT.table, rows=DRAFT.table.rows * 10)
    verdict = judge(edited(DRAFT, table, {"epochs": "1000000"}))
    assert len(verdict.problems_of("epochs")) == 1
    assert verdict.problems_of("epochs")[0].startswith("50 samples × 1000000 epochs")
    assert "400000 epochs" in verdict.problems_of("epochs")[0]


def test_notes_come_with_a_good_experiment() -> None:
    verdict = judge(replace(DRAFT, table=replace(DRAFT.table, rows=(*DRAFT.table.rows, ("",) * 7))))
    assert verdict.experiment == TUTORIAL
    assert verdict.notes == ("Row 6 is empty and left out.",)


def test_zeros_follow_the_table() -> None:
    draft = write_draft(TUTORIAL.replace(initial=[[0] * 4] * 4))
    assert draft.texts["start"] == "zeros"
    table = replace(draft.table, label_names=("y",), rows=tuple(row[:4] for row in draft.table.rows))
    verdict = judge(edited(draft, table, {}))
    assert verdict.experiment is not None
    assert (verdict.experiment.initial, verdict.notes) == ((((0,) * 4,),), ())


def test_a_typed_matrix_counts_and_waits_while_the_start_is_another() -> None:
    draft = typed(DRAFT, start="typed", initial="1 0 0 0\n0,5 0 0 0\n0 0 0 0\n0 0 0 -1/4")
    verdict = judge(draft)
    assert verdict.experiment is not None
    assert verdict.experiment.initial == (((1, 0, 0, 0), (0.5, 0, 0, 0), (0, 0, 0, 0), (0, 0, 0, -0.25)),)
    assert judge(typed(draft, start="seed")).experiment == TUTORIAL
    assert judge(typed(typed(draft, start="zeros"), start="typed")) == verdict


def test_a_matrix_typed_for_this_table_must_fit_it() -> None:
    """Only one that was typed for another shape is left out: the table changed, not the matrix."""
    verdict = judge(typed(DRAFT, start="typed", initial="1 2 3\n1 2 a 4"))
    assert verdict.experiment is None
    assert verdict.problems_of("initial") == [
        "There are 2 rows; 4 outputs need one each.",
        "Row 1 has 3 numbers; 3 inputs and the bias need one each.",
        'Row 2, x₃: "a" is not a number.',
    ]


@pytest.mark.parametrize(
    ("names", "drop", "add", "expected"),
    [
        (("x₁", "x₂", "x₃"), None, False, ((1, 2), (3, 4), (5, 6))),
        (("a", "x₂", "x₃"), None, False, ((1, 2), (3, 4), (5, 6))),  # renamed
        (("x₁", "x₃"), 1, False, ((1, 2), (5, 6))),  # removed
        (("x₁", "x₂", "x₃", "x₄"), None, True, ((1, 2), (3, 4), (5, 6), (0, 1))),  # added
        (("x₂", "x₃", "x₄"), 0, True, ((3, 4), (5, 6), (0, 1))),  # removed and added in one message
        (("x₁", "x₂", "x₄"), 2, True, ((1, 2), (3, 4), (0, 1))),  # the same, last column: x₃ was not renamed
    ],
)
def test_the_constants_of_an_input_go_where_the_input_goes(
    names: tuple[str, ...], drop: int | None, add: bool, expected: object
) -> None:
    draft = write_draft(TUTORIAL.replace(scaling=((1, 2), (3, 4), (5, 6))))

    def changed(row: tuple[str, ...]) -> tuple[str, ...]:
        inputs = [text for column, text in enumerate(row[:3]) if column != drop]
        return (*inputs, *(["0"] if add else []), *row[3:])

    table = Table(names, draft.table.label_names, tuple(map(changed, draft.table.rows)))
    verdict = judge(edited(draft, table, {}))
    assert verdict.experiment is not None
    assert verdict.experiment.scaling == expected


def test_constants_stay_with_their_cells_while_two_inputs_have_one_name() -> None:
    draft = write_draft(TUTORIAL.replace(scaling=((1, 2), (3, 4), (5, 6))))
    for names in (("x₂", "x₂", "x₃"), ("c", "x₂", "x₃"), ("x₂", "c", "x₃")):
        draft = edited(draft, replace(draft.table, input_names=names), {})
        assert draft.scaling == ((1, 2), (3, 4), (5, 6))


def test_no_constants_are_left_when_the_last_standardised_input_goes() -> None:
    draft = write_draft(TUTORIAL.replace(scaling=((1, 2), (0, 1), (0, 1))))
    table = Table(("x₂", "x₃"), draft.table.label_names, tuple(row[1:] for row in draft.table.rows))
    verdict = judge(edited(draft, table, {}))
    assert verdict.experiment is not None
    assert verdict.experiment.scaling is None


def test_inputs_that_take_the_place_of_outputs_in_one_message_are_new() -> None:
    draft = write_draft(TUTORIAL.replace(scaling=((1, 2), (3, 4), (5, 6))))
    table = Table(("x₁", "x₂", "x₃", "n"), draft.table.label_names[:3], draft.table.rows)
    assert edited(draft, table, {}).scaling == ((1, 2), (3, 4), (5, 6), (0, 1))


def test_hidden_layers_are_typed_and_their_initial_weights_follow_them() -> None:
    deep = TUTORIAL.replace(hidden=(2,), activation="relu", initial=[[[1, 2, 3, 4]] * 2, [[5, 6, 7]] * 4])
    draft = write_draft(deep)
    assert (draft.texts["hidden"], draft.texts["activation"]) == ("2", "relu")
    assert draft.texts["initial"] == "1 2 3 4\n1 2 3 4\n\n" + "\n".join(["5 6 7"] * 4)
    assert judge(draft).experiment == deep
    other = judge(typed(draft, hidden="2_2"))
    assert other.experiment == deep.replace(hidden=(2, 2), initial=None)
    (note,) = other.notes
    assert "for 3 inputs, a hidden layer of 2 units and 4 outputs and left out" in note
    assert judge(typed(typed(draft, hidden="2_2"), hidden="2")).experiment == deep
    assert judge(typed(draft, hidden="9")).problems_of("hidden") == [
        "9 units are out of range. A hidden layer has 1 to 8."
    ]
    zeros = judge(typed(draft, start="zeros", hidden="none")).experiment
    assert zeros == TUTORIAL.replace(activation="relu", initial=[[0] * 4] * 4)
