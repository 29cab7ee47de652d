"""What a page's player was last told, and what it lacks: the same for every page that has one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from classifier import Sweep
from pages.shared.charts import palette
from pages.shared.charts.enlarged import enlarged
from pages.shared.run import runs
from pages.shared.session import address, state
from pages.shared.session.looking import give_way
from pages.shared.session.widgets import widget
from pages.stage.message import Binding, contents
from pages.stage.stage import stage
from pages.stage.view import View

TRAIN_S: Final = 0.25
"""The browser waits for an answer: it gets what has been trained after so many seconds, and asks again."""

CHUNK_BYTES: Final = 560_000
"""What one message to the browser may weigh: a default run fits into one."""


@dataclass
class Told:
    """Which run a player plays, which of its questions was answered last, and what else its figures show.

    It holds for one visit of the page: the next visit has a new player.
    """

    run: str = ""
    question: int = 0
    beside: str = ""
    visit: int = 0


@dataclass
class _Pressed:
    """Number of the last press that was heard."""

    last: int = 0


@dataclass
class _Addresses:
    """Whether an address of ours was found to lead elsewhere: some proxies let none through but Streamlit's."""

    lost: bool = False


def own_addresses_pass() -> bool:
    """Say whether, for all that is known, this visitor's browser reaches the addresses that are not Streamlit's."""
    return not state.kept("addresses", _Addresses).lost


@dataclass(frozen=True)
class Lack:
    """What a player lacks: frames from start to stop, as far as they are trained, and perhaps its figures."""

    start: int
    stop: int
    figures: bool
    told: Told  # what it has been told then
    plotly: bool = False  # Plotly.js itself, because a proxy does not pass its address


def lack(key: str, run: str, frames: int, beside: str = "") -> Lack:
    """Say what the player of a page lacks to play a run; ``frames`` is how many go into one chunk."""
    view, told = View.read(widget(key)), state.kept(key, Told)
    beside += " presented" * state.presenting()
    lacks_plotly = View.lacks_plotly(widget(key))
    state.kept("addresses", _Addresses).lost |= lacks_plotly
    if key in state.current().held:
        moved(key)
        pressed(key)  # heard by the session before
    # Other reruns must not send the frames again: those of a default run are half a megabyte.
    visit = state.current().visits
    more = (told.run, told.visit) != (run, visit) or view.question not in (0, told.question) or lacks_plotly
    start = view.have if view.run == run else 0
    drawn = more or told.beside != beside
    return Lack(start, start + frames * more, drawn, Told(run, view.question, beside, visit), lacks_plotly)


def train(training: Sweep, lack: Lack) -> None:
    """Train on for what a player lacks: a while, and in any case to where it is already.

    Its run may have been dropped to make room, and begin anew. If that happened before each of the player's questions,
    training for a while would never get further than the player is.
    """
    while len(training.histories[0]) < min(lack.start, len(training.positions)) and not training.done:
        runs.train(training, budget_s=TRAIN_S)
        give_way()
    if len(training.histories[0]) < lack.stop:
        runs.train(training, budget_s=TRAIN_S)


def play(
    key: str,
    lack: Lack,
    *,
    positions: NDArray[np.integer[Any]],
    bindings: Sequence[Mapping[str, Any]],
    notes: Sequence[str],
    figures: Mapping[str, Mapping[str, Any]] | None,
    frames: Mapping[str, NDArray[Any]],
    on_pressed: Callable[[], None] | None = None,
    **given: Any,  # noqa: ANN401 - what else `contents` takes
) -> None:
    """Hand the player of a page what it lacks, and remember that it was told."""
    if figures is not None and state.presenting():
        figures = {name: enlarged(figure) for name, figure in figures.items()}
    data = contents(
        figures=figures,
        run=lack.told.run,
        start=lack.start,
        answer=lack.told.question,
        plotly=lack.plotly,
        positions=positions.astype(np.int32),
        bindings=[Binding(**binding) for binding in bindings],
        position=state.position(),
        jump=state.openings(),
        pressed=heard(key),
        dark=palette.DARK,
        notes=[*address.notices(), *notes],
        **given,
    )
    stage(key, data, frames, on_view=lambda: moved(key), on_pressed=on_pressed)
    vars(state.kept(key, Told)).update(vars(lack.told))


def moved(key: str) -> None:
    """Keep the position at which the browser stands."""
    view = View.read(widget(key))
    # A position that it sent before another experiment was opened belongs to the experiment before.
    if view.jump == state.openings():
        state.set_position(view.position)


def pressed(key: str) -> list[tuple[str, str]]:
    """Give what was pressed in a player or in the class since this was last asked, in order: kind and value."""
    known = state.kept(f"{key} pressed", _Pressed)
    news = [entry for entry in View.read_pressed(widget(key)) if entry[0] > known.last]
    known.last = max([known.last, *(number for number, _, _ in news)])
    return [(kind, value) for _, kind, value in news]


def heard(key: str) -> int:
    """Give the number of the last press that was heard: the browser sends those after it again."""
    return state.kept(f"{key} pressed", _Pressed).last
