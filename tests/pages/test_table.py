"""The table of texts: what an editor reports, whole or forged, and what the cells say."""

import math
from typing import Any

import numpy as np
import pytest

from classifier.experiment import MAX_INPUTS, MAX_OUTPUTS, MAX_SAMPLES, Experiment
from pages.shared.table import (
    Table,
    add_input,
    add_output,
    add_row,
    from_experiment,
    has_deletions,
    merge,
    read_table,
    remove_column,
    rename_column,
)

SMALL = Table(("x₁", "x₂"), ("y₁",), (("1", "2", "0"), ("3", "4", "1")))


def edits(edited: object = None, added: object = None, deleted: object = None) -> dict[str, Any]:
    """Build what a data editor reports."""
    return {"edited_rows": edited or {}, "added_rows": added or [], "deleted_rows": deleted or []}


def test_the_tutorial_reads_back_as_itself() -> None:
    tutorial = Experiment.tutorial()
    reading = read_table(from_experiment(tutorial))
    assert (reading.inputs, reading.labels) == (tutorial.inputs, tutorial.labels)
    assert reading.problems == reading.notes == ()


def test_edits_deletions_and_additions_are_merged_in_the_editors_order() -> None:
    merged = merge(SMALL, edits({1: {"x0": "0,5"}}, [{"x0": "7", "x1": "8", "y0": "1"}], [0]))
    assert merged.rows == (("0,5", "4", "1"), ("7", "8", "1"))


def test_nothing_edited_is_the_same_object() -> None:
    assert merge(SMALL, edits()) is SMALL
    assert merge(SMALL, edits({0: {"x0": "1"}})) is SMALL


def test_row_numbers_may_be_texts_as_json_has_them() -> None:
    assert merge(SMALL, edits({"1": {"y0": "0"}})).rows[1] == ("3", "4", "0")


@pytest.mark.parametrize(
    "forged",
    [
        *(
            None,
            1,
            "text",
            [],
            [1],
            {},
            {"edited_rows": None},
            {"edited_rows": [1]},
            {"deleted_rows": {"a": 1}},
        ),
        *(
            {"edited_rows": {9: {"x0": "5"}}},
            {"edited_rows": {-1: {"x0": "5"}}},
            {"edited_rows": {True: {"x0": "5"}}},
        ),
        *(
            {"edited_rows": {0: "text"}},
            {"edited_rows": {0: {"z9": "5"}}},
            {"edited_rows": {0: {"_index": "5"}}},
        ),
        *({"edited_rows": {"²": {"x0": "5"}}}, {"edited_rows": {"9" * 5000: {"x0": "5"}}}),
        *(
            {"edited_rows": {0: {0: "5"}}},
            {"edited_rows": {None: {"x0": "5"}}},
            {"edited_rows": {0.0: {"x0": "5"}}},
        ),
        *({"deleted_rows": [9, -1, "a", None, 1.5, [0], True]}, {"added_rows": "text"}, {"added_rows": 5}),
    ],
)
def test_forged_edits_are_passed_over(forged: object) -> None:
    assert merge(SMALL, forged) is SMALL


@pytest.mark.parametrize(
    ("value", "text"),
    [
        *((None, ""), ("", ""), ("abc", "abc"), (1, "1"), (1.5, "1.5"), (math.nan, "nan"), (math.inf, "inf")),
        *((True, "bool"), ([1], "list"), ({"a": 1}, "dict"), (10**400, "inf"), (b"1", "bytes")),
    ],
)
def test_values_of_any_type_become_texts(value: object, text: str) -> None:
    assert merge(SMALL, edits({0: {"x0": value}})).rows[0][0] == text


def test_rows_without_end_are_cut_and_named() -> None:
    merged = merge(SMALL, edits(added=[{"x0": "1"}] * 100_000))
    assert len(merged.rows) == MAX_SAMPLES + 1
    assert read_table(merged).problems[0] == "The table has more than 1000 rows. Remove some."


def test_texts_without_end_are_cut() -> None:
    assert len(merge(SMALL, edits({0: {"x0": "9" * 10**6}})).rows[0][0]) == 200


def test_random_forgeries_never_raise() -> None:
    rng = np.random.default_rng(5)
    atoms: list[object] = [
        None,
        0,
        1,
        -1,
        2**70,
        1.5,
        math.nan,
        "x0",
        "y0",
        "1/2",
        "",
        True,
        [],
        {},
        "0",
        b"x",
    ]

    def anything(depth: int) -> object:
        kind = rng.integers(0, 3) if depth else 0
        if kind == 1:
            return [anything(depth - 1) for _ in range(rng.integers(0, 4))]
        if kind == 2:
            keys = [atoms[i] for i in rng.integers(0, len(atoms), 3)]
            return {key: anything(depth - 1) for key in keys if not isinstance(key, list | dict)}
        return atoms[rng.integers(0, len(atoms))]

    for _ in range(3000):
        forged = {key: anything(3) for key in ("edited_rows", "added_rows", "deleted_rows")}
        has_deletions(forged)
        reading = read_table(merge(SMALL, forged))
        assert reading.problems or reading.inputs


def test_deletions_are_noticed() -> None:
    assert has_deletions(edits(deleted=[0]))
    assert not has_deletions(edits())
    assert not has_deletions(None)


def test_added_samples_inputs_and_outputs_are_valid_at_once() -> None:
    grown = add_output(add_input(add_row(SMALL)))
    assert grown.names == ("x₁", "x₂", "x₃", "y₁", "y₂")
    assert grown.rows == (("1", "2", "0", "0", "0"), ("3", "4", "0", "1", "0"), ("0", "0", "0", "0", "0"))
    assert read_table(grown).problems == ()


def test_new_columns_find_a_free_name() -> None:
    table = rename_column(rename_column(SMALL, 0, "x₃"), 2, "x₄")
    assert add_input(table).input_names == ("x₃", "x₂", "x₅")


def test_limits_hold() -> None:
    table = SMALL
    for _ in range(MAX_INPUTS + 5):
        table = add_output(add_input(table))
    assert (len(table.input_names), len(table.label_names)) == (MAX_INPUTS, MAX_OUTPUTS)
    full = Table(("a",), ("b",), (("1", "1"),) * MAX_SAMPLES)
    assert add_row(full) is full


def test_columns_are_removed_but_never_the_last_of_a_kind() -> None:
    assert remove_column(SMALL, 0) == Table(("x₂",), ("y₁",), (("2", "0"), ("4", "1")))
    assert remove_column(SMALL, 2) is SMALL
    assert remove_column(remove_column(SMALL, 0), 0) == remove_column(SMALL, 0)
    assert remove_column(SMALL, 99) is SMALL
    wide = add_output(SMALL)
    assert remove_column(wide, 2) == Table(("x₁", "x₂"), ("y₂",), (("1", "2", "0"), ("3", "4", "0")))


def test_renaming() -> None:
    assert rename_column(SMALL, 2, " cat ").label_names == ("cat",)
    for bad in ("", "  ", "x₂", "n" * 25, "a\nb"):
        with pytest.raises(ValueError, match=r"\.$"):
            rename_column(SMALL, 0, bad)


@pytest.mark.parametrize(
    ("edit", "problem"),
    [
        ({0: {"y0": "1.7"}}, "Row 1, y₁: 1.7 is not a label. Labels lie between 0 and 1."),
        ({1: {"y0": "-0,1"}}, "Row 2, y₁: -0,1 is not a label. Labels lie between 0 and 1."),
        ({1: {"x1": "abc"}}, 'Row 2, x₂: "abc" is not a number.'),
        ({1: {"x1": ""}}, "Row 2, x₂ is empty."),
        ({0: {"x0": "inf"}}, 'Row 1, x₁: "inf" is not a number.'),
        ({0: {"x0": "1e9"}}, "Row 1, x₁: 1e9 is too large. Inputs lie between −1000000 and 1000000."),
    ],
)
def test_a_bad_cell_is_named_by_row_and_column(edit: object, problem: str) -> None:
    assert read_table(merge(SMALL, edits(edit))).problems == (problem,)


def test_every_bad_cell_is_named() -> None:
    assert len(read_table(merge(SMALL, edits({0: {"x0": "a", "x1": "b"}, 1: {"y0": "2"}}))).problems) == 3


def test_empty_rows_are_left_out_and_said_so() -> None:
    table = merge(SMALL, edits(added=[{}, {"x0": " "}]))
    reading = read_table(table)
    assert reading.inputs == ((1.0, 2.0), (3.0, 4.0))
    assert reading.problems == ()
    assert reading.notes == ("Rows 3, 4 are empty and left out.",)


def test_rows_keep_their_visible_number_after_an_empty_one() -> None:
    table = merge(SMALL, edits({0: {"x0": "", "x1": "", "y0": ""}, 1: {"x0": "a"}}))
    assert read_table(table).problems == ('Row 2, x₁: "a" is not a number.',)


def test_no_sample_at_all_is_a_problem() -> None:
    assert read_table(merge(SMALL, edits(deleted=[0, 1]))).problems == ("There is no sample. Add one.",)


def test_numbers_in_any_spelling() -> None:
    reading = read_table(merge(SMALL, edits({0: {"x0": "1/2", "x1": "0,5", "y0": "5e-1"}})))
    assert (reading.inputs[0], reading.labels[0]) == ((0.5, 0.5), (0.5,))
