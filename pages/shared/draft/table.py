"""The samples as texts in a table, and what they say. Pure; no widget.

A table holds what was typed, good or bad, so that nothing typed is ever lost. `read_table` judges it.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from classifier.experiment.experiment import MAX_INPUT, Experiment
from classifier.experiment.initial import Matrix
from classifier.experiment.limits import LIMITS
from classifier.experiment.validation import ExperimentError, check_input, check_label, check_names
from pages.shared.text.quoting import visible
from pages.shared.text.typed_numbers import format_number, parse_number

Row = tuple[str, ...]
# Longer texts are neither numbers nor names; the messages quote only their beginning.
_MAX_TEXT = 200


@dataclass(frozen=True)
class Table:
    """Texts as typed.

    Attributes
    ----------
    input_names, label_names : tuple of str
        Column headings.
    rows : tuple of tuple of str
        One row a sample: the inputs' texts, then the labels'.
    """

    input_names: Row
    label_names: Row
    rows: tuple[Row, ...]

    @property
    def names(self) -> Row:
        """Headings of all columns, in the order of the texts in a row."""
        return self.input_names + self.label_names

    def place(self, row: int, column: int) -> str:
        """Say where a cell is; its heading is not judged here."""
        return f"Row {row + 1}, {visible(self.names[column])}"


@dataclass(frozen=True)
class Problem:
    """What is wrong, in words.

    Attributes
    ----------
    text : str
        One sentence or two. Contains typed text.
    field : str
        "table", or the field of Experiment.
    row, column : int or None
        Of a bad cell, from 0. A column without a row is a bad heading.
    """

    text: str
    field: str = "table"
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True)
class Reading:
    """What a table says.

    Attributes
    ----------
    inputs, labels : tuple of tuple of float
        One row for each row that is not empty. Meaningless if there are problems.
    problems : tuple of Problem
    notes : tuple of str
        What was done without being asked: rows left out.
    """

    inputs: Matrix
    labels: Matrix
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


def from_experiment(experiment: Experiment) -> Table:
    """Write an experiment's samples as a table of texts."""
    rows = zip(experiment.inputs, experiment.labels, strict=True)
    return Table(
        experiment.input_names,
        experiment.label_names,
        tuple(tuple(map(format_number, (*inputs, *labels))) for inputs, labels in rows),
    )


def from_payload(payload: object) -> Table | None:
    """Read the table that a browser sends: ``{"inputs": [name], "labels": [name], "rows": [[text]]}``.

    Parameters
    ----------
    payload : object
        Anything at all. Values of other types become texts, rows are brought to the number of columns, and
        what exceeds the limits is cut just behind them, so that they can be named.

    Returns
    -------
    Table or None
        None if the payload is no table.
    """
    if not isinstance(payload, Mapping):
        return None
    inputs, labels, rows = (payload.get(key) for key in ("inputs", "labels", "rows"))
    if not (isinstance(inputs, list) and isinstance(labels, list) and isinstance(rows, list)):
        return None
    input_names = tuple(map(_text, inputs[: LIMITS.inputs + 1]))
    label_names = tuple(map(_text, labels[: LIMITS.outputs + 1]))
    width = len(input_names) + len(label_names)
    texts = (tuple(map(_text, row[:width])) if isinstance(row, list) else () for row in rows[: LIMITS.samples + 1])
    return Table(input_names, label_names, tuple(row + ("",) * (width - len(row)) for row in texts))


def to_payload(table: Table) -> dict[str, list[str] | list[list[str]]]:
    """Write a table as `from_payload` reads it."""
    rows = [list(row) for row in table.rows]
    return {"inputs": list(table.input_names), "labels": list(table.label_names), "rows": rows}


def read_table(table: Table) -> Reading:
    """Judge every heading and every cell.

    Returns
    -------
    Reading
        With at least one problem, or with at least one sample.
    """
    split = len(table.input_names)
    inputs, labels, left_out = [], [], []
    problems = _structure_problems(table)
    for number, row in enumerate(table.rows):
        if not any(text.strip() for text in row):
            left_out.append(str(number + 1))
            continue
        values = []
        for column, text in enumerate(row):
            try:
                values.append(_read_cell(text, is_label=column >= split))
            except ValueError as error:
                colon = ":" if text.strip() else ""
                problems.append(Problem(f"{table.place(number, column)}{colon} {error}", row=number, column=column))
        inputs.append(tuple(values[:split]))
        labels.append(tuple(values[split:]))
    if not inputs:
        problems.append(Problem("There is no sample. One is enough."))
    return Reading(tuple(inputs), tuple(labels), tuple(problems), _left_out_note(left_out))


def _structure_problems(table: Table) -> list[Problem]:
    problems = []
    if len(table.rows) > LIMITS.samples:
        problems.append(Problem(f"The table has more than {LIMITS.samples} rows. Remove some."))
    if not table.input_names or len(table.input_names) > LIMITS.inputs:
        problems.append(Problem(f"The table needs 1 to {LIMITS.inputs} inputs."))
    if not table.label_names or len(table.label_names) > LIMITS.outputs:
        problems.append(Problem(f"The table needs 1 to {LIMITS.outputs} outputs."))
    try:
        check_names(table.input_names, table.label_names, (len(table.input_names), len(table.label_names)))
    except ExperimentError as error:
        problems.append(Problem(str(error), column=error.column))
    return problems


def _read_cell(text: str, *, is_label: bool) -> float:
    if not text.strip():
        raise ValueError("is empty.")
    value = parse_number(text)
    if is_label:
        check_label(value, text.strip())
    else:
        check_input(value, MAX_INPUT, text.strip())
    return value


def _left_out_note(numbers: list[str]) -> tuple[str, ...]:
    if not numbers:
        return ()
    if len(numbers) == 1:
        return (f"Row {numbers[0]} is empty and left out.",)
    if len(numbers) <= 4:
        return (f"Rows {', '.join(numbers)} are empty and left out.",)
    return (f"{len(numbers)} empty rows are left out.",)


def _text(value: object) -> str:
    """Give the text of a cell's value, of whatever type."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value[:_MAX_TEXT]
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            return format_number(value) if math.isfinite(value) else str(float(value))
        except OverflowError:
            return "inf"  # a whole number beyond every float
    return type(value).__name__  # neither text nor number: a bad cell, named by what it is
