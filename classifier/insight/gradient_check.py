"""Hand-written derivatives against measured ones."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from classifier.graph.layers import FloatArray
from classifier.graph.loss import BinaryCrossEntropyLoss
from classifier.graph.network import BackwardPass, LinearClassifier

Backward: TypeAlias = Callable[[LinearClassifier, FloatArray, FloatArray], BackwardPass]

ABSOLUTE_TOLERANCE = 1e-5
RELATIVE_TOLERANCE = 1e-3


@dataclass(frozen=True, eq=False)
class Comparison:
    """The derivatives of a network's parameters at one sample, by two ways.

    All arrays have the shape of [W | b], (out_features, in_features + 1), the bias as the last column.

    Attributes
    ----------
    analytic, numeric : ndarray
    absolute_error : ndarray
        |analytic − numeric|.
    relative_error : ndarray
        The same divided by the larger of the two; 0 where both are 0.
    """

    analytic: NDArray[np.float64]
    numeric: NDArray[np.float64]
    absolute_error: NDArray[np.float64]
    relative_error: NDArray[np.float64]

    @property
    def agrees(self) -> NDArray[np.bool_]:
        """Whether |analytic − numeric| ≤ 10⁻⁵ + 10⁻³ · |numeric|, entry by entry."""
        return self.absolute_error <= ABSOLUTE_TOLERANCE + RELATIVE_TOLERANCE * np.abs(self.numeric)

    @property
    def passed(self) -> bool:
        """Whether all of them do."""
        return bool(self.agrees.all())


def check_gradients(
    network: LinearClassifier,
    x: ArrayLike,
    y: ArrayLike,
    eps: float = 1e-6,
    *,
    backward: Backward = LinearClassifier.backward,
) -> Comparison:
    """Compare the hand-written gradient with central differences. Changes nothing.

    ∂L/∂w ≈ (L(w + h) − L(w − h)) / 2h

    Parameters
    ----------
    network : LinearClassifier
        Copied into float64 first: in float32 the differences would be mostly rounding.
    x, y : array_like of shape (in_features,) and (out_features,)
    eps : float
        How far a logit is moved at most: h = eps / max(1, |x_j|), so that large inputs are measured as finely as
        small ones.
    backward : callable, optional
        What is checked; a wrong one can be handed in, to see the check fail.

    Returns
    -------
    Comparison

    Notes
    -----
    Step and tolerances are those of ``torch.autograd.gradcheck``. By the chain route a saturated entry fails, and it
    should: its product of partials is 0, but its loss is not flat.

    Examples
    --------
    >>> network = LinearClassifier(2, 1, rng=np.random.RandomState(0))
    >>> check_gradients(network, [1.0, 2.0], [1.0]).passed
    True
    """
    weight = network.linear1.weight.astype(np.float64)
    bias = network.linear1.bias.astype(np.float64)
    inputs, labels = np.asarray(x, np.float64), np.asarray(y, np.float64)
    gradient = backward(LinearClassifier.from_weights(weight, bias, route=network.route), inputs, labels)
    numeric = _differences(np.column_stack([weight, bias]), np.append(inputs, 1.0), labels, eps)
    analytic = np.column_stack([gradient.loss_wrt_weight, gradient.loss_wrt_bias]).astype(np.float64)
    absolute = np.abs(analytic - numeric)
    larger = np.maximum(np.abs(analytic), np.abs(numeric))
    relative = np.divide(absolute, larger, out=np.zeros_like(absolute), where=larger > 0)
    return Comparison(analytic, numeric, absolute, relative)


def largest_errors(
    network: LinearClassifier,
    x: ArrayLike,
    y: ArrayLike,
    eps: Iterable[float],
    *,
    backward: Backward = LinearClassifier.backward,
) -> NDArray[np.float64]:
    """Return the largest absolute error of any parameter for each of many difference steps.

    The error of a right gradient falls with eps² (truncation) until rounding takes over, which grows with
    1/eps. The error of a wrong one stays: no step makes it right.

    Parameters
    ----------
    network, x, y, backward
        See `check_gradients`.
    eps : iterable of float

    Returns
    -------
    ndarray of float64, one entry per step
    """
    checks = (check_gradients(network, x, y, step, backward=backward) for step in eps)
    return np.array([check.absolute_error.max() for check in checks])


def _differences(
    parameters: NDArray[np.float64], x: NDArray[np.float64], y: NDArray[np.float64], eps: float
) -> NDArray[np.float64]:
    """Measure ∂L/∂[W | b]: each parameter is moved up and down by itself, and the loss is computed anew.

    A parameter of row o moves z_o alone. The other outputs' losses would cancel one by one, so they are left out.
    """
    step = np.diag(eps / np.maximum(1.0, np.abs(x)))
    up, down = (parameters[:, None, :] + h for h in (step, -step))  # (out, in + 1 moved, in + 1)
    loss = BinaryCrossEntropyLoss()
    rise = loss.forward_from_logits(up @ x, y[:, None]) - loss.forward_from_logits(down @ x, y[:, None])
    # the distance between the rounded parameters, which is not quite 2h; where it is 0, nothing was measured
    distance = np.diagonal(up - down, axis1=1, axis2=2)  # (out, in + 1)
    return np.divide(rise, distance, out=np.zeros_like(rise), where=distance > 0)
