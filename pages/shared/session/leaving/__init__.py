"""Leaving a page: a click that leads away waits until Python has heard all that was typed, chosen and played.

Streamlit sends a click on a link at once, and what was typed a moment later: one of the two is lost. So the browser
holds the click back, lets the open field and the player send what they have, and asks Python a question. Every message
brings the values of all widgets: when Python answers the question, it has heard everything before it.
"""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.shared.session import links
from pages.shared.session.state import current
from pages.shared.session.widgets import hear, widget
from pages.stage.component import component

__all__ = ["leaving"]

_KEY = "leaving"
_HERE = Path(__file__).parent

# Not isolated: it is about the page.
_component = component(_HERE / "leaving.js", '<div class="leaving"></div>', isolate_styles=False)


def leaving() -> None:
    """Answer the browser's question. Call it on every page when all of it has been read and kept."""
    said = widget(_KEY)
    asked = said.get("asked") if isinstance(said, Mapping) else None
    data = {
        "heard": asked if isinstance(asked, int | float) and abs(asked) < 2**53 else 0,
        "page": _path(),
        "query": urlencode(links.said(current()), doseq=True),
    }
    _component(key=_KEY, data=data, on_asked_change=lambda: None)
    if hear():
        st.rerun()


def _path() -> str:
    """Give the end of the address under which the page that is drawn stands; empty for the first one."""
    # Streamlit has no public name for it.
    context = get_script_run_ctx()
    pages = {} if context is None else context.pages_manager.get_pages()
    return pages[context.page_script_hash]["url_pathname"] if context and context.page_script_hash in pages else ""
