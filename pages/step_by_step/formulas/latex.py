"""Numbers, columns, matrices, lines and tables in LaTeX. All numbers by `latex_number`."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from numpy.typing import NDArray

from pages.shared.text.shown_numbers import latex_number
from pages.step_by_step.formulas.shown_step import ShownStep

_TERMS_PER_LINE: Final = 4
_NARROW: Final = 4  # columns, the bias's among them
_NEW_LINE: Final = r" \\ "


def num(value: Any) -> str:  # noqa: ANN401 - a number of any of NumPy's types
    """Write a number."""
    return latex_number(float(value))


def factor(value: Any) -> str:  # noqa: ANN401 - as above
    """Write a number as a factor: in parentheses if it has a sign or a power of ten."""
    text = num(value)
    return f"({text})" if text.startswith("-") or "cdot" in text else text


def with_shape(written: str, *arrays: NDArray[Any]) -> str:
    """Write the shapes of arrays, as NumPy does, below what was written of them."""
    shapes = r",\;".join(rf"\text{{{array.shape}}}" for array in arrays)
    return rf"\underset{{{shapes}}}{{{written}}}"


def equals(written: str) -> str:
    """Write a result with its equals sign as one group, so that no line break comes between them."""
    return f"{{= {written}}}"


def bracket(rows: Iterable[str], columns: str) -> str:
    """Write a matrix of rows that are written already."""
    return rf"\left[\begin{{array}}{{{columns}}}{_NEW_LINE.join(rows)}\end{{array}}\right]"


def column(values: NDArray[Any]) -> str:
    """Write a vector as a column."""
    return bracket(map(num, values), "r")


def matrix(values: NDArray[Any]) -> str:
    """Write a matrix."""
    return bracket(_rows(values), "r" * values.shape[1])


def product(left: str, right: str) -> str:
    """Write two matrices as factors. Where both do not fit, the line may break between them: half of one is another."""
    return rf"{left} \allowbreak {right}"


def with_bias(matrix: NDArray[Any]) -> str:
    """Write [W | b], or another matrix of its shape: a line before the last column."""
    return bracket(_rows(matrix), "r" * (matrix.shape[1] - 1) + "|r")


def _rows(values: NDArray[Any]) -> Iterable[str]:
    # Five columns stand closer together, or a projector would cut the last one off.
    between = r" \! & \! " if values.shape[1] > _NARROW else " & "
    return (between.join(map(num, row)) for row in values)


def aligned(lines: Iterable[tuple[str, str]], first: str = "=") -> str:
    """Write equations below each other; ``first`` is the first one's sign."""
    signs = [first]
    body = _NEW_LINE.join(f"{left} & {signs.pop() if signs else '='} {right}" for left, right in lines)
    return rf"\begin{{aligned}}{body}\end{{aligned}}"


def long_sum(name: str, terms: Sequence[str]) -> str:
    """Write a sum on as many lines as it takes."""
    lines = [
        ("+ " if start else "") + " + ".join(terms[start : start + _TERMS_PER_LINE])
        for start in range(0, len(terms), _TERMS_PER_LINE)
    ]
    return rf"\begin{{aligned}}{name} = {{}} & {(_NEW_LINE + '& ').join(lines)}\end{{aligned}}"


def table(heads: Sequence[str], rows: Iterable[str]) -> str:
    """Write a table: a line of heads above rows that are written already."""
    body = " & ".join(heads) + r" \\[4pt] \hline " + _NEW_LINE.join(rows)
    return rf"\begin{{array}}{{{'|'.join('r' * len(heads))}}}{body}\end{{array}}"


def vector(symbol: str, values: NDArray[Any], shown: ShownStep) -> str:
    """Write a result as a column, or its one entry that is shown, with its shape."""
    if shown.is_small:
        return f"{symbol} = {with_shape(column(values), values)}"
    out = shown.cell[0]
    return rf"\left({with_shape(symbol, values)}\right)_{{{out + 1}}} = {num(values[out])}"
