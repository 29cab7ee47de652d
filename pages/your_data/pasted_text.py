"""A CSV that a visitor brings, from bytes or text to a grid of texts, and what was recognised. Pure; no widget.

Any text is either read, or refused in words that name line, column and rule. Rows beyond the largest number of samples
are left out, with a note. A whole text has one separator and one decimal sign.
"""

import re
from collections.abc import Sequence
from typing import Final

from classifier import LIMITS
from classifier.experiment.validation import counted
from pages.shared.text.quoting import quoted
from pages.shared.text.typed_numbers import plain
from pages.your_data.column_names import named
from pages.your_data.csv_rows import cut_up, refuse_formulas
from pages.your_data.grid import DataError, Grid, looks_like_a_number

MAX_MB: Final = 1
"""Most megabytes of a file, and of a pasted text most million characters."""
_DIGITS = r"(?:[0-9]+{0}[0-9]*|{0}[0-9]+)(?:[eE][+-]?[0-9]+)?"
_WITH_COMMA: Final = re.compile(rf"[+\-−]?{_DIGITS.format(',')}")
_WITH_POINT: Final = re.compile(rf"[+\-−]?{_DIGITS.format('[.]')}")
_PERHAPS_THOUSANDS: Final = re.compile(r"[+\-−]?[1-9][0-9]{0,2},[0-9]{3}")
# The first bytes of files that are often taken for tables.
_NO_TABLES: Final = {
    b"PK\x03\x04": "a zip archive, as Excel and OpenDocument files are",
    b"\xd0\xcf\x11\xe0": "an old Excel file",
    b"\x1f\x8b": "compressed with gzip",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"%PDF": "a PDF file",
}


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
        raise DataError(f"This file is larger than {MAX_MB} MB, the most that is read.")
    for start, kind in _NO_TABLES.items():
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
        What separates the columns; recognised if left out.
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
    separator, table, total, empty = cut_up(text, separator)
    if header is None:
        header = not any(looks_like_a_number(cell) for cell in table[0][1])
    refuse_formulas(table[: LIMITS.samples + header])
    names, notes = named(table[0], header=header)
    rows = table[1:] if header else table
    if not rows:
        raise DataError(f"Line {table[0][0]} holds the names, and no line follows it. One sample is enough.")
    left_out = total - header - LIMITS.samples
    if left_out > 0:
        notes.append(
            f"Line {rows[LIMITS.samples][0]} begins row {LIMITS.samples + 1}. It and all behind it are left out, "
            f"{counted(left_out, 'row')}: an experiment has at most {LIMITS.samples} samples."
        )
        rows = rows[: LIMITS.samples]
    decimal = _decimal_sign(rows, names)
    if empty:
        notes.append(f"{counted(empty, 'empty line')} left out.")
    if separator == "," and not header and not decimal:
        notes.append(
            f"The commas were taken for separators, of {len(names)} columns. "
            "If they are decimal commas, separate the columns by semicolons."
        )
    lines, cells = zip(*rows, strict=True)
    return Grid(names, tuple(map(tuple, cells)), lines, separator, decimal, header, tuple(notes), max(left_out, 0))


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
