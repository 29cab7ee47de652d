"""Mistakes that people make in a hand-written backward pass, one function each: for the gradient check to find.

Nothing trains with these. Each changes one formula and takes the rest from `Network.backward`, whatever the number of
layers, so that what the check rejects is that formula's doing: also what the layers below make of it.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final, TypeAlias

import numpy as np

from classifier.graph.layers import FloatArray
from classifier.graph.network import Backward, LayerPass, Network

Passes: TypeAlias = tuple[LayerPass, ...]

_TINY: Final = 1e-300
"""What stands for ŷ = 0 in a denominator."""

RATE: Final = 0.1
"""The learning rate of the update that comes too early."""


def drop_sigmoid(network: Network, x: FloatArray, y: FloatArray) -> Passes:
    """∂L/∂z = ∂L/∂ŷ in the last layer: the chain ends one link too early."""
    right = network.backward(x, y)
    return _carried_on(network, right, right[-1].loss_wrt_output)


def repeat_sigmoid(network: Network, x: FloatArray, y: FloatArray) -> Passes:
    """∂L/∂z = (ŷ − y) · ∂ŷ/∂z in the last layer: ŷ − y holds that factor already."""
    right = network.backward(x, y)
    return _carried_on(network, right, right[-1].loss_wrt_logits * right[-1].output_wrt_logits)


def halve_loss(network: Network, x: FloatArray, y: FloatArray) -> Passes:
    """∂L/∂ŷ = −y/ŷ: the term for the labels that are 0 is forgotten."""
    right = network.backward(x, y)
    yhat = right[-1].output
    *below, last = _carried_on(network, right, -y * (1 - yhat))  # −y/ŷ · ŷ(1 − ŷ)
    return *below, replace(last, loss_wrt_output=-y / np.maximum(yhat, _TINY))


def forget_input(network: Network, x: FloatArray, y: FloatArray) -> Passes:
    """∂z/∂W = 1 in every layer: as if W were a bias."""
    return tuple(
        replace(layer, loss_wrt_weight=np.outer(layer.loss_wrt_logits, np.ones_like(layer.x)))
        for layer in network.backward(x, y)
    )


def other_input(network: Network, x: FloatArray, y: FloatArray) -> Passes:
    """∂z_o/∂W_oj = x_j+1 in every layer, the last column with x_1: the column of another input."""
    return tuple(
        replace(layer, loss_wrt_weight=np.outer(layer.loss_wrt_logits, np.roll(layer.x, -1)))
        for layer in network.backward(x, y)
    )


def transpose_product(network: Network, x: FloatArray, y: FloatArray) -> Passes:
    """∂L/∂W = x ⊗ ∂L/∂z in every layer, of shape (in, out), read row by row into the shape of W."""
    return tuple(
        replace(layer, loss_wrt_weight=np.outer(layer.x, layer.loss_wrt_logits).reshape(layer.loss_wrt_weight.shape))
        for layer in network.backward(x, y)
    )


def forget_bias(network: Network, x: FloatArray, y: FloatArray) -> Passes:
    """∂L/∂b = 0 in every layer: b keeps its initial value for ever."""
    return tuple(replace(layer, loss_wrt_bias=np.zeros_like(layer.loss_wrt_bias)) for layer in network.backward(x, y))


def flip_sign(network: Network, x: FloatArray, y: FloatArray) -> Passes:
    """∂L/∂z = y − ŷ in the last layer: every update climbs."""
    right = network.backward(x, y)
    return _carried_on(network, right, -right[-1].loss_wrt_logits)


def forget_transpose(network: Network, x: FloatArray, y: FloatArray) -> Passes:
    """∂L/∂a = W ∂L/∂z instead of Wᵀ ∂L/∂z, wherever W is square; elsewhere the shapes would not allow it."""

    def down(weight: FloatArray, delta: FloatArray, _: LayerPass) -> FloatArray:
        rows, columns = weight.shape
        return (weight if rows == columns else weight.T) @ delta

    return _passed_down(network, network.backward(x, y), down)


def forget_slope(network: Network, x: FloatArray, y: FloatArray) -> Passes:
    """∂L/∂z = ∂L/∂a in every hidden layer: f′ is forgotten."""
    return _passed_down(network, network.backward(x, y), slope=lambda layer, _: np.ones_like(layer.logits))


def slope_at_output(network: Network, x: FloatArray, y: FloatArray) -> Passes:
    """∂a/∂z = f′(a) in every hidden layer: the slope is taken at what f gave, not at what f was given."""

    def slope(layer: LayerPass, k: int) -> FloatArray:
        return network.activations[k].backward(layer.output).output_wrt_x

    return _passed_down(network, network.backward(x, y), slope=slope)


def update_first(network: Network, x: FloatArray, y: FloatArray, lr: float = RATE) -> Passes:
    """∂L/∂a = Wᵀ ∂L/∂z with the W after its update (here at lr = 0.1): the layer above was updated too early."""
    right = network.backward(x, y)
    return _passed_down(network, right, lambda weight, delta, layer: (weight - lr * np.outer(delta, layer.x)).T @ delta)


def pass_output_gradient(network: Network, x: FloatArray, y: FloatArray) -> Passes:
    """∂L/∂a = Wᵀ ∂L/∂ŷ below the last layer: what came into the sigmoid is passed down, not what came out of it."""
    right = network.backward(x, y)
    last = right[-1]
    return _passed_down(
        network,
        right,
        lambda weight, delta, layer: weight.T @ (layer.loss_wrt_output if layer is last else delta),
    )


def _down(weight: FloatArray, delta: FloatArray, _: LayerPass) -> FloatArray:
    """∂L/∂a of the layer below, as it should be."""
    return weight.T @ delta


def _slope(layer: LayerPass, _: int) -> FloatArray:
    """∂a/∂z, as it should be."""
    return layer.output_wrt_logits


def _passed_down(
    network: Network,
    right: Passes,
    down: Callable[[FloatArray, FloatArray, LayerPass], FloatArray] = _down,
    slope: Callable[[LayerPass, int], FloatArray] = _slope,
) -> Passes:
    """Form the hidden layers' gradients anew from the last layer's, by another ∂L/∂a or another ∂a/∂z."""
    passes = [right[-1]]
    for k in reversed(range(len(right) - 1)):
        above = passes[0]
        loss_wrt_output = down(network.layers[k + 1].weight, above.loss_wrt_logits, above)
        output_wrt_logits = slope(right[k], k)
        changed = replace(right[k], loss_wrt_output=loss_wrt_output, output_wrt_logits=output_wrt_logits)
        passes.insert(0, _with_logits(changed, loss_wrt_output * output_wrt_logits))
    return tuple(passes)


def _carried_on(network: Network, right: Passes, loss_wrt_logits: FloatArray) -> Passes:
    """Form everything as it should be from another ∂L/∂z of the last layer."""
    return _passed_down(network, (*right[:-1], _with_logits(right[-1], loss_wrt_logits)))


def _with_logits(layer: LayerPass, loss_wrt_logits: FloatArray) -> LayerPass:
    """Form ∂L/∂W and ∂L/∂b as they should be, from another ∂L/∂z."""
    return replace(
        layer,
        loss_wrt_logits=loss_wrt_logits,
        loss_wrt_weight=np.outer(loss_wrt_logits, layer.x),
        loss_wrt_bias=loss_wrt_logits * np.ones_like(layer.logits),
    )


_SAID: Final[Mapping[Backward, str]] = {
    drop_sigmoid: "if ŷ(1 − ŷ) is left out of the chain",
    repeat_sigmoid: "if ŷ(1 − ŷ) is multiplied in twice",
    halve_loss: "if the half of the loss for labels that are 0 is forgotten",
    forget_input: "if the input is forgotten",
    other_input: "with the input of another column",
    transpose_product: "if the outer product is transposed",
    forget_bias: "if the bias is forgotten",
    flip_sign: "with the other sign",
    forget_transpose: "if W is used in place of Wᵀ",
    forget_slope: "if f′ is forgotten",
    slope_at_output: "if f′ is taken at a in place of z",
    update_first: "with the W after its update",
    pass_output_gradient: "if ∂L/∂ŷ is passed down in place of ∂L/∂z",
}
WRONG_PARTIALS: Final[Mapping[str, Backward]] = MappingProxyType({wrong.__name__: wrong for wrong in _SAID})
"""By the name that stands in an address: first those of one layer, by the chain, then those between layers."""
SAID: Final[Mapping[str, str]] = MappingProxyType(dict(zip(WRONG_PARTIALS, _SAID.values(), strict=True)))
"""How a number says which mistake it came from: "This is what comes out …"."""


def possible(name: str, network: Network) -> bool:
    """Say whether a mistake can be made in a network: those between layers need a layer below another.

    W in place of Wᵀ also needs a square W above the first layer, of two rows at least; another input, a second one.
    """
    if name == "other_input":
        return any(layer.weight.shape[1] > 1 for layer in network.layers)
    above = [layer.weight.shape for layer in network.layers[1:]]
    if name == "forget_transpose":
        return any(rows == columns > 1 for rows, columns in above)
    return bool(above) or list(WRONG_PARTIALS).index(name) < list(WRONG_PARTIALS).index("forget_transpose")
