"""Several runs in lock-step, trained in one pass: twelve cost less than three."""

from collections.abc import Sequence
from time import perf_counter

import numpy as np

from classifier.experiment.experiment import Experiment
from classifier.training.history import History, Recorder, schedule
from classifier.training.run import initial_weights
from classifier.training.slices import BLOCK_BYTES, BLOCK_FRAMES, BLOCK_STEPS, Training
from classifier.training.sweep_loop import BatchLoop

MAX_MEMBERS = 12
"""Most experiments in a batch: more are not told apart on one chart."""

_SHARED = ("inputs", "labels", "epochs", "dtype")


class Batch(Training):
    """The training of several experiments that share samples, epochs and dtype. May be shared by threads.

    They may differ in learning rate, schedule, seed, initial weights and route.

    Parameters
    ----------
    experiments : sequence of Experiment
        1 to `MAX_MEMBERS`.

    Attributes
    ----------
    experiments : tuple of Experiment
    schedule : ndarray of int64
        Every position that the histories will have at the end; known from the start.

    Raises
    ------
    ValueError
        If there are none or too many, or one differs in what they must share.

    Notes
    -----
    A member's numbers are those of its own `Run`, up to the rounding of its machine's vectorised functions;
    test_sweep.py says how far. The limits of an experiment keep every number finite (see experiment.py).

    Examples
    --------
    >>> tutorial = Experiment.tutorial()
    >>> batch = Batch([tutorial.replace(learning_rate=rate) for rate in (0.001, 0.01, 0.1)])
    >>> batch.advance()
    2000
    >>> [round(float(history.running_loss[-1]), 2) for history in batch.histories]
    [1.53, 0.21, 0.02]
    """

    def __init__(self, experiments: Sequence[Experiment]) -> None:
        if not 1 <= len(experiments) <= MAX_MEMBERS:
            raise ValueError(f"a batch has 1 to {MAX_MEMBERS} experiments, not {len(experiments)}")
        first = experiments[0]
        for number, experiment in enumerate(experiments, start=1):
            for field in _SHARED:
                if getattr(experiment, field) != getattr(first, field):
                    raise ValueError(f"experiments of a batch share their {field}; that of number {number} differs")
        super().__init__(first.epochs)
        self.experiments = tuple(experiments)
        self.schedule = schedule(first, shared_by=len(experiments))
        self.schedule.flags.writeable = False
        self._recorders = [Recorder(experiment, len(self.schedule)) for experiment in experiments]
        # the loop wants the fused ones first; its member number i is experiment number self._order[i]
        self._order = sorted(range(len(experiments)), key=lambda i: experiments[i].route != "fused")
        ordered = [experiments[i] for i in self._order]
        self._loop = BatchLoop(ordered, [initial_weights(experiment) for experiment in ordered])
        for member, number in enumerate(self._order):
            self._recorders[number].record(self.schedule[:1], self._loop.negated[member][None], None)
        frame_bytes = self._loop.negated.nbytes + self._loop.negated_logits.nbytes
        self._block_frames = max(1, min(BLOCK_FRAMES, BLOCK_BYTES // frame_bytes))

    @property
    def histories(self) -> tuple[History, ...]:
        """The recorded positions up to now, of each experiment; all equally long."""
        snapshots = [recorder.snapshot() for recorder in self._recorders]
        length = min(map(len, snapshots))  # another thread may be in the middle of recording them
        return tuple(snapshot[:length] for snapshot in snapshots)

    def _train_block(self, epochs: int, deadline: float) -> int:
        start = position = self.position
        # a step of all takes about twice as long as one of a run
        stop = min(self.total, start + min(epochs, max(1, BLOCK_STEPS // 2 // self.experiments[0].samples)))
        if start >= stop:
            return 0  # another thread finished while this one waited
        first = len(self._recorders[0])
        wanted = self.schedule[first : first + self._block_frames].tolist()
        loop, frames = self._loop, 0
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
        recorded = self.schedule[first : first + frames]
        for member, number in enumerate(self._order if frames else ()):
            # in one piece, as a run has them: the bits of a sum may depend on it
            own = np.ascontiguousarray(negated[:frames, member])
            own_logits = np.ascontiguousarray(negated_logits[:frames, :, member])
            self._recorders[number].record(recorded, own, own_logits)
        self.position = position
        return position - start
