"""Binary cross-entropy, in nats, and its derivative by both routes.

L = −[y log ŷ + (1 − y) log(1 − ŷ)]

From ŷ, as the tutorial writes it (``forward``, ``backward``), guarded where ŷ is 0 or 1. From the logits z
(``forward_from_logits``, ``backward_from_logits``), where sigmoid and loss are fused and no guard is needed.
"""

from dataclasses import dataclass

import numpy as np

from classifier.graph.layers import FloatArray, Sigmoid

LOG_FLOOR = -100.0
"""Least value of a logarithm in the loss: PyTorch's floor in ``BCELoss``."""

DENOMINATOR_FLOOR = 1e-12
"""Least value of ŷ − ŷ² in ∂L/∂ŷ: PyTorch's floor in the backward pass of ``BCELoss``."""


@dataclass(frozen=True, eq=False)
class BinaryCrossEntropyLossPartials:
    """The partials of the loss.

    Attributes
    ----------
    output_wrt_yhat : ndarray of the shape of ŷ
        ∂L/∂ŷ, entry by entry.
    """

    output_wrt_yhat: FloatArray


@dataclass(frozen=True, eq=False)
class FusedLossPartials:
    """The partials of the loss taken as a function of the logits.

    Attributes
    ----------
    output_wrt_logits : ndarray of the shape of the logits
        ∂L/∂z, entry by entry.
    """

    output_wrt_logits: FloatArray


class BinaryCrossEntropyLoss:
    """How surprised a predicted probability ŷ is by a label y, entry by entry.

    Labels may lie anywhere in [0, 1]. The entries are not averaged, as PyTorch would by default: PyTorch
    gives the same sums with ``reduction="sum"``.
    """

    def forward(self, yhat: FloatArray, y: FloatArray) -> FloatArray:
        """Return the loss of each entry.

        L = −[y log ŷ + (1 − y) log(1 − ŷ)]

        Parameters
        ----------
        yhat : ndarray, entries in [0, 1]
            Predicted probabilities.
        y : ndarray of the same shape, entries in [0, 1]
            Labels.

        Returns
        -------
        ndarray of the same shape, in nats

        Raises
        ------
        ValueError
            If the shapes differ, or an entry lies outside [0, 1].

        Notes
        -----
        Each logarithm is floored at −100, as in PyTorch's ``BCELoss``. The tutorial clips the finished sum
        instead, which is too late: 0 · log 0 is NaN by then. log(1 − ŷ) is taken as log1p(−ŷ), which is exact
        for small ŷ.

        Examples
        --------
        >>> BinaryCrossEntropyLoss().forward(np.array([0.0, 0.5, 1.0]), np.array([1.0, 1.0, 1.0]))
        array([100.        ,   0.69314718,   0.        ])
        """
        _check_domain(yhat, y)
        with np.errstate(divide="ignore"):  # log 0 = −inf is meant: it is floored in the same line
            log_yhat = np.maximum(np.log(yhat), LOG_FLOOR)
            log_rest = np.maximum(np.log1p(-yhat), LOG_FLOOR)
        return np.asarray(-(y * log_yhat + (1 - y) * log_rest) + 0.0)  # + 0: no −0 where the loss is nothing

    def backward(self, yhat: FloatArray, y: FloatArray) -> BinaryCrossEntropyLossPartials:
        """Return the partials of the loss with respect to ŷ.

        ∂L/∂ŷ = −y/ŷ + (1 − y)/(1 − ŷ) = (ŷ − y) / (ŷ − ŷ²)

        Raises
        ------
        ValueError
            If the shapes differ, or an entry lies outside [0, 1].

        Notes
        -----
        The denominator is floored at 1e-12, as in PyTorch's ``BCELoss``; the tutorial divides by 0 where ŷ is
        0 or 1.
        """
        _check_domain(yhat, y)
        return BinaryCrossEntropyLossPartials((yhat - y) / np.maximum(yhat * (1 - yhat), DENOMINATOR_FLOOR))

    backwards = backward  # the tutorial's name for it

    def forward_from_logits(self, logits: FloatArray, y: FloatArray) -> FloatArray:
        """Return the loss of each entry, from the logit instead of the probability.

        L = max(z, 0) − z y + log(1 + e^−|z|)

        Parameters
        ----------
        logits : ndarray
            z, of which ŷ = σ(z).
        y : ndarray of the same shape, entries in [0, 1]
            Labels.

        Returns
        -------
        ndarray of the same shape, in nats

        Notes
        -----
        log σ(z) = −log(1 + e^−z) put into L. Nothing is lost to rounding ŷ first, so no floor is needed:
        PyTorch's ``BCEWithLogitsLoss``. max(z, 0) − z y is written |z| · |[z > 0] − y|, the same number
        without its cancellation.

        Examples
        --------
        >>> BinaryCrossEntropyLoss().forward_from_logits(np.array([-1000.0, 1000.0]), np.array([1.0, 1.0]))
        array([1000.,    0.])
        """
        size = np.abs(logits)
        return np.asarray(size * np.abs((logits > 0) - y) + np.log1p(np.exp(-size)))

    def backward_from_logits(self, logits: FloatArray, y: FloatArray) -> FusedLossPartials:
        """Return the partials of the loss with respect to the logits: the fused route.

        ∂L/∂z = ∂L/∂ŷ · ∂ŷ/∂z = (ŷ − y) / (ŷ − ŷ²) · (ŷ − ŷ²) = ŷ − y

        Notes
        -----
        The product has been formed on paper, so its factors cannot overflow or vanish: the most wrong sample
        has the largest gradient, and always learns.
        """
        return FusedLossPartials(Sigmoid().forward(logits) - y)


def _check_domain(yhat: FloatArray, y: FloatArray) -> None:
    if yhat.shape != y.shape:
        raise ValueError(f"yhat and y must have one shape, not {yhat.shape} and {y.shape}")
    for name, values in (("yhat", yhat), ("y", y)):
        if not ((values >= 0) & (values <= 1)).all():  # False for NaN, so that it is caught
            raise ValueError(f"{name} must lie in [0, 1], not {values}")
