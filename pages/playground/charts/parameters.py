"""The charts in the shape of each layer's [W | b], the first layer on top: the parameters, and their gradient."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from classifier import Experiment
from classifier.experiment.hidden import raised, shapes
from pages.playground.charts.run_shown import RunShown
from pages.shared.charts.axes import names_axis, room_below, room_beside
from pages.shared.charts.base import escaped, layout
from pages.shared.charts.chart import Chart, PlotlyJSON, figure
from pages.shared.charts.heatmaps import Digits, digits_for, exact, heatmap, largest_parameter
from pages.shared.text.names import column_names, parameter_names, row_names

_TALLEST: Final = 0.25  # of a chart's height, for one row of cells: a single row is no wall
_BETWEEN: Final = 0.15  # of that height, for the names of the columns between two layers
_CLOSE: Final = 0.04  # the same, where there are too many rows for names
_TOGETHER: Final = 11  # rows of all layers, the names between two as two of them, that leave room for digits


def weights(run: RunShown) -> Chart:
    """Show [W | b] of every layer, on one scale for the whole run."""
    layers = range(len(run.experiment.sizes) - 1)
    bound = [{"trace": layer, "attribute": "z", "array": f"weights_{layer + 1}"} for layer in layers]
    return Chart(
        "weights",
        lambda: _draw_weights(run),
        [*bound, *(_on_hover(run.experiment, layer) for layer in layers)],
    )


def gradients(run: RunShown) -> Chart:
    """Show ∂L/∂[W | b] of every layer in the layout of the weights, on the scale of the epoch shown."""
    bound: list[dict[str, Any]] = []
    for layer in range(len(run.experiment.sizes) - 1):
        largest = {"trace": layer, "array": "largest_gradient"}
        bound += [
            {"trace": layer, "attribute": "z", "array": f"gradients_{layer + 1}"},
            {"attribute": "zmax", **largest},
            {"attribute": "zmin", **largest, "scale": -1.0},
            _on_hover(run.experiment, layer),
        ]
    return Chart("gradients", lambda: _draw_gradients(run), bound)


def _on_hover(experiment: Experiment, layer: int) -> dict[str, Any]:
    """Bind gradient and change, which no epoch has made at position 0.

    If the learning rate never changes, the change is the gradient times a constant.
    """
    change, scale = ("changes", 1.0) if experiment.schedule else ("gradients", -experiment.learning_rate)
    arrays = {"array": (f"gradients_{layer + 1}", f"{change}_{layer + 1}"), "scale": (1.0, scale)}
    return {"trace": layer, "attribute": "customdata", "first": (0, 1), **arrays}


def _draw_weights(run: RunShown) -> PlotlyJSON:
    limit = largest_parameter(run.history)
    digits = exact(run.experiment.dtype)
    hover = f"value %{{z:{digits}}}<br>gradient %{{customdata[0]:{digits}}}"
    about = "[W | b] of each layer" if run.experiment.hidden else "W and b at this position"
    title = ("Weights", about, "Weights W and bias b of each layer")
    return _matrices(run.experiment, limit, hover, digits_for(limit), title)


def _draw_gradients(run: RunShown) -> PlotlyJSON:
    label = "Gradient of the loss with respect to W and b of each layer, summed over the epoch"
    title = ("Gradient", "∂L/∂W and ∂L/∂b, scaled per epoch", label)
    last = max(float(np.abs(matrices[-1, :, :-1]).max(initial=0.0)) for matrices in run.history.gradients)
    return _matrices(run.experiment, 1.0, f"gradient %{{z:{exact(run.experiment.dtype)}}}", digits_for(last), title)


def _matrices(
    experiment: Experiment, limit: float, hover: str, digits: Digits, title: tuple[str, str, str]
) -> PlotlyJSON:
    """Draw the matrix of each layer, under a name, a sentence beside it and a name for the ear."""
    change = f"change in this epoch %{{customdata[1]:{exact(experiment.dtype)}}}"
    hover = f"<b>%{{hovertext}}</b><br>{hover}<br>{change}<extra></extra>"
    sizes = shapes(experiment.sizes)
    widest = max(columns for _, columns in sizes)
    axes: dict[str, Any] = {}
    traces = []
    heights = _heights([rows for rows, _ in sizes], _BETWEEN if _fit(sizes) else _CLOSE)
    for layer, ((_, columns), across) in enumerate(zip(sizes, heights, strict=True)):
        n = "" if layer == 0 else str(layer + 1)
        share = columns / widest
        axes[f"xaxis{n}"] = names_axis(column_names(experiment, layer), share=share, domain=[0, share], anchor=f"y{n}")
        axes[f"yaxis{n}"] = names_axis(
            row_names(experiment, layer), down=True, share=across[1] - across[0], domain=across, anchor=f"x{n}"
        )
        cells = heatmap(limit, parameter_names(experiment, escaped, layer), hover, digits)
        if not _fit(sizes):
            cells["ygap"] = 1
        traces.append(cells | {"xaxis": f"x{n}", "yaxis": f"y{n}"})
    beside = max(room_beside(row_names(experiment, layer)) for layer in range(len(sizes)))
    below = max(room_below(axis) for name, axis in axes.items() if name.startswith("x"))
    name, about, label = title
    meta: dict[str, Any] = {"label": label, "marked": True}
    if not _fit(sizes):
        about = ""  # the buttons stand where it would
        meta["views"] = _views([rows for rows, _ in sizes], axes)
    return figure(traces, layout(name, about, margin={"l": beside, "b": below}, meta=meta, **axes))


def _fit(sizes: Sequence[tuple[int, int]]) -> bool:
    """Say whether the cells of all layers together are large enough for digits."""
    return len(sizes) == 1 or sum(rows for rows, _ in sizes) + 2 * (len(sizes) - 1) <= _TOGETHER


def _heights(rows: Sequence[int], between: float) -> list[list[float]]:
    """Divide the height among layers of so many rows, from the top: every row of all of them is equally high."""
    free = 1 - between * (len(rows) - 1)
    row = min(free / sum(rows), _TALLEST)
    ends, top = [], 1.0
    for count in rows:
        ends.append([max(top - count * row, 0.0), top])
        top -= count * row + between
    return ends


def _views(rows: Sequence[int], axes: dict[str, Any]) -> dict[str, Any]:
    """Offer all layers together, or one that takes the height; the others are then out of sight."""
    numbers = ["" if layer == 0 else str(layer + 1) for layer in range(len(rows))]
    # No name may look like a number: the browser would put those first.
    together = {f"yaxis{n}.domain": axes[f"yaxis{n}"]["domain"] for n in numbers}
    views: dict[str, dict[str, Any]] = {"all": together | {f"xaxis{n}.showticklabels": False for n in numbers}}
    for shown, one in enumerate(numbers):
        changes: dict[str, Any] = {f"yaxis{one}.domain": _heights([rows[shown]], 0)[0]}
        for n in numbers:
            if n != one:
                changes |= {f"{a}axis{n}.visible": False for a in "xy"}
                changes |= {f"yaxis{n}.range": [-3, -2], f"yaxis{n}.domain": [0, 1]}
        views["W" + raised(shown + 1)] = changes
    return views
