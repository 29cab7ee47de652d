"""The chosen cell of the matrix, as the step page's address holds it. Pure."""

from typing import Final

from pages.shared.address.entries import read_entry, write_entry
from pages.shared.address.parameters import Own, PageParameter
from pages.shared.run.steps import LAYER, PHASE, layer_count
from pages.step_by_step.formulas.order import order
from pages.step_by_step.formulas.shown_step import Cell


def layer_of(own: Own) -> int:
    """Give the layer of the phase that the address names, from 0; of the update, which is of all, the one named."""
    phases = order(layer_count(own))
    kind, layer = phases[min(own[PHASE], len(phases)) - 1]
    return min(own[LAYER], layer_count(own)) - 1 if kind == "update" else layer


def read_cell(text: str, own: Own) -> Cell:
    """Read a cell of the phase's layer; see `read_entry`. The bias is the column after the last input."""
    row, column = read_entry(text, own.experiment, layer_of(own))
    return row, own.experiment.sizes[layer_of(own)] if column is None else column


def in_address(cell: Cell, inputs: int) -> str:
    """Write a cell of a layer that has so many inputs, as `read_cell` reads it.

    Examples
    --------
    >>> in_address((1, 2), 3), in_address((1, 3), 3)
    ('2-3', '2-b')
    """
    return write_entry(cell[0], None if cell[1] == inputs else cell[1])


CELL: Final = PageParameter(
    "cell", "1-1", lambda text, own: in_address(read_cell(text, own), own.experiment.sizes[layer_of(own)])
)
"""Its value is the text in the address: which column is the bias depends on the experiment, and on the phase."""
