"""What is wrong with a field of the panel, said under it."""

import streamlit as st

from pages.shared.draft.draft import Verdict
from pages.shared.text.quoting import escape_markdown

_SHOWN_PROBLEMS = 3


def say(verdict: Verdict, field: str, name: str = "") -> None:
    """Say what is wrong with a field: the first few, and how many more there are."""
    problems = [name + text for text in verdict.problems_of(field)]
    shown = problems[:_SHOWN_PROBLEMS]
    if len(problems) > len(shown):
        shown.append(f"And {len(problems) - len(shown)} more.")
    if shown:
        # One paragraph, two spaces at the end of a line being a new line: the controls below are not pushed out.
        st.markdown("  \n".join(f":red[:small[{escape_markdown(text)}]]" for text in shown))
    if shown and verdict.problems[0].field == field:  # once, not under every field
        st.caption("The charts show the last good values.")
