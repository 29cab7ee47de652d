"""A comparison as a file: all runs from their first position to their last, and what became of each."""

from classifier import Experiment
from pages.compare import charts
from pages.compare.contents import READOUTS, columns, notes, room_below
from pages.compare.frames import frames
from pages.compare.members import VARIATIONS, Member
from pages.shared.run import runs
from pages.shared.share.page_html import Page, Part


def page(
    kind: str, base: Experiment, members: tuple[Member, ...], goal: float, position: int, live: str | None = None
) -> Page:
    """Put together a comparison as a file holds it. Trains all runs to their end.

    Parameters
    ----------
    kind : str
        What differs, a key of `VARIATIONS`.
    base : Experiment
    members : tuple of Member
    goal : float
        The running loss to reach.
    position : int
        Where the player stands at first.
    live : str, optional
        The address of this comparison in the app.
    """
    variation, names = VARIATIONS[kind], [member.name for member in members]
    sweep = runs.finished(runs.shared_sweep([member.experiment for member in members]))
    histories = sweep.histories
    shown = charts.build(charts.SweepShown(base, names, variation.short, histories))
    return Page(
        title=f"{variation.label}: {', '.join(names)}",
        experiment=base,
        positions=sweep.positions,
        end=len(histories[0]) - 1,
        position=position,
        readouts=READOUTS,
        notes=notes(kind, base),
        parts={"run": {"": Part(shown, frames(histories))}},
        chosen={"run": ""},
        order=[chart.name for chart in shown],
        table=columns(kind, members, sweep, goal),
        below=room_below(members),
        varied=kind,
        live=live,
    )
