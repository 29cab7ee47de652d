"""The mistakes that can be put into the backward pass, in words and formulas. Pure strings."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from pages.shared.text.quantities import (
    LOSS_WRT_A,
    LOSS_WRT_BIAS,
    LOSS_WRT_WEIGHT,
    LOSS_WRT_YHAT,
    LOSS_WRT_Z,
    PASSED_DOWN,
    YHAT,
    YHAT_WRT_Z,
    partial,
)


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
        Where it shows and where it does not; holds the places ``{inputs}`` and ``{outputs}`` of the last layer.
    below : str
        What else there is to say where there are hidden layers.
    """

    name: str
    right: str
    wrong: str
    about: str
    below: str = ""


_PASSED_ON: Final = "So it is in the last layer; those below are wrong by what it passes down."
_Z_WRT_WEIGHT: Final = partial("z_o", "W_{oj}")

MISTAKES: Final[Mapping[str, Mistake]] = MappingProxyType(
    {
        "drop_sigmoid": Mistake(
            "Drop the sigmoid’s factor",
            rf"{LOSS_WRT_Z} = {LOSS_WRT_YHAT} \cdot {YHAT_WRT_Z} = {YHAT} - y",
            rf"{LOSS_WRT_Z} = {LOSS_WRT_YHAT}",
            "Every entry is divided by ŷ(1 − ŷ), so it is at least four times too large.",
            _PASSED_ON,
        ),
        "repeat_sigmoid": Mistake(
            "Use the sigmoid’s factor twice",
            rf"{LOSS_WRT_Z} = {YHAT} - y",
            rf"{LOSS_WRT_Z} = ({YHAT} - y) \cdot {YHAT_WRT_Z}",
            "ŷ − y holds ∂ŷ/∂z already. Every entry is multiplied by ŷ(1 − ŷ), so it is at least four times too small.",
            _PASSED_ON,
        ),
        "halve_loss": Mistake(
            "Forget half of the loss",
            rf"{LOSS_WRT_YHAT} = -\frac{{y}}{{{YHAT}}} + \frac{{1 - y}}{{1 - {YHAT}}}",
            rf"{LOSS_WRT_YHAT} = -\frac{{y}}{{{YHAT}}}",
            "Outputs whose label is 1 stay right: there the forgotten half is 0.",
            _PASSED_ON,
        ),
        "forget_input": Mistake(
            "Forget the input",
            rf"{_Z_WRT_WEIGHT} = x_j",
            rf"{_Z_WRT_WEIGHT} = 1",
            "Columns whose input is 1 stay right, and so does b, which has no input.",
        ),
        "other_input": Mistake(
            "Take another input",
            rf"{_Z_WRT_WEIGHT} = x_j",
            rf"{_Z_WRT_WEIGHT} = x_{{j+1}}",
            "Each column has the input of the next one, the last that of the first. b stays right.",
        ),
        "transpose_product": Mistake(
            "Transpose the outer product",
            rf"{LOSS_WRT_WEIGHT} = {LOSS_WRT_Z} \, x^\top",
            rf"{LOSS_WRT_WEIGHT} = x \left({LOSS_WRT_Z}\right)^\top",
            "The product has shape ({inputs}, {outputs}), W has ({outputs}, {inputs}). To compare the two, the "
            "product’s numbers are read row by row into the shape of W. b stays right.",
            "These are the shapes of the last layer.",
        ),
        "forget_bias": Mistake(
            "Forget the bias",
            rf"{LOSS_WRT_BIAS} = {LOSS_WRT_Z}",
            rf"{LOSS_WRT_BIAS} = 0",
            "W stays right; only the column of b is wrong.",
        ),
        "flip_sign": Mistake(
            "Wrong sign",
            rf"{LOSS_WRT_Z} = {YHAT} - y",
            rf"{LOSS_WRT_Z} = y - {YHAT}",
            "Every size is right and every direction wrong: each update would climb.",
        ),
        "forget_transpose": Mistake(
            "Forget the transpose",
            PASSED_DOWN,
            rf"{LOSS_WRT_A} = W {LOSS_WRT_Z}",
            "Only a square W allows it. What lies below that W is wrong; all above stays right.",
        ),
        "forget_slope": Mistake(
            "Forget f′",
            rf"{LOSS_WRT_Z} = {LOSS_WRT_A} \odot f'(z)",
            rf"{LOSS_WRT_Z} = {LOSS_WRT_A}",
            "The last layer stays right; every hidden layer lacks its factor f′(z).",
        ),
        "slope_at_output": Mistake(
            "Take f′ at a",
            rf"{LOSS_WRT_Z} = {LOSS_WRT_A} \odot f'(z)",
            rf"{LOSS_WRT_Z} = {LOSS_WRT_A} \odot f'(a)",
            "The last layer stays right. With ReLU nothing changes: a is positive where z is.",
        ),
        "update_first": Mistake(
            "Update the layer above first",
            PASSED_DOWN,
            rf"{LOSS_WRT_A} = \left(W - 0.1 \cdot {LOSS_WRT_WEIGHT}\right)^\top {LOSS_WRT_Z}",
            "The last layer stays right. Below, W after its update (at lr = 0.1) stands for W before it.",
        ),
        "pass_output_gradient": Mistake(
            "Pass ∂L/∂ŷ down",
            PASSED_DOWN,
            rf"{LOSS_WRT_A} = W^\top {LOSS_WRT_YHAT}",
            "The last layer stays right. What lies below lacks the factor ŷ(1 − ŷ) of the output.",
        ),
    }
)
"""By the names of `WRONG_PARTIALS`, in their order."""
