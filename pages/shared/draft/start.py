"""The start of a run as it is chosen and typed: drawn by the seed, zeros, or a matrix. Pure text; no widget."""

import re

from classifier.experiment.initial import BIAS_NAME, Initial, Matrix, check_matrix
from classifier.experiment.limits import MAX_OUTPUTS
from classifier.experiment.validation import ExperimentError, counted
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
    return TYPED, "\n\n".join("\n".join(" ".join(map(format_number, row)) for row in matrix) for matrix in initial)


def read_matrix(text: str, input_names: tuple[str, ...], outputs: int) -> Matrix:
    """Read a matrix of initial weights: a line for each output, a number for each input, the bias last.

    Parameters
    ----------
    text : str
        Numbers as `parse_number` reads them, but without a space inside; spaces, tabs or semicolons between them.
        Empty lines do not count.
    input_names : tuple of str
        For the messages.
    outputs : int

    Raises
    ------
    StartError
        If it is anything else. It names every bad number by row and column.

    Examples
    --------
    >>> read_matrix("0,5 -1/4 0", ("x₁", "x₂"), 1)
    ((0.5, -0.25, 0.0),)
    """
    if len(text) > _MAX_TEXT or text.count("\n") > 4 * MAX_OUTPUTS:
        raise StartError(f"This text is too long for {counted(outputs, 'row')}, one for each output.")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    columns = (*map(visible, input_names), BIAS_NAME)
    problems, rows = [], []
    if len(lines) != outputs:
        problems.append(f"There {_are(len(lines), 'row')}; {counted(outputs, 'output')} need one each.")
    for number, line in enumerate(lines, start=1):
        texts = [part for part in _SEPARATOR.split(line) if part]
        if len(texts) != len(columns):
            given = counted(len(texts), "number")
            problems.append(
                f"Row {number} has {given}; {counted(len(input_names), 'input')} and the bias need one each."
            )
        row = []
        for column, part in enumerate(texts[: len(columns)]):
            try:
                row.append(parse_number(part))
            except ValueError as error:
                problems.append(f"Row {number}, {columns[column]}: {error}")
        rows.append(tuple(row))
    if problems:
        raise StartError(*problems)
    try:
        return check_matrix(rows, input_names, outputs)
    except ExperimentError as error:
        # The shape has been checked above, so the error is about a cell.
        where = f"Row {(error.row or 0) + 1}, {columns[error.column or 0]}"
        raise StartError(f"{where}: {error.rule}") from None


def _are(number: int, noun: str) -> str:
    return f"{'is' if number == 1 else 'are'} {counted(number, noun)}"
