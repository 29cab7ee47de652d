"""What the class in the browser must know of a page, and what it asks of the session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from classifier import Experiment
from pages.frame import own_runs
from pages.shared.run import player, runs
from pages.shared.run.revealed import reveal
from pages.shared.session import address, leaving, links, state, unseen
from pages.stage.component import files_lost
from pages.stage.files import PLOTLY_JS, QR_JS, qr_source


@dataclass
class _Aside:
    """A student's own experiment, kept while the student follows the class."""

    experiment: Experiment | None = None
    position: int = 0


@dataclass
class _Awaited:
    """Name of the run whose loss a question of the class waits for."""

    run: str = ""


def message(
    key: str,
    question: Mapping[str, object] | None,
    unseen: str,
    lines: Sequence[Mapping[str, object]] | None,
    *,
    for_teachers: bool,
) -> dict[str, object]:
    """Gather what the browser's half of the class gets at every rerun.

    Parameters
    ----------
    key : str
        Of the component in which the class is.
    question : mapping, optional
        What a teacher can ask on this page: ``kind``, ``text``, and the ``choices`` or the ``right`` number. ``at``
        names a result that is shown once the answer is revealed; see `reveal`. ``slips``: pairs of a number that a
        known mistake gives, and how that is said; the teacher sees how many fell for which.
    unseen : str
        A warning for a teacher if the page shows something that is in no address, and so is not seen by the students.
    lines : sequence of mapping, optional
        The lesson that the page shows, in the order of its links: ``page`` and ``address`` that a line opens, and its
        ``title``, and the ``question`` that is ready to be asked there, None if the page has its own.
    for_teachers : bool
        Whether the students stay where they are while their teacher is on this page.
    """
    here = links.here()
    said = urlencode(here or {}, doseq=True)
    return {
        "page": leaving.path(),
        "plays": state.plays(),
        "address": said if len(said) <= links.SAFE_LINK else "",
        "whole": here is not None,
        "plotly": PLOTLY_JS,
        "question": question,
        "lines": lines,
        "hides": state.current().teaches,
        "runs": own_runs.asked().told(),
        "differs": own_runs.differs(state.experiment()),
        "run": _outcome(state.experiment(), shown=question is not None and "right" not in question),
        "unseen": unseen,
        "forTeachers": for_teachers,
        "qr": {"address": QR_JS, "source": qr_source() if files_lost() else ""},
        "pressed": player.heard(key),
    }


def _outcome(experiment: Experiment, *, shown: bool) -> dict[str, object]:
    """Say which loss the run ends with, for a question about it; if the class waits for it, train on for a while.

    Parameters
    ----------
    experiment : Experiment
    shown : bool
        Whether the page shows the run. On other pages it is looked at only if the class waits for it.

    Returns
    -------
    dict
        ``name``; ``loss``: "nan" if it is no number, None if it is not known or there is none; ``trained``: a share.
    """
    name = runs.identity(experiment)
    waits = state.kept("class_run", _Awaited).run == name
    if not experiment.epochs:
        return {"name": name, "loss": None, "trained": 1.0}
    if not waits and not shown:
        return {"name": name, "loss": None, "trained": 0.0}
    run = runs.shared_run(experiment)
    if waits:
        runs.train(run, budget_s=player.TRAIN_S)
    if not run.done:
        return {"name": name, "loss": None, "trained": run.position / experiment.epochs}
    return {"name": name, "loss": runs.last_loss(run), "trained": 1.0}


def pressed(key: str) -> None:
    """Do what the browser asks of the session: show what was revealed, keep a student's own experiment, train."""
    for kind, value in player.pressed(key):
        if kind == "revealed":
            reveal(value)
        elif kind == "own":
            _own(value)
        elif kind == "show":
            unseen.show()
        elif kind == "teaches":
            unseen.teach(on=value == "1")
        elif kind == "runs":
            own_runs.asked().ask(value)
        elif kind == "train":
            state.kept("class_run", _Awaited).run = value


def _own(what: str) -> None:
    """Keep a student's own experiment, or open it again: its table is too large for an address."""
    aside = state.kept("class_aside", _Aside)
    if what == "keep":
        aside.experiment, aside.position = state.experiment(), state.position()
    elif what == "open" and aside.experiment is not None:
        address.open_experiment(aside.experiment, aside.position)
