r"""Symbols of the quantities: as they stand in a sentence or a chart, and in a formula.

The derivatives bear the names of the fields of `classifier.BackwardPass`.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

SYMBOLS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "logits": "z",
        "yhat": "ŷ",
        "loss": "L",
        "loss_wrt_sigmoid": "∂L/∂ŷ",
        "sigmoid_wrt_linear1": "∂ŷ/∂z",
        "linear1_wrt_weight": "∂z/∂W",
        "linear1_wrt_bias": "∂z/∂b",
        "loss_wrt_linear1": "∂L/∂z",
        "loss_wrt_weight": "∂L/∂W",
        "loss_wrt_bias": "∂L/∂b",
    }
)
"""By the name in the code: what stands in a sentence or a chart."""


def partial(of: str, by: str) -> str:
    r"""Write a derivative for a formula.

    Examples
    --------
    >>> partial("L", "W_{oj}")
    '\\frac{\\partial L}{\\partial W_{oj}}'
    """
    return rf"\frac{{\partial {of}}}{{\partial {by}}}"


YHAT: Final = r"\hat{y}"
LOSS_WRT_YHAT: Final = partial("L", YHAT)
YHAT_WRT_Z: Final = partial(YHAT, "z")
Z_WRT_WEIGHT: Final = partial("z", "W")
Z_WRT_BIAS: Final = partial("z", "b")
LOSS_WRT_Z: Final = partial("L", "z")
LOSS_WRT_WEIGHT: Final = partial("L", "W")
LOSS_WRT_BIAS: Final = partial("L", "b")
LOSS_WRT_A: Final = partial("L", "a")
PASSED_DOWN: Final = rf"{LOSS_WRT_A} = W^\top {LOSS_WRT_Z}"
"""What comes down to the layer below."""
