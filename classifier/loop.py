"""The graph of network.py, fused for speed: the same numbers with a fifteenth of the calls.

It is written to be fast, not to be learnt from. test_loop.py holds it to the readable graph, step by step.
"""

import numpy as np

from classifier.experiment import Experiment
from classifier.layers import FloatArray
from classifier.loss import DENOMINATOR_FLOOR

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
    that its product is the −z that e^−z needs; lr is multiplied into x beforehand; every array is there
    before the first step. Negating is exact, so nothing but the order of one sum and one product differs from
    the readable graph.

    The same weights and samples give the same bits, whatever was trained before and however the steps are cut
    into calls.
    """

    def __init__(self, experiment: Experiment, weight: FloatArray, bias: FloatArray) -> None:
        x, y = experiment.input_array, experiment.label_array
        dtype = x.dtype
        samples, outputs = y.shape
        augmented = with_one(x)  # (samples, in + 1)
        scaled = augmented * dtype.type(experiment.learning_rate)
        self._chain = experiment.route == "chain"
        self._negated = np.ascontiguousarray(-np.hstack([weight, bias[:, None]]), dtype)  # −[W | b]: (out, in + 1)
        self._negated_logits = np.zeros((samples, outputs), dtype)
        self._plan = list(zip(augmented, scaled, y, self._negated_logits, strict=True))
        self._step = np.empty_like(self._negated)
        self._column = np.empty((outputs, 1), dtype)  # ∂L/∂z, as the outer product wants it
        self._ones = np.ones(outputs, dtype)
        self._floor = np.full(outputs, DENOMINATOR_FLOOR, dtype)
        self._yhat, self._variance = np.empty(outputs, dtype), np.empty(outputs, dtype)

    def train(self, samples: slice = EVERY_SAMPLE) -> None:
        """Take one step on each of the samples, in the order of the table.

        Call it under ``np.errstate(all="ignore")``, once around many calls: e^−z = inf is meant (ŷ = 0).
        """
        negated, step, ones, column = self._negated, self._step, self._ones, self._column
        yhat, variance, floor = self._yhat, self._variance, self._floor
        delta = column[:, 0]
        logits_of = negated.dot
        exp, add, reciprocal, subtract, multiply = np.exp, np.add, np.reciprocal, np.subtract, np.multiply
        maximum, divide = np.maximum, np.divide
        if not self._chain:
            for x, scaled, y, negated_logits in self._plan[samples]:
                logits_of(x, negated_logits)
                exp(negated_logits, yhat)
                add(yhat, ones, yhat)
                reciprocal(yhat, yhat)
                subtract(yhat, y, delta)  # ∂L/∂z = ŷ − y
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
                subtract(yhat, y, delta)
                maximum(variance, floor, out=yhat)
                divide(delta, yhat, delta)  # ∂L/∂ŷ
                multiply(delta, variance, delta)  # ∂L/∂z = ∂L/∂ŷ · ∂ŷ/∂z
                multiply(column, scaled, step)
                add(negated, step, negated)

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


def stays_finite(experiment: Experiment, weight: FloatArray, bias: FloatArray) -> bool:
    """Tell whether no number of the run can overflow, so that the loop need not look.

    |∂L/∂z| ≤ 1 by either route, so a step moves a weight by at most lr · max(|x|, 1), all steps together by
    that many times as much, and |z| ≤ (in_features + 1) · max(|x|, 1) · max |weight|. Drawn weights are below
    10, so by the limits of an experiment |z| < 65 · 10⁶ · (10 + 100 · 10⁶ · 2·10⁷) < 10²⁴, far below
    float32's 3·10³⁸: only given weights can fail here. The factor 4 is for rounding.
    """
    largest_x = max(1.0, float(np.abs(experiment.input_array).max()))
    largest_weight = float(np.abs(np.column_stack([weight, bias])).max())
    steps = experiment.samples * experiment.epochs
    reached = largest_weight + experiment.learning_rate * largest_x * steps
    return 4 * (experiment.in_features + 1) * largest_x * reached < float(np.finfo(experiment.dtype).max)
