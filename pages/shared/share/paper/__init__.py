"""A page on paper: its charts as wide as the paper, black on white in both themes, the link at its foot."""

from pathlib import Path

import streamlit as st

from pages.stage.javascript import bundled

_HERE = Path(__file__).parent

# Registered once in the process, as Streamlit asks. Without style isolation: paper changes what is outside of it.
_component = st.components.v2.component(
    "paper",
    html='<p class="paper-link"></p>',
    css=(_HERE / "paper.css").read_text("utf-8"),
    js=bundled(_HERE / "paper.js"),
    isolate_styles=False,
)


def paper(address: str | None) -> None:
    """Prepare the page for being printed.

    Parameters
    ----------
    address : str or None
        The link to what is shown, for the foot; None if it is too long for one.
    """
    with st.container(key="paper", gap=None):
        _component(key="paper_link", data={"link": address or "This table is too large for a link."})
