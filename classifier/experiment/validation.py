"""Checks of values that people type: each gives the value in its normal form, or says what is wrong with it.

The rules here hold for any table, number or name. How large an experiment may be is said by the caller.
"""

import math
from collections.abc import Sequence
from numbers import Integral, Real
from typing import Any, TypedDict, Unpack

import numpy as np

MAX_NAME_LENGTH = 24
"""Most characters of a column's name: more do not fit above a column."""
_CALLED = {"initial": "Initial weights", "dtype": "Precision", "hidden": "Hidden layers"}


class Place(TypedDict, total=False):
    """Where a value stands; see `ExperimentError`."""

    row: int | None
    column: int | None
    layer: int | None
    field: str | None


class ExperimentError(ValueError):
    """A value that breaks its rule; the message says which, where, and the rule.

    Attributes
    ----------
    rule : str
        The message without the place before its colon, for a caller that names the place itself.
    row : int or None
        Row of the table, from 0.
    column : int or None
        Column of the table, from 0: first the inputs, then the labels.
    layer : int or None
        Of several layers the one whose initial weights it is, from 0.
    field : str or None
        Field of `Experiment`.
    """

    def __init__(self, rule: str, where: str = "", **place: Unpack[Place]) -> None:
        super().__init__(f"{where}: {rule}" if where else rule)
        self.rule = rule
        self.row = place.get("row")
        self.column = place.get("column")
        self.layer = place.get("layer")
        self.field = place.get("field")


def title(field: str) -> str:
    """Return what a field of `Experiment` is called.

    >>> title("learning_rate"), title("initial"), title("dtype")
    ('Learning rate', 'Initial weights', 'Precision')
    """
    return _CALLED.get(field, field.replace("_", " ").capitalize())


def shown(value: object) -> str:
    """Return a value as a message quotes it: short, on one line.

    >>> shown("a long text that goes on and on and on and on"), shown(np.float64(1.5))
    ("'a long text that goes on and on and on…", '1.5')
    """
    if isinstance(value, np.generic):
        value = value.item()
    try:
        text = repr(value)
    except ValueError:  # Python refuses to write out whole numbers of thousands of digits
        return "a number of thousands of digits"
    return text if len(text) <= 40 else text[:39] + "…"


def plain(number: float) -> str:
    """Return every digit of a float, and no ".0" after a whole one."""
    return repr(number).removesuffix(".0")


def counted(number: int, noun: str) -> str:
    """Return a number and its noun.

    >>> counted(1, "row"), counted(2, "row")
    ('1 row', '2 rows')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def check_rows(table: object, what: str, max_columns: int, max_rows: int) -> list[list[Any]]:
    """Return the rows of a table as lists of unchecked cells, all of one length.

    Parameters
    ----------
    table : nested sequence or array
    what : {"input", "label"}
        What the columns are, for the message.

    Raises
    ------
    ExperimentError
        If it is not a table, is empty, is ragged, or exceeds a limit.
    """
    field = f"{what}s"
    rows = items(table)
    if rows is None:
        raise ExperimentError(f"The {field} are {shown(table)}, not a table. Give one row per sample.", field=field)
    if not rows:
        raise ExperimentError(f"The table of {field} is empty. One sample is enough, none is too few.", field=field)
    if len(rows) > max_rows:
        rule = f"The table has {len(rows)} rows. It may have at most {max_rows}."
        raise ExperimentError(rule, row=max_rows, field=field)
    checked: list[list[Any]] = []
    for row, cells in enumerate(map(items, rows)):
        if cells is None:
            rule = f"{shown(rows[row])} is not a row of {field}. Give a list of numbers."
            raise ExperimentError(rule, f"Row {row + 1}", row=row, field=field)
        rule = ""
        if not cells:
            rule = f"has no {field}. A sample needs at least one {what}."
        elif len(cells) > max_columns:
            rule = f"has {len(cells)} {field}. A sample may have at most {max_columns}."
        elif checked and len(cells) != len(checked[0]):
            counts = f"{counted(len(cells), what)}, row 1 has {len(checked[0])}"
            rule = f"has {counts}. Every row needs the same number."
        if rule:
            raise ExperimentError(f"Row {row + 1} {rule}", row=row, field=field)
        checked.append(cells)
    return checked


def items(value: object) -> list[Any] | None:
    """Return the items of a sequence or array; None for anything else, text included."""
    if not isinstance(value, Sequence) and hasattr(value, "__array__"):
        value = np.asarray(value).tolist()
    return list(value) if isinstance(value, Sequence) and not isinstance(value, str | bytes) else None


def check_number(value: object, where: str, **place: Unpack[Place]) -> float:
    """Return a finite number as a float, −0 as 0.

    Raises
    ------
    ExperimentError
        Carrying the place, if it is not a number, or not finite. Text is refused even where it
        spells a number, and so are True and False: a caller that takes them as numbers converts them first.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        raise ExperimentError(f"{where} is empty. It needs a number.", **place)
    if isinstance(value, bool | np.bool_) or not isinstance(value, Real):
        raise ExperimentError(f"{shown(value)} is not a number.", where, **place)
    try:
        number = float(value)
    except OverflowError:
        raise ExperimentError(f"{shown(value)} is too large.", where, **place) from None
    if not math.isfinite(number):
        raise ExperimentError(f"{number} is not a finite number.", where, **place)
    return number + 0.0  # −0 + 0 = 0: equal experiments must not differ in the sign of a zero


def check_input(value: float, limit: float, said: str, where: str = "", **place: Unpack[Place]) -> None:
    """Refuse a number that is too large for an input; ``said`` is how the message writes it.

    Raises
    ------
    ExperimentError
        If it is larger than the limit, in size.
    """
    if abs(value) > limit:
        rule = f"is too large. Inputs lie between -{plain(limit)} and {plain(limit)}."
        raise ExperimentError(f"{said} {rule}", where, **place)


def check_label(value: float, said: str, where: str = "", **place: Unpack[Place]) -> None:
    """Refuse a number that is no label; ``said`` is how the message writes it.

    Raises
    ------
    ExperimentError
        If it is not in [0, 1].
    """
    if not 0 <= value <= 1:
        raise ExperimentError(f"{said} is not a label. Labels lie between 0 and 1.", where, **place)


def check_whole_number(value: object, where: str, highest: int, **place: Unpack[Place]) -> int:
    """Return a whole number between 0 and ``highest`` as an int; 5.0 is one.

    Raises
    ------
    ExperimentError
        If it is not one.
    """
    if isinstance(value, Integral) and not isinstance(value, bool):
        whole = int(value)
    else:
        number = check_number(value, where, **place)
        if not number.is_integer():
            raise ExperimentError(f"{shown(value)} is not a whole number.", where, **place)
        whole = int(number)
    if not 0 <= whole <= highest:
        rule = f"{shown(value)} is out of range. It lies between 0 and {highest}."
        raise ExperimentError(rule, where, **place)
    return whole


def check_names(
    input_names: object, label_names: object, counts: tuple[int, int]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the column names, stripped.

    Raises
    ------
    ExperimentError
        If there are more or fewer than columns, or one is no text, empty, too long, not printable, or there
        twice.
    """
    tables = []
    column_of: dict[str, int] = {}
    for names, count, field in zip((input_names, label_names), counts, ("input_names", "label_names"), strict=True):
        listed = items(names)
        if listed is None or len(listed) != count:
            given = shown(names) if listed is None else counted(len(listed), "name")
            rule = f"{given} for {counted(count, 'column')}. Every column needs one."
            raise ExperimentError(rule, "Names", field=field)
        for name in listed:
            column = len(column_of)
            clean = name.strip() if isinstance(name, str) else ""
            place = Place(column=column, field=field)
            if not clean:
                rule = f"{shown(name)} is not a name. A name is a text that is not empty."
                raise ExperimentError(rule, f"Column {column + 1}", **place)
            if len(clean) > MAX_NAME_LENGTH or not clean.isprintable():
                rule = f"is too long or not printable. A name has at most {MAX_NAME_LENGTH} letters."
                raise ExperimentError(f"{shown(clean)} {rule}", f"Column {column + 1}", **place)
            if clean in column_of:
                columns = f"Columns {column_of[clean] + 1} and {column + 1}"
                raise ExperimentError(f"{columns} are both called {clean}. Names differ.", **place)
            column_of[clean] = column
        tables.append(tuple(list(column_of)[-count:]))
    return tables[0], tables[1]
