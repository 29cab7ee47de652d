"""What the browser says of a problem, and what it is told in answer. Pure; nothing of it is kept."""

from collections.abc import Mapping
from math import isclose, isfinite
from typing import Any

from classifier.insight.practise.marking import MOST_DIGITS, Found, Mark, mark
from classifier.insight.practise.problems import LEVELS, Problem, level_of
from classifier.insight.practise.slips import SLIPS
from pages.practise.worked import worked
from pages.shared.text.arithmetic import digits, parse_arithmetic

_MOST = 200  # characters that are looked at: an answer has at most 80
_STATES = {"right": "right", "carried": "right after an earlier mistake", "wrong": "not right"}


def answered(problem: Problem, name: str, said: object) -> dict[str, Any]:
    """Mark what a browser says.

    Parameters
    ----------
    problem : Problem
    name : str
        Of the problem; what is said of another one is not marked.
    said : any
        ``{"problem": …, "typed": {entry: text}, "shown": [entry, …]}``; whatever else it may be counts as nothing.

    Returns
    -------
    dict
        ``marks``: by entry ``said``, the text that was marked; ``state``: "right", "carried", "wrong", or "unread" for
        what is no number; ``text``; ``mistakes``. ``worked``: the solutions asked for. ``end``: once nothing
        is open.
    """
    known = said if isinstance(said, Mapping) and said.get("problem") == name else {}
    typed, shown = known.get("typed"), known.get("shown")
    typed = typed if isinstance(typed, Mapping) else {}
    shown = shown if isinstance(shown, list) else []
    found: dict[str, Found] = {}
    marks: dict[str, dict[str, Any]] = {}
    for entry in problem.entries:
        text = typed.get(entry.name)
        if not isinstance(text, str) or not text.strip():
            continue
        try:
            found[entry.name] = Found(parse_arithmetic(text[:_MOST]), digits(text) or MOST_DIGITS)
        except ValueError as error:
            marks[entry.name] = {"said": text, "state": "unread", "text": str(error), "mistakes": []}
    judged = mark(problem, found)
    for asked, each in judged.items():
        marks[asked] = {
            "said": typed[asked],
            "state": each.state,
            "text": text_of(each),
            "mistakes": list(each.mistakes),
        }
    solutions = {entry.name: worked(problem, entry) for entry in problem.entries if entry.name in shown}
    done = len(judged) == len(problem.entries)
    return {"marks": marks, "worked": solutions, "end": _end(judged) if done else ""}


def next_level(problem: Problem, level: int, marks: Mapping[str, Mapping[str, Any]]) -> int:
    """Give the level that practises what went wrong first; after a problem without a mistake the next one.

    Parameters
    ----------
    problem : Problem
    level : int
        Its own.
    marks : mapping
        Of every entry; see `answered`.
    """
    for entry in problem.entries:
        if marks[entry.name]["state"] == "wrong":
            return level_of(entry.quantity, len(problem.at.network.layers))
    return min(level + 1, max(LEVELS))


def class_question(problem: Problem, level: int) -> dict[str, Any]:
    """Give the number of a problem that a class can be asked, with what each mistake makes of it.

    It is the first of what the level is about: the last quantity that it asks, but no bias.
    """
    quantity = [asked for asked in problem.asked if "b" not in asked][-1]
    entry = next(entry for entry in problem.entries if entry.quantity == quantity)
    right = float(problem.right[quantity][entry.index])
    made = {name: float(wrong[quantity][entry.index]) for name, wrong in problem.slipped.items() if quantity in wrong}
    slips = [[value, SLIPS[name].said] for name, value in made.items() if isfinite(value) and not isclose(value, right)]
    return {"kind": "number", "text": f"Level {level}: what is {entry.name}?", "right": right, "slips": slips}


def text_of(each: Mark) -> str:
    """Say how an entry is marked, and by which mistake its number comes out.

    Examples
    --------
    >>> text_of(Mark("wrong", ("repeat_sigmoid", "log10")))
    'This is what comes out if ŷ(1 − ŷ) is multiplied in twice, or with log₁₀ in place of ln.'
    """
    if each.mistakes:
        return f"This is what comes out {', or '.join(SLIPS[name].said for name in each.mistakes)}."
    return f"{_STATES[each.state].capitalize()}."


def _end(judged: Mapping[str, Mark]) -> str:
    states = [each.state for each in judged.values()]
    counts = [f"{states.count(state)} {text}" for state, text in _STATES.items() if state in states]
    said = dict.fromkeys(SLIPS[name].said for each in judged.values() for name in each.mistakes)
    mistakes = f" What came out: {'; '.join(said)}." if said else ""
    return f"Of {len(states)} entries {', '.join(counts)}.{mistakes}"
