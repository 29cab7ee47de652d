"""The address: when it is opened, and what is written to it.

What Streamlit 1.67 does with an address, and what follows from it:

- A reload or a pasted address is a fresh session. Its address is opened.
- Going to another page empties the query. The session's experiment is kept, and written to the address again.
- Back and Forward rerun the script with the old query and say so. That address is opened. But going to a page
  and writing its address makes two entries in the browser's history, and Back from the second meets the empty
  first one: an empty address is opened only on a page on which it once stood for the tutorial.
- Every other rerun carries the query that the browser knew when it asked. While a rerun is under way this may
  be an old one; opening it would take back an edit. So it is opened only if this session never had it.
- Writing the query adds an entry to the history. So an experiment is written when it changed, and a position
  goes with it.

Position and view have one writer each. On a page with a player (it declares its ``view``) that is the player, which
replaces them in the browser; Python hands on what it finds. On every other page it is `write`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from classifier.experiment.experiment import Experiment
from pages.shared.address.parameters import CLASS, PRESENT, SAMPLE, UNSEEN, Own, PageParameter
from pages.shared.address.reader import Reader
from pages.shared.address.reading import from_params, read_position
from pages.shared.session import links
from pages.shared.session.held import held
from pages.shared.session.state import Query, State, current
from pages.shared.session.unseen import hidden
from pages.shared.text.quoting import escape_markdown

_MOST_UNSAID = 8  # the largest has 80 000 numbers


def open_page(page: str, declared: Sequence[PageParameter[Any]] = ()) -> Own:
    """Take from the address what it asks for. The frame calls it first on every page.

    Parameters
    ----------
    page : str
        Name of the page, constant.
    declared : sequence of PageParameter
        The page's own parameters.

    Returns
    -------
    Own
        Their values, the same object on every run. News are those that were taken from the address: every one if it
        was opened, those that it has if the visitor came from another page, none otherwise.
    """
    state, params = current(), _browser()
    if state.begins:
        state.unheard.clear()
        state.held = held()  # a run before was ended by a newer message, which may hold more values
    own = state.own.setdefault(page, Own((), state.experiment))
    own.declare((CLASS, PRESENT, UNSEEN, *declared))
    query = links.query_of(params, own.keys)
    is_fresh, moved = state.page is None, state.page != page
    state.page, state.visits = page, state.visits + moved
    opens = bool(params) if is_fresh else _is_asked_for(state, query)
    if opens:
        _open(state, params, own.keys, query)
    if is_fresh:
        state.take_up()
    elif not opens and moved and "position" in params:
        _go_on_at(state, params["position"])
    if opens or moved:
        state.written = query
        state.rewrite = params.get("position", ["0"]) != [str(state.position)]
    state.known.append(hash(query))
    own.experiment = state.experiment
    for notice in own.read(params, own.keys if opens or is_fresh else [key for key in params if moved]):
        add_notice(notice)
    # A link to another page may leave these out: presenting, and being in a class, then go on.
    if own.is_news(PRESENT) and (PRESENT.key in params or not moved):
        state.presenting = own[PRESENT]
    if own.is_news(UNSEEN) or moved:  # whoever goes on to another page is no longer asked
        state.unseen = own.is_news(UNSEEN) and own[UNSEEN]
    if own.is_news(CLASS) and (CLASS.key in params or not moved):
        state.class_code = own[CLASS]
    if SAMPLE.key in own.keys and own.is_news(SAMPLE):
        state.sample = own[SAMPLE] - 1
    return own


def _is_asked_for(state: State, query: Query) -> bool:
    """Say whether a session is asked for this address: by Back and Forward, or by a link, which it never had.

    A query that it had before is an old one that is still under way.
    """
    if _is_history_navigation():
        return bool(query) or state.page in state.tutorial_pages
    return bool(query) and hash(query) not in state.known


def _open(state: State, params: Mapping[str, Sequence[str]], own: Sequence[str], query: Query) -> None:
    """Put into the session what the address says, the tutorial where it says nothing."""
    opened = from_params(links.of_experiment(params, own), own)
    # The session still holds what did not fit into this address, even if other experiments were opened since.
    experiment, pin = state.unsaid.get(hash(query), (opened.experiment, opened.pin))
    if experiment == state.experiment:
        state.go_to(opened.position or 0)  # keeps texts that are being typed or are not yet valid
    else:
        state.put(experiment, opened.position or 0)
    state.notices, state.pin = opened.notices, pin


def _keep_unsaid(state: State, query: Query) -> None:
    """Keep what the present address has no room for: Back and Forward lead to it again."""
    state.unsaid.pop(hash(query), None)
    if links.unsaid(state):
        state.unsaid[hash(query)] = (state.experiment, state.pin)
    for oldest in list(state.unsaid)[:-_MOST_UNSAID]:
        del state.unsaid[oldest]


def _go_on_at(state: State, values: Sequence[str]) -> None:
    """Keep the experiment on another page, at the position that the link there names, if that is one."""
    told = read_position(Reader({"position": values}), state.experiment.epochs)
    state.position = state.position if told is None else told


def open_experiment(experiment: Experiment, position: int = 0) -> None:
    """Put another experiment into the controls, for example a known one. Call it before they are drawn."""
    state = current()
    state.put(experiment, position)
    state.notices = ()
    state.rewrite = True


def write(own: Own) -> None:
    """Write experiment, position and the page's own parameters, if they are not there.

    The frame calls it last on every page. Call it last in a fragment, too: Streamlit can lose what the run before the
    fragment's wrote.
    """
    state, browser = current(), _browser()  # the query as it was when the browser asked
    own.experiment, own[PRESENT], own[CLASS] = state.experiment, state.presenting, state.class_code
    own[UNSEEN] = hidden()
    if SAMPLE.key in own.keys:
        own[SAMPLE] = min(state.sample, state.experiment.samples - 1) + 1
    own.read(browser, own.players)  # the player writes these: they stay as the browser has them
    said = own.written()
    params = links.beside(links.said(state), own.keys)
    if not own.players:
        said["position"] = str(state.position) if state.position else None
    state.here = params = params | {key: value for key, value in said.items() if value is not None}
    query = links.query_of(links.lists(params), own.keys)
    changed = any(browser.get(key) != (None if value is None else [value]) for key, value in said.items())
    # Compared with both: the browser may not have what was written last yet, or Streamlit may have lost it.
    if query != state.written or query != links.query_of(browser, own.keys) or state.rewrite or changed:
        st.query_params.from_dict(params)
        state.written, state.rewrite = query, False
        state.known.append(hash(query))
    _keep_unsaid(state, query)
    state.begins, state.held = False, {}  # the widgets that were drawn have these values now
    if not query and state.page is not None:
        state.tutorial_pages.add(state.page)


def notices() -> tuple[str, ...]:
    """Give what the visitor must be told about the address: plain text that may quote the address.

    Notices stand until the experiment changes.
    """
    state = current()
    return state.notices + links.unsaid(state)


def show_notices() -> None:
    """Show the notices as warnings, on a page without a player: a player shows them itself."""
    for notice in notices():
        st.warning(escape_markdown(notice))


def add_notice(text: str) -> None:
    """Tell the visitor one thing more about the address."""
    state = current()
    if text not in state.notices:
        state.notices += (text,)


def _browser() -> dict[str, list[str]]:
    return {key: st.query_params.get_all(key) for key in st.query_params}


def _is_history_navigation() -> bool:
    # Streamlit uses this for its own widgets, but has no public name for it.
    return bool(getattr(get_script_run_ctx(), "is_history_navigation", False))
