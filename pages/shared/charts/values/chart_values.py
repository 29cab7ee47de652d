"""The values of a page's charts for the keyboard and for screen readers: what hovering shows, by Enter and arrows.

The JavaScript beside this works wherever Plotly’s charts are.
"""

from pathlib import Path
from typing import Final

VALUES_HTML: Final = '<p class="chart-values" aria-live="polite"></p>'
VALUES_CSS: Final = Path(__file__).with_name("chart_values.css").read_text("utf-8")
