"""The step page for the ear and the keyboard: what Next showed is said, and N, B and A act in the step alone."""

from pathlib import Path

import streamlit as st

from pages.stage.javascript import bundled

_HERE = Path(__file__).parent

# Registered once in the process, as Streamlit asks. Without style isolation: it asks which part of the page it is in.
_component = st.components.v2.component(
    "spoken",
    html='<p class="spoken" aria-live="polite"></p>',
    css=(_HERE / "spoken.css").read_text("utf-8"),
    js=bundled(_HERE / "spoken.js"),
    isolate_styles=False,
)


def spoken(text: str) -> None:
    """Say what is shown now, once for each text."""
    _component(key="step_spoken", data={"said": text})
