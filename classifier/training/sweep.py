"""Several runs in lock-step: twelve together take less time than three by themselves. A run is a sweep of one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from classifier.experiment.experiment import Experiment
from classifier.graph.layers import FloatArray, Linear, parted
from classifier.training.history import History, Recorder, recorded_positions
from classifier.training.loop import Loop
from classifier.training.slices import Training
from classifier.training.step import Weights

MAX_MEMBERS = 12
"""Most experiments in a sweep: more are not told apart on one chart."""

BLOCK_FRAMES = 256
"""Most frames that are computed at once: enough to be fast, few enough to be no noticeable pause."""
BLOCK_BYTES = 2**20
"""Most memory of the weights and logits of these frames."""
BLOCK_STEPS = 4_096
"""Most steps trained before another thread gets its turn: about 20 ms."""

CELL_BYTES = 40
"""Bytes that one number of a table takes: as a Python object in its row, and again in an array."""

_SHARED = ("inputs", "labels", "epochs", "dtype")


@dataclass(frozen=True)
class Divergence:
    """Where a training stopped because a number was no longer finite.

    The limits of an experiment are such that no run should come to this (see experiment.py). If one does, this says
    where, and no chart gets the number.

    Attributes
    ----------
    epoch, sample, output : int
        The place, each from 0.
    what : {"logits", "weight", "bias"}
        What was not finite there.
    member : int
        Which experiment of the sweep, from 0.
    """

    epoch: int
    sample: int
    output: int
    what: str
    member: int = 0


def initial_weights(experiment: Experiment) -> Weights:
    """Return weight and bias to start from: given, or drawn by the seed (42 gives the tutorial's, bit for bit)."""
    if experiment.initial is not None:
        with np.errstate(under="ignore"):  # a number too small for float32 is 0 there
            given: FloatArray = np.array(experiment.initial).astype(experiment.dtype)
        return parted(given)
    rng = np.random.RandomState(experiment.seed)
    linear = Linear(experiment.in_features, experiment.out_features, rng=rng, dtype=experiment.dtype)
    return linear.weight, linear.bias


class Sweep(Training):
    """The training of several experiments that share samples, epochs and dtype. May be shared by threads.

    They may differ in learning rate, schedule, seed, initial weights and route.

    Parameters
    ----------
    experiments : sequence of Experiment
        1 to `MAX_MEMBERS`.

    Attributes
    ----------
    experiments : tuple of Experiment
    positions : ndarray of int64
        Every position that the histories will have at the end; known from the start.
    position : int
        Number of epochs trained so far.
    divergence : Divergence or None
        Ends the training of all.

    Raises
    ------
    ValueError
        If there are none or too many, or one differs in what they must share.

    Notes
    -----
    A member's numbers are those of its own `Run`, up to the rounding of its machine's vectorised functions;
    test_sweep.py says how far.

    Examples
    --------
    >>> tutorial = Experiment.tutorial()
    >>> sweep = Sweep([tutorial.replace(learning_rate=rate) for rate in (0.001, 0.01, 0.1)])
    >>> sweep.advance()
    2000
    >>> [round(float(history.running_loss[-1]), 2) for history in sweep.histories]
    [1.53, 0.21, 0.02]
    """

    def __init__(self, experiments: Sequence[Experiment]) -> None:
        if not 1 <= len(experiments) <= MAX_MEMBERS:
            raise ValueError(f"a sweep has 1 to {MAX_MEMBERS} experiments, not {len(experiments)}")
        first = experiments[0]
        for number, experiment in enumerate(experiments, start=1):
            for field in _SHARED:
                if getattr(experiment, field) != getattr(first, field):
                    raise ValueError(f"experiments of a sweep share their {field}; that of number {number} differs")
        super().__init__(first.epochs)
        self.experiments = tuple(experiments)
        self.positions: NDArray[np.int64] = recorded_positions(first, shared_by=len(experiments))
        self.positions.flags.writeable = False
        self.divergence: Divergence | None = None
        self._recorders = [Recorder(experiment, len(self.positions)) for experiment in experiments]
        # the loop wants the fused ones first; its member number i is experiment number self._order[i]
        self._order = sorted(range(len(experiments)), key=lambda i: experiments[i].route != "fused")
        self._loop = self._loop_from([initial_weights(experiments[i]) for i in self._order])
        for member, number in enumerate(self._order):
            self._recorders[number].record(self.positions[:1], self._loop.negated[member][None], None)
        frame_bytes = self._loop.negated.nbytes + self._loop.negated_logits.nbytes
        self._block_frames = max(1, min(BLOCK_FRAMES, BLOCK_BYTES // frame_bytes))

    @property
    def done(self) -> bool:
        """Whether there is nothing left to train: at the end, or diverged."""
        return super().done or self.divergence is not None

    @property
    def nbytes(self) -> int:
        """About how many bytes it keeps, however far it is trained: arrays, and the tables of its experiments."""
        cells = {id(rows): len(rows) * len(rows[0]) for each in self.experiments for rows in (each.inputs, each.labels)}
        recorded = sum(recorder.nbytes for recorder in self._recorders)
        return CELL_BYTES * sum(cells.values()) + self.positions.nbytes + recorded + self._loop.nbytes

    @property
    def histories(self) -> tuple[History, ...]:
        """The recorded positions up to now, of each experiment; all equally long. Never waits for the training."""
        snapshots = [recorder.snapshot() for recorder in self._recorders]
        length = min(map(len, snapshots))  # another thread may be in the middle of recording them
        return tuple(snapshot[:length] for snapshot in snapshots)

    def _loop_from(self, weights: Sequence[Weights]) -> Loop:
        return Loop([self.experiments[number] for number in self._order], weights)

    def _train_block(self, epochs: int, deadline: float) -> int:
        """Train a few milliseconds' worth of epochs, record the positions among them, and return how many."""
        start = position = self.position
        stop = min(self.total, start + min(epochs, max(1, BLOCK_STEPS // self.experiments[0].samples)))
        if self.divergence is not None or start >= stop:
            return 0  # another thread finished while this one waited
        first = len(self._recorders[0])
        wanted = self.positions[first : first + self._block_frames].tolist()
        loop, frames = self._loop, 0
        before = loop.negated.copy()
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
        diverged = None
        if not (np.isfinite(loop.negated).all() and np.isfinite(loop.negated_logits).all()):
            diverged = next(self._not_finite(start, before))
            position = diverged.epoch
            frames = int(np.searchsorted(wanted[:frames], position, side="right"))
        recorded = self.positions[first : first + frames]
        for member, number in enumerate(self._order if frames else ()):
            # contiguous, for the last bits of a sum may depend on the layout in memory
            own = np.ascontiguousarray(negated[:frames, member])
            own_logits = np.ascontiguousarray(negated_logits[:frames, :, member])
            self._recorders[number].record(recorded, own, own_logits)
        # Set last, so that the histories have every frame up to the position that another thread reads here.
        self.position, self.divergence = position, diverged
        return position - start

    def _not_finite(self, epoch: int, negated: FloatArray) -> Iterator[Divergence]:
        """Train on from −[W | b] at an epoch, one sample at a time, and say where a number is not finite."""
        loop = self._loop_from([parted(-matrix) for matrix in negated])
        with np.errstate(all="ignore"):
            while True:
                for sample in range(self.experiments[0].samples):
                    loop.train(epoch, slice(sample, sample + 1))
                    weight, bias = parted(np.isfinite(loop.negated))
                    finite = {
                        "logits": np.isfinite(loop.negated_logits[sample]),  # (members, out)
                        "weight": weight.all(axis=-1),
                        "bias": bias,
                    }
                    for what, each in finite.items():
                        if not each.all():
                            member, output = divmod(int(each.argmin()), each.shape[1])
                            yield Divergence(epoch, sample, output, what, self._order[member])
                epoch += 1
