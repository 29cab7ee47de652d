"""The charts of the gradient check: the same derivatives by two ways, and their difference over the step ε."""

import math
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from classifier import Comparison, Experiment
from pages.shared.charts import palette
from pages.shared.charts.axes import axis, axis_title, decades, names_axis, powers, room_below, room_beside
from pages.shared.charts.base import escaped, layout, upright
from pages.shared.charts.enlarged import FACTOR, wider
from pages.shared.charts.heatmaps import digits_for, heatmap
from pages.shared.text.names import column_names, parameter_names
from pages.shared.text.shown_numbers import in_cell

_WIDTH = 296  # pixels of a chart on the narrowest screen, as in gradient_check.css
_WIDEST = 356  # pixels of a chart: three fit side by side on a projector, and one on a phone
_RIGHT = 8  # pixels of that on the right, without a cell
_ONE_LINE = 26  # pixels of the names of the columns
_ROW = 20  # pixels that a line of digits needs
_HEIGHT = 236
_AROUND = 56  # pixels of the height for title and axis
_TALLEST = 420
_MARKED = 12  # with more columns a mark is small


def derivatives(experiment: Experiment, check: Comparison) -> tuple[go.Figure, go.Figure]:
    """Draw the analytic and the numeric derivatives, W with b as the last column, on one scale.

    Where they disagree, the analytic one bears a ×.

    Parameters
    ----------
    experiment : Experiment
        Gives the names.
    check : Comparison
    """
    limit = float(max(np.abs(check.analytic).max(), np.abs(check.numeric).max(), 1e-12))
    across, down = np.meshgrid(np.arange(check.agrees.shape[1]), np.arange(check.agrees.shape[0]))
    wrong = ~check.agrees
    marks = go.Scatter(
        x=across[wrong] + 0.36,
        y=down[wrong] - 0.3,
        mode="markers",
        marker={"symbol": "x", "color": palette.WRONG} | _size_of_marks(check.agrees.shape[1]),
        hoverinfo="skip",
    )
    analytic = _matrix(experiment, check, check.analytic, limit, "Analytic", "by the formula")
    analytic.add_trace(marks)
    return analytic, _matrix(experiment, check, check.numeric, limit, "Numeric", "by difference")


def _size_of_marks(columns: int) -> dict[str, Any]:
    """Keep a mark inside its cell; a rim lets it stand out from a dark one."""
    return {"size": 10, "line": {"color": palette.PAPER, "width": 1}} if columns <= _MARKED else {"size": 4}


def _matrix(
    experiment: Experiment, check: Comparison, values: NDArray[np.float64], limit: float, title: str, about: str
) -> go.Figure:
    outputs, columns = experiment.label_names, column_names(experiment)
    cell = [[f"∂L/∂{name}" for name in row] for row in parameter_names(experiment, escaped)]
    hover = "<b>%{hovertext}</b><br>analytic %{customdata[0]:.9~g}<br>numeric %{customdata[1]:.9~g}<extra></extra>"
    both = np.stack([check.analytic, check.numeric], axis=-1)
    digits = digits_for(limit) if limit >= 1e-3 else ((54, None),)
    trace = heatmap(limit, cell, hover, digits, z=values, customdata=both)
    axes = {"xaxis": names_axis(columns), "yaxis": names_axis(outputs, down=True)}
    room = {"l": room_beside(outputs), "b": room_below(axes["xaxis"], _ONE_LINE)}
    # Whether digits fit is chosen before the charts are drawn, and their columns are made wide enough for them.
    needed = {width: room["l"] + _RIGHT + width * len(columns) for width, _ in digits}
    most = _WIDTH if min(needed.values()) <= _WIDTH else _WIDEST
    fitting = [(width, decimals) for width, decimals in digits if needed[width] <= most]
    height = min(max(_HEIGHT, _AROUND + _ROW * len(outputs)), _TALLEST)
    meta: dict[str, Any] = {"label": f"{title} derivatives of each weight and bias"}
    if fitting:
        (width, decimals), *_ = fitting
        meta["cell"] = width
        trace.update(
            text=[[in_cell(float(value), decimals) for value in row] for row in values], texttemplate="%{text}"
        )
    return go.Figure(
        [trace],
        layout(
            title,
            about,
            height=height + room["b"] - _ONE_LINE,
            margin=room,
            meta=meta,
            **axes,
        ),
    )


def least_width(figure: go.Figure, *, presenting: bool) -> int:
    """Give the pixels across which the digits of a matrix do not touch; 0 if it has none.

    Parameters
    ----------
    figure : Figure
        Of `derivatives`, as it is at a desk.
    presenting : bool
        Whether it is shown on a projector, with larger letters.
    """
    meta, factor = figure.layout.meta, FACTOR if presenting else 1
    if "cell" not in meta:
        return 0
    room: float = factor * (figure.layout.margin.l + _RIGHT)
    width: float = room + wider(meta["cell"], factor) * figure.data[0].z.shape[1]
    return math.ceil(width)


def errors_by_step(
    steps: NDArray[np.float64], errors: NDArray[np.float64], chosen: tuple[float, float], right: NDArray[np.float64]
) -> go.Figure:
    """Draw the largest error against the difference step, both logarithmic, and mark the chosen step.

    Parameters
    ----------
    steps, errors : ndarrays of one length
        The error at each step, of the formulas that are checked.
    chosen : (float, float)
        The step on the control, and its error.
    right : ndarray
        The error at each step of the right formulas: a pale line behind.
    """
    hover = "ε %{x:.1e}<br>largest error %{y:.6~g}<extra></extra>"
    step, error = chosen
    low, high = float(np.log10(steps.min())) - 0.3, float(np.log10(steps.max())) + 0.3
    rows = decades(np.concatenate([errors, right, [error]]))
    rows["range"] = [rows["range"][0] - 0.3, rows["range"][1] + 0.3]
    shown = go.Scatter(x=steps, y=_positive(errors), mode="lines", line={"color": palette.INK, "width": 2})
    behind = go.Scatter(x=steps, y=_positive(right), mode="lines", line={"color": palette.PALE, "width": 2})
    mark = go.Scatter(
        x=[step], y=_positive(np.array([error])), mode="markers", marker={"color": palette.ACCENT, "size": 11}
    )
    for trace in (behind, shown, mark):
        trace.hovertemplate = hover
    return go.Figure(
        [behind, shown, mark],
        layout(
            "Largest error",
            "over the step ε",
            height=_HEIGHT,
            margin={"b": 46, "l": 54},
            xaxis=axis(
                type="log",
                range=[low, high],
                title=axis_title("← rounding      <b>ε</b>      truncation →", 2),
                **powers(low, high, 3),
            ),
            yaxis=axis(type="log", **rows),
            shapes=[upright(step, palette.ACCENT)],
            meta={"label": "Largest error over the step ε, both logarithmic"},
        ),
    )


def _positive(values: NDArray[np.float64]) -> list[float | None]:
    """Leave a gap where the error is 0, which a logarithmic axis cannot show."""
    return [float(value) if value > 0 else None for value in values]
