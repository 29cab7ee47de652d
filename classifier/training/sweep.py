"""Several runs in lock-step: twelve together take less time than three by themselves. A run is a sweep of one."""

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from classifier.experiment.experiment import Experiment, refuse_unknown
from classifier.graph.layers import FloatArray
from classifier.graph.network import Network
from classifier.training.history import History, Recorder, recorded_positions
from classifier.training.loop import Loop
from classifier.training.step import Parameters
from classifier.training.turns import Turns

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

LARGEST = 1e16
"""With hidden layers a number of this size has run away: above it, the next product may be infinite in float32."""

_MEASURED_S = 0.1
"""After so many processor seconds of training, the time of all of it is estimated."""

# Python in a browser has one thread and no clock of its own for it.
_thread_time = getattr(time, "thread_time", perf_counter)

_SHARED = ("inputs", "labels", "epochs", "dtype")
_OWN = ("learning_rate", "schedule", "seed", "initial", "route", "hidden", "activation")
_UNSEEN = ("input_names", "label_names", "scaling")


@dataclass(frozen=True)
class Divergence:
    """Where a training stopped because a number was no longer finite, or with hidden layers beyond `LARGEST`.

    Without hidden layers the limits of an experiment are such that no run should come to this (see experiment.py). If
    one does, this says where, and no chart gets the number.

    Attributes
    ----------
    epoch, sample, output : int
        The place, each from 0; the output is a unit of the layer.
    what : {"logits", "loss_wrt_logits", "weight", "bias"}
        What was too large there.
    member : int
        Which experiment of the sweep, from 0.
    layer : int
        Which layer, from 0.
    """

    epoch: int
    sample: int
    output: int
    what: str
    member: int = 0
    layer: int = 0


def initial_parameters(experiment: Experiment) -> Parameters:
    """Return [W | b] of each layer to start from: given, or drawn by the seed, the tutorial's bit for bit."""
    if experiment.initial is not None:
        with np.errstate(under="ignore"):  # a number too small for float32 is 0 there
            return tuple(np.array(matrix).astype(experiment.dtype) for matrix in experiment.initial)
    rng = np.random.RandomState(experiment.seed)
    network = Network.from_sizes(experiment.sizes, rng=rng, dtype=experiment.dtype)
    return tuple(layer.parameters for layer in network.layers)


class Sweep:
    """The training of several experiments that share samples, epochs and dtype. May be shared by threads, in turns.

    They may differ in learning rate, schedule, seed, initial weights, route, hidden layers and activation.

    Parameters
    ----------
    experiments : sequence of Experiment
        1 to `MAX_MEMBERS`.

    Attributes
    ----------
    experiments : tuple of Experiment
    positions : ndarray of int64
        Every position that the histories will have at the end; known from the start.
    total, position : int
        Numbers of epochs that are asked for, and trained so far.
    cpu_s : float or None
        Processor seconds of the whole training on this machine, estimated from its first tenth of a second. None until
        then, and for a training that was over sooner.
    divergence : Divergence or None
        Ends the training of all.

    Raises
    ------
    ValueError
        If there are none or too many, or one differs in what they must share, or has a field that training does not
        know.

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
            refuse_unknown(experiment, (*_SHARED, *_OWN, *_UNSEEN), "training")
        self.experiments = tuple(experiments)
        self.total, self.position = first.epochs, 0
        self.cpu_s: float | None = None
        self._spent_s = 0.0
        self._turns = Turns()
        self.positions: NDArray[np.int64] = recorded_positions(*experiments)
        self.positions.flags.writeable = False
        self.divergence: Divergence | None = None
        self._recorders = [Recorder(experiment, len(self.positions)) for experiment in experiments]
        self._lanes = self._lanes_from(list(map(initial_parameters, experiments)))
        for loop, numbers in self._lanes:
            for member, number in enumerate(numbers):
                start = [matrix[member][None] for matrix in loop.negated]
                self._recorders[number].record(self.positions[:1], start, None)
        frame_bytes = sum(array.nbytes for loop, _ in self._lanes for array in (*loop.negated, *loop.seen))
        self._block_frames = max(1, min(BLOCK_FRAMES, BLOCK_BYTES // frame_bytes))

    @property
    def done(self) -> bool:
        """Whether there is nothing left to train: at the end, or diverged."""
        return self.position >= self.total or self.divergence is not None

    @property
    def nbytes(self) -> int:
        """About how many bytes it keeps, however far it is trained: arrays, and the tables of its experiments."""
        cells = {id(rows): len(rows) * len(rows[0]) for each in self.experiments for rows in (each.inputs, each.labels)}
        recorded = sum(recorder.nbytes for recorder in self._recorders)
        loops = sum(loop.nbytes for loop, _ in self._lanes)
        return CELL_BYTES * sum(cells.values()) + self.positions.nbytes + recorded + loops

    @property
    def histories(self) -> tuple[History, ...]:
        """The recorded positions up to now, of each experiment; all equally long. Never waits for the training."""
        snapshots = [recorder.snapshot() for recorder in self._recorders]
        length = min(map(len, snapshots))  # another thread may be in the middle of recording them
        return tuple(snapshot[:length] for snapshot in snapshots)

    def _lanes_from(self, parameters: Sequence[Parameters]) -> list[tuple[Loop, list[int]]]:
        """Return a loop for each kind of network, and the numbers of its members: the fused ones first, as it wants."""

        def kind(number: int) -> tuple[tuple[int, ...], str]:
            return self.experiments[number].hidden, self.experiments[number].activation

        order = sorted(range(len(parameters)), key=lambda i: (*kind(i), self.experiments[i].route != "fused"))
        return [
            (Loop([self.experiments[i] for i in numbers], [parameters[i] for i in numbers]), numbers)
            for numbers in (list(group) for _, group in groupby(order, key=kind))
        ]

    def advance(self, max_epochs: int | None = None, budget_s: float | None = None) -> int:
        """Train on, and return the number of epochs trained.

        Parameters
        ----------
        max_epochs : int, optional
            Train at most so many.
        budget_s : float, optional
            Stop at the first end of an epoch after so many seconds. One epoch is trained in any case.

        Returns
        -------
        int
            0 if there is nothing left. Divergence ends a run; it raises nothing.
        """
        deadline = math.inf if budget_s is None else perf_counter() + budget_s
        left = self.total if max_epochs is None else max_epochs
        trained = 0
        while trained < left and not self.done and (trained == 0 or perf_counter() < deadline):
            with self._turns:
                begun = _thread_time()
                trained += self._train_block(left - trained, deadline)
                self._measure(_thread_time() - begun)
        return trained

    def _measure(self, spent_s: float) -> None:
        # Only once: viewers would be shown each change of the estimate.
        if self.cpu_s is None:
            self._spent_s += spent_s
            if self._spent_s >= _MEASURED_S and self.position:
                self.cpu_s = self._spent_s * self.total / self.position

    def _train_block(self, epochs: int, deadline: float) -> int:
        """Train a few milliseconds' worth of epochs, record the positions among them, and return how many."""
        start = position = self.position
        stop = min(self.total, start + min(epochs, max(1, BLOCK_STEPS // self.experiments[0].samples)))
        if self.divergence is not None or start >= stop:
            return 0  # another thread finished while this one waited
        first = len(self._recorders[0])
        wanted = self.positions[first : first + self._block_frames].tolist()
        frames = 0
        before = [[loop.parameters(member) for member in range(len(numbers))] for loop, numbers in self._lanes]
        live = [(*loop.negated, *loop.seen) for loop, _ in self._lanes]
        kept = [[np.empty((len(wanted), *array.shape), array.dtype) for array in arrays] for arrays in live]
        with np.errstate(all="ignore"):
            while position < stop and frames < len(wanted):
                for loop, _ in self._lanes:
                    loop.train(position)
                position += 1
                if position == wanted[frames]:
                    for arrays, copies in zip(live, kept, strict=True):
                        for array, copy in zip(arrays, copies, strict=True):
                            copy[frames] = array
                    frames += 1
                if perf_counter() >= deadline:
                    break
        diverged = None
        if not all(_stays_within(loop, copies, frames) for (loop, _), copies in zip(self._lanes, kept, strict=True)):
            diverged = self._first_beyond(start, before)
            position = diverged.epoch
            frames = int(np.searchsorted(wanted[:frames], position, side="right"))
        recorded = self.positions[first : first + frames]
        for (loop, numbers), copies in zip(self._lanes if frames else (), kept, strict=False):
            layers = len(loop.negated)
            for member, number in enumerate(numbers):
                # contiguous, for the last bits of a sum may depend on the layout in memory
                own = [np.ascontiguousarray(copy[:frames, member]) for copy in copies[:layers]]
                seen = [np.ascontiguousarray(copy[:frames, :, member]) for copy in copies[layers:]]
                self._recorders[number].record(recorded, own, seen)
        # Set last, so that the histories have every frame up to the position that another thread reads here.
        self.position, self.divergence = position, diverged
        return position - start

    def _first_beyond(self, epoch: int, parameters: Sequence[Sequence[Parameters]]) -> Divergence:
        """Train on from an epoch, one sample at a time, up to a number that is too large, and say where it is."""
        lanes = [
            (Loop([self.experiments[i] for i in numbers], start), numbers)
            for (_, numbers), start in zip(self._lanes, parameters, strict=True)
        ]
        with np.errstate(all="ignore"):
            while True:
                for sample in range(self.experiments[0].samples):
                    for loop, numbers in lanes:
                        loop.train(epoch, slice(sample, sample + 1))
                        for what, layer, each in _numbers(loop, sample):
                            within = _within(each, loop)
                            if not within.all():
                                member, output = divmod(int(within.argmin()), within.shape[1])
                                return Divergence(epoch, sample, output, what, numbers[member], layer)
                epoch += 1


def _stays_within(loop: Loop, kept: Sequence[FloatArray], frames: int) -> bool:
    """Say whether nothing has run away. Without hidden layers what is infinite stays so: the last epoch shows it."""
    recorded = [copy[:frames] for copy in kept] if loop.outputs else []
    return all(_within(array, loop).all() for array in (*loop.negated, *loop.negated_logits, *loop.seen, *recorded))


def _within(array: FloatArray, loop: Loop) -> NDArray[np.bool_]:
    """Say which numbers are finite and, with hidden layers, not too large."""
    return np.abs(array) <= (LARGEST if loop.outputs else np.finfo(array.dtype).max)  # False for NaN


def _numbers(loop: Loop, sample: int) -> Iterator[tuple[str, int, FloatArray]]:
    """Give what a step made, in its order, with its name and its layer: ndarrays of shape (members, out_features)."""
    for layer, logits in enumerate(loop.negated_logits):
        yield "logits", layer, logits[sample]
    for layer in reversed(range(len(loop.loss_wrt_logits))):
        yield "loss_wrt_logits", layer, loop.loss_wrt_logits[layer][sample]
    for layer, matrix in enumerate(loop.negated):
        yield "weight", layer, np.abs(matrix[..., :-1]).max(axis=-1)
        yield "bias", layer, matrix[..., -1]
