"""What a gradient check says, in words and rows. Pure strings; names that a user typed are escaped for Markdown."""

import numpy as np

from classifier import Comparison, Experiment
from classifier.experiment.validation import counted
from classifier.insight.gradient_check import ABSOLUTE_TOLERANCE
from pages.gradient_check.mistakes import Mistake
from pages.shared.text.names import parameter_names
from pages.shared.text.quoting import escape_markdown
from pages.shared.text.shown_numbers import number


def verdict(check: Comparison, experiment: Experiment) -> str:
    """Say how many derivatives agree, and where the largest error is."""
    names = _names(experiment)
    total, wrong = check.agrees.size, int((~check.agrees).sum())
    if not wrong:
        worst = int(check.absolute_error.argmax())
        error = check.absolute_error.flat[worst]
        # An error of 14 in half a million agrees; without the half million nobody would believe it.
        of = f" of {number(abs(check.numeric.flat[worst]))}" if error > ABSOLUTE_TOLERANCE else ""
        return (
            f"**All {counted(total, 'derivative')} agree.** "
            f"Largest error {number(error)}{of}, at {escape_markdown(names[worst])}."
        )
    worst = int(np.where(check.agrees, -1, check.absolute_error).argmax())
    return (
        f"**{wrong} of {counted(total, 'derivative')} {'disagrees' if wrong == 1 else 'disagree'}.** "
        f"The worst, at {escape_markdown(names[worst])}: analytic {number(check.analytic.flat[worst])}, "
        f"numeric {number(check.numeric.flat[worst])}."
    )


def explanation(
    check: Comparison,
    experiment: Experiment,
    power: int,
    mistake: Mistake | None,
    *,
    right: Comparison,
    usual: Comparison,
    fused: Comparison,
) -> str:
    """Say why the verdict is what it is.

    Parameters
    ----------
    check : Comparison
        What the verdict is about.
    experiment : Experiment
    power : int
        The difference step is 10 to it.
    mistake : Mistake or None
        What was broken.
    right : Comparison
        Of the right formulas, at the same step.
    usual : Comparison
        Of the right formulas, at a step of 10⁻⁶.
    fused : Comparison
        Of the right formulas by the fused route, at a step of 10⁻⁶.
    """
    said = []
    if mistake is not None:
        said.append(mistake.about.format(inputs=experiment.in_features, outputs=experiment.out_features))
        if check.passed:
            said.append("At this step that makes no difference beyond the tolerance.")
    if not right.passed:
        said.append(_fault(power, usual, fused, also=mistake is not None))
    return " ".join(said)


def _fault(power: int, usual: Comparison, fused: Comparison, *, also: bool) -> str:
    """Say why right formulas fail."""
    subject = "The right formulas fail here, too" if also else "The formulas are right"
    if usual.passed:
        size, cause = ("large", "truncation") if power > -6 else ("small", "rounding")  # at 10⁻⁶ they pass
        return f"{subject}: this ε is too {size}, and {cause} spoils the difference. At ε = 10⁻⁶ all agree."
    if fused.passed:
        return (
            f"{subject}, but ŷ has been rounded to 0 or 1, or nearly so: the chain route loses ∂L/∂z there, and the "
            "loss is not flat. The fused route agrees."
        )
    return f"{subject}: the loss is so large that its rounding hides the difference."


def rows(check: Comparison, experiment: Experiment, parameters: np.ndarray) -> dict[str, list[str]]:
    """Write the check as a table: what disagrees first, then in the order of W with b as its last column."""
    order = np.argsort(check.agrees.ravel(), kind="stable")
    names = _names(experiment)
    columns = {
        "Value": parameters,
        "Analytic": check.analytic,
        "Numeric": check.numeric,
        "Absolute error": check.absolute_error,
        "Relative error": check.relative_error,
    }
    return (
        {"Parameter": [names[place] for place in order]}
        | {name: [number(float(values.flat[place])) for place in order] for name, values in columns.items()}
        | {"Verdict": ["agrees" if check.agrees.flat[place] else "disagrees" for place in order]}
    )


def _names(experiment: Experiment) -> list[str]:
    """Name every parameter, in the order of W with b as its last column."""
    return [name for row in parameter_names(experiment) for name in row]
