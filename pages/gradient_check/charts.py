"""The charts of the gradient check: the same derivatives by two ways, and their difference over the step ε."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier import Comparison, Experiment
from pages.shared.charts import palette
from pages.shared.charts.axes import axis, axis_title, decades, names_axis, powers, room_below, room_beside
from pages.shared.charts.base import escaped, layout, upright
from pages.shared.charts.chart import Chart, PlotlyJSON, figure, trace, typed
from pages.shared.charts.heatmaps import digits_for, heatmap
from pages.shared.text.names import column_names, parameter_names, row_names

_ONE_LINE = 26  # pixels of the names of the columns
_ROW = 20  # pixels that a line of digits needs
_HEIGHT = 236
_AROUND = 56  # pixels of the height for title and axis
_TALLEST = 420
_MARKED = 12  # with more columns a mark is small


def derivatives(experiment: Experiment, check: Comparison, layer: int = 0) -> list[Chart]:
    """Draw the analytic and the numeric derivatives of a layer, W with b as the last column, on one scale.

    Where they disagree, the analytic one bears a ×.

    Parameters
    ----------
    experiment : Experiment
        Gives the names.
    check : Comparison
    layer : int
        From 0.
    """
    limit = float(max(np.abs(check.analytic).max(), np.abs(check.numeric).max(), 1e-12))
    down, across = np.nonzero(~check.agrees)
    marks = trace(
        "scatter",
        x=(across + 0.36).tolist(),
        y=(down - 0.3).tolist(),
        mode="markers",
        marker={"symbol": "x", "color": palette.WRONG} | _size_of_marks(check.agrees.shape[1]),
        hoverinfo="skip",
    )
    return [
        _matrix(experiment, layer, check, check.analytic, limit, "Analytic", "by the formula", marks),
        _matrix(experiment, layer, check, check.numeric, limit, "Numeric", "by difference"),
    ]


def _size_of_marks(columns: int) -> dict[str, Any]:
    """Keep a mark inside its cell; a rim lets it stand out from a dark one."""
    return {"size": 10, "line": {"color": palette.PAPER, "width": 1}} if columns <= _MARKED else {"size": 4}


def _matrix(
    experiment: Experiment,
    layer: int,
    check: Comparison,
    values: NDArray[np.float64],
    limit: float,
    title: str,
    about: str,
    *marks: PlotlyJSON,
) -> Chart:
    outputs, columns = row_names(experiment, layer), column_names(experiment, layer)
    cell = [[f"∂L/∂{name}" for name in row] for row in parameter_names(experiment, escaped, layer)]
    hover = "<b>%{hovertext}</b><br>analytic %{customdata[0]:.9~g}<br>numeric %{customdata[1]:.9~g}<extra></extra>"
    both = np.stack([check.analytic, check.numeric], axis=-1).tolist()
    matrix = heatmap(limit, cell, hover, digits_for(limit), z=values.tolist(), customdata=both)
    axes = {"xaxis": names_axis(columns), "yaxis": names_axis(outputs, down=True)}
    room = {"l": room_beside(outputs), "b": room_below(axes["xaxis"], _ONE_LINE)}
    height = min(max(_HEIGHT, _AROUND + _ROW * len(outputs)), _TALLEST) + room["b"] - _ONE_LINE
    of = f" of layer {layer + 1}" if experiment.hidden else ""
    meta = {"label": f"{title} derivatives of each weight and bias{of}"}
    drawn = figure(
        [matrix, *marks],
        layout(title, f"{of[4:]}, {about}" if of else about, height=height, margin=room, meta=meta, **axes),
    )
    return Chart(f"{title.lower()}{layer or ''}", lambda: drawn)


def errors_by_step(
    steps: NDArray[np.float64], errors: NDArray[np.float64], chosen: tuple[float, float], right: NDArray[np.float64]
) -> Chart:
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
    ink, pale = ({"color": colour, "width": 2} for colour in (palette.INK, palette.PALE))
    mark = {"mode": "markers", "marker": {"color": palette.ACCENT, "size": 11}}
    drawn = figure(
        [
            trace("scatter", x=typed(steps), y=_positive(right), mode="lines", line=pale, hovertemplate=hover),
            trace("scatter", x=typed(steps), y=_positive(errors), mode="lines", line=ink, hovertemplate=hover),
            trace("scatter", x=[step], y=_positive(np.array([error])), hovertemplate=hover, **mark),
        ],
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
    return Chart("errors", lambda: drawn)


def _positive(values: NDArray[np.float64]) -> list[float | None]:
    """Leave a gap where the error is 0, which a logarithmic axis cannot show."""
    return [float(value) if value > 0 else None for value in values]
