"""The machine as one picture: what goes into it, every unit with its value, the links between them, ŷ beside its label.

A link's width is the size of its weight and its colour the sign; a unit's colour is its value for the sample shown.
With two inputs each unit has a map of the plane beside it: what the unit says of every point.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from classifier import ACTIVATIONS, BinaryCrossEntropyLoss, Experiment, History
from pages.playground.charts.run_shown import RunShown
from pages.playground.chosen_chart.arrays import plane
from pages.playground.chosen_chart.choice import Decision
from pages.shared.charts import palette
from pages.shared.charts.base import FONT, escaped, layout
from pages.shared.charts.chart import Chart, PlotlyJSON, figure, trace
from pages.shared.charts.heatmaps import Digits, exact, heatmap, largest_parameter
from pages.shared.text.quoting import shortened

_MOST: Final = 8  # units of a layer that are drawn; of more, the first ones and how many are left out
_FINE: Final = 17  # points of a map along each axis
_COARSE: Final = 9  # the same, if there are many units
_FEW_UNITS: Final = 8
_LEVELS: Final = 254  # of a map's colours; in the middle is 0
_WIDTHS: Final = ((0.02, 0.7), (0.12, 1.5), (0.3, 3.0), (0.55, 5.0), (1.01, 7.5))
"""Of a link in pixels, by the least upper bound of its share of the largest parameter."""
_CURVED: Final = 48  # links that are drawn as curves; more are straight lines
# Parts of the chart's width: a cell, a map with its cell, and the least that links need between two columns.
_CELL: Final = 0.14
_PAIR: Final = 0.27
_GAP: Final = 0.1
_PAIRED: Final = 2  # layers of units that have room for a map and a cell side by side
_SHORT: Final = 3  # letters of a name that needs little room
_CROWDED: Final = 60  # more links than this are thinner
_APART: Final = 5  # units that have room for a gap between them
_LETTERS: Final = 6  # of a line of a name beside a cell
_FREE: Final = (0.016, 0.006)  # above and below a unit, in a column of few units and of many; parts of the height
_EDGE: Final = 0.004  # of the height: less than what is free
_SPLIT: Final = 0.5  # of a unit's height, for its value under its map where the two have no room beside each other
_HIGH: Final = 0.18  # of the chart's height: a unit that has room for both
_DIGITS: Final[Digits] = ((46, 3), (34, 2), (28, 1))


@dataclass(frozen=True)
class _Column:
    """The place of a layer: its left and right end and the middle of each unit, in parts of the chart; upwards."""

    left: float
    right: float
    middles: tuple[float, ...]
    half: float  # of the height that a unit has
    stacked: bool  # whether each value stands under its map

    @property
    def paired(self) -> bool:
        """Whether a map stands beside each value."""
        return self.right - self.left > _CELL

    def unit(self, middle: float) -> tuple[float, float]:
        """Give the lower and the upper end of a unit, without what is free around it."""
        half = self.half - _FREE[len(self.middles) > _APART]
        return max(middle - half, 0.0), min(middle + half, 1.0)


def network(run: RunShown) -> Chart:
    """Show the network at work on one sample."""
    experiment = run.experiment
    layers = len(experiment.sizes) - 1
    links = list(_links(experiment))
    points = [float(y) for link in links for y in link.y.round(4)]
    bound: list[dict[str, Any]] = [
        {
            "trace": number,
            "attribute": "y",
            "array": tuple(f"weights_{layer + 1}" for layer in range(layers)),
            "links": {"points": points, "cells": [link.cell for link in links], "within": within},
        }
        for number, (within, *_) in enumerate(_buckets(largest_parameter(run.history)))
    ]
    first = len(bound) + 1  # the inputs stand still
    cells = [*(f"units_{layer + 1}" for layer in range(layers)), "sample_loss"]
    bound += [{"trace": first + i, "attribute": "z", "array": name} for i, name in enumerate(cells)]
    bound += [
        {"trace": first + i, "attribute": end, "array": f"largest_units_{i + 1}", "scale": sign}
        for i in range(len(experiment.hidden))
        if experiment.activation == "relu"
        for end, sign in (("zmax", 1.0), ("zmin", -1.0))
    ]
    first += len(cells)
    maps = [f"map_{name}" for name in _mapped(experiment)]
    bound += [{"trace": first + i, "attribute": "z", "array": name} for i, name in enumerate(maps)]
    return Chart("network", lambda: _draw(run, links), bound)


def network_frames(experiment: Experiment, history: History, sample: int) -> dict[str, NDArray[Any]]:
    """Arrange what moves in the network: the units' values for a sample, its loss, and the maps of the plane.

    Returns
    -------
    dict of str to ndarray, first axis = recorded positions
        ``units_k`` of shape (…, units, 1), ``sample_loss`` of shape (…, 1, 1), ``map_k_u`` of uint8 and two axes.
    """
    x = experiment.input_array[sample]
    arrays: dict[str, NDArray[Any]] = {}
    outputs, logits = _passed(experiment, history, x[:, np.newaxis])
    for layer, output in enumerate(outputs, start=1):
        arrays[f"units_{layer}"] = output[:, :_MOST].astype(np.float32)
        if experiment.activation == "relu" and layer < len(outputs):
            largest = output.max(axis=(1, 2))
            arrays[f"largest_units_{layer}"] = np.where(largest > 0, largest, 1).astype(np.float32)
    loss = BinaryCrossEntropyLoss().forward_from_logits(logits[..., 0], experiment.label_array[sample])
    arrays["sample_loss"] = loss.sum(axis=1).astype(np.float32)[:, np.newaxis, np.newaxis]
    if experiment.in_features == 2:
        grid = _points(experiment)
        side = _side(experiment)
        maps, _ = _passed(experiment, history, grid)
        for layer, output in enumerate(maps, start=1):
            hidden = layer < len(maps)
            scale = np.abs(output).max(axis=2, keepdims=True) if hidden and experiment.activation == "relu" else 1.0
            shares = output / np.where(scale > 0, scale, 1)
            coded = np.rint((shares + 1) / 2 * _LEVELS).astype(np.uint8).reshape(*output.shape[:2], side, side)
            arrays |= {f"map_{layer}_{unit + 1}": coded[:, unit] for unit in range(min(output.shape[1], _MOST))}
    return arrays


def _passed(experiment: Experiment, history: History, x: NDArray[Any]) -> tuple[list[NDArray[Any]], NDArray[Any]]:
    """Pass columns of inputs through the network of every recorded position: each layer's outputs, the last logits."""
    outputs: list[NDArray[Any]] = []
    a = np.broadcast_to(x, (len(history), *x.shape))  # (frames, in, columns)
    for layer, matrices in enumerate(history.parameters):
        logits = matrices[..., :-1] @ a + matrices[..., -1:]
        last = layer == len(history.parameters) - 1
        a = ACTIVATIONS["sigmoid" if last else experiment.activation]().forward(logits)
        outputs.append(a)
    return outputs, logits


def _side(experiment: Experiment) -> int:
    return _FINE if sum(experiment.sizes[1:]) <= _FEW_UNITS else _COARSE


def _points(experiment: Experiment) -> NDArray[Any]:
    """Give the points of a map, row by row upwards: ndarray of shape (2, points)."""
    shown, side = plane(experiment, Decision()), _side(experiment)
    across, up = (np.linspace(*ends, side) for ends in (shown.across, shown.up))
    return np.array([coordinate.ravel() for coordinate in np.meshgrid(across, up)], experiment.dtype)


def _mapped(experiment: Experiment) -> list[str]:
    """Name the units that have a map, layer by layer."""
    if experiment.in_features != 2:
        return []
    layers, outputs = len(experiment.sizes) - 1, experiment.out_features
    # Many outputs without room for both have their values alone; Decision shows the map of each.
    sizes = experiment.sizes[1:] if layers <= _PAIRED or outputs == 1 else experiment.sizes[1:-1]
    return [f"{layer}_{unit + 1}" for layer, units in enumerate(sizes, 1) for unit in range(min(units, _MOST))]


def _columns(experiment: Experiment) -> list[_Column]:
    """Lay the layers out from left to right, the units of each from the top."""
    mapped = experiment.in_features == 2
    rows = max(min(size, _MOST) for size in experiment.sizes)
    pitch = min(0.92 / rows, 0.3 if mapped else 0.2)
    layers = len(experiment.sizes) - 1
    names = experiment.unit_names
    left = 0.07 if max(map(len, names[0])) <= _SHORT else 0.18
    # The name of a single output stands under it.
    right = 0.98 if len(names[-1]) == 1 else 0.83 if max(map(len, names[-1])) <= _SHORT else 0.71
    broad = _PAIR if mapped and layers <= _PAIRED else _CELL
    narrow = min(broad, max((right - left - _CELL - broad - layers * _GAP) / max(layers - 1, 1), 0.05))
    widths = [_CELL, *[narrow] * (layers - 1), broad]
    gap = (right - left - sum(widths)) / layers
    columns: list[_Column] = []
    for size, width in zip(experiment.sizes, widths, strict=True):
        shown = min(size, _MOST)
        middles = tuple(0.54 + pitch * ((shown - 1) / 2 - unit) for unit in range(shown))
        # A single output that holds its value under its map is high enough for both.
        alone = shown == 1 and len(columns) == layers
        stacked = mapped and layers > _PAIRED and (alone or (0 < len(columns) < layers and pitch >= _HIGH))
        columns.append(_Column(left, left + width, middles, 0.15 if stacked and alone else 0.5 * pitch, stacked))
        left += width + gap
    return columns


@dataclass(frozen=True)
class _Link:
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    cell: tuple[int, int]  # number of the layer's array, place in it


def _links(experiment: Experiment) -> Iterator[_Link]:
    """List the links between drawn units, each with the points of its line."""
    columns, sizes = _columns(experiment), experiment.sizes
    count = sum(len(a.middles) * len(b.middles) for a, b in pairwise(columns))
    along = np.linspace(0, 1, 8 if count <= _CURVED else 2)
    bend = along**2 * (3 - 2 * along)
    for layer, (here, there) in enumerate(pairwise(columns)):
        for row, end in enumerate(there.middles):
            for column, start in enumerate(here.middles):
                x = here.right + (there.left - here.right) * along
                yield _Link(x, start + (end - start) * bend, (layer, row * (sizes[layer] + 1) + column))


def _buckets(limit: float, thin: float = 1.0) -> Iterator[tuple[list[float], float, str]]:
    """List the traces of the links: bounds of the weight, width and colour of the line. No link is left out."""
    least = 0.0
    for share, width in _WIDTHS:
        for sign, colour in ((1, palette.POSITIVE), (-1, palette.NEGATIVE)):
            ends = sorted((sign * least * limit, sign * share * limit))
            yield ends, width * thin, colour
        least = share


def _draw(run: RunShown, links: Sequence[_Link]) -> PlotlyJSON:
    experiment, sample = run.experiment, run.sample
    columns, names = _columns(experiment), experiment.unit_names
    crowded = len(links) > _CROWDED
    # Where links have the least room, the hidden units between them have no names, only their layer has.
    named = not crowded and round(columns[1].left - columns[0].right, 6) > _GAP
    # Plotly leaves a gap where null stands. The line begins outside of the plot, so that it is never quite empty.
    x = [-2.0, -1.0, None, *(point for link in links for point in (*link.x.round(4).tolist(), None))]
    lines = [
        trace("scatter", x=x, mode="lines", line={"color": colour, "width": width}, hoverinfo="skip")
        for _, width, colour in _buckets(largest_parameter(run.history), 0.4 if crowded else 1.0)
    ]
    axes: dict[str, Any] = {"xaxis": _hidden_axis([0, 1]), "yaxis": _hidden_axis([0, 1])}
    traces, notes = [*lines], []

    def place(cells: PlotlyJSON, across: Sequence[float], upward: Sequence[float]) -> None:
        n = len(axes) // 2 + 1
        units = cells.get("hovertext")  # of values, from the top; a map has none, and begins at the bottom
        end = (len(units) if units else _side(experiment)) - 0.5
        axes[f"xaxis{n}"] = _hidden_axis([-0.5, 0.5 if units else end], domain=list(across), anchor=f"y{n}")
        axes[f"yaxis{n}"] = _hidden_axis([end, -0.5] if units else [-0.5, end], domain=list(upward), anchor=f"x{n}")
        traces.append(cells | {"xaxis": f"x{n}", "yaxis": f"y{n}"})

    for number, (column, names_here) in enumerate(zip(columns, names, strict=True)):
        shown = names_here[:_MOST]
        left = column.left + (0.5 * (column.right - column.left) if column.paired else 0)
        # The values of stacked units lie lower; the maps are drawn over what of their cells is not below them.
        lower = _SPLIT * column.half if column.stacked else 0.0
        ends = column.middles[-1] - column.half - lower, column.middles[0] + column.half - lower
        upward = (max(ends[0], 0.0), min(ends[1], 1.0))
        if column.stacked and len(shown) == 1:
            low, high = column.unit(column.middles[0])
            upward = (low, low + _SPLIT * (high - low))
        symbol = "" if number == 0 else "ŷ " if number == len(columns) - 1 else "a "
        hover = f"<b>%{{hovertext}}</b><br>{symbol}%{{z:{exact('float32')}}}<extra></extra>"
        values = {} if number else {"z": [[value] for value in experiment.inputs[sample][:_MOST]]}
        limit = max(map(abs, experiment.inputs[sample])) or 1.0 if number == 0 else 1.0
        cells = heatmap(limit, [[escaped(name)] for name in shown], hover, _DIGITS, **values)
        cells["ygap"] = 0  # what is free between the units is drawn over the cells, at one with their rims
        place(cells, (left, column.right), upward)
        for unit, (name, middle) in enumerate(zip(shown, column.middles, strict=True)):
            # An input's name has two lines: columns of one table often begin with the same word.
            words = name.split(" ", 1) if number == 0 and len(shown) <= _APART else [name]
            text = "<br>".join(escaped(shortened(word, _LETTERS)) for word in words)
            if number == len(columns) - 1:
                # Beside several outputs, or under a cell alone, there is less room.
                label = ": label" if column.paired and len(shown) == 1 else " ="
                text += f"{label} {experiment.labels[sample][unit]:.3g}"
                under = {"x": column.right, "xanchor": "right", "y": middle - column.half - 0.03}
                notes.append(_note(text, column.right + 0.015, middle) | (under if len(shown) == 1 else {}))
            elif number == 0:
                notes.append(_note(text, column.left - 0.01, middle) | {"xanchor": "right"})
            elif named:
                notes.append(_note(text, column.left - 0.01, middle) | {"xanchor": "right", "bgcolor": palette.PAPER})
        if not named and 0 < number < len(columns) - 1:
            lowest = max(min(hidden.middles[-1] - hidden.half for hidden in columns[1:-1]) - 0.04, 0.04)
            across = (column.left + column.right) / 2
            notes.append(_note(names_here[0].removesuffix("₁"), across, lowest) | {"xanchor": "center"})
        if len(names_here) > _MOST:
            text = f"and {len(names_here) - _MOST} more"
            notes.append(_note(text, column.left, max(column.middles[-1] - 2 * column.half, 0.02)))
    last = columns[-1]
    bottom = max(last.middles[-1] - last.half - (0.22 if len(last.middles) == 1 else 0.16), 0.0)
    loss = heatmap(1e9, [["loss of this sample"]], "L %{z:.9~g}<extra></extra>", ((1, 4),))
    # High enough for a line when presenting.
    place(loss, (last.right - _CELL, last.right), (bottom, bottom + 0.14))
    notes.append(_note("L", last.right - _CELL - 0.01, bottom + 0.07) | {"xanchor": "right"})
    for key in _mapped(experiment):
        layer, unit = (int(part) for part in key.split("_"))
        column = columns[layer]
        low, high = column.unit(column.middles[unit - 1])
        if column.stacked:
            low += _SPLIT * (high - low)
        drawn = trace(
            "heatmap",
            zmin=0,
            zmax=_LEVELS,
            colorscale=palette.DIVERGING,
            zsmooth="fast",  # as it looks while it moves: the browser shades between the points
            showscale=False,
            hoverinfo="skip",
        )
        end = column.left + (0.47 if column.paired else 1) * (column.right - column.left)
        place(drawn, (column.left, end), (low, high))
    label = "The network at work on one sample: " + ", ".join(
        f"{size} {what}"
        for size, what in zip(experiment.sizes, ["inputs", *["units"] * len(experiment.hidden), "outputs"], strict=True)
    )
    frame = layout(
        "Network",
        "a link is a weight",
        margin={"l": 2, "r": 4, "t": 34, "b": 6},
        annotations=notes,
        shapes=_rims(columns),
        meta={"label": label, "marks": _marks(columns)} | _box(experiment, sample, live=run.live),
    )
    return figure(traces, frame | axes)


def _marks(columns: Sequence[_Column]) -> list[list[float]]:
    """List what a press can mark: layer, number and rectangle of each unit; the inputs are layer 0."""
    return [
        [layer, unit, *(round(end, 4) for end in (column.left, low, column.right, high))]
        for layer, column in enumerate(columns)
        for unit, (low, high) in enumerate(map(column.unit, column.middles))
    ]


def _rims(columns: Sequence[_Column]) -> list[PlotlyJSON]:
    """Part the units of each column, and draw a line around each: a unit at 0 has the colour of the paper."""
    free, rims = "", ""
    for column in columns:
        across = column.right - column.left
        parts = ((0.0, 0.47), (0.5, 1.0)) if column.paired else ((0.0, 1.0),)
        if column.stacked and len(column.middles) > 1:  # what reaches out of the lowest unit
            low = column.middles[-1] - column.half
            free += _rectangle(column.left, column.right, low - _SPLIT * column.half - _EDGE, low)
        for middle in column.middles:
            low, high = column.unit(middle)
            # A little over the end of the cells, whose edge would shine through.
            for start, end in ((middle - column.half - _EDGE, low), (high, middle + column.half + _EDGE)):
                free += _rectangle(column.left + parts[-1][0] * across, column.right, start, end)
            for start, end in parts:
                rims += _rectangle(column.left + start * across, column.left + end * across, low, high)
    shape = {"type": "path", "xref": "paper", "yref": "paper"}
    return [
        # Nonzero: where two of these meet, the cells would shine through.
        shape | {"path": free, "fillcolor": palette.PAPER, "fillrule": "nonzero", "line": {"width": 0}},
        shape | {"path": rims, "line": {"color": palette.PALE, "width": 1}},
    ]


def _rectangle(left: float, right: float, low: float, high: float) -> str:
    return f"M{left:.4f},{low:.4f}H{right:.4f}V{high:.4f}H{left:.4f}Z"


def _box(experiment: Experiment, sample: int, *, live: bool) -> dict[str, Any]:
    if not live or experiment.samples == 1:
        return {}
    options = [(str(index), f"sample {index + 1}") for index in range(experiment.samples)]
    return {"choice": {"label": "Sample", "name": "sample", "options": options, "chosen": str(sample)}}


def _hidden_axis(span: Sequence[float], **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - Plotly's
    return {"range": list(span), "visible": False, "fixedrange": True, "autorange": False} | changes


def _note(text: str, x: float, y: float) -> dict[str, Any]:
    return {
        "text": text,
        "x": x,
        "y": y,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "middle",
        "showarrow": False,
        "font": FONT,
        "borderpad": 0,
    }
