"""A matrix whose cells can be pressed."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pages.shared.charts import palette
from pages.shared.charts.chart import PlotlyJSON
from pages.shared.charts.heatmaps import Digits, heatmap

CELL: Final = 54
"""Pixels of a cell with a sign, two digits and a power of ten. The formulas show six digits, hovering shows nine."""
_DIGITS: Final[Digits] = ((CELL, None),)


def cells(
    values: NDArray[Any], names: Sequence[Sequence[str]] | None = None, hover: str = "", **rest: ArrayLike
) -> PlotlyJSON:
    """Draw a matrix on its own scale, with digits if they fit.

    Parameters
    ----------
    values : ndarray of shape (rows, columns)
    names : rows of str, optional
        Of each cell, for hovering. Without them nothing is said of a cell, and it cannot be pressed.
    hover : str
        What is said below the name.
    **rest
        Further attributes of the trace; ``share`` is the part of the plot that it has.
    """
    share = rest.pop("share", None)
    drawn = heatmap(
        float(np.abs(values).max()) or 1.0,
        names or [[""] * values.shape[1]] * values.shape[0],
        f"<b>%{{hovertext}}</b><br>{hover}<extra></extra>" if names else "",
        _DIGITS,
        z=values.tolist(),
        **rest,
    )
    if share:
        drawn["meta"]["digits"]["share"] = share
    return drawn if names else drawn | {"hoverinfo": "skip"}


def frame(
    x: float, y: float, thick: int, *, width: float = 1, height: float = 1, xref: str = "x", yref: str = "y"
) -> dict[str, Any]:
    """Draw a frame around cells."""
    half = width / 2
    line = {"color": palette.INK, "width": thick}
    return {
        "type": "rect",
        "xref": xref,
        "yref": yref,
        "x0": x - half,
        "x1": x + half,
        "y0": y - height / 2,
        "y1": y + height / 2,
        "line": line,
    }
