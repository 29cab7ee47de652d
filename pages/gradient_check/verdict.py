"""What a gradient check says, in words and rows. Pure strings; names that a user typed are escaped for Markdown."""

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from classifier import Comparison, Experiment
from classifier.experiment.validation import counted
from classifier.insight.gradient_check import ABSOLUTE_TOLERANCE
from pages.gradient_check.mistakes import Mistake
from pages.shared.text.names import parameter_names
from pages.shared.text.quoting import escape_markdown
from pages.shared.text.shown_numbers import number

Checks: TypeAlias = Sequence[Comparison]
"""One a layer, the first layer first."""


def passed(checks: Checks) -> bool:
    """Say whether all derivatives of all layers agree."""
    return all(check.passed for check in checks)


def verdict(checks: Checks, experiment: Experiment) -> str:
    """Say how many derivatives agree, and where the largest error is; of several layers, how many in each disagree."""
    names = _names(experiment)
    analytic, numeric, absolute_error = (_flat(checks, name) for name in ("analytic", "numeric", "absolute_error"))
    agrees, at_kink = _flat(checks, "agrees"), _flat(checks, "kink")
    total, wrong = agrees.size, int((~agrees).sum())
    if not wrong:
        worst = int(np.where(at_kink, -1, absolute_error).argmax())
        error = absolute_error[worst]
        # An error of 14 in half a million agrees; without the half million nobody would believe it.
        of = f" of {number(abs(numeric[worst]))}" if error > ABSOLUTE_TOLERANCE else ""
        return (
            f"**All {counted(total, 'derivative')} agree.** "
            f"Largest error {number(error)}{of}, at {escape_markdown(names[worst])}."
        )
    worst = int(np.where(agrees, -1, absolute_error).argmax())
    each = ", ".join(
        f"layer {k}: {int((~check.agrees).sum())} of {check.agrees.size}" for k, check in enumerate(checks, 1)
    )
    by_layer = f" By layer: {each}." if len(checks) > 1 else ""
    return (
        f"**{wrong} of {counted(total, 'derivative')} {'disagrees' if wrong == 1 else 'disagree'}.** "
        f"The worst, at {escape_markdown(names[worst])}: analytic {number(analytic[worst])}, "
        f"numeric {number(numeric[worst])}.{by_layer}"
    )


def explanation(
    checks: Checks,
    experiment: Experiment,
    power: int,
    mistake: Mistake | None,
    *,
    right: Checks,
    usual: Checks,
    fused: Checks,
) -> str:
    """Say why the verdict is what it is.

    Parameters
    ----------
    checks : sequence of Comparison
        What the verdict is about.
    experiment : Experiment
    power : int
        The difference step is 10 to it.
    mistake : Mistake or None
        What was broken.
    right : sequence of Comparison
        Of the right formulas, at the same step.
    usual : sequence of Comparison
        Of the right formulas, at a step of 10⁻⁶.
    fused : sequence of Comparison
        Of the right formulas by the fused route, at a step of 10⁻⁶.
    """
    said = []
    if mistake is not None:
        said.append(mistake.about.format(inputs=experiment.sizes[-2], outputs=experiment.sizes[-1]))
        if experiment.hidden and mistake.below:
            said.append(mistake.below)
        if passed(checks):
            said.append("At this step that makes no difference beyond the tolerance.")
    kinks = sum(int(check.kink.sum()) for check in checks)
    if kinks:
        said.append(
            f"At {kinks} of them the step reaches across a kink of ReLU, where there is no slope to measure: "
            "they do not count."
        )
    if not passed(right):
        said.append(_fault(power, usual, fused, also=mistake is not None))
    return " ".join(said)


def _fault(power: int, usual: Checks, fused: Checks, *, also: bool) -> str:
    """Say why right formulas fail."""
    subject = "The right formulas fail here, too" if also else "The formulas are right"
    if passed(usual):
        size, cause = ("large", "truncation") if power > -6 else ("small", "rounding")  # at 10⁻⁶ they pass
        return f"{subject}: this ε is too {size}, and {cause} spoils the difference. At ε = 10⁻⁶ all agree."
    if passed(fused):
        return (
            f"{subject}, but ŷ has been rounded to 0 or 1, or nearly so: the chain route loses ∂L/∂z there, and the "
            "loss is not flat. The fused route agrees."
        )
    return f"{subject}: the loss is so large that its rounding hides the difference."


def rows(checks: Checks, experiment: Experiment, parameters: Sequence[np.ndarray]) -> dict[str, list[str]]:
    """Write the check as a table: what disagrees first, then layer by layer in the order of W with b as last column."""
    agrees, kink = _flat(checks, "agrees"), _flat(checks, "kink")
    order = np.argsort(agrees, kind="stable")
    names = _names(experiment)
    columns = {
        "Value": np.concatenate([matrix.ravel() for matrix in parameters]),
        "Analytic": _flat(checks, "analytic"),
        "Numeric": _flat(checks, "numeric"),
        "Absolute error": _flat(checks, "absolute_error"),
        "Relative error": _flat(checks, "relative_error"),
    }
    return (
        {"Parameter": [names[place] for place in order]}
        | {name: [number(float(values[place])) for place in order] for name, values in columns.items()}
        | {"Verdict": ["kink" if kink[place] else "agrees" if agrees[place] else "disagrees" for place in order]}
    )


def _names(experiment: Experiment) -> list[str]:
    """Name every parameter, layer by layer in the order of W with b as its last column."""
    layers = range(len(experiment.hidden) + 1)
    return [name for layer in layers for row in parameter_names(experiment, layer=layer) for name in row]


def _flat(checks: Checks, name: str) -> NDArray[Any]:
    """Join the values of all layers."""
    return np.concatenate([getattr(check, name).ravel() for check in checks])
