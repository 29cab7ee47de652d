"""The forward pass with numbers: z, ŷ, L."""

from collections.abc import Callable
from typing import Any, Final

import numpy as np

from pages.step_by_step.formulas.latex import aligned, column, factor, long_sum, matrix, num, product, vector
from pages.step_by_step.formulas.shown_step import ShownStep

# Nearer to 1 than this, six digits of ŷ leave fewer than three of 1 − ŷ.
NEAR_ONE: Final = 0.999


def is_out_of_digits(yhat: np.floating[Any]) -> bool:
    """Say whether ŷ has too few digits left for the loss: it is close to 1, or 0, or so small that it lost digits."""
    return bool(yhat > NEAR_ONE or yhat < np.finfo(yhat.dtype).tiny)


def z_numbers(shown: ShownStep) -> str:
    """Write W x + b."""
    numbers, before, out = shown.numbers, shown.before, shown.cell[0]
    if shown.is_small:
        return f"{product(matrix(before[:, :-1]), column(numbers.x))} + {column(before[:, -1])}"
    weights = [num(weight) for weight in before[out, :-1]]
    # The first one needs no parentheses, because it stands behind the equals sign.
    factors = weights[:1] + [factor(weight) for weight in before[out, 1:-1]]
    terms = [rf"{weight} \cdot {factor(x)}" for weight, x in zip(factors, numbers.x, strict=True)]
    bias = num(before[out, -1])
    return long_sum(f"{shown.symbols.z}_{{{out + 1}}}", [*terms, f"({bias})" if bias.startswith("-") else bias])


def output_numbers(shown: ShownStep) -> str:
    """Write f(z), output by output."""
    written: dict[str, Callable[[Any], str]] = {
        "sigmoid": lambda z: rf"1 / \left(1 + e^{{-{factor(z)}}}\right)",
        "tanh": lambda z: rf"\tanh({num(z)})",
        "relu": lambda z: rf"\max({num(z)}, 0)",
    }
    return aligned(
        (rf"{shown.symbols.output}_{{{o + 1}}}", written[shown.function](shown.numbers.logits[o]))
        for o in shown.outputs
    )


def loss_numbers(shown: ShownStep) -> str:
    """Write the loss of each output; from z where ŷ is too close to 0 or 1 for its digits."""
    return aligned((f"L_{{{o + 1}}}", _loss(shown, o)) for o in shown.outputs)


def _loss(shown: ShownStep, o: int) -> str:
    step = shown.step
    yhat, y = num(step.yhat[o]), num(step.y[o])
    if is_out_of_digits(step.yhat[o]):
        z, size = num(step.logits[o]), num(abs(step.logits[o]))
        return rf"\max({z}, 0) - {factor(step.logits[o])} \cdot {y} + \ln(1 + e^{{-{size}}})"
    return rf"-\left[{y} \ln {yhat} + (1 - {y}) \ln(1 - {yhat})\right]"


def loss_result(shown: ShownStep) -> str:
    """Write the loss of each output, and their sum."""
    return rf"{vector('L', shown.step.loss, shown)} \quad \sum = {num(shown.step.loss_sum)}"
