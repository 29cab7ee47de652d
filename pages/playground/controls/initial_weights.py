"""The initial weights' controls: drawn by the seed, zeros, or a matrix that is typed or pasted."""

import streamlit as st

from pages.playground.controls.texts import ABOUT_MATRIX, MATRIX, STARTS, left_out, shown_start
from pages.shared.address.fields import FIELD
from pages.shared.draft.draft import Verdict
from pages.shared.draft.start import TYPED
from pages.shared.run import runs
from pages.shared.session import controls, state, widgets


def start(verdict: Verdict) -> None:
    """Draw the choice of a start, and the field for the matrix if it is to be typed; say whether it is left out."""
    key, chosen = controls.field("start")
    st.radio(
        FIELD["initial"].label,
        tuple(STARTS),
        tuple(STARTS).index(chosen),
        format_func=lambda name: STARTS[name][0],
        key=key,
        captions=[about for _, about in STARTS.values()],
        on_change=_choose,
        args=(key,),
    )
    if widgets.widget(key) == TYPED:
        key, text = controls.field("initial")
        st.text_area(MATRIX, text, key=key, height=130, help=ABOUT_MATRIX)
        meant = verdict.experiment
        if meant is not None and meant.initial is None:
            st.caption(left_out(meant))


def _choose(key: str) -> None:
    """Begin a matrix with the weights that the run started from, so that there is something to change."""
    if widgets.widget(key) != TYPED or controls.field("initial")[1]:
        return
    controls.set_field("initial", shown_start(runs.shared_run(state.experiment())))
