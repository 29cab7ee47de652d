"""A run: trains an experiment in slices, keeps a bounded history, and replays any step exactly.

It never draws, sleeps or prints. What it trains is a pure function of the experiment: no bit of it depends on how
the training was cut into slices, or on who looked at it meanwhile.
"""

import numpy as np

from classifier.experiment.experiment import Experiment
from classifier.training.history import History
from classifier.training.loop import Loop
from classifier.training.step import Parameters, Step, describe, frozen
from classifier.training.sweep import Sweep


class Run(Sweep):
    """The training of one experiment: a sweep of one, which can also replay. May be shared by threads.

    Parameters
    ----------
    experiment : Experiment

    Attributes
    ----------
    experiment : Experiment
    positions, position, divergence
        See `Sweep`.

    Examples
    --------
    >>> run = Run(Experiment.tutorial())
    >>> run.advance(max_epochs=318)
    318
    >>> round(float(run.history.running_loss[-1]), 4)
    1.1576
    >>> run.step(epoch=100, sample=2).layers[-1].loss_wrt_weight.shape
    (4, 3)
    """

    def __init__(self, experiment: Experiment) -> None:
        super().__init__([experiment])
        self.experiment = experiment
        self._replayed = (0, self._lanes[0][0].parameters())

    @property
    def history(self) -> History:
        """The recorded positions up to now. Costs microseconds, and never waits for the training."""
        return self._recorders[0].snapshot()

    def parameters_at(self, position: int) -> Parameters:
        """Return [W | b] of each layer after so many epochs, exactly as they were then; read-only.

        Raises
        ------
        IndexError
            If that position has not been trained.
        """
        if not 0 <= position <= self.position:
            raise IndexError(f"position {position} is not trained: {self.position} of {self.total} are")
        return tuple(map(frozen, self._replay(position).parameters()))

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
            before = loop.parameters()
            loop.train(epoch, slice(sample, sample + 1))
        x = self.experiment.input_array[sample]
        inputs = (x, *(outputs[sample, 0, :-1] for outputs in loop.outputs))
        logits = [-negated[sample, 0] for negated in loop.negated_logits]
        return describe(self.experiment, (epoch, sample), (inputs, logits), before, loop.parameters())

    def _replay(self, position: int) -> Loop:
        """Return a new loop at a trained position: the training goes on beside it, and neither waits for the other."""
        history = self.history
        frame = int(np.searchsorted(history.position, position, side="right")) - 1
        nearest = (int(history.position[frame]), tuple(matrices[frame] for matrices in history.parameters))
        last = self._replayed  # the steps of one epoch are looked at one after the other
        start, parameters = last if nearest[0] < last[0] <= position else nearest
        [(loop, _)] = self._lanes_from([parameters])
        with np.errstate(all="ignore"):
            for epoch in range(start, position):
                loop.train(epoch)
        self._replayed = (position, loop.parameters())
        return loop
