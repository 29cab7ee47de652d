"""Loss and logit away from the weights and samples that a run has: for charts of where it stands.

All of it is computed from the logits in float64, whatever the run's dtype: charts are drawn over wide ranges.
Surfaces have the shape that contour charts take: one row for each value on the second axis, one column for each
on the first.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from classifier.experiment.experiment import Experiment, refuse_unknown
from classifier.experiment.hidden import shapes
from classifier.graph.layers import ActivationName, FloatArray
from classifier.graph.loss import BinaryCrossEntropyLoss
from classifier.training.loop import logits_of_all

Floats = NDArray[np.float64]

# The others say how a run came to its parameters, not what the network gives with them.
_UNSEEN = ("learning_rate", "schedule", "epochs", "seed", "route", "dtype", "initial", "input_names", "label_names")
_KNOWN = ("inputs", "labels", "hidden", "activation", "scaling", *_UNSEEN)


class Parameter(NamedTuple):
    """One entry of a layer's [W | b]: the row is a unit, the column an input, and the last column is the bias."""

    output: int
    column: int
    layer: int = 0


def loss_surface(
    experiment: Experiment,
    parameters: Sequence[FloatArray],
    first: Parameter,
    second: Parameter,
    first_values: ArrayLike,
    second_values: ArrayLike,
) -> Floats:
    """Return the loss of all samples over two parameters, the others staying as they are.

    Parameters
    ----------
    experiment : Experiment
    parameters : sequence by layer of ndarrays of shape (out_features, in_features + 1)
        Where the other parameters stand.
    first, second : Parameter
        Those that vary.
    first_values, second_values : ndarrays of shape (columns,) and (rows,)
        The values that they take; `spaced` gives such values.

    Returns
    -------
    ndarray of shape (rows, columns), in nats

    Raises
    ------
    ValueError
        If the two are one parameter, or the experiment has no such, or has a field that this does not know.

    Examples
    --------
    >>> experiment = Experiment([[1.0]], [[1.0]])
    >>> loss_surface(experiment, [np.zeros((1, 2))], Parameter(0, 0), Parameter(0, 1), [0, 1], [-1, 0])
    array([[1.31326169, 0.69314718],
           [0.69314718, 0.31326169]])
    """
    refuse_unknown(experiment, _KNOWN, "the landscape")
    first, second = Parameter(*first), Parameter(*second)
    sizes = shapes(experiment.sizes)
    for parameter in (first, second):
        rows, columns = sizes[parameter.layer] if 0 <= parameter.layer < len(sizes) else (0, 0)
        if not (0 <= parameter.output < rows and 0 <= parameter.column < columns):
            raise ValueError(f"there is no parameter {tuple(parameter)}")
    if first == second:
        raise ValueError(f"first and second are both {tuple(first)}")
    start = [matrix.astype(np.float64) for matrix in parameters]
    y = experiment.label_array.astype(np.float64)
    values = np.asarray(first_values, np.float64), np.asarray(second_values, np.float64)
    last = len(sizes) - 1
    if first.layer < last or second.layer < last:
        return _surface(experiment, start, y, (first, second), values)
    # A parameter of the last layer moves the loss of its own output alone; the others are worked out once.
    rest = [output for output in range(len(y[0])) if output not in (first.output, second.output)]
    constant = _loss(experiment, [*start[:-1], start[-1][rest]], y[:, rest])

    def own(output: int) -> tuple[list[Floats], Floats]:
        return [*start[:-1], start[-1][output : output + 1]], y[:, output : output + 1]

    alone = first._replace(output=0), second._replace(output=0)
    if first.output == second.output:
        return _surface(experiment, *own(first.output), alone, values) + constant
    along, upward = (
        _loss(experiment, _varied(matrices, parameter, its), labels)
        for (matrices, labels), parameter, its in zip(
            map(own, (first.output, second.output)), alone, values, strict=True
        )
    )
    return upward[:, None] + along + constant


def _surface(
    experiment: Experiment,
    start: Sequence[Floats],
    y: Floats,
    places: tuple[Parameter, Parameter],
    values: tuple[Floats, Floats],
) -> Floats:
    """Return the loss over any two parameters: ndarray of shape (rows, columns)."""
    # The one below varies outside, so that what lies below the other is worked out once for all its values.
    below = 0 if places[0].layer <= places[1].layer else 1
    surface = []
    for value in values[below]:
        matrices = [matrix.copy() for matrix in start]
        matrices[places[below].layer][places[below][:2]] = value
        surface.append(_loss(experiment, _varied(matrices, places[1 - below], values[1 - below]), y))
    table = np.array(surface).reshape(len(values[below]), len(values[1 - below]))
    return table.T if below == 0 else table


def _varied(matrices: Sequence[Floats], place: Parameter, values: Floats) -> list[Floats]:
    """Return the matrices with that of one layer once for each value of one of its parameters."""
    varied = list(matrices)
    varied[place.layer] = np.repeat(varied[place.layer][None], len(values), axis=0)
    varied[place.layer][:, place.output, place.column] = values
    return varied


def logit_plane(
    parameters: Sequence[FloatArray],
    output: int,
    inputs: tuple[int, int],
    first_values: ArrayLike,
    second_values: ArrayLike,
    at: ArrayLike,
    activation: ActivationName = "sigmoid",
) -> Floats:
    """Return z of one output over two inputs, the others staying where they are.

    Parameters
    ----------
    parameters : sequence by layer of ndarrays of shape (…, out_features, in_features + 1)
        Also those of many positions at once.
    output : int
    inputs : pair of int
        The inputs that vary. If both are the same one, that of the first axis counts.
    first_values, second_values : ndarrays of shape (columns,) and (rows,)
    at : ndarray of shape (in_features,)
        The other inputs; those two are passed over.
    activation : {"sigmoid", "tanh", "relu"}
        Of the hidden layers.

    Returns
    -------
    ndarray of shape (…, rows, columns)

    Notes
    -----
    Without hidden layers z is affine, so its values at the four corners of a plane give it everywhere between them;
    ŷ = σ(z) is not.

    Examples
    --------
    >>> logit_plane([np.array([[1.0, -1.0, 0.0]])], 0, (0, 1), [0, 1], [0, 2], [9, 9])
    array([[ 0.,  1.],
           [-2., -1.]])
    """
    first, second = inputs
    across, down = np.asarray(first_values, np.float64), np.asarray(second_values, np.float64)
    x = np.empty((len(down), len(across), len(np.asarray(at))))
    x[:] = np.asarray(at, np.float64)
    x[:, :, second] = down[:, None]
    x[:, :, first] = across
    matrices = [*parameters[:-1], parameters[-1][..., output : output + 1, :]]
    z: Floats = np.asarray(logits_of_all(matrices, x.reshape(-1, x.shape[-1]), activation)[..., 0], np.float64)
    return z.reshape(*z.shape[:-1], *x.shape[:2])


def spaced(values: ArrayLike, points: int, margin: float = 0.15, least: float = 1.0) -> Floats:
    """Return evenly spaced values that cover the given ones: for an axis of a chart.

    Parameters
    ----------
    values : array
        What must be inside: for example all that a weight was during a run.
    points : int
        How many.
    margin : float
        Room on either side, as a share of the range.
    least : float
        Smallest range, for values that hardly differ.

    Examples
    --------
    >>> spaced([1.0, 3.0], 3, margin=0.5)
    array([0., 2., 4.])
    """
    low, high = float(np.min(values)), float(np.max(values))
    half = max((high - low) * (1 + 2 * margin), least) / 2
    middle = low / 2 + high / 2
    return np.linspace(middle - half, middle + half, points)


def _loss(experiment: Experiment, parameters: Sequence[FloatArray], y: Floats) -> Floats:
    """Return the loss of all samples: ndarray of shape (…,)."""
    with np.errstate(under="ignore"):
        z = logits_of_all(parameters, experiment.input_array.astype(np.float64), experiment.activation)
        return np.asarray(BinaryCrossEntropyLoss().forward_from_logits(z, y).sum(axis=(-2, -1)))
