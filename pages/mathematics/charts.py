"""The chart of a derivative: a function, a point of it, and the tangent there."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pages.shared.charts import palette
from pages.shared.charts.axes import axis, axis_title
from pages.shared.charts.base import layout
from pages.shared.charts.chart import Chart, figure, trace, typed

_HEIGHT: Final = 290  # pixels


def tangent(
    name: str,
    curve: tuple[NDArray[np.float64], NDArray[Any]],
    at: tuple[float, float],
    slope: float,
    names: tuple[str, str],
) -> Chart:
    """Draw a function, a point of it, and the tangent there.

    Parameters
    ----------
    name : str
        Of the chart.
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
    ends = [float(x[0]), float(x[-1])]
    along = [at[1] + slope * (end - at[0]) for end in ends]
    hover = f"{names[0]} %{{x:.6~g}}<br>{names[1]} %{{y:.6~g}}<extra></extra>"
    ink, accent = {"color": palette.INK, "width": 2.5}, {"color": palette.ACCENT, "width": 2, "dash": "dash"}
    mark = {"mode": "markers", "marker": {"color": palette.ACCENT, "size": 11}}
    drawn = figure(
        [
            trace("scatter", x=typed(x), y=typed(y), mode="lines", line=ink, hovertemplate=hover),
            trace("scatter", x=ends, y=along, mode="lines", line=accent, hoverinfo="skip"),
            trace("scatter", x=[at[0]], y=[at[1]], hovertemplate=hover, **mark),
        ],
        layout(
            names[1],
            f"over {names[0]}, with its tangent",
            height=_HEIGHT,
            margin={"b": 42, "l": 54},
            xaxis=axis(range=ends, title=axis_title(names[0], 2)),
            yaxis=axis(range=[low - room, high + room], nticks=6),
            meta={"label": f"{names[1]} over {names[0]} with its tangent"},
        ),
    )
    return Chart(name, lambda: drawn)
