"""A matrix whose cells can be pointed at and clicked."""

from typing import Any, Final

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from pages.shared.charts import palette
from pages.shared.charts.chart import PlotlyJSON
from pages.shared.charts.heatmaps import heatmap
from pages.shared.text.shown_numbers import in_cell

# With more columns than this there is no room for digits. The formulas show six digits, hovering shows nine.
_DIGITS: Final = 6
_WIDEST: Final = 54  # pixels of a cell with a sign, two digits and a power of ten
# A click or a hover belongs to the cell whose centre is nearest: that is the cell under the pointer.
NEAREST: Final = {"hoverdistance": -1, "clickmode": "event+select", "dragmode": False}


def cells(values: NDArray[Any], columns: int, **axes: ArrayLike) -> PlotlyJSON:
    """Draw a matrix on its own scale, with digits if they fit."""
    limit = float(np.abs(values).max()) or 1.0
    names = [[""] * values.shape[1]] * values.shape[0]
    drawn = heatmap(limit, names, "", (), z=values, **axes)
    drawn.update(hoverinfo="skip", hovertemplate=None, hovertext=None, meta=None)
    if columns <= _DIGITS:
        drawn.update(text=[[in_cell(float(value)) for value in row] for row in values], texttemplate="%{text}")
    return drawn


def room_across(columns: int) -> int:
    """Give the pixels that a matrix needs for its digits, so that those of neighbouring cells do not touch."""
    return _WIDEST * columns if columns <= _DIGITS else 0


def targets(
    values: NDArray[Any], names: list[list[str]], hover: str, products: tuple[NDArray[Any], NDArray[Any]] | None = None
) -> go.Scatter:
    """Lay invisible points over the cells, because Plotly can select points but not the cells of a heatmap.

    Each says its value, and how it is a product: of one entry a row and one a column, or of a matrix's and one a row.
    """
    across, down = np.meshgrid(np.arange(values.shape[1]), np.arange(values.shape[0]))
    texts = [
        f"{float(products[0][i, j] if products[0].ndim == 2 else products[0][i]):.9g} · "
        f"{float(products[1][i if products[0].ndim == 2 else j]):.9g} = {float(value):.9g}"
        if products
        else f"{float(value):.9g}"
        for (i, j), value in np.ndenumerate(values)
    ]
    invisible = {"marker": {"opacity": 0}}
    return go.Scatter(
        x=across.ravel(),
        y=down.ravel(),
        mode="markers",
        marker={"size": 18, "opacity": 0},
        # Otherwise the label would have the colour of the points, which are invisible.
        hoverlabel={"bgcolor": palette.PAPER, "bordercolor": palette.QUIET, "font": {"color": palette.INK}},
        selected=invisible,
        unselected=invisible,
        hovertext=[name for row in names for name in row],
        text=texts,
        hovertemplate=f"<b>%{{hovertext}}</b><br>{hover}<extra></extra>",
    )


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
