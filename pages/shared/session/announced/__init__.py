"""What is wrong with a page's fields, for the ear: Streamlit's own inputs cannot be tied to a message."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import streamlit as st

from pages.stage.javascript import bundled

_HERE = Path(__file__).parent

# Registered once in the process, as Streamlit asks. Without style isolation: a field is described by what is beside it.
_component = st.components.v2.component(
    "announced",
    html='<div class="announced" aria-live="polite"></div>',
    css=(_HERE / "announced.css").read_text("utf-8"),
    js=bundled(_HERE / "announced.js"),
    isolate_styles=False,
)


def announce(key: str, labels: Sequence[str], problems: Mapping[str, str]) -> None:
    """Announce what is wrong with fields, and tie it to them.

    Called in the panel, the popover or the page that holds them.

    Parameters
    ----------
    key : str
        Constant, another one for each place.
    labels : sequence of str
        The fields, by their labels on the screen.
    problems : mapping
        What is wrong, by label; a field that is not in it, or has nothing to say, is right.
    """
    said = {label: f"{label}: {text}" for label, text in problems.items() if text}
    _component(key=key, data={"name": key, "problems": said, "labels": list(labels)})
