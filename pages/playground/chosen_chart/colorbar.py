"""The scale of colours at the right of a chart."""

from collections.abc import Sequence
from typing import Any

from pages.shared.charts.base import FONT


def colorbar(tickvals: Sequence[float], ticktext: Sequence[str]) -> dict[str, Any]:
    """Lay a scale of colours out, with ticks of our own."""
    place = {"thickness": 12, "x": 1.01, "xpad": 2, "ypad": 0, "len": 1}
    return {"outlinewidth": 0, "tickfont": FONT, "ticks": "", "tickvals": tickvals, "ticktext": ticktext} | place
