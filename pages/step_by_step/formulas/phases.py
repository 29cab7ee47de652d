r"""The eight phases of a step as formulas: in symbols, with the numbers of this step, and the result with its shape.

Pure strings of LaTeX. A small network (up to 4 inputs and 4 outputs) shows whole matrices; a larger one the entries of
one output that is chosen. Every number is one of the `Step`'s.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from pages.shared.text.names import numbered_parameter
from pages.shared.text.quantities import (
    LOSS_WRT_BIAS,
    LOSS_WRT_WEIGHT,
    LOSS_WRT_YHAT,
    LOSS_WRT_Z,
    SYMBOLS,
    YHAT,
    YHAT_WRT_Z,
)
from pages.step_by_step.formulas import backward, forward
from pages.step_by_step.formulas.latex import vector
from pages.step_by_step.formulas.shown_step import ShownStep

_FLOOR: Final = 1e-12
# A difference between the routes that is larger than this does not come from rounding the last digits.
_LOST: Final = 1e-3


@dataclass(frozen=True)
class Phase:
    """One phase of a step.

    Attributes
    ----------
    title : str
        What is computed, and what it is called.
    formula : str
        In symbols.
    says : str
        One sentence.
    code : str
        The function that computes it.
    numbers : callable
        Writes the formula with numbers, without its result.
    result : callable
        Writes the result, with its shape.
    """

    title: str
    formula: str
    says: str
    code: str
    numbers: Callable[[ShownStep], str]
    result: Callable[[ShownStep], str]


PHASES: Final = (
    Phase(
        "z, the weighted sums",
        "z = W x + b",
        "Each output weighs the inputs with its own row of W and adds its bias.",
        "Linear.forward",
        forward.z_numbers,
        lambda shown: vector("z", shown.step.logits, shown),
    ),
    Phase(
        "ŷ, the predictions",
        rf"{YHAT} = \sigma(z) = \frac{{1}}{{1 + e^{{-z}}}}",
        "The sigmoid makes each sum a probability: 0.5 where z is 0, above it where z is positive.",
        "Sigmoid.forward",
        forward.yhat_numbers,
        lambda shown: vector(YHAT, shown.step.yhat, shown),
    ),
    Phase(
        "L, the loss",
        rf"L = -\left[y \log {YHAT} + (1 - y) \log(1 - {YHAT})\right]",
        "How surprising each label is to its prediction, in nats: 0 would be certain and right. "
        "The code computes it from z.",
        "BinaryCrossEntropyLoss.forward_from_logits",
        forward.loss_numbers,
        forward.loss_result,
    ),
    Phase(
        "∂L/∂ŷ, the slope of the loss",
        rf"{LOSS_WRT_YHAT} = \frac{{{YHAT} - y}}{{{YHAT} \, (1 - {YHAT})}}",
        "Negative where ŷ should grow, positive where it should shrink.",
        "BinaryCrossEntropyLoss.backward",
        backward.loss_wrt_yhat_numbers,
        lambda shown: vector(LOSS_WRT_YHAT, shown.step.backward.loss_wrt_sigmoid, shown),
    ),
    Phase(
        "∂ŷ/∂z, the slope of the sigmoid",
        rf"{YHAT_WRT_Z} = {YHAT} \, (1 - {YHAT})",
        "How fast each prediction follows its sum: at most 0.25, and almost 0 where ŷ is near 0 or 1.",
        "Sigmoid.backward",
        backward.yhat_wrt_z_numbers,
        lambda shown: vector(YHAT_WRT_Z, shown.step.backward.sigmoid_wrt_linear1, shown),
    ),
    Phase(
        "∂L/∂z, the error of each output",
        rf"{LOSS_WRT_Z} = {LOSS_WRT_YHAT} \cdot {YHAT_WRT_Z} = {YHAT} - y",
        "The chain rule multiplies the two slopes; worked out on paper, the product is ŷ − y.",
        "Network.backward",
        backward.loss_wrt_z_numbers,
        backward.loss_wrt_z_result,
    ),
    Phase(
        "∂L/∂W and ∂L/∂b, the gradient",
        rf"{LOSS_WRT_WEIGHT} = {LOSS_WRT_Z} \, x^\top, \quad {LOSS_WRT_BIAS} = {LOSS_WRT_Z} \cdot 1",
        "Each weight’s share is the error of its output times its own input; the bias has the input 1.",
        "Linear.backward",
        backward.gradient_numbers,
        backward.gradient_result,
    ),
    Phase(
        "The update of W and b",
        rf"W \leftarrow W - \text{{lr}} \cdot {LOSS_WRT_WEIGHT}, \quad "
        rf"b \leftarrow b - \text{{lr}} \cdot {LOSS_WRT_BIAS}",
        "Every weight takes a small step against its gradient; the next sample meets the new weights.",
        "Network.update_weights",
        backward.update_numbers,
        backward.update_result,
    ),
)
"""In the order in which they are computed."""


def entry(phase: int, shown: ShownStep) -> tuple[str, float]:
    """Give the name, in plain text, and the value of one entry of a phase's result; the cell says which.

    Parameters
    ----------
    phase : int
        From 1.
    shown : ShownStep
    """
    step, (out, column) = shown.step, shown.cell
    if phase >= 7:
        name = numbered_parameter(out, None if shown.is_bias else column)
        return (
            (f"∂L/∂{name}", backward.gradient(shown)) if phase == 7 else (f"new {name}", backward.parameter(shown)[1])
        )
    name = ("logits", "yhat", "loss", "loss_wrt_sigmoid", "sigmoid_wrt_linear1", "loss_wrt_linear1")[phase - 1]
    values = getattr(step if phase <= 3 else step.backward, name)
    return f"{SYMBOLS[name]}[{out + 1}]", float(values[out])


def note(phase: int, shown: ShownStep) -> str:
    """Say where six digits are too few to check a result by hand, or where a guard acted; "" where neither is so."""
    yhat = shown.step.yhat[list(shown.outputs)]
    lost = shown.step.loss_wrt_logits_fused - shown.step.loss_wrt_logits_chain
    if phase == 6 and float(abs(lost[list(shown.outputs)]).max()) > _LOST:
        return "The sigmoid is saturated: ∂ŷ/∂z has lost its digits, and the product with it. ŷ − y is right."
    if phase == 4 and float((yhat * (1 - yhat)).min()) < _FLOOR:
        return "Where ŷ(1 − ŷ) is below 10⁻¹², the code divides by 10⁻¹² instead."
    if phase == 3 and any(map(forward.is_out_of_digits, yhat)):
        return "Where ŷ has no digits left for it, L is written from z, as the code computes it: the same number."
    if float(yhat.max()) > forward.NEAR_ONE and 4 <= phase <= 6:
        return "Where ŷ is close to 1, six digits of it do not carry 1 − ŷ; the result is formed with all digits."
    return ""
