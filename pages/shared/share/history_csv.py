"""A history as a table for a spreadsheet. Pure text."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np

from classifier import Experiment, History
from pages.shared.text.names import column_names

# What a spreadsheet takes for the start of a formula; some spreadsheets take the full-width signs for the usual ones.
_FORMULA_STARTS: Final = r"[=+\-@\t\r\n＝＋－＠]"
# Read with another separator than the comma, as some locales do, a cell begins behind each of these too, quoted or not.
_CELL_STARTS: Final = re.compile(rf"(?:^|(?<=[;\t|]))(?=\s*{_FORMULA_STARTS})")


def history_csv(experiment: Experiment, history: History) -> Iterator[str]:
    """Write a history as the lines of a CSV file: a recorded position a line, every number with all its digits.

    Parameters
    ----------
    experiment : Experiment
        Names the columns.
    history : History

    Yields
    ------
    str
        A line with its end. The running loss of position 0 is empty: no epoch ended there.
    """
    layers = enumerate(experiment.unit_names[1:])
    cells = [f"{unit} · {name}" for k, units in layers for unit in units for name in column_names(experiment, k)]
    names = [*cells, *(f"∂L/∂({cell})" for cell in cells)]
    yield _line(map(text_cell, ("position", "running loss", "accuracy", *names)))
    for i in range(len(history)):
        frame = history[i : i + 1]
        numbers = np.concatenate((*frame.parameters, *frame.gradients), axis=None).tolist()
        position = int(frame.position[0])
        loss = repr(float(frame.running_loss[0])) if position else ""
        yield _line([str(position), loss, repr(float(frame.accuracy[0])), *map(repr, numbers)])


def text_cell(text: str) -> str:
    r"""Write a text so that a spreadsheet shows it in one cell, and does not take it for a formula.

    Examples
    --------
    >>> text_cell("x₁"), text_cell('=cmd|"/c calc"!A1'), text_cell("a,b"), text_cell("q;=1+1")
    ('x₁', '"\'=cmd|""/c calc""!A1"', '"a,b"', '"q;\'=1+1"')
    """
    safe = _CELL_STARTS.sub("'", text)
    return '"' + safe.replace('"', '""') + '"' if any(sign in safe for sign in ',;"\t\r\n') else safe


def _line(cells: Iterable[str]) -> str:
    return ",".join(cells) + "\r\n"
