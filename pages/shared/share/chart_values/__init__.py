"""The values of a page's charts for the keyboard and the ear: what hovering shows, by Enter and arrows."""

from pathlib import Path

import streamlit as st

from pages.stage.javascript import bundled

_HERE = Path(__file__).parent

# Registered once in the process, as Streamlit asks. Without style isolation: it reads what stands beside it.
_component = st.components.v2.component(
    "chart_values",
    html='<p class="chart-values" aria-live="polite"></p>',
    css=(_HERE / "chart_values.css").read_text("utf-8"),
    js=bundled(_HERE / "chart_values.js"),
    isolate_styles=False,
)


def chart_values() -> None:
    """Name each chart of the page, and let its values be read: Enter begins, arrows move, Escape ends."""
    _component(key="chart_values")
