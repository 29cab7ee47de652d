"""The class in the page: its button, its bar, and what a browser says and hears in a class, without a rerun."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from classifier import Experiment
from pages.shared.run import told
from pages.shared.run.revealed import reveal
from pages.shared.session import address, links, state, widgets
from pages.shared.share.qr import qr_image
from pages.stage.javascript import component
from pages.stage.plotly_js import PLOTLY_JS

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
    """What waits for a student while he follows the class."""

    experiment: Experiment | None = None
    position: int = 0


def classroom(
    question: Mapping[str, object] | None = None,
    loss: float | str | None = None,
    unseen: str = "",
) -> None:
    """Draw the button of the class, and hand the browser what it cannot know.

    Parameters
    ----------
    question : mapping, optional
        What a teacher can ask on this page: ``kind``, ``text``, and the ``choices`` or the ``right`` number. What it
        is ``at`` is a result that is shown once the answer is revealed; see `reveal`.
    loss : float or "nan", optional
        What the run comes to, for a question about it; None if that is not known yet.
    unseen : str
        What a teacher must know of what stands on the page and is in no address; empty if all of it is.
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
            "qr": _picture(widgets.widget(_KEY)),
            "pressed": told.heard(_KEY),
        },
        on_link_change=lambda: None,
        on_pressed_change=_pressed,
    )


def _pressed() -> None:
    """Do what the browser asks of the session: show what was revealed, keep or open what a student has of his own."""
    for kind, value in told.pressed(_KEY):
        if kind == "revealed":
            reveal(value)
        elif kind == "own":
            _own(value)


def _own(what: str) -> None:
    """Put aside what a student has of his own, or open it again: a table that is too large for an address."""
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
