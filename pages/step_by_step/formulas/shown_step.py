"""A step as the formulas of one layer show it: whole, or one output of a large layer, with the chosen cell."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from classifier import LayerPass, Step
from classifier.graph.layers import ActivationName, FloatArray
from pages.step_by_step.formulas.order import Symbols

Cell: TypeAlias = tuple[int, int]
"""An output of a layer and a column of its W, each from 0; the column after the last one is the bias."""

_SMALL: Final = 4


@dataclass(frozen=True)
class ShownStep:
    """What a formula is filled with: a step, the chosen cell, and the layer that the formula is about, from 0."""

    step: Step
    cell: Cell
    layer: int = 0
    activation: ActivationName = "sigmoid"

    def at(self, layer: int) -> "ShownStep":
        """Look at another layer; a cell that it does not have becomes its nearest."""
        rows, columns = self.step.parameters_before[layer].shape
        return replace(self, layer=layer, cell=(min(self.cell[0], rows - 1), min(self.cell[1], columns - 1)))

    @property
    def symbols(self) -> Symbols:
        """How this layer's quantities are written."""
        return Symbols(self.layer, len(self.step.layers))

    @property
    def numbers(self) -> LayerPass:
        """What the layer took, gave and got back."""
        return self.step.layers[self.layer]

    @property
    def before(self) -> FloatArray:
        """[W | b] of this layer before the update."""
        return self.step.parameters_before[self.layer]

    @property
    def after(self) -> FloatArray:
        """[W | b] of this layer after the update."""
        return self.step.parameters_after[self.layer]

    @property
    def function(self) -> ActivationName:
        """The activation of this layer."""
        return "sigmoid" if self.symbols.is_last else self.activation

    @property
    def is_small(self) -> bool:
        """Whether whole matrices are shown; of a larger layer, only the entries of one output are."""
        return all(size <= _SMALL for size in self.numbers.loss_wrt_weight.shape)

    @property
    def is_bias(self) -> bool:
        """Whether the cell is a bias."""
        return self.cell[1] == len(self.numbers.x)

    @property
    def outputs(self) -> Sequence[int]:
        """The outputs whose entries are shown."""
        return range(len(self.numbers.logits)) if self.is_small else (self.cell[0],)

    @property
    def parameter(self) -> str:
        """The cell's name: W₁₂ or b₁."""
        out, column = self.cell
        names = self.symbols
        return f"{names.bias}_{{{out + 1}}}" if self.is_bias else f"{names.weight}_{{{out + 1},{column + 1}}}"
