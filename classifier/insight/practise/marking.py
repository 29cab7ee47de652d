"""Marks what somebody found: right, right after an earlier mistake, or wrong and by which mistake."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, TypeAlias

import numpy as np

from classifier.insight.practise.numbers import Numbers, formed, four
from classifier.insight.practise.problems import Problem
from classifier.insight.practise.slips import SLIPS, unit
from classifier.insight.wrong_partials import WRONG_PARTIALS

LEAST_DIGITS: Final = 3
MOST_DIGITS: Final = 4
"""Further ones are not held against anybody: what is given has four."""

State: TypeAlias = Literal["right", "carried", "wrong"]


class Found(NamedTuple):
    """A number that somebody found, and how many significant digits were written."""

    value: float
    digits: int


@dataclass(frozen=True)
class Mark:
    """How an entry is marked.

    Attributes
    ----------
    state : {"right", "carried", "wrong"}
        Carried: wrong, but what follows from an earlier entry that is wrong.
    mistakes : tuple of str
        The names of the mistakes that give this very number, of `SLIPS`; only of what is wrong.
    """

    state: State
    mistakes: tuple[str, ...] = ()


def close(found: Found, value: float) -> bool:
    """Say whether a number is another one, within the rounding of its digits, of three at least.

    Examples
    --------
    >>> [close(Found(0.269, 3), 0.26894), close(Found(0.27, 2), 0.26894), close(Found(0.2697, 4), 0.26894)]
    [True, False, False]
    """
    digits = min(max(found.digits, LEAST_DIGITS), MOST_DIGITS)
    if not math.isfinite(value):
        return False
    return abs(found.value - value) <= 0.5 * unit(value, digits) * (1 + 1e-6) + 1e-12


def given(problem: Problem) -> dict[str, np.ndarray]:
    """Return what is given, as it is written: with four significant digits."""
    return {name: np.array([four(value) for value in problem.right[name].ravel().tolist()]) for name in problem.given}


def mark(problem: Problem, found: Mapping[str, Found]) -> dict[str, Mark]:
    """Mark what was found so far.

    Parameters
    ----------
    problem : Problem
    found : mapping
        By the names of the problem's entries; those that are open are not in it.

    Returns
    -------
    dict
        A mark for each entry that was found.
    """
    mine = {name: array.astype(float) for name, array in (problem.right | given(problem)).items()}
    for entry in problem.entries:
        if entry.name in found:
            mine[entry.quantity][entry.index] = found[entry.name].value
    exact = mine | {quantity: problem.right[quantity] for quantity in problem.given}
    # From what is given as written, or as it is.
    follows: list[Numbers] = [formed(problem.at, known) for known in (mine, exact)]
    marks: dict[str, Mark] = {}
    slipped = False  # whether an earlier entry is wrong
    for entry in problem.entries:
        if entry.name not in found:
            continue
        number, place = found[entry.name], (entry.quantity, entry.index)
        # After a slip three digits count: what follows may have been formed before the slip was rounded.
        carried = number._replace(digits=LEAST_DIGITS) if slipped else number
        if close(number, _at(problem.right, *place)):
            marks[entry.name] = Mark("right")
        elif any(close(carried, _at(known, *place)) for known in follows):
            marks[entry.name] = Mark("carried" if slipped else "right")
        else:
            slipped = True
            marks[entry.name] = Mark("wrong", tuple(_mistakes(problem, mine, number, *place)))
    return marks


def _mistakes(problem: Problem, mine: Numbers, found: Found, quantity: str, index: tuple[int, ...]) -> Iterable[str]:
    """Name the mistakes that give a number, from the right numbers before it or from those that were found."""
    for name, slip in SLIPS.items():
        ways = [problem.slipped[name]]
        if quantity in ways[0] and name not in WRONG_PARTIALS:
            with np.errstate(all="ignore"):
                ways.append(slip.numbers(problem.at, mine))
        values = [_at(wrong, quantity, index) for wrong in ways if quantity in wrong]
        if any(close(found, value) for value in values):
            yield name


def _at(numbers: Numbers, quantity: str, index: tuple[int, ...]) -> float:
    return float(numbers[quantity][index])
