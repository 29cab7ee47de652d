"""A step as the formulas show it: whole, or one output of a large network, with the chosen cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from classifier import Step

Cell: TypeAlias = tuple[int, int]
"""An output and a column of W, each from 0; the column after the last input is the bias."""

_SMALL: Final = 4


@dataclass(frozen=True)
class ShownStep:
    """What a formula is filled with: a step, and the chosen cell."""

    step: Step
    cell: Cell

    @property
    def is_small(self) -> bool:
        """Whether whole matrices are shown; of a larger network, only the entries of one output are."""
        return all(size <= _SMALL for size in self.step.layers[0].loss_wrt_weight.shape)

    @property
    def is_bias(self) -> bool:
        """Whether the cell is a bias."""
        return self.cell[1] == len(self.step.x)

    @property
    def outputs(self) -> Sequence[int]:
        """The outputs whose entries are shown."""
        return range(len(self.step.y)) if self.is_small else (self.cell[0],)

    @property
    def parameter(self) -> str:
        """The cell's name: W₁₂ or b₁."""
        out, column = self.cell
        return f"b_{{{out + 1}}}" if self.is_bias else f"W_{{{out + 1},{column + 1}}}"
