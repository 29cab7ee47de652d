"""The experiment's controls: widgets in, Experiment out. What was typed stays; what is wrong is said beside it."""

import math
import secrets
from collections.abc import Callable

import streamlit as st

from classifier.experiment import Experiment
from pages.shared import session
from pages.shared.cells import format_number, parse_number
from pages.shared.draft import Verdict
from pages.shared.links import escape_markdown
from pages.shared.sheet import sheet

# Twenty to each power of ten, at nearly equal ratios and with round numbers among them (Renard's series R20).
_R20 = (
    *("1", "1.12", "1.25", "1.4", "1.6", "1.8", "2", "2.24", "2.5", "2.8"),
    *("3.15", "3.55", "4", "4.5", "5", "5.6", "6.3", "7.1", "8", "9"),
)
STOPS = (*(float(f"{stop}e{power}") for power in (-3, -2, -1, 0) for stop in _R20), 10.0)
_SHOWN_PROBLEMS = 3

_ROUTES = {
    "fused": "∂L/∂z = ŷ − y, formed in one step: exact everywhere.",
    "chain": "∂L/∂z = ∂L/∂ŷ · ∂ŷ/∂z, the product of two: 0 where the sigmoid saturates.",
}
_DTYPES = {"float32": "About 7 digits, as in the tutorial.", "float64": "About 16 digits."}


def experiment_panel(action: Callable[[], None] | None = None) -> Experiment:
    """Draw all controls of an experiment into the current container.

    Parameters
    ----------
    action : callable, optional
        Draws a button of the page into the first row, once the experiment is known.

    Returns
    -------
    Experiment
        What the controls mean; the last good experiment while something in them is wrong.
    """
    # Judged before anything is drawn, so that each message stands under its own field.
    verdict = session.read_controls()
    with st.container(gap="xsmall"):
        _samples(verdict, action)
        _learning_rate(verdict)
        _epochs_and_seed(verdict)
        _advanced()
    return session.experiment()


def _samples(verdict: Verdict, action: Callable[[], None] | None) -> None:
    name, version, table = session.table()
    with st.container(gap="xsmall"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown("**Samples**", width="content")
            if action is not None:
                action()
            st.button(
                "Reset to the tutorial",
                key="control_reset",
                type="tertiary",
                on_click=session.open_experiment,
                args=(Experiment.tutorial(),),
                help="The tutorial's samples, names, learning rate, epochs and seed; position 0.",
            )
        sheet(session.SHEET_KEY, name=name, table=table, judged=version, problems=verdict.problems)
        _say(verdict, "table")
        for note in verdict.notes:
            st.caption(note)


def _learning_rate(verdict: Verdict) -> None:
    key, start = session.field("learning_rate")
    with st.container(gap="xsmall"):
        # Columns would be wider than the sidebar has room for; a row takes each width as it is given.
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            _slider(start)
            st.text_input("Exact learning rate", start, key=key, label_visibility="collapsed", width=96)
        _say(verdict, "learning_rate")
        for position, rate in session.experiment().schedule:
            st.caption(f"then {format_number(rate)} from position {position} on")


def _slider(typed: str) -> None:
    key, stop = session.slider(nearest_stop)
    # The stop nearest to what stands in the field is written as that: one learning rate, one number.
    here = nearest_stop(typed)
    st.select_slider(
        "Learning rate",
        STOPS,
        stop,
        format_func=lambda stop: format_number(parse_number(typed) if stop == here else stop),
        key=key,
        on_change=_slid,
        args=(key,),
        width=164,
    )


def _slid(key: str) -> None:
    stop = session.widget(key)
    if session.stands("slider", key) and isinstance(stop, float):
        session.set_field("learning_rate", format_number(stop))


def nearest_stop(text: str) -> float | None:
    """Find the slider's stop for a typed learning rate; None if the text is no number."""
    try:
        value = parse_number(text)
    except ValueError:
        return None
    return min(STOPS, key=lambda stop: abs(math.log(stop) - math.log(max(value, STOPS[0]))))


def _epochs_and_seed(verdict: Verdict) -> None:
    with st.container(gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
            for label, name in (("Epochs", "epochs"), ("Seed", "seed")):
                key, start = session.field(name)
                st.text_input(label, start, key=key, width=84)
            help_text = "The seed determines the initial weights."
            st.button("New seed", key="control_new_seed", on_click=_new_seed, help=help_text)
        _say(verdict, "epochs", "Epochs: ")
        _say(verdict, "seed", "Seed: ")


def _new_seed() -> None:
    # Of this session's own choosing: NumPy's global generator belongs to all sessions.
    seed = secrets.randbelow(100_000)
    session.set_field("seed", str(seed if seed != session.experiment().seed else seed + 1))


def _advanced() -> None:
    with st.expander("Advanced"):
        for label, name, choices in (("Route", "route", _ROUTES), ("Precision", "dtype", _DTYPES)):
            key, start = session.field(name)
            st.radio(
                label,
                tuple(choices),
                tuple(choices).index(start),
                key=key,
                captions=[escape_markdown(text) for text in choices.values()],
            )


def _say(verdict: Verdict, field: str, name: str = "") -> None:
    """Say what is wrong with a field: the first few, and how many more there are."""
    problems = [name + text for text in verdict.problems_of(field)]
    shown = problems[:_SHOWN_PROBLEMS]
    if len(problems) > len(shown):
        shown.append(f"And {len(problems) - len(shown)} more.")
    if shown:
        # One paragraph, two spaces at the end of a line being a new line: the controls below are not pushed out.
        st.markdown("  \n".join(f":red[:small[{escape_markdown(text)}]]" for text in shown))
    if shown and verdict.problems[0].field == field:  # once, not under every field
        st.caption("The charts show the last good values.")
