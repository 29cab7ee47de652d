"""What the page about breaking formulas says: what happens at a threshold, and how a training died. Pure strings."""

from dataclasses import fields
from typing import Final

import numpy as np

from classifier import Experiment, Finding, Run
from classifier.insight.thresholds import thresholds
from classifier.insight.unguarded import Evaluation, Reason
from classifier.insight.unguarded_run import UnguardedRun
from pages.shared.text import quantities
from pages.shared.text.shown_numbers import number, signed

SYMBOLS: Final = {field.name: quantities.SYMBOLS[field.name] for field in fields(Evaluation)}

MARK_NAMES: Final = {
    "overflow": "e⁻ᶻ overflows",
    "silent": "(e⁻ᶻ + 1)² overflows",
    "floor": "the guard takes hold",
    "tenth": "10 % off",
    "one": "ŷ rounds to 1",
}

_FADES: Final = (
    "The chain is finite everywhere, but its guard makes ∂L/∂ŷ too small from here on: the gradient fades to 0 where "
    "the truth is "
)
_MEANING: Final = {
    "overflow": {
        0: "e⁻ᶻ is inf: ŷ is exactly 0, the loss is 0 · log 0 and ∂ŷ/∂z is inf/inf, though ŷ is right.",
        1: "e⁻ᶻ is inf: ŷ is exactly 0, ∂L/∂ŷ is −1/0 and ∂ŷ/∂z is inf/inf. One step, and the weights are lost.",
    },
    "silent": {
        1: "(e⁻ᶻ + 1)² is inf, so ∂ŷ/∂z and the gradient are exactly 0. The truth is −1: the sample that is most wrong "
        "never learns, and no NaN gives it away.",
    },
    "floor": {0: f"{_FADES}1.", 1: f"{_FADES}−1."},
    "tenth": {0: "1 − ŷ has few digits left, and so has ŷ − ŷ²: unguarded, the gradient can be more than 10 % off."},
    "one": {
        0: "1 + e⁻ᶻ rounds to 1: ŷ is exactly 1 and ∂L/∂ŷ is 1/0. The chain passes back 0, so it never learns. "
        "Fused gives 1.",
        1: "1 + e⁻ᶻ rounds to 1: ŷ is exactly 1, the loss is 0 · log 0 and ∂L/∂ŷ is 0/0, though ŷ is right.",
    },
}
_GOOD: Final = "Here all three forms train alike. Move z to a dotted line, or choose one of the buttons."


def meaning(dtype: str, z: float, y: int) -> str:
    """Say what happens at a logit: what the furthest threshold passed on the way from 0 means."""
    passed = [found for found in thresholds(dtype) if y in found.labels and abs(z) >= abs(found.z) and z * found.z > 0]
    if not passed:
        return _GOOD
    return _MEANING[max(passed, key=lambda found: abs(found.z)).kind][y]


def because(reason: Reason | None) -> str:
    """Write the arithmetic behind a value; nothing if there was only ordinary rounding.

    Examples
    --------
    >>> because(Reason("{} · {}", (-np.inf, np.nan))), because(Reason("{}/{}", (5.43479e-20, np.inf)))
    ('−inf · NaN', '5.43e−20/inf')
    """
    if reason is None:
        return ""
    return reason.arithmetic.format(*("NaN" if np.isnan(x) else signed(f"{x:.3g}") for x in reason.operands))


def died(training: UnguardedRun, experiment: Experiment) -> str:
    """Say when the unguarded training died, and of what."""
    death = training.death
    if death is None:
        return f"lives: loss {number(training.running_loss[-1])} after {experiment.epochs} epochs."
    place = f"epoch {death.epoch + 1}, sample {death.sample + 1}, {experiment.label_names[death.output]}"
    what = f"{SYMBOLS[death.quantity]} is {special(death.value)} because {because(death.why)}"
    return f"dies in {place}: z = {number(death.z)}, {what}."


def lived(run: Run, finding: Finding | None) -> str:
    """Say with what loss a guarded training ended, and what was saturated on the way."""
    text = f"lives: loss {number(float(run.history.running_loss[-1]))} after {run.total} epochs."
    if finding is None:
        return text
    # The history has ŷ at the weights after an epoch: the step on that sample in it had another ŷ.
    entry = f"sample {finding.sample + 1}, {run.experiment.label_names[finding.output]}"
    was, effect = ("is", "it still learns") if finding.until is None else ("was", "it learned")
    if run.experiment.route == "chain":
        passes = "passes back 0, and it never learns"
        if finding.until is not None:
            passes = "passed back 0 until steps on other samples moved it"
        effect = f"the chain {passes}"
    value = 1 if finding.value else 0
    return f"{text} After epoch {finding.position}, ŷ of {entry}, {was} exactly {value} and wrong: {effect}."


def special(value: float) -> str:
    """Write what is not finite."""
    return "NaN" if np.isnan(value) else "inf" if value > 0 else "−inf"
