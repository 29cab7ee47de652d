r"""Mistakes that people make in a hand-written backward pass, one function each: for the gradient check to find.

Nothing trains with these. Each changes one formula and takes the rest from `LinearClassifier.backward`, so
that what the check rejects is that formula's doing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

import numpy as np

from classifier.graph.layers import FloatArray
from classifier.graph.network import Backward, BackwardPass, LinearClassifier

_TINY: Final = 1e-300
"""What stands for ŷ = 0 in a denominator."""


@dataclass(frozen=True)
class WrongPartial:
    """One mistake.

    Attributes
    ----------
    name : str
        What was done wrong, as an order.
    right, wrong : str
        The formula and its broken twin, in LaTeX.
    about : str
        Where it shows and where it does not; holds the places ``{inputs}`` and ``{outputs}``.
    backward : callable
        (network, x, y) → `BackwardPass` with the mistake in it.
    """

    name: str
    right: str
    wrong: str
    about: str
    backward: Backward


def drop_sigmoid(network: LinearClassifier, x: FloatArray, y: FloatArray) -> BackwardPass:
    """∂L/∂z = ∂L/∂ŷ: the chain ends one link too early."""
    right = network.backward(x, y)
    return _carried_on(right, right.loss_wrt_sigmoid)


def repeat_sigmoid(network: LinearClassifier, x: FloatArray, y: FloatArray) -> BackwardPass:
    """∂L/∂z = (ŷ − y) · ∂ŷ/∂z: ŷ − y holds that factor already."""
    right = network.backward(x, y)
    return _carried_on(right, right.loss_wrt_linear1 * right.sigmoid_wrt_linear1)


def halve_loss(network: LinearClassifier, x: FloatArray, y: FloatArray) -> BackwardPass:
    """∂L/∂ŷ = −y/ŷ: the term for the labels that are 0 is forgotten."""
    right = network.backward(x, y)
    yhat = network.forward(x)
    wrong = _carried_on(right, -y * (1 - yhat))  # −y/ŷ · ŷ(1 − ŷ)
    return replace(wrong, loss_wrt_sigmoid=-y / np.maximum(yhat, _TINY))


def forget_input(network: LinearClassifier, x: FloatArray, y: FloatArray) -> BackwardPass:
    """∂z/∂W = 1: as if W were a bias."""
    right = network.backward(x, y)
    ones = np.ones_like(right.linear1_wrt_weight)
    return replace(right, linear1_wrt_weight=ones, loss_wrt_weight=np.outer(right.loss_wrt_linear1, ones))


def transpose_product(network: LinearClassifier, x: FloatArray, y: FloatArray) -> BackwardPass:
    """∂L/∂W = x ⊗ ∂L/∂z, of shape (in, out), read row by row into the shape of W."""
    right = network.backward(x, y)
    product = np.outer(right.linear1_wrt_weight, right.loss_wrt_linear1)  # (in, out)
    return replace(right, loss_wrt_weight=product.reshape(right.loss_wrt_weight.shape))


def forget_bias(network: LinearClassifier, x: FloatArray, y: FloatArray) -> BackwardPass:
    """∂L/∂b = 0: b keeps its initial value for ever."""
    right = network.backward(x, y)
    return replace(right, loss_wrt_bias=np.zeros_like(right.loss_wrt_bias))


def flip_sign(network: LinearClassifier, x: FloatArray, y: FloatArray) -> BackwardPass:
    """∂L/∂z = y − ŷ: every update climbs."""
    right = network.backward(x, y)
    return _carried_on(right, -right.loss_wrt_linear1)


def _carried_on(right: BackwardPass, loss_wrt_linear1: FloatArray) -> BackwardPass:
    """Form ∂L/∂W and ∂L/∂b as they should be, from another ∂L/∂z."""
    return replace(
        right,
        loss_wrt_linear1=loss_wrt_linear1,
        loss_wrt_weight=np.outer(loss_wrt_linear1, right.linear1_wrt_weight),
        loss_wrt_bias=loss_wrt_linear1 * right.linear1_wrt_bias,
    )


def _d(of: str, by: str) -> str:
    return rf"\frac{{\partial {of}}}{{\partial {by}}}"


_YHAT = r"\hat{y}"
_L_YHAT, _L_Z, _L_W, _L_B = (_d("L", by) for by in (_YHAT, "z", "W", "b"))
_YHAT_Z, _Z_W = _d(_YHAT, "z"), _d("z_o", "W_{oj}")

WRONG_PARTIALS: Final[Mapping[str, WrongPartial]] = MappingProxyType(
    {
        "drop_sigmoid": WrongPartial(
            "Drop the sigmoid’s factor",
            rf"{_L_Z} = {_L_YHAT} \cdot {_YHAT_Z} = {_YHAT} - y",
            rf"{_L_Z} = {_L_YHAT}",
            "Every entry is divided by ŷ(1 − ŷ), so it is at least four times too large.",
            drop_sigmoid,
        ),
        "repeat_sigmoid": WrongPartial(
            "Use the sigmoid’s factor twice",
            rf"{_L_Z} = {_YHAT} - y",
            rf"{_L_Z} = ({_YHAT} - y) \cdot {_YHAT_Z}",
            "ŷ − y holds ∂ŷ/∂z already. Every entry is multiplied by ŷ(1 − ŷ), so it is at least four times too small.",
            repeat_sigmoid,
        ),
        "halve_loss": WrongPartial(
            "Forget half of the loss",
            rf"{_L_YHAT} = -\frac{{y}}{{{_YHAT}}} + \frac{{1 - y}}{{1 - {_YHAT}}}",
            rf"{_L_YHAT} = -\frac{{y}}{{{_YHAT}}}",
            "Outputs whose label is 1 stay right: there the forgotten half is 0.",
            halve_loss,
        ),
        "forget_input": WrongPartial(
            "Forget the input",
            rf"{_Z_W} = x_j",
            rf"{_Z_W} = 1",
            "Columns whose input is 1 stay right, and so does b, which has no input.",
            forget_input,
        ),
        "transpose_product": WrongPartial(
            "Transpose the outer product",
            rf"{_L_W} = {_L_Z} \, x^\top",
            rf"{_L_W} = x \left({_L_Z}\right)^\top",
            "The product has shape ({inputs}, {outputs}), W has ({outputs}, {inputs}). To compare the two, the "
            "product’s numbers are read row by row into the shape of W. b stays right.",
            transpose_product,
        ),
        "forget_bias": WrongPartial(
            "Forget the bias",
            rf"{_L_B} = {_L_Z}",
            rf"{_L_B} = 0",
            "W stays right; only the column of b is wrong.",
            forget_bias,
        ),
        "flip_sign": WrongPartial(
            "Wrong sign",
            rf"{_L_Z} = {_YHAT} - y",
            rf"{_L_Z} = y - {_YHAT}",
            "Every size is right and every direction wrong: each update would climb.",
            flip_sign,
        ),
    }
)
"""By the name that stands in an address; in the order of the chain, from the loss back to the parameters."""
