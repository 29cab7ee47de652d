"""The charts of the page as image files, drawn by Plotly itself."""

from pathlib import Path

from pages.stage.component import component

_HERE = Path(__file__).parent

_component = component(_HERE / "chart_files.js", '<div class="chart-files"></div>')


def chart_files() -> None:
    """Offer each chart of the page as PNG and SVG. The browser makes them, without the server."""
    _component(key="share_charts")
