"""What all charts have in common: the frame of a chart, its title and theme, and text taken as text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any, Final

from pages.shared.charts import palette

if TYPE_CHECKING:
    import plotly.graph_objects as go

SIZE: Final = 14  # pixels of the smallest letters of a chart
# Plotly's template "none". A figure without a template would get Streamlit's.
_NO_TEMPLATE: Final = {"data": {"scatter": [{"type": "scatter"}]}}
FONT: Final = {"family": "Source Sans, Source Sans Pro, Noto Sans, sans-serif", "size": SIZE, "color": palette.INK}


def escaped(text: str) -> str:
    """Write what a user typed as text: Plotly reads a part of HTML in everything it draws."""
    return escape(text, quote=False)


def named(name: str) -> str:
    """Write a column's name into a title: as text, and never taken for a colour when the theme's are put in."""
    return escaped(name).replace("#", "&#35;")


# These attributes may hold what a user typed, so no colour in them is exchanged; in a `text`, only those of its styles
# are. The player recolours its charts by the same rule (recolour.js); tests hold both equal.
_TYPED: Final = {"hovertext", "ticktext", "name", "label"}


def themed(figure: go.Figure, theme: str | None) -> dict[str, Any]:
    """Write a figure as Plotly JSON, in the colours of a theme.

    Parameters
    ----------
    figure : Figure
        In the light colours of palette.py.
    theme : {"light", "dark"} or None
    """
    drawn: dict[str, Any] = figure.to_plotly_json()
    return _recoloured(drawn) if theme == "dark" else drawn


def _recoloured(node: Any, key: str = "") -> Any:  # noqa: ANN401 - JSON
    if key in _TYPED:
        return node
    if isinstance(node, str):
        styled = re.sub(r"(?<=color:)#[0-9a-f]{6}", lambda match: palette.DARK.get(match[0], match[0]), node)
        return styled if key == "text" else palette.DARK.get(styled, styled)
    if isinstance(node, list | tuple):
        return node if key == "text" else [_recoloured(child) for child in node]
    if isinstance(node, dict):
        return {name: _recoloured(child, name) for name, child in node.items()}
    return node


def layout(title: str, about: str = "", margin: Mapping[str, int] | None = None, **rest: Any) -> dict[str, Any]:  # noqa: ANN401 - passed on to Plotly
    """Lay a figure out: its title, one grey sentence beside it, margins, fonts; ``rest`` is passed on."""
    return {
        "template": _NO_TEMPLATE,
        "title": title_text(title, about)
        | {"x": 0, "xanchor": "left", "y": 1, "yanchor": "top", "yref": "container", "pad": {"t": 4, "l": 2}},
        "font": FONT,
        "margin": {"l": 50, "r": 8, "t": 30, "b": 26, "pad": 0} | dict(margin or {}),
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "hoverlabel": {"font": {"family": FONT["family"], "size": FONT["size"]}, "align": "left"},
        "hovermode": "closest",
        # Zoom and hidden series are the viewer's: they stay when the numbers change.
        "uirevision": "viewer",
        "autosize": True,
        # Thousands as in the readouts: a comma is a decimal sign to half of the readers.
        "separators": ".\u202f",
    } | rest


def title_text(title: str, about: str) -> dict[str, Any]:
    """Write a title with a grey sentence beside it."""
    quiet = f'<span style="font-size:14px;color:{palette.QUIET}">{about}</span>'
    return {"text": f"<b>{title}</b>  {quiet}", "font": FONT | {"size": 16}}


def upright(x: float, colour: str, *, dash: str = "dot", width: int = 1) -> dict[str, Any]:
    """Draw a line over the whole height, on any kind of axis."""
    line = {"color": colour, "width": width, "dash": dash}
    return {"type": "line", "xref": "x", "yref": "paper", "x0": x, "x1": x, "y0": 0, "y1": 1, "line": line}
