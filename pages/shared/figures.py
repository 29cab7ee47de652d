"""Arrays in, Plotly figures out: every chart of the app is built here, complete with titles, ranges and colours.

The figures of the stage hold no numbers that move: those come as frames and are put in by its bindings (frames.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final, TypeAlias

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from classifier import Experiment, History
from pages.shared import palette

__all__ = ["escaped", "playground"]

FONT: Final = {"family": "Source Sans, Source Sans Pro, Noto Sans, sans-serif", "size": 14, "color": palette.INK}
# Width of a cell in pixels → number format, widest first.
Digits: TypeAlias = Sequence[tuple[int, str]]
_SEPARATED: Final = 20  # rows or columns
_SHOWN_NAME: Final = 9  # characters of a name that fit beside a chart; hovering shows it whole


def escaped(text: str) -> str:
    """Write what a user typed as text: Plotly reads a part of HTML in everything it draws."""
    return escape(text, quote=False)


def playground(experiment: Experiment, history: History, rows: slice) -> dict[str, dict[str, Any]]:
    """Build the playground's charts in the order of the screen.

    Parameters
    ----------
    experiment : Experiment
        Names, labels and length of the run.
    history : History
        As far as trained: its extremes set the ranges, which stay fixed while the run plays.
    rows : slice
        The samples whose predictions are shown.

    Returns
    -------
    dict of str to dict
        Plotly figure JSON by name.
    """
    built = {
        "loss": loss(experiment.epochs, history),
        "weights": weights(experiment, history),
        "gradients": gradients(experiment, history),
        "layer_gradients": layer_gradients(experiment.epochs, history),
        "predictions": predictions(experiment, rows),
        "labels": labels(experiment, rows),
    }
    return {name: figure.to_plotly_json() for name, figure in built.items()}


def loss(epochs: int, history: History) -> go.Figure:
    """Draw the running loss: the whole run as a pale line, what has been played over it, and where it stands."""
    values = history.running_loss[1:]
    line = {"mode": "lines", "hovertemplate": "epoch %{x}<br>running loss %{y:.9~g}<extra></extra>"}
    return go.Figure(
        [
            go.Scatter(line={"color": palette.PALE, "width": 2}, **line),
            go.Scatter(line={"color": palette.INK, "width": 2}, **line),
            go.Scatter(mode="markers", marker={"color": palette.ACCENT, "size": 9}, hoverinfo="skip"),
        ],
        _layout(
            "Loss",
            margin={"b": 68},
            xaxis=_epochs(
                epochs, "each step’s loss just before its update,<br>summed over the epoch · <b>epochs trained</b>"
            ),
            yaxis=_axis(range=[0.0, _top(values)]),
            meta={
                "label": "Running loss over epochs trained",
                "views": {
                    "linear": {"yaxis.type": "linear", "yaxis.range": [0.0, _top(values)]},
                    "log": {"yaxis.type": "log", **_flat(_decades(values))},
                },
            },
        ),
    )


def weights(experiment: Experiment, history: History) -> go.Figure:
    """Draw W with b as its last column, on one scale for the whole run."""
    limit = float(max(np.abs(history.weight).max(), np.abs(history.bias).max(), 1e-6))
    hover = "value %{z:.9~g}<br>gradient %{customdata[0]:.9~g}"
    layout = _layout("Weights", "W and b at this position", meta={"label": "Weights W and bias b"})
    return _parameters(experiment, limit, hover, _digits(limit), layout)


def gradients(experiment: Experiment, history: History) -> go.Figure:
    """Draw ∂L/∂W with ∂L/∂b as its last column, in the layout of the weights, on the scale of the epoch shown."""
    label = "Gradient of the loss with respect to W and b, summed over the epoch"
    layout = _layout("Gradient", "∂L/∂W and ∂L/∂b, scaled per epoch", meta={"label": label})
    digits = _digits(float(np.abs(history.loss_wrt_weight[-1]).max(initial=0.0)))
    return _parameters(experiment, 1.0, "gradient %{z:.9~g}", digits, layout)


def layer_gradients(epochs: int, history: History) -> go.Figure:
    """Draw the mean absolute value of what each layer passes back, on a logarithmic axis."""
    series = {
        "∂L/∂ŷ": history.mean_abs_loss_wrt_sigmoid,
        "∂L/∂z": history.mean_abs_loss_wrt_linear1,
        "∂L/∂W": history.mean_abs_loss_wrt_weight,
        "∂L/∂b": history.mean_abs_loss_wrt_bias,
    }
    legend = {"orientation": "h", "x": 1, "xanchor": "right", "y": 1, "yanchor": "top", "font": FONT, "entrywidth": 46}
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
        _layout(
            "Gradient by layer",
            "mean size passed back",
            margin={"b": 44},
            xaxis=_epochs(epochs, "epochs trained"),
            yaxis=_axis(type="log", **_decades(np.concatenate([values[1:] for values in series.values()]))),
            legend=legend | {"bgcolor": "rgba(0,0,0,0)"},
            showlegend=True,
            meta={"label": "Mean absolute gradient of each layer over epochs trained"},
        ),
    )


def predictions(experiment: Experiment, rows: slice) -> go.Figure:
    """Draw ŷ, one row a sample, and mark what is on the wrong side of 0.5."""
    hover = "<b>%{hovertext}</b><br>ŷ %{z:.9~g}<br>label %{customdata:.9~g}<extra></extra>"
    labels = experiment.label_array[rows]
    yhat = _heatmap(1.0, _entries(experiment, rows), hover, ((58, "%{z:.4f}"), (42, "%{z:.2f}")), customdata=labels)
    across, down = np.meshgrid(np.arange(labels.shape[1]), np.arange(labels.shape[0]))
    wrong = go.Scatter(
        x=across.ravel() + 0.42,
        y=down.ravel() - 0.34,
        mode="markers",
        marker={"symbol": "x", "size": 8, "color": palette.WRONG, "opacity": 0},
        hoverinfo="skip",
    )
    meta: dict[str, Any] = {"label": "Predictions ŷ"}
    if len(labels) < experiment.samples:
        meta["rows"] = {
            "first": rows.start,
            "count": len(labels),
            "step": rows.stop - rows.start,
            "total": experiment.samples,
        }
    about = "" if "rows" in meta else "ŷ of every sample"
    layout = _layout("Predictions", about, meta=meta, **_sample_axes(experiment, rows))
    return go.Figure([yhat, wrong], layout)


def labels(experiment: Experiment, rows: slice) -> go.Figure:
    """Draw the labels in the layout of the predictions."""
    hover = "<b>%{hovertext}</b><br>label %{z:.9~g}<extra></extra>"
    values = experiment.label_array[rows].tolist()
    heatmap = _heatmap(1.0, _entries(experiment, rows), hover, ((42, "%{z:.3~f}"), (18, "%{z:.2~f}")), z=values)
    about = "× marks a wrong ŷ, threshold 0.5"
    return go.Figure([heatmap], _layout("Labels", about, meta={"label": "Labels y"}, **_sample_axes(experiment, rows)))


def _entries(experiment: Experiment, rows: slice) -> list[list[str]]:
    numbers = range(1, experiment.samples + 1)[rows]
    return [[f"sample {number}, {escaped(name)}" for name in experiment.label_names] for number in numbers]


def _sample_axes(experiment: Experiment, rows: slice) -> dict[str, Any]:
    numbers = [str(number) for number in range(1, experiment.samples + 1)[rows]]
    return {"xaxis": _names(experiment.label_names), "yaxis": _names(numbers, down=True)}


def _parameters(experiment: Experiment, limit: float, hover: str, digits: Digits, layout: dict[str, Any]) -> go.Figure:
    """Draw a heatmap in the shape of W with b as its last column."""
    outputs, inputs = experiment.label_names, experiment.input_names
    cell = [[*(f"W[{escaped(y)}, {escaped(x)}]" for x in inputs), f"b[{escaped(y)}]"] for y in outputs]
    hover = f"<b>%{{hovertext}}</b><br>{hover}<br>change in this epoch %{{customdata[1]:.9~g}}<extra></extra>"
    axes = {"xaxis": _names([*inputs, "b"]), "yaxis": _names(outputs, down=True)}
    return go.Figure([_heatmap(limit, cell, hover, digits)], layout | axes)


def _heatmap(limit: float, cell: Sequence[Sequence[str]], hover: str, digits: Digits, **data: ArrayLike) -> go.Heatmap:
    return go.Heatmap(
        zmin=-limit,
        zmax=limit,
        colorscale=[list(stop) for stop in palette.DIVERGING],
        showscale=False,
        # Lines between cells that are wide enough to spare them.
        xgap=2 if len(cell[0]) <= _SEPARATED else 0,
        ygap=2 if len(cell) <= _SEPARATED else 0,
        hovertext=cell,
        hovertemplate=hover,
        textfont={"size": 14},
        # The stage writes digits into cells that are wide enough for them, and high enough for a line of text.
        meta={"digits": {"height": 17, "templates": [list(template) for template in digits]}},
        **data,
    )


def _digits(limit: float) -> Digits:
    if limit >= 1000:
        return ((64, "%{z:.4~g}"), (48, "%{z:.2~g}"))
    if limit >= 10:
        return ((66, "%{z:.3f}"), (56, "%{z:.2f}"), (46, "%{z:.1f}"))
    return ((58, "%{z:.4f}"), (42, "%{z:.2f}"))


def _layout(title: str, about: str = "", margin: Mapping[str, int] | None = None, **rest: Any) -> dict[str, Any]:  # noqa: ANN401 - passed on to Plotly
    return {
        "template": "none",
        "title": _title(title, about)
        | {"x": 0, "xanchor": "left", "y": 1, "yanchor": "top", "yref": "container", "pad": {"t": 4, "l": 2}},
        "font": FONT,
        "margin": {"l": 46, "r": 6, "t": 30, "b": 26, "pad": 0} | dict(margin or {}),
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "hoverlabel": {"font": {"family": FONT["family"], "size": FONT["size"]}, "align": "left"},
        "hovermode": "closest",
        # Zoom and hidden series are the viewer's: they stay when the numbers change.
        "uirevision": "viewer",
        "autosize": True,
    } | rest


def _title(title: str, about: str) -> dict[str, Any]:
    quiet = f'<span style="font-size:14px;color:{palette.QUIET}">{about}</span>'
    return {"text": f"<b>{title}</b>  {quiet}", "font": FONT | {"size": 16}}


def _axis(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - passed on to Plotly
    return {
        "gridcolor": palette.GRID,
        "linecolor": palette.QUIET,
        "zeroline": False,
        "showline": True,
        "ticks": "",
        "automargin": False,
        "autorange": False,
        "fixedrange": False,
    } | changes


def _epochs(epochs: int, title: str) -> dict[str, Any]:
    return _axis(
        range=[0, max(epochs, 1)], title={"text": title, "standoff": 4, "font": FONT}, tickformat=",d", nticks=5
    )


def _names(names: Sequence[str], *, down: bool = False, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
    """Make an axis of named rows or columns; of many names only every second, third, … is written."""
    every = -(-len(names) // (12 if down else 9))
    shown = [name if len(name) <= _SHOWN_NAME else name[: _SHOWN_NAME - 1] + "…" for name in names]
    span = [len(names) - 0.5, -0.5] if down else [-0.5, len(names) - 0.5]
    ticks = {"tickvals": list(range(0, len(names), every)), "ticktext": [escaped(name) for name in shown[::every]]}
    return _axis(range=span, showgrid=False, showline=False, tickangle=0) | ticks | changes


def _top(values: NDArray[Any]) -> float:
    return float(values.max(initial=0.0)) * 1.05 or 1.0


def _decades(values: NDArray[Any]) -> dict[str, Any]:
    """Choose a logarithmic axis: whole decades around the positive values, at most fifteen of them."""
    positive = values[values > 0]
    if not positive.size:
        return {"range": [-1.0, 1.0], "dtick": 1}
    high = float(np.ceil(np.log10(positive.max()) + 0.02))
    low = max(float(np.floor(np.log10(positive.min()))), high - 15)
    return {"range": [low, high], "dtick": int(np.ceil((high - low) / 5)), "exponentformat": "power"}


def _flat(axis: dict[str, Any]) -> dict[str, Any]:
    return {f"yaxis.{name}": value for name, value in axis.items()}
