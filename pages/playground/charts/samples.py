"""The predictions, one row a sample, each with its label as a mark."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from classifier import Experiment
from pages.playground.charts.run_shown import RunShown
from pages.shared.charts import palette
from pages.shared.charts.axes import names_axis
from pages.shared.charts.base import escaped, layout
from pages.shared.charts.chart import Chart, PlotlyJSON, figure, trace
from pages.shared.charts.heatmaps import Digits, exact, heatmap

# Marks of wrong predictions. With more outputs or more rows than this, a cell has room for a smaller mark only, even on
# a projector with a note above the charts.
_BROAD: Final = 4
_HIGH: Final = 8
_CORNERS: Final = 10  # with more outputs than this, a mark stands in the middle of its cell, and there are no digits
_HALF: Final = 0.566  # of a mark, from its middle to its side, as a part of its size
_HARD: Final = "● label 1, ○ label 0"
_SOFT: Final = "● 1, ○ 0, grey between"
_WIDTHS: Final = ((4, 37), (3, 30), (2, 23))  # pixels of a ŷ, by the number of its decimals


def predictions(run: RunShown) -> Chart:
    """Show ŷ, mark the label in each cell, and what is on the wrong side of 0.5."""
    return Chart(
        "predictions",
        lambda: _draw_predictions(run.experiment, run.rows),
        [
            {"trace": 0, "attribute": "z", "array": "yhat"},
            {"trace": 1, "attribute": "marker.opacity", "array": "wrong"},
        ],
    )


def _draw_predictions(experiment: Experiment, rows: slice) -> PlotlyJSON:
    hover = f"<b>%{{hovertext}}</b><br>ŷ %{{z:{exact(experiment.dtype)}}}<br>label %{{customdata:.9~g}}<extra></extra>"
    labels = experiment.label_array[rows]
    wrong, digits = _wrong(*labels.shape)
    yhat = heatmap(1.0, _entries(experiment, rows), hover, digits, customdata=labels.tolist())
    meta: dict[str, Any] = {"label": "Predictions ŷ"}
    if len(labels) < experiment.samples:
        meta["rows"] = {
            "first": rows.start,
            "count": len(labels),
            "step": rows.stop - rows.start,
            "total": experiment.samples,
        }
    hard = set(experiment.label_array.ravel().tolist()) <= {0.0, 1.0}
    about = "" if "rows" in meta else f"ŷ; {_HARD if hard else _SOFT}, × wrong"
    frame = layout("Predictions", about, meta=meta, **_sample_axes(experiment, rows))
    return figure([yhat, wrong, *_label_marks(labels)], frame)


def _wrong(rows: int, outputs: int) -> tuple[PlotlyJSON, Digits]:
    """Make a mark for each prediction, and choose digits that leave it room in its cell.

    The rim lets a mark stand out from a dark cell, as in the gradient check.
    """
    across, down = (cells.ravel() for cells in np.meshgrid(np.arange(outputs), np.arange(rows)))
    size = 8 if outputs > _BROAD else 9 if rows > _HIGH else 10
    look = {"size": size, "color": palette.WRONG, "opacity": 0, "line": {"color": palette.PAPER, "width": 1}}
    points = {"mode": "markers", "hoverinfo": "skip"}
    if outputs > _CORNERS:
        return trace("scatter", x=across.tolist(), y=down.tolist(), marker={"symbol": "x"} | look, **points), ()
    # The mark stays a fixed number of pixels from the upper right corner of its cell. Plotly's standoff moves a mark in
    # the direction of its angle, so this is a cross turned by 45°, which looks like an x.
    half = _HALF * size + 0.5
    place = {"symbol": "cross", "angle": 45, "standoff": round((half + 1) * 2**0.5, 2)}
    digits = [(width + round(2 * (2 * half + 1)), places) for places, width in _WIDTHS]
    return trace("scatter", x=(across + 0.5).tolist(), y=(down - 0.5).tolist(), marker=place | look, **points), digits


def _label_marks(labels: NDArray[Any]) -> list[PlotlyJSON]:
    """Mark the label in the upper left corner of each cell: filled is 1, hollow 0, grey between them."""
    rows, outputs = labels.shape
    if outputs > _CORNERS:
        return []  # hovering says it
    across, down = (cells.ravel() for cells in np.meshgrid(np.arange(outputs), np.arange(rows)))
    colours = [palette.INK if y == 1 else palette.PAPER if y == 0 else palette.QUIET for y in labels.ravel()]
    # Turned by −45°, the standoff moves it down and to the right; a circle looks the same.
    place = {"symbol": "circle", "size": 9, "angle": -45, "standoff": 11}
    marker = place | {"color": colours, "line": {"color": palette.INK, "width": 1.5}}
    x, y = (across - 0.5).tolist(), (down - 0.5).tolist()
    return [trace("scatter", x=x, y=y, marker=marker, mode="markers", hoverinfo="skip")]


def _entries(experiment: Experiment, rows: slice) -> list[list[str]]:
    numbers = range(1, experiment.samples + 1)[rows]
    return [[f"sample {number}, {escaped(name)}" for name in experiment.label_names] for number in numbers]


def _sample_axes(experiment: Experiment, rows: slice) -> dict[str, Any]:
    numbers = [str(number) for number in range(1, experiment.samples + 1)[rows]]
    return {"xaxis": names_axis(experiment.label_names), "yaxis": names_axis(numbers, down=True)}
