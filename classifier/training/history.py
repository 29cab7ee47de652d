"""What a run keeps of its epochs: a bounded number of positions, each with all that charts show of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from classifier.experiment.experiment import Experiment
from classifier.experiment.hidden import shapes
from classifier.graph.layers import FloatArray, Sigmoid
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
    parameters : tuple by layer of ndarrays of shape (…, out_features, in_features + 1)
        [W | b].
    gradients : tuple by layer of ndarrays of that shape
        ∂L/∂[W | b], summed over the epoch; 0 at position 0.
    yhat : ndarray of shape (…, samples, out_features)
        Predictions of all samples at the weights of that position.
    accuracy : ndarray of float64
        Share of the entries of ŷ that are right, see `is_right`.
    mean_abs_loss_wrt_sigmoid : ndarray of float64
    mean_abs_loss_wrt_logits, mean_abs_loss_wrt_weight : ndarrays of float64 of shape (…, layers)
        Mean of |∂L/∂ŷ|, and of each layer |∂L/∂z| and |∂L/∂W|, over the steps of the epoch and their entries; 0 at
        position 0. That of |∂L/∂b| is that of |∂L/∂z|.
    worst_loss : ndarray of float64
        The largest loss of one entry in the epoch; 0 at position 0.
    worst_sample, worst_output : ndarrays of int64
        The place of that entry; 0 at position 0.
    """

    position: NDArray[np.int64]
    running_loss: NDArray[np.float64]
    parameters: tuple[FloatArray, ...]
    gradients: tuple[FloatArray, ...]
    yhat: FloatArray
    accuracy: NDArray[np.float64]
    mean_abs_loss_wrt_sigmoid: NDArray[np.float64]
    mean_abs_loss_wrt_logits: NDArray[np.float64]
    mean_abs_loss_wrt_weight: NDArray[np.float64]
    worst_loss: NDArray[np.float64]
    worst_sample: NDArray[np.int64]
    worst_output: NDArray[np.int64]

    def __len__(self) -> int:
        """Return the number of recorded positions."""
        return len(self.position)

    def __getitem__(self, frames: slice) -> "History":
        """Return the same history, of these frames only. Copies nothing."""
        return History(**{name: _each(lambda array: array[frames], values) for name, values in vars(self).items()})


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


def recorded_positions(*experiments: Experiment) -> NDArray[np.int64]:
    """Return the positions that a run of this experiment records: increasing, 0 first, the last epoch last.

    Several have the same, and share the memory of one.

    Every position if there is room. Otherwise every one for the first half of the frames, because that is
    where things move, and evenly spaced ones for the second half.
    """
    end = experiments[0].epochs
    frame_bytes = sum(_bytes(_empty(experiment, 1)) for experiment in experiments)
    frames = max(MIN_FRAMES, min(MAX_FRAMES, MAX_BYTES // frame_bytes))
    if end < frames:
        return np.arange(end + 1, dtype=np.int64)
    dense = np.arange(frames // 2)
    sparse = np.linspace(frames // 2, end, frames - frames // 2).round().astype(np.int64)
    return np.concatenate([dense, sparse])


Values: TypeAlias = NDArray[Any] | tuple[NDArray[Any], ...]
"""An array, or one a layer."""


def _layers(values: Values) -> tuple[NDArray[Any], ...]:
    return values if isinstance(values, tuple) else (values,)


def _each(do: Callable[[NDArray[Any]], NDArray[Any]], values: Values) -> Any:  # noqa: ANN401 - the same kind of value
    """Do something with an array, or with that of each layer."""
    return tuple(map(do, values)) if isinstance(values, tuple) else do(values)


def _empty(experiment: Experiment, frames: int) -> dict[str, Any]:
    """Return arrays with room for so many frames, by their names."""
    dtype, layers = np.dtype(experiment.dtype), shapes(experiment.sizes)
    of_run: dict[str, Any] = {
        "parameters": tuple(np.empty((frames, *shape), dtype) for shape in layers),
        "gradients": tuple(np.empty((frames, *shape), dtype) for shape in layers),
        "yhat": np.empty((frames, experiment.samples, experiment.out_features), dtype),
        "mean_abs_loss_wrt_logits": np.empty((frames, len(layers))),
        "mean_abs_loss_wrt_weight": np.empty((frames, len(layers))),
    }
    whole = ("position", "worst_sample", "worst_output")
    others = {
        field.name: np.empty(frames, np.int64 if field.name in whole else np.float64) for field in fields(History)
    }
    return others | of_run


def _bytes(arrays: dict[str, Any]) -> int:
    return sum(array.nbytes for values in arrays.values() for array in _layers(values))


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
        self._arrays = _empty(experiment, frames)
        self._recorded = 0

    def __len__(self) -> int:
        """Return the number of frames recorded."""
        return self._recorded

    @property
    def nbytes(self) -> int:
        """Bytes of its arrays, which have room for all frames from the start."""
        return _bytes(self._arrays)

    def snapshot(self) -> History:
        """Return the frames so far. Copies nothing: a recorded frame never changes."""
        recorded = self._recorded

        def view(array: NDArray[Any]) -> NDArray[Any]:
            part = array[:recorded]
            part.flags.writeable = False
            return part

        return History(**{name: _each(view, values) for name, values in self._arrays.items()})

    def record(
        self, position: NDArray[np.int64], negated: Sequence[FloatArray], seen: Sequence[FloatArray] | None
    ) -> None:
        """Append frames.

        Parameters
        ----------
        position : ndarray of shape (frames,)
        negated : sequence by layer of ndarrays of shape (frames, out_features, in_features + 1)
            −[W | b] at each position.
        seen : sequence of ndarrays of shape (frames, samples, …), or None
            What the steps of the epoch met that ended there, as `Loop.seen` has it; None for position 0, where no
            epoch has ended.
        """
        start, stop = self._recorded, self._recorded + len(position)
        frame: dict[str, Any] = {
            name: _each(lambda array: array[start:stop], values) for name, values in self._arrays.items()
        }
        frame["position"][:] = position
        for values, array in zip(negated, frame["parameters"], strict=True):
            np.negative(values, out=array)
        with np.errstate(under="ignore"):
            # with hidden layers in float64, where nothing that `Sweep` lets pass overflows
            x = self._x.astype(np.float64) if self._experiment.hidden else self._x
            logits = logits_of_all(frame["parameters"], x, self._experiment.activation)
            yhat = Sigmoid().forward(logits)  # (frames, samples, out)
            frame["yhat"][:] = yhat
            right = is_right(yhat, self._y)
            frame["accuracy"][:] = _mean(right.reshape(len(right), -1))
            if seen is None:
                for name in frame.keys() - {"position", "parameters", "yhat", "accuracy"}:
                    for array in _layers(frame[name]):
                        array[:] = np.nan if name == "running_loss" else 0
            else:
                self._record_epochs(frame, -seen[0], seen[1:])
        self._recorded = stop  # last, so that a snapshot taken meanwhile has finished frames only

    def _record_epochs(self, frame: dict[str, Any], logits: FloatArray, hidden: Sequence[FloatArray]) -> None:
        """Fill in what sums up the steps of an epoch: from the last logits, each hidden [a | 1], and its ∂L/∂z."""
        each_loss = _rows(BinaryCrossEntropyLoss().forward_from_logits(logits, self._y))  # (frames, samples · out)
        frame["running_loss"][:] = each_loss.sum(axis=1)
        worst = each_loss.argmax(axis=1)
        frame["worst_loss"][:] = np.take_along_axis(each_loss, worst[:, None], axis=1)[:, 0]
        frame["worst_sample"][:], frame["worst_output"][:] = np.divmod(worst, logits.shape[-1])

        # as the layers form them, but each ŷ and ŷ(1 − ŷ) once: this is a good part of what a run costs
        yhat = Sigmoid().forward(logits)  # (frames, samples, out)
        fused: FloatArray = yhat - self._y
        yhat_wrt_logits = yhat * (1 - yhat)
        loss_wrt_yhat = fused / np.maximum(yhat_wrt_logits, DENOMINATOR_FLOOR)
        frame["mean_abs_loss_wrt_sigmoid"][:] = _mean(_rows(np.abs(loss_wrt_yhat)))

        layers = len(frame["gradients"])
        inputs = (self._x, *(np.ascontiguousarray(a[..., :-1]) for a in hidden[: layers - 1]))
        loss_wrt_logits = (*hidden[layers - 1 :], loss_wrt_yhat * yhat_wrt_logits if self._chain else fused)
        for k, (x, delta) in enumerate(zip(inputs, loss_wrt_logits, strict=True)):
            gradient = frame["gradients"][k]
            gradient[..., :-1] = np.matmul(delta.transpose(0, 2, 1), x)
            gradient[..., -1] = delta.sum(axis=1)
            # |δ_o x_j| = |δ_o| |x_j|, so the mean over the entries of ∂L/∂W is a product of two means
            by_sample = np.abs(delta).astype(np.float64).mean(axis=2)  # (frames, samples)
            frame["mean_abs_loss_wrt_logits"][:, k] = _mean(by_sample)
            frame["mean_abs_loss_wrt_weight"][:, k] = _mean(by_sample * np.abs(x).mean(axis=-1, dtype=np.float64))


def _mean(rows: NDArray[Any]) -> NDArray[np.float64]:
    """Return the mean of each row, of float64 or bool. np.mean spends more time on its options than on the numbers."""
    means: NDArray[np.float64] = np.add.reduce(rows, axis=1) / rows.shape[1]
    return means


def _rows(array: FloatArray) -> NDArray[np.float64]:
    """Return one row per frame, in float64: sums over many samples should not round in float32."""
    return array.reshape(len(array), -1).astype(np.float64)
