"""The cell that is looked at, as the step page's address holds it. Pure."""

from __future__ import annotations

from typing import Final

from pages.shared.address.parameters import Own, PageParameter, read_number
from pages.shared.text.quoting import quoted
from pages.step_by_step.formulas.shown_step import Cell


def read_cell(text: str, own: Own) -> Cell:
    """Read "2-3", the weight of the second output and the third input, or "2-b", that output's bias."""
    output, dash, column = text.partition("-")
    if not dash:
        raise ValueError(f'{quoted(text)} is not of the form "2-3" (output 2, input 3) or "2-b" (its bias).')
    outputs, inputs = own.experiment.out_features, own.experiment.in_features
    row = read_number(output, outputs, "the outputs of this experiment") - 1
    return row, inputs if column == "b" else read_number(column, inputs, "the inputs of this experiment") - 1


def in_address(cell: Cell, inputs: int) -> str:
    """Write a cell of an experiment that has so many inputs, as `read_cell` reads it.

    Examples
    --------
    >>> in_address((1, 2), 3), in_address((1, 3), 3)
    ('2-3', '2-b')
    """
    return f"{cell[0] + 1}-{'b' if cell[1] == inputs else cell[1] + 1}"


FIRST: Final = "1-1"
CELL: Final = PageParameter(
    "cell", FIRST, lambda text, own: in_address(read_cell(text, own), own.experiment.in_features)
)
"""Its value is the text in the address: which column is the bias depends on the experiment."""
