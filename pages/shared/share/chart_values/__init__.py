"""The values of a page's charts for the keyboard and for screen readers: what hovering shows, by Enter and arrows."""

from pathlib import Path
from typing import Final

from pages.stage.component import component
from pages.stage.javascript import bundled

_HERE = Path(__file__).parent
HTML: Final = '<p class="chart-values" aria-live="polite"></p>'
CSS: Final = (_HERE / "chart_values.css").read_text("utf-8")
JS: Final = bundled(_HERE / "chart_values.js")

# Not isolated: it reads the charts of the whole page.
_component = component(_HERE / "chart_values.js", HTML, isolate_styles=False)


def chart_values() -> None:
    """Name each chart of the page, and let its values be read: Enter begins, arrows move, Escape ends."""
    _component(key="chart_values")
