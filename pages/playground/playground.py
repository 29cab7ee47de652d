"""The playground: samples and settings on the left, the run that follows from them on the right."""

from contextlib import suppress
from copy import copy
from functools import partial

import streamlit as st

from classifier import Experiment
from pages.frame import frame
from pages.playground import frames, page_file
from pages.playground.chosen_chart import builder, choice
from pages.playground.controls import example_choice, panel
from pages.playground.parameters import OWN, ROWS
from pages.playground.screen import OPEN_STEP, PIN, UNPIN, screen
from pages.shared.address.parameters import Own
from pages.shared.run import player, runs, steps
from pages.shared.session import state, unseen

PAGE = "playground"
STAGE = "stage"

# What a class can be asked before its teacher changes something and plays.
QUESTION = {
    "kind": "choice",
    "text": "How will the next run’s loss end: lower, higher, or not a number?",
    "choices": ["lower", "higher", "not a number"],
}


def opening() -> dict[str, int]:
    """Give the visit in which the visitor asked to open the shown step, in case another rerun comes in between."""
    return state.kept("opening", lambda: {"step": 0})


def chosen() -> choice.Choice:
    """Give which chart this visitor chose, and the settings of each."""
    return state.kept("chosen_chart", choice.Choice)


def pressed(own: Own) -> None:
    """Do what the player's buttons ask for: show other samples, another chart in the place of one, and so on."""
    for kind, value in player.pressed(STAGE):
        if kind == "choice" and value.startswith("sample="):
            with suppress(ValueError):
                state.set_sample(int(value.removeprefix("sample=")))
        elif kind == "choice":
            builder.choose(chosen(), value, state.experiment())
        elif kind == "rows":
            with suppress(ValueError):
                own.choose(ROWS, int(value) + 1)
        elif value == OPEN_STEP:
            opening()["step"] = state.current().visits
        elif value in (PIN, UNPIN):
            state.current().pin = state.experiment() if value == PIN else None


def played(experiment: Experiment, own: Own, row: int) -> None:
    """Draw the player, and leave for the step that it shows if that was asked for."""
    run, pinned = runs.shared_run(experiment), state.current().pin
    pin = None if pinned is None else runs.shared_run(pinned)
    if pin is not None:
        runs.train(pin, budget_s=player.TRAIN_S)
    player.player(
        STAGE,
        run,
        lambda: screen(run, row, chosen(), pin, sample=state.sample(), hides=unseen.hidden()),
        partial(pressed, own),
    )
    if opening()["step"] == state.current().visits:
        opening()["step"] = 0
        st.switch_page("step_by_step/step_by_step.py", query_params=steps.link())


with frame.page(PAGE, OWN) as own:
    if any(map(own.is_news, choice.OWN)):
        vars(chosen()).update(vars(choice.from_address(own)))
    # For screen readers, which move by headings; for the eye the navigation shows the name.
    st.html('<h1 class="heading-for-the-ear">Playground</h1>')
    with st.sidebar, st.container(gap="xsmall"):
        above = st.container()
        experiment = panel.experiment_panel(partial(player.moved, STAGE))
        # It stands above the panel but is drawn after it: which example this is depends on what was typed in the panel.
        with above:
            example_choice.pick_example()
    row = frames.window(experiment, own[ROWS] - 1).start
    own[ROWS] = row + 1
    played(experiment, own, row)
    choice.tell(own, chosen().settings(state.experiment()))
    experiment = state.experiment()
    frame.offer(
        file=partial(page_file.page, experiment, row=row, choice=copy(chosen()), pinned=state.current().pin),
        question=QUESTION,
    )
