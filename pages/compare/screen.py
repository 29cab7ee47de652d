"""What a comparison shows: charts, arrays, readouts and notes. No page, no visitor."""

from collections.abc import Sequence
from typing import Final

from classifier import Experiment, Sweep
from pages.compare import charts
from pages.compare.frames import frames
from pages.compare.members import VARIATIONS, Member
from pages.shared.charts.screen import RUN, Part, Screen
from pages.shared.run import duration
from pages.shared.run.runs import identity
from pages.stage.message import Readout

# Pixels of the window that the player leaves to the table. The player keeps its own smallest height in any case.
_ROW_PX: Final = 38
_MOST_PX: Final = 260
_READOUTS: Final = (
    Readout("lowest running loss", "lowest", first=1, spoken="lowest loss"),
    Readout("highest running loss", "highest", first=1, spoken="highest loss"),
)


def screen(kind: str, base: Experiment, members: Sequence[Member], sweep: Sweep) -> Screen:
    """Give what is shown of a comparison, as far as it is trained.

    Parameters
    ----------
    kind : str
        What differs, a key of `VARIATIONS`.
    base : Experiment
    members : sequence of Member
    sweep : Sweep
        The common training of the members.
    """
    # In this order: another visitor's rerun may train the same sweep to its end in between.
    done, histories = sweep.done, sweep.histories
    shown = charts.build(
        charts.SweepShown(sweep.experiments, [member.name for member in members], VARIATIONS[kind].short, histories)
    )
    return Screen(
        name=identity(*sweep.experiments),
        experiment=base,
        positions=sweep.positions,
        trained=len(histories[0]),
        done=done,
        parts={RUN: {"": Part(shown, lambda stretch: frames([history[stretch] for history in histories]))}},
        chosen={RUN: ""},
        order=[chart.name for chart in shown],
        readouts=_READOUTS,
        notes=[*_notes(kind, base), *duration.warnings(sweep)],
        below=min(_MOST_PX, _ROW_PX * (len(members) + 2)),
    )


def _notes(kind: str, base: Experiment) -> list[str]:
    """Say what a comparison leaves out, and why Train shows nothing where that is so."""
    nothing = "0 epochs: nothing is trained, so there is nothing to play. The playground sets how many."
    return [*filter(None, [VARIATIONS[kind].left_out(base)]), *([] if base.epochs else [nothing])]
