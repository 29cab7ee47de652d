"""Hand-written derivatives against measured ones."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from classifier.graph.layers import FloatArray, ReLU
from classifier.graph.loss import BinaryCrossEntropyLoss
from classifier.graph.network import Backward, Network

ABSOLUTE_TOLERANCE = 1e-5
RELATIVE_TOLERANCE = 1e-3


@dataclass(frozen=True, eq=False)
class Comparison:
    """The derivatives of one layer's parameters at one sample, by two ways.

    All arrays have the shape of [W | b], (out_features, in_features + 1), the bias as the last column.

    Attributes
    ----------
    analytic, numeric : ndarray
    absolute_error : ndarray
        |analytic − numeric|.
    relative_error : ndarray
        The same divided by the larger of the two; 0 where both are 0.
    kink : ndarray of bool
        Whether the difference reaches across the kink of a ReLU, that is, whether moving this parameter moves some z
        from one side of 0 to the other. There is no derivative there that a difference could measure, so this is no
        error of the formula.
    """

    analytic: NDArray[np.float64]
    numeric: NDArray[np.float64]
    absolute_error: NDArray[np.float64]
    relative_error: NDArray[np.float64]
    kink: NDArray[np.bool_]

    @property
    def agrees(self) -> NDArray[np.bool_]:
        """Whether |analytic − numeric| ≤ 10⁻⁵ + 10⁻³ · |numeric|, entry by entry; at a kink there is nothing to say."""
        close = self.absolute_error <= ABSOLUTE_TOLERANCE + RELATIVE_TOLERANCE * np.abs(self.numeric)
        return close | self.kink

    @property
    def passed(self) -> bool:
        """Whether all of them do."""
        return bool(self.agrees.all())


def check_gradients(
    network: Network,
    x: ArrayLike,
    y: ArrayLike,
    eps: float = 1e-6,
    *,
    backward: Backward = Network.backward,
) -> tuple[Comparison, ...]:
    """Compare the hand-written gradient of every parameter with central differences. Changes nothing.

    ∂L/∂w ≈ (L(w + h) − L(w − h)) / 2h

    Parameters
    ----------
    network : Network
        Copied into float64 first: in float32 the differences would be mostly rounding.
    x, y : array_like of shape (in_features,) and (out_features,)
    eps : float
        How far a logit is moved at most: h = eps / max(1, |x_j|), with x_j what the parameter is multiplied by, so that
        large inputs are measured as finely as small ones.
    backward : callable, optional
        What is checked; a wrong one can be handed in, to see the check fail.

    Returns
    -------
    tuple of Comparison
        One a layer, the first layer first.

    Notes
    -----
    Step and tolerances are those of ``torch.autograd.gradcheck``. By the chain route a saturated entry fails, and it
    should: its product of partials is 0, but its loss is not flat.

    Examples
    --------
    >>> network = Network.from_sizes((2, 3, 1), rng=np.random.RandomState(0), activation="tanh")
    >>> [check.passed for check in check_gradients(network, [1.0, 2.0], [1.0])]
    [True, True]
    """
    network = network.copy(np.float64)
    inputs, labels = np.asarray(x, np.float64), np.asarray(y, np.float64)
    passes = backward(network, inputs, labels)
    into, _ = network.forward_layers(inputs)
    compared = []
    for k, layer in enumerate(passes):
        analytic = np.asarray(layer.gradient, np.float64)
        numeric, kink = _differences(network, k, np.append(into[k], 1.0), labels, eps)
        absolute = np.abs(analytic - numeric)
        larger = np.maximum(np.abs(analytic), np.abs(numeric))
        relative = np.divide(absolute, larger, out=np.zeros_like(absolute), where=larger > 0)
        compared.append(Comparison(analytic, numeric, absolute, relative, kink))
    return tuple(compared)


def largest_errors(
    network: Network,
    x: ArrayLike,
    y: ArrayLike,
    eps: Iterable[float],
    *,
    backward: Backward = Network.backward,
) -> NDArray[np.float64]:
    """Return the largest absolute error of any parameter for each of many difference steps.

    The error of a right gradient falls with eps² (truncation) until rounding takes over, which grows with
    1/eps. The error of a wrong one stays: no step makes it right. Where a step reaches across a kink it counts as 0.

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
    return np.array([max(np.where(each.kink, 0, each.absolute_error).max() for each in check) for check in checks])


def _differences(
    network: Network, k: int, x: NDArray[np.float64], y: NDArray[np.float64], eps: float
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Measure ∂L/∂[W | b] of a layer: each parameter is moved up and down by itself, and the loss is computed anew.

    Also say where a ReLU above has its kink between the two. A parameter of row o moves z_o of its layer alone; of the
    last layer the other outputs' losses would cancel one by one, so they are left out.
    """
    parameters = network.layers[k].parameters
    step = np.diag(eps / np.maximum(1.0, np.abs(x)))
    up, down = (parameters[:, None, :] + h for h in (step, -step))  # (out, in + 1 moved, in + 1)
    loss, crossed = BinaryCrossEntropyLoss(), np.zeros(parameters.shape, bool)
    if k == len(network.layers) - 1:
        rise = loss.forward_from_logits(up @ x, y[:, None]) - loss.forward_from_logits(down @ x, y[:, None])
    else:
        both = [_logits_above(network, k, parameters @ x, moved @ x) for moved in (up, down)]
        rise = (loss.forward_from_logits(both[0][-1], y) - loss.forward_from_logits(both[1][-1], y)).sum(axis=-1)
        if isinstance(network.activations[0], ReLU):
            for above, below in zip(both[0][:-1], both[1][:-1], strict=True):
                crossed |= ((above > 0) != (below > 0)).any(axis=-1)
    # the distance between the rounded parameters, which is not quite 2h; where it is 0, nothing was measured
    distance = np.diagonal(up - down, axis1=1, axis2=2)  # (out, in + 1)
    return np.divide(rise, distance, out=np.zeros_like(rise), where=distance > 0), crossed


def _logits_above(network: Network, k: int, base: FloatArray, moved: FloatArray) -> list[FloatArray]:
    """Return z of layer k and of all above, each of shape (out, in + 1 moved, units), for z_o moved one at a time.

    ``base`` is z of layer k as it is, ``moved`` of shape (out, in + 1 moved) what z_o becomes.
    """
    z = np.broadcast_to(base, (*moved.shape, len(base))).copy()
    own = np.arange(len(base))
    z[own, :, own] = moved
    logits: list[FloatArray] = [z]
    for layer, activation in zip(network.layers[k + 1 :], network.activations[k:], strict=False):
        logits.append(activation.forward(logits[-1]) @ layer.weight.T + layer.bias)
    return logits
