"""A table of texts, and the error for a text that is no table."""

import re
from dataclasses import dataclass
from typing import Final

from pages.shared.text.messages import first_few
from pages.shared.text.quoting import quoted
from pages.shared.text.typed_numbers import is_number, parse_number

_AMOUNT = r"[+\-−]?[0-9](?:[0-9.,'’\s]*[0-9])?"
_DAY = r"[0-9]{1,2}([./-])[0-9]{1,2}\1(?:[0-9]{2}){1,2}|[0-9]{4}([./-])[0-9]{1,2}\2[0-9]{1,2}"
_MONTH = r"[0-9]{1,2}[-. ]{1,2}[^\W\d_]{3,9}[-. ]{1,2}(?:[0-9]{2}){1,2}"
_TIME = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?"
# What holds a number and is none, and what to do about it: a column of them is no column of classes.
_NUMBERS_OF_A_KIND: Final = (
    (re.compile(rf"{_AMOUNT}\s*[%‰]"), "it is a percentage. Write the number alone."),
    (
        re.compile(rf"(?:{_DAY}|{_MONTH})(?:[T ]\s*{_TIME}.*)?"),
        "it is a date. Count the days in one number, or leave the column out.",
    ),
    (re.compile(_TIME), "it is a time. Count it in one unit, or leave the column out."),
    (
        re.compile(r"[+\-−]?[0-9]{1,3}(?:([.,'’])[0-9]{3})(?:\1[0-9]{3})*(?:[.,][0-9]*)?"),
        "it has signs between its thousands. Write it without them.",
    ),
)


class DataError(ValueError):
    """A text that is no table of samples.

    Attributes
    ----------
    problems : tuple of str
        Plain text that may quote the table: where, what, and the rule. The first few, and how many more there are.
    """

    def __init__(self, *problems: str) -> None:
        self.problems = first_few(problems)
        super().__init__(" ".join(self.problems))


@dataclass(frozen=True)
class Grid:
    r"""A table of texts.

    Attributes
    ----------
    names : tuple of str
        One for each column, unique, short enough for an experiment.
    rows : tuple of tuple of str
        Without the names and without empty lines; white space around a text is gone. As many of
        the first ones as an experiment may have samples.
    lines : tuple of int
        The line of the text in which each row begins, from 1.
    separator : {"\t", ";", ","}
    decimal : {",", ".", ""}
        The decimal sign; "" if no number has one.
    header : bool
        Whether the names come from the text.
    notes : tuple of str
        What was done without being asked. May quote the table.
    left_out : int
        How many rows the text has behind these.
    """

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    separator: str
    decimal: str
    header: bool
    notes: tuple[str, ...]
    left_out: int = 0

    def number(self, row: int, column: int) -> float:
        """Read a cell as a number, by the decimal sign of the whole text.

        Raises
        ------
        ValueError
            If it is none; the message says where it stands.
        """
        text = self.rows[row][column]
        if not text:
            raise ValueError(f"{self.where(row, column)} is empty. It needs a number.")
        try:
            return parse_number(text.replace(",", ".") if self.decimal == "," else text)
        except ValueError as error:
            rule = _of_a_kind(text)
            reason = f"{quoted(text)} is not a number{f': {rule}' if rule else '.'}"
            if "not a number" not in str(error):
                reason = str(error)
            raise ValueError(f"{self.where(row, column)}: {reason}") from None

    def where(self, row: int, column: int) -> str:
        """Say where a cell stands."""
        return f"Line {self.lines[row]}, {quoted(self.names[column])}"


def looks_like_a_number(cell: str) -> bool:
    """Say whether a text is a number by at least one reading of its comma, or would be one if written otherwise."""
    return is_number(cell.replace(",", ".")) or _of_a_kind(cell) is not None


def _of_a_kind(cell: str) -> str | None:
    """Say what of a number a text is, and the rule for it; None if it is nothing of the kind."""
    if not any(sign.isdecimal() for sign in cell[:2]):
        return None  # as nearly all texts
    return next((rule for form, rule in _NUMBERS_OF_A_KIND if form.fullmatch(cell)), None)
