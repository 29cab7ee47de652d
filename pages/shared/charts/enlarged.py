"""A chart for a projector: its letters, and the space that they take, are larger. Pure.

Every page draws its charts for a desk. What is larger on a projector is decided here alone, for all of them.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from pages.shared.charts.base import SIZE

LEAST: Final = 20
"""Pixels of the smallest letters of a page that is presented."""
_LINE: Final = 1.3  # height of a line by that of its letters, as in Plotly
FACTOR: Final = LEAST / SIZE

_SIDES: Final = ("l", "r", "t", "b")
# What is measured in pixels of text, wherever it stands.
_PIXELS: Final = ("height", "least", "xshift", "yshift")
_CELL: Final = 9  # pixels of a cell that its digits leave free
_NAMES: Final = 7  # as many fit below each other beside a chart of the player


def enlarged(figure: Mapping[str, Any]) -> dict[str, Any]:
    """Make the letters of a figure `FACTOR` times as large.

    Of a title that is a name and an explanation, the name stays: it is bold. The explanation has no room.

    Parameters
    ----------
    figure : mapping
        Plotly figure JSON.

    Returns
    -------
    dict
        Another figure; shares with the given one what is the same, arrays above all.

    Examples
    --------
    >>> enlarged({"layout": {"font": {"size": 14}, "title": {"text": "<b>Loss</b>  of all"}, "margin": {"l": 35}}})
    {'layout': {'font': {'size': 20.0}, 'title': {'text': '<b>Loss</b>'}, 'margin': {'l': 50.0}}}
    """
    drawn = {name: _enlarged(part, name) for name, part in figure.items()}
    layout = drawn["layout"]
    # The explanation under the horizontal axis is left out, and with it the space of its lines.
    title = figure["layout"].get("xaxis", {}).get("title", {}).get("text", "")
    if lines := title.count("<br>"):
        layout["margin"]["b"] -= lines * _LINE * LEAST
    for name, axis in layout.items():
        if name.startswith("yaxis") and "ticktext" in axis and "height" not in layout:
            every = -(-len(axis["ticktext"]) // _NAMES)
            axis |= {key: axis[key][::every] for key in ("tickvals", "ticktext")}
        elif name.startswith("xaxis") and "ticktext" in axis and "height" not in layout:
            axis |= {"tickangle": "auto", "autotickangles": [0, -90], "automargin": "height"}
    return drawn


def _enlarged(node: Any, inside: str) -> Any:  # noqa: ANN401 - JSON
    if isinstance(node, Mapping):
        return {name: _value(name, value, inside) for name, value in node.items()}
    if isinstance(node, list | tuple):
        return [_enlarged(child, inside) for child in node]
    return node


def _value(name: str, value: Any, inside: str) -> Any:  # noqa: ANN401 - JSON
    """Enlarge the value of an attribute, by its name and by the name of what it is inside of."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        is_pixels = (
            (name == "size" and inside.endswith("font"))
            or (name in _SIDES and inside == "margin")
            or (name == "width" and inside == "line")
            or (name == "standoff" and inside == "title")  # that of a marker is a distance between cells
            or name in _PIXELS
        )
        if name == "nticks":
            return max(2, int(value / FACTOR))
        return value * FACTOR if is_pixels else value
    if name == "decimals":  # of the numbers in a cell, by its width
        return [[(width - _CELL) * FACTOR + _CELL, places] for width, places in value]
    if name == "text" and inside == "title" and isinstance(value, str):
        found = re.search("<b>.*?</b>", value)
        return found[0] if found else value
    return _enlarged(value, name)
