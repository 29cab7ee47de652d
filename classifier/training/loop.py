"""The graph of network.py, fused for speed: the same numbers with a fifteenth of the calls.

It is written to be fast, not to be learnt from. test_loop.py holds it to the readable graph, step by step.
"""

import math

import numpy as np

from classifier.experiment.experiment import Experiment
from classifier.graph.layers import FloatArray
from classifier.graph.loss import DENOMINATOR_FLOOR

EVERY_SAMPLE = slice(None)


class Loop:
    """Weights in training, and the logits that they met.

    Parameters
    ----------
    experiment : Experiment
    weight : ndarray of shape (out_features, in_features)
    bias : ndarray of shape (out_features,)
        Where to start from; copied.

    Notes
    -----
    What makes it fast: W and b are one matrix, which sees x with a 1 appended; the matrix is kept negated, so
    that its product is the −z that e^−z needs; lr is multiplied into x once for as many epochs as it holds;
    every array is there before the first step. Negating is exact, so nothing but the order of one sum and one
    product differs from the readable graph.

    The same weights, samples and epoch give the same bits, whatever was trained before and however the steps are cut
    into calls.
    """

    def __init__(self, experiment: Experiment, weight: FloatArray, bias: FloatArray) -> None:
        x, y = experiment.input_array, experiment.label_array
        dtype = x.dtype
        samples, outputs = y.shape
        self._experiment = experiment
        self._augmented = with_one(x)  # (samples, in + 1)
        self._scaled = np.empty_like(self._augmented)  # lr · [x | 1], of the epochs in self._holds
        self._holds: tuple[float, float] = (0, 0)
        self._chain = experiment.route == "chain"
        self._negated = np.ascontiguousarray(-np.hstack([weight, bias[:, None]]), dtype)  # −[W | b]: (out, in + 1)
        self._negated_logits = np.zeros((samples, outputs), dtype)
        self._plan = list(zip(self._augmented, self._scaled, y, self._negated_logits, strict=True))
        self._step = np.empty_like(self._negated)
        self._column = np.empty((outputs, 1), dtype)  # ∂L/∂z, as the outer product wants it
        self._ones = np.ones(outputs, dtype)
        self._floor = np.full(outputs, DENOMINATOR_FLOOR, dtype)
        self._yhat, self._variance = np.empty(outputs, dtype), np.empty(outputs, dtype)

    def train(self, epoch: int, samples: slice = EVERY_SAMPLE) -> None:
        """Take one step on each of the samples, in the order of the table, at the learning rate of the epoch.

        Call it under ``np.errstate(all="ignore")``, once around many calls: e^−z = inf is meant (ŷ = 0).
        """
        if not self._holds[0] <= epoch < self._holds[1]:
            self._take_rate_of(epoch)
        negated, step, ones, column = self._negated, self._step, self._ones, self._column
        yhat, variance, floor = self._yhat, self._variance, self._floor
        loss_wrt_linear1 = column[:, 0]
        logits_of = negated.dot
        exp, add, reciprocal, subtract, multiply = np.exp, np.add, np.reciprocal, np.subtract, np.multiply
        maximum, divide = np.maximum, np.divide
        if not self._chain:
            for x, scaled, y, negated_logits in self._plan[samples]:
                logits_of(x, negated_logits)
                exp(negated_logits, yhat)
                add(yhat, ones, yhat)
                reciprocal(yhat, yhat)
                subtract(yhat, y, loss_wrt_linear1)  # ∂L/∂z = ŷ − y
                multiply(column, scaled, step)  # lr · ∂L/∂W: (out, 1) · (in + 1,) → (out, in + 1)
                add(negated, step, negated)
        else:
            for x, scaled, y, negated_logits in self._plan[samples]:
                logits_of(x, negated_logits)
                exp(negated_logits, yhat)
                add(yhat, ones, yhat)
                reciprocal(yhat, yhat)
                subtract(ones, yhat, variance)
                multiply(yhat, variance, variance)  # ∂ŷ/∂z = ŷ (1 − ŷ)
                subtract(yhat, y, loss_wrt_linear1)
                maximum(variance, floor, out=yhat)
                divide(loss_wrt_linear1, yhat, loss_wrt_linear1)  # ∂L/∂ŷ
                multiply(loss_wrt_linear1, variance, loss_wrt_linear1)  # ∂L/∂z = ∂L/∂ŷ · ∂ŷ/∂z
                multiply(column, scaled, step)
                add(negated, step, negated)

    def _take_rate_of(self, epoch: int) -> None:
        changes = [0, *(change for change, _ in self._experiment.schedule), math.inf]
        after = next(i for i, change in enumerate(changes) if change > epoch)
        self._holds = changes[after - 1], changes[after]
        rate = self._scaled.dtype.type(self._experiment.rate_at(epoch))
        np.multiply(self._augmented, rate, out=self._scaled)

    @property
    def negated(self) -> FloatArray:
        """−[W | b], live: ndarray of shape (out_features, in_features + 1)."""
        return self._negated

    @property
    def negated_logits(self) -> FloatArray:
        """−z of the last step on each sample, live: ndarray of shape (samples, out_features)."""
        return self._negated_logits

    @property
    def weight(self) -> FloatArray:
        """W, a copy: ndarray of shape (out_features, in_features)."""
        return np.negative(self._negated[:, :-1])

    @property
    def bias(self) -> FloatArray:
        """Return b, a copy: ndarray of shape (out_features,)."""
        return np.negative(self._negated[:, -1])


def with_one(x: FloatArray) -> FloatArray:
    """Return the inputs with a column of ones appended, which the bias meets."""
    return np.hstack([x, np.ones((len(x), 1), x.dtype)])


def logits_of_all(experiment: Experiment, negated: FloatArray) -> FloatArray:
    """Return z of every sample for each −[W | b] of a stack: ndarray of shape (stack, samples, out_features).

    One product for each entry of the stack: one large product would round by the size of the stack.
    """
    logits: FloatArray = -np.matmul(with_one(experiment.input_array), negated.transpose(0, 2, 1))
    return logits
