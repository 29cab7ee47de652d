"""What became of a run, in one word, and how soon: for a table of several. Reads the history."""

from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from classifier.experiment.experiment import Experiment
from classifier.graph.loss import BinaryCrossEntropyLoss
from classifier.training.history import History

Outcome: TypeAlias = Literal["converged", "slow", "diverged", "saturated"]

LAST_SHARE = 0.1
"""The outcome is judged by this last share of the epochs."""
STILL = 0.05
"""A run stands still where its gradient is below this share of the largest that there can be."""
RISE = 1.1
"""A loss that rises to so many times an earlier one is not settling."""
BEYOND_GUESSING = 2.0
"""A run that stands still at so many times the loss of guessing jumps to and fro within each epoch."""
SMALL_LOSS = 0.1
"""Mean loss of an entry that is never called diverged, in nats: where all labels are equal, guessing costs nothing."""


def outcome(history: History, experiment: Experiment) -> Outcome:
    """Say what became of a run, by the last tenth of its epochs; the first of these that holds.

    - ``saturated``: by the chain route, an entry whose ŷ is exactly 0 or 1, on the wrong side, all the while. Its
      gradient is 0, so it never learns.
    - ``converged``: the gradient of every weight stays below 5 % of the largest that its inputs allow; with hidden
      layers that of the last layer's weights, whose inputs are at most 1 (of ReLU taken for as large). What is
      left of the loss is in the data (as for XOR) or vanishes ever more slowly.
    - ``diverged``: the same, but at more than twice the loss of guessing, that is of predicting each column's mean:
      long steps that cancel within each epoch. Or the loss rises by more than a tenth from one of these epochs to
      a later one, or ends above that of the first epoch.
    - ``slow``: none of these: a gradient is left when the epochs are over.

    Parameters
    ----------
    history : History
        Of a run, as far as it has come.
    experiment : Experiment

    Notes
    -----
    |∂L/∂z| ≤ 1, so the gradient of W_oj summed over an epoch is at most Σ|x_j| over the samples, and that of b_o
    at most their number. An epoch's summed gradient is −1/lr times what the epoch changed: it is 0, too, where
    the steps on contradicting samples cancel.

    Examples
    --------
    >>> from classifier.training.run import Run
    >>> def became(**changes):
    ...     run = Run(Experiment.tutorial().replace(**changes))
    ...     _ = run.advance()
    ...     return outcome(run.history, run.experiment)
    >>> became(), became(learning_rate=1e-5), became(learning_rate=10, route="chain")
    ('converged', 'slow', 'saturated')
    """
    end = int(history.position[-1])
    last = history[max(1, int(np.searchsorted(history.position, end * (1 - LAST_SHARE)))) :]
    if len(last) == 0:
        return "slow"  # nothing is trained yet
    y = experiment.label_array
    stuck = (((last.yhat == 0) & (y > 0.5)) | ((last.yhat == 1) & (y < 0.5))).all(axis=0)
    if experiment.route == "chain" and stuck.any():
        return "saturated"
    loss = last.running_loss
    if _relative_gradient(last, experiment).max() < STILL:
        too_high = max(BEYOND_GUESSING * _loss_of_guessing(experiment), SMALL_LOSS * experiment.label_array.size)
        return "diverged" if loss.mean() > too_high else "converged"
    rises = (loss > RISE * np.minimum.accumulate(loss)).any()
    return "diverged" if rises or loss[-1] > history.running_loss[1] else "slow"


def epochs_to(history: History, loss: float) -> int | None:
    """Return the first recorded position whose running loss is at most ``loss``; None if there is none."""
    reached = history.running_loss <= loss  # NaN at position 0 is not
    return int(history.position[reached.argmax()]) if reached.any() else None


def _loss_of_guessing(experiment: Experiment) -> float:
    """Return the loss of predicting, for every sample, the mean of each column of labels."""
    y = experiment.label_array.astype(np.float64)
    guess = np.broadcast_to(np.clip(y.mean(axis=0), 0, 1), y.shape)
    return float(BinaryCrossEntropyLoss().forward(guess, y).sum())


def _relative_gradient(history: History, experiment: Experiment) -> NDArray[np.float64]:
    """Return each epoch's gradient of the last layer as a share of its bound: shape (frames, out, in + 1)."""
    x = np.abs(experiment.input_array.astype(np.float64)).sum(axis=0)
    if experiment.hidden:
        x = np.full(experiment.hidden[-1], float(experiment.samples))  # |a| ≤ 1
    bound = np.append(x, experiment.samples)
    gradient = history.gradients[-1]
    # an input that is 0 throughout has a gradient of 0, whatever it is divided by
    shares: NDArray[np.float64] = np.abs(gradient.astype(np.float64)) / np.where(bound > 0, bound, 1)
    return shares
