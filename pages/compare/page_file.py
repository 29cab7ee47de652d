"""A comparison as a file: all runs from their first position to their last, and what became of each."""

from classifier import Experiment
from pages.compare.members import VARIATIONS, Member
from pages.compare.screen import screen
from pages.compare.table import columns
from pages.shared.run import runs
from pages.shared.share.page_html.page_html import Page


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
    sweep = runs.finished(runs.shared_sweep([member.experiment for member in members]))
    return Page(
        title=f"{VARIATIONS[kind].label}: {', '.join(member.name for member in members)}",
        screen=screen(kind, base, members, sweep),
        position=position,
        table=columns(kind, members, sweep, goal),
        varied=kind,
        live=live,
    )
