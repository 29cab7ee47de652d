"""The live examples of the derivations: a function, a point of it, and its slope by formula and by difference. Pure.

Functions and slopes are those of the layers that train; nothing is derived anew here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from classifier import BackwardPass, BinaryCrossEntropyLoss, LinearClassifier, Sigmoid, Step
from classifier.graph.layers import FloatArray
from pages.shared.text.quantities import LOSS_WRT_YHAT, YHAT, YHAT_WRT_Z, Z_WRT_WEIGHT, partial
from pages.shared.text.shown_numbers import latex_number as _n

_Array = NDArray[np.float64]
_Function = Callable[[_Array], FloatArray]
_LOSS, _SIGMOID = BinaryCrossEntropyLoss(), Sigmoid()

H: Final = 1e-5
"""How far the difference goes to each side."""

_POINTS: Final = 161
_LOGITS: Final = (-8.0, 8.0)
_WEIGHTS: Final = 2.0  # how far a weight's curve goes to each side


@dataclass(frozen=True, eq=False)
class PointOnCurve:
    """A function of one variable, at one point.

    Attributes
    ----------
    x, y : ndarray
        The curve.
    at, value : float
        The point.
    slope : float
        By the hand-written formula.
    difference : float
        (f(x + h) − f(x − h)) / 2h.
    worked : tuple of str
        LaTeX, line by line: the formula with the numbers of the point in it, up to the slope.
    """

    x: _Array
    y: FloatArray
    at: float
    value: float
    slope: float
    difference: float
    worked: tuple[str, ...]


def bce(yhat: float, y: float) -> PointOnCurve:
    """L over ŷ."""
    slope = _LOSS.backward(_one(yhat), _one(y)).output_wrt_yhat
    p, t = _n(yhat), _n(y)
    worked = (rf"{LOSS_WRT_YHAT} = \frac{{{p} - {t}}}{{{p} - {p}^2}}",)
    return _example(
        lambda p: _LOSS.forward(p, np.full_like(p, y)), np.linspace(0.02, 0.98, _POINTS), yhat, float(slope[0]), worked
    )


def sigmoid(z: float) -> PointOnCurve:
    """ŷ over z."""
    slope = float(_SIGMOID.backward(_one(z)).output_wrt_x[0])
    yhat = _n(float(_SIGMOID.forward(_one(z))[0]))
    worked = (rf"{YHAT} = {yhat}", rf"{YHAT_WRT_Z} = {yhat} \cdot (1 - {yhat})")
    return _example(_SIGMOID.forward, np.linspace(*_LOGITS, _POINTS), z, slope, worked)


def linear(step: Step, place: tuple[int, int], weight: float) -> PointOnCurve:
    """z_o over W_oj, the other weights as they are in a step."""
    o, j = place
    x = _double(step.layers[-1].x)
    slope = float(_network(step, place, weight).linear1.backward(x).output_wrt_weight[j])
    logit = _over(step, place, lambda network: float(network.linear1.forward(x)[o]))
    return _example(logit, _around(step, place), weight, slope, (rf"x_{{{j + 1}}} = {_n(slope)}",))


def chain(step: Step, place: tuple[int, int], weight: float) -> PointOnCurve:
    """L over W_oj: the slope is the product of the three on the way."""
    o, j = place
    gradient = _gradient(step, place, weight)
    loss_wrt_yhat, yhat_wrt_z = float(gradient.loss_wrt_sigmoid[o]), float(gradient.sigmoid_wrt_linear1[o])
    z_wrt_weight = float(gradient.linear1_wrt_weight[j])
    worked = (
        rf"{LOSS_WRT_YHAT} = {_n(loss_wrt_yhat)}",
        rf"{YHAT_WRT_Z} = {_n(yhat_wrt_z)}",
        rf"{Z_WRT_WEIGHT} = {_n(z_wrt_weight)}",
    )
    return _along(step, place, weight, loss_wrt_yhat * yhat_wrt_z * z_wrt_weight, worked)


def outer(step: Step, place: tuple[int, int], weight: float) -> PointOnCurve:
    """L over W_oj: the slope is an entry of the outer product."""
    o, j = place
    gradient = _gradient(step, place, weight)
    worked = (
        rf"{partial('L', f'z_{{{o + 1}}}')} = {_n(float(gradient.loss_wrt_linear1[o]))}",
        rf"x_{{{j + 1}}} = {_n(float(gradient.linear1_wrt_weight[j]))}",
    )
    return _along(step, place, weight, float(gradient.loss_wrt_weight[o, j]), worked)


def collapse(z: float, y: float) -> PointOnCurve:
    """L over z: the product of both fractions, and the difference that is left of it."""
    yhat = _SIGMOID.forward(_one(z))
    outer_slope = float(_LOSS.backward(yhat, _one(y)).output_wrt_yhat[0])
    inner_slope = float(_SIGMOID.backward(_one(z)).output_wrt_x[0])
    slope = float(_LOSS.backward_from_logits(_one(z), _one(y)).output_wrt_logits[0])
    worked = (
        rf"{_n(outer_slope)} \cdot {_n(inner_slope)} = {_n(outer_slope * inner_slope)}",
        rf"{YHAT} - y = {_n(float(yhat[0]))} - {_n(y)}",
    )
    return _example(_bce_of_logits(y), np.linspace(*_LOGITS, _POINTS), z, slope, worked)


def down(step: Step, entry: int, by: float) -> PointOnCurve:
    """L over one entry of what goes into the last layer: the slope is its entry of Wᵀ ∂L/∂z."""
    matrix, into, y = (_double(values) for values in (step.parameters_before[-1], step.layers[-1].x, step.y))
    network = LinearClassifier.from_weights(matrix[:, :-1], matrix[:, -1])

    def moved(value: float) -> _Array:
        return np.concatenate([into[:entry], [value], into[entry + 1 :]])

    at = float(into[entry]) + by
    gradient = network.backward(moved(at), y)
    column, errors = matrix[:, entry], gradient.loss_wrt_linear1
    slope = float(column @ errors)
    terms = [rf"({_n(float(w))}) \cdot ({_n(float(e))})" for w, e in zip(column, errors, strict=True)]
    around = np.linspace(float(into[entry]) - _WEIGHTS, float(into[entry]) + _WEIGHTS, _POINTS)
    return _example(
        lambda values: np.array([float(network.forward_loss(moved(value), y)) for value in values]),
        around,
        at,
        slope,
        tuple(f"{'+ ' if o else ''}{term}" for o, term in enumerate(terms)),
    )


def vanish(z: float, layers: int) -> PointOnCurve:
    """Chain sigmoids with weights of 1: the slope of the last is the product of all."""

    def through(values: FloatArray) -> FloatArray:
        for _ in range(layers):
            values = _SIGMOID.forward(values)
        return values

    slopes: list[float] = []
    value: FloatArray = _one(z)
    for _ in range(layers):
        slopes.append(float(_SIGMOID.backward(value).output_wrt_x[0]))
        value = _SIGMOID.forward(value)
    worked = (r" \cdot ".join(map(_n, slopes)),)
    return _example(through, np.linspace(*_LOGITS, _POINTS), z, float(np.prod(slopes)), worked)


def mean(z: float, y: float, entries: int) -> PointOnCurve:
    """One entry's part of the mean of N losses, over z."""
    of_sum = float(_LOSS.backward_from_logits(_one(z), _one(y)).output_wrt_logits[0])
    f = _bce_of_logits(y)
    worked = (rf"{YHAT} - y = {_n(of_sum)}", rf"\frac{{{YHAT} - y}}{{N}} = \frac{{{_n(of_sum)}}}{{{entries}}}")
    return _example(lambda x: f(x) / entries, np.linspace(*_LOGITS, _POINTS), z, of_sum / entries, worked)


def _example(f: _Function, x: _Array, at: float, slope: float, worked: tuple[str, ...]) -> PointOnCurve:
    above, here, below = f(np.array([at + H, at, at - H])).tolist()
    difference = (above - below) / ((at + H) - (at - H))
    return PointOnCurve(x, f(x), at, here, slope, difference, worked)


def _bce_of_logits(y: float) -> _Function:
    return lambda z: _LOSS.forward_from_logits(z, np.full_like(z, y))


def _along(step: Step, place: tuple[int, int], weight: float, slope: float, worked: tuple[str, ...]) -> PointOnCurve:
    x, y = _double(step.layers[-1].x), _double(step.y)
    loss = _over(step, place, lambda network: float(network.forward_loss(x, y)))
    return _example(loss, _around(step, place), weight, slope, worked)


def _over(step: Step, place: tuple[int, int], f: Callable[[LinearClassifier], float]) -> _Function:
    """Return what f gives over the values of one weight."""
    network = _network(step, place, 0)

    def values_of(weights: _Array) -> _Array:
        values = []
        for weight in weights:
            network.linear1.weight[place] = weight
            values.append(f(network))
        return np.array(values)

    return values_of


def _around(step: Step, place: tuple[int, int]) -> _Array:
    middle = float(step.parameters_before[-1][place])
    return np.linspace(middle - _WEIGHTS, middle + _WEIGHTS, _POINTS)


def _network(step: Step, place: tuple[int, int], weight: float) -> LinearClassifier:
    """Copy the last layer of a step, one weight exchanged, into float64, where a difference means something."""
    matrix = _double(step.parameters_before[-1])
    network = LinearClassifier.from_weights(matrix[:, :-1], matrix[:, -1])
    network.linear1.weight[place] = weight
    return network


def _gradient(step: Step, place: tuple[int, int], weight: float) -> BackwardPass:
    return _network(step, place, weight).backward(_double(step.layers[-1].x), _double(step.y))


def _double(values: object) -> _Array:
    return np.asarray(values, np.float64)


def _one(value: float) -> _Array:
    return np.array([value], np.float64)
