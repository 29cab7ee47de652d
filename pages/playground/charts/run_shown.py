"""What the playground's charts are drawn from."""

from dataclasses import dataclass
from typing import Final

from classifier import Experiment, History
from pages.shared.charts.chart import Chart

NO_EPOCH: Final = "Press Train to see {}."
"""What an empty chart says; {} stands for what it will show."""
_NONE_TRAINED: Final = "There is nothing to see in 0 epochs."


@dataclass(frozen=True, eq=False)
class Pinned:
    """Another run's loss, kept in sight.

    Attributes
    ----------
    name : str
    history : History
        As far as trained.
    """

    name: str
    history: History


@dataclass(frozen=True, eq=False)
class RunShown:
    """A run as the playground shows it.

    Attributes
    ----------
    experiment : Experiment
        Names, labels and length of the run.
    history : History
        As far as trained: its extremes set the ranges, which stay fixed while the run plays.
    rows : slice
        The samples whose predictions are shown.
    pinned : Pinned, optional
        Drawn behind the loss.
    chosen : Chart, optional
        What stands in the place of the gradients by layer.
    sample : int
        The sample, from 0, on which the network is shown at work.
    live : bool
        Whether Python answers what is pressed.
    """

    experiment: Experiment
    history: History
    rows: slice
    pinned: Pinned | None = None
    chosen: Chart | None = None
    sample: int = 0
    live: bool = True

    def empty(self, what: str) -> str:
        """Say what a chart that is empty before the first epoch will show; that it shows nothing in 0 epochs."""
        return NO_EPOCH.format(what) if self.experiment.epochs else _NONE_TRAINED
