"""A run: trains an experiment in slices, keeps a bounded history, and replays any step exactly.

It never draws, sleeps or prints. What it trains is a pure function of the experiment: how the training was
cut into slices, and who looked at what meanwhile, changes no bit of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from classifier.experiment.experiment import Experiment
from classifier.graph.layers import FloatArray, Linear
from classifier.training.history import History, Recorder, schedule
from classifier.training.loop import Loop
from classifier.training.slices import BLOCK_BYTES, BLOCK_FRAMES, BLOCK_STEPS, Training
from classifier.training.step import Step, Weights, describe, frozen


@dataclass(frozen=True)
class Divergence:
    """Where a run stopped because a number was no longer finite.

    The limits of an experiment are such that no run should come to this (see experiment.py). Should one all the
    same, it is said by its place, and no chart ever sees the number.

    Attributes
    ----------
    epoch, sample, output : int
        The place, each from 0.
    what : {"logits", "weight", "bias"}
        What was not finite there.
    """

    epoch: int
    sample: int
    output: int
    what: str


def initial_weights(experiment: Experiment) -> Weights:
    """Return weight and bias to start from: given, or drawn by the seed (42 gives the tutorial's, bit for bit)."""
    if experiment.initial is not None:
        with np.errstate(under="ignore"):  # a number too small for float32 is 0 there
            given: FloatArray = np.array(experiment.initial).astype(experiment.dtype)
        return np.ascontiguousarray(given[:, :-1]), given[:, -1].copy()
    rng = np.random.RandomState(experiment.seed)
    linear = Linear(experiment.in_features, experiment.out_features, rng=rng, dtype=experiment.dtype)
    return linear.weight, linear.bias


class Run(Training):
    """The training of one experiment. May be shared by threads.

    Parameters
    ----------
    experiment : Experiment

    Attributes
    ----------
    experiment : Experiment
    schedule : ndarray of int64
        Every position that the history will have at the end; known from the start. (That of the learning rate
        is the experiment's.)
    position : int
        Number of epochs trained so far.
    divergence : Divergence or None

    Examples
    --------
    >>> run = Run(Experiment.tutorial())
    >>> run.advance(max_epochs=318)
    318
    >>> round(float(run.history.running_loss[-1]), 4)
    1.1576
    >>> run.step(epoch=100, sample=2).backward.loss_wrt_weight.shape
    (4, 3)
    """

    def __init__(self, experiment: Experiment) -> None:
        super().__init__(experiment.epochs)
        self.experiment = experiment
        self.schedule: NDArray[np.int64] = schedule(experiment)
        self.schedule.flags.writeable = False
        self.divergence: Divergence | None = None
        weight, bias = initial_weights(experiment)
        self._loop = Loop(experiment, weight, bias)
        self._recorder = Recorder(experiment, len(self.schedule))
        self._recorder.record(self.schedule[:1], self._loop.negated[None], None)
        self._replayed = (0, weight, bias)
        frame_bytes = self._loop.negated.nbytes + self._loop.negated_logits.nbytes
        self._block_frames = max(1, min(BLOCK_FRAMES, BLOCK_BYTES // frame_bytes))

    @property
    def done(self) -> bool:
        """Whether there is nothing left to train: at the end, or diverged."""
        return super().done or self.divergence is not None

    @property
    def history(self) -> History:
        """The recorded positions up to now. Costs microseconds, and never waits for the training."""
        return self._recorder.snapshot()

    def _train_block(self, epochs: int, deadline: float) -> int:
        """Train a few milliseconds' worth of epochs, record what the schedule says, and return how many."""
        start = position = self.position
        stop = min(self.total, start + min(epochs, max(1, BLOCK_STEPS // self.experiment.samples)))
        if self.divergence is not None or start >= stop:
            return 0  # another thread finished while this one waited
        first = len(self._recorder)
        wanted = self.schedule[first : first + self._block_frames].tolist()
        loop, frames = self._loop, 0
        before = loop.weight, loop.bias
        negated = np.empty((len(wanted), *loop.negated.shape), loop.negated.dtype)
        negated_logits = np.empty((len(wanted), *loop.negated_logits.shape), loop.negated.dtype)
        with np.errstate(all="ignore"):
            while position < stop and frames < len(wanted):
                loop.train(position)
                position += 1
                if position == wanted[frames]:
                    negated[frames], negated_logits[frames] = loop.negated, loop.negated_logits
                    frames += 1
                if perf_counter() >= deadline:
                    break
        if not (np.isfinite(loop.negated).all() and np.isfinite(loop.negated_logits).all()):
            self.divergence = next(self._not_finite(start, before))
            position = self.divergence.epoch
            frames = int(np.searchsorted(wanted[:frames], position, side="right"))
        if frames:
            recorded = self.schedule[first : first + frames]
            self._recorder.record(recorded, negated[:frames], negated_logits[:frames])
        self.position = position  # after the frames, so that the history reaches every position announced
        return position - start

    def _not_finite(self, epoch: int, before: Weights) -> Iterator[Divergence]:
        """Train on from an epoch, one sample at a time, and say where a number is not finite."""
        loop = Loop(self.experiment, *before)
        with np.errstate(all="ignore"):
            while True:
                for sample in range(self.experiment.samples):
                    loop.train(epoch, slice(sample, sample + 1))
                    for what, finite in (
                        ("logits", np.isfinite(loop.negated_logits[sample])),
                        ("weight", np.isfinite(loop.negated[:, :-1]).all(axis=1)),
                        ("bias", np.isfinite(loop.negated[:, -1])),
                    ):
                        if not finite.all():
                            yield Divergence(epoch, sample, int(finite.argmin()), what)
                epoch += 1

    def weights_at(self, position: int) -> tuple[FloatArray, FloatArray]:
        """Return weight and bias after so many epochs, exactly as they were then; read-only.

        Raises
        ------
        IndexError
            If that position has not been trained.
        """
        if not 0 <= position <= self.position:
            raise IndexError(f"position {position} is not trained: {self.position} of {self.total} are")
        loop = self._replay(position)
        return frozen(loop.weight), frozen(loop.bias)

    def step(self, epoch: int, sample: int) -> Step:
        """Return every number of one step, exactly as it was taken.

        Parameters
        ----------
        epoch, sample : int
            Which, each from 0.

        Raises
        ------
        IndexError
            If that step has not been trained, or there is no such sample.
        """
        if not 0 <= epoch < self.position:
            raise IndexError(f"epoch {epoch} (from 0) is not trained: {self.position} of {self.total} are")
        if not 0 <= sample < self.experiment.samples:
            raise IndexError(f"sample must lie between 0 and {self.experiment.samples - 1}, not {sample}")
        loop = self._replay(epoch)
        with np.errstate(all="ignore"):
            loop.train(epoch, slice(0, sample))
            before = loop.weight, loop.bias
            loop.train(epoch, slice(sample, sample + 1))
        return describe(
            self.experiment, (epoch, sample), -loop.negated_logits[sample], before, (loop.weight, loop.bias)
        )

    def _replay(self, position: int) -> Loop:
        """Return a loop of its own that stands at a trained position, so that nobody waits for anybody."""
        history = self.history
        frame = int(np.searchsorted(history.position, position, side="right")) - 1
        nearest = (int(history.position[frame]), history.weight[frame], history.bias[frame])
        last = self._replayed  # the steps of one epoch are looked at one after the other
        start, weight, bias = last if nearest[0] < last[0] <= position else nearest
        loop = Loop(self.experiment, weight, bias)
        with np.errstate(all="ignore"):
            for epoch in range(start, position):
                loop.train(epoch)
        self._replayed = (position, loop.weight, loop.bias)
        return loop
