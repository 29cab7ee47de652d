"""The learning rate: the slider's stops, its changes in words, and what a change that is asked for does. Pure."""

import math
from typing import Final

from classifier.experiment.experiment import Experiment
from classifier.experiment.rates import MAX_CHANGES, check_rate
from classifier.experiment.validation import ExperimentError, counted
from pages.shared.draft.draft import Verdict
from pages.shared.text.typed_numbers import format_number, parse_number

# Twenty to each power of ten, at nearly equal ratios and with round numbers among them (Renard's series R20).
_R20: Final = (
    *("1", "1.12", "1.25", "1.4", "1.6", "1.8", "2", "2.24", "2.5", "2.8"),
    *("3.15", "3.55", "4", "4.5", "5", "5.6", "6.3", "7.1", "8", "9"),
)
STOPS: Final = (*(float(f"{stop}e{power}") for power in (-3, -2, -1, 0) for stop in _R20), 10.0)


def course(experiment: Experiment) -> str:
    """Say the changes in one line, and which of them come too late."""
    (position, rate), *others = experiment.schedule
    more = f", and {counted(len(others), 'more change')}" if others else ""
    late = sum(position >= experiment.epochs for position, _ in experiment.schedule)
    end = f"this run ends at position {experiment.epochs}"
    # Only the first change is named here: if it comes too late, all of them do.
    effect = f": no effect, as {end}" if late > len(others) else f" ({late} without effect, as {end})" if late else ""
    return f"Then {format_number(rate)} from position {position}{more}{effect}"


def too_late(experiment: Experiment) -> str:
    """Say that changes come after the end of the run; empty if none does."""
    if all(position < experiment.epochs for position, _ in experiment.schedule):
        return ""
    return f"The run ends at position {experiment.epochs}; changes from there on have no effect."


def removal(position: int, rate: float) -> str:
    """Name the button that takes a change back."""
    return f"Remove {format_number(rate)} from position {position}"


def changed_rate(experiment: Experiment, position: int, text: str) -> tuple[float | None, str]:
    """Read the rate that is to hold from a position on: None if nothing changes; and what is to be said then."""
    try:
        rate = check_rate(parse_number(text))
        after = experiment.with_rate_from(position, rate)
    except ExperimentError as error:
        too_many = error.field == "schedule"
        return None, f"There are {MAX_CHANGES} changes; one has to go first." if too_many else error.rule
    except ValueError as error:
        return None, str(error)
    if after == experiment:
        return None, f"At position {position} the rate is {format_number(rate)} already."
    return rate, ""


def shown_rate(text: str, verdict: Verdict, experiment: Experiment) -> float:
    """Give the rate that the slider shows: the typed one or, where that is refused, the experiment's."""
    return experiment.learning_rate if verdict.problems_of("learning_rate") else parse_number(text)


def nearest_stop(rate: float) -> float:
    """Find the slider's stop for a learning rate."""
    return min(STOPS, key=lambda stop: abs(math.log(stop) - math.log(max(rate, STOPS[0]))))
