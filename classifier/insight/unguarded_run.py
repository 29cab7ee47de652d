"""The tutorial's training with its own unguarded formulas, up to where it dies. Only for showing that it does."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.experiment.experiment import Experiment, refuse_unknown
from classifier.graph.layers import FloatArray
from classifier.insight.unguarded import Evaluation, Reason, reason, unguarded
from classifier.training.sweep import initial_parameters

_NAMES = ("input_names", "label_names", "scaling", "activation")  # without effect
_KNOWN = ("inputs", "labels", "learning_rate", "schedule", "epochs", "seed", "route", "dtype", "initial", *_NAMES)


@dataclass(frozen=True)
class Death:
    """The first number of a training that is not finite.

    Attributes
    ----------
    epoch, sample, output : int
        The place, each from 0.
    quantity : str
        Which number, a field of `Evaluation`: the loss, or else a factor of ∂L/∂z.
    value : float
        NaN, inf or −inf.
    z : float
        The logit there.
    why : Reason or None
        The arithmetic that gave it; see `unguarded.reason`.
    """

    epoch: int
    sample: int
    output: int
    quantity: str
    value: float
    z: float
    why: Reason | None


@dataclass(frozen=True, eq=False)
class UnguardedRun:
    """A training by the tutorial's formulas.

    Attributes
    ----------
    running_loss : ndarray of float64
        Of every epoch that was finished; entry k is that of epoch k, from 0.
    death : Death or None
        Why the training ended early; None if it did not.
    """

    running_loss: NDArray[np.float64]
    death: Death | None


def train_unguarded(experiment: Experiment) -> UnguardedRun:
    """Train as the tutorial does, from the same initial weights as `Run`, until a number is not finite.

    Parameters
    ----------
    experiment : Experiment
        Its route has no effect.

    Raises
    ------
    ValueError
        If it has hidden layers, which the tutorial has not, or another field that this does not know.

    Examples
    --------
    >>> death = train_unguarded(Experiment.tutorial().replace(learning_rate=0.3)).death
    >>> death.epoch, death.sample, death.output, death.why
    (1, 3, 0, Reason(arithmetic='{}/{}', operands=(1.0, 0.0)))
    """
    refuse_unknown(experiment, _KNOWN, "the unguarded run")
    matrix = initial_parameters(experiment)[0]
    weight, bias = matrix[:, :-1], matrix[:, -1]
    losses: list[float] = []
    with np.errstate(all="ignore"):
        for epoch in range(experiment.epochs):
            total, lr = 0.0, experiment.rate_at(epoch)
            for sample, (x, y) in enumerate(zip(experiment.input_array, experiment.label_array, strict=True)):
                logits = weight @ x + bias  # (out,)
                values = unguarded(logits, y)
                if not (np.isfinite(values.loss).all() and np.isfinite(values.loss_wrt_linear1).all()):
                    return UnguardedRun(np.array(losses), _death((epoch, sample), logits, y, values))
                total += float(values.loss.sum(dtype=np.float64))
                weight = weight - lr * np.outer(values.loss_wrt_linear1, x)  # (out, in)
                bias = bias - lr * values.loss_wrt_linear1  # (out,)
            losses.append(total)
    return UnguardedRun(np.array(losses), None)


def _death(place: tuple[int, int], logits: FloatArray, y: FloatArray, values: Evaluation) -> Death:
    """Name the first number that is not finite, in the order in which they are computed."""
    for quantity in ("loss", "loss_wrt_sigmoid", "sigmoid_wrt_linear1", "loss_wrt_linear1"):
        found = getattr(values, quantity)
        finite = np.isfinite(found)
        if not finite.all():
            output = int(finite.argmin())
            why = reason("unguarded", quantity, logits[output, ...], y[output, ...])
            break
    return Death(*place, output, quantity, float(found[output]), float(logits[output]), why)
