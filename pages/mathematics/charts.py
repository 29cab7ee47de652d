"""The chart of a derivative: a function, a point of it, and the tangent there."""

from typing import Any, Final

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from pages.shared.charts import palette
from pages.shared.charts.axes import axis, axis_title
from pages.shared.charts.base import layout

_HEIGHT: Final = 290  # pixels


def tangent(
    curve: tuple[NDArray[np.float64], NDArray[Any]], at: tuple[float, float], slope: float, names: tuple[str, str]
) -> go.Figure:
    """Draw a function, a point of it, and the tangent there.

    Parameters
    ----------
    curve : (ndarray, ndarray)
        Abscissae and values.
    at : (float, float)
        The point.
    slope : float
        Of the tangent.
    names : (str, str)
        What lies along the axes.
    """
    x, y = curve
    low, high = float(y.min()), float(y.max())
    room = 0.08 * (high - low) or 0.5
    ends = np.array([x[0], x[-1]])
    hover = f"{names[0]} %{{x:.6~g}}<br>{names[1]} %{{y:.6~g}}<extra></extra>"
    return go.Figure(
        [
            go.Scatter(x=x, y=y, mode="lines", line={"color": palette.INK, "width": 2.5}, hovertemplate=hover),
            go.Scatter(
                x=ends,
                y=at[1] + slope * (ends - at[0]),
                mode="lines",
                line={"color": palette.ACCENT, "width": 2, "dash": "dash"},
                hoverinfo="skip",
            ),
            go.Scatter(
                x=[at[0]], y=[at[1]], mode="markers", marker={"color": palette.ACCENT, "size": 11}, hovertemplate=hover
            ),
        ],
        layout(
            names[1],
            f"over {names[0]}, with its tangent",
            height=_HEIGHT,
            margin={"b": 42, "l": 54},
            xaxis=axis(range=[float(x[0]), float(x[-1])], title=axis_title(names[0], 2)),
            yaxis=axis(range=[low - room, high + room], nticks=6),
            meta={"label": f"{names[1]} over {names[0]} with its tangent"},
        ),
    )
