"""What is wrong with a field of the panel: shown under it, and announced to screen readers."""

import streamlit as st

from pages.frame import frame
from pages.playground.controls.texts import LABELS, SHOWN_PROBLEMS
from pages.shared.draft.draft import Verdict
from pages.shared.text.messages import LAST_GOOD, first_few, problems


def show_problems(verdict: Verdict, field: str, name: str = "") -> None:
    """Show what is wrong with a field: the first few, and how many more there are."""
    shown = first_few([name + text for text in verdict.problems_of(field)], most=SHOWN_PROBLEMS)
    if shown:
        st.markdown(problems(shown))
    if shown and verdict.problems[0].field == field:  # once, not under every field
        st.caption(LAST_GOOD)


def announce_problems(verdict: Verdict) -> None:
    """Announce what is wrong with the fields of the panel, and tie it to them."""
    frame.announce(
        tuple(LABELS.values()),
        {label: " ".join(verdict.problems_of(field)) for field, label in LABELS.items()},
    )
