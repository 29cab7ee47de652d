"""One trained run for everybody who looks at the same experiment."""

import math
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from hashlib import blake2b
from typing import Final, TypeVar

from classifier import Experiment, Run, Step, Sweep
from classifier.training.turns import Turns
from pages.shared.run.cache import STORE

# Others who look at the same run get a turn in between.
_SLICE_S: Final = 0.25
_Training = TypeVar("_Training", bound=Sweep)

LONG_WORK: Final = Turns()
"""Held for each piece of long work, so that a rerun shares the process with one such piece, not with all of them.

A piece takes a few hundredths of a second at most, because the others wait for it.
"""
_PIECES: Final = 5


def identity(*experiments: Experiment) -> str:
    """Name experiments, in their order, by what they say: equal ones have equal names, in every process."""
    if len(experiments) == 1:
        return experiments[0].identity
    return blake2b(" ".join(each.identity for each in experiments).encode(), digest_size=12).hexdigest()


def shared_run(experiment: Experiment) -> Run:
    """Fetch the run of an experiment, trained as far as anybody has asked for since it was last needed.

    A run is a pure function of its experiment and guards itself against several threads, so sessions may share it:
    thirty students on one link cost one training. A run that nobody has asked for lately may be dropped to make room,
    and the next one who asks gets an untrained one. So ask once, and hold the run while you work with it.
    """
    # The key is the hash alone: comparing a thousand rows cell by cell would take longer than a rerun may.
    return STORE.get(("run", identity(experiment)), lambda: Run(experiment), lambda run: run.nbytes)


def shared_sweep(experiments: Sequence[Experiment]) -> Sweep:
    """Fetch the common training of several experiments, likewise."""
    return STORE.get(("sweep", identity(*experiments)), lambda: Sweep(tuple(experiments)), lambda sweep: sweep.nbytes)


def train(training: Sweep, max_epochs: int | None = None, budget_s: float = _SLICE_S) -> None:
    """Train a run or a sweep on, for so many epochs or seconds at most.

    The long ones take turns, whoever asks for them.
    """
    left = training.total if max_epochs is None else max_epochs
    for _ in range(_PIECES):
        if left <= 0 or training.done:  # then there is no need to wait for a turn
            return
        with _turn(training):
            left -= training.advance(left, budget_s / _PIECES)


def step(run: Run, epoch: int, sample: int) -> Step:
    """Replay a step of a run; see `Run.step`. Between two positions that are kept a long run has many."""
    with _turn(run):
        return run.step(epoch, sample)


def _turn(training: Sweep) -> AbstractContextManager[None]:
    """Give the lock to hold while a training is worked on; none for a short one, or while its time is not known."""
    return nullcontext() if training.cpu_s is None else LONG_WORK


def last_loss(run: Run) -> float | str:
    """Give the running loss of the last epoch of a run that is trained to its end; "nan" if it is no number."""
    last = float(run.history.running_loss[-1])
    return last if run.divergence is None and math.isfinite(last) else "nan"


def finished(training: _Training) -> _Training:
    """Train a run or a sweep to its end, and give it back."""
    while not training.done:
        train(training)
    return training
