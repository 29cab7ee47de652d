"""What one visitor has open. The only file that touches ``st.session_state``.

It holds the controls' texts as typed, the last good experiment, the position, and what the address last said.
Streamlit forgets a widget when its page is left, so nothing here lives in a widget alone.

What Streamlit 1.67 does with an address, and what follows from it:

- A reload or a pasted address is a fresh session. Its address is opened.
- Going to another page empties the query. The session's experiment is kept, and written to the address again.
- Back and Forward rerun the script with the old query and say so. That address is opened. But going to a page
  and writing its address makes two entries in the browser's history, and Back from the second meets the empty
  first one: an empty address is opened only on a page on which it once stood for the tutorial.
- Every other rerun carries the query that the browser knew when it asked. While a rerun is under way this may
  be an old one; opening it would take back an edit. So it is opened only if this session never had it.
- Writing the query adds an entry to the history. So an experiment is written when it changed, and a position
  goes with it; a position alone is left to the stage, which replaces it in the browser.
"""

import dataclasses
import secrets
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from classifier.experiment.experiment import Experiment
from classifier.experiment.rates import Schedule
from pages.shared.address.fields import FIELDS
from pages.shared.address.reading import from_params
from pages.shared.address.writing import Params, to_params, write_pin
from pages.shared.draft.draft import CONTROLS, Draft, Verdict, edited, judge, write_draft
from pages.shared.draft.sheet import reported
from pages.shared.draft.table import Table, from_payload
from pages.shared.text.typed_numbers import format_number

SHEET_KEY = "samples"
# A server refuses longer addresses (measured: 64 kB of headers), and a page that cannot be reloaded is worse than
# an address without its table.
MAX_ADDRESS = 60_000
_TOO_LONG = "This table is too large for an address. A reload or a copied link shows the tutorial's samples instead."
_SAFE_LINK = 8_000  # what proxies commonly let through
_PIN_TOO_LONG = "The pinned run is too large for the address. A reload or a copied link is without it."
_TABLE = {field.key for field in FIELDS if field.is_table}
_ROOT = "backprop_by_hand"

_T = TypeVar("_T")
_Query = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass
class _Session:
    """All that is kept for one visitor."""

    experiment: Experiment
    draft: Draft
    position: int = 0
    sample: int = 0
    pin: Experiment | None = None
    sheet: tuple[str, int] = ("", 0)  # name of the table in the browser, and the version of it that was read last
    fields: dict[str, tuple[int, str]] = dataclasses.field(default_factory=dict)  # see field()
    slider: tuple[int, float | None] = (0, None)  # how often it was mounted, and the stop it started with
    standing: dict[str, tuple[int, object]] = dataclasses.field(default_factory=dict)  # see standing()
    kept: dict[str, object] = dataclasses.field(default_factory=dict)  # see kept()
    openings: int = 0
    verdict: tuple[Draft, Verdict] | None = None
    notices: tuple[str, ...] = ()
    page: str | None = None
    written: _Query = ()  # the experiment that the address was last known or made to hold
    known: deque[int] = dataclasses.field(
        default_factory=lambda: deque(maxlen=256)
    )  # hashes of queries this session had
    tutorial_pages: set[str] = dataclasses.field(default_factory=set)  # where an empty query stood for the tutorial
    here: Params = dataclasses.field(default_factory=dict)  # the whole address of the page, as it was last told
    address: tuple[Experiment, Experiment | None, Params] | None = (
        None  # experiment and pin in the address; for large tables
    )
    # Two runs of one session overlap for a moment when a new one takes over.
    lock: threading.Lock = dataclasses.field(default_factory=threading.Lock)
    rewrite: bool = False  # the address must be written though its experiment is the right one


def _session() -> _Session:
    session = st.session_state.get(_ROOT)
    if not isinstance(session, _Session):
        tutorial = Experiment.tutorial()
        session = _Session(tutorial, write_draft(tutorial))
        _put(session, tutorial, 0)
        st.session_state[_ROOT] = session
    return session


# The address


def open_address(page: str, extra: Sequence[str] = ()) -> dict[str, list[str]]:
    """Take from the address what it asks for. Call it first on every page.

    Parameters
    ----------
    page : str
        Name of the page, constant.
    extra : sequence of str
        Query parameters that the page reads itself.

    Returns
    -------
    dict of str to list of str
        Those of them that are news, with all their values: every one if the address was opened ([] if it lacks it),
        those that it has if the visitor came from another page, none otherwise.
    """
    fresh = _ROOT not in st.session_state
    session = _session()
    params = {key: st.query_params.get_all(key) for key in st.query_params}
    query = _query(params, extra)
    moved, session.page = session.page != page, page
    if fresh:
        wanted = bool(params)
    elif _is_history_navigation():
        wanted = bool(query) or page in session.tutorial_pages
    else:
        wanted = bool(query) and hash(query) not in session.known
    if wanted:
        opened = from_params(params, extra)
        _put(session, opened.experiment, opened.position or 0)
        session.notices, session.pin = opened.notices, opened.pin
    elif moved and "position" in params:
        told = from_params({**_lists(to_params(session.experiment)), "position": params["position"]})
        session.position = session.position if told.position is None else told.position
    if fresh or moved or wanted:
        session.written = query
    session.known.append(hash(query))
    if fresh or moved or wanted:
        session.rewrite = params.get("position", ["0"]) != [str(session.position)]
    return {key: params.get(key, []) for key in extra if wanted or fresh or (moved and key in params)}


def write_address(**own: str | None) -> None:
    """Write the experiment and the position to the address, if they are not there. Call it last on every page.

    Call it last in a fragment of the page, too: Streamlit can lose what the run before the fragment's wrote.

    Parameters
    ----------
    **own : str
        The page's own parameters; those named in `open_address` as `extra`, None for one to be left out. A page
        without the stage writes the position in the same way.
    """
    session = _session()
    session.here = params = {key: value for key, value in {**_address(session), **own}.items() if value is not None}
    own_keys = tuple(own)
    query = _query(_lists(params), own_keys)
    browser = {key: st.query_params.get_all(key) for key in st.query_params}  # as it was when it asked
    own_changed = any(browser.get(key) != (None if value is None else [value]) for key, value in own.items())
    # Both: the browser may not have heard yet of what was written, and what was written may have got lost.
    if query != session.written or query != _query(browser, own_keys) or session.rewrite or own_changed:
        st.query_params.from_dict(params)
        session.written, session.rewrite = query, False
        session.known.append(hash(query))
    if not query and session.page is not None:
        session.tutorial_pages.add(session.page)


def here() -> Params | None:
    """Give the whole address of the page, as `write_address` was last called; None if it lacks the samples."""
    session = _session()
    return None if _is_without_samples(session) else session.here


def address() -> Params:
    """Give what the address says of the experiment and the position: for a link to another page.

    A page that had to complete its address would stand in the browser's history twice, and Back would lead to itself.
    """
    session = _session()
    params = _address(session)
    # Where the link leads, this is no news: samples that are too many for it must not be forgotten for their absence.
    session.known.append(hash(_query(_lists(params), ())))
    return params


def address_of(experiment: Experiment) -> Params | None:
    """Give the address of another experiment, at the same position: for a link that opens it on another page.

    None if the link would be too long for some networks; then use `open_experiment`.
    """
    session = _session()
    params = to_params(experiment, min(session.position, experiment.epochs))
    if "pin" in _address(session):
        params["pin"] = _address(session)["pin"]
    if len(urlencode(params, doseq=True)) > _SAFE_LINK:
        return None
    query = hash(_query(_lists(params), ()))
    while experiment != session.experiment and query in session.known:
        session.known.remove(query)  # had before, and news again if the link is followed
    return params


def notices() -> tuple[str, ...]:
    """Give what the visitor must be told about the address: plain text that may quote a stranger.

    Notices stand until the experiment changes.
    """
    session = _session()
    lost = [
        (_TOO_LONG, _is_without_samples(session)),
        (_PIN_TOO_LONG, bool(session.pin and "pin" not in _address(session))),
    ]
    return session.notices + tuple(text for text, is_so in lost if is_so)


def add_notice(text: str) -> None:
    """Tell the visitor one thing more about the address."""
    session = _session()
    if text not in session.notices:
        session.notices += (text,)


def _is_without_samples(session: _Session) -> bool:
    """Say whether the address had no room for the samples."""
    tutorial, own = Experiment.tutorial(), session.experiment
    told = _address(session).keys() & {"inputs", "example"}
    return not told and (own.inputs, own.labels) != (tutorial.inputs, tutorial.labels)


def _address(session: _Session) -> Params:
    """Give the query parameters, without the samples if those are too many, and without the pin if that is."""
    known = session.address
    if known is None or known[0] is not session.experiment or known[1] is not session.pin:
        params = to_params(session.experiment)
        if "inputs" in params and len(urlencode(params, doseq=True)) > MAX_ADDRESS:
            params = {key: params[key] for key in params if key not in _TABLE}
        pin = None if session.pin is None else write_pin(session.pin)
        pinned: Params = params if pin is None else params | {"pin": pin}
        fits = len(urlencode(pinned, doseq=True)) <= MAX_ADDRESS
        session.address = known = (session.experiment, session.pin, pinned if fits else params)
    return known[2] | ({"position": str(session.position)} if session.position else {})


def _query(params: Mapping[str, Sequence[str]], extra: Sequence[str]) -> _Query:
    """Give the part of a query that names an experiment, in a form that can be compared."""
    skipped = ("position", *extra)
    return tuple(sorted((key, tuple(values)) for key, values in params.items() if key not in skipped))


def _lists(params: Mapping[str, str | list[str]]) -> dict[str, list[str]]:
    return {key: [value] if isinstance(value, str) else list(value) for key, value in params.items()}


def _is_history_navigation() -> bool:
    # Streamlit tells its own widgets, but has no public name for it.
    return bool(getattr(get_script_run_ctx(), "is_history_navigation", False))


# The experiment and the position


def experiment() -> Experiment:
    """Give the last good experiment."""
    return _session().experiment


def position() -> int:
    """Give the number of epochs trained that the visitor looks at; never beyond the experiment's epochs."""
    return _session().position


def set_position(position: object) -> None:
    """Look at another position. Comes from a browser: what is no whole number in range is brought into it."""
    session = _session()
    if isinstance(position, int) and not isinstance(position, bool):
        session.position = min(max(position, 0), session.experiment.epochs)


def pinned() -> Experiment | None:
    """Give the experiment whose curve stays in sight, None if there is none."""
    return _session().pin


def pin(experiment: Experiment | None) -> None:
    """Keep the curve of an experiment in sight, whatever is opened or edited next; None keeps none."""
    _session().pin = experiment


def sample() -> int:
    """Give the sample that the visitor looks at, from 0; always one that the experiment has."""
    session = _session()
    return min(session.sample, session.experiment.samples - 1)


def set_sample(sample: int) -> None:
    """Look at another sample, counted from 0."""
    _session().sample = max(sample, 0)


def open_experiment(experiment: Experiment, position: int = 0) -> None:
    """Put another experiment into the controls, for example a known one. Call it before they are drawn."""
    session = _session()
    _put(session, experiment, position)
    session.notices = ()
    session.rewrite = True
    # A page that is gone to with this address has it already, and more than it: a large table is in no address.
    session.known.append(hash(_query(_lists(_address(session)), ())))


def openings() -> int:
    """Give how often an experiment was opened: by address, by Back, by a reset. The position was set, too."""
    return _session().openings


def _put(session: _Session, experiment: Experiment, position: int) -> None:
    session.experiment = experiment
    session.position = min(position, experiment.epochs)
    session.draft = write_draft(experiment)
    session.sheet = (secrets.token_hex(4), 0)  # a name that no browser knows yet: it takes the new table
    session.openings += 1
    for name in CONTROLS:
        _mount_anew(session, name)


# The controls


def field(name: str) -> tuple[str, str]:
    """Give the key of the widget for a field of Experiment, and the text that it starts with.

    A text that is set for the visitor comes as the start of a new widget, not by ``st.session_state[key] = text``:
    Streamlit sends such a text once, and if the visitor does something before the browser has drawn the widget,
    the next run replaces it unread and the widget comes up empty. A start is sent with every run.
    """
    session = _session()
    mounted, start = session.fields[name]
    return _widget_key(name, mounted), start


def set_field(name: str, text: str) -> None:
    """Put another text into the widget for a field of Experiment. Call it in a callback."""
    session = _session()
    session.draft = edited(session.draft, session.draft.table, {name: text})
    _mount_anew(session, name)


def set_rate_from(position: int, learning_rate: float) -> None:
    """Train on at another learning rate from a position on. Call it in a callback."""
    session = _session()
    course = session.experiment.with_rate_from(position, learning_rate)
    _set_schedule(session, course.schedule)
    if position <= 0:
        set_field("learning_rate", format_number(course.learning_rate))


def drop_rate_from(position: int) -> None:
    """Take one change of the learning rate back; the others stay. Call it in a callback."""
    session = _session()
    kept = tuple(change for change in session.draft.experiment.schedule if change[0] != position)
    _set_schedule(session, kept)


def _set_schedule(session: _Session, schedule: Schedule) -> None:
    session.draft = replace(session.draft, experiment=session.draft.experiment.replace(schedule=schedule))


def slider(nearest: Callable[[str], float | None]) -> tuple[str, float | None]:
    """Give the key of the learning rate's slider, and the stop that it starts with.

    Parameters
    ----------
    nearest : callable
        Finds the stop for a text, None if the text is no number: then the slider stays where it is.
    """
    session = _session()
    mounted, start = session.slider
    stop = nearest(session.draft.texts["learning_rate"])
    stands = st.session_state.get(_widget_key("slider", mounted), start)
    # Only if it differs: a slider that is being dragged would be taken out of the hand.
    if stop is not None and stop != stands:
        session.slider = (mounted + 1, stop)
    return _widget_key("slider", session.slider[0]), session.slider[1]


def standing(name: str, value: _T) -> tuple[str, _T]:
    """Give the key of a widget that shows a value kept elsewhere, and the value that it starts with.

    It is mounted anew only if it shows something else: a slider that is being dragged stays in the hand. For the
    widget's ``on_change`` to keep what was chosen.

    Parameters
    ----------
    name : str
        Constant; another one for other bounds or options.
    value : any
        What the widget must show.
    """
    session = _session()
    mounted, start = session.standing.get(name, (0, value))
    if st.session_state.get(_widget_key(name, mounted), start) != value:
        mounted, start = mounted + 1, value
    session.standing[name] = (mounted, start)
    return _widget_key(name, mounted), start  # type: ignore[return-value]  # a start is a value of the same name


def stands(name: str, key: str) -> bool:
    """Say whether a widget of `standing`, or the "slider", is the one that was mounted last. Ask it in a callback.

    A browser that is typed into faster than it draws tells once more what the one before showed, as if it were chosen.
    """
    session = _session()
    mounted = session.slider[0] if name == "slider" else session.standing.get(name, (0, None))[0]
    return key == _widget_key(name, mounted)


def kept(name: str, make: Callable[[], _T]) -> _T:
    """Give what a page keeps for this visitor beyond its widgets: made once, changed in place."""
    everything = _session().kept
    if name not in everything:
        everything[name] = make()
    return everything[name]  # type: ignore[return-value]  # one type for each name


def widget(key: str) -> object:
    """Give the value of a widget, None if it has none."""
    return st.session_state.get(key)


def table() -> tuple[str, int, Table]:
    """Give the name, the version and the texts of the table, as the sheet takes them."""
    session = _session()
    return (*session.sheet, session.draft.table)


def _widget_key(name: str, mounted: int) -> str:
    return f"control_{name}_{mounted}"


def _mount_anew(session: _Session, name: str) -> None:
    mounted = session.fields[name][0] if name in session.fields else 0
    session.fields[name] = (mounted + 1, session.draft.texts[name])


def read_controls() -> Verdict:
    """Read what stands in the controls, keep it, and judge it. Call it before they are drawn.

    Returns
    -------
    Verdict
        If it has an experiment, that is the session's from here on, at the same position.
    """
    session = _session()
    with session.lock:
        return _read_controls(session)


def _read_controls(session: _Session) -> Verdict:
    table = session.draft.table
    said = reported(st.session_state.get(SHEET_KEY))
    name, version = session.sheet
    said_version = said.get("version")
    # What an old table's sheet still says while the new one is on its way is passed over.
    if said.get("name") == name and isinstance(said_version, int) and said_version > version:
        table = from_payload(said) or table
        session.sheet = (name, said_version)
    session.draft = draft = edited(session.draft, table, {name: _typed(session, name) for name in CONTROLS})
    if session.verdict is None or session.verdict[0] != draft:
        session.verdict = (draft, judge(draft))
    verdict = session.verdict[1]
    if verdict.experiment is not None and verdict.experiment != session.experiment:
        session.experiment = verdict.experiment
        session.position = min(session.position, verdict.experiment.epochs)
        session.notices = ()
    return verdict


def _typed(session: _Session, name: str) -> str:
    """Give what stands in a field's widget. Streamlit forgot it if the page was left: then what stood there."""
    mounted, start = session.fields[name]
    kept = session.draft.texts[name]
    text = st.session_state.get(_widget_key(name, mounted))
    if text is None and kept != start:
        _mount_anew(session, name)
    return text if isinstance(text, str) else kept
