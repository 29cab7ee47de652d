"""The learning rate's controls: a slider, an exact field, and changes of it on the way."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from classifier.experiment.experiment import Experiment
from pages.frame import frame
from pages.playground.controls.field_problems import show_problems
from pages.playground.controls.rates import STOPS, changed_rate, course, nearest_stop, removal, shown_rate, too_late
from pages.playground.controls.texts import ABOUT_FROM_HERE
from pages.shared.address.fields import FIELD
from pages.shared.draft.draft import Verdict
from pages.shared.session import controls, state, widgets
from pages.shared.text.glossary import WORDS
from pages.shared.text.messages import problem
from pages.shared.text.typed_numbers import format_number

_ON = "control_rate_on"
_LABEL = FIELD["learning_rate"].label
_LABEL_ON = f"{_LABEL} from here on"


@dataclass
class _Said:
    """What was wrong with the last rate that was asked for; it holds for the experiment ``about``."""

    text: str = ""
    about: Experiment | None = None


def learning_rate(verdict: Verdict, arrive: Callable[[], None]) -> None:
    """Draw the learning rate's controls.

    Parameters
    ----------
    verdict : Verdict
    arrive : callable
        Brings the session's position up to date.
    """
    key, start = controls.field("learning_rate")
    with st.container(gap=None):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(f":small[{_LABEL}]", width="content", help=WORDS["learning rate"])
            _from_here_on(arrive)
        # Columns would be wider than the sidebar has room for; a row takes each width as it is given.
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            _slider(shown_rate(start, verdict, state.experiment()))
            st.text_input("Exact learning rate", start, key=key, label_visibility="collapsed", width=96)
        show_problems(verdict, "learning_rate")
        if state.experiment().schedule:
            st.caption(course(state.experiment()))


def _from_here_on(arrive: Callable[[], None]) -> None:
    experiment, said = state.experiment(), state.kept(_ON, _Said)
    # As narrow as the sidebar, so that the charts stay in sight while they play.
    with (
        st.popover("From here on", type="tertiary", key="control_from_here_on"),
        st.container(width=250, gap="xsmall"),
    ):
        # In a form Streamlit sends the typed text together with the press of the button.
        with st.form("control_rate_form", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input(_LABEL_ON, key=_ON, width=160)
            st.form_submit_button("Change", on_click=_change, args=(arrive,))
        wrong = said.text if said.about == experiment else ""
        if wrong:
            st.markdown(problem(wrong))
        frame.announce((_LABEL_ON,), {_LABEL_ON: wrong})
        st.caption(ABOUT_FROM_HERE)
        for position, rate in experiment.schedule:
            key = f"control_drop_{position}"
            st.button(
                removal(position, rate), key=key, type="tertiary", on_click=controls.drop_rate_from, args=(position,)
            )
        if late := too_late(experiment):
            st.caption(late)


def _change(arrive: Callable[[], None]) -> None:
    # The player's position and this press may come in one message, and the press is handled first.
    arrive()
    said, before, position = state.kept(_ON, _Said), state.experiment(), state.position()
    rate, said.text = changed_rate(before, position, widgets.typed(_ON))
    if rate is not None:
        controls.set_rate_from(position, rate)
    said.about = before


def _slider(rate: float) -> None:
    # The stop that is nearest to the rate shows the rate itself, so that the screen shows one number only. The slider
    # has room for four digits.
    here, shown = nearest_stop(rate), format_number(float(f"{rate:.4g}"))
    st.select_slider(
        _LABEL,
        STOPS,
        here,
        format_func=lambda stop: shown if stop == here else format_number(stop),
        label_visibility="collapsed",
        width=164,
        **widgets.keeping("slider", here, _slid),
    )


def _slid(stop: object) -> None:
    if isinstance(stop, float) and stop in STOPS:
        controls.set_field("learning_rate", format_number(stop))
