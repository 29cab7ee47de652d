"""Practise: a small step to do by hand, each entry marked and its mistake named."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from classifier import MAX_SEED
from classifier.insight.practise.problems import LEVELS, Problem, problem
from pages.frame import frame
from pages.practise.answers import answered
from pages.practise.worked import givens
from pages.shared.address.parameters import Own, PageParameter, one_of
from pages.shared.session import links, widgets
from pages.shared.text.quoting import quoted
from pages.shared.text.typed_numbers import parse_whole_number
from pages.stage.component import component

PAGE = "practise"
KEY = "practise_sheet"


def read_seed(text: str, _: Own) -> int:
    """Read the seed of a problem."""
    seed = parse_whole_number(text)
    if not 0 <= seed <= MAX_SEED:
        raise ValueError(f"{quoted(text)} is not between 0 and {MAX_SEED}, the seeds of problems.")
    return seed


LEVEL = one_of("level", tuple(LEVELS), 1)
SEED = PageParameter("seed", lambda own: own.experiment.seed, read_seed)
OWN = (LEVEL, SEED)

_component = component(
    Path(__file__).with_name("exercise.js"), '<div class="practise" data-testid="practise" role="group"></div>'
)


def go(own: Own, level: int, seed: int) -> None:
    """Open another problem."""
    own[LEVEL], own[SEED] = level, seed


def choices(own: Own) -> None:
    """Draw the choice of the level, and the ways to the next problem."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.selectbox(
            "Level",
            tuple(LEVELS),
            own[LEVEL] - 1,
            format_func=lambda level: f"{level}. {LEVELS[level].title}",
            width=420,
            **widgets.choosing(own, LEVEL),
        )
        level, seed = own[LEVEL], own[SEED]
        st.button(
            "Another of this level", on_click=go, args=(own, level, min(seed + 1, MAX_SEED)), key="practise_another"
        )
        if level < len(LEVELS):
            st.button("Next level", on_click=go, args=(own, level + 1, seed), key="practise_next")


def exercise(shown: Problem, name: str) -> None:
    """Draw the problem, and mark what was typed."""
    given = [f"Learning rate {shown.at.lr:g}"] if any("after" in asked for asked in shown.asked) else []
    if shown.experiment.hidden:
        given.append(f"Hidden layer: f = {shown.experiment.activation}")
    data = {
        "problem": name,
        "given": givens(shown),
        "notes": given,
        "entries": [entry.name for entry in shown.entries],
        "groups": [[asked, [e.name for e in shown.entries if e.quantity == asked]] for asked in shown.asked],
        **answered(shown, name, _said()),
    }
    _component(key=KEY, data=data, on_answers_change=lambda: None)


def _said() -> object:
    said = widgets.widget(KEY)
    return said.get("answers") if isinstance(said, dict) or hasattr(said, "get") else None


with frame.page(PAGE, OWN) as own:
    st.header("Practise", anchor=False)
    st.markdown(
        "One sample, one step, on paper. Type each number with three significant digits or more; `0,5`, `1/2`, "
        "`1/(1+exp(-1))` and `ln 2` are welcome."
    )
    choices(own)
    chosen = problem(own[LEVEL], own[SEED])
    exercise(chosen, f"{own[LEVEL]}/{own[SEED]}")
    st.page_link(
        "step_by_step/step_by_step.py",
        label="Open this step in Step by step",
        icon=":material/arrow_forward:",
        query_params=links.to_place(chosen.experiment, 0, {}),
    )
