"""The corner of every page: Present, the class and Share; and the one component for all that stands around a page.

The letters P and Escape are Streamlit's shortcuts of the one button, as on the step page: they act only while nothing
is being typed in a field or in a cell of the table. Escape undoes what P did.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.frame import in_class
from pages.frame.keys.keys_switch import keys_switch
from pages.shared.charts.enlarged import FACTOR, LEAST
from pages.shared.charts.values.chart_values import VALUES_HTML
from pages.shared.session import leaving, links, state, widgets
from pages.shared.share import share
from pages.shared.share.page_html.page_html import Page
from pages.stage.component import component
from pages.stage.view import reported

KEY: Final = "corner"
_HERE = Path(__file__).parent
_PRESENTED = (_HERE / "present.css").read_text("utf-8")
_STYLE = f":root {{ --least: {LEAST}px; --enlarged: {FACTOR:.6f}; }}\n{_PRESENTED}"
_HTML = f"""<div class="class" data-testid="class"></div>
<p class="spoken" aria-live="polite"></p>
<div class="announced" aria-live="polite"></div>
{VALUES_HTML}"""

# Not isolated: it styles, reads and describes the whole page.
_component = component(_HERE / "corner.js", _HTML, isolate_styles=False)


@dataclass
class Offer:
    """What a page has for its frame.

    Attributes
    ----------
    file : callable, optional
        Gives the page as a file holds it, for a position and the link to it in the app.
    question, unseen, lines, for_teachers
        See `in_class.message`.
    place : str
        Anchor of the heading that the page opens at, instead of at its top.
    spoken : str
        What is shown now, for screen readers: announced once for each text. While there is one, the letters of the
        page's buttons act in its main part only.
    labels, problems
        The fields that may be wrong, by their labels on the screen, and what is wrong with them.
    """

    file: Callable[[int, str | None], Page] | None = None
    question: Mapping[str, object] | None = None
    unseen: str = ""
    lines: Sequence[Mapping[str, object]] | None = None
    for_teachers: bool = False
    place: str = ""
    spoken: str = ""
    labels: list[str] = field(default_factory=list)
    problems: dict[str, str] = field(default_factory=dict)


def corner(offer: Offer, place: DeltaGenerator) -> None:
    """Draw the corner in its place. Call it after the address was written: the link in Share is that address."""
    params = links.here()
    url = None if params is None else share.link(st.context.url or "", params)
    with place:
        _present()
        _component(
            key=KEY,
            data={
                "leaving": leaving.message(reported(widgets.widget(KEY), "asked")),
                "place": offer.place,
                "style": _STYLE if state.current().presenting else "",
                "spoken": offer.spoken,
                "announced": {"labels": offer.labels, "problems": offer.problems},
                "class": in_class.message(
                    KEY, offer.question, offer.unseen, offer.lines, for_teachers=offer.for_teachers
                ),
            },
            on_pressed_change=lambda: in_class.pressed(KEY),
            on_asked_change=lambda: None,
            on_leave_change=lambda: leaving.note(reported(widgets.widget(KEY), "leave")),
        )
        # Not a dialog: every rerun that the player asks for would close it.
        popover = st.popover("Share", type="tertiary", key=share.KEY, on_change="rerun")
    if widgets.hear():
        st.rerun()
    with st.container(key="paper"):
        st.html(f'<p class="paper-link">{escape(url or "This table is too large for a link.")}</p>')
    if popover.open:
        with popover, st.container(horizontal=True, gap="small"):
            share.files(url, offer.file)
            with share.pictures(url):
                keys_switch()


def _present() -> None:
    """Draw the button that begins presenting or, meanwhile, the one that ends it."""
    on = state.current().presenting
    # One button, under one key: what had the focus keeps it.
    st.button(
        "End presenting" if on else "Present",
        icon=":material/close:" if on else ":material/present_to_all:",
        shortcut="Escape" if on else "P",
        type="tertiary",
        key="present",
        # None while presenting: the pointer rests on the button, and the tooltip would cover the page.
        help=None if on else "Present (P): the charts take the screen. Keys are switched off in Share.",
        on_click=state.present,
        args=(not on,),
    )
