"""The playground: samples and settings on the left, the run that follows from them on the right."""

import math
from contextlib import suppress
from copy import copy
from functools import partial

import streamlit as st

from classifier import Experiment
from pages.frame import frame
from pages.playground import charts, findings, frames, page_file, pinned_run
from pages.playground.chosen_chart import choice, settings
from pages.playground.contents import notes, readouts
from pages.playground.controls import example_choice, panel
from pages.shared.address.parameters import Own, count, view
from pages.shared.charts.chart import bindings, figures
from pages.shared.run import runs, steps, told
from pages.shared.session import state

PAGE = "playground"
STAGE = "stage"
# Of many samples some are shown: those around this one.
ROWS = count("rows", lambda own: own.experiment.samples, "the samples of this experiment")
OWN = (view(("loss.log",)), ROWS, *choice.OWN)

OPEN_STEP = "Open this step"
# What a class can be asked before its teacher changes something and plays.
QUESTION = {
    "kind": "choice",
    "text": "Will the loss of the next run be lower, higher, or not a number?",
    "choices": ["lower", "higher", "not a number"],
}


def opening() -> dict[str, int]:
    """Give the visit in which the visitor asked to open the shown step, in case another rerun comes in between."""
    return state.kept("opening", lambda: {"step": 0})


def pressed(own: Own) -> None:
    """Do what the player's buttons ask for: show other samples, another chart in the place of one, and so on."""
    for kind, value in told.pressed(STAGE):
        if kind == "choice":
            settings.choose(value)
        elif kind == "rows":
            with suppress(ValueError):
                own.choose(ROWS, int(value) + 1)
        elif value == OPEN_STEP:
            opening()["step"] = state.current().visits
        else:
            pinned_run.act(value, state.experiment())


def player(experiment: Experiment, own: Own, rows: slice) -> None:
    """Train as far as the browser asks, and hand it what it lacks.

    Not a fragment: if the browser sent a change in the panel and a message of the player together, only the fragment
    would run, and the change would not count until the next rerun.
    """
    chosen = settings.chosen().settings(experiment)
    # Another chart has other arrays, so it is played as another run: the position stays, as it does for an edit.
    name = f"{runs.identity(experiment)}{chosen.key if chosen else ''}:{rows.start}"
    run = runs.shared_run(experiment)
    beside, pinned = pinned_run.shown(experiment, told.TRAIN_S)
    size = frames.frames_per_chunk(experiment, min(frames.WINDOW, experiment.samples), chosen)
    lack = told.lack(STAGE, name, size, beside)
    told.train(run, lack)
    # In this order: another visitor's rerun may train the same run to its end in between.
    done, history = run.done, run.history
    chunk = history[lack.start : lack.stop]
    finished = done or int(history.position[-1]) == experiment.epochs
    shown = charts.build(
        charts.RunShown(
            experiment, history, rows, pinned, settings.chart(experiment, history, chosen, finished=finished)
        )
    )
    told.play(
        STAGE,
        lack,
        total=experiment.epochs,
        positions=run.positions,
        end=len(history) - 1 if done else None,
        frames=frames.frames(experiment, chunk, rows, chosen) if len(chunk) else {},
        figures=figures(shown) if lack.figures else None,
        bindings=bindings(shown),
        readouts=readouts(experiment),
        notes=[*notes(run), *settings.notes(experiment, chosen)],
        actions=[*pinned_run.actions(experiment), OPEN_STEP],
        leads=[OPEN_STEP],
        on_pressed=partial(pressed, own),
    )
    if opening()["step"] == state.current().visits:
        opening()["step"] = 0
        st.switch_page("step_by_step/step_by_step.py", query_params=steps.link())


def loss(experiment: Experiment) -> float | str | None:
    """Give the loss that the run ends with, "nan" if it is none; None as long as that is not known."""
    run = runs.shared_run(experiment)
    if not run.done or not experiment.epochs:
        return None
    last = float(run.history.running_loss[-1])
    return last if run.divergence is None and math.isfinite(last) else "nan"


with frame.page(PAGE, OWN) as own:
    settings.open_address(own)
    # For screen readers, which move by headings; for the eye the navigation shows the name.
    st.html('<h1 class="heading-for-the-ear">Playground</h1>')
    with st.sidebar, st.container(gap="xsmall"):
        above = st.container()
        experiment = panel.experiment_panel(partial(told.moved, STAGE))
        # It stands above the panel but is drawn after it: which example this is depends on what was typed in the panel.
        with above:
            example_choice.pick_example()
        if experiment == Experiment.tutorial():
            st.caption(findings.tutorial_check())
    rows = frames.window(experiment, own[ROWS] - 1)
    own[ROWS] = rows.start + 1
    player(experiment, own, rows)
    choice.tell(own, settings.chosen().settings(state.experiment()))
    experiment = state.experiment()
    frame.offer(
        file=partial(page_file.page, experiment, rows=rows, choice=copy(settings.chosen()), pinned=state.pinned()),
        question=QUESTION,
        loss=loss(experiment),
    )
