"""What the page shows: the numbers of `classifier.insight.unguarded`, chosen and written. Pure."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import numpy as np
from numpy.typing import NDArray

from classifier.graph.layers import FloatArray
from classifier.insight.thresholds import Threshold, thresholds
from classifier.insight.unguarded import Evaluation, Form, evaluate, is_bad, reason, truth
from pages.shared.text.shown_numbers import signed
from pages.shared.text.typed_numbers import format_number
from pages.where_formulas_break.explanations import SYMBOLS, because, special

FORMS: Final[tuple[Form, ...]] = ("unguarded", "chain", "fused")

LOGARITHMIC: Final = ("loss_wrt_sigmoid", "sigmoid_wrt_linear1")
"""Quantities that span hundreds of decades."""

RANGES: Final = {"float32": (-110, 30), "float64": (-750, 60)}
"""Logits that the page shows: every threshold of the dtype, and a little more."""

_STEP: Final = {"float32": 0.5, "float64": 2.5}
_POINTS: Final = 240
_DIGITS: Final = {"float32": ".9g", "float64": ".17g"}


@dataclass(frozen=True)
class ShownValue:
    """One value as it is shown.

    Attributes
    ----------
    form : str
        A form, or "truth".
    text : str
        The value in full.
    bad : bool
        Whether it is not finite or more than a tenth off.
    why : str
        The arithmetic behind it, if it is bad.
    """

    form: str
    text: str
    bad: bool = False
    why: str = ""


def marks(dtype: str, y: int) -> tuple[Threshold, ...]:
    """Give the thresholds that matter for a label."""
    return tuple(threshold for threshold in thresholds(dtype) if y in threshold.labels)


def begin(dtype: str, y: int) -> float:
    """Give the logit that the page shows at first: where the gradient silently becomes 0, or ŷ rounds to 1."""
    found = {threshold.kind: threshold.z for threshold in marks(dtype, y)}
    return found.get("silent", found["one"])


def carried(z: float, y: int, dtype: str, other: str) -> float:
    """Give the logit of another dtype that corresponds to this one: the same threshold, or the nearest in range."""
    for threshold in marks(dtype, y):
        for twin in marks(other, y):
            if threshold.z == z and threshold.kind == twin.kind:
                return twin.z
    low, high = RANGES[other]
    return rounded(min(max(z, low), high), other)


def rounded(z: float, dtype: str) -> float:
    """Give the nearest number of a dtype."""
    return float(np.dtype(dtype).type(z))


def written(z: float, dtype: str) -> str:
    """Write the nearest number of a dtype as the shortest decimal that is read back as that number.

    Examples
    --------
    >>> written(-44.36, "float32"), written(-44.36000061035156, "float32"), written(-44.36000061035156, "float64")
    ('-44.36', '-44.36', '-44.36000061035156')
    """
    return format_number(float(str(np.dtype(dtype).type(z))))


def stops(dtype: str, z: float) -> list[float]:
    """Give the slider's stops: a grid, both sides of each threshold, and z itself."""
    low, high = RANGES[dtype]
    grid = np.arange(low, high + _STEP[dtype] / 2, _STEP[dtype]).tolist()
    near = [value for threshold in thresholds(dtype) for value in (threshold.before, threshold.z)]
    return sorted({*grid, *near, z})


def window(dtype: str, z: float) -> tuple[float, float]:
    """Choose the logits that the charts show: near 0, where thresholds lie close together, or all of them."""
    low, high = RANGES[dtype]
    return (-high, high) if z >= -high else (low, high)


def span(name: str, y: int, fused: Evaluation) -> tuple[float, float]:
    """Choose the range of values that a chart shows."""
    if name == "loss":
        return (0.0, max(float(fused.loss.max()), 100.0) * 1.08)
    if name == "yhat":
        return (-0.06, 1.06)
    return (-1.15, 0.15) if y else (-0.15, 1.7)


def curves(dtype: str, y: int, shown: tuple[float, float]) -> tuple[NDArray[np.float64], dict[Form, Evaluation]]:
    """Evaluate each form over a range of logits that includes both sides of each threshold."""
    low, high = shown
    near = [value for threshold in thresholds(dtype) for value in (threshold.before, threshold.z)]
    # ŷ climbs near 0, and ∂L/∂z jumps where ŷ is near 1
    dense = np.linspace(-10, high, _POINTS // 2)
    inside = [value for value in near if low <= value <= high]
    logits = np.unique(np.concatenate([np.linspace(low, high, _POINTS), dense, inside]).astype(dtype))
    labels = np.full_like(logits, y)
    return logits.astype(np.float64), {form: evaluate(form, logits, labels) for form in FORMS}


def shown_values(dtype: str, z: float, y: int) -> dict[str, list[ShownValue]]:
    """Give each form's value of each quantity at a logit, and the truth as the last."""
    logit, label = np.asarray(z, dtype), np.asarray(y, dtype)
    true = truth(z, y)
    found: dict[str, list[ShownValue]] = {name: [] for name in SYMBOLS}
    for form in FORMS:
        values = evaluate(form, logit, label)
        for name, column in found.items():
            value = getattr(values, name)
            if value is None:
                column.append(ShownValue(form, "not formed"))
                continue
            bad = is_bad(name, float(value), true[name], dtype)
            column.append(ShownValue(form, _full(value), bad, because(reason(form, name, logit, label)) if bad else ""))
    for name, column in found.items():
        column.append(ShownValue("truth", signed(_rounded(true[name], dtype))))
    return found


def _full(value: FloatArray) -> str:
    """Write a number with the fewest digits that name it in its dtype."""
    if not np.isfinite(value):
        return special(float(value))
    return signed(str(value.dtype.type(value)).removesuffix(".0"))


def _rounded(true: Decimal, dtype: str) -> str:
    mantissa, _, power = format(true, _DIGITS[dtype]).lower().partition("e")
    mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
    return f"{mantissa}e{int(power):+03d}" if power else mantissa
