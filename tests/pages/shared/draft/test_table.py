"""The table of texts: what a browser reports, whole or forged, and what the cells say."""

import math
from typing import Any

import numpy as np
import pytest

from classifier import MAX_INPUTS, MAX_OUTPUTS, MAX_SAMPLES, Experiment
from pages.shared.draft.table import Problem, Table, from_experiment, from_payload, read_table, to_payload

SMALL = Table(("x₁", "x₂"), ("y₁",), (("1", "2", "0"), ("3", "4", "1")))


def with_cell(row: int, column: int, value: object) -> Table:
    """Give the small table with one other cell, as the browser reports it."""
    payload: Any = to_payload(SMALL)
    payload["rows"][row][column] = value
    table = from_payload(payload)
    assert table is not None
    return table


def problems(table: Table) -> list[str]:
    return [problem.text for problem in read_table(table).problems]


def test_the_tutorial_reads_back_as_itself() -> None:
    tutorial = Experiment.tutorial()
    reading = read_table(from_experiment(tutorial))
    assert (reading.inputs, reading.labels) == (tutorial.inputs, tutorial.labels)
    assert reading.problems == reading.notes == ()


def test_a_table_survives_its_payload() -> None:
    assert from_payload(to_payload(SMALL)) == SMALL


@pytest.mark.parametrize(
    "forged",
    [
        *(None, 1, "text", [], {}, {"inputs": ["a"]}, {"inputs": "ab", "labels": ["c"], "rows": []}),
        *({"inputs": ["a"], "labels": None, "rows": []}, {"inputs": ["a"], "labels": ["b"], "rows": {"0": ["1"]}}),
    ],
)
def test_what_is_no_table_is_none(forged: object) -> None:
    assert from_payload(forged) is None


def test_ragged_rows_are_brought_to_the_number_of_columns() -> None:
    table = from_payload({"inputs": ["a"], "labels": ["b"], "rows": [["1"], ["1", "0", "9"], "text", None, []]})
    assert table is not None
    assert table.rows == (("1", ""), ("1", "0"), ("", ""), ("", ""), ("", ""))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        *((None, ""), ("", ""), ("abc", "abc"), (1, "1"), (1.5, "1.5"), (math.nan, "nan"), (math.inf, "inf")),
        *((True, "bool"), ([1], "list"), ({"a": 1}, "dict"), (10**400, "inf"), (b"1", "bytes")),
    ],
)
def test_values_of_any_type_become_texts(value: object, text: str) -> None:
    assert with_cell(0, 0, value).rows[0][0] == text


def test_tables_without_end_are_cut_and_named() -> None:
    table = from_payload({"inputs": ["a"] * 10_000, "labels": ["b"] * 10_000, "rows": [["1"] * 10_000] * 10_000})
    assert table is not None
    assert len(table.rows) == MAX_SAMPLES + 1
    assert len(table.names) == MAX_INPUTS + MAX_OUTPUTS + 2
    said = problems(table)
    assert "The table has more than 1000 rows. Remove some." in said
    assert "The table needs 1 to 64 inputs." in said
    assert "The table needs 1 to 16 outputs." in said


def test_texts_without_end_are_cut() -> None:
    assert len(with_cell(0, 0, "9" * 10**6).rows[0][0]) == 200


def test_random_forgeries_never_raise() -> None:
    rng = np.random.default_rng(5)
    atoms: list[object] = [None, 0, 1, -1, 2**70, 1.5, math.nan, "x0", "1/2", "", True, [], {}, "0", b"x"]

    def anything(depth: int) -> object:
        kind = rng.integers(0, 3) if depth else 0
        if kind == 1:
            return [anything(depth - 1) for _ in range(rng.integers(0, 4))]
        if kind == 2:
            return {str(key): anything(depth - 1) for key in range(rng.integers(0, 3))}
        return atoms[rng.integers(0, len(atoms))]

    tables = 0
    for _ in range(3000):
        table = from_payload({key: anything(3) for key in ("inputs", "labels", "rows")})
        if table is not None:
            tables += 1
            reading = read_table(table)
            assert reading.problems or reading.inputs
    assert tables > 50


@pytest.mark.parametrize(
    ("row", "column", "text", "problem"),
    [
        (0, 2, "1.7", "Row 1, y₁: 1.7 is not a label. Labels lie between 0 and 1."),
        (1, 2, "-0,1", "Row 2, y₁: -0,1 is not a label. Labels lie between 0 and 1."),
        (1, 1, "abc", 'Row 2, x₂: "abc" is not a number.'),
        (1, 1, "", "Row 2, x₂ is empty."),
        (0, 0, "inf", 'Row 1, x₁: "inf" is not a number.'),
        (0, 0, "1e9", "Row 1, x₁: 1e9 is too large. Inputs lie between -1000000 and 1000000."),
        (0, 0, "1,000", 'Row 1, x₁: "1,000" has two readings. Write 1.000 or 1000.'),
    ],
)
def test_a_bad_cell_is_named_by_row_and_column(row: int, column: int, text: str, problem: str) -> None:
    assert read_table(with_cell(row, column, text)).problems == (Problem(problem, row=row, column=column),)


def test_every_bad_cell_is_named() -> None:
    assert len(problems(Table(("a",), ("b",), (("x", "2"), ("1", "y"), ("1", "0"))))) == 3


@pytest.mark.parametrize("name", ["", "  ", "y₁", "n" * 25, "a\nb"])
def test_a_bad_heading_is_named_by_its_column(name: str) -> None:
    reading = read_table(Table(("x₁", name), ("y₁",), SMALL.rows))
    assert [problem.row for problem in reading.problems] == [None]
    assert reading.problems[0].column in (1, 2)


def test_empty_rows_are_left_out_and_said_so() -> None:
    reading = read_table(Table(("a",), ("b",), (("1", "0"), ("", " "), ("", ""), ("2", "1"))))
    assert reading.inputs == ((1.0,), (2.0,))
    assert reading.problems == ()
    assert reading.notes == ("Rows 2, 3 are empty and left out.",)


def test_rows_keep_their_visible_number_after_an_empty_one() -> None:
    assert problems(Table(("a",), ("b",), (("", ""), ("x", "0")))) == ['Row 2, a: "x" is not a number.']


def test_an_empty_row_of_two_digits_is_called_by_its_number() -> None:
    rows = (*((("1", "0"),) * 11), ("", ""))
    assert read_table(Table(("a",), ("b",), rows)).notes == ("Row 12 is empty and left out.",)


def test_the_longest_table_of_the_largest_inputs_is_read() -> None:
    reading = read_table(Table(("a",), ("b",), (("-1000000", "0"),) * MAX_SAMPLES))
    assert (reading.problems, reading.inputs) == ((), ((-1e6,),) * MAX_SAMPLES)


def test_no_sample_at_all_is_a_problem() -> None:
    for rows in ((), (("", ""),)):
        assert problems(Table(("a",), ("b",), rows)) == ["There is no sample. One is enough."]


def test_numbers_in_any_spelling() -> None:
    reading = read_table(Table(("a", "b"), ("c",), (("1/2", "0,5", "5e-1"),)))
    assert (reading.inputs, reading.labels) == (((0.5, 0.5),), ((0.5,),))
