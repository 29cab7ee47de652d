"""Practise: a small step to do by hand, each entry marked and its mistake named."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from classifier import MAX_SEED
from classifier.insight.practise.problems import LEVELS, Problem, problem
from pages.frame import frame
from pages.practise.answers import answered
from pages.practise.sheets import MOST, notes, sheets
from pages.practise.worked import givens
from pages.shared.address.parameters import Own, PageParameter, flag, one_of, read_number
from pages.shared.session import links, widgets
from pages.shared.share.share import link
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
SHEET = PageParameter(
    "sheet", 0, lambda text, _: 0 if text == "0" else read_number(text, MOST, "the sheets of a print")
)
SOLVED = flag("key")  # the solutions of the sheets
OWN = (LEVEL, SEED, SHEET, SOLVED)
_STYLE = Path(__file__).with_name("practise.css")

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
    data = {
        "problem": name,
        "given": givens(shown),
        "notes": notes(shown),
        "entries": [entry.name for entry in shown.entries],
        "groups": [[asked, [e.name for e in shown.entries if e.quantity == asked]] for asked in shown.asked],
        **answered(shown, name, _said()),
    }
    _component(key=KEY, data=data, on_answers_change=lambda: None)


def _said() -> object:
    said = widgets.widget(KEY)
    return said.get("answers") if isinstance(said, dict) or hasattr(said, "get") else None


def on_paper(own: Own) -> None:
    """Draw the sheets for a class, or the key to them, ready to be printed."""
    st.html(_STYLE)
    seed = min(own[SEED], MAX_SEED - own[SHEET])
    st.html(sheets(own[LEVEL], seed, own[SHEET], problem_link, key=own[SOLVED]))


def problem_link(level: int, seed: int) -> str:
    """Write the link to a problem."""
    return link(st.context.url or "", {"level": str(level), "seed": str(seed)})


def paper(own: Own) -> None:
    """Draw what turns the problem into sheets for a class, and back."""
    with st.expander("On paper", key="practise_paper", expanded=bool(own[SHEET])):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            count = widgets.choosing(own, SHEET)
            st.number_input("Sheets, each another problem", 0, MOST, own[SHEET], 1, width=240, **count)
            st.toggle("Solutions", own[SOLVED], **widgets.choosing(own, SOLVED))
        st.caption("Print the page: a sheet for each student, or one key for the teacher. 0 leads back to the problem.")


with frame.page(PAGE, OWN) as own:
    st.header("Practise", anchor=False)
    st.markdown(
        "One sample, one step, on paper. Type each number with three significant digits or more; `0,5`, `1/2`, "
        "`1/(1+exp(-1))` and `ln 2` are welcome."
    )
    choices(own)
    if own[SHEET]:
        on_paper(own)
    else:
        chosen = problem(own[LEVEL], own[SEED])
        exercise(chosen, f"{own[LEVEL]}/{own[SEED]}")
        st.page_link(
            "step_by_step/step_by_step.py",
            label="Open this step in Step by step",
            icon=":material/arrow_forward:",
            query_params=links.to_place(chosen.experiment, 0, {}),
        )
    paper(own)
