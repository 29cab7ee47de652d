"""Charts for those who are to predict what comes: nothing that was not played yet sets a range. Pure."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from classifier import BinaryCrossEntropyLoss, Experiment, History
from pages.shared.charts.chart import PlotlyJSON, trace

_TINY: Final = 1e-9  # an axis of powers of ten has no 0

# What a range of the whole run brings along; the browser fits the axis to what was played.
_FITTED: Final = ("range", "tickvals", "ticktext", "dtick", "exponentformat")
_TICKS: Final = {"linear": {}, "log": {"tickmode": "auto", "nticks": 3, "exponentformat": "e"}}


def starts(experiment: Experiment, history: History) -> dict[str, float]:
    """Give for each chart over the epochs a number that is known before any: the loss, or ∂L/∂z of the last layer.

    The loss is that of all samples at the initial weights; of ∂L/∂z, the mean of |ŷ − y| there.
    """
    y, yhat = experiment.label_array, history.yhat[0].astype(np.float64)
    loss, slope = BinaryCrossEntropyLoss().forward(yhat, y).sum(), np.abs(yhat - y).mean()
    return {"loss": max(float(loss), _TINY), "layer_gradients": max(float(slope), _TINY)}


def as_played(figure: PlotlyJSON, start: float) -> PlotlyJSON:
    """Have the upward axis of a chart over epochs grow with what is played, in each of its views.

    Parameters
    ----------
    figure : dict
        Plotly figure JSON.
    start : float
        Positive; what the axis shows from the beginning.

    Returns
    -------
    dict
        Another figure; shares with the given one what is the same.
    """
    layout = figure["layout"]
    meta = layout["meta"] | {
        "views": {
            name: {f"yaxis.{key}": value for key, value in _growing(_axis(view)).items()}
            for name, view in layout["meta"].get("views", {}).items()
        }
    }
    # Invisible: before anything was played an axis has nothing to be fitted to. Over two decades the ticks are powers
    # of ten; over less Plotly writes small digits between them.
    room = trace("scatter", x=[0, 0], y=[start / 100, start], mode="lines", line={"width": 0}, hoverinfo="skip")
    room["showlegend"] = False
    return {"data": [*figure["data"], room], "layout": layout | {"yaxis": _growing(layout["yaxis"]), "meta": meta}}


def _axis(view: Mapping[str, Any]) -> PlotlyJSON:
    return {path.removeprefix("yaxis."): value for path, value in view.items()}


def _growing(axis: Mapping[str, Any]) -> PlotlyJSON:
    kept = {key: value for key, value in axis.items() if key not in _FITTED}
    return kept | {"autorange": True, "rangemode": "tozero"} | _TICKS[axis["type"]]
