"""From a run's history to the arrays that the stage plays. The builder of a chart says which of them it shows."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from classifier import Experiment, History, class_accuracy, data_set_gradient, is_one_class_each, is_right
from pages.playground.charts.layer_gradients import layer_sizes
from pages.playground.chosen_chart import arrays
from pages.playground.chosen_chart.choice import ChartSettings, Layers

# Rows of the table that the predictions chart shows at a time: as many as stay readable on a projector.
WINDOW: Final = 10


def window(experiment: Experiment, first: int) -> slice:
    """Give the rows that are shown together with one, counted from 0; with the last if there is no such row."""
    start = min(first, experiment.samples - 1) // WINDOW * WINDOW
    return slice(start, start + WINDOW)


def run_frames(experiment: Experiment, history: History) -> dict[str, NDArray[Any]]:
    """Arrange what is shown whatever was chosen, for a stretch of history. Every array here is finite.

    Weights, gradients and (under a schedule only) changes carry the bias as their last column. What hovering shows with
    all its digits keeps its dtype; what is read to six digits is float32.
    """
    arrays: dict[str, NDArray[Any]] = {}
    every = history.gradients
    if len(history) and history.position[0] == 0:
        # No epoch ended there: what is shown is the gradient of all samples at the initial weights.
        start = data_set_gradient(experiment, [matrices[0] for matrices in history.parameters])
        every = tuple(np.concatenate([first[np.newaxis], rest[1:]]) for first, rest in zip(start, every, strict=True))
    for layer, (weights, gradients) in enumerate(zip(history.parameters, every, strict=True), start=1):
        arrays |= {f"weights_{layer}": weights, f"gradients_{layer}": gradients}  # (frames, out, in + 1)
        if experiment.schedule:
            # The change of a weight in an epoch is −lr times its gradient summed over the epoch, which ended there.
            rates = experiment.rates_at(history.position - 1).astype(gradients.dtype)
            arrays[f"changes_{layer}"] = -rates[:, np.newaxis, np.newaxis] * gradients
    labels = experiment.label_array
    classes = {"class_accuracy": _single(class_accuracy(history.yhat, labels))} if is_one_class_each(labels) else {}
    largest = np.max([np.abs(gradients).max(axis=(1, 2)) for gradients in every], axis=0)
    of_weights = np.max([np.abs(gradients[..., :-1]).max(axis=(1, 2)) for gradients in every], axis=0)
    return {
        "running_loss": np.nan_to_num(history.running_loss),
        "accuracy": _single(history.accuracy),
        **classes,
        "largest_loss_wrt_weight": _single(of_weights),
        # A colour scale cannot go from 0 to 0: an epoch whose gradient is all 0 gets one to 1, and white cells.
        "largest_gradient": _single(np.where(largest > 0, largest, 1.0)),
        **arrays,
    }


def chosen_frames(experiment: Experiment, history: History, chosen: ChartSettings) -> dict[str, NDArray[Any]]:
    """Arrange what the chosen chart shows."""
    if isinstance(chosen, Layers):
        return {name: _single(sizes) for name, sizes in layer_sizes(history, chosen.quantity).items()}
    return arrays.arrays(experiment, history, chosen)


def sample_frames(experiment: Experiment, history: History, rows: slice) -> dict[str, NDArray[Any]]:
    """Arrange what is shown of some samples."""
    yhat = history.yhat[:, rows]
    wrong = ~is_right(yhat, experiment.label_array[rows])
    return {"yhat": yhat, "wrong": wrong.reshape(len(wrong), -1).astype(np.uint8)}


def _single(array: NDArray[Any]) -> NDArray[np.float32]:
    # At most six digits are read, for which float32 suffices. A number beyond its range is shown as its largest.
    limit = np.finfo(np.float32).max
    single: NDArray[np.float32] = np.clip(array, -limit, limit).astype(np.float32)
    return single
