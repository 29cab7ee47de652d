"""The graph of network.py, fused for speed, for one experiment or several at once: each step is taken by all of them.

It is written to be fast, not to be learnt from. test_loop.py holds it to the readable graph, step by step.
"""

import math
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeAlias

import numpy as np

from classifier.experiment.experiment import Experiment
from classifier.graph.layers import ACTIVATIONS, ActivationName, FloatArray
from classifier.graph.loss import DENOMINATOR_FLOOR
from classifier.training.step import Parameters

EVERY_SAMPLE = slice(None)

_EXPANDED_BYTES = 2**22
"""Up to this size lr · [x | 1] is kept once for every row of every W: multiplying equal shapes is twice as fast."""

_PLAN_BYTES = 1_000
"""Bytes that the array views of one sample and layer take."""

Bend: TypeAlias = Callable[[FloatArray, FloatArray], Any]


class Loop:
    """Weights in training, and the numbers that they met.

    Parameters
    ----------
    experiments : sequence of Experiment
        Of one table, one dtype, the same hidden layers. Those of the fused route come first, so that each route is one
        stretch of rows.
    parameters : sequence of Parameters
        Where each starts from; copied.

    Attributes
    ----------
    negated : tuple by layer of ndarrays of shape (members, out_features, in_features + 1)
        −[W | b], live.
    negated_logits : tuple by layer of ndarrays of shape (samples, members, out_features)
        −z of the last step on each sample, live.
    outputs : tuple by hidden layer of ndarrays of shape (samples, members, out_features + 1)
        [a | 1] of the last step on each sample, live.
    loss_wrt_logits : tuple by hidden layer of ndarrays of shape (samples, members, out_features)
        ∂L/∂z of the last step on each sample, live. It needs the W of that very step, so it cannot be worked out later.

    Notes
    -----
    What makes it fast: W and b are one matrix, which sees x with a 1 appended; the matrix is kept negated, so
    that its product is the −z that e^−z needs; lr is multiplied into x once for as many epochs as it holds;
    every array is there before the first step; the rows of all experiments are one array. Negating is exact, so
    nothing but the order of sums and products differs from the readable graph.

    The same weights, samples and epoch give the same bits, whatever was trained before and however the steps are cut
    into calls.
    """

    def __init__(self, experiments: Sequence[Experiment], parameters: Sequence[Parameters]) -> None:
        first, members = experiments[0], len(experiments)
        x, y = first.input_array, first.label_array
        dtype, samples, outputs = x.dtype, len(y), first.out_features
        self._experiments = tuple(experiments)
        self._augmented = with_one(x)  # (samples, in + 1)
        self.negated = tuple(
            np.array([-each[k] for each in parameters], dtype, order="C") for k in range(len(first.sizes) - 1)
        )
        self.negated_logits = tuple(np.zeros((samples, members, units), dtype) for units in first.sizes[1:])
        self.outputs = tuple(np.ones((samples, members, units + 1), dtype) for units in first.hidden)
        self.loss_wrt_logits = tuple(np.zeros((samples, members, units), dtype) for units in first.hidden)

        rows, (_, height, width) = members * outputs, self.negated[0].shape
        expanded = samples * members * height * width * dtype.itemsize <= _EXPANDED_BYTES
        self._scaled = np.empty((samples, members, height if expanded else 1, width), dtype)  # lr · [x | 1]
        self._rates = tuple(np.empty((members, units + 1), dtype) for units in first.hidden)  # lr, for [a | 1]
        self._holds: tuple[float, float] = (0, 0)  # the rates are those of the epochs first, …, end − 1
        column = np.empty((members, outputs, 1), dtype)
        self._working = (
            np.empty(rows, dtype),  # ŷ
            np.empty(rows, dtype),  # ∂ŷ/∂z
            column.reshape(rows),  # ∂L/∂z: a view, as the outer product wants it
            np.ones(rows, dtype),
            np.full(rows, DENOMINATOR_FLOOR, dtype),
        )
        fused = sum(experiment.route == "fused" for experiment in experiments) * outputs
        self._of_chain = tuple(array[fused:] for array in self._working) if fused < rows else None
        self._plan = self._planned(y, column)

    def _planned(self, y: FloatArray, column: FloatArray) -> list[tuple[Any, ...]]:
        """Return what one step on each sample works on: views of the arrays, so that a step makes none."""
        members, last = len(self._experiments), len(self.negated) - 1
        alone = members == 1  # one axis less saves a good part of a single experiment's time
        negated = [each[0] if alone else each for each in self.negated]
        # each experiment by itself: one large product would sum in another order
        times = [each.dot if alone else partial(np.matmul, each) for each in negated]
        transposed = [each.T.dot if alone else partial(np.matmul, each.swapaxes(1, 2)) for each in negated]
        steps = [np.empty_like(each) for each in negated]
        slopes = [np.empty_like(array[0]) for array in self.loss_wrt_logits]
        sums = [np.empty_like(array[0]) for array in self.outputs]  # [∂L/∂a | that of the 1, which nobody asks for]
        scaled = [np.empty_like(array[0]) for array in self.outputs]  # lr · [a | 1]

        def vector(array: FloatArray) -> FloatArray:
            """(members, n) as a product of each member takes and gives it."""
            return array[0] if alone else array[..., None]

        def flat(array: FloatArray) -> FloatArray:
            return array[0] if alone else array

        bends = [_BENDS[self._experiments[0].activation](flat(array[0])[..., :-1]) for array in self.outputs]
        plan: list[tuple[Any, ...]] = []
        for i, (x, labels) in enumerate(zip(self._augmented, np.tile(y, members), strict=True)):
            # x is one vector for all members
            z = [(vector if k else flat)(array[i]) for k, array in enumerate(self.negated_logits)]
            inputs = [x, *(vector(array[i]) for array in self.outputs)]
            columns = [flat(array[i])[..., None] for array in self.loss_wrt_logits]
            columns.append(column[0] if alone else column)
            forward = [
                (
                    times[k],
                    inputs[k],
                    z[k],
                    bends[k][0],
                    flat(self.negated_logits[k][i]),
                    flat(self.outputs[k][i])[..., :-1],
                )
                for k in range(last)
            ]
            back = [
                (
                    transposed[k],
                    columns[k][:, 0] if alone else columns[k],
                    vector(sums[k - 1]),
                    bends[k - 1][1],
                    flat(self.outputs[k - 1][i])[..., :-1],
                    flat(slopes[k - 1]),
                    flat(sums[k - 1])[..., :-1],
                    flat(self.loss_wrt_logits[k - 1][i]),
                    flat(self.outputs[k - 1][i]),
                    flat(self._rates[k - 1]),
                    flat(scaled[k - 1]),
                    steps[k],
                    columns[k],
                    flat(scaled[k - 1])[..., None, :],
                    negated[k],
                )
                for k in range(last, 0, -1)
            ]
            of_last = times[last], inputs[last], z[last], self.negated_logits[last][i].reshape(-1)
            of_first = steps[0], columns[0], flat(self._scaled[i]), negated[0]
            plan.append((forward, *of_last, labels, back, of_first))
        return plan

    def train(self, epoch: int, samples: slice = EVERY_SAMPLE) -> None:
        """Take one step on each of the samples, in the order of the table, at the learning rates of the epoch.

        Call it under ``np.errstate(all="ignore")``, once around many calls: e^−z = inf is meant (ŷ = 0).
        """
        if not self._holds[0] <= epoch < self._holds[1]:
            self._take_rates_of(epoch)
        yhat, _, loss_wrt_logits, ones, _ = self._working
        chain = self._of_chain is not None
        yhat_c, variance_c, loss_wrt_logits_c, ones_c, floor_c = self._of_chain or self._working
        exp, add, reciprocal, subtract, multiply = np.exp, np.add, np.reciprocal, np.subtract, np.multiply
        maximum, divide = np.maximum, np.divide
        for forward, times, x, negated_logits, flat_logits, y, back, first in self._plan[samples]:
            for times_k, x_k, z_k, bend, flat_k, a_k in forward:
                times_k(x_k, z_k)
                bend(flat_k, a_k)
            times(x, negated_logits)
            exp(flat_logits, yhat)
            add(yhat, ones, yhat)
            reciprocal(yhat, yhat)
            subtract(yhat, y, loss_wrt_logits)  # ∂L/∂z = ŷ − y
            if chain:
                subtract(ones_c, yhat_c, variance_c)
                multiply(yhat_c, variance_c, variance_c)  # ∂ŷ/∂z = ŷ (1 − ŷ)
                maximum(variance_c, floor_c, out=yhat_c)
                divide(loss_wrt_logits_c, yhat_c, loss_wrt_logits_c)  # ∂L/∂ŷ
                multiply(loss_wrt_logits_c, variance_c, loss_wrt_logits_c)  # ∂L/∂z = ∂L/∂ŷ · ∂ŷ/∂z
            for transposed, above, product, slope, a, slope_k, sums, below, a_one, rate, s, step_k, c, s_row, w in back:
                transposed(above, product)  # −∂L/∂a = −Wᵀ ∂L/∂z, by the W of before this step
                slope(a, slope_k)
                multiply(slope_k, sums, below)  # ∂L/∂z of the layer below = −∂a/∂z · −∂L/∂a
                multiply(a_one, rate, s)
                step_k[...] = c
                multiply(step_k, s_row, step_k)
                add(w, step_k, w)
            step, column, scaled, negated = first
            step[...] = column  # at its full shape first: to spread it in the product takes longer than both
            multiply(step, scaled, step)  # lr · ∂L/∂W, for every row
            add(negated, step, negated)

    def _take_rates_of(self, epoch: int) -> None:
        changes = sorted({0, *(change for each in self._experiments for change, _ in each.schedule)})
        after = sum(change <= epoch for change in changes)
        self._holds = changes[after - 1], changes[after] if after < len(changes) else math.inf
        rates = np.array([each.rate_at(epoch) for each in self._experiments]).astype(self._scaled.dtype)
        np.multiply(self._augmented[:, None, None], rates[:, None, None], out=self._scaled)
        for array in self._rates:
            array[:] = rates[:, None]

    @property
    def seen(self) -> tuple[FloatArray, ...]:
        """What the last epoch's steps met, live, for `Recorder`: −z of the last layer, and of each hidden one [a | 1].

        After those, of each hidden layer ∂L/∂z.
        """
        return self.negated_logits[-1], *self.outputs, *self.loss_wrt_logits

    @property
    def nbytes(self) -> int:
        """About how many bytes it keeps: arrays, and the views of them that each step takes."""
        labels = self.negated_logits[-1]  # of the same size
        arrays = (self._augmented, self._scaled, labels, *self.negated, *self.negated_logits)
        views = _PLAN_BYTES * len(self._plan) * len(self.negated)
        return sum(array.nbytes for array in (*arrays, *self.outputs, *self.loss_wrt_logits)) + views

    def parameters(self, member: int = 0) -> Parameters:
        """Return [W | b] of each layer of a member, copies."""
        return tuple(np.negative(matrix[member]) for matrix in self.negated)


def _sigmoid(like: FloatArray) -> tuple[Bend, Bend]:
    ones = np.ones_like(like)
    exp, add, reciprocal, subtract, multiply = np.exp, np.add, np.reciprocal, np.subtract, np.multiply

    def bend(negated_logits: FloatArray, a: FloatArray) -> None:
        exp(negated_logits, a)
        add(a, ones, a)
        reciprocal(a, a)

    def negated_slope(a: FloatArray, slope: FloatArray) -> None:
        subtract(a, ones, slope)
        multiply(slope, a, slope)

    return bend, negated_slope


def _tanh(like: FloatArray) -> tuple[Bend, Bend]:
    ones = np.ones_like(like)
    tanh, negative, subtract, multiply = np.tanh, np.negative, np.subtract, np.multiply

    def bend(negated_logits: FloatArray, a: FloatArray) -> None:
        tanh(negated_logits, a)
        negative(a, a)

    def negated_slope(a: FloatArray, slope: FloatArray) -> None:
        multiply(a, a, slope)
        subtract(slope, ones, slope)

    return bend, negated_slope


def _relu(like: FloatArray) -> tuple[Bend, Bend]:
    zeros = np.zeros_like(like)
    minimum, sign, subtract = np.minimum, np.sign, np.subtract

    def bend(negated_logits: FloatArray, a: FloatArray) -> None:
        minimum(negated_logits, zeros, out=a)
        subtract(zeros, a, a)  # no −0

    def negated_slope(a: FloatArray, slope: FloatArray) -> None:
        sign(a, slope)
        subtract(zeros, slope, slope)

    return bend, negated_slope


_BENDS: dict[str, Callable[[FloatArray], tuple[Bend, Bend]]] = {"sigmoid": _sigmoid, "tanh": _tanh, "relu": _relu}
"""How −z becomes a, and a becomes −∂a/∂z; for arrays of the shape of the one that is handed in."""


def with_one(x: FloatArray) -> FloatArray:
    """Return vectors with a 1 appended, by which the bias is multiplied: ndarray of shape (…, n + 1)."""
    return np.concatenate([x, np.ones((*x.shape[:-1], 1), x.dtype)], axis=-1)


def logits_of_all(parameters: Sequence[FloatArray], x: FloatArray, activation: ActivationName) -> FloatArray:
    """Return the last layer's z of every sample: ndarray of shape (…, samples, out_features), in the larger dtype.

    Parameters
    ----------
    parameters : sequence by layer of ndarrays of shape (…, units, units below + 1)
        [W | b] of each layer.
    x : ndarray of shape (samples, in_features)
    activation : {"sigmoid", "tanh", "relu"}

    Notes
    -----
    One product for each entry of a stack: the rounding of one large product would depend on the stack's size.
    """
    bend, z = ACTIVATIONS[activation]().forward, x
    for k, matrix in enumerate(parameters):
        z = np.matmul(with_one(bend(z) if k else z), matrix.swapaxes(-1, -2))
    return z
