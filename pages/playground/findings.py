"""What a run's findings mean, in words: where, why, and what to try. Pure strings, plain text."""

from functools import cache

from classifier import TUTORIAL_LOSSES, Experiment, Finding, Run
from classifier.experiment.validation import counted
from pages.shared.text.shown_numbers import in_cell, number
from pages.shared.text.typed_numbers import format_number


def explain(finding: Finding, run: Run) -> str:
    """Say what happened, where, why, and what to try.

    Parameters
    ----------
    finding : Finding
    run : Run
        In which it was found; gives the names of the columns and how the run went on.

    Returns
    -------
    str
        Plain text; it may hold names that a user typed.
    """
    experiment, history = run.experiment, run.history
    if finding.kind == "diverged":
        return _stopped(finding, experiment)
    if finding.kind == "dead":
        return _dead(finding, experiment)
    entry = f"sample {finding.sample + 1}, {experiment.label_names[finding.output]}"
    if finding.kind == "unstable":
        place = f"epoch {finding.position}, {entry}"
        why = f"Above a learning rate of {finding.bound:.3g} a step can overshoot"
        lower = _below(finding.bound, experiment, "a smaller one")
        if history.running_loss[-1] > history.running_loss[1]:
            return f"Diverging at {place}: loss {number(finding.value or 0.0)}. {why}; try {lower}."
        first, last = (number(history.running_loss[index]) for index in (1, -1))
        on = f"the running loss goes from {first} to {last} by epoch {history.position[-1]}"
        return (
            f"Overshooting at {place}: loss {number(finding.value or 0.0)}; {on}. "
            f"{why}; for a smooth curve try {lower}."
        )
    if finding.kind == "saturated":
        return _saturated(finding, entry, experiment.route)
    if finding.kind == "rounded":
        how = "a larger learning rate makes larger changes" if experiment.dtype == "float64" else "in float64 it does"
        # In the epoch that ended at the position the weights still changed.
        when = f"after epoch {finding.position}" if finding.position else "from the first epoch on"
        return (
            f"Held back by rounding: {when} {experiment.dtype} loses most of what an epoch changes, for it is less "
            f"than the last digit of a weight. The loss hardly falls any more; {how}."
        )
    rate = format_number(max((experiment.learning_rate, *(rate for _, rate in experiment.schedule))))
    if finding.value:
        what = (
            f"Hardly anything moves: at a learning rate of {rate}, "
            f"{counted(history.position[-1], 'epoch')} change the loss by less than a millionth"
        )
    else:
        what = (
            f"Nothing moves: at a learning rate of {rate} each change is less than the last digit of its weight, "
            f"and {experiment.dtype} rounds it away"
        )
    return f"{what}. Try {_below(finding.bound, experiment, 'a larger one')}."


def _stopped(finding: Finding, experiment: Experiment) -> str:
    """Say where a number ran away, by its unit if that is a hidden one."""
    unit = experiment.unit_names[finding.layer + 1][finding.output]
    left = "ran away, beyond 10¹⁶" if experiment.hidden else f"left the range of {experiment.dtype}"
    place = f"epoch {finding.position + 1}, sample {finding.sample + 1}, {unit}"
    return f"Stopped in {place}: a number {left}. Try a smaller learning rate."


def _dead(finding: Finding, experiment: Experiment) -> str:
    """Say which unit gives 0 throughout, and since when."""
    unit = experiment.unit_names[finding.layer + 1][finding.output]
    others = round(finding.value or 0) - 1
    more = f" (and {counted(others, 'other unit')})" if others else ""
    when = f"after epoch {finding.position}" if finding.position else "from the initial weights on"
    return (
        f"Dead ReLU: {when} {unit}{more} is 0 for every sample, so its slope is 0 and no gradient reaches it. "
        "Other initial weights, a smaller learning rate or tanh can avoid it."
    )


def _saturated(finding: Finding, entry: str, route: str) -> str:
    """Say when ŷ was at the wrong end, what the route made of it, and what to try."""
    begun, until = finding.position, finding.until
    # The history has ŷ at the weights after an epoch, so the place is "after epoch", not a step in it.
    when = f"after epoch {begun}" if begun else "at the initial weights"
    if until is None:
        when = f"{when} and ever since" if begun else "from the initial weights on"
    elif until > begun:
        when = f"after epochs {begun} to {until}" if begun else f"from the initial weights until after epoch {until}"
    was = "is" if until is None else "was"
    end, label = ("exactly 1", "nearer to 0") if finding.value else ("exactly 0", "nearer to 1")
    cause = "a smaller learning rate" if begun else "other initial weights"
    if route == "chain":
        passes = "passes back 0, and it does not learn"
        if until is not None:
            passes = "passed back 0, until the gradients of other predictions moved it"
        return (
            f"Saturated at {entry}, {when}: ŷ {was} {end}, so the chain route {passes}. Try the fused route or {cause}."
        )
    learns = "still learns" if until is None else "learned"
    return (
        f"Saturated at {entry}, {when}: ŷ {was} {end} by rounding, the label is {label}. "
        f"The fused route {learns} from it; smaller inputs or {cause} can avoid it."
    )


def nothing_to_see(experiment: Experiment) -> list[str]:
    """Say why Train shows nothing, where that is so from the settings alone."""
    if experiment.epochs == 0:
        return ["0 epochs: nothing is trained, so there is nothing to play. Epochs says how many."]
    rates = {experiment.learning_rate, *(rate for epoch, rate in experiment.schedule if epoch < experiment.epochs)}
    if rates == {0}:
        return [
            "Learning rate 0: each step is 0 times the gradient, so the weights stay as they are, and the loss too."
        ]
    return []


def learned(experiment: Experiment) -> str:
    """Say what goes in, what comes out and what is learned.

    Examples
    --------
    >>> learned(Experiment.tutorial())[:35]
    'From 3 inputs to 4 predictions ŷ: t'
    """
    through = f" through {counted(len(experiment.hidden), 'hidden layer')}" if experiment.hidden else ""
    return (
        f"From {counted(experiment.in_features, 'input')}{through} to {counted(experiment.out_features, 'prediction')} "
        "ŷ: training moves the weights W and the biases b until each ŷ is near its label."
    )


@cache
def tutorial_check() -> str:
    """Train the tutorial, and compare its loss with the one that it published; once in a process."""
    run = Run(Experiment.tutorial())
    run.advance()
    epoch, published = max(TUTORIAL_LOSSES.items())
    computed = float(run.history.running_loss[epoch + 1])
    difference = abs(computed - published) / published
    return f"Tutorial’s last loss {published!r}, met here to {in_cell(difference)}: {computed:.10f}"


def _below(bound: float | None, experiment: Experiment, otherwise: str) -> str:
    """Choose a round learning rate under a bound, one that people would type; none with hidden layers.

    There the bound is that of the last layer alone.
    """
    for power in range(2, -12, -1):
        for digit in (5, 2, 1):
            if bound is not None and not experiment.hidden and digit * 10.0**power <= bound:
                return f"{digit * 10.0**power:.6g}"
    return otherwise
