"""Matrices as cells on the diverging scale, and the digits that fit into them."""

from collections.abc import Sequence
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from classifier import History
from pages.shared.charts import palette
from pages.shared.charts.chart import PlotlyJSON, trace

# Width of a cell in pixels → decimals, widest first; None: as `in_cell` writes it.
Digits: TypeAlias = Sequence[tuple[int, int | None]]
_SEPARATED: Final = 20  # rows or columns


def heatmap(limit: float, cell: Sequence[Sequence[str]], hover: str, digits: Digits, **data: ArrayLike) -> PlotlyJSON:
    """Draw a matrix on the diverging scale from −limit to limit, first row on top.

    Parameters
    ----------
    limit : float
        The value at the ends of the scale.
    cell : rows of str
        Name of each cell, for hovering; Plotly's text, so escape what a user typed.
    hover : str
        Plotly's hovertemplate.
    digits : sequence of (int, int or None)
        Decimals by the width of a cell, widest first; the stage chooses.
    **data
        Further attributes of the trace, such as ``z``.
    """
    return trace(
        "heatmap",
        zmin=-limit,
        zmax=limit,
        colorscale=palette.DIVERGING,
        showscale=False,
        # Lines between cells that are wide enough to spare them.
        xgap=2 if len(cell[0]) <= _SEPARATED else 0,
        ygap=2 if len(cell) <= _SEPARATED else 0,
        hovertext=cell,
        hovertemplate=hover,
        # One colour for the digits of all cells: left alone, Plotly takes white or a grey of 3 to 1.
        textfont={"size": 14, "color": palette.INK},
        # The stage writes digits into cells that are wide enough for them, and high enough for a line of text.
        meta={"digits": {"height": 17, "decimals": [list(choice) for choice in digits]}},
        **data,
    )


def exact(dtype: str) -> str:
    """Give the number format that shows every digit of a value, for hovering.

    Parameters
    ----------
    dtype : {"float32", "float64"}
        In which the value is kept: 9 significant digits tell any two of float32 apart, 17 any two of float64.
    """
    return ".9~g" if dtype == "float32" else ".17~g"


def digits_for(limit: float) -> Digits:
    """Choose decimals for values up to a limit."""
    if limit >= 1000:
        return ((54, None), (42, None))
    if limit >= 100:
        return ((66, 3), (56, 2), (46, 1))
    if limit >= 10:
        return ((54, 3), (47, 2), (40, 1))
    return ((54, 4), (40, 2))


def largest_parameter(*histories: History) -> float:
    """Give the largest |W| or |b| at any position: the end of one scale for all of them. Never 0."""
    largest = [np.abs(matrices).max() for history in histories for matrices in history.parameters]
    return float(max(*largest, 1e-6))
