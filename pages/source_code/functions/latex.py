"""Numbers and arrays of the source code in LaTeX: whole if they are small, else their corners."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pages.shared.text.shown_numbers import latex_number

_ROWS: Final = 5
_COLUMNS: Final = 4
_SIZE: Final = r"\footnotesize "  # relative to a formula; it is still larger than the text around it


def latex_value(symbol: str, name: str, value: Any) -> str:  # noqa: ANN401 - a number or an array
    r"""Write a number, a vector as a column, or a matrix; of a large one the first entries and the last.

    Parameters
    ----------
    symbol : str
        LaTeX.
    name : str
        In the code; stands above it, with the shape. "" if it has none.
    value : number or ndarray of at most two dimensions

    Examples
    --------
    >>> print(latex_value("b", "self.bias", np.array([1.0, -2.0])))
    \footnotesize \begin{array}{l}\texttt{self.bias}\ \text{(2,)} \\[4pt]
    \displaystyle b = \left[\begin{array}{r}1.00000 \\ -2.00000\end{array}\right]\end{array}
    """
    array = np.asarray(value)
    escaped = name.replace("_", r"\_")
    called = [rf"\texttt{{{escaped}}}"] if name else []
    called += [rf"\text{{{array.shape}}}"] if array.ndim else []
    head = r"\ ".join(called)
    return rf"{_SIZE}\begin{{array}}{{l}}{head} \\[4pt] \displaystyle {symbol} = {_entries(array)}\end{{array}}"


def _entries(array: NDArray[Any]) -> str:
    if array.ndim == 0:
        return latex_number(float(array))
    table = array.reshape(len(array), -1)
    rows, columns = _shown(table.shape[0], _ROWS), _shown(table.shape[1], _COLUMNS)
    body = r" \\ ".join(" & ".join(_entry(table, o, j) for j in columns) for o in rows)
    return rf"\left[\begin{{array}}{{{'r' * len(columns)}}}{body}\end{{array}}\right]"


def _shown(length: int, most: int) -> list[int]:
    """Give the indices that are written; −1 stands for those left out."""
    return list(range(length)) if length <= most else [*range(most - 2), -1, length - 1]


def _entry(table: NDArray[Any], o: int, j: int) -> str:
    if o < 0:
        return r"\ddots" if j < 0 else r"\vdots"
    return r"\cdots" if j < 0 else latex_number(float(table[o, j]))
