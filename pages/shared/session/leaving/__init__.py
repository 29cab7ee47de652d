"""Leaving a page: a click that leads away waits until Python has heard all that was typed, chosen and played.

Streamlit sends a click on a link at once, and what was typed a moment later: one of the two is lost. So the browser
holds the click back, lets the open field and the player send what they have, and asks Python a question. Every message
brings the values of all widgets: when Python answers the question, it has heard everything before it.
"""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from pages.shared.session import links
from pages.shared.session.state import current
from pages.shared.session.widgets import hear, widget
from pages.stage.component import component

__all__ = ["leaving"]

_KEY = "leaving"
_HERE = Path(__file__).parent

# Not isolated: it is about the page.
_component = component(_HERE / "leaving.js", '<div class="leaving"></div>', isolate_styles=False)


def leaving(path: str) -> None:
    """Answer the browser's question. Call it on every page when all of it has been read and kept.

    ``path`` is the end of the address under which the page stands; empty for the first one.
    """
    said = widget(_KEY)
    asked = said.get("asked") if isinstance(said, Mapping) else None
    data = {
        "heard": asked if isinstance(asked, int | float) and abs(asked) < 2**53 else 0,
        "page": path,
        "query": urlencode(links.said(current()), doseq=True),
    }
    _component(key=_KEY, data=data, on_asked_change=lambda: None)
    if hear():
        st.rerun()
