"""The playground: samples and settings on the left, the run that follows from them on the right."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st

from classifier import Experiment, Run, diagnose
from pages.playground import charts, findings, frames, pinned_run
from pages.playground.chosen_chart import choice, settings
from pages.playground.controls import example_choice, panel
from pages.shared.charts import palette
from pages.shared.charts.chart import bindings, figures
from pages.shared.run import runs, steps
from pages.shared.session import choices, session
from pages.shared.share import share
from pages.stage import Binding, Readout, View, stage

PAGE = "playground"
STAGE = "stage"
# Ways to look at a chart that an address may name; the first of each chart needs no name.
VIEWS = ("loss.log",)

OPEN_STEP = "Open this step"

# The browser waits for an answer: it gets what has been trained after this long, and asks again.
TRAIN_S = 0.25

READOUTS = (
    Readout("running loss", "running_loss", first=1, spoken="loss"),
    Readout("accuracy", "accuracy", kind="percent"),
    Readout("largest |∂L/∂W|", "largest_loss_wrt_weight", first=1),
)


@dataclass
class Sent:
    """What the player of this visitor was last told: which run, the answer to which question, and what is pinned."""

    run: str = ""
    question: int = 0
    pin: str = ""


def moved() -> None:
    """Keep the position at which the browser stands."""
    view = View.read(session.widget(STAGE))
    # What it said before another experiment was opened is about the one before.
    if view.jump == session.openings():
        session.set_position(view.position)


def acted() -> None:
    """Do what a button of the player asks for."""
    pinned_run.act(View.read_action(session.widget(STAGE)), session.experiment())


def chose() -> None:
    """Show another chart in the place of the gradients by layer."""
    settings.choose(View.read_choice(session.widget(STAGE)))


def own() -> dict[str, str | None]:
    """Give what the address says of this page alone."""
    chosen = settings.chosen().settings(session.experiment())
    return {"view": shown_view if shown_view in VIEWS else None, **choice.write(chosen)}


def lesson(experiment: Experiment) -> list[str]:
    """Say what to watch in an example, and why it is so."""
    example = example_choice.current(experiment)
    return [] if example is None else [f"{example.watch} {example.why}"]


@st.cache_data(show_spinner=False)
def tutorial_check() -> str:
    """Train the tutorial and hold it against its published loss: once in a server's life."""
    run = Run(Experiment.tutorial())
    run.advance()
    return findings.tutorial_check(run)


def player(experiment: Experiment) -> None:
    """Train as far as the browser asks, and hand it what it lacks.

    Not a fragment: a change in the panel and a word of the player that the browser sends together would rerun the
    fragment alone, and the change would not count until the next one.
    """
    view, sent = View.read(session.widget(STAGE)), session.kept(STAGE, Sent)
    first = min(view.first, experiment.samples - 1) // frames.WINDOW * frames.WINDOW
    rows = slice(first, first + frames.WINDOW)
    chosen = settings.chosen().settings(experiment)
    # Another chart has other arrays, so it is played as another run: the position stays, as it does for an edit.
    name = f"{runs.identity(experiment)}{chosen.key if chosen else ''}:{rows.start}"
    run = runs.shared_run(experiment)
    # A rerun for another reason repeats nothing: a default run weighs half a megabyte.
    more = sent.run != name or view.question not in (0, sent.question)
    start = view.have if view.run == name else 0
    stop = (
        start + frames.frames_per_chunk(experiment, min(frames.WINDOW, experiment.samples), chosen) if more else start
    )
    if len(run.history) < stop:
        run.advance(budget_s=TRAIN_S)
    # In this order: another visitor's rerun may train the same run to its end in between.
    done, history = run.done, run.history
    pin, pinned = pinned_run.shown(experiment, TRAIN_S)
    chunk = history[start:stop]
    finished = done or int(history.position[-1]) == experiment.epochs
    shown = charts.build(
        charts.RunShown(experiment, history, rows, pinned, settings.chart(experiment, history, finished=finished))
    )
    said = stage(
        STAGE,
        run=name,
        total=experiment.epochs,
        positions=run.positions.astype(np.int32),
        end=len(history) - 1 if done else None,
        start=start,
        frames=frames.frames(experiment, chunk, rows, chosen) if len(chunk) else {},
        figures=figures(shown) if more or sent.pin != pin else None,
        bindings=[Binding(**binding) for binding in bindings(shown)],
        readouts=READOUTS,
        position=session.position(),
        jump=session.openings(),
        answer=view.question,
        dark=palette.DARK,
        notes=[
            *session.notices(),
            *lesson(experiment),
            *(findings.explain(finding, run) for finding in diagnose(run)),
        ],
        actions=[*pinned_run.actions(experiment), OPEN_STEP],
        on_view=moved,
        on_action=acted,
        on_choice=chose,
    )
    sent.run, sent.question, sent.pin = name, view.question, pin
    if said.get("action") == OPEN_STEP:
        st.switch_page("step_by_step/step_by_step.py", query_params=steps.address())


news = session.open_address(PAGE, extra=("view", *choice.KEYS))
choices.read(news, "view", VIEWS, "")  # the player reads it
settings.open_address(news, session.experiment())
shown_view = st.query_params.get("view")
with st.sidebar, st.container(gap="xsmall"):
    above = st.container()
    experiment = panel.experiment_panel(moved)
    # Drawn above the panel, but after it: which example this is depends on what was typed there.
    with above:
        example_choice.pick_example()
    st.caption(tutorial_check())
settings.settings(experiment)
player(experiment)
session.write_address(**own())
share.share()
