"""The address: when it is opened, what is written to it, and links.

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
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from classifier.experiment.experiment import Experiment
from pages.shared.address.parameters import Own, PageParameter
from pages.shared.address.query import Params, from_params, to_params, write_pin
from pages.shared.session.state import Query, State, current

# A server refuses longer addresses (measured: 64 kB of headers), and a page that cannot be reloaded is worse than
# an address without its table.
MAX_ADDRESS = 60_000
_TOO_LONG = "This table is too large for an address. A reload or a copied link shows the tutorial's samples instead."
_SAFE_LINK = 8_000  # what proxies commonly let through
_PIN_TOO_LONG = "The pinned run is too large for the address. A reload or a copied link is without it."
_SAMPLES = ("inputs", "labels", "initial", "scale", "input_name", "label_name")

# Opening


def open_page(page: str, declared: Sequence[PageParameter[Any]] = ()) -> Own:
    """Take from the address what it asks for. Call it first on every page.

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
    own = state.own.setdefault(page, Own((), state.experiment))
    own.declare(declared)
    query = _query(params, own.keys)
    is_fresh, moved = state.page is None, state.page != page
    state.page = page
    opens = bool(params) if is_fresh else _is_asked_for(state, query)
    if opens:
        _open(state, params, own.keys)
    elif moved and "position" in params:
        _go_on_at(state, params["position"])
    if opens or moved:
        state.written = query
        state.rewrite = params.get("position", ["0"]) != [str(state.position)]
    state.known.append(hash(query))
    own.experiment = state.experiment
    for notice in own.read(params, own.keys if opens or is_fresh else [key for key in params if moved]):
        add_notice(notice)
    return own


def _is_asked_for(state: State, query: Query) -> bool:
    """Say whether a session that is under way is asked for this address: by Back and Forward, or by a link.

    A query that it had before is an old one under way.
    """
    if _is_history_navigation():
        return bool(query) or state.page in state.tutorial_pages
    return bool(query) and hash(query) not in state.known


def _open(state: State, params: Mapping[str, Sequence[str]], own: Sequence[str]) -> None:
    opened = from_params(params, own)
    state.put(opened.experiment, opened.position or 0)
    state.notices, state.pin = opened.notices, opened.pin


def _go_on_at(state: State, values: Sequence[str]) -> None:
    """Keep the experiment on another page, at the position that the link there names, if that is one."""
    told = from_params({**_lists(to_params(state.experiment)), "position": values}).position
    state.position = state.position if told is None else told


def open_experiment(experiment: Experiment, position: int = 0) -> None:
    """Put another experiment into the controls, for example a known one. Call it before they are drawn."""
    state = current()
    state.put(experiment, position)
    state.notices = ()
    state.rewrite = True
    # A page that is gone to with this address has it already, and more than it: a large table is in no address.
    state.known.append(_hash(_params(state)))


# Writing


def write(own: Own) -> None:
    """Write experiment, position and the page's own parameters, if they are not there. Call it last on every page.

    Call it last in a fragment of the page, too: Streamlit can lose what the run before the fragment's wrote.
    """
    state, browser = current(), _browser()  # the query as it was when the browser asked
    own.experiment = state.experiment
    own.read(browser, own.players)  # handed on as it stands there
    said = own.written()
    params = _params(state)
    if not own.players:
        said["position"] = str(state.position) if state.position else None
    state.here = params = params | {key: value for key, value in said.items() if value is not None}
    query = _query(_lists(params), own.keys)
    changed = any(browser.get(key) != (None if value is None else [value]) for key, value in said.items())
    # Both: the browser may not have heard yet of what was written, and what was written may have got lost.
    if query != state.written or query != _query(browser, own.keys) or state.rewrite or changed:
        st.query_params.from_dict(params)
        state.written, state.rewrite = query, False
        state.known.append(hash(query))
    if not query and state.page is not None:
        state.tutorial_pages.add(state.page)


# Links


def here() -> Params | None:
    """Give the whole address of the page, as `write` was last called; None if it lacks the samples."""
    state = current()
    return None if _is_without_samples(state) else state.here


def link() -> Params:
    """Give what the address says of the experiment and the position: for a link to another page.

    A page that had to complete its address would stand in the browser's history twice, and Back would lead to itself.
    """
    state = current()
    params = _params(state)
    # Where the link leads, this is no news: samples that are too many for it must not be forgotten for their absence.
    state.known.append(_hash(params))
    return params


def link_to(experiment: Experiment) -> Params | None:
    """Give the address of another experiment, at the same position: for a link that opens it on another page.

    None if the link would be too long for some networks; then use `open_experiment`.
    """
    state = current()
    params = to_params(experiment, min(state.position, experiment.epochs))
    if "pin" in _params(state):
        params["pin"] = _params(state)["pin"]
    if len(urlencode(params, doseq=True)) > _SAFE_LINK:
        return None
    query = _hash(params)
    while experiment != state.experiment and query in state.known:
        state.known.remove(query)  # had before, and news again if the link is followed
    return params


# What must be said about it


def notices() -> tuple[str, ...]:
    """Give what the visitor must be told about the address: plain text that may quote a stranger.

    Notices stand until the experiment changes.
    """
    state = current()
    lost = [(_TOO_LONG, _is_without_samples(state)), (_PIN_TOO_LONG, bool(state.pin and "pin" not in _params(state)))]
    return state.notices + tuple(text for text, is_so in lost if is_so)


def add_notice(text: str) -> None:
    """Tell the visitor one thing more about the address."""
    state = current()
    if text not in state.notices:
        state.notices += (text,)


def _is_without_samples(state: State) -> bool:
    """Say whether the address had no room for the samples."""
    tutorial, own = Experiment.tutorial(), state.experiment
    told = _params(state).keys() & {"inputs", "example"}
    return not told and (own.inputs, own.labels) != (tutorial.inputs, tutorial.labels)


def _params(state: State) -> Params:
    """Give the query parameters, without the samples if those are too many, and without the pin if that is."""
    known = state.address
    if known is None or known[0] is not state.experiment or known[1] is not state.pin:
        params = to_params(state.experiment)
        if "inputs" in params and len(urlencode(params, doseq=True)) > MAX_ADDRESS:
            params = {key: params[key] for key in params if key not in _SAMPLES}
        pin = None if state.pin is None else write_pin(state.pin)
        pinned: Params = params if pin is None else params | {"pin": pin}
        fits = len(urlencode(pinned, doseq=True)) <= MAX_ADDRESS
        state.address = known = (state.experiment, state.pin, pinned if fits else params)
    return known[2] | ({"position": str(state.position)} if state.position else {})


def _browser() -> dict[str, list[str]]:
    return {key: st.query_params.get_all(key) for key in st.query_params}


def _query(params: Mapping[str, Sequence[str]], own: Sequence[str]) -> Query:
    """Give the part of a query that names an experiment."""
    skipped = ("position", *own)
    return tuple(sorted((key, tuple(values)) for key, values in params.items() if key not in skipped))


def _hash(params: Params) -> int:
    return hash(_query(_lists(params), ()))


def _lists(params: Mapping[str, str | list[str]]) -> dict[str, list[str]]:
    return {key: [value] if isinstance(value, str) else list(value) for key, value in params.items()}


def _is_history_navigation() -> bool:
    # Streamlit tells its own widgets, but has no public name for it.
    return bool(getattr(get_script_run_ctx(), "is_history_navigation", False))
