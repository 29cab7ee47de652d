"""The order of a step's phases, and how a layer's quantities are called. Pure."""

from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias

from classifier.experiment.hidden import raised
from pages.shared.text.quantities import YHAT

Kind: TypeAlias = Literal["z", "output", "loss", "loss_wrt_output", "slope", "loss_wrt_z", "gradient", "update"]
"""What a phase computes."""

_BACK: tuple[Kind, ...] = ("loss_wrt_output", "slope", "loss_wrt_z", "gradient")


@cache
def order(layers: int) -> tuple[tuple[Kind, int], ...]:
    """Give what each phase computes, and in which layer, from 0: 6 phases for a layer, and the loss and the update.

    Examples
    --------
    >>> [kind for kind, _ in order(1)]
    ['z', 'output', 'loss', 'loss_wrt_output', 'slope', 'loss_wrt_z', 'gradient', 'update']
    >>> order(2)[9], len(order(4))
    (('loss_wrt_output', 0), 26)
    """
    forward: list[tuple[Kind, int]] = [step for k in range(layers) for step in (("z", k), ("output", k))]
    back = [(kind, k) for k in reversed(range(layers)) for kind in _BACK]
    return *forward, ("loss", layers - 1), *back, ("update", layers - 1)


@cache
def number_of(kind: Kind, layer: int, layers: int) -> int:
    """Give the number of a phase, from 1."""
    return order(layers).index((kind, layer)) + 1


@dataclass(frozen=True)
class Symbols:
    """How the quantities of one layer are written: with its number raised, where there are several.

    Attributes
    ----------
    layer : int
        From 0.
    layers : int

    Examples
    --------
    >>> Symbols(0, 2).z, Symbols(0, 2).plain("W"), Symbols(1, 2).x, Symbols(0, 1).z
    ('z^{1}', 'W¹', 'a^{1}', 'z')
    """

    layer: int
    layers: int

    def latex(self, letter: str) -> str:
        """Write one of this layer's quantities for a formula."""
        return letter if self.layers == 1 else f"{letter}^{{{self.layer + 1}}}"

    def plain(self, letter: str) -> str:
        """Write one of this layer's quantities for a sentence."""
        return letter if self.layers == 1 else letter + raised(self.layer + 1)

    @property
    def is_last(self) -> bool:
        """Whether its output is the prediction."""
        return self.layer == self.layers - 1

    @property
    def above(self) -> "Symbols":
        """Those of the next layer."""
        return Symbols(self.layer + 1, self.layers)

    @property
    def z(self) -> str:
        """The weighted sums."""
        return self.latex("z")

    @property
    def weight(self) -> str:
        """The matrix."""
        return self.latex("W")

    @property
    def bias(self) -> str:
        """The bias."""
        return self.latex("b")

    @property
    def output(self) -> str:
        """What the layer gives."""
        return YHAT if self.is_last else self.latex("a")

    @property
    def x(self) -> str:
        """What goes into the layer."""
        return Symbols(self.layer - 1, self.layers).latex("a") if self.layer else "x"

    @property
    def plain_output(self) -> str:
        """What the layer gives, for a sentence."""
        return "ŷ" if self.is_last else self.plain("a")

    @property
    def plain_x(self) -> str:
        """What goes into the layer, for a sentence."""
        return Symbols(self.layer - 1, self.layers).plain("a") if self.layer else "x"
