"""The chosen cell of the matrix, as the step page's address holds it. Pure."""

from __future__ import annotations

from typing import Final

from pages.shared.address.entries import read_entry, write_entry
from pages.shared.address.parameters import Own, PageParameter
from pages.step_by_step.formulas.shown_step import Cell


def read_cell(text: str, own: Own) -> Cell:
    """Read a cell; see `read_entry`. The bias is the column after the last input."""
    row, column = read_entry(text, own.experiment)
    return row, own.experiment.in_features if column is None else column


def in_address(cell: Cell, inputs: int) -> str:
    """Write a cell of an experiment that has so many inputs, as `read_cell` reads it.

    Examples
    --------
    >>> in_address((1, 2), 3), in_address((1, 3), 3)
    ('2-3', '2-b')
    """
    return write_entry(cell[0], None if cell[1] == inputs else cell[1])


FIRST: Final = "1-1"
CELL: Final = PageParameter(
    "cell", FIRST, lambda text, own: in_address(read_cell(text, own), own.experiment.in_features)
)
"""Its value is the text in the address: which column is the bias depends on the experiment."""
