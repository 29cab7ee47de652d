"""What each known mistake makes of each number of a step, with the sentence that says which it was.

Those of the backward pass are the gradient check's. A new one is a function there and its sentence in `SAID`.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple, TypeAlias

import numpy as np

from classifier.graph.layers import FloatArray
from classifier.insight.practise.numbers import At, Numbers, cross_entropy, gradients, surprise
from classifier.insight.wrong_partials import SAID, WRONG_PARTIALS, possible, update_first

Slipped: TypeAlias = Callable[[At, Numbers], dict[str, FloatArray]]


class Slip(NamedTuple):
    """A mistake: how what came out says it, and what comes out from the numbers before.

    A mistake of the backward pass begins at the sample, whatever was found before.
    """

    said: str
    numbers: Slipped


def _each_layer(symbol: str, change: Callable[[At, Numbers, int], FloatArray]) -> Slipped:
    """Change one quantity in every layer."""
    return lambda at, known: {at.name(symbol, k): change(at, known, k) for k in range(len(at.network.layers))}


def _without_bias(at: At, known: Numbers, k: int) -> FloatArray:
    return at.network.layers[k].weight @ (known[at.name("a", k - 1)] if k else at.x)


def _negated(at: At, known: Numbers, k: int) -> FloatArray:
    return at.network.activations[k].forward(-known[at.name("z", k)])


def _loss(change: Callable[[FloatArray], FloatArray]) -> Slipped:
    """Change how the losses of the outputs become one."""
    return lambda at, known: {"L": np.asarray(change(cross_entropy(known["ŷ"], at.y)))}


def _half_loss(at: At, known: Numbers) -> dict[str, FloatArray]:
    return {"L": np.asarray(surprise(known["ŷ"], at.y).sum())}


def _update(change: Callable[[FloatArray, FloatArray, float], FloatArray]) -> Slipped:
    def numbers(at: At, known: Numbers) -> dict[str, FloatArray]:
        found = {}
        for k, layer in enumerate(at.network.layers):
            for symbol, now in (("W", layer.weight), ("b", layer.bias)):
                found[at.name(symbol, k, " after")] = change(now, known[at.name(f"∂L/∂{symbol}", k)], at.lr)
        return found

    return numbers


def _backward(name: str) -> Slipped:
    def numbers(at: At, _: Numbers) -> dict[str, FloatArray]:
        if not possible(name, at.network):
            return {}
        if name == "update_first":
            return gradients(at, update_first(at.network, at.x, at.y, at.lr))
        return gradients(at, WRONG_PARTIALS[name](at.network, at.x, at.y))

    return numbers


SLIPS: Final[Mapping[str, Slip]] = MappingProxyType(
    {
        "leave_out_b": Slip("if b is left out", _each_layer("z", _without_bias)),
        "sign_of_z": Slip("if −z is taken in place of z", _each_layer("a", _negated)),
        "log10": Slip("with log₁₀ in place of ln", _loss(lambda each: each.sum() / np.log(10))),
        "half_loss": Slip("if (1 − y) ln(1 − ŷ) is left out", _half_loss),
        "mean_loss": Slip("if the mean over the outputs is taken in place of their sum", _loss(np.mean)),
        "sign_of_loss": Slip("if the minus before the logarithm is forgotten", _loss(lambda each: -each.sum())),
        **{name: Slip(SAID[name], _backward(name)) for name in WRONG_PARTIALS},
        "not_updated": Slip("before the update", _update(lambda now, *_: now)),
        "climb": Slip("if the gradient is added in place of subtracted", _update(lambda now, g, lr: now + lr * g)),
        "forget_rate": Slip("if the learning rate is forgotten", _update(lambda now, g, _: now - g)),
        "change_alone": Slip("if only the change is written down", _update(lambda _, g, lr: -lr * g)),
    }
)
"""By their names, in the order of the computation."""


def unit(value: float, digits: int) -> float:
    """Return one unit of the last of so many significant digits of a number, 0 for 0."""
    return 10.0 ** (math.floor(math.log10(abs(value))) + 1 - digits) if value else 0.0


def told_apart(right: Numbers, slipped: Iterable[Numbers], asked: Sequence[str]) -> bool:
    """Say whether four significant digits tell every right number from what each mistake makes of it.

    They must be five units of the fourth digit apart, for what is found on paper is rounded on the way; or be equal,
    where a mistake changes nothing.
    """
    for wrong in slipped:
        for name in wrong.keys() & set(asked):
            for ours, theirs in zip(right[name].ravel().tolist(), wrong[name].ravel().tolist(), strict=True):
                if 1e-9 < abs(ours - theirs) < 5 * unit(ours, 4):
                    return False
    return True
