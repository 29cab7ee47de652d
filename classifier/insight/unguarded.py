"""The tutorial's formulas as it writes them, without a guard, beside the two forms that this project trains with.

Nothing is trained with these: they are here to show where they break, and why. Every value comes with the truth
(`truth`) and, if it is bad, with the arithmetic that spoilt it (`reason`). Where they first break is found in
thresholds.py.
"""

from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Literal, NamedTuple, TypeAlias

import numpy as np

from classifier.graph.layers import FloatArray, Sigmoid
from classifier.graph.loss import DENOMINATOR_FLOOR, LOG_FLOOR, BinaryCrossEntropyLoss

Form: TypeAlias = Literal["unguarded", "chain", "fused"]
"""``unguarded`` is the tutorial's; ``chain`` and ``fused`` are the routes of `LinearClassifier`."""

CLIP = 100.0
"""The tutorial clips the finished loss to ±100."""

OFF = 0.1
"""A value is bad if it is off by more than this share of the truth."""

# e^|z| has |z| / 2.3 digits, and 1 + e^−|z| must still differ from 1
_MORE_DIGITS = 40
_MOST_DIGITS = 400


@dataclass(frozen=True, eq=False)
class Evaluation:
    """What one form gives at the logits z, in their dtype; all of the shape of z.

    Attributes
    ----------
    yhat, loss : ndarray
        ŷ and L.
    loss_wrt_sigmoid, sigmoid_wrt_linear1 : ndarray or None
        ∂L/∂ŷ and ∂ŷ/∂z; None for the fused form, which does not form them.
    loss_wrt_linear1 : ndarray
        ∂L/∂z: their product, or ŷ − y.
    """

    yhat: FloatArray
    loss: FloatArray
    loss_wrt_sigmoid: FloatArray | None
    sigmoid_wrt_linear1: FloatArray | None
    loss_wrt_linear1: FloatArray


class Reason(NamedTuple):
    """The arithmetic that spoilt a value, with a place for each operand of a product or a quotient."""

    arithmetic: str
    operands: tuple[float, ...] = ()


def unguarded(logits: FloatArray, y: FloatArray) -> Evaluation:
    """Return what the tutorial's formulas give; NaN and inf are meant.

    ŷ = 1/(1 + e^−z), L = −[y log ŷ + (1 − y) log(1 − ŷ)] clipped to ±100,
    ∂L/∂ŷ = (ŷ − y)/(ŷ − ŷ²), ∂ŷ/∂z = e^−z/(e^−z + 1)²

    Parameters
    ----------
    logits, y : ndarrays of one shape and dtype

    Examples
    --------
    >>> unguarded(np.float32([20.0]), np.float32([1.0])).loss
    array([nan], dtype=float32)
    """
    with np.errstate(all="ignore"):
        yhat = 1 / (1 + np.exp(-logits))
        loss = np.clip(-(y * np.log(yhat) + (1 - y) * np.log(1 - yhat)), -CLIP, CLIP)
        loss_wrt_sigmoid = (yhat - y) / (yhat - yhat**2)
        sigmoid_wrt_linear1 = np.exp(-logits) / (np.exp(-logits) + 1) ** 2
        return Evaluation(yhat, loss, loss_wrt_sigmoid, sigmoid_wrt_linear1, loss_wrt_sigmoid * sigmoid_wrt_linear1)


def evaluate(form: Form, logits: FloatArray, y: FloatArray) -> Evaluation:
    """Return what a form gives; ``chain`` and ``fused`` by the layers that train.

    Examples
    --------
    >>> float(evaluate("fused", np.array([-1000.0]), np.array([1.0])).loss_wrt_linear1[0])
    -1.0
    """
    if form == "unguarded":
        return unguarded(logits, y)
    sigmoid, loss = Sigmoid(), BinaryCrossEntropyLoss()
    with np.errstate(under="ignore"):
        yhat = sigmoid.forward(logits)
        if form == "fused":
            gradient = loss.backward_from_logits(logits, y).output_wrt_logits
            return Evaluation(yhat, loss.forward_from_logits(logits, y), None, None, gradient)
        outer, inner = loss.backward(yhat, y).output_wrt_yhat, sigmoid.backward(logits).output_wrt_x
        return Evaluation(yhat, loss.forward(yhat, y), outer, inner, outer * inner)


def truth(z: float, y: float) -> dict[str, Decimal]:
    """Return the true value of each quantity at a logit of at most 800, from arithmetic of up to 400 digits.

    Examples
    --------
    >>> format(truth(-44.5, 1.0)["loss_wrt_linear1"], ".6g")
    '-1.00000'
    """
    with localcontext() as context:
        context.prec = min(_MORE_DIGITS + int(abs(z) / 2), _MOST_DIGITS)
        logit, label = Decimal(z), Decimal(y)
        e = (-logit).exp()
        yhat = 1 / (1 + e)
        return {
            "yhat": yhat,
            "loss": (1 - label) * logit + (1 + e).ln(),
            "loss_wrt_sigmoid": (yhat - label) / (yhat - yhat * yhat),
            "sigmoid_wrt_linear1": yhat - yhat * yhat,
            "loss_wrt_linear1": yhat - label,
        }


def is_bad(quantity: str, value: float, true: Decimal, dtype: str) -> bool:
    """Tell whether a value is not finite, or more than a tenth off.

    ŷ, L and ∂L/∂z may be off by 4 eps as well: next to 0 that changes nothing in a training.
    """
    if not np.isfinite(value):
        return True
    slack = 0.0 if quantity in ("loss_wrt_sigmoid", "sigmoid_wrt_linear1") else 4 * float(np.finfo(dtype).eps)
    off = abs(Decimal(float(value)) - true)
    return off > Decimal(OFF) * abs(true) and off > Decimal(slack)


def reason(form: Form, quantity: str, z: FloatArray, y: FloatArray) -> Reason | None:
    """Return the arithmetic behind a value: what was divided, multiplied, rounded or floored.

    Parameters
    ----------
    form : {"unguarded", "chain", "fused"}
    quantity : str
        A field of `Evaluation`.
    z, y : ndarrays of shape ()
        One logit and its label, in the dtype of the calculation.

    Returns
    -------
    Reason or None
        None if nothing but ordinary rounding happened.

    Examples
    --------
    >>> reason("unguarded", "sigmoid_wrt_linear1", np.asarray(np.float32(-90)), np.asarray(np.float32(1)))
    Reason(arithmetic='{}/{}', operands=(inf, inf))
    """
    values = evaluate(form, z, y)
    yhat, outer, inner = values.yhat, values.loss_wrt_sigmoid, values.sigmoid_wrt_linear1
    if quantity == "yhat":
        return _why_yhat(form, yhat)
    if quantity == "loss_wrt_linear1":
        if outer is None or inner is None:
            return Reason("1 − 1") if yhat == 1 == y else None
        return Reason("{} · {}", (float(outer), float(inner)))
    if form == "fused":
        return None
    if quantity == "loss":
        if np.isnan(values.loss):
            return Reason("0 · log 0")
        if form == "unguarded":
            clipped = "−log 0 = inf, clipped to 100" if yhat in (0, 1) else "clipped to 100"
            return Reason(clipped) if values.loss >= CLIP else None
        return Reason("log is floored at −100") if values.loss >= -LOG_FLOOR else None
    if quantity == "loss_wrt_sigmoid":
        if form == "chain" and yhat * (1 - yhat) < DENOMINATOR_FLOOR:
            return Reason("ŷ − ŷ² is floored at 10⁻¹²")
        if form == "unguarded" and yhat in (0, 1):
            return Reason("{}/{}", (float(yhat - y), 0.0))
        return Reason("ŷ − ŷ² has few digits left") if yhat > 0.5 else None
    if form == "chain":
        return _why_variance(yhat)
    return _why_slope(z)


def _why_yhat(form: Form, yhat: FloatArray) -> Reason | None:
    if yhat == 1:
        return Reason("1 + e⁻ᶻ rounds to 1")
    if yhat != 0:
        return None
    return Reason("1/(1 + inf)" if form == "unguarded" else "eᶻ rounds to 0")


def _why_variance(yhat: FloatArray) -> Reason | None:
    if yhat > 0.5:
        return Reason("ŷ is exactly 1" if yhat == 1 else "1 − ŷ has few digits left")
    if yhat < np.finfo(yhat.dtype).tiny:
        return Reason("eᶻ rounds to 0" if yhat == 0 else "eᶻ has few digits left")
    return None


def _why_slope(z: FloatArray) -> Reason | None:
    with np.errstate(all="ignore"):
        e = np.exp(-z)
        if np.isinf((e + 1) ** 2):
            return Reason("{}/{}", (float(e), np.inf))
        return Reason("e⁻ᶻ rounds to 0") if e == 0 else None
