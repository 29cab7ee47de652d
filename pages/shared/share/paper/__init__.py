"""A page on paper: its charts as wide as the paper, black on white in both themes, the link at its foot."""

from pathlib import Path

import streamlit as st

from pages.stage.component import component

_HERE = Path(__file__).parent

# Not isolated: it changes the charts of the whole page.
_component = component(_HERE / "paper.js", '<p class="paper-link"></p>', isolate_styles=False)


def paper(address: str | None) -> None:
    """Prepare the page for being printed.

    Parameters
    ----------
    address : str or None
        The link to what is shown, for the foot; None if it is too long for one.
    """
    with st.container(key="paper", gap=None):
        _component(key="paper_link", data={"link": address or "This table is too large for a link."})
