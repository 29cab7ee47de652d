"""What a page with a player shows of a training. No page, no visitor: a browser, a file and a test get the same."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from classifier import Experiment
from pages.shared.charts import palette
from pages.shared.charts.chart import Chart
from pages.shared.text.glossary import occurring
from pages.stage.message import Note, Readout, contents

Frames: TypeAlias = dict[str, NDArray[Any]]
RUN: Final = "run"
"""The place of all charts that are shown whatever is chosen."""


@dataclass(frozen=True, eq=False)
class Part:
    """Some charts, and the arrays that they and nothing else show.

    Attributes
    ----------
    charts : sequence of Chart
    frames : callable
        Gives the arrays of a stretch of the recorded positions, first axis = positions.
    """

    charts: Sequence[Chart]
    frames: Callable[[slice], Frames]


@dataclass(frozen=True, eq=False)
class Screen:
    """What is shown of a training, as far as it is trained.

    Attributes
    ----------
    name : str
        Of what is played: a player to which another name is told begins anew.
    experiment : Experiment
        Gives the epochs; the samples and settings that a file tells.
    positions : ndarray of int, shape (all frames,)
        Number of epochs trained at each frame of the whole training.
    trained : int
        How many frames there are by now.
    done : bool
        Whether there will be no more.
    parts : mapping
        For each place on the screen where there is a choice, the parts to choose from, by name. The key of a place is
        the kind of the player's press that chooses there.
    chosen : mapping of str to str
        The part of each place that is shown.
    order : sequence of str
        The names of all charts in the order of the screen.
    readouts : sequence of Readout
    notes : sequence of str or Note
        Sentences above the charts, the most important first.
    actions, leads : sequence of str
        Buttons beside the readouts, and those of them that lead to another page.
    below : int
        Pixels of the window that the player leaves to what stands below it.
    beside : str
        Changes with what the figures show beside this training.
    """

    name: str
    experiment: Experiment
    positions: NDArray[np.integer[Any]]
    trained: int
    done: bool
    parts: Mapping[str, Mapping[str, Part]]
    chosen: Mapping[str, str]
    order: Sequence[str]
    readouts: Sequence[Readout]
    notes: Sequence[str | Note]
    actions: Sequence[str] = ()
    leads: Sequence[str] = ()
    below: int = 0
    beside: str = ""

    @property
    def charts(self) -> list[Chart]:
        """The charts of the chosen parts, in their order."""
        shown = [chart for part in self._shown() for chart in part.charts]
        return sorted(shown, key=lambda chart: self.order.index(chart.name))

    def frames(self, stretch: slice) -> Frames:
        """Give all arrays of the chosen parts for a stretch of the recorded positions."""
        return {name: array for part in self._shown() for name, array in part.frames(stretch).items()}

    def contents(self, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - see pages.stage
        """Gather what a player is to show, see `contents` of the stage: what is given, and the rest from here."""
        own: dict[str, Any] = {
            "run": self.name,
            "readouts": self.readouts,
            "notes": self.notes,
            "below": self.below,
        } | given
        told = [note.text if isinstance(note, Note) else note for note in own["notes"]]
        return contents(
            words=occurring(["epochs", *told, *(readout.label for readout in self.readouts)]),
            total=self.experiment.epochs,
            positions=self.positions.astype(np.int32),
            end=self.trained - 1 if self.done else None,
            dark=palette.DARK,
            **own,
        )

    def _shown(self) -> list[Part]:
        return [self.parts[place][name] for place, name in self.chosen.items()]
