"""The loop of loop.py for several experiments at once: each step is taken by all of them in one pass.

Like that loop it is written to be fast. test_sweep.py holds it to single runs.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from classifier.experiment.experiment import Experiment
from classifier.graph.layers import FloatArray
from classifier.graph.loss import DENOMINATOR_FLOOR
from classifier.training.loop import with_one
from classifier.training.step import Weights

_EXPANDED_BYTES = 2**22
"""Up to here lr · [x | 1] is kept once for every row of every W: multiplying equal shapes is twice as fast."""


class BatchLoop:
    """Weights of several experiments in training, and the logits that they met.

    Parameters
    ----------
    experiments : sequence of Experiment
        Of one table, one dtype. Those of the fused route come first, so that each route is one stretch of rows.
    weights : sequence of (weight, bias)
        Where each starts from; copied.

    Notes
    -----
    Every operation is the one of `Loop`, on the rows of all experiments together; only the product with x is
    taken for each experiment by itself, because a larger product would sum in another order.
    """

    def __init__(self, experiments: Sequence[Experiment], weights: Sequence[Weights]) -> None:
        first, members = experiments[0], len(experiments)
        dtype = first.input_array.dtype
        samples, outputs = first.label_array.shape
        rows, columns = members * outputs, first.in_features + 1
        self._experiments = tuple(experiments)
        self._fused_rows = sum(experiment.route == "fused" for experiment in experiments) * outputs
        augmented = with_one(first.input_array)  # (samples, in + 1)
        self._augmented = augmented[:, None, None, :]
        expanded = samples * rows * columns * dtype.itemsize <= _EXPANDED_BYTES
        self._scaled = np.empty((samples, members, outputs if expanded else 1, columns), dtype)
        self._holds: tuple[float, float] = (0, 0)
        stacked = np.stack([np.hstack([weight, bias[:, None]]) for weight, bias in weights])
        self._negated = np.ascontiguousarray(-stacked, dtype)  # (members, out, in + 1)
        self._negated_logits = np.zeros((samples, members, outputs), dtype)
        tiled = np.tile(first.label_array, members)  # (samples, rows)
        flat_logits = self._negated_logits.reshape(samples, rows)
        self._plan = list(zip(augmented, self._scaled, tiled, self._negated_logits, flat_logits, strict=True))
        self._step = np.empty_like(self._negated)
        self._column = np.empty((members, outputs, 1), dtype)
        self._ones, self._floor = np.ones(rows, dtype), np.full(rows, DENOMINATOR_FLOOR, dtype)
        self._yhat, self._variance = np.empty(rows, dtype), np.empty(rows, dtype)
        self._loss_wrt_linear1 = self._column.reshape(-1)  # a view
        working = (self._yhat, self._variance, self._ones, self._floor, self._loss_wrt_linear1)
        self._of_chain = tuple(array[self._fused_rows :] for array in working)  # views: the rows of the chain route

    def train(self, epoch: int) -> None:
        """Take one step on each sample, in the order of the table, at each experiment's learning rate of the epoch.

        Call it under ``np.errstate(all="ignore")``, once around many calls.
        """
        if not self._holds[0] <= epoch < self._holds[1]:
            self._take_rates_of(epoch)
        negated, step, column, loss_wrt_linear1 = self._negated, self._step, self._column, self._loss_wrt_linear1
        yhat, ones, chained = self._yhat, self._ones, self._fused_rows < len(self._yhat)
        yhat_c, variance_c, ones_c, floor_c, loss_wrt_linear1_c = self._of_chain
        matmul, exp, add, reciprocal = np.matmul, np.exp, np.add, np.reciprocal
        subtract, multiply, maximum, divide = np.subtract, np.multiply, np.maximum, np.divide
        for x, scaled, y, negated_logits, flat_logits in self._plan:
            matmul(negated, x, negated_logits)
            exp(flat_logits, yhat)
            add(yhat, ones, yhat)
            reciprocal(yhat, yhat)
            subtract(yhat, y, loss_wrt_linear1)  # ∂L/∂z = ŷ − y
            if chained:
                subtract(ones_c, yhat_c, variance_c)
                multiply(yhat_c, variance_c, variance_c)  # ∂ŷ/∂z = ŷ (1 − ŷ)
                maximum(variance_c, floor_c, out=yhat_c)
                divide(loss_wrt_linear1_c, yhat_c, loss_wrt_linear1_c)  # ∂L/∂ŷ
                multiply(loss_wrt_linear1_c, variance_c, loss_wrt_linear1_c)  # ∂L/∂z = ∂L/∂ŷ · ∂ŷ/∂z
            multiply(column, scaled, step)
            add(negated, step, negated)

    def _take_rates_of(self, epoch: int) -> None:
        changes: NDArray[np.int64] = np.unique([e for each in self._experiments for e, _ in each.schedule])
        after = int(np.searchsorted(changes, epoch, side="right"))
        self._holds = (
            float(changes[after - 1]) if after else 0,
            float(changes[after]) if after < len(changes) else math.inf,
        )
        rates = np.array([each.rate_at(epoch) for each in self._experiments]).astype(self._scaled.dtype)
        np.multiply(self._augmented, rates[:, None, None], out=self._scaled)

    @property
    def negated(self) -> FloatArray:
        """−[W | b], live: ndarray of shape (members, out_features, in_features + 1)."""
        return self._negated

    @property
    def negated_logits(self) -> FloatArray:
        """−z of the last step on each sample, live: ndarray of shape (samples, members, out_features)."""
        return self._negated_logits
