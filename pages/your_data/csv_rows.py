"""A text cut into rows and cells at its separator. It is cut as a whole, or refused with line and rule."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Final, NamedTuple, TypeAlias

from classifier import LIMITS
from classifier.experiment.validation import counted
from pages.shared.text.quoting import quoted
from pages.your_data.grid import DataError

MAX_COLUMNS: Final = 100
"""More than an experiment may have, because columns of a file can be left out."""
SEPARATORS: Final = {"\t": "tab", ";": "semicolon", ",": "comma"}
"""In the order in which they are tried: a comma may be a decimal sign, and a semicolon hardly ever anything else."""


_NOTHING: Final = "There is no line with anything in it."
# What a spreadsheet would take for a formula. Its result would be data; the formula is not.
_FORMULA: Final = re.compile(r"[=@].|[+\-].*[()|!=*]", re.DOTALL)


_Table: TypeAlias = list[tuple[int, list[str]]]


class CutUp(NamedTuple):
    """A text in rows: by which separator, the first rows with their lines, and how many rows and empty lines it has."""

    separator: str
    table: _Table
    rows: int
    empty: int


def cut_up(text: str, wanted: str | None) -> CutUp:
    """Cut a text by the first separator that fits."""
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
            return _cut(text, sign)
        except DataError as error:
            failures[sign] = error
    raise failures[max(candidates, key=first.count)]


def _cut(text: str, separator: str) -> CutUp:
    """Cut a text at a separator. Rows beyond the limit are counted and not kept, so that no text takes long."""
    table: _Table = []
    empty = 0
    lines = _csv_rows(text, separator)
    for line, cells in lines:
        if len(cells) > MAX_COLUMNS:
            raise DataError(f"Line {line} has {len(cells)} columns. There may be at most {MAX_COLUMNS}.")
        stripped = [cell.strip() for cell in cells]
        if not any(stripped):
            empty += 1
            continue
        table.append((line, stripped))
        if len(table) > LIMITS.samples + 1:
            break  # with a row of names or without one, that is one too many
    _refuse_ragged(table[: LIMITS.samples + 1], separator)
    rows = len(table)
    for _, cells in lines:
        if "".join(cells).strip():
            rows += 1
        else:
            empty += 1
    return CutUp(separator, table, rows, empty)


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


def refuse_formulas(table: _Table) -> None:
    """Raise DataError if a cell is what a spreadsheet would run."""
    formulas = [
        f"Line {line}, column {column}: {quoted(cell)} is a formula. Put its value there."
        for line, cells in table
        for column, cell in enumerate(cells, start=1)
        if cell[:1] in "=@+-" and _FORMULA.match(cell)
    ]
    if formulas:
        raise DataError(*formulas)
