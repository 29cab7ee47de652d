"""Teach: two lessons minute by minute, each line a link to what it speaks of, and how to run a class."""

from collections.abc import Iterable
from urllib.parse import urlencode

import streamlit as st

from pages.frame import frame
from pages.shared.address.parameters import UNSEEN as HIDDEN
from pages.shared.address.parameters import count
from pages.shared.address.writing import Params, named_experiments
from pages.shared.session import links, widgets
from pages.teach.lesson import CLASS, LESSONS, OFFLINE, SOURCES, Line

PAGE = "teach"
WHICH = count("lesson", lambda _: len(LESSONS), "the lessons")
OWN = (WHICH,)
ABOUT = (
    "45 minutes from the first falling loss to what no line can do.",
    "45 minutes from what no line can do to what passes down through a hidden layer.",
)
FIRST = "playground"  # its address has no name
UNSEEN = "Your students stay where they were: this page holds the answers."


def place(shown: Line) -> Params:
    """Give the address that the link of a line opens."""
    named = named_experiments()
    pinned = named[shown.pinned] if shown.pinned else None
    return links.to_place(named[shown.example], shown.position, shown.own, pinned) | {HIDDEN.key: HIDDEN.write(True)}


def line(shown: Line) -> None:
    """Draw a line of the lesson: its link, the question, what there is to see; beside it the belief."""
    begin, end = shown.minutes
    left, right = st.columns([3, 2], gap="medium")
    with left, st.container(gap="xsmall"):
        st.page_link(
            f"{shown.page}/{shown.page}.py",
            label=f"**{begin}–{end} min · {shown.title}**",
            icon=":material/arrow_forward:",
            query_params=place(shown),
        )
        st.markdown(f"**Ask:** {shown.ask}  \n**Then:** {shown.show}")
    with right:
        st.markdown(f"*“{shown.belief}”*  \n{shown.answer}")


def told(shown: Line) -> dict[str, object]:
    """Tell the class a line: where it leads, and what is ready to be asked there."""
    asked = shown.question
    return {
        "title": shown.title,
        "page": "" if shown.page == FIRST else shown.page,
        "address": urlencode(place(shown), doseq=True),
        "question": None if asked is None else {"text": asked.text or shown.ask, **asked.answer},
    }


def listed(lines: Iterable[str], mark: str = "-") -> None:
    """Write lines below each other."""
    st.markdown("\n".join(f"{mark} {text}" for text in lines))


with frame.page(PAGE, OWN) as own:
    st.header("Teach", anchor=False)
    with st.container(key="teach_controls"):
        st.segmented_control(
            "Lesson", range(1, len(LESSONS) + 1), default=own[WHICH], required=True, **widgets.choosing(own, WHICH)
        )
    st.markdown(
        f"{ABOUT[own[WHICH] - 1]} Each link opens exactly what its line says; in a class it takes everybody there. "
        "Beside it stands what many believe, and what this shows instead."
    )
    st.subheader("A lesson", anchor=False)
    for each in LESSONS[own[WHICH] - 1]:
        line(each)
    st.subheader("How to run a class", anchor=False)
    listed(CLASS, "1.")
    st.subheader("Without internet", anchor=False)
    listed(OFFLINE)
    st.subheader("What it leans on", anchor=False)
    listed(SOURCES)
    frame.offer(unseen=UNSEEN, for_teachers=True, lines=[told(each) for each in LESSONS[own[WHICH] - 1]])
