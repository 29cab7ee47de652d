"""The controls of the playground: what is typed in them, and the experiment that it makes."""

from classifier import Experiment
from pages.shared.draft.draft import CHOICES, CONTROLS, Verdict, edited, judge, with_rate_from, without_rate_from
from pages.shared.draft.table import Table, from_payload
from pages.shared.session.looking import look
from pages.shared.session.state import SHEET_KEY, State, current
from pages.shared.session.widgets import key_of, widget
from pages.stage.view import reported


def field(name: str) -> tuple[str, str]:
    """Give the key of the widget for a field of Experiment, and the text that it starts with.

    A text that is set for the visitor comes as the start of a new widget, not by ``st.session_state[key] = text``:
    Streamlit sends such a text once, and if the visitor does something before the browser has drawn the widget,
    the next run replaces it unread and the widget comes up empty. A start is sent with every run. It is always the
    current text: a browser that goes to another page and back at once mounts the same widget again, with this start.
    """
    state = current()
    return key_of(name, state.fields[name]), state.draft.texts[name]


def set_field(name: str, text: str) -> None:
    """Put another text into the widget for a field of Experiment. Call it in a callback."""
    state = current()
    state.draft = edited(state.draft, state.draft.table, {name: text})
    state.mount_anew(name)


def set_rate_from(position: int, learning_rate: float) -> None:
    """Train on at another learning rate from a position on. Call it in a callback."""
    state = current()
    state.draft = with_rate_from(state.draft, state.experiment, position, learning_rate)
    if position <= 0:
        state.mount_anew("learning_rate")


def drop_rate_from(position: int) -> None:
    """Take one change of the learning rate back; the others stay. Call it in a callback."""
    state = current()
    state.draft = without_rate_from(state.draft, position)


def table() -> tuple[str, int, Table]:
    """Give the name, the version and the texts of the table, as the sheet takes them."""
    state = current()
    return (*state.sheet, state.draft.table)


def held_table() -> str:
    """Give the name of the large table that the browser says it has; empty if it names none."""
    held = reported(widget(SHEET_KEY), "holds")
    return held if isinstance(held, str) else ""


def read_controls() -> Verdict:
    """Read what stands in the controls, keep it, and judge it. Call it before they are drawn.

    Returns
    -------
    Verdict
        If it has an experiment, that is the session's from here on, at the same position; in a class at position 0,
        unless the run is the same up to there: what a new one has come to is hidden until it is shown.
    """
    state = current()
    with state.lock:
        if state.begins:  # the address says what stands there, until all is drawn
            state.unheard.append(_reread)
        else:
            state.draft = edited(state.draft, _table(state), {name: _typed(state, name) for name in CONTROLS})
        draft = state.draft
        if state.verdict is None or state.verdict[0] != draft:
            state.verdict = (draft, judge(draft))
        verdict = state.verdict[1]
        if verdict.experiment is not None and verdict.experiment != state.experiment:
            before, state.experiment = state.experiment, verdict.experiment
            here = state.position = min(state.position, verdict.experiment.epochs)
            if state.teaches and here and _until(before, here) != _until(state.experiment, here):
                state.go_to(0)
            state.notices = ()
        return verdict


def _until(experiment: Experiment, position: int) -> Experiment:
    """Return an experiment as far as its run to a position depends on it: not on names, nor on what comes later."""
    schedule = [change for change in experiment.schedule if change[0] < position]
    return experiment.replace(epochs=position, schedule=schedule, input_names=None, label_names=None)


def _reread() -> bool:
    """Read the controls once they are drawn, and say whether anything was typed."""
    before = current().draft
    read_controls()
    return current().draft != before


def _table(state: State) -> Table:
    """Give what stands in the table. What the sheet still says of an earlier table is ignored."""
    said = reported(look(SHEET_KEY), "table")
    (name, version), said_version = state.sheet, reported(said, "version")
    if reported(said, "name") != name or type(said_version) is not int or said_version <= version:
        return state.draft.table
    state.sheet = (name, said_version)
    return from_payload(said) or state.draft.table


def _typed(state: State, name: str) -> str:
    """Give what stands in a field's widget. Streamlit forgets it when the page is left; the draft still has it then."""
    text = look(key_of(name, state.fields[name]))
    return text if isinstance(text, str) and text in CHOICES.get(name, (text,)) else state.draft.texts[name]
