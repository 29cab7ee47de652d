"""Where the formulas first break: found by bisection on the formulas themselves, down to neighbouring floats."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any, Literal, TypeAlias

import numpy as np

from classifier.graph.layers import Sigmoid
from classifier.graph.loss import DENOMINATOR_FLOOR
from classifier.insight.unguarded import OFF, unguarded

Kind: TypeAlias = Literal["overflow", "silent", "floor", "tenth", "one"]
_Scalar: TypeAlias = "np.floating[Any]"
_Bad: TypeAlias = Callable[[_Scalar], bool]

# Neighbouring values of ŷ below 1 where a tenth can first be lost: each is 1/k of 1 − ŷ, so k ≤ 64 is plenty
_STAIRS = 64


@dataclass(frozen=True)
class Threshold:
    """Two neighbouring numbers of a dtype, between which a formula breaks.

    Attributes
    ----------
    kind : {"overflow", "silent", "floor", "tenth", "one"}
        See `thresholds`.
    z : float
        The first logit, going away from 0, at which it is broken.
    before : float
        Its neighbour towards 0, at which it is not.
    labels : tuple of float
        The labels for which it matters.
    """

    kind: Kind
    z: float
    before: float
    labels: tuple[float, ...]


@cache
def thresholds(dtype: str) -> tuple[Threshold, ...]:
    """Return every threshold of a dtype, from the least logit to the largest.

    - ``overflow``: e^−z is inf, so that ∂ŷ/∂z is inf/inf.
    - ``silent``: (e^−z + 1)² is inf, so that ∂ŷ/∂z and with it ∂L/∂z are 0 where ∂L/∂z should be −1 (y = 1).
    - ``floor``: ŷ − ŷ² is below the chain's guard, whose ∂L/∂z shrinks towards 0 from there.
    - ``tenth``: ∂L/∂z is more than a tenth off (y = 0).
    - ``one``: ŷ is exactly 1, so that ŷ − ŷ² is 0 and the loss takes log 0.

    Parameters
    ----------
    dtype : {"float32", "float64"}

    Examples
    --------
    >>> [(found.kind, round(found.z, 2)) for found in thresholds("float32")]
    [('overflow', -88.72), ('silent', -44.36), ('floor', -27.63), ('tenth', 14.44), ('one', 16.64)]
    """
    number = np.dtype(dtype).type
    zero, far = number(0), number(1000)
    with np.errstate(all="ignore"):
        one = _first(_reaches(number(1)), zero, far)
        floor = _first(_is_floored, zero, far)
        found = [
            Threshold("overflow", *_first(lambda z: bool(np.isinf(np.exp(-z))), zero, -far), (0.0, 1.0)),
            Threshold("silent", *_first(_is_silent, zero, -far), (1.0,)),
            Threshold("floor", *_first(_is_floored, zero, -far), (1.0,)),
            Threshold("tenth", *_first_tenth(zero, number(one[0])), (0.0,)),
            Threshold("one", *one, (0.0, 1.0)),
        ]
        if floor[0] < one[0]:  # in float32 ŷ is 1 before it is near enough to 1 for the guard
            found.append(Threshold("floor", *floor, (0.0,)))
    return tuple(sorted(found, key=lambda threshold: threshold.z))


def _is_silent(z: _Scalar) -> bool:
    return bool(unguarded(np.asarray(z), np.ones_like(z)).sigmoid_wrt_linear1 == 0) or bool(np.isinf(np.exp(-z)))


def _is_floored(z: _Scalar) -> bool:
    yhat = Sigmoid().forward(np.asarray(z))
    return bool(yhat * (1 - yhat) < DENOMINATOR_FLOOR)


def _is_a_tenth_off(z: _Scalar) -> bool:
    """Tell it for y = 0, where the truth is ŷ."""
    value = unguarded(np.asarray(z), np.zeros_like(z)).loss_wrt_linear1
    return not abs(value - Sigmoid().forward(np.asarray(z))) <= OFF * Sigmoid().forward(np.asarray(z))


def _first_tenth(zero: _Scalar, one: _Scalar) -> tuple[float, float]:
    """Find the first logit at which ∂L/∂z is a tenth off.

    The error is a sawtooth: near 1, rounding lets ŷ rise in stairs, and on each stair ŷ − ŷ² stays while ∂ŷ/∂z falls.
    So one stair after the other is looked at, and a bisection runs on the one where the error passes a tenth.
    """
    number, small = type(one), np.finfo(one.dtype).epsneg
    stairs = [_first(_reaches(1 - k * small), zero, one) for k in range(_STAIRS, -1, -1)]
    for start, end in ((number(first), number(last)) for (first, _), (_, last) in pairwise(stairs) if first <= last):
        if _is_a_tenth_off(start):
            return float(start), float(np.nextafter(start, zero))
        if _is_a_tenth_off(end):
            return _first(_is_a_tenth_off, start, end)
    return stairs[-1]


def _reaches(level: _Scalar) -> _Bad:
    return lambda z: bool(unguarded(np.asarray(z), np.zeros_like(z)).yhat >= level)


def _first(bad: _Bad, good: _Scalar, wrong: _Scalar) -> tuple[float, float]:
    """Halve the way from a good logit to a bad one until they are neighbours; return the bad one first."""
    while True:
        middle = good + (wrong - good) / 2
        if middle in (good, wrong):
            return float(wrong), float(good)
        if bad(middle):
            wrong = middle
        else:
            good = middle
