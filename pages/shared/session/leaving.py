"""Leaving a page: where a click leads comes in one message with all that was typed, chosen and played before it.

Streamlit sends a click on a link at once, and what was typed a moment later: one of the two is lost. So the browser
keeps the click from Streamlit, lets the open field and the player send what they have, and says here where it leads.
The page runs once more, keeps what it hears and writes its address; then it is left.
"""

import secrets
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from typing import Final
from urllib.parse import parse_qs, urlencode

import streamlit as st
from streamlit.errors import StreamlitAPIException

from pages.shared.address.reading import KEYS
from pages.shared.address.writing import Params
from pages.shared.session import links, state

_FIRST_PAGE: Final = "playground"  # its address has no name
_MOST_LETTERS: Final = 100_000


def path() -> str:
    """Give the end of the address under which the page stands; empty for the first one."""
    page = state.page()
    return "" if page == _FIRST_PAGE else page


def message(asked: object) -> dict[str, object]:
    """Answer the browser's question, and say which page is drawn, of which session, and with which experiment."""
    return {
        "heard": asked if isinstance(asked, int | float) and abs(asked) < 2**53 else 0,
        "page": path(),
        "session": state.kept("session", partial(secrets.token_hex, 4)),
        "query": urlencode(links.said(state.current()), doseq=True),
    }


def note(said: object) -> None:
    """Remember where a click leads; called back before the page runs.

    Parameters
    ----------
    said : mapping, of a browser
        ``left`` and ``page``, the ends of the two addresses; ``query`` of the link; ``drawn``, the `message`'s then.
    """
    way = _way()
    way.clear()
    if isinstance(said, Mapping):
        way.update({name: text[:_MOST_LETTERS] for name, text in said.items() if isinstance(text, str)})


def follow() -> None:
    """Go where the click led, if there was one on this page. Call it when what the visitor did is kept."""
    way = dict(_way())
    _way().clear()
    if way.get("left") == path() and "page" in way:
        page = way["page"] or _FIRST_PAGE
        # It may be no page of ours: then this one stays.
        with suppress(StreamlitAPIException):
            st.switch_page(f"{page}/{page}.py", query_params=_query(way.get("query", ""), way.get("drawn", "")))


def _way() -> dict[str, str]:
    return state.kept("way", dict)


def _query(query: str, drawn_then: str) -> Params:
    """Give the query of a link; if it says the experiment that was drawn, the one that there is now."""
    link, then = parse_qs(query), parse_qs(drawn_then)
    here = {key for key in KEYS if key != "position"}
    if any(link.get(key) != then.get(key) for key in here):
        return dict(link)
    own = {key: values for key, values in link.items() if key not in here}
    if own.get("position") == then.get("position"):
        own.pop("position", None)
    return {**own, **links.to_page(), **({"position": own["position"]} if "position" in own else {})}
