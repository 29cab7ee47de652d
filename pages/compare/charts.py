"""The charts of a comparison: all losses over one another, and the weights of each experiment on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from classifier import Experiment, History
from pages.shared.charts import palette
from pages.shared.charts.base import (
    FONT,
    LAST_TICK,
    axis,
    decades,
    digits_for,
    epochs_axis,
    escaped,
    exact,
    heatmap,
    layout,
    names_axis,
)

__all__ = ["comparison"]

# Columns of small matrices by the number of experiments: as square as a screen allows.
_COLUMNS: Final = (1, 2, 3, 2, 3, 3, 4, 4, 3, 4, 4, 4)
_GAP: Final = 0.04  # between two of them, as a part of the width
_TITLE: Final = 0.09  # above each, as a part of the height
# The chart of the weights is as wide and as high as two usual ones.
_WIDE: Final = 2
_HIGH: Final = 2


def comparison(
    experiment: Experiment, names: Sequence[str], what: str, histories: Sequence[History]
) -> dict[str, dict[str, Any]]:
    """Build the charts of a comparison in the order of the screen.

    Parameters
    ----------
    experiment : Experiment
        Gives what all have in common: column names and epochs.
    names : sequence of str
        What is each experiment's own.
    what : str
        Stands before each name where it is not clear from the place; may be empty.
    histories : sequence of History
        Of each experiment, as far as trained.

    Returns
    -------
    dict of str to dict
        Plotly figure JSON by name. The loss has, for each experiment, a pale trace of the whole run and then a strong
        one up to the position, and at the end one with a mark for each. The weights have one heatmap for each.
    """
    titles = [escaped(f"{what} {name}".strip()) for name in names]
    built = {
        "loss": _losses(experiment.epochs, titles, histories),
        "weights": _weights(experiment, names, titles, histories),
    }
    return {name: figure.to_plotly_json() for name, figure in built.items()}


def _look(number: int) -> dict[str, Any]:
    """Choose colour and dash of a curve, by its place."""
    colours = palette.MEMBERS
    return {"color": colours[number % len(colours)], "dash": "solid" if number < len(colours) else "dash"}


def _losses(epochs: int, titles: Sequence[str], histories: Sequence[History]) -> go.Figure:
    values = np.concatenate([history.running_loss[1:] for history in histories])
    traces = []
    for number, title in enumerate(titles):
        hover = f"<b>{title}</b><br>epoch %{{x}}<br>running loss %{{y:{exact('float64')}}}<extra></extra>"
        line = {"mode": "lines", "hovertemplate": hover, "line": {"width": 2, **_look(number)}}
        traces += [go.Scatter(opacity=0.25, **line), go.Scatter(**line)]
    marker = {"size": 8, "color": [_look(number)["color"] for number in range(len(titles))]}
    traces.append(go.Scatter(mode="markers", marker=marker, hoverinfo="skip"))
    views = {
        "log": {"yaxis.type": "log", **{f"yaxis.{name}": value for name, value in decades(values).items()}},
        "linear": {"yaxis.type": "linear", "yaxis.range": [0.0, float(values.max(initial=0.0)) * 1.05 or 1.0]},
    }
    return go.Figure(
        traces,
        layout(
            "Loss",
            margin={"b": 68, "r": LAST_TICK},
            xaxis=epochs_axis(
                epochs, "each step’s loss just before its update,<br>summed over the epoch · <b>epochs trained</b>"
            ),
            yaxis=axis(type="log", range=views["log"]["yaxis.range"]),
            meta={"label": "Running loss of each experiment over epochs trained", "views": views},
        ),
    )


def _weights(
    experiment: Experiment, names: Sequence[str], titles: Sequence[str], histories: Sequence[History]
) -> go.Figure:
    largest = [max(np.abs(h.weight).max(), np.abs(h.bias).max()) for h in histories]
    limit = float(max(*largest, 1e-6))
    columns = _COLUMNS[len(names) - 1]
    rows = -(-len(names) // columns)
    width, height = (1 - _GAP * (columns - 1)) / columns, 1 / rows - _TITLE
    inputs, outputs = [*experiment.input_names, "b"], experiment.label_names
    cells = [[*(f"W[{escaped(y)}, {escaped(x)}]" for x in inputs[:-1]), f"b[{escaped(y)}]"] for y in outputs]
    traces, axes = [], {}
    notes: list[dict[str, Any]] = []
    swatches: list[dict[str, Any]] = []
    for number, (name, title) in enumerate(zip(names, titles, strict=True)):
        row, column = divmod(number, columns)
        left, top = column * (width + _GAP), 1 - row / rows - _TITLE
        suffix = str(number + 1) if number else ""
        last = number + columns >= len(names)  # nothing stands below
        axes[f"xaxis{suffix}"] = names_axis(
            inputs, share=width * _WIDE, anchor=f"y{suffix}", domain=[left, left + width], showticklabels=last
        )
        axes[f"yaxis{suffix}"] = names_axis(
            outputs,
            down=True,
            share=height * _HIGH,
            anchor=f"x{suffix}",
            domain=[max(top - height, 0), top],
            showticklabels=column == 0,
        )
        hover = f"<b>{title}</b><br>%{{hovertext}}<br>value %{{z:{exact(experiment.dtype)}}}<extra></extra>"
        matrix = heatmap(limit, cells, hover, digits_for(limit))
        digits = {**matrix.meta["digits"], "share": [width, height]}
        traces.append(matrix.update(xaxis=f"x{suffix}", yaxis=f"y{suffix}", meta={"digits": digits}))
        place = {"xref": "paper", "yref": "paper"}
        notes.append(
            {"text": escaped(_fitting(name, round(40 / columns))), "x": left, "y": top, "xshift": 26, "font": FONT}
            | {"xanchor": "left", "yanchor": "bottom", "showarrow": False, **place}
        )
        line = {"xsizemode": "pixel", "ysizemode": "pixel", "xanchor": left, "yanchor": top, **place}
        swatches.append(
            {"type": "line", "x0": 0, "x1": 22, "y0": 11, "y1": 11, "line": {"width": 3, **_look(number)}} | line
        )
    return go.Figure(
        traces,
        layout(
            "Weights",
            "W and b at this position, all on one scale",
            meta={"label": "Weights W and bias b of each experiment", "span": 2},
            annotations=notes,
            shapes=swatches,
            **axes,
        ),
    )


def _fitting(name: str, room: int) -> str:
    return name if len(name) <= room else name[: room - 1] + "…"
