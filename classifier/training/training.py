"""Training in slices, by whichever thread asks: one at a time, in turns."""

import math
import time
from time import perf_counter

from classifier.training.turns import Turns

_MEASURED_S = 0.1
"""After so many processor seconds of training, the time of all of it is estimated."""

# Python in a browser has one thread and no clock of its own for it.
_thread_time = getattr(time, "thread_time", perf_counter)


class Training:
    """Something that is trained for so many epochs. May be shared by threads.

    Parameters
    ----------
    epochs : int

    Attributes
    ----------
    position : int
        Number of epochs trained so far.
    cpu_s : float or None
        Processor seconds of the whole training on this machine, estimated from its first tenth of a second. None until
        then, and for a training that was over sooner.
    """

    def __init__(self, epochs: int) -> None:
        self.position = 0
        self.cpu_s: float | None = None
        self._epochs = epochs
        self._spent_s = 0.0
        self._turns = Turns()

    @property
    def total(self) -> int:
        """Number of epochs that are asked for."""
        return self._epochs

    @property
    def done(self) -> bool:
        """Whether there is nothing left to train."""
        return self.position >= self._epochs

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
                self.cpu_s = self._spent_s * self._epochs / self.position

    def _train_block(self, epochs: int, deadline: float) -> int:
        """Train a few milliseconds' worth of epochs, record what is to be kept, and return how many."""
        raise NotImplementedError
