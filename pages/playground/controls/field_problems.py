"""What is wrong with a field of the panel, said under it."""

import streamlit as st

from pages.shared.draft.draft import Verdict
from pages.shared.text.messages import LAST_GOOD, first_few, problems

_SHOWN_PROBLEMS = 3


def show_problems(verdict: Verdict, field: str, name: str = "") -> None:
    """Show what is wrong with a field: the first few, and how many more there are."""
    shown = first_few([name + text for text in verdict.problems_of(field)], most=_SHOWN_PROBLEMS)
    if shown:
        st.markdown(problems(shown))
    if shown and verdict.problems[0].field == field:  # once, not under every field
        st.caption(LAST_GOOD)
