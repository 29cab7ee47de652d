"""What the playground's charts are drawn from."""

from dataclasses import dataclass

from classifier import Experiment, History


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
    sample : int
        The sample, from 0, on which the network is shown at work.
    live : bool
        Whether Python answers what is pressed.
    """

    experiment: Experiment
    history: History
    rows: slice
    pinned: Pinned | None = None
    sample: int = 0
    live: bool = True
