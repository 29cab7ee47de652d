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
                    "log": {"yaxis.type": "log", "yaxis.range": _decades(values), "yaxis.dtick": 1},
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
            yaxis=_axis(
                type="log", range=_decades(np.concatenate([values[1:] for values in series.values()])), dtick=1
            ),
            legend=legend | {"bgcolor": "rgba(0,0,0,0)"},
            showlegend=True,
            meta={"label": "Mean absolute gradient of each layer over epochs trained"},
        ),
    )


def predictions(experiment: Experiment, rows: slice) -> go.Figure:
    """Draw ŷ beside the labels, one row a sample, and mark what is on the wrong side of 0.5."""
    labels = experiment.label_array[rows]
    numbers = [str(row + 1) for row in range(experiment.samples)[rows]]
    names = experiment.label_names
    cell = [[f"sample {number}, {escaped(name)}" for name in names] for number in numbers]
    across, down = np.meshgrid(np.arange(labels.shape[1]), np.arange(labels.shape[0]))
    hover = "<b>%{hovertext}</b><br>ŷ %{z:.9~g}<br>label %{customdata:.9~g}<extra></extra>"
    yhat = _heatmap(1.0, cell, hover, _fitting(((58, "%{z:.4f}"), (36, "%{z:.2f}"))), customdata=labels)
    digits = _fitting(((36, "%{z:.3~f}"), (18, "%{z:.2~f}")), axes=2)
    right = _heatmap(1.0, cell, "<b>%{hovertext}</b><br>label %{z:.9~g}<extra></extra>", digits, z=labels.tolist())
    wrong = go.Scatter(
        x=across.ravel() + 0.36,
        y=down.ravel() - 0.30,
        mode="markers",
        marker={"symbol": "x", "size": 9, "color": palette.WRONG, "opacity": 0},
        hoverinfo="skip",
    )
    down_axis = _names(numbers, down=True)
    shown = "every sample" if len(numbers) == experiment.samples else f"samples {numbers[0]} to {numbers[-1]}"
    heading = _title("Labels", "× marks a wrong ŷ, threshold 0.5") | {"x": 0.515, "y": 1, "yshift": 9}
    return go.Figure(
        [yhat, wrong, right],
        _layout(
            "Predictions",
            f"ŷ of {shown}",
            margin={"l": 34},
            xaxis=_names(names, domain=[0, 0.485]),
            xaxis2=_names(names, domain=[0.515, 1], anchor="y2"),
            yaxis=down_axis,
            yaxis2=down_axis | {"anchor": "x2", "matches": "y", "showticklabels": False},
            annotations=[
                heading | {"xanchor": "left", "yanchor": "bottom", "xref": "paper", "yref": "paper", "showarrow": False}
            ],
            meta={"label": "Predictions and labels", "span": 2},
        ),
    )


def _parameters(experiment: Experiment, limit: float, hover: str, digits: Digits, layout: dict[str, Any]) -> go.Figure:
    """Draw a heatmap in the shape of W with b as its last column."""
    outputs, inputs = experiment.label_names, experiment.input_names
    cell = [[*(f"W[{escaped(y)}, {escaped(x)}]" for x in inputs), f"b[{escaped(y)}]"] for y in outputs]
    hover = f"<b>%{{hovertext}}</b><br>{hover}<br>change in this epoch %{{customdata[1]:.9~g}}<extra></extra>"
    axes = {"xaxis": _names([*inputs, "b"]), "yaxis": _names(outputs, down=True)}
    return go.Figure([_heatmap(limit, cell, hover, _fitting(digits))], layout | axes)


def _heatmap(
    limit: float, cell: Sequence[Sequence[str]], hover: str, digits: dict[str, Any], **data: ArrayLike
) -> go.Heatmap:
    suffix = "" if digits["axes"] == 1 else str(digits["axes"])
    return go.Heatmap(
        zmin=-limit,
        zmax=limit,
        colorscale=[list(stop) for stop in palette.DIVERGING],
        showscale=False,
        xgap=2,
        ygap=2,
        hovertext=cell,
        hovertemplate=hover,
        textfont={"size": 14},
        xaxis=f"x{suffix}",
        yaxis=f"y{suffix}",
        meta={"digits": digits},
        **data,
    )


def _fitting(templates: Digits, axes: int = 1) -> dict[str, Any]:
    """Say which number of digits needs cells of which width (pixels); lower cells than a line of text get none."""
    return {"axes": axes, "height": 17, "templates": [list(template) for template in templates]}


def _digits(limit: float) -> Digits:
    if limit >= 1000:
        return ((64, "%{z:.4~g}"), (48, "%{z:.2~g}"))
    if limit >= 10:
        return ((64, "%{z:.3f}"), (48, "%{z:.1f}"))
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


def _decades(values: NDArray[Any]) -> list[float]:
    """Choose the range of a logarithmic axis: whole decades around the positive values, at most twelve of them."""
    positive = values[values > 0]
    if not positive.size:
        return [-1.0, 1.0]
    high = np.ceil(np.log10(positive.max()) + 0.02)
    low = np.floor(np.log10(positive.min()))
    return [float(max(low, high - 12)), float(high)]
