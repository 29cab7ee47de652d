"""What all charts have in common: the frame of a chart, its title, and text taken as text."""

from collections.abc import Mapping
from html import escape
from typing import Any, Final

from pages.shared.charts import palette

SIZE: Final = 14  # pixels of the smallest letters of a chart
# A figure without a template would get Streamlit's. Lines have all their points: Plotly leaves some out, the more the
# broader the line is, and a sharp bend would be a polygon.
_TEMPLATE: Final = {"data": {"scatter": [{"type": "scatter", "line": {"simplify": False}}]}}
FONT: Final = {
    "family": "Source Sans, Source Sans Pro, Noto Sans, Arial, sans-serif",
    "size": SIZE,
    "color": palette.INK,
}


def escaped(text: str) -> str:
    """Write what a user typed as text: Plotly reads a part of HTML in everything it draws."""
    return escape(text, quote=False)


def named(name: str) -> str:
    """Write a column's name into a title: as text, and never taken for a colour when the theme's are put in."""
    return escaped(name).replace("#", "&#35;")


def layout(title: str, about: str = "", margin: Mapping[str, int] | None = None, **rest: Any) -> dict[str, Any]:  # noqa: ANN401 - passed on to Plotly
    """Lay a figure out: its title, one grey sentence beside it, margins, fonts; ``rest`` is passed on."""
    quiet = f'<span style="font-size:14px;color:{palette.QUIET}">{about}</span>'
    place = {"x": 0, "xanchor": "left", "y": 1, "yanchor": "top", "yref": "container", "pad": {"t": 4, "l": 2}}
    return {
        "template": _TEMPLATE,
        "title": {"text": f"<b>{title}</b>  {quiet}", "font": FONT | {"size": 16}} | place,
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


def upright(x: float, colour: str, *, dash: str = "dot", width: int = 1) -> dict[str, Any]:
    """Draw a line over the whole height, on any kind of axis."""
    line = {"color": colour, "width": width, "dash": dash}
    return {"type": "line", "xref": "x", "yref": "paper", "x0": x, "x1": x, "y0": 0, "y1": 1, "line": line}
