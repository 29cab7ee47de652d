"""The mistakes that can be put into the backward pass, in words and formulas. Pure strings."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True)
class Mistake:
    """How a wrong partial is shown.

    Attributes
    ----------
    name : str
        What was done wrong, as an order.
    right, wrong : str
        The formula and its broken twin, in LaTeX.
    about : str
        Where it shows and where it does not; holds the places ``{inputs}`` and ``{outputs}``.
    """

    name: str
    right: str
    wrong: str
    about: str


def _d(of: str, by: str) -> str:
    return rf"\frac{{\partial {of}}}{{\partial {by}}}"


_YHAT = r"\hat{y}"
_L_YHAT, _L_Z, _L_W, _L_B = (_d("L", by) for by in (_YHAT, "z", "W", "b"))
_YHAT_Z, _Z_W = _d(_YHAT, "z"), _d("z_o", "W_{oj}")

MISTAKES: Final[Mapping[str, Mistake]] = MappingProxyType(
    {
        "drop_sigmoid": Mistake(
            "Drop the sigmoid’s factor",
            rf"{_L_Z} = {_L_YHAT} \cdot {_YHAT_Z} = {_YHAT} - y",
            rf"{_L_Z} = {_L_YHAT}",
            "Every entry is divided by ŷ(1 − ŷ), so it is at least four times too large.",
        ),
        "repeat_sigmoid": Mistake(
            "Use the sigmoid’s factor twice",
            rf"{_L_Z} = {_YHAT} - y",
            rf"{_L_Z} = ({_YHAT} - y) \cdot {_YHAT_Z}",
            "ŷ − y holds ∂ŷ/∂z already. Every entry is multiplied by ŷ(1 − ŷ), so it is at least four times too small.",
        ),
        "halve_loss": Mistake(
            "Forget half of the loss",
            rf"{_L_YHAT} = -\frac{{y}}{{{_YHAT}}} + \frac{{1 - y}}{{1 - {_YHAT}}}",
            rf"{_L_YHAT} = -\frac{{y}}{{{_YHAT}}}",
            "Outputs whose label is 1 stay right: there the forgotten half is 0.",
        ),
        "forget_input": Mistake(
            "Forget the input",
            rf"{_Z_W} = x_j",
            rf"{_Z_W} = 1",
            "Columns whose input is 1 stay right, and so does b, which has no input.",
        ),
        "transpose_product": Mistake(
            "Transpose the outer product",
            rf"{_L_W} = {_L_Z} \, x^\top",
            rf"{_L_W} = x \left({_L_Z}\right)^\top",
            "The product has shape ({inputs}, {outputs}), W has ({outputs}, {inputs}). To compare the two, the "
            "product’s numbers are read row by row into the shape of W. b stays right.",
        ),
        "forget_bias": Mistake(
            "Forget the bias",
            rf"{_L_B} = {_L_Z}",
            rf"{_L_B} = 0",
            "W stays right; only the column of b is wrong.",
        ),
        "flip_sign": Mistake(
            "Wrong sign",
            rf"{_L_Z} = {_YHAT} - y",
            rf"{_L_Z} = y - {_YHAT}",
            "Every size is right and every direction wrong: each update would climb.",
        ),
    }
)
"""By the names of `WRONG_PARTIALS`, in their order."""
