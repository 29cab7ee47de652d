"""Initial weights that are given instead of drawn: one row per output, its weights and then its bias."""

from collections.abc import Sequence
from typing import TypeAlias

from classifier.experiment.validation import ExperimentError, Place, check_number, counted, items, plain, shown, title

Matrix: TypeAlias = tuple[tuple[float, ...], ...]

MAX_INITIAL = 1e6
"""Largest size of an initial weight: far beyond any exercise, and small enough that no run can overflow."""

BIAS_NAME = "b"
"""What the last column is called."""


def zeros_initial(in_features: int, out_features: int) -> Matrix:
    """Return the matrix of a start from zeros.

    Examples
    --------
    >>> zeros_initial(2, 1)
    ((0.0, 0.0, 0.0),)
    """
    return ((0.0,) * (in_features + 1),) * out_features


def check_initial(table: object, input_names: Sequence[str], outputs: int) -> Matrix:
    """Return initial weights as floats.

    Parameters
    ----------
    table : table of numbers of shape (outputs, inputs + 1)
        Any nested sequence or array; the bias is the last column.
    input_names : sequence of str
        For the messages.
    outputs : int

    Raises
    ------
    ExperimentError
        If the shape is another, or a cell is no finite number of at most `MAX_INITIAL`. The message names row,
        column, value and rule.
    """
    field, name, columns = "initial", title("initial"), len(input_names) + 1
    rows = items(table)
    if rows is None:
        raise ExperimentError(f"{shown(table)} is not a table. Give one row per output.", name, field=field)
    if len(rows) != outputs:
        rule = f"{counted(len(rows), 'row')} for {counted(outputs, 'output')}. Give one row per output."
        raise ExperimentError(rule, name, row=min(len(rows), outputs), field=field)
    checked = []
    for row, cells in enumerate(map(items, rows)):
        where = f"{name}, row {row + 1}"
        if cells is None:
            rule = f"{shown(rows[row])} is not a row. Give a list of numbers."
            raise ExperimentError(rule, where, row=row, field=field)
        if len(cells) != columns:
            rule = f"{counted(len(cells), 'number')} for {counted(len(input_names), 'input')} and the bias."
            raise ExperimentError(f"{rule} Give {columns}, the bias last.", where, row=row, field=field)
        values = []
        for column, (cell, heading) in enumerate(zip(cells, (*input_names, BIAS_NAME), strict=True)):
            at = Place(row=row, column=column, field=field)
            value = check_number(cell, f"{where}, {heading}", **at)
            if abs(value) > MAX_INITIAL:
                rule = f"is too large. {name} lie between -{MAX_INITIAL:.0f} and {MAX_INITIAL:.0f}."
                raise ExperimentError(f"{plain(value)} {rule}", f"{where}, {heading}", **at)
            values.append(value)
        checked.append(tuple(values))
    return tuple(checked)
