"""The numbers of the decision plane and of the loss landscape.

What moves goes to the stage as small arrays: without hidden layers z is affine in the inputs, so its values at the four
corners of the plane give it everywhere; with them a grid of points does. What does not move goes into the figures.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from classifier import Experiment, History, Parameter, is_right, logit_plane, loss_surface
from classifier.insight.landscape import spaced
from pages.playground.chosen_chart.choice import MEAN, Decision, Landscape

# Points along each axis of the landscape. With 1 000 samples, all 3 721 take about a tenth of a second.
_POINTS: Final = 61
_MOST_DRAWN: Final = 250
# Along each axis of a plane whose z is not affine. With the maps of five units 1 000 epochs are 2.3 MB.
_CURVE_POINTS: Final = 18
CODES_A_UNIT: Final = 3000.0
"""Steps of z there. In coarse ones the line, which is drawn between them, is wavy while z is nearly flat."""


@dataclass(frozen=True, eq=False)
class Plane:
    """The part of the inputs' space that a decision is shown on.

    Attributes
    ----------
    across, up : pair of float
        Ends of the axes.
    at : ndarray of shape (in_features,)
        The values of the inputs that are on neither axis.
    order : ndarray of int, shape (drawn,)
        The samples that are drawn, in that order: those of label 1 last, on top.
    on_it : ndarray of bool, shape (samples,)
        Whether the other inputs of a sample, in the table's order, have these values as well.
    """

    across: tuple[float, float]
    up: tuple[float, float]
    at: NDArray[np.float64]
    order: NDArray[np.intp]
    on_it: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Surface:
    """The data-set loss over two parameters, all others at their values at the end of the run.

    Attributes
    ----------
    across, up : ndarrays of shape (columns,) and (rows,)
        Values of the parameters.
    loss : ndarray of shape (rows, columns)
        In nats.
    final : pair of float
        Where the run ended.
    """

    across: NDArray[np.float64]
    up: NDArray[np.float64]
    loss: NDArray[np.float64]
    final: tuple[float, float]


def plane(experiment: Experiment, decision: Decision) -> Plane:
    """Lay a plane through the samples, with room around them.

    Parameters
    ----------
    experiment : Experiment
    decision : Decision
        Fitted to the experiment.
    """
    x = experiment.input_array.astype(np.float64)
    at = x.mean(axis=0) if decision.others == MEAN else x[decision.others]
    others = np.ones(experiment.in_features, bool)
    others[[decision.across, decision.up]] = False
    on_it = np.isclose(x[:, others], at[others], rtol=1e-6, atol=1e-12).all(axis=1)
    drawn = np.arange(0, experiment.samples, every_nth(experiment))
    order = drawn[np.argsort(experiment.label_array[drawn, decision.output] > 0.5, kind="stable")]
    up = _ends(x[:, decision.up]) if decision.up != decision.across else (-1.0, 1.0)
    return Plane(_ends(x[:, decision.across]), up, at, order, on_it)


def every_nth(experiment: Experiment) -> int:
    """Give n if a plane shows every n-th sample: more would play too slowly and cover the plane."""
    return -(-experiment.samples // _MOST_DRAWN)


def surface(experiment: Experiment, history: History, landscape: Landscape) -> Surface:
    """Compute the loss around the end of a run, as far as its path reaches and beyond.

    Parameters
    ----------
    experiment : Experiment
    history : History
        Of the whole run.
    landscape : Landscape
        Fitted to the experiment.
    """
    first, second = (entry.parameter(experiment) for entry in (landscape.across, landscape.up))
    paths = _path(history, first), _path(history, second)
    across, up = (spaced(path, _POINTS, margin=0.25) for path in paths)
    final = [matrices[-1] for matrices in history.parameters]
    loss = loss_surface(experiment, final, first, second, across, up)
    return Surface(across, up, loss, (float(paths[0][-1]), float(paths[1][-1])))


def arrays(experiment: Experiment, history: History, settings: Decision | Landscape) -> dict[str, NDArray[Any]]:
    """Arrange what moves in a chosen chart for a stretch of history; first axis = recorded positions."""
    if isinstance(settings, Landscape):
        return {
            "path_across": _path(history, settings.across.parameter(experiment)),
            "path_up": _path(history, settings.up.parameter(experiment)),
        }
    shown, output = plane(experiment, settings), settings.output
    axes = settings.across, settings.up
    across, up = (np.linspace(*ends, points_across(experiment)) for ends in (shown.across, shown.up))
    logits = logit_plane(history.parameters, output, axes, across, up, shown.at, experiment.activation)
    yhat = history.yhat[:, shown.order, output]
    wrong = ~is_right(yhat, experiment.label_array[shown.order, output])
    # The limits of an experiment keep it within float32's range, and six digits are enough for what is drawn.
    drawn = coded(logits) if experiment.hidden else logits.astype(np.float32)
    return {"plane_logits": drawn, "plane_yhat": yhat, "plane_wrong": wrong.astype(np.uint8)}


def points_across(experiment: Experiment) -> int:
    """Count the points along an axis of the plane: z of one layer is affine, so its ends give it everywhere."""
    return _CURVE_POINTS if experiment.hidden else 2


def coded(logits: NDArray[np.floating[Any]]) -> NDArray[np.int16]:
    """Write z in two bytes, for a plane of many points; what lies beyond ±10, where ŷ is 0 or 1, is at the end."""
    end = np.iinfo(np.int16).max
    written: NDArray[np.int16] = np.rint(np.clip(logits * CODES_A_UNIT, -end, end)).astype(np.int16)
    return written


def _path(history: History, parameter: Parameter) -> NDArray[Any]:
    path: NDArray[Any] = history.parameters[parameter.layer][:, parameter.output, parameter.column]
    return path


def _ends(values: NDArray[np.float64]) -> tuple[float, float]:
    """Give the ends of an axis that shows all values; equal values get an axis, too."""
    size = float(np.abs(values).max())
    equal = float(np.ptp(values)) <= max(1e-6 * size, 1e-12)
    low, high = spaced(values, 2, margin=0.2, least=max(size, 1.0) if equal else 0.0)
    return float(low), float(high)
