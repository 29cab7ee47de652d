"""The graph of network.py, fused for speed, for one experiment or several at once: each step is taken by all of them.

It is written to be fast, not to be learnt from. test_loop.py holds it to the readable graph, step by step.
"""

import math
from collections.abc import Sequence
from functools import partial

import numpy as np

from classifier.experiment.experiment import Experiment
from classifier.graph.layers import FloatArray, joined, parted
from classifier.graph.loss import DENOMINATOR_FLOOR
from classifier.training.step import Weights

EVERY_SAMPLE = slice(None)

_EXPANDED_BYTES = 2**22
"""Up to this size lr · [x | 1] is kept once for every row of every W: multiplying equal shapes is twice as fast."""

_PLAN_BYTES = 1_000
"""Bytes that the array views of one sample take."""


class Loop:
    """Weights in training, and the logits that they met.

    Parameters
    ----------
    experiments : sequence of Experiment
        Of one table, one dtype. Those of the fused route come first, so that each route is one stretch of rows.
    weights : sequence of (weight, bias)
        Where each starts from; copied.

    Attributes
    ----------
    negated : ndarray of shape (members, out_features, in_features + 1)
        −[W | b], live.
    negated_logits : ndarray of shape (samples, members, out_features)
        −z of the last step on each sample, live.

    Notes
    -----
    What makes it fast: W and b are one matrix, which sees x with a 1 appended; the matrix is kept negated, so
    that its product is the −z that e^−z needs; lr is multiplied into x once for as many epochs as it holds;
    every array is there before the first step; the rows of all experiments are one array. Negating is exact, so
    nothing but the order of one sum and one product differs from the readable graph.

    The same weights, samples and epoch give the same bits, whatever was trained before and however the steps are cut
    into calls.
    """

    def __init__(self, experiments: Sequence[Experiment], weights: Sequence[Weights]) -> None:
        first, members = experiments[0], len(experiments)
        x, y = first.input_array, first.label_array
        dtype = x.dtype
        (samples, outputs), columns = y.shape, first.in_features + 1
        rows = members * outputs
        self._experiments = tuple(experiments)
        self._augmented = with_one(x)  # (samples, in + 1)
        expanded = samples * rows * columns * dtype.itemsize <= _EXPANDED_BYTES
        self._scaled = np.empty((samples, members, outputs if expanded else 1, columns), dtype)  # lr · [x | 1]
        self._holds: tuple[float, float] = (0, 0)  # the rates are those of the epochs first, …, end − 1
        self.negated = np.array([-joined(weight, bias) for weight, bias in weights], dtype, order="C")
        self.negated_logits = np.zeros((samples, members, outputs), dtype)
        step, column = np.empty_like(self.negated), np.empty((members, outputs, 1), dtype)
        negated, logits, scaled = self.negated, self.negated_logits, self._scaled
        if members == 1:  # one axis less saves a good part of a single experiment's time
            negated, logits, scaled, step, column = negated[0], logits[:, 0], scaled[:, 0], step[0], column[0]
        # each experiment by itself: one large product would sum in another order
        self._logits_of = negated.dot if members == 1 else partial(np.matmul, negated)
        self._update = negated, column, step
        labels = np.tile(y, members)  # (samples, rows), as all that follows
        self._plan = list(zip(self._augmented, scaled, labels, logits, logits.reshape(samples, rows), strict=True))
        self._working = (
            np.empty(rows, dtype),  # ŷ
            np.empty(rows, dtype),  # ∂ŷ/∂z
            column.reshape(rows),  # ∂L/∂z: a view, as the outer product wants it
            np.ones(rows, dtype),
            np.full(rows, DENOMINATOR_FLOOR, dtype),
        )
        fused = sum(experiment.route == "fused" for experiment in experiments) * outputs
        self._of_chain = tuple(array[fused:] for array in self._working) if fused < rows else None

    def train(self, epoch: int, samples: slice = EVERY_SAMPLE) -> None:
        """Take one step on each of the samples, in the order of the table, at the learning rates of the epoch.

        Call it under ``np.errstate(all="ignore")``, once around many calls: e^−z = inf is meant (ŷ = 0).
        """
        if not self._holds[0] <= epoch < self._holds[1]:
            self._take_rates_of(epoch)
        logits_of, (negated, column, step) = self._logits_of, self._update
        yhat, _, loss_wrt_linear1, ones, _ = self._working
        chain = self._of_chain is not None
        yhat_c, variance_c, loss_wrt_linear1_c, ones_c, floor_c = self._of_chain or self._working
        exp, add, reciprocal, subtract, multiply = np.exp, np.add, np.reciprocal, np.subtract, np.multiply
        maximum, divide = np.maximum, np.divide
        for x, scaled, y, negated_logits, flat_logits in self._plan[samples]:
            logits_of(x, negated_logits)
            exp(flat_logits, yhat)
            add(yhat, ones, yhat)
            reciprocal(yhat, yhat)
            subtract(yhat, y, loss_wrt_linear1)  # ∂L/∂z = ŷ − y
            if chain:
                subtract(ones_c, yhat_c, variance_c)
                multiply(yhat_c, variance_c, variance_c)  # ∂ŷ/∂z = ŷ (1 − ŷ)
                maximum(variance_c, floor_c, out=yhat_c)
                divide(loss_wrt_linear1_c, yhat_c, loss_wrt_linear1_c)  # ∂L/∂ŷ
                multiply(loss_wrt_linear1_c, variance_c, loss_wrt_linear1_c)  # ∂L/∂z = ∂L/∂ŷ · ∂ŷ/∂z
            step[...] = column  # at its full shape first: to spread it in the product takes longer than both
            multiply(step, scaled, step)  # lr · ∂L/∂W, for every row
            add(negated, step, negated)

    def _take_rates_of(self, epoch: int) -> None:
        changes = sorted({0, *(change for each in self._experiments for change, _ in each.schedule)})
        after = sum(change <= epoch for change in changes)
        self._holds = changes[after - 1], changes[after] if after < len(changes) else math.inf
        rates = np.array([each.rate_at(epoch) for each in self._experiments]).astype(self._scaled.dtype)
        np.multiply(self._augmented[:, None, None], rates[:, None, None], out=self._scaled)

    @property
    def nbytes(self) -> int:
        """About how many bytes it keeps: arrays, and the views of them that each step takes."""
        labels = self.negated_logits  # of the same size
        arrays = (self._augmented, self._scaled, self.negated, self.negated_logits, labels)
        return sum(array.nbytes for array in arrays) + _PLAN_BYTES * len(self._plan)

    def weights(self, member: int = 0) -> Weights:
        """Return W and b of a member, copies: ndarrays of shape (out_features, in_features) and (out_features,)."""
        weight, bias = parted(self.negated[member])
        return np.negative(weight), np.negative(bias)


def with_one(x: FloatArray) -> FloatArray:
    """Return the inputs with a column of ones appended, by which the bias is multiplied."""
    return joined(x, np.ones(len(x), x.dtype))


def logits_of_all(experiment: Experiment, negated: FloatArray) -> FloatArray:
    """Return z of every sample for each −[W | b] of a stack: ndarray of shape (stack, samples, out_features).

    One product for each entry of the stack: the rounding of one large product would depend on the stack's size.
    """
    logits: FloatArray = -np.matmul(with_one(experiment.input_array), negated.transpose(0, 2, 1))
    return logits
