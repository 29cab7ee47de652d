"""The charts of a comparison: all losses in one chart, and the weights of each experiment on one scale."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from classifier import Experiment, History
from classifier.experiment.hidden import shapes
from pages.shared.charts import palette
from pages.shared.charts.axes import names_axis, room_below, room_beside
from pages.shared.charts.base import FONT, escaped, layout
from pages.shared.charts.chart import Chart, PlotlyJSON, figure, trace
from pages.shared.charts.heatmaps import Digits, digits_for, exact, heatmap, largest_parameter
from pages.shared.charts.running_loss import HOVER, loss_layout
from pages.shared.text.names import column_names, parameter_names, row_names
from pages.shared.text.quoting import shortened

# Columns of small matrices by the number of experiments: as square as a screen allows.
_COLUMNS: Final = (1, 2, 3, 2, 3, 3, 4, 4, 3, 4, 4, 4)
_GAP: Final = 0.04  # between two of them, as a part of the width
_TITLE: Final = 0.09  # above each, as a part of the height
_BETWEEN: Final = 0.015  # two layers, the same
_TALLEST: Final = 0.1  # row of cells beside networks with hidden layers, the same
_THIN: Final = 12  # more rows than these have no lines between them, which would be all that one sees
_RIGHT: Final = 8  # pixels at the right end
_MOST: Final = 720  # pixels across that a screen may be asked for, by scrolling sideways
# The chart of the weights is as wide and as high as two usual ones.
_WIDE: Final = 2
_HIGH: Final = 2


@dataclass(frozen=True, eq=False)
class SweepShown:
    """What the charts of a comparison are drawn from.

    Attributes
    ----------
    experiments : sequence of Experiment
    names : sequence of str
        The value in which each experiment differs.
    what : str
        Stands before each name where the place does not make clear what it is; may be empty.
    histories : sequence of History
        Of each experiment, as far as trained.
    """

    experiments: Sequence[Experiment]
    names: Sequence[str]
    what: str
    histories: Sequence[History]

    @property
    def titles(self) -> list[str]:
        """The names with ``what`` before them."""
        return [escaped(f"{self.what} {name}".strip()) for name in self.names]


def losses(comparison: SweepShown) -> Chart:
    """Show all running losses: each as a pale line of the whole run, what has been played over it, and a mark."""
    members = len(comparison.names)
    curves = [
        {"trace": 2 * i + strong, "attribute": axis, "array": array, "how": how, "first": 1}
        for i in range(members)
        for strong, how in enumerate(("all", "up_to"))
        for axis, array in (("x", "position"), ("y", f"loss_{i}"))
    ]
    marks = [{"trace": 2 * members, "first": 1, "attribute": axis, "array": f"mark_{axis}"} for axis in "xy"]
    return Chart("loss", lambda: _draw_losses(comparison), [*curves, *marks])


def weights(comparison: SweepShown) -> Chart:
    """Show [W | b] of each layer of each experiment, all on one scale."""
    arrays = [
        f"weights_{i}_{layer}"
        for i, history in enumerate(comparison.histories)
        for layer in range(1, len(history.parameters) + 1)
    ]
    bindings = [{"trace": trace, "attribute": "z", "array": array} for trace, array in enumerate(arrays)]
    return Chart("weights", lambda: _draw_weights(comparison), bindings)


def _look(number: int) -> dict[str, Any]:
    """Choose colour and dash of a curve, by its place."""
    colours = palette.MEMBERS
    return {"color": colours[number % len(colours)], "dash": "solid" if number < len(colours) else "dash"}


def _draw_losses(comparison: SweepShown) -> PlotlyJSON:
    values = np.concatenate([history.running_loss[1:] for history in comparison.histories])
    traces = []
    for number, title in enumerate(comparison.titles):
        line = {"mode": "lines", "hovertemplate": f"<b>{title}</b><br>{HOVER}", "line": {"width": 2, **_look(number)}}
        traces += [trace("scatter", opacity=0.25, **line), trace("scatter", **line)]
    marker = {"size": 8, "color": [_look(number)["color"] for number in range(len(comparison.names))]}
    # Not clipped, so that a mark is whole at the end of the axis, too.
    traces.append(trace("scatter", mode="markers", marker=marker, hoverinfo="skip", cliponaxis=False))
    label = "Running loss of each experiment over epochs trained"
    return figure(traces, loss_layout(comparison.experiments[0].epochs, values, label, first="log"))


def _draw_weights(comparison: SweepShown) -> PlotlyJSON:
    names = comparison.names
    limit = largest_parameter(*comparison.histories)
    columns = _COLUMNS[len(names) - 1]
    rows = -(-len(names) // columns)
    width, height = (1 - _GAP * (columns - 1)) / columns, 1 / rows - _TITLE
    # Under the inputs of a layer the next one begins: names of columns have room only if there is no other.
    are_deep = any(experiment.hidden for experiment in comparison.experiments)
    beside = room_beside(comparison.experiments[0].label_names)
    traces: list[dict[str, Any]] = []
    axes: dict[str, Any] = {}
    notes: list[dict[str, Any]] = []
    swatches: list[dict[str, Any]] = []
    for number, (name, experiment) in enumerate(zip(names, comparison.experiments, strict=True)):
        row, column = divmod(number, columns)
        left, top = column * (width + _GAP), 1 - row / rows - _TITLE
        last = number + columns >= len(names)  # nothing stands below
        hover = f"<b>{comparison.titles[number]}</b><br>%{{hovertext}}<br>value %{{z:{exact(experiment.dtype)}}}"
        digits = _digits(limit, comparison.histories[number])
        places = _places(experiment, left, width, top, height, tallest=_TALLEST if are_deep else 1.0)
        for layer, (across, down) in enumerate(places):
            suffix = str(len(traces) + 1) if traces else ""
            wide, high = across[1] - across[0], down[1] - down[0]
            axes[f"xaxis{suffix}"] = names_axis(
                column_names(experiment, layer),
                share=wide * _WIDE,
                anchor=f"y{suffix}",
                domain=across,
                showticklabels=last and not are_deep,
            )
            axes[f"yaxis{suffix}"] = names_axis(
                row_names(experiment, layer),
                down=True,
                share=high * (1 if are_deep else _HIGH),
                anchor=f"x{suffix}",
                domain=down,
                showticklabels=column == 0,
            )
            matrix = heatmap(limit, parameter_names(experiment, escaped, layer), hover + "<extra></extra>", digits)
            if sum(experiment.sizes[1:]) > _THIN:
                matrix["ygap"] = 0
            traces.append(matrix | {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}"})
        notes.append(_name_above(shortened(name, round(40 / columns)), left, top))
        swatches.append(_swatch_above(number, left, top))
    return figure(
        traces,
        layout(
            "Weights",
            "W and b, all on one scale"
            if not are_deep
            else "[W | b] of each layer, the first on top, all on one scale",
            meta={"label": "Weights W and bias b of each experiment", "span": 2}
            | _least(comparison, limit, columns, beside),
            margin={"l": beside, "r": _RIGHT, "b": room_below(axes["xaxis"])},
            annotations=notes,
            shapes=swatches,
            **axes,
        ),
    )


def _places(
    experiment: Experiment, left: float, width: float, top: float, height: float, tallest: float
) -> list[tuple[list[float], list[float]]]:
    """Divide an experiment's place among its layers, from the top: across and down of each. All cells are equal."""
    layers = shapes(experiment.sizes)
    widest = max(columns for _, columns in layers)
    rows = sum(rows for rows, _ in layers)
    row = min((height - _BETWEEN * (len(layers) - 1)) / rows, tallest)
    places = []
    for units, columns in layers:
        places.append(([left, left + width * columns / widest], [max(top - units * row, 0.0), top]))
        top -= units * row + _BETWEEN
    return places


def _name_above(name: str, left: float, top: float) -> dict[str, Any]:
    """Write a name above a matrix, behind its swatch. The place is a part of the chart's width and height."""
    place = {"x": left, "y": top, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    return {"text": escaped(name), "xshift": 26, "font": FONT, "showarrow": False} | place


def _swatch_above(number: int, left: float, top: float) -> dict[str, Any]:
    """Draw a short line above a matrix that looks like the experiment's curve in the chart of the losses."""
    pixels = {"x0": 0, "x1": 22, "y0": 11, "y1": 11, "xsizemode": "pixel", "ysizemode": "pixel"}
    place = {"xanchor": left, "yanchor": top, "xref": "paper", "yref": "paper"}
    return {"type": "line", "line": {"width": 3, **_look(number)}} | pixels | place


def _digits(limit: float, history: History) -> Digits:
    """Choose the same digits for all; in cells too narrow for those, the fewer that smaller numbers need."""
    common = digits_for(limit)
    if common[0][1] is None:  # powers of ten, which in narrow cells only large numbers need
        common = common[:1]
    return (*common, *(form for form in digits_for(largest_parameter(history)) if form[0] < common[-1][0]))


def _least(comparison: SweepShown, limit: float, columns: int, beside: int) -> dict[str, int]:
    """Claim the pixels that digits need, unless that is more than most screens have."""
    widest = max(units for experiment in comparison.experiments for _, units in shapes(experiment.sizes))
    needed = _digits(limit, comparison.histories[0])[-1][0]
    least = beside + _RIGHT + math.ceil(columns * widest * needed / (1 - _GAP * (columns - 1)))
    return {"least": least} if least <= _MOST else {}


BUILDERS: Final = (losses, weights)
"""A further chart is one more builder here; if it shows a new quantity, one more array in frames.py."""


def build(comparison: SweepShown) -> list[Chart]:
    """Build the charts of a comparison in the order of the screen."""
    return [builder(comparison) for builder in BUILDERS]
