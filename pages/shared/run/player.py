"""A page's player: what it was last sent, what it lacks, and what was pressed in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from classifier import Sweep
from pages.shared.charts.as_played import as_played, starts
from pages.shared.charts.chart import PlotlyJSON, bindings, figures
from pages.shared.charts.enlarged import enlarged
from pages.shared.charts.screen import Frames, Screen
from pages.shared.run import runs
from pages.shared.session import address, state, unseen
from pages.shared.session.looking import give_way
from pages.shared.session.widgets import widget
from pages.stage.message import Binding, Note
from pages.stage.mounting import stage
from pages.stage.view import View

TRAIN_S: Final = 0.25
"""The browser waits for an answer: it gets what has been trained after so many seconds, and asks again."""

CHUNK_BYTES: Final = 750_000
"""What one message to the browser may weigh: a default run fits into one."""


@dataclass
class Sent:
    """Which run a player plays, which of its questions was answered last, and what else its figures show.

    It holds for one visit of the page: the next visit has a new player.
    """

    run: str = ""
    question: int = 0
    beside: str = ""
    visit: int = 0
    frames: int = 0  # up to which one it got them
    trained: int = 0  # how many there were when its figures were drawn: they set the ranges


@dataclass
class _Pressed:
    """Number of the last press that was heard."""

    last: int = 0


@dataclass(frozen=True)
class Lack:
    """What a player lacks: frames from start to stop, as far as they are trained, and perhaps its figures.

    It lacks its figures in any case if more is trained by the time it gets frames.
    """

    start: int
    stop: int
    figures: bool
    sent: Sent  # what it has been sent then
    plotly: bool = False  # Plotly.js itself, because a proxy does not pass our addresses


def lack(key: str, run: str, frames: int, beside: str = "") -> Lack:
    """Say what the player of a page lacks to play a run; ``frames`` is how many go into one chunk."""
    view, sent = View.read(widget(key)), state.kept(key, Sent)
    beside += " presented" * state.current().presenting + " unseen" * unseen.hidden()
    lost = View.lost(widget(key))
    if key in state.current().held:
        moved(key)
        pressed(key)  # heard by the session before
    # Other reruns must not send the frames again: those of a default run are half a megabyte.
    visit = state.current().visits
    begins, asks = (sent.run, sent.visit) != (run, visit) or lost, view.question not in (0, sent.question)
    start = view.have if view.run == run else 0
    # If it has other frames than it was sent, a message did not arrive, and may have had the figures.
    drawn = begins or (asks and start != sent.frames) or sent.beside != beside
    told = replace(sent, run=run, question=view.question, beside=beside, visit=visit)
    return Lack(start, start + frames * (begins or asks), drawn, told, lost)


def train(training: Sweep, lack: Lack) -> bool:
    """Train on for what a player lacks: a while, and in any case to where it is already. Say whether it had to.

    Its run may have been dropped to make room, and begin anew. If that happened before each of the player's questions,
    training for a while would never get further than the player is.
    """
    before = len(training.histories[0])
    while len(training.histories[0]) < min(lack.start, len(training.positions)) and not training.done:
        runs.train(training, budget_s=TRAIN_S)
        give_way()
    if len(training.histories[0]) < lack.stop:
        runs.train(training, budget_s=TRAIN_S)
    return len(training.histories[0]) > before


def player(
    key: str, training: Sweep, screen: Callable[[], Screen], on_pressed: Callable[[], object] | None = None
) -> None:
    """Train as far as the browser asks, and hand the player of a page what it lacks.

    Not a fragment: if the browser sent a change in the panel and a message of the player together, only the fragment
    would run, and the change would not count until the next rerun.

    Parameters
    ----------
    key : str
        Constant name of the player.
    training : Run or Sweep
    screen : callable
        Gives what is shown of the training, as far as it is trained by then.
    on_pressed : callable, optional
        Called when something was pressed in the player; `pressed` says what.
    """
    shown = screen()
    frame_bytes = sum(array.nbytes for array in shown.frames(slice(0, 1)).values())
    lacks = lack(key, shown.name, max(1, CHUNK_BYTES // frame_bytes), shown.beside)
    if train(training, lacks):
        shown = screen()
    stretch, sent = slice(lacks.start, min(lacks.stop, shown.trained)), lacks.sent
    drawn, hides = None, unseen.hidden()
    if lacks.figures or (lacks.stop > lacks.start and sent.trained != shown.trained):
        drawn, sent = _figures(training, shown), replace(sent, trained=shown.trained)
    given = bindings(shown.charts)
    if hides:  # of the run only what was played
        given = [binding | {"how": "up_to"} if binding.get("how") == "all" else binding for binding in given]
    data = shown.contents(
        figures=drawn,
        bindings=[Binding(**binding) for binding in given],
        start=lacks.start,
        answer=lacks.sent.question,
        position=state.position(),
        jump=state.current().openings,
        pressed=heard(key),
        notes=[*address.notices(), *(_asked(shown.notes) if hides else shown.notes)],
        actions=[*([unseen.SHOW] * hides), *shown.actions],
        leads=shown.leads,
    )
    frames: Frames = {}
    if stretch.start < stretch.stop:
        frames, sent = shown.frames(stretch), replace(sent, frames=stretch.stop)
    stage(
        key,
        data,
        frames,
        plotly=lacks.plotly,
        on_view=lambda: moved(key),
        on_pressed=on_pressed or (lambda: pressed(key)),
    )
    vars(state.kept(key, Sent)).update(vars(sent))


def _figures(training: Sweep, shown: Screen) -> dict[str, PlotlyJSON]:
    """Draw the charts, as large as they are presented, and with no range that tells what is still to be predicted."""
    drawn = figures(shown.charts)
    if state.current().presenting:
        drawn = {name: enlarged(figure) for name, figure in drawn.items()}
    if unseen.hidden():
        known = [starts(*each) for each in zip(training.experiments, training.histories, strict=True)]
        for name in drawn.keys() & known[0].keys():
            drawn[name] = as_played(drawn[name], max(each[name] for each in known))
    return drawn


def _asked(notes: Sequence[str | Note]) -> list[Note]:
    """Give the notes that hold from the beginning: they ask, or say why nothing may happen. The others answer."""
    every = (note if isinstance(note, Note) else Note(note) for note in notes)
    return [replace(note, last=None) for note in every if note.first == 0]


def moved(key: str) -> None:
    """Keep the position at which the browser stands."""
    view = View.read(widget(key))
    # A position that it sent before another experiment was opened belongs to the experiment before.
    if view.jump == state.current().openings:
        state.set_position(view.position)


def pressed(key: str) -> list[tuple[str, str]]:
    """Give what was pressed in a player or in the class since this was last asked, in order: kind and value."""
    known = state.kept(f"{key} pressed", _Pressed)
    news = [entry for entry in View.read_pressed(widget(key)) if entry[0] > known.last]
    known.last = max([known.last, *(number for number, _, _ in news)])
    told = [(kind, value) for _, kind, value in news]
    if ("action", unseen.SHOW) in told:
        unseen.show()
    return [each for each in told if each != ("action", unseen.SHOW)]


def heard(key: str) -> int:
    """Give the number of the last press that was heard: the browser sends those after it again."""
    return state.kept(f"{key} pressed", _Pressed).last
