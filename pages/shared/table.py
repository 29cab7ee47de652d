"""The samples as texts in a table: merging what an editor reports, restructuring, judging. Pure; no widget.

A table holds what was typed, good or bad, so that nothing typed is ever lost. `read_table` judges it.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from classifier.experiment import (
    MAX_INPUT,
    MAX_INPUTS,
    MAX_OUTPUTS,
    MAX_SAMPLES,
    Experiment,
    default_input_names,
    default_label_names,
)
from classifier.validation import check_names
from pages.shared.cells import format_number, parse_number

Row = tuple[str, ...]
_Matrix = tuple[tuple[float, ...], ...]
# Longer texts are no numbers; the messages quote only their beginning.
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

    @property
    def ids(self) -> Row:
        """Names of the columns that no renaming changes: x0, x1 and so on, y0, y1 and so on."""
        inputs = tuple(f"x{i}" for i in range(len(self.input_names)))
        return inputs + tuple(f"y{j}" for j in range(len(self.label_names)))


@dataclass(frozen=True)
class Reading:
    """What a table says.

    Attributes
    ----------
    inputs, labels : tuple of tuple of float
        One row for each row that is not empty. Meaningless if there are problems.
    problems : tuple of str
        One sentence or two for each bad cell, by row and column. Contain typed text.
    notes : tuple of str
        What was done without being asked: rows left out.
    """

    inputs: _Matrix
    labels: _Matrix
    problems: tuple[str, ...]
    notes: tuple[str, ...]


def from_experiment(experiment: Experiment) -> Table:
    """Write an experiment's samples as a table of texts."""
    rows = zip(experiment.inputs, experiment.labels, strict=True)
    return Table(
        tuple(experiment.input_names),
        tuple(experiment.label_names),
        tuple(tuple(map(format_number, (*inputs, *labels))) for inputs, labels in rows),
    )


# Merging


def merge(base: Table, edits: object) -> Table:
    """Apply to a table what a data editor reports about it.

    Parameters
    ----------
    base : Table
        What the editor was given.
    edits : object
        ``{"edited_rows": {row: {id: value}}, "added_rows": [{id: value}], "deleted_rows": [row]}``, rows
        counted from 0 in `base`. Comes from the browser: anything that does not fit is passed over.

    Returns
    -------
    Table
        `base` itself if nothing changed. At most MAX_SAMPLES + 1 rows: enough to say that there are too many.
    """
    if not isinstance(edits, Mapping):
        return base
    places = {identifier: place for place, identifier in enumerate(base.ids)}
    edited = {
        number: changes
        for row, changes in _items(edits.get("edited_rows"))
        if (number := _row_number(row, len(base.rows))) is not None
    }
    deleted = {_row_number(row, len(base.rows)) for row in _entries(edits.get("deleted_rows"))}
    rows = [
        _changed(row, edited[number], places) if number in edited else row
        for number, row in enumerate(base.rows)
        if number not in deleted
    ]
    empty = ("",) * len(places)
    added = [_changed(empty, row, places) for row in _entries(edits.get("added_rows"))[: MAX_SAMPLES + 1]]
    merged = tuple([*rows, *added][: MAX_SAMPLES + 1])
    return base if merged == base.rows else replace(base, rows=merged)


def has_deletions(edits: object) -> bool:
    """Say whether the editor reports deleted rows, so that the rows left have other numbers than it shows."""
    return isinstance(edits, Mapping) and bool(_entries(edits.get("deleted_rows")))


def _items(value: object) -> list[tuple[object, object]]:
    return list(value.items()) if isinstance(value, Mapping) else []


def _entries(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []


def _row_number(value: object, rows: int) -> int | None:
    """Read a row number between 0 and `rows` - 1; None if it is none."""
    if isinstance(value, str) and value.isdecimal() and len(value) < 9:
        value = int(value)  # JSON's keys are strings
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < rows:
        return value
    return None


def _changed(row: Row, changes: object, places: Mapping[str, int]) -> Row:
    """Put the changed values into a row."""
    texts = list(row)
    for identifier, value in _items(changes):
        place = places.get(identifier) if isinstance(identifier, str) else None
        if place is not None:
            texts[place] = _text(value)
    return tuple(texts)


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
            return "inf"  # a whole number beyond every float; str() of it may take forever
    return type(value).__name__  # neither text nor number: a bad cell, named by what it is


# Restructuring


def add_row(table: Table) -> Table:
    """Add a sample of zeros, unless the table is full."""
    if len(table.rows) >= MAX_SAMPLES:
        return table
    return replace(table, rows=(*table.rows, ("0",) * len(table.names)))


def add_input(table: Table) -> Table:
    """Add an input column of zeros, unless there are MAX_INPUTS."""
    place = len(table.input_names)
    if place >= MAX_INPUTS:
        return table
    names = (*table.input_names, _new_name(default_input_names, place, table.names))
    return replace(table, input_names=names, rows=_with_zeros(table.rows, place))


def add_output(table: Table) -> Table:
    """Add a label column of zeros, unless there are MAX_OUTPUTS."""
    place = len(table.label_names)
    if place >= MAX_OUTPUTS:
        return table
    names = (*table.label_names, _new_name(default_label_names, place, table.names))
    return replace(table, label_names=names, rows=_with_zeros(table.rows, len(table.names)))


def remove_column(table: Table, place: int) -> Table:
    """Remove the column at a place in `table.names`, unless it is the last input or the last output."""
    inputs = len(table.input_names)
    if not 0 <= place < len(table.names) or (inputs if place < inputs else len(table.label_names)) == 1:
        return table
    return Table(
        tuple(name for i, name in enumerate(table.input_names) if i != place),
        tuple(name for i, name in enumerate(table.label_names, start=inputs) if i != place),
        tuple(row[:place] + row[place + 1 :] for row in table.rows),
    )


def rename_column(table: Table, place: int, name: str) -> Table:
    """Rename the column at a place in `table.names`.

    Raises
    ------
    ExperimentError
        If the name is empty, too long, not printable, or another column's.
    """
    names = [*table.names[:place], name, *table.names[place + 1 :]]
    inputs = len(table.input_names)
    counts = (inputs, len(table.label_names))
    input_names, label_names = check_names(names[:inputs], names[inputs:], counts)
    return replace(table, input_names=input_names, label_names=label_names)


def _new_name(defaults: Callable[[int], tuple[str, ...]], place: int, taken: Row) -> str:
    """Give the default name for this place, or the next one that is free."""
    candidates = defaults(place + len(taken) + 1)
    return next(name for name in candidates[place:] if name not in taken)


def _with_zeros(rows: tuple[Row, ...], place: int) -> tuple[Row, ...]:
    return tuple((*row[:place], "0", *row[place:]) for row in rows)


# Judging


def read_table(table: Table) -> Reading:
    """Judge every cell.

    Returns
    -------
    Reading
        With at least one problem, or with at least one sample.
    """
    split = len(table.input_names)
    inputs, labels, problems, left_out = [], [], [], []
    for number, row in enumerate(table.rows, start=1):
        if not any(text.strip() for text in row):
            left_out.append(number)
            continue
        values = []
        for place, text in enumerate(row):
            try:
                values.append(_read_input(text) if place < split else _read_label(text))
            except ValueError as error:
                colon = " " if not text.strip() else ": "
                problems.append(f"Row {number}, {table.names[place]}{colon}{error}")
        inputs.append(tuple(values[:split]))
        labels.append(tuple(values[split:]))
    if len(table.rows) > MAX_SAMPLES:
        problems.insert(0, f"The table has more than {MAX_SAMPLES} rows. Remove some.")
    elif not inputs:
        problems.insert(0, "There is no sample. Add one.")
    return Reading(tuple(inputs), tuple(labels), tuple(problems), _left_out_note(left_out))


def _read_input(text: str) -> float:
    value = _read_cell(text)
    if abs(value) > MAX_INPUT:
        limit = format_number(MAX_INPUT)
        raise ValueError(f"{text.strip()} is too large. Inputs lie between −{limit} and {limit}.")
    return value


def _read_label(text: str) -> float:
    value = _read_cell(text)
    if not 0 <= value <= 1:
        raise ValueError(f"{text.strip()} is not a label. Labels lie between 0 and 1.")
    return value


def _read_cell(text: str) -> float:
    if not text.strip():
        raise ValueError("is empty.")
    return parse_number(text)


def _left_out_note(numbers: list[int]) -> tuple[str, ...]:
    if not numbers:
        return ()
    if len(numbers) == 1:
        return (f"Row {numbers[0]} is empty and left out.",)
    if len(numbers) <= 4:
        return (f"Rows {', '.join(map(str, numbers))} are empty and left out.",)
    return (f"{len(numbers)} empty rows are left out.",)
