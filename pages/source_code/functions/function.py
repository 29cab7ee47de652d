"""What the page says about one function, and the values that several functions share."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from classifier import LayerPass, Step
from classifier.graph.layers import FloatArray
from pages.shared.text.quantities import LOSS_WRT_BIAS, LOSS_WRT_WEIGHT, YHAT

Value: TypeAlias = tuple[str, str, Any]
"""A number or array: its symbol in LaTeX, its name in the code ("" if it has none), and itself."""


@dataclass(frozen=True, eq=False)
class Moment:
    """The source of the numbers: one layer in a step, and its weights that were drawn before the first step.

    Attributes
    ----------
    step : Step
    initial : ndarray of shape (out_features, in_features + 1)
        [W | b] of the layer.
    layer : int
        From 0.
    """

    step: Step
    initial: FloatArray
    layer: int = 0

    @property
    def numbers(self) -> LayerPass:
        """What the layer took, gave and got back."""
        return self.step.layers[self.layer]

    @property
    def is_last(self) -> bool:
        """Whether the layer gives the prediction."""
        return self.layer == len(self.step.layers) - 1


@dataclass(frozen=True)
class Function:
    """One function.

    Attributes
    ----------
    function : callable
    formula : str
        LaTeX.
    given, result : callable
        What goes in and what comes out.
    phases : tuple of int
        The phases of a step in which it runs, from 1.
    differences : tuple of str
        What the tutorial does otherwise, and why it is done so here; Markdown. Empty if nothing differs.
    verb : {"Returns", "Sets"}
        What the result is.
    deep : str
        The formula with hidden layers, if it is another one.
    """

    function: Callable[..., Any]
    formula: str
    given: Callable[[Moment], list[Value]]
    result: Callable[[Moment], list[Value]]
    phases: tuple[int, ...] = ()
    differences: tuple[str, ...] = ()
    verb: Literal["Returns", "Sets"] = "Returns"
    deep: str = ""


def x(at: Moment) -> Value:
    """Give the sample's inputs."""
    return "x", "x", at.step.x


def into(at: Moment, name: str = "x") -> Value:
    """Give what goes into the layer."""
    return "x" if at.layer == 0 else "a", name, at.numbers.x


def y(at: Moment) -> Value:
    """Give the labels."""
    return "y", "y", at.step.y


def logits(at: Moment, name: str = "logits") -> Value:
    """Give z."""
    return "z", name, at.numbers.logits


def yhat(at: Moment) -> Value:
    """Give the predictions."""
    return YHAT, "yhat", at.step.yhat


def weights(at: Moment, owner: str = "self", *, after: bool = False) -> list[Value]:
    """Give W and b before the update, or after it."""
    matrix = (at.step.parameters_after if after else at.step.parameters_before)[at.layer]
    return [("W", f"{owner}.weight", matrix[:, :-1]), ("b", f"{owner}.bias", matrix[:, -1])]


def gradients(at: Moment) -> list[Value]:
    """Give ∂L/∂W and ∂L/∂b."""
    return [
        (LOSS_WRT_WEIGHT, "loss_wrt_weight", at.numbers.loss_wrt_weight),
        (LOSS_WRT_BIAS, "loss_wrt_bias", at.numbers.loss_wrt_bias),
    ]
