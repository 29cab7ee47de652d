"""Practise: a small step to do by hand, each entry marked and its mistake named."""

from hashlib import sha256
from pathlib import Path

import streamlit as st

from classifier import MAX_SEED, Experiment
from classifier.insight.practise.problems import LEVELS, Problem, practised, problem
from pages.frame import frame
from pages.practise.answers import answered, class_question, next_level
from pages.practise.sheets import MOST, notes, sheets
from pages.practise.worked import givens
from pages.shared.address.parameters import Own, PageParameter, flag, read_number
from pages.shared.run.steps import LEVEL, STEP
from pages.shared.session import links, widgets
from pages.shared.share.share import link
from pages.shared.text import messages
from pages.shared.text.quoting import quoted
from pages.shared.text.typed_numbers import parse_whole_number
from pages.stage.component import component
from pages.stage.view import reported

PAGE = "practise"
KEY = "practise_sheet"


def read_seed(text: str, _: Own) -> int:
    """Read the seed of a problem."""
    seed = parse_whole_number(text)
    if not 0 <= seed <= MAX_SEED:
        raise ValueError(f"{quoted(text)} is not between 0 and {MAX_SEED}, the seeds of problems.")
    return seed


SEED = PageParameter("seed", lambda own: own.experiment.seed, read_seed)
SHEET = PageParameter(
    "sheet", 0, lambda text, _: 0 if text == "0" else read_number(text, MOST, "the sheets of a print")
)
SOLVED = flag("key")  # the solutions of the sheets
OWN = (LEVEL, SEED, SHEET, SOLVED, STEP)
_MOST_ENTRIES = 40
_STYLE = Path(__file__).with_name("practise.css")

_component = component(
    Path(__file__).with_name("exercise.js"), '<div class="practise" data-testid="practise" role="group"></div>'
)


def go(own: Own, level: int, seed: int, step: Experiment | None = None) -> None:
    """Open another problem."""
    own[LEVEL], own[SEED], own[STEP] = level, seed, step


def asked(own: Own) -> Problem:
    """Give the problem: of a step of a run, or the one that is made from the seed."""
    step = own[STEP]
    return problem(own[LEVEL], own[SEED]) if step is None else practised(step, own[LEVEL])


def refused(own: Own, shown: Problem) -> str:
    """Say why a step is not asked at a level."""
    if own[LEVEL] == 5 and not shown.experiment.hidden:
        return "This network has no hidden layer to go through. Choose another level."
    if len(shown.entries) > _MOST_ENTRIES:
        return f"These are {len(shown.entries)} numbers; a problem has at most {_MOST_ENTRIES}. Choose another level."
    return ""


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
        level, another = own[LEVEL], min(own[SEED] + 1, MAX_SEED)
        st.button("Another of this level", on_click=go, args=(own, level, another), key="practise_another")
        if level < len(LEVELS):
            st.button("Next level", on_click=go, args=(own, level + 1, own[SEED], own[STEP]), key="practise_next")


def exercise(own: Own, shown: Problem) -> None:
    """Draw the problem, mark what was typed, and at the end lead to what comes next."""
    name, level = f"{own[LEVEL]}/{own[SEED]}", own[LEVEL]
    if own[STEP] is not None:
        name = f"{level}/{sha256(STEP.write(own[STEP]).encode()).hexdigest()[:12]}"
    told = answered(shown, name, reported(widgets.widget(KEY), "answers"))
    data = {
        "problem": name,
        "given": givens(shown),
        "notes": notes(shown),
        "groups": [[asked, [e.name for e in shown.entries if e.quantity == asked]] for asked in shown.asked],
        **told,
    }
    _component(key=KEY, data=data, on_answers_change=lambda: None)
    if told["end"]:
        then = next_level(shown, level, told["marks"])
        label = f"Next: level {then}. {LEVELS[then].title}"
        another = min(own[SEED] + 1, MAX_SEED)
        st.button(label, type="primary", on_click=go, args=(own, then, another), key="practise_then")


def on_paper(own: Own) -> None:
    """Draw the sheets for a class, or the key to them, ready to be printed."""
    st.html(_STYLE)
    count = own[SHEET]
    first = min(own[SEED], MAX_SEED - count)
    st.html(sheets(own[LEVEL], first, count, problem_link, key=own[SOLVED]))


def problem_link(level: int, seed: int) -> str:
    """Write the link to a problem."""
    return link(st.context.url or "", {"level": str(level), "seed": str(seed)})


def paper(own: Own) -> None:
    """Draw what turns the problem into sheets for a class, and back."""
    with st.expander("On paper", key="practise_paper", expanded=bool(own[SHEET])):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            count: int = own[SHEET]
            kept = widgets.choosing(own, SHEET)
            st.number_input("Sheets, each another problem", 0, MOST, count, 1, width=240, **kept)
            st.toggle("Solutions", own[SOLVED], **widgets.choosing(own, SOLVED))
        st.caption("Print the page: a sheet for each student, or one key for the teacher. 0 leads back to the problem.")


with frame.page(PAGE, OWN) as own:
    st.header("Practise", anchor=False)
    st.markdown(
        "One sample, one step, on paper. Type each number with three significant digits or more; `0,5`, `1/2`, "
        "`1/(1+exp(-1))` and `ln 2` are welcome. What is shown is formed with all digits: its last one may differ."
    )
    choices(own)
    if own[SHEET]:
        on_paper(own)
    else:
        chosen = asked(own)
        if own[STEP] is not None:
            st.caption("A step of a run, its numbers rounded to four significant digits.")
        why = refused(own, chosen)
        if why:
            st.markdown(messages.problem(why))
        else:
            exercise(own, chosen)
            frame.offer(question=class_question(chosen, own[LEVEL]))
        if own[STEP] is None:
            st.page_link(
                "step_by_step/step_by_step.py",
                label="Open this step in Step by step",
                icon=":material/arrow_forward:",
                query_params=links.to_place(chosen.experiment, 0, {}),
            )
    if own[STEP] is None:
        paper(own)
