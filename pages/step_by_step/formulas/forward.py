"""The forward pass with numbers: z, ŷ, L."""

from typing import Any, Final

import numpy as np

from pages.shared.text.quantities import YHAT
from pages.step_by_step.formulas.latex import aligned, column, factor, long_sum, matrix, num, product, vector
from pages.step_by_step.formulas.shown_step import ShownStep

# Nearer to 1 than this, six digits of ŷ leave fewer than three of 1 − ŷ.
NEAR_ONE: Final = 0.999


def is_out_of_digits(yhat: np.floating[Any]) -> bool:
    """Say whether ŷ has too few digits left for the loss: it is close to 1, or 0, or so small that it lost digits."""
    return bool(yhat > NEAR_ONE or yhat < np.finfo(yhat.dtype).tiny)


def z_numbers(shown: ShownStep) -> str:
    """Write W x + b."""
    step, out = shown.step, shown.cell[0]
    if shown.is_small:
        before = step.parameters_before[0]
        return f"{product(matrix(before[:, :-1]), column(step.x))} + {column(before[:, -1])}"
    weights = [num(weight) for weight in step.parameters_before[0][out, :-1]]
    # The first one needs no parentheses, because it stands behind the equals sign.
    factors = weights[:1] + [factor(weight) for weight in step.parameters_before[0][out, 1:-1]]
    terms = [rf"{weight} \cdot {factor(x)}" for weight, x in zip(factors, step.x, strict=True)]
    bias = num(step.parameters_before[0][out, -1])
    return long_sum(f"z_{{{out + 1}}}", [*terms, f"({bias})" if bias.startswith("-") else bias])


def yhat_numbers(shown: ShownStep) -> str:
    """Write 1 / (1 + e^−z), output by output."""
    return aligned(
        (rf"{YHAT}_{{{o + 1}}}", rf"1 / \left(1 + e^{{-{factor(shown.step.logits[o])}}}\right)") for o in shown.outputs
    )


def loss_numbers(shown: ShownStep) -> str:
    """Write the loss of each output; from z where ŷ is too close to 0 or 1 for its digits."""
    return aligned((f"L_{{{o + 1}}}", _loss(shown, o)) for o in shown.outputs)


def _loss(shown: ShownStep, o: int) -> str:
    step = shown.step
    yhat, y = num(step.yhat[o]), num(step.y[o])
    if is_out_of_digits(step.yhat[o]):
        z, size = num(step.logits[o]), num(abs(step.logits[o]))
        return rf"\max({z}, 0) - {factor(step.logits[o])} \cdot {y} + \log(1 + e^{{-{size}}})"
    return rf"-\left[{y} \log {yhat} + (1 - {y}) \log(1 - {yhat})\right]"


def loss_result(shown: ShownStep) -> str:
    """Write the loss of each output, and their sum."""
    return rf"{vector('L', shown.step.loss, shown)} \quad \sum = {num(shown.step.loss_sum)}"
