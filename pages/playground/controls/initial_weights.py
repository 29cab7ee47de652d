"""The initial weights' controls: drawn by the seed, zeros, or a matrix that is typed or pasted."""

import numpy as np
import streamlit as st

from classifier.experiment.hidden import shapes
from classifier.experiment.validation import counted
from pages.shared.address.fields import FIELD
from pages.shared.draft.draft import Verdict
from pages.shared.draft.start import SEED, TYPED, ZEROS, write_matrices
from pages.shared.run import runs
from pages.shared.session import controls, state, widgets

_STARTS = {
    SEED: ("Random by seed", "Standard normal; each seed draws its own."),
    ZEROS: ("Zeros", "Every weight and every bias is 0."),
    TYPED: ("Typed in", "As on an exercise sheet."),
}
_HELP = (
    "Type or paste a matrix: a row for each output, in it a number for each input, the bias last, "
    "with spaces, tabs or semicolons between them. With hidden layers, a matrix for each, the first on top, with a row "
    "for each unit. It starts as the weights shown, to three decimals."
)


def start(verdict: Verdict) -> None:
    """Draw the choice of a start, and the field for the matrix if it is to be typed; say whether it is left out."""
    key, chosen = controls.field("start")
    st.radio(
        FIELD["initial"].label,
        tuple(_STARTS),
        tuple(_STARTS).index(chosen),
        format_func=lambda name: _STARTS[name][0],
        key=key,
        captions=[about for _, about in _STARTS.values()],
        on_change=_choose,
        args=(key,),
    )
    if widgets.widget(key) == TYPED:
        key, text = controls.field("initial")
        st.text_area("Matrix of initial weights, the bias last", text, key=key, height=130, help=_HELP)
        meant = verdict.experiment
        if meant is not None and meant.initial is None:
            needed = " and ".join(
                f"{counted(rows, 'row')} of {columns} numbers" for rows, columns in shapes(meant.sizes)
            )
            st.caption(f"Left out: the samples need {needed}.")


def _choose(key: str) -> None:
    """Begin a matrix with the weights that the run started from, so that there is something to change."""
    if widgets.widget(key) != TYPED or controls.field("initial")[1]:
        return
    history = runs.shared_run(state.experiment()).history
    start = [matrices[0].astype(np.float64).round(3) + 0.0 for matrices in history.parameters]
    controls.set_field("initial", write_matrices([matrix.tolist() for matrix in start]))
