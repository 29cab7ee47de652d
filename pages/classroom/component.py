"""The class in the page: its button, its bar, and the messages that a browser exchanges with it, without a rerun."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from classifier import Experiment
from pages.shared.run import player
from pages.shared.run.revealed import reveal
from pages.shared.session import address, links, state, widgets
from pages.shared.share.qr import qr_image
from pages.stage.component import component
from pages.stage.files import PLOTLY_JS

__all__ = ["classroom"]

_HERE = Path(__file__).parent
_KEY: Final = "class"
_FIRST_PAGE: Final = "playground"  # its address has no name
_MESSAGES: Final = json.loads((_HERE / "messages.json").read_text("utf-8"))
_LONGEST_LINK: Final = 500
_HTML: Final = '<div class="class" data-testid="class" data-role="none"></div>'

# Not isolated: the page makes room for the bar.
_component = component(_HERE / "class.js", _HTML, isolate_styles=False)


@dataclass
class _Aside:
    """A student's own experiment, kept while the student follows the class."""

    experiment: Experiment | None = None
    position: int = 0


def classroom(
    question: Mapping[str, object] | None = None,
    loss: float | str | None = None,
    unseen: str = "",
    *,
    for_teachers: bool = False,
) -> None:
    """Draw the button of the class, and give the browser what only Python knows.

    Parameters
    ----------
    question : mapping, optional
        What a teacher can ask on this page: ``kind``, ``text``, and the ``choices`` or the ``right`` number. ``at``
        names a result that is shown once the answer is revealed; see `reveal`.
    loss : float or "nan", optional
        The loss at the end of the run, for a question about it; None if it is not known yet.
    unseen : str
        A warning for a teacher if the page shows something that is in no address, and so is not seen by the students.
    for_teachers : bool
        Whether the students stay where they are while their teacher is on this page.
    """
    page, here = state.page(), links.here()
    said = urlencode(here or {}, doseq=True)
    _component(
        key=_KEY,
        data={
            "messages": _MESSAGES,
            "page": "" if page == _FIRST_PAGE else page,
            "plays": state.plays(),
            "address": said if len(said) <= links.SAFE_LINK else "",
            "whole": here is not None,
            "plotly": PLOTLY_JS,
            "question": question,
            "loss": loss,
            "unseen": unseen,
            "forTeachers": for_teachers,
            "qr": _picture(widgets.widget(_KEY)),
            "pressed": player.heard(_KEY),
        },
        on_link_change=lambda: None,
        on_pressed_change=_pressed,
    )


def _pressed() -> None:
    """Do what the browser asks of the session: show what was revealed, keep or open a student's own experiment."""
    for kind, value in player.pressed(_KEY):
        if kind == "revealed":
            reveal(value)
        elif kind == "own":
            _own(value)


def _own(what: str) -> None:
    """Keep a student's own experiment, or open it again: its table is too large for an address."""
    aside = state.kept("class_aside", _Aside)
    if what == "keep":
        aside.experiment, aside.position = state.experiment(), state.position()
    elif what == "open" and aside.experiment is not None:
        address.open_experiment(aside.experiment, aside.position)


def _picture(said: object) -> dict[str, str] | None:
    """Draw the link to the class, which only the teacher's browser knows."""
    link = said.get("link") if isinstance(said, Mapping) else None
    if not isinstance(link, str) or len(link) > _LONGEST_LINK:
        return None
    image = qr_image(link)
    return None if image is None else {"link": link, "image": image}
