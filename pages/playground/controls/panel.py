"""The experiment's controls: widgets in, Experiment out. What was typed stays; what is wrong is said beside it."""

import secrets
from collections.abc import Callable

import streamlit as st

from classifier.experiment.experiment import Experiment
from pages.playground import findings
from pages.playground.controls.field_problems import announce_problems, show_problems
from pages.playground.controls.hidden_layers import hidden_layers
from pages.playground.controls.initial_weights import start
from pages.playground.controls.learning_rate import learning_rate
from pages.playground.controls.texts import (
    ABOUT_RESET,
    ABOUT_SCALING,
    DTYPES,
    RESET,
    ROUTES,
    SCALED,
    about_seed,
    scaled,
)
from pages.shared.address.fields import FIELD
from pages.shared.draft.draft import Verdict
from pages.shared.draft.sheet.sheet import sheet
from pages.shared.session import address, controls, state
from pages.shared.text.glossary import WORDS
from pages.shared.text.quoting import escape_markdown


def experiment_panel(arrive: Callable[[], None] = lambda: None) -> Experiment:
    """Draw all controls of an experiment into the current container.

    Parameters
    ----------
    arrive : callable
        Brings the session's position up to date, before something is done at it.

    Returns
    -------
    Experiment
        What the controls mean; the last good experiment while something in them is wrong.
    """
    # Judged before anything is drawn, so that each message stands under its own field.
    verdict = controls.read_controls()
    with st.container(gap="xsmall"):
        _samples(verdict)
        learning_rate(verdict, arrive)
        _epochs_and_seed(verdict)
        hidden_layers()
        _advanced(verdict)
        # Outside of the expander, so that the message stays when it is closed; if open, this is right below the matrix.
        show_problems(verdict, "initial", f"{FIELD['initial'].label}: ")
        announce_problems(verdict)
    return state.experiment()


def _samples(verdict: Verdict) -> None:
    name, version, table = controls.table()
    with st.container(gap="xsmall"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown("**Samples**", width="content")
            st.button(
                RESET,
                key="control_reset",
                type="tertiary",
                on_click=address.open_experiment,
                args=(Experiment.tutorial(),),
                help=ABOUT_RESET,
            )
        held = controls.held_table()
        sheet(state.SHEET_KEY, name=name, table=table, judged=version, problems=verdict.problems, held=held)
        show_problems(verdict, "table")
        for note in verdict.notes:
            st.caption(note)
        _scaling(state.experiment())


def _scaling(experiment: Experiment) -> None:
    """Say how the inputs of the table were standardised."""
    if experiment.scaling is None:
        return
    lines = [ABOUT_SCALING, *(f"{escape_markdown(name)} = {value}" for name, value in scaled(experiment))]
    with st.popover(SCALED, type="tertiary", key="control_scaling"):
        st.markdown("  \n".join(lines))


def _epochs_and_seed(verdict: Verdict) -> None:
    with st.container(gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
            # A seed without effect is shown, because it may have one again later. A bad one can still be corrected.
            given = state.experiment().initial is not None
            for name, off in (("epochs", False), ("seed", given)):
                key, start_text = controls.field(name)
                disabled = off and not verdict.problems_of(name)
                about = WORDS["epoch"] if name == "epochs" else None
                st.text_input(FIELD[name].label, start_text, key=key, width=84, disabled=disabled, help=about)
            st.button(
                "New seed",
                key="control_new_seed",
                on_click=_new_seed,
                help=about_seed(state.experiment()),
                disabled=given,
            )
        for name in ("epochs", "seed"):
            show_problems(verdict, name, f"{FIELD[name].label}: ")


def _new_seed() -> None:
    # Not from NumPy's global generator, which all sessions share.
    seed = secrets.randbelow(100_000)
    controls.set_field("seed", str(seed if seed != state.experiment().seed else seed + 1))


def _advanced(verdict: Verdict) -> None:
    with st.expander("Advanced"):
        for name, choices in (("route", ROUTES), ("dtype", DTYPES)):
            key, chosen = controls.field(name)
            st.radio(
                FIELD[name].label,
                tuple(choices),
                tuple(choices).index(chosen),
                key=key,
                captions=[escape_markdown(text) for text in choices.values()],
            )
        start(verdict)
        if state.experiment() == Experiment.tutorial():
            st.caption(findings.tutorial_check())
