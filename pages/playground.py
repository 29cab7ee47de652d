"""The playground: samples and settings on the left, the run that follows from them on the right."""

from __future__ import annotations

import numpy as np
import streamlit as st

from classifier import Experiment, Run, diagnose
from pages.shared import controls, figures, frames, palette, runs, sentences, session
from pages.stage import Binding, Readout, View, stage

PAGE = "playground"
STAGE = "stage"

# The browser waits for an answer: it gets what has been trained after this long, and asks again.
TRAIN_S = 0.25

READOUTS = (
    Readout("running loss", "running_loss", first=1, spoken="loss"),
    Readout("accuracy", "accuracy", kind="percent"),
    Readout("largest |∂L/∂W|", "largest_loss_wrt_weight", first=1),
)


def moved() -> None:
    """Keep the position at which the browser came to rest."""
    session.set_position(View.read(session.widget(STAGE)).position)


@st.cache_data(show_spinner=False)
def tutorial_check() -> str:
    """Train the tutorial and hold it against its published loss: once in a server's life."""
    run = Run(Experiment.tutorial())
    run.advance()
    return sentences.tutorial_check(run)


@st.fragment
def player(experiment: Experiment) -> None:
    """Train as far as the browser asks, and hand it what it lacks."""
    view = View.read(session.widget(STAGE))
    first = min(view.first, experiment.samples - 1) // frames.WINDOW * frames.WINDOW
    rows = slice(first, first + frames.WINDOW)
    name = f"{runs.identity(experiment)}:{rows.start}"
    run = runs.shared_run(experiment)
    start, more = (view.have, view.need) if view.run == name else (0, True)
    stop = start + frames.frames_per_chunk(experiment, min(frames.WINDOW, experiment.samples)) if more else start
    if len(run.history) < stop:
        run.advance(budget_s=TRAIN_S)
    history = run.history
    chunk = history[start:stop]
    stage(
        STAGE,
        run=name,
        total=experiment.epochs,
        positions=run.schedule.astype(np.int32),
        end=len(history) - 1 if run.done else None,
        start=start,
        frames=frames.frames(experiment, chunk, rows) if len(chunk) else {},
        figures=figures.playground(experiment, history, rows) if more else None,
        bindings=[Binding(**binding) for binding in frames.bindings(experiment)],
        readouts=READOUTS,
        position=session.position(),
        jump=session.openings(),
        dark=palette.DARK,
        notes=[*session.notices(), *(sentences.explain(finding, experiment) for finding in diagnose(run))],
        on_view=moved,
    )
    # A rerun of this fragment alone, close behind one of the page, may overtake the address that the page wrote.
    session.write_address()


session.open_address(PAGE)
with st.sidebar:
    experiment = controls.experiment_panel()
    st.caption(tutorial_check())
player(experiment)
