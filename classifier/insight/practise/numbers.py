"""Every number of a step by its name on paper: the core's, and what follows from numbers that somebody else found."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple, TypeAlias

import numpy as np

from classifier.experiment.hidden import raised
from classifier.graph.layers import FloatArray
from classifier.graph.network import LayerPass, Network

Numbers: TypeAlias = Mapping[str, FloatArray]
"""By quantity: "z", "ŷ", "L", "∂L/∂W", "W after" …; with hidden layers each has its layer, "∂L/∂W²", but ŷ and L."""

_SLOPES = {"sigmoid": lambda a: a * (1 - a), "tanh": lambda a: 1 - a * a, "relu": lambda a: (a > 0) * 1.0}
"""f′ from a = f(z), as it is written on paper."""


class At(NamedTuple):
    """A step: the network before it, one sample, and the learning rate."""

    network: Network
    x: FloatArray
    y: FloatArray
    lr: float

    def name(self, symbol: str, k: int, after: str = "") -> str:
        """Name a quantity of a layer, from 0."""
        return quantity(symbol, k, len(self.network.layers), after)


@cache  # a problem names its quantities thousands of times
def quantity(symbol: str, k: int, layers: int, after: str = "") -> str:
    """Name a quantity of a layer, from 0, of so many; the output of the last one is ŷ.

    Examples
    --------
    >>> quantity("z", 0, 1), quantity("a", 0, 2), quantity("a", 1, 2), quantity("W", 1, 2, " after")
    ('z', 'a¹', 'ŷ', 'W² after')
    """
    if symbol == "a" and k == layers - 1:
        return "ŷ"
    return f"{symbol}{raised(k + 1) if layers > 1 else ''}{after}"


def four(value: float) -> float:
    """Round a number to four significant digits, as it is written on paper."""
    return float(f"{value:.4g}")


def right_numbers(at: At) -> dict[str, FloatArray]:
    """Return every number of a step, as the core has it."""
    passes = at.network.backward(at.x, at.y)
    found = {"L": np.asarray(at.network.forward_loss(at.x, at.y)), **gradients(at, passes)}
    for k, (layer, each) in enumerate(zip(at.network.layers, passes, strict=True)):
        found[at.name("z", k)], found[at.name("a", k)] = each.logits, each.output
        found[at.name("W", k, " after")] = layer.weight - at.lr * each.loss_wrt_weight
        found[at.name("b", k, " after")] = layer.bias - at.lr * each.loss_wrt_bias
    return found


def gradients(at: At, passes: tuple[LayerPass, ...]) -> dict[str, FloatArray]:
    """Return the derivatives of passes by their names, ∂L/∂a of the hidden layers."""
    found = {}
    for k, each in enumerate(passes):
        found[at.name("∂L/∂z", k)] = each.loss_wrt_logits
        found[at.name("∂L/∂W", k)], found[at.name("∂L/∂b", k)] = each.loss_wrt_weight, each.loss_wrt_bias
        if each is not passes[-1]:
            found[at.name("∂L/∂a", k)] = each.loss_wrt_output
    return found


def formed(at: At, known: Numbers) -> dict[str, FloatArray]:
    """Form each quantity from those just before it: what is right for somebody who found these.

    Parameters
    ----------
    at : At
    known : mapping
        Every quantity; nan and infinity where nothing can follow.

    Returns
    -------
    dict
        Of the same quantities.
    """
    found, last = {}, len(at.network.layers) - 1
    with np.errstate(all="ignore"):
        found["L"] = np.asarray(cross_entropy(known["ŷ"], at.y).sum())
        for k, (layer, f) in enumerate(zip(at.network.layers, at.network.activations, strict=True)):
            x = known[at.name("a", k - 1)] if k else at.x
            logits_gradient = known[at.name("∂L/∂z", k)]
            found[at.name("z", k)] = layer.forward(x)
            found[at.name("a", k)] = f.forward(known[at.name("z", k)])
            if k == last:
                found[at.name("∂L/∂z", k)] = known["ŷ"] - at.y
            else:
                above = at.network.layers[k + 1].weight
                found[at.name("∂L/∂a", k)] = above.T @ known[at.name("∂L/∂z", k + 1)]
                slope = _SLOPES[type(f).__name__.lower()](known[at.name("a", k)])
                found[at.name("∂L/∂z", k)] = known[at.name("∂L/∂a", k)] * slope
            found[at.name("∂L/∂W", k)] = np.outer(logits_gradient, x)
            found[at.name("∂L/∂b", k)] = logits_gradient
            found[at.name("W", k, " after")] = layer.weight - at.lr * known[at.name("∂L/∂W", k)]
            found[at.name("b", k, " after")] = layer.bias - at.lr * known[at.name("∂L/∂b", k)]
    return found


def cross_entropy(yhat: FloatArray, y: FloatArray) -> FloatArray:
    """Return each output's loss in nats, from ŷ and labels: (out,)."""
    return surprise(yhat, y) + surprise(1 - yhat, 1 - y)


def surprise(chance: FloatArray, weight: FloatArray) -> FloatArray:
    """Return −weight · ln chance, which is 0 where the weight is, whatever the chance."""
    return np.where(weight > 0, -weight * np.log(chance), 0)
