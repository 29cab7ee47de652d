"""The start of a run as it is chosen and typed: drawn by the seed, zeros, or a matrix. Pure text; no widget."""

import re
from collections.abc import Sequence

from classifier.experiment.hidden import unit_names
from classifier.experiment.initial import BIAS_NAME, Initial, check_weight
from classifier.experiment.limits import MAX_HIDDEN, MAX_OUTPUTS, MAX_UNITS
from classifier.experiment.validation import counted
from pages.shared.address.fields import rule_of
from pages.shared.text.quoting import visible
from pages.shared.text.typed_numbers import format_number, parse_number

SEED, ZEROS, TYPED = "seed", "zeros", "typed"

# The largest matrix with all digits of its numbers takes half of it.
_MAX_TEXT = 50_000
# A comma separates numbers only before white space: elsewhere it is a decimal comma.
_SEPARATOR = re.compile(r"[;\s]\s*|,\s+")


class StartError(ValueError):
    """A text that is no matrix of initial weights.

    Attributes
    ----------
    problems : tuple of str
        Plain text that quotes what was typed, one for each bad row or number.
    """

    def __init__(self, *problems: str) -> None:
        self.problems = problems
        super().__init__(" ".join(problems))


def write_start(initial: Initial | None) -> tuple[str, str]:
    r"""Write initial weights as the choice that means them, and the text of the matrix.

    Examples
    --------
    >>> write_start(None), write_start((((0.0, 0.0),),)), write_start((((0.5, -1.0), (2.0, 0.0)),))
    (('seed', ''), ('zeros', ''), ('typed', '0.5 -1\n2 0'))
    """
    if initial is None:
        return SEED, ""
    if not any(cell for matrix in initial for row in matrix for cell in row):
        return ZEROS, ""
    return TYPED, write_matrices(initial)


def write_matrices(initial: Sequence[Sequence[Sequence[float]]]) -> str:
    """Write initial weights as they are typed: a row on a line, an empty line between two layers."""
    return "\n\n".join("\n".join(" ".join(map(format_number, row)) for row in matrix) for matrix in initial)


def read_matrices(text: str, input_names: tuple[str, ...], units: Sequence[int]) -> Initial:
    """Read initial weights: layer by layer a line for each unit, a number for each of its inputs, the bias last.

    Parameters
    ----------
    text : str
        Numbers as `parse_number` reads them, but without a space inside; spaces, tabs or semicolons between them.
        Empty lines do not count.
    input_names : tuple of str
        For the messages.
    units : sequence of int
        Number of units of each layer, the outputs last.

    Raises
    ------
    StartError
        If it is anything else. It names every bad number by row, counted through, and column.

    Examples
    --------
    >>> read_matrices("0,5 -1/4 0", ("x₁", "x₂"), (1,))
    (((0.5, -0.25, 0.0),),)
    """
    total, unit = sum(units), "output" if len(units) == 1 else "unit"
    if len(text) > _MAX_TEXT or text.count("\n") > 4 * (MAX_OUTPUTS + MAX_HIDDEN * MAX_UNITS):
        raise StartError(f"This text is too long for {counted(total, 'row')}, one for each {unit}.")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    names = (tuple(map(visible, input_names)), *unit_names(tuple(units[:-1])))
    problems, matrices = [], []
    if len(lines) != total:
        verb = "is" if len(lines) == 1 else "are"
        problems.append(f"There {verb} {counted(len(lines), 'row')}; {counted(total, unit)} need one each.")
    first = 0
    for above, below in zip(units, names, strict=True):
        rows = [
            _row(number, line, below, problems)
            for number, line in enumerate(lines[first : first + above], start=first + 1)
        ]
        matrices.append(tuple(rows))
        first += above
    if problems:
        raise StartError(*problems)
    return tuple(matrices)


def _row(number: int, line: str, names: tuple[str, ...], problems: list[str]) -> tuple[float, ...]:
    """Read a line, and add what is wrong with it to the problems."""
    texts, columns = [part for part in _SEPARATOR.split(line) if part], (*names, BIAS_NAME)
    if len(texts) != len(columns):
        needed = counted(len(names), "input")
        problems.append(f"Row {number} has {counted(len(texts), 'number')}; {needed} and the bias need one each.")
    row = []
    for name, part in zip(columns, texts, strict=False):
        try:
            value = parse_number(part)
            check_weight(value)
            row.append(value)
        except ValueError as error:
            problems.append(f"Row {number}, {name}: {rule_of(error)}")
    return tuple(row)
