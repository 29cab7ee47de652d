"""What a run keeps of its epochs: a bounded number of positions, each with all that charts show of it."""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.experiment.experiment import Experiment
from classifier.graph.layers import FloatArray, Sigmoid, parted
from classifier.graph.loss import DENOMINATOR_FLOOR, BinaryCrossEntropyLoss
from classifier.training.loop import logits_of_all

MAX_FRAMES = 2_048
"""Most recorded positions: the default run of 2 000 epochs has every one, and a chart has no more pixels."""

MAX_BYTES = 24 * 2**20
"""Most memory of the arrays of one history: thirty different experiments at once stay under a gigabyte."""

MIN_FRAMES = 64
"""Fewest recorded positions, whatever their size: fewer would not play smoothly. The largest experiment has 173."""


@dataclass(frozen=True, eq=False)
class History:
    """The recorded positions of a run: read-only arrays whose first axis is the position.

    Slices like a list.

    Attributes
    ----------
    position : ndarray of int64
        Number of epochs trained. The sums and means beside it are those of the epoch that ended there;
        position 0 ends none.
    running_loss : ndarray of float64
        Each sample's loss just before its own update, summed over the epoch, in nats. NaN at position 0, and
        only there.
    weight, bias : ndarrays of shape (…, out_features, in_features) and (…, out_features)
    loss_wrt_weight, loss_wrt_bias : ndarrays of the shapes of weight and bias
        ∂L/∂W and ∂L/∂b, summed over the epoch; 0 at position 0.
    yhat : ndarray of shape (…, samples, out_features)
        Predictions of all samples at the weights of that position.
    accuracy : ndarray of float64
        Share of the entries of ŷ that are right, see `is_right`.
    mean_abs_loss_wrt_sigmoid, mean_abs_loss_wrt_linear1 : ndarrays of float64
    mean_abs_loss_wrt_weight, mean_abs_loss_wrt_bias : ndarrays of float64
        Mean of |∂L/∂ŷ|, |∂L/∂z|, |∂L/∂W|, |∂L/∂b| over the steps of the epoch and their entries; 0 at
        position 0.
    worst_loss : ndarray of float64
        The largest loss of one entry in the epoch; 0 at position 0.
    worst_sample, worst_output : ndarrays of int64
        The place of that entry; 0 at position 0.
    """

    position: NDArray[np.int64]
    running_loss: NDArray[np.float64]
    weight: FloatArray
    bias: FloatArray
    loss_wrt_weight: FloatArray
    loss_wrt_bias: FloatArray
    yhat: FloatArray
    accuracy: NDArray[np.float64]
    mean_abs_loss_wrt_sigmoid: NDArray[np.float64]
    mean_abs_loss_wrt_linear1: NDArray[np.float64]
    mean_abs_loss_wrt_weight: NDArray[np.float64]
    mean_abs_loss_wrt_bias: NDArray[np.float64]
    worst_loss: NDArray[np.float64]
    worst_sample: NDArray[np.int64]
    worst_output: NDArray[np.int64]

    def __len__(self) -> int:
        """Return the number of recorded positions."""
        return len(self.position)

    def __getitem__(self, frames: slice) -> "History":
        """Return the same history, of these frames only. Copies nothing."""
        return History(**{field.name: getattr(self, field.name)[frames] for field in fields(self)})


def is_right(yhat: FloatArray, y: FloatArray) -> NDArray[np.bool_]:
    """Say which predictions are on their label's side of 0.5. A label of 0.5 is on no side: any prediction is right.

    Parameters
    ----------
    yhat, y : ndarrays
        Predictions and labels, of shapes that broadcast.

    Returns
    -------
    ndarray of bool

    Examples
    --------
    >>> is_right(np.array([0.7, 0.7, 0.7, 0.5]), np.array([1.0, 0.0, 0.5, 0.0])).tolist()
    [True, False, True, True]
    """
    right: NDArray[np.bool_] = ((yhat > 0.5) == (y > 0.5)) | (y == 0.5)
    return right


def recorded_positions(experiment: Experiment, shared_by: int = 1) -> NDArray[np.int64]:
    """Return the positions that a run of this experiment records: increasing, 0 first, the last epoch last.

    ``shared_by`` is the number of histories that share the memory of one.

    Every position if there is room. Otherwise every one for the first half of the frames, because that is
    where things move, and evenly spaced ones for the second half.
    """
    end = experiment.epochs
    frames = max(MIN_FRAMES, min(MAX_FRAMES, MAX_BYTES // (shared_by * _frame_bytes(experiment))))
    if end < frames:
        return np.arange(end + 1, dtype=np.int64)
    dense = np.arange(frames // 2)
    sparse = np.linspace(frames // 2, end, frames - frames // 2).round().astype(np.int64)
    return np.concatenate([dense, sparse])


def _shapes(experiment: Experiment) -> dict[str, tuple[tuple[int, ...], Any]]:
    """Return shape and dtype of one frame of every array."""
    inputs, outputs = experiment.in_features, experiment.out_features
    of_run = {
        "weight": (outputs, inputs),
        "bias": (outputs,),
        "loss_wrt_weight": (outputs, inputs),
        "loss_wrt_bias": (outputs,),
        "yhat": (experiment.samples, outputs),
    }
    whole = ("position", "worst_sample", "worst_output")
    return {
        field.name: (of_run[field.name], np.dtype(experiment.dtype))
        if field.name in of_run
        else ((), np.dtype(np.int64 if field.name in whole else np.float64))
        for field in fields(History)
    }


def _frame_bytes(experiment: Experiment) -> int:
    return sum(int(np.prod(shape)) * dtype.itemsize for shape, dtype in _shapes(experiment).values())


class Recorder:
    """Turns weights and logits, as the loop leaves them, into frames of a history.

    Everything is computed for many frames at once, and each frame by itself: its numbers do not depend on
    which frames were recorded together with it.

    Parameters
    ----------
    experiment : Experiment
    frames : int
        Most frames that will be recorded.
    """

    def __init__(self, experiment: Experiment, frames: int) -> None:
        self._experiment = experiment
        self._x, self._y = experiment.input_array, experiment.label_array
        self._chain = experiment.route == "chain"
        self._mean_abs_x = np.abs(self._x).mean(axis=1, dtype=np.float64)  # (samples,)
        self._arrays = {name: np.empty((frames, *shape), dtype) for name, (shape, dtype) in _shapes(experiment).items()}
        self._recorded = 0

    def __len__(self) -> int:
        """Return the number of frames recorded."""
        return self._recorded

    @property
    def nbytes(self) -> int:
        """Bytes of its arrays, which have room for all frames from the start."""
        return sum(array.nbytes for array in self._arrays.values())

    def snapshot(self) -> History:
        """Return the frames so far. Copies nothing: a recorded frame never changes."""
        recorded = self._recorded
        views = {name: array[:recorded] for name, array in self._arrays.items()}
        for view in views.values():
            view.flags.writeable = False
        return History(**views)

    def record(self, position: NDArray[np.int64], negated: FloatArray, negated_logits: FloatArray | None) -> None:
        """Append frames.

        Parameters
        ----------
        position : ndarray of shape (frames,)
        negated : ndarray of shape (frames, out_features, in_features + 1)
            −[W | b] at each position.
        negated_logits : ndarray of shape (frames, samples, out_features), or None
            −z of every step of the epoch that ended there; None for position 0, where no epoch has ended.
        """
        start, stop = self._recorded, self._recorded + len(position)
        frame = {name: array[start:stop] for name, array in self._arrays.items()}
        frame["position"][:] = position
        for name, values in zip(("weight", "bias"), parted(negated), strict=True):
            np.negative(values, out=frame[name])
        with np.errstate(under="ignore"):
            yhat = Sigmoid().forward(logits_of_all(self._experiment, negated))  # (frames, samples, out)
            frame["yhat"][:] = yhat
            right = is_right(yhat, self._y)
            frame["accuracy"][:] = _mean(right.reshape(len(right), -1))
            if negated_logits is None:
                for name in frame.keys() - {"position", "weight", "bias", "yhat", "accuracy"}:
                    frame[name][:] = np.nan if name == "running_loss" else 0
            else:
                self._record_epochs(frame, -negated_logits)
        self._recorded = stop  # last, so that a snapshot taken meanwhile has finished frames only

    def _record_epochs(self, frame: dict[str, NDArray[Any]], logits: FloatArray) -> None:
        """Fill in what sums up the steps of an epoch."""
        each_loss = _rows(BinaryCrossEntropyLoss().forward_from_logits(logits, self._y))  # (frames, samples · out)
        frame["running_loss"][:] = each_loss.sum(axis=1)
        worst = each_loss.argmax(axis=1)
        frame["worst_loss"][:] = np.take_along_axis(each_loss, worst[:, None], axis=1)[:, 0]
        frame["worst_sample"][:], frame["worst_output"][:] = np.divmod(worst, logits.shape[-1])

        # as the layers form them, but each ŷ and ŷ(1 − ŷ) once: this is a good part of what a run costs
        yhat = Sigmoid().forward(logits)  # (frames, samples, out)
        fused: FloatArray = yhat - self._y
        sigmoid_wrt_linear1 = yhat * (1 - yhat)
        loss_wrt_sigmoid = fused / np.maximum(sigmoid_wrt_linear1, DENOMINATOR_FLOOR)
        loss_wrt_linear1 = loss_wrt_sigmoid * sigmoid_wrt_linear1 if self._chain else fused
        np.matmul(loss_wrt_linear1.transpose(0, 2, 1), self._x, out=frame["loss_wrt_weight"])
        loss_wrt_linear1.sum(axis=1, out=frame["loss_wrt_bias"])

        frame["mean_abs_loss_wrt_sigmoid"][:] = _mean(_rows(np.abs(loss_wrt_sigmoid)))
        # |δ_o x_j| = |δ_o| |x_j|, so the mean over the entries of ∂L/∂W is a product of two means
        by_sample = np.abs(loss_wrt_linear1).astype(np.float64).mean(axis=2)  # (frames, samples)
        frame["mean_abs_loss_wrt_linear1"][:] = frame["mean_abs_loss_wrt_bias"][:] = _mean(by_sample)
        frame["mean_abs_loss_wrt_weight"][:] = _mean(by_sample * self._mean_abs_x)


def _mean(rows: NDArray[Any]) -> NDArray[np.float64]:
    """Return the mean of each row, of float64 or bool. np.mean spends more time on its options than on the numbers."""
    means: NDArray[np.float64] = np.add.reduce(rows, axis=1) / rows.shape[1]
    return means


def _rows(array: FloatArray) -> NDArray[np.float64]:
    """Return one row per frame, in float64: sums over many samples should not round in float32."""
    return array.reshape(len(array), -1).astype(np.float64)
