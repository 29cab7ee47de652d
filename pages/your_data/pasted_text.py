"""A stranger's CSV, from bytes or text to a grid of texts, and what was recognised on the way. Pure; no widget.

Whatever it is, it is read whole or refused in words that name line, column and rule. Where it could mean two things,
one file has one answer: one separator, one decimal sign.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from classifier import MAX_NAME_LENGTH, MAX_SAMPLES
from classifier.experiment.validation import counted
from pages.shared.text.quoting import quoted
from pages.shared.text.typed_numbers import parse_number, plain

__all__ = ["MAX_COLUMNS", "MAX_MB", "SEPARATORS", "DataError", "Grid", "decode", "fitted", "read_grid"]

MAX_MB: Final = 1
"""Most megabytes of a file, and of a pasted text most million characters."""
MAX_COLUMNS: Final = 100
"""More than an experiment has, for a file may have columns that are left out."""
SEPARATORS: Final = {"\t": "tab", ";": "semicolon", ",": "comma"}
"""In the order in which they are tried: a comma may be a decimal sign, and a semicolon hardly ever anything else."""

_NOTHING: Final = "There is no line with anything in it."
_MAX_PROBLEMS: Final = 8
_DIGITS = r"(?:[0-9]+{0}[0-9]*|{0}[0-9]+)(?:[eE][+-]?[0-9]+)?"
_WITH_COMMA: Final = re.compile(rf"[+\-−]?{_DIGITS.format(',')}")
_WITH_POINT: Final = re.compile(rf"[+\-−]?{_DIGITS.format('[.]')}")
_PERHAPS_THOUSANDS: Final = re.compile(r"[+\-−]?[1-9][0-9]{0,2},[0-9]{3}")
# What a spreadsheet would run: a result is data, a formula is not.
_FORMULA: Final = re.compile(r"[=@].|[+\-].*[()|!=*]", re.DOTALL)

# The first bytes of files that are often taken for tables.
_KINDS: Final = {
    b"PK\x03\x04": "a zip archive, as Excel and OpenDocument files are",
    b"\xd0\xcf\x11\xe0": "an old Excel file",
    b"\x1f\x8b": "compressed with gzip",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"%PDF": "a PDF file",
}


class DataError(ValueError):
    """A text that is no table of samples.

    Attributes
    ----------
    problems : tuple of str
        Plain text that may quote a stranger: where, what, and the rule. The first few, and how many more there are.
    """

    def __init__(self, *problems: str) -> None:
        kept = problems[:_MAX_PROBLEMS]
        rest = len(problems) - len(kept)
        self.problems = (*kept, *([f"And {rest} more."] if rest else []))
        super().__init__(" ".join(self.problems))


@dataclass(frozen=True)
class Grid:
    r"""A table of texts.

    Attributes
    ----------
    names : tuple of str
        One for each column, unique, short enough for an experiment.
    rows : tuple of tuple of str
        Without the names and without empty lines; white space around a text is gone.
    lines : tuple of int
        The line of the text in which each row begins, from 1.
    separator : {"\t", ";", ","}
    decimal : {",", ".", ""}
        The decimal sign; "" if no number has one.
    header : bool
        Whether the names are the text's own.
    notes : tuple of str
        What was done without being asked. May quote a stranger.
    """

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    separator: str
    decimal: str
    header: bool
    notes: tuple[str, ...]

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
            reason = f"{quoted(text)} is not a number." if "not a number" in str(error) else str(error)
            raise ValueError(f"{self.where(row, column)}: {reason}") from None

    def where(self, row: int, column: int) -> str:
        """Say where a cell stands."""
        return f"Line {self.lines[row]}, {quoted(self.names[column])}"

    def is_number(self, row: int, column: int) -> bool:
        """Say whether a cell is a number, if only by one of two readings."""
        return _looks_like_a_number(self.rows[row][column])


def decode(data: bytes) -> tuple[str, str]:
    """Read a file's bytes as text.

    Returns
    -------
    text, encoding : str
        Without the byte order mark; the encoding's name for people.

    Raises
    ------
    DataError
        If it is no text in UTF-8, or in UTF-16 with its mark.
    """
    if len(data) > MAX_MB * 2**20:
        raise DataError(f"This file is larger than {MAX_MB} MB. No experiment is.")
    for start, kind in _KINDS.items():
        if data.startswith(start):
            raise DataError(f"This file is {kind}. Save the table as CSV.")
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        raise DataError("This file is in UTF-32. Save it in UTF-8.")
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    encoding, name = ("utf-16", "UTF-16") if marked else ("utf-8-sig", "UTF-8")
    try:
        return data.decode(encoding), name
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        where = f"Line {line}: " if not marked else ""
        raise DataError(f"{where}This is not text in {name}. Save the file as “CSV UTF-8”.") from None


def read_grid(text: str, separator: str | None = None, *, header: bool | None = None) -> Grid:
    r"""Cut a text into columns and rows.

    Parameters
    ----------
    text : str
        Anything at all.
    separator : {"\t", ";", ","}, optional
        What parts the columns; recognised if left out.
    header : bool, optional
        Whether the first line holds the names; if left out, it does if none of its cells is a number.

    Raises
    ------
    DataError
        If it is no table with at least one row and two columns, or beyond the limits.

    Examples
    --------
    >>> grid = read_grid("height;fits\n1,72;yes\n1,80;no")
    >>> grid.names, grid.rows, grid.decimal, grid.number(0, 0)
    (('height', 'fits'), (('1,72', 'yes'), ('1,80', 'no')), ',', 1.72)
    """
    if len(text) > MAX_MB * 2**20:
        raise DataError(f"This text has {len(text)} characters. It may have at most {MAX_MB * 2**20}.")
    text = text.removeprefix("\ufeff")
    if "\0" in text:
        raise DataError(
            f"Line {text.count(chr(10), 0, text.index(chr(0))) + 1}: there is a NUL byte, which no text has. "
            "A binary file, or UTF-16 without its mark; save it as “CSV UTF-8”."
        )
    separator, table, empty = _cut_up(text, separator)
    _refuse_formulas(table)
    if header is None:
        header = not any(_looks_like_a_number(cell) for cell in table[0][1])
    names, notes = _names(table[0], header=header)
    rows = table[1:] if header else table
    if not rows:
        raise DataError(f"Line {table[0][0]} holds the names, and no line follows it. One sample is enough.")
    if len(rows) > MAX_SAMPLES:
        raise DataError(
            f"Line {rows[MAX_SAMPLES][0]} begins row {MAX_SAMPLES + 1}. There may be at most {MAX_SAMPLES} rows."
        )
    decimal = _decimal_sign(rows, names)
    if empty:
        notes.append(f"{counted(empty, 'empty line')} left out.")
    if separator == "," and not header and not decimal:
        notes.append(
            f"The commas were taken for separators, of {len(names)} columns. "
            "If they are decimal commas, separate the columns by semicolons."
        )
    lines, cells = zip(*rows, strict=True)
    return Grid(names, tuple(map(tuple, cells)), lines, separator, decimal, header, tuple(notes))


_Table = list[tuple[int, list[str]]]


def _cut_up(text: str, wanted: str | None) -> tuple[str, _Table, int]:
    """Give separator, rows with their lines, and the number of empty lines: by the first separator that fits."""
    number, first = next(((n, line) for n, line in enumerate(io.StringIO(text), start=1) if line.strip()), (0, ""))
    if not first:
        raise DataError(_NOTHING)
    candidates = [wanted] if wanted else [sign for sign in SEPARATORS if sign in first]
    if not candidates:
        raise DataError(
            f"Line {number} has one column. "
            "Inputs and labels need one each, with commas, semicolons or tabs between them."
        )
    failures: dict[str, DataError] = {}
    for sign in candidates:
        try:
            table, empty = _cut(text, sign)
            _refuse_ragged(table, sign)
        except DataError as error:
            failures[sign] = error
        else:
            return sign, table, empty
    raise failures[max(candidates, key=first.count)]


def _cut(text: str, separator: str) -> tuple[_Table, int]:
    """Cut a text at a separator. Stops behind the limits, so that no text takes long."""
    table: _Table = []
    empty = 0
    for line, cells in _csv_rows(text, separator):
        if len(cells) > MAX_COLUMNS:
            raise DataError(f"Line {line} has {len(cells)} columns. There may be at most {MAX_COLUMNS}.")
        stripped = [cell.strip() for cell in cells]
        if not any(stripped):
            empty += 1
            continue
        table.append((line, stripped))
        if len(table) > MAX_SAMPLES + 1:
            break  # with a row of names or without one, that is one too many
    return table, empty


def _csv_rows(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True, skipinitialspace=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        if "end of data" in str(error):
            reason = "a quotation mark opens a cell, and none closes it"
        elif "limit" in str(error):
            reason = f"a cell has more than {csv.field_size_limit()} characters"
        else:
            reason = "behind a closing quotation mark stands neither a separator nor the end of the line"
        raise DataError(f"Line {line}: {reason}.") from None


def _refuse_ragged(table: _Table, separator: str) -> None:
    if not table:
        raise DataError(_NOTHING)
    first, cells = table[0]
    width = len(cells)
    if width < 2:
        raise DataError(f"Line {first} has one column. Inputs and labels need one each.")
    ragged = [
        f"Line {line} has {counted(len(row), 'column')}, line {first} has {width}. All lines need the same number."
        for line, row in table
        if len(row) != width
    ]
    if ragged and separator == ",":
        ragged[0] += " If commas are decimal signs here, separate the columns by semicolons."
    if ragged:
        raise DataError(*ragged)


def _refuse_formulas(table: _Table) -> None:
    formulas = [
        f"Line {line}, column {column}: {quoted(cell)} is a formula. Put its value there."
        for line, cells in table
        for column, cell in enumerate(cells, start=1)
        if cell[:1] in "=@+-" and _FORMULA.match(cell)
    ]
    if formulas:
        raise DataError(*formulas)


def _looks_like_a_number(cell: str) -> bool:
    try:
        parse_number(cell.replace(",", "."))
    except ValueError:
        return False
    return True


def _decimal_sign(rows: Sequence[tuple[int, list[str]]], names: Sequence[str]) -> str:
    """Find the one decimal sign of all numbers."""
    found: dict[str, str] = {}
    for line, cells in rows:
        for cell, name in zip(cells, names, strict=True):
            sign = _sign_of(cell)
            if sign and sign not in found:
                found[sign] = f"Line {line}, {quoted(name)}: {quoted(cell)} has a decimal"
    if len(found) > 1:
        raise DataError(f"{found[',']} comma. {found['.']} point. One text has one decimal sign.")
    return next(iter(found), "")


def _sign_of(cell: str) -> str:
    cell = plain(cell) if "," in cell or "." in cell else ""
    if "," in cell:
        return "," if _WITH_COMMA.fullmatch(cell) and not _PERHAPS_THOUSANDS.fullmatch(cell) else ""
    return "." if "." in cell and _WITH_POINT.fullmatch(cell) else ""


def _names(first: tuple[int, list[str]], *, header: bool) -> tuple[tuple[str, ...], list[str]]:
    """Name the columns; say which names are not the text's own."""
    line, cells = first
    if not header:
        return tuple(f"column {column}" for column in range(1, len(cells) + 1)), []
    given = [" ".join(cell.split()) for cell in cells]
    hidden = [
        f"Line {line}, column {column}: {quoted(name)} has an invisible character."
        for column, name in enumerate(given, start=1)
        if not name.isprintable()
    ]
    if hidden:
        raise DataError(*hidden)
    named = [name or f"column {column}" for column, name in enumerate(given, start=1)]
    twice = [
        f"Line {line}: columns {named.index(name) + 1} and {column} are both called {quoted(name)}. Names differ."
        for column, name in enumerate(named, start=1)
        if named.index(name) + 1 < column
    ]
    if twice:
        raise DataError(*twice)
    short, notes = fitted(named)
    unnamed = [str(column) for column, name in enumerate(given, start=1) if not name]
    if unnamed:
        notes.insert(0, f"Line {line} has no name for column {', '.join(unnamed)}.")
    return short, notes


def fitted(names: Sequence[str], taken: Sequence[str] = ()) -> tuple[tuple[str, ...], list[str]]:
    """Shorten names that are too long for an experiment, each to one of its own, and say so.

    Parameters
    ----------
    names : sequence of str
        Unique.
    taken : sequence of str, optional
        Further names that none may have.

    Examples
    --------
    >>> fitted(["x", "the length of the sepal in cm", "the length of the sepal in inches"])[0]
    ('x', 'the length of the sepal…', 'the length of the sep… 3')
    """
    short: list[str] = []
    notes = []
    for place, name in enumerate(names, start=1):
        kept = name
        if len(name) > MAX_NAME_LENGTH:
            kept, number = name[: MAX_NAME_LENGTH - 1] + "…", place
            while kept in short or kept in names or kept in taken:
                end = f"… {number}"
                kept, number = name[: MAX_NAME_LENGTH - len(end)] + end, number + 1
            notes.append(f"{quoted(name)} is called {quoted(kept)}: a name has at most {MAX_NAME_LENGTH} letters.")
        short.append(kept)
    return tuple(short), notes
