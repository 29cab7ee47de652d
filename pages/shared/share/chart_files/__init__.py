"""The charts that stand on the page as files, drawn by Plotly itself: whichever chart is chosen."""

from pathlib import Path

import streamlit as st

from pages.stage import PLOTLY_JS
from pages.stage.javascript import bundled

_HERE = Path(__file__).parent

# Registered once in the process, as Streamlit asks.
_component = st.components.v2.component(
    "chart_files",
    html='<div class="chart-files"></div>',
    css=(_HERE / "chart_files.css").read_text("utf-8"),
    js=bundled(_HERE / "chart_files.js"),
)


def chart_files(key: str) -> None:
    """Offer each chart of the page as PNG and SVG. The browser makes them; the server hears nothing of it."""
    _component(key=key, data={"plotly": PLOTLY_JS})
