"""The charts that stand on the page as files, drawn by Plotly itself: whichever chart is chosen."""

from pathlib import Path

from pages.stage import PLOTLY_JS
from pages.stage.javascript import component

_HERE = Path(__file__).parent

_component = component(_HERE / "chart_files.js", '<div class="chart-files"></div>')


def chart_files(key: str) -> None:
    """Offer each chart of the page as PNG and SVG. The browser makes them; the server hears nothing of it."""
    _component(key=key, data={"plotly": PLOTLY_JS})
