"""Hand-written derivatives against measured ones."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from classifier.network import Backward, LinearClassifier

ABSOLUTE_TOLERANCE = 1e-5
RELATIVE_TOLERANCE = 1e-3


@dataclass(frozen=True, eq=False)
class Comparison:
    """The derivatives of one parameter array, by two ways.

    Attributes
    ----------
    analytic, numeric : ndarrays of the shape of the parameter
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
    def passed(self) -> bool:
        """Whether |analytic − numeric| ≤ 10⁻⁵ + 10⁻³ · |numeric| everywhere."""
        allowed = ABSOLUTE_TOLERANCE + RELATIVE_TOLERANCE * np.abs(self.numeric)
        return bool((self.absolute_error <= allowed).all())


@dataclass(frozen=True, eq=False)
class GradientCheck:
    """The comparison for every parameter of a network at one sample."""

    weight: Comparison
    bias: Comparison

    @property
    def passed(self) -> bool:
        """Whether both comparisons passed."""
        return self.weight.passed and self.bias.passed


def check_gradients(
    network: LinearClassifier,
    x: ArrayLike,
    y: ArrayLike,
    eps: float = 1e-6,
    *,
    backward: Backward = LinearClassifier.backward,
) -> GradientCheck:
    """Compare the hand-written gradient with central differences. Changes nothing.

    ∂L/∂w ≈ (L(w + h) − L(w − h)) / 2h

    Parameters
    ----------
    network : LinearClassifier
        Copied into float64 first: in float32 the differences would be mostly rounding.
    x, y : array_like of shape (in_features,) and (out_features,)
    eps : float
        How far a logit is moved: h = eps / max(1, |x_j|), so that large inputs are measured as finely as
        small ones.
    backward : callable, optional
        What is checked; a wrong one can be handed in, to see the check fail.

    Returns
    -------
    GradientCheck

    Notes
    -----
    Step and tolerances are those of ``torch.autograd.gradcheck``. By the chain route a saturated entry fails
    rightly: its product of partials is 0, its loss is not flat.

    Examples
    --------
    >>> network = LinearClassifier(2, 1, rng=np.random.RandomState(0))
    >>> check_gradients(network, [1.0, 2.0], [1.0]).passed
    True
    """
    weight = network.linear1.weight.astype(np.float64)
    bias = network.linear1.bias.astype(np.float64)
    inputs, labels = np.asarray(x, np.float64), np.asarray(y, np.float64)
    copy = LinearClassifier.from_weights(weight, bias, route=network.route)
    gradient = backward(copy, inputs, labels)

    def numeric(parameter: NDArray[np.float64], index: tuple[int, ...], h: float) -> float:
        """Move one parameter up and down, and measure."""
        losses, points = [], []
        for moved in (parameter[index] + h, parameter[index] - h):
            kept, parameter[index] = parameter[index], moved
            losses.append(copy.loss.forward_from_logits(weight @ inputs + bias, labels))
            points.append(moved)
            parameter[index] = kept
        # outputs that did not move cancel one by one, and the distance is the one that rounding left
        return float((losses[0] - losses[1]).sum() / (points[0] - points[1]))

    step = eps / np.maximum(1.0, np.abs(inputs))  # (in,)
    of_weight, of_bias = np.empty_like(weight), np.empty_like(bias)
    for o, j in np.ndindex(*weight.shape):
        of_weight[o, j] = numeric(weight, (o, j), float(step[j]))
    for o in range(len(bias)):
        of_bias[o] = numeric(bias, (o,), eps)
    return GradientCheck(_compare(gradient.loss_wrt_weight, of_weight), _compare(gradient.loss_wrt_bias, of_bias))


def _compare(analytic: ArrayLike, numeric: NDArray[np.float64]) -> Comparison:
    analytic = np.asarray(analytic, np.float64)
    absolute = np.abs(analytic - numeric)
    larger = np.maximum(np.abs(analytic), np.abs(numeric))
    relative = np.divide(absolute, larger, out=np.zeros_like(absolute), where=larger > 0)
    return Comparison(analytic, numeric, absolute, relative)
