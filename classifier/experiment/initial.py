"""Initial weights that are given instead of drawn: of each layer one row per unit, its weights and then its bias."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, TypeAlias, Unpack

from classifier.experiment.hidden import shapes
from classifier.experiment.validation import ExperimentError, Place, check_number, counted, items, plain, shown, title

Matrix: TypeAlias = tuple[tuple[float, ...], ...]
Initial: TypeAlias = tuple[Matrix, ...]
"""[W | b] of each layer, the first one first."""

MAX_INITIAL = 1e6
"""Largest size of an initial weight: far beyond any exercise; up to there no run of one layer can overflow."""

BIAS_NAME = "b"
"""What the last column is called."""


def zeros_initial(*sizes: int) -> Initial:
    """Return the matrices of a start from zeros.

    Parameters
    ----------
    *sizes : int
        Numbers of inputs, of units of each hidden layer, and of outputs.

    Examples
    --------
    >>> zeros_initial(2, 1)
    (((0.0, 0.0, 0.0),),)
    """
    return tuple(((0.0,) * columns,) * rows for rows, columns in shapes(sizes))


def check_initial(tables: object, names: Sequence[Sequence[str]]) -> Initial:
    """Return initial weights as floats.

    Parameters
    ----------
    tables : sequence of tables of numbers, one a layer
        Of shape (units, inputs + 1), any nested sequence or array; the bias is the last column. With one layer its
        table alone is taken, too.
    names : sequence of sequences of str
        What goes into each layer, and last the outputs of the last one.

    Raises
    ------
    ExperimentError
        If the shape is another, or a cell is no finite number of at most `MAX_INITIAL`. The message names layer (of
        several), row, column, value and rule.
    """
    given, layers = items(tables), len(names) - 1
    if layers == 1 and not _is_list_of_tables(given):
        given = [tables]
    if given is None or len(given) != layers:
        counts = shown(tables) if given is None else counted(len(given), "table")
        rule = f"{counts} for {counted(layers, 'layer')}. Give one table a layer."
        raise ExperimentError(rule, title("initial"), field="initial")
    return tuple(
        _matrix(table, below, len(above), k if layers > 1 else None, k == layers - 1)
        for k, (table, (below, above)) in enumerate(zip(given, pairwise(names), strict=True))
    )


def _is_list_of_tables(given: list[Any] | None) -> bool:
    rows = items(given[0]) if given else None
    return rows is not None and len(rows) > 0 and items(rows[0]) is not None


def _matrix(table: object, input_names: Sequence[str], outputs: int, layer: int | None, is_last: bool) -> Matrix:
    """Return the initial weights of one layer as floats; see `check_initial`.

    Parameters
    ----------
    layer : int or None
        Its number, from 0, if there are several.
    is_last : bool
        Whether its units are the outputs.
    """
    field, name, columns = "initial", title("initial"), len(input_names) + 1
    unit = "output" if is_last else "unit"
    if layer is not None:
        name = f"{name}, layer {layer + 1}"
    rows = items(table)
    if rows is None:
        raise ExperimentError(
            f"{shown(table)} is not a table. Give one row per {unit}.", name, layer=layer, field=field
        )
    if len(rows) != outputs:
        rule = f"{counted(len(rows), 'row')} for {counted(outputs, unit)}. Give one row per {unit}."
        raise ExperimentError(rule, name, row=min(len(rows), outputs), layer=layer, field=field)
    checked = []
    for row, cells in enumerate(map(items, rows)):
        where = f"{name}, row {row + 1}"
        if cells is None:
            rule = f"{shown(rows[row])} is not a row. Give a list of numbers."
            raise ExperimentError(rule, where, row=row, layer=layer, field=field)
        if len(cells) != columns:
            rule = f"{counted(len(cells), 'number')} for {counted(len(input_names), 'input')} and the bias."
            raise ExperimentError(f"{rule} Give {columns}, the bias last.", where, row=row, layer=layer, field=field)
        values = []
        for column, (cell, heading) in enumerate(zip(cells, (*input_names, BIAS_NAME), strict=True)):
            at = Place(row=row, column=column, layer=layer, field=field)
            value = check_number(cell, f"{where}, {heading}", **at)
            check_weight(value, f"{where}, {heading}", **at)
            values.append(value)
        checked.append(tuple(values))
    return tuple(checked)


def check_weight(value: float, where: str = "", **place: Unpack[Place]) -> None:
    """Refuse a number that is too large for an initial weight.

    Raises
    ------
    ExperimentError
        If it is larger than `MAX_INITIAL`, in size.
    """
    if abs(value) > MAX_INITIAL:
        rule = f"is too large. {title('initial')} lie between -{MAX_INITIAL:.0f} and {MAX_INITIAL:.0f}."
        raise ExperimentError(f"{plain(value)} {rule}", where, **place)
