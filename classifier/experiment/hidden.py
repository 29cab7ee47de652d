"""Hidden layers: how many, how large, and what their units are called."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

from classifier.experiment.limits import MAX_HIDDEN, MAX_UNITS
from classifier.experiment.validation import ExperimentError, check_whole_number, items, shown, title

Hidden: TypeAlias = tuple[int, ...]
"""Number of units of each hidden layer, from the inputs on; empty for none."""

_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def check_hidden(hidden: object) -> Hidden:
    """Return the sizes of the hidden layers.

    Raises
    ------
    ExperimentError
        If it is no sequence, there are more than `MAX_HIDDEN`, or one has not 1 to `MAX_UNITS` units. The row of the
        error is the number of the layer, from 0.
    """
    field, name = "hidden", title("hidden")
    sizes = items(hidden)
    if sizes is None:
        rule = f"{shown(hidden)} is not a list of layers. Give the number of units of each."
        raise ExperimentError(rule, name, field=field)
    if len(sizes) > MAX_HIDDEN:
        rule = f"{len(sizes)} layers are too many. There may be at most {MAX_HIDDEN}."
        raise ExperimentError(rule, name, row=MAX_HIDDEN, field=field)
    checked = []
    for row, size in enumerate(sizes):
        where = f"{name}, layer {row + 1}"
        units = check_whole_number(size, where, 10**9, row=row, field=field)
        if not 1 <= units <= MAX_UNITS:
            rule = f"{units} units are out of range. A hidden layer has 1 to {MAX_UNITS}."
            raise ExperimentError(rule, where, row=row, field=field)
        checked.append(units)
    return tuple(checked)


def numbered(letter: str, n: int) -> tuple[str, ...]:
    """Return names by their number.

    >>> numbered("x", 3)
    ('x₁', 'x₂', 'x₃')
    """
    return tuple(letter + str(i).translate(_LOWERED) for i in range(1, n + 1))


def raised(n: int) -> str:
    """Write the number of a layer.

    >>> "W" + raised(2)
    'W²'
    """
    return str(n).translate(_RAISED)


def unit_names(hidden: Hidden) -> tuple[tuple[str, ...], ...]:
    """Return the names of the hidden units, layer by layer: raised is the layer, where there are several.

    >>> unit_names((2,)), unit_names((1, 2))
    ((('h₁', 'h₂'),), (('h¹₁',), ('h²₁', 'h²₂')))
    """
    letters = ["h" if len(hidden) == 1 else "h" + raised(k) for k in range(1, len(hidden) + 1)]
    return tuple(numbered(letter, units) for letter, units in zip(letters, hidden, strict=True))


def shapes(sizes: Sequence[int]) -> list[tuple[int, int]]:
    """Return the shape of [W | b] of each layer.

    >>> shapes((2, 4, 1))
    [(4, 3), (1, 5)]
    """
    return [(above, below + 1) for below, above in pairwise(sizes)]
