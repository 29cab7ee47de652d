"""Mistakes that people make in a hand-written backward pass, one function each: for the gradient check to find.

Nothing trains with these. Each changes one formula and takes the rest from `LinearClassifier.backward`, so
that what the check rejects is that formula's doing.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

import numpy as np

from classifier.graph.layers import FloatArray
from classifier.graph.network import BackwardPass, LinearClassifier
from classifier.insight.gradient_check import Backward

_TINY: Final = 1e-300
"""What stands for ŷ = 0 in a denominator."""


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


WRONG_PARTIALS: Final[Mapping[str, Backward]] = MappingProxyType(
    {
        "drop_sigmoid": drop_sigmoid,
        "repeat_sigmoid": repeat_sigmoid,
        "halve_loss": halve_loss,
        "forget_input": forget_input,
        "transpose_product": transpose_product,
        "forget_bias": forget_bias,
        "flip_sign": flip_sign,
    }
)
"""By the name that stands in an address; in the order of the chain, from the loss back to the parameters."""
