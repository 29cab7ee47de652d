"""What one visitor has open: the experiment, where it is looked at, what was typed, what the address last said.

Streamlit forgets a widget when its page is left, so nothing here lives in a widget alone.
"""

import hashlib
import secrets
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

import streamlit as st

from classifier.experiment.experiment import Experiment
from pages.shared.address.parameters import PRESENT, Own
from pages.shared.address.writing import Params
from pages.shared.draft.draft import CONTROLS, Draft, Verdict, write_draft
from pages.shared.session.held import held, mounted
from pages.shared.session.looking import look
from pages.stage.view import reported

Query = tuple[tuple[str, tuple[str, ...]], ...]
"""The part of an address that names an experiment, in a form that can be compared."""

SHEET_KEY = "samples"
_ROOT = "backprop_by_hand"
_T = TypeVar("_T")


@dataclass
class State:
    """All that is kept for one visitor."""

    experiment: Experiment
    draft: Draft
    position: int = 0
    sample: int = 0
    pin: Experiment | None = None  # its curve stays in sight, whatever is opened or edited next
    presenting: bool = False  # the charts take the whole screen, for those who sit far away
    unseen: bool = False  # what comes after the question is hidden; see unseen.py
    teaches: bool = False  # a class, whose pages are hidden one after the other
    seen: tuple[Experiment, str] | None = None  # the experiment and the page that were shown to the class last
    class_code: str = ""  # of the class that a student is in
    openings: int = 0  # how often an experiment was opened, by address, Back or a reset, and the position set
    begins: bool = True  # until a run has drawn all: a newer message may end the first ones
    held: dict[str, object] = field(default_factory=dict)  # what the browser's widgets hold meanwhile
    kept: dict[str, object] = field(default_factory=dict)  # see kept()
    # The controls and other widgets
    sheet: tuple[str, int] = ("", 0)  # name of the table in the browser, and the version of it that was read last
    fields: dict[str, int] = field(default_factory=dict)  # how often each was mounted; see controls.field()
    standing: dict[str, tuple[int, object]] = field(default_factory=dict)  # see widgets.standing()
    unheard: list[Callable[[], bool]] = field(default_factory=list)  # see widgets.hear()
    retired: dict[str, tuple[int, object]] = field(default_factory=dict)  # number of the one before, what it showed
    verdict: tuple[Draft, Verdict] | None = None
    # A run that was stopped and the next one overlap for a moment.
    lock: threading.Lock = field(default_factory=threading.Lock)
    # The address
    page: str | None = None  # the page that was opened last
    visits: int = 0  # how often another page was opened
    own: dict[str, Own] = field(default_factory=dict)  # by page
    notices: tuple[str, ...] = ()
    written: Query = ()  # the experiment that the address was last known or made to hold
    rewrite: bool = False  # the address must be written though its experiment is the right one
    known: deque[int] = field(default_factory=lambda: deque(maxlen=256))  # hashes of queries this session had
    tutorial_pages: set[str] = field(default_factory=set)  # where an empty query stood for the tutorial
    here: Params = field(default_factory=dict)  # the whole address of the page, as it was last told
    # By hash of a query that had no room for both: the experiment and the pin of this session at that address
    unsaid: dict[int, tuple[Experiment, Experiment | None]] = field(default_factory=dict)
    # Experiment, pin, and what of them fits into an address: for a large table that takes long to tell
    fitting: tuple[Experiment, Experiment | None, Params] | None = None

    def put(self, experiment: Experiment, position: int) -> None:
        """Put another experiment into the controls."""
        self.experiment = experiment
        self.go_to(position)
        self.draft = write_draft(experiment)
        self.sheet = (secrets.token_hex(4), 0)  # a name that no browser knows yet: it takes the new table
        for name in CONTROLS:
            self.mount_anew(name)

    def go_to(self, position: int) -> None:
        """Look at a position that an address names."""
        self.position = min(position, self.experiment.epochs)
        self.openings += 1

    def take_up(self) -> None:
        """Go on with the widgets that the browser shows already, under their keys.

        Call it when a session has opened its first address. A widget that nobody has touched has no value in the
        browser; it has the key there with which every session begins.
        """
        self.openings = max((_jump(value) for value in self.held.values()), default=0) or 1
        self.sheet = (hashlib.sha256(repr(self.draft.table).encode()).hexdigest()[:16], 0)
        name = reported(reported(self.held.get(SHEET_KEY), "table"), "name")
        if isinstance(name, str):
            self.sheet = (name[:64], 0)
        for name in CONTROLS:
            self.fields[name] = mounted(self.held, f"control_{name}_") or 1

    def mount_anew(self, name: str) -> None:
        """Let the widget for a field start with what the draft holds."""
        self.fields[name] = self.fields.get(name, 0) + 1


def _jump(value: object) -> int:
    """Give the opening that a player in the browser was last told of; 0 if it is no player's value."""
    view = value.get("view") if isinstance(value, dict) else None
    jump = view.get("jump") if isinstance(view, dict) else None
    return jump if type(jump) is int and 0 < jump < 2**31 else 0


def current() -> State:
    """Give what this visitor has open; the tutorial at first."""
    state = look(_ROOT)
    if not isinstance(state, State):
        tutorial = Experiment.tutorial()
        state = State(tutorial, write_draft(tutorial))
        state.put(tutorial, 0)
        state.held = held()
        st.session_state[_ROOT] = state
    return state


def experiment() -> Experiment:
    """Give the last good experiment."""
    return current().experiment


def position() -> int:
    """Give the number of epochs trained that the visitor looks at; never beyond the experiment's epochs."""
    return current().position


def set_position(position: object) -> None:
    """Look at another position. Comes from a browser: what is no whole number in range is brought into it."""
    state = current()
    if isinstance(position, int) and not isinstance(position, bool):
        state.position = min(max(position, 0), state.experiment.epochs)


def sample() -> int:
    """Give the sample that the visitor looks at, from 0; always one that the experiment has."""
    state = current()
    return min(state.sample, state.experiment.samples - 1)


def set_sample(sample: int) -> None:
    """Look at another sample, counted from 0."""
    current().sample = max(sample, 0)


def present(on: bool) -> None:
    """Let the charts take the whole screen, or no longer. Call it in a callback."""
    current().presenting = on
    if not on:
        st.query_params.pop(PRESENT.key, None)  # by which the router leaves the navigation out


def page() -> str:
    """Give the name of the page that was opened last; empty before any was."""
    return current().page or ""


def plays() -> bool:
    """Say whether that page has a player."""
    own = current().own.get(page())
    return own is not None and bool(own.players)


def kept(name: str, make: Callable[[], _T]) -> _T:
    """Give what a page keeps for this visitor beyond its widgets: made once, changed in place."""
    everything = current().kept
    if name not in everything:
        everything[name] = make()
    return everything[name]  # type: ignore[return-value]  # one type for each name
