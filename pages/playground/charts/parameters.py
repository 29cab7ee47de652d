"""The charts in the shape of W with b as its last column: the parameters, and their gradient."""

from typing import Any

import numpy as np

from classifier import Experiment
from pages.playground.charts.run_shown import RunShown
from pages.shared.charts.axes import names_axis, room_below, room_beside
from pages.shared.charts.base import escaped, layout
from pages.shared.charts.chart import Chart, PlotlyJSON, figure
from pages.shared.charts.heatmaps import Digits, digits_for, exact, heatmap, largest_parameter
from pages.shared.text.names import column_names, parameter_names


def weights(run: RunShown) -> Chart:
    """Show W with b as its last column, on one scale for the whole run."""
    return Chart(
        "weights",
        lambda: _draw_weights(run),
        [{"trace": 0, "attribute": "z", "array": "weights"}, _on_hover(run.experiment)],
    )


def gradients(run: RunShown) -> Chart:
    """Show ∂L/∂W with ∂L/∂b as its last column, in the layout of the weights, on the scale of the epoch shown."""
    largest = {"trace": 0, "array": "largest_gradient", "first": 1}
    return Chart(
        "gradients",
        lambda: _draw_gradients(run),
        [
            {"trace": 0, "attribute": "z", "array": "gradients", "first": 1},
            {"attribute": "zmax", **largest},
            {"attribute": "zmin", **largest, "scale": -1.0},
            _on_hover(run.experiment),
        ],
    )


def _on_hover(experiment: Experiment) -> dict[str, Any]:
    """Bind gradient and change. If the learning rate never changes, the change is the gradient times a constant."""
    change, scale = ("changes", 1.0) if experiment.schedule else ("gradients", -experiment.learning_rate)
    arrays = {"array": ("gradients", change), "scale": (1.0, scale)}
    return {"trace": 0, "attribute": "customdata", "first": 1, **arrays}


def _draw_weights(run: RunShown) -> PlotlyJSON:
    limit = largest_parameter(run.history)
    digits = exact(run.experiment.dtype)
    hover = f"value %{{z:{digits}}}<br>gradient %{{customdata[0]:{digits}}}"
    frame = layout("Weights", "W and b at this position", meta={"label": "Weights W and bias b"})
    return _matrix(run.experiment, limit, hover, digits_for(limit), frame)


def _draw_gradients(run: RunShown) -> PlotlyJSON:
    # The word joiners keep a line from ending behind a slash.
    label = "Gradient of the loss with respect to W and b, summed over the epoch"
    frame = layout(
        "Gradient",
        "∂L/∂W and ∂L/∂b, scaled per epoch",
        meta={"label": label, "empty": run.empty("∂L/\u2060∂W and ∂L/\u2060∂b of each epoch")},
    )
    digits = digits_for(float(np.abs(run.history.gradients[0][-1, :, :-1]).max(initial=0.0)))
    return _matrix(run.experiment, 1.0, f"gradient %{{z:{exact(run.experiment.dtype)}}}", digits, frame)


def _matrix(experiment: Experiment, limit: float, hover: str, digits: Digits, frame: dict[str, Any]) -> PlotlyJSON:
    change = f"change in this epoch %{{customdata[1]:{exact(experiment.dtype)}}}"
    hover = f"<b>%{{hovertext}}</b><br>{hover}<br>{change}<extra></extra>"
    axes = {"xaxis": names_axis(column_names(experiment)), "yaxis": names_axis(experiment.label_names, down=True)}
    room = {"l": room_beside(experiment.label_names), "b": room_below(axes["xaxis"])}
    frame = frame | axes | {"margin": frame["margin"] | room}
    return figure([heatmap(limit, parameter_names(experiment, escaped), hover, digits)], frame)
