"""The charts of a training run: arrays in, Plotly figures out, complete with titles, ranges and colours.

They hold no numbers that move: those come as frames and are put in by the bindings of frames.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from classifier import Experiment, History
from pages.playground.pictures.choice import box
from pages.shared.charts import palette
from pages.shared.charts.base import (
    FONT,
    LAST_TICK,
    Digits,
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
from pages.shared.text.typed_numbers import format_number

__all__ = ["Pinned", "playground"]

_EMPTY = "no epoch trained yet"
_PINNED_ROOM: Final = 22  # letters beside the title of the loss; hovering shows all
_LABEL_SHARE = 0.25  # of the width of the loss chart, for the label of a change of the learning rate
# Marks of wrong predictions. More outputs, or rows, than these have cells for a smaller mark only, even on a projector
# with a lesson over the charts; more outputs than the last have none with digits.
_BROAD: Final = 4
_HIGH: Final = 8
_CORNERS: Final = 10
_HALF: Final = 0.566  # of a mark, from its middle to its side, as a part of its size
_WIDTHS: Final = ((4, 37), (3, 30), (2, 23))  # pixels of a ŷ, by the number of its decimals
# The legend of the gradients by layer stands above the plot: inside, it would lie on the curves.
_LEGEND: Final = 42


@dataclass(frozen=True, eq=False)
class Pinned:
    """Another run's loss, kept in sight.

    Attributes
    ----------
    name : str
    history : History
        As far as trained.
    """

    name: str
    history: History


def playground(
    experiment: Experiment,
    history: History,
    rows: slice,
    pinned: Pinned | None = None,
    instead: go.Figure | None = None,
) -> dict[str, dict[str, Any]]:
    """Build the playground's charts in the order of the screen.

    Parameters
    ----------
    experiment : Experiment
        Names, labels and length of the run.
    history : History
        As far as trained: its extremes set the ranges, which stay fixed while the run plays.
    rows : slice
        The samples whose predictions are shown.
    pinned : Pinned, optional
        Drawn behind the loss.
    instead : Figure, optional
        What stands in the place of the gradients by layer: one of those that are chosen there.

    Returns
    -------
    dict of str to dict
        Plotly figure JSON by name.
    """
    built = {
        "loss": loss(experiment, history, pinned),
        "weights": weights(experiment, history),
        "gradients": gradients(experiment, history),
        **_chosen(instead or layer_gradients(experiment.epochs, history)),
        "predictions": predictions(experiment, rows),
        "labels": labels(experiment, rows),
    }
    return {name: figure.to_plotly_json() for name, figure in built.items()}


def _chosen(figure: go.Figure) -> dict[str, go.Figure]:
    """Name a chart of the place in which there is a choice."""
    chart = figure.layout.meta["choice"]["chosen"]
    return {"layer_gradients" if chart == "layers" else chart: figure}


def loss(experiment: Experiment, history: History, pinned: Pinned | None = None) -> go.Figure:
    """Draw the running loss: the whole run as a pale line, what has been played over it, and where it stands.

    Each change of the learning rate is a thin line with the new rate.
    """
    epochs = experiment.epochs
    values = history.running_loss[1:]
    about, behind = "", []
    if pinned is not None:
        about, behind = _beside(f"pinned: {pinned.name}"), [_pinned(pinned)]
        # The part of it that this run's axis of epochs has.
        past = pinned.history[1 : int(np.searchsorted(pinned.history.position, max(epochs, 1), side="right"))]
        values = np.concatenate([values, past.running_loss])
    line = {"mode": "lines", "hovertemplate": f"epoch %{{x}}<br>running loss %{{y:{exact('float64')}}}<extra></extra>"}
    return go.Figure(
        [
            go.Scatter(line={"color": palette.PALE, "width": 2}, **line),
            go.Scatter(line={"color": palette.INK, "width": 2}, **line),
            go.Scatter(mode="markers", marker={"color": palette.ACCENT, "size": 9}, hoverinfo="skip"),
            *behind,  # bindings count the traces from the front
        ],
        layout(
            "Loss",
            about,
            margin={"b": 68, "r": LAST_TICK},
            xaxis=epochs_axis(
                epochs, "each step’s loss just before its update,<br>summed over the epoch · <b>epochs trained</b>"
            ),
            yaxis=axis(range=[0.0, _top(values)]),
            **_rate_changes(experiment),
            meta={
                "label": "Running loss over epochs trained",
                "views": {
                    "linear": {"yaxis.type": "linear", "yaxis.range": [0.0, _top(values)]},
                    "log": {"yaxis.type": "log", **_flat(decades(values))},
                },
            },
        ),
    )


def _pinned(pinned: Pinned) -> go.Scatter:
    name, past = f"<b>pinned: {escaped(pinned.name)}</b>", pinned.history[1:]
    return go.Scatter(
        x=past.position,
        y=past.running_loss,
        # One epoch makes no line.
        mode="lines" if len(past) > 1 else "markers",
        line={"color": palette.PINNED, "width": 2, "dash": "dash"},
        marker={"color": palette.PINNED, "size": 9},
        hovertemplate=f"{name}<br>epoch %{{x}}<br>running loss %{{y:{exact('float64')}}}<extra></extra>",
        zorder=-1,
    )


def _beside(text: str) -> str:
    """Shorten a list of parts to those that fit: half a number would be another one."""
    parts = text.split(", ")
    fitting = (count for count in range(len(parts), 1, -1) if len(", ".join(parts[:count])) <= _PINNED_ROOM)
    shown = parts[: next(fitting, 1)]
    rest = ["…"] if len(shown) < len(parts) else []
    return escaped(", ".join(shown + rest))


def weights(experiment: Experiment, history: History) -> go.Figure:
    """Draw W with b as its last column, on one scale for the whole run."""
    limit = float(max(np.abs(history.weight).max(), np.abs(history.bias).max(), 1e-6))
    digits = exact(experiment.dtype)
    hover = f"value %{{z:{digits}}}<br>gradient %{{customdata[0]:{digits}}}"
    frame = layout("Weights", "W and b at this position", meta={"label": "Weights W and bias b"})
    return _parameters(experiment, limit, hover, digits_for(limit), frame)


def gradients(experiment: Experiment, history: History) -> go.Figure:
    """Draw ∂L/∂W with ∂L/∂b as its last column, in the layout of the weights, on the scale of the epoch shown."""
    label = "Gradient of the loss with respect to W and b, summed over the epoch"
    frame = layout("Gradient", "∂L/∂W and ∂L/∂b, scaled per epoch", meta={"label": label, "empty": _EMPTY})
    digits = digits_for(float(np.abs(history.loss_wrt_weight[-1]).max(initial=0.0)))
    return _parameters(experiment, 1.0, f"gradient %{{z:{exact(experiment.dtype)}}}", digits, frame)


def layer_gradients(epochs: int, history: History) -> go.Figure:
    """Draw the mean absolute value of what each layer passes back, on a logarithmic axis."""
    series = {
        "∂L/∂ŷ": history.mean_abs_loss_wrt_sigmoid,
        "∂L/∂z": history.mean_abs_loss_wrt_linear1,
        "∂L/∂W": history.mean_abs_loss_wrt_weight,
        "∂L/∂b": history.mean_abs_loss_wrt_bias,
    }
    legend = {"orientation": "h", "x": 1, "xanchor": "right", "y": 1, "yanchor": "bottom", "entrywidth": 60}
    return go.Figure(
        [
            go.Scatter(
                name=name,
                mode="lines",
                line={"color": colour, "dash": dash, "width": 2},
                hovertemplate=f"epoch %{{x}}<br>mean |{name}| %{{y:.6~g}}<extra></extra>",
            )
            for name, (colour, dash) in zip(series, palette.LAYERS, strict=True)
        ],
        layout(
            "Gradient by layer",
            margin={"t": 30 + _LEGEND, "b": 44, "r": LAST_TICK},
            xaxis=epochs_axis(epochs, "mean size passed back · <b>epochs trained</b>"),
            yaxis=axis(type="log", **decades(np.concatenate([values[1:] for values in series.values()]), 3)),
            legend=legend | {"font": FONT, "bgcolor": "rgba(0,0,0,0)"},
            showlegend=True,
            meta={
                "label": "Mean absolute gradient of each layer over epochs trained",
                "empty": _EMPTY,
                **box("layers"),
            },
        ),
    )


def predictions(experiment: Experiment, rows: slice) -> go.Figure:
    """Draw ŷ, one row a sample, and mark what is on the wrong side of 0.5."""
    hover = f"<b>%{{hovertext}}</b><br>ŷ %{{z:{exact(experiment.dtype)}}}<br>label %{{customdata:.9~g}}<extra></extra>"
    labels = experiment.label_array[rows]
    wrong, digits = _wrong(*labels.shape)
    yhat = heatmap(1.0, _entries(experiment, rows), hover, digits, customdata=labels)
    meta: dict[str, Any] = {"label": "Predictions ŷ"}
    if len(labels) < experiment.samples:
        meta["rows"] = {
            "first": rows.start,
            "count": len(labels),
            "step": rows.stop - rows.start,
            "total": experiment.samples,
        }
    about = "" if "rows" in meta else "ŷ; × is wrong, threshold 0.5"
    frame = layout("Predictions", about, meta=meta, **_sample_axes(experiment, rows))
    return go.Figure([yhat, wrong], frame)


def _wrong(rows: int, outputs: int) -> tuple[go.Scatter, Digits]:
    """Make a mark for each prediction, and choose digits that leave it room in its cell.

    The rim lets a mark stand out from a dark cell, as in figures/check.py.
    """
    across, down = (cells.ravel() for cells in np.meshgrid(np.arange(outputs), np.arange(rows)))
    size = 8 if outputs > _BROAD else 9 if rows > _HIGH else 10
    look = {"size": size, "color": palette.WRONG, "opacity": 0, "line": {"color": palette.PAPER, "width": 1}}
    points = {"mode": "markers", "hoverinfo": "skip"}
    if outputs > _CORNERS:
        return go.Scatter(x=across, y=down, marker={"symbol": "x"} | look, **points), ()
    # So many pixels from the upper right corner, whatever the size of the cell. Plotly moves a mark in the direction to
    # which it is turned: a cross turned by 45° is an x.
    half = _HALF * size + 0.5
    place = {"symbol": "cross", "angle": 45, "standoff": round((half + 1) * 2**0.5, 2)}
    digits = [(width + round(2 * (2 * half + 1)), f"%{{z:.{places}f}}") for places, width in _WIDTHS]
    return go.Scatter(x=across + 0.5, y=down - 0.5, marker=place | look, **points), digits


def labels(experiment: Experiment, rows: slice) -> go.Figure:
    """Draw the labels in the layout of the predictions."""
    hover = "<b>%{hovertext}</b><br>label %{z:.9~g}<extra></extra>"
    values = experiment.label_array[rows].tolist()
    shown = heatmap(1.0, _entries(experiment, rows), hover, ((42, "%{z:.3~f}"), (18, "%{z:.2~f}")), z=values)
    # Beside the title of the predictions stands what × means, unless the buttons that turn their rows need the room.
    about = "y of every sample" if len(values) == experiment.samples else "× marks a wrong ŷ, threshold 0.5"
    return go.Figure([shown], layout("Labels", about, meta={"label": "Labels y"}, **_sample_axes(experiment, rows)))


def _entries(experiment: Experiment, rows: slice) -> list[list[str]]:
    numbers = range(1, experiment.samples + 1)[rows]
    return [[f"sample {number}, {escaped(name)}" for name in experiment.label_names] for number in numbers]


def _sample_axes(experiment: Experiment, rows: slice) -> dict[str, Any]:
    numbers = [str(number) for number in range(1, experiment.samples + 1)[rows]]
    return {"xaxis": names_axis(experiment.label_names), "yaxis": names_axis(numbers, down=True)}


def _parameters(experiment: Experiment, limit: float, hover: str, digits: Digits, frame: dict[str, Any]) -> go.Figure:
    """Draw a heatmap in the shape of W with b as its last column."""
    outputs, inputs = experiment.label_names, experiment.input_names
    cell = [[*(f"W[{escaped(y)}, {escaped(x)}]" for x in inputs), f"b[{escaped(y)}]"] for y in outputs]
    change = f"change in this epoch %{{customdata[1]:{exact(experiment.dtype)}}}"
    hover = f"<b>%{{hovertext}}</b><br>{hover}<br>{change}<extra></extra>"
    axes = {"xaxis": names_axis([*inputs, "b"]), "yaxis": names_axis(outputs, down=True)}
    if any("<br>" in name for name in axes["xaxis"]["ticktext"]):
        frame = frame | {"margin": frame["margin"] | {"b": 44}}
    return go.Figure([heatmap(limit, cell, hover, digits)], frame | axes)


def _rate_changes(experiment: Experiment) -> dict[str, Any]:
    """Mark where the learning rate changes; a mark close to the one before has no room for its label."""
    shapes, labels, free = [], [], 0.0
    for position, rate in experiment.schedule:
        if position >= experiment.epochs:
            break
        place = {"xref": "x", "yref": "paper"}  # the whole height, on a linear axis and on a logarithmic one
        line = {"color": palette.QUIET, "width": 1, "dash": "dot"}
        shapes.append({"type": "line", "x0": position, "x1": position, "y0": 0, "y1": 1, "line": line, **place})
        late = position / experiment.epochs > 1 - _LABEL_SHARE
        left = position / experiment.epochs - _LABEL_SHARE * late
        if left < free:
            continue
        free = left + _LABEL_SHARE
        label = {"text": f"lr {format_number(rate)}", "font": FONT, "showarrow": False}
        side = {"xanchor": "right" if late else "left", "yanchor": "top"}
        labels.append({"x": position, "y": 1, **label, **side, **place})
    return {"shapes": shapes, "annotations": labels}


def _top(values: NDArray[Any]) -> float:
    return float(values.max(initial=0.0)) * 1.05 or 1.0


def _flat(axis: dict[str, Any]) -> dict[str, Any]:
    return {f"yaxis.{name}": value for name, value in axis.items()}
