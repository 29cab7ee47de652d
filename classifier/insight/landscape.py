"""Loss and logit away from the weights and samples that a run has: for charts of where it stands.

All of it is computed from the logits in float64, whatever the run's dtype: charts are drawn over wide ranges.
Surfaces have the shape that contour charts take: one row for each value on the second axis, one column for each
on the first.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from classifier.experiment.experiment import Experiment
from classifier.graph.layers import FloatArray
from classifier.graph.loss import BinaryCrossEntropyLoss
from classifier.training.loop import with_one

Floats = NDArray[np.float64]


class Parameter(NamedTuple):
    """One entry of [W | b]: the row is an output, the column an input, and the last column is the bias."""

    output: int
    column: int


def loss_surface(
    experiment: Experiment,
    weight: FloatArray,
    bias: FloatArray,
    first: Parameter,
    second: Parameter,
    first_values: ArrayLike,
    second_values: ArrayLike,
) -> Floats:
    """Return the loss of all samples over two parameters, the others staying as they are.

    Parameters
    ----------
    experiment : Experiment
    weight, bias : ndarrays of shape (out_features, in_features) and (out_features,)
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
        If the two are one parameter, or the experiment has no such.

    Examples
    --------
    >>> experiment = Experiment([[1.0]], [[1.0]])
    >>> loss_surface(experiment, np.zeros((1, 1)), np.zeros(1), Parameter(0, 0), Parameter(0, 1), [0, 1], [-1, 0])
    array([[1.31326169, 0.69314718],
           [0.69314718, 0.31326169]])
    """
    first, second = Parameter(*first), Parameter(*second)
    for parameter in (first, second):
        if not (0 <= parameter.output < experiment.out_features and 0 <= parameter.column <= experiment.in_features):
            raise ValueError(f"there is no parameter {tuple(parameter)}")
    if first == second:
        raise ValueError(f"first and second are both {tuple(first)}")
    start = np.column_stack([weight, bias]).astype(np.float64)
    x = with_one(experiment.input_array).astype(np.float64)
    y = experiment.label_array.astype(np.float64)
    base = x @ start.T  # (samples, out)
    across = np.outer(np.asarray(first_values, np.float64) - start[first], x[:, first.column])  # (columns, samples)
    down = np.outer(np.asarray(second_values, np.float64) - start[second], x[:, second.column])  # (rows, samples)
    others = [o for o in range(experiment.out_features) if o not in (first.output, second.output)]
    rest = _summed_loss(base[:, others], y[:, others], axis=(0, 1))
    z_first, y_first = base[:, first.output] + across, y[:, first.output]
    if first.output == second.output:
        # row by row: all at once would take samples times as much memory as the chart
        rows = [_summed_loss(z_first + shift, y_first, axis=1) for shift in down]
        return np.array(rows).reshape(len(down), len(across)) + rest
    # outputs do not touch each other, so the loss is a sum of one curve along each axis
    along = _summed_loss(z_first, y_first, axis=1)
    upward = _summed_loss(base[:, second.output] + down, y[:, second.output], axis=1)
    return upward[:, None] + along + rest


def logit_plane(
    weight: FloatArray,
    bias: FloatArray,
    output: int,
    inputs: tuple[int, int],
    first_values: ArrayLike,
    second_values: ArrayLike,
    at: ArrayLike,
) -> Floats:
    """Return z of one output over two inputs, the others staying where they are.

    z = W_o x + b_o

    Parameters
    ----------
    weight : ndarray of shape (…, out_features, in_features)
    bias : ndarray of shape (…, out_features)
        Also those of many positions at once.
    output : int
    inputs : pair of int
        The inputs that vary. If both are the same one, that of the first axis counts.
    first_values, second_values : ndarrays of shape (columns,) and (rows,)
    at : ndarray of shape (in_features,)
        The other inputs; those two are passed over.

    Returns
    -------
    ndarray of shape (…, rows, columns)

    Notes
    -----
    z is affine, so its values at the four corners of a plane give it everywhere between them; ŷ = σ(z) is not.

    Examples
    --------
    >>> logit_plane(np.array([[1.0, -1.0]]), np.zeros(1), 0, (0, 1), [0, 1], [0, 2], [9, 9])
    array([[ 0.,  1.],
           [-2., -1.]])
    """
    first, second = inputs
    across, down = np.asarray(first_values, np.float64), np.asarray(second_values, np.float64)
    x = np.empty((len(down), len(across), len(np.asarray(at))))
    x[:] = np.asarray(at, np.float64)
    x[:, :, second] = down[:, None]
    x[:, :, first] = across
    row = weight[..., output, :].astype(np.float64)  # (…, in)
    return np.asarray(np.tensordot(row, x, axes=(-1, -1)) + bias[..., output].astype(np.float64)[..., None, None])


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


def _summed_loss(logits: Floats, y: Floats, axis: int | tuple[int, ...]) -> Floats:
    with np.errstate(under="ignore"):
        return np.asarray(BinaryCrossEntropyLoss().forward_from_logits(logits, y).sum(axis=axis))
