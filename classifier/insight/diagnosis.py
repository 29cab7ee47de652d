"""What went wrong in a run, and where. Reads the history; putting it into words is for pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from classifier.experiment.experiment import Experiment
from classifier.graph.layers import FloatArray
from classifier.training.history import History
from classifier.training.loop import logits_of_all
from classifier.training.run import Run
from classifier.training.sweep import initial_parameters

ROUNDED_AWAY = 0.5
"""A run is called rounded only if rounding takes at least this share of what its weights should change by."""
WORTH = 0.01
"""And only if that change, in as many epochs as are trained, would lower the loss by more than this share."""
UNSEEN = 1e-6
"""A loss that changes by no more than this share looks the same throughout: six digits of it are shown."""


@dataclass(frozen=True)
class Finding:
    """One thing that went wrong, at its clearest place.

    Attributes
    ----------
    kind : {"diverged", "unstable", "saturated", "dead", "rounded", "still"}
        See `diagnose`.
    position : int
        Number of epochs trained there.
    sample, output : int
        Where in the table, from 0; 0 where it is the whole run that is meant ("rounded", "still").
    value : float or None
        What was found: the entry's loss ("unstable"), its ŷ ("saturated"), how many units are dead ("dead"), how many
        weights have moved ("still").
    bound : float or None
        What it should be below: the learning rate ("unstable", "still") or |z| ("saturated").
    layer : int
        Of the number that left its range ("diverged"), of the unit ("dead"), from 0.
    until : int or None
        The last recorded position in a row at which it is so ("saturated"); None if it is so to the end.
    """

    kind: Literal["diverged", "unstable", "saturated", "dead", "rounded", "still"]
    position: int
    sample: int = 0
    output: int = 0
    value: float | None = None
    bound: float | None = None
    until: int | None = None
    layer: int = 0


def diagnose(run: Run) -> tuple[Finding, ...]:
    """Return what went wrong so far: at most one finding of each kind.

    - ``diverged``: a number was no longer finite, and the run stopped.
    - ``unstable``: the running loss rose above that of the first epoch, and a learning rate up to there exceeds
      the bound up to which a step cannot overshoot. The place is the first such epoch's worst entry.
    - ``saturated``: ŷ is exactly 0 or exactly 1 and the label is nearer to the other end. The place is an entry of
      which this is so at the end, and since when; without one it is the first, and until when. By the chain route
      this entry's own gradient is exactly 0 there, and only steps on other samples can move it; by the fused one it
      still learns.
    - ``dead``: with ReLU, a hidden unit gives 0 for every sample and has had a gradient of exactly 0 in every epoch
      since then, and not all predictions are right. In the first layer it never learns again; above it, only if what
      is below changes. The output is the unit that died first.
    - ``rounded``: from that position on, rounding takes at least half of the change of the weights that the epochs'
      gradients ask for, although that change would still lower the loss.
    - ``still``: no weight has moved, or by the last epoch so little that the loss looks the same throughout,
      although a larger learning rate would lower it. Not where the run is "rounded".

    Parameters
    ----------
    run : Run

    Returns
    -------
    tuple of Finding

    Notes
    -----
    The bound on the learning rate is 8 / max(|x|² + 1), with x what goes into the last layer: with hidden layers of
    sigmoid or tanh at most 1 each, with ReLU what it is at the initial weights. Layers below may overshoot sooner; for
    them there is no bound that holds throughout. Along the parameters of one output, of which z = W x
    + b is a linear function with gradient (x, 1), the second derivative of L is σ′(z) · (|x|² + 1) ≤ ¼ (|x|²
    + 1), for σ′ is largest at 0, where it is ¼. Gradient descent on a curve shrinks the error as long as lr <
    2 / curvature.

    In exact numbers an epoch changes the weights by −lr times its summed gradient. What is missing of that was rounded
    away. Once contradicting samples are in balance, the steps of an epoch cancel, and rounding takes nothing that
    matters. So a loss of changes counts only where the gradient would have lowered the loss by a hundredth in as many
    epochs as are trained; to first order one epoch lowers it by lr · |∂L/∂(W, b)|².

    Examples
    --------
    >>> from classifier.experiment.experiment import Experiment
    >>> run = Run(Experiment.tutorial().replace(learning_rate=10, epochs=50))
    >>> _ = run.advance()
    >>> [finding.kind for finding in diagnose(run)]
    ['unstable', 'saturated']
    """
    found = (_diverged(run), _unstable(run), _saturated(run), _dead(run), _rounded(run) or _still(run))
    return tuple(finding for finding in found if finding is not None)


def _diverged(run: Run) -> Finding | None:
    place = run.divergence
    return None if place is None else Finding("diverged", place.epoch, place.sample, place.output, layer=place.layer)


def _largest_rate(experiment: Experiment) -> float:
    """Return the learning rate up to which a step of the last layer cannot overshoot."""
    a = experiment.input_array.astype(np.float64)
    if not experiment.hidden:
        return largest_rate(a)
    if experiment.activation != "relu":
        return 8 / (experiment.hidden[-1] + 1)  # sigmoid and tanh: |a| ≤ 1
    # ReLU knows no such bound: as large as the run begins
    return largest_rate(np.maximum(logits_of_all(initial_parameters(experiment)[:-1], a, "relu"), 0))


def largest_rate(inputs: NDArray[np.float64]) -> float:
    """Return the learning rate up to which a step of a layer that gets these cannot overshoot: see `diagnose`.

    Parameters
    ----------
    inputs : ndarray of shape (samples, in_features)
    """
    return 8 / float((inputs**2).sum(axis=1).max() + 1)


def _largest_rates(experiment: Experiment, positions: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the largest learning rate of all epochs up to each position."""
    epochs, rates = zip((0, experiment.learning_rate), *experiment.schedule, strict=True)
    largest: NDArray[np.float64] = np.maximum.accumulate(rates)[np.searchsorted(epochs, positions) - 1]
    return largest


def _unstable(run: Run) -> Finding | None:
    history, bound = run.history, _largest_rate(run.experiment)
    if len(history) < 2:
        return None
    rates = _largest_rates(run.experiment, history.position[1:])
    jumps = (history.running_loss[1:] > history.running_loss[1]) & (rates > bound)
    if not jumps.any():
        return None
    first = 1 + int(jumps.argmax())
    return Finding(
        "unstable",
        position=int(history.position[first]),
        sample=int(history.worst_sample[first]),
        output=int(history.worst_output[first]),
        value=float(history.worst_loss[first]),
        bound=bound,
    )


def _saturated(run: Run) -> Finding | None:
    history, y = run.history, run.experiment.label_array
    # two comparisons instead of |ŷ − y| over the whole history: this is asked for every chunk
    wrong = ((history.yhat == 0) & (y > 0.5)) | ((history.yhat == 1) & (y < 0.5))
    lasts = bool(wrong[-1].any())
    first = int((wrong[-1] if lasts else wrong).argmax())
    if not wrong.flat[first] and not lasts:
        return None
    frame, sample, output = map(int, np.unravel_index(first, wrong.shape))
    right = np.flatnonzero(~wrong[:, sample, output])
    if lasts:
        frame = int(right[-1]) + 1 if len(right) else 0
    limits = np.finfo(run.experiment.dtype)
    high = history.yhat[frame, sample, output] == 1
    # 1 + e^−z rounds to 1 once e^−z ≤ eps / 2; e^z rounds to 0 below half the smallest number
    bound = -np.log(float(limits.eps) / 2) if high else -(np.log(float(limits.tiny)) + np.log(float(limits.eps) / 2))
    return Finding(
        "saturated",
        position=int(history.position[frame]),
        sample=sample,
        output=output,
        value=float(high),
        bound=float(bound),
        until=None if lasts else int(history.position[right[right > frame][0] - 1]),
    )


def _dead(run: Run) -> Finding | None:
    history = run.history
    if run.experiment.activation != "relu" or len(history) < 2 or history.accuracy[-1] == 1:
        return None
    found, at_the_end = [], [matrices[-1] for matrices in history.parameters]
    for layer, gradients in enumerate(history.gradients[:-1]):
        logits = logits_of_all(at_the_end[: layer + 1], run.experiment.input_array, "relu")
        alive: NDArray[np.bool_] = (gradients[1:] != 0).any(axis=-1)  # (epochs, units)
        # Below units that are dead, or a ŷ that is saturated, there is no gradient either.
        for unit in np.flatnonzero(~alive[-1] & (logits <= 0).all(axis=0)).tolist():
            (learnt,) = np.nonzero(alive[:, unit])
            found.append((int(history.position[learnt[-1] + 1]) if len(learnt) else 0, layer, unit))
    if not found:
        return None
    position, layer, unit = min(found)
    return Finding("dead", position, output=unit, layer=layer, value=float(len(found)))


def _rounded(run: Run) -> Finding | None:
    history, experiment = run.history, run.experiment
    end = int(history.position[-1])
    if len(history) < 2 or _rounded_away(history[-2:], experiment)[0] < ROUNDED_AWAY:
        return None
    gradient = _flat(history[-1:].gradients)[0]
    asked = -experiment.rate_at(end - 1) * gradient
    if not -np.vdot(asked, gradient) * end > WORTH * history.running_loss[-1]:
        return None
    # Frames far apart say what is lost only where the gradient hardly changes between them; one epoch says it always.
    before, after = (_flat([matrix[None] for matrix in run.parameters_at(position)])[0] for position in (end - 1, end))
    if np.linalg.norm(after - before - asked) < ROUNDED_AWAY * np.linalg.norm(asked):
        return None
    moving = np.flatnonzero(_rounded_away(history, experiment) < ROUNDED_AWAY)
    return Finding("rounded", int(history.position[moving[-1] + 1 if len(moving) else 0]))


def _still(run: Run) -> Finding | None:
    history, experiment = run.history, run.experiment
    end, losses, bound = int(history.position[-1]), history.running_loss[1:], _largest_rate(experiment)
    # Where the gradient is as good as 0, or every rate is 0, it is not the size of the rate that holds the run.
    if len(losses) == 0 or _largest_rates(experiment, history.position[-1:]) == 0:
        return None
    if bound * float((_flat(history[-1:].gradients) ** 2).sum()) * end <= WORTH * losses[-1]:
        return None
    parameters = _flat(history.parameters)
    moved = int((parameters != parameters[0]).any(axis=0).sum())
    if moved and (end < experiment.epochs or np.ptp(losses) > UNSEEN * losses[0]):
        return None
    return Finding("still", 0, value=float(moved), bound=bound)


def _rounded_away(history: History, experiment: Experiment) -> NDArray[np.float64]:
    """Return which share of the asked change was lost between each recorded position and the next; 0 if none was asked.

    Between positions that are several epochs apart, the gradient is the mean of those at both.
    """
    gradient = _flat(history.gradients)
    epochs = np.diff(history.position)
    between = np.where(epochs[:, None] == 1, gradient[1:], (gradient[1:] + gradient[:-1]) / 2)
    asked = -(experiment.rates_at(history.position[1:] - 1) * epochs)[:, None] * between
    changed = np.diff(_flat(history.parameters), axis=0)
    lost, whole = (np.linalg.norm(values, axis=1) for values in (changed - asked, asked))
    share: NDArray[np.float64] = np.divide(lost, whole, out=np.zeros_like(whole), where=whole > 0)
    return share


def _flat(layers: Sequence[FloatArray]) -> NDArray[np.float64]:
    """Join the arrays of all layers, frame by frame, in float64: ndarray of shape (frames, parameters)."""
    return np.concatenate([each.reshape(len(each), -1).astype(np.float64) for each in layers], axis=1)
