"""What all figures have in common: the frame of a figure, its axes, titles, heatmaps, and text taken as text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final, TypeAlias

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from pages.shared.charts import palette

FONT: Final = {"family": "Source Sans, Source Sans Pro, Noto Sans, sans-serif", "size": 14, "color": palette.INK}
LAST_TICK: Final = 20  # pixels on the right, for half of the number of the last epoch; without them it is left out
# Width of a cell in pixels → number format, widest first.
Digits: TypeAlias = Sequence[tuple[int, str]]
_SEPARATED: Final = 20  # rows or columns
# Characters of a name that fit beside a chart, and those that all the names under one share; hovering shows all.
_DOWN: Final = 6
_ACROSS: Final = 36
_FEW: Final = 4  # epochs


def escaped(text: str) -> str:
    """Write what a user typed as text: Plotly reads a part of HTML in everything it draws."""
    return escape(text, quote=False)


def named(name: str) -> str:
    """Write a column's name into a title: as text, and never taken for a colour when the theme's are put in."""
    return escaped(name).replace("#", "&#35;")


# What a user may have typed is never taken for a colour: these are left alone, and of a `text` only its styles are not.
# The player recolours its charts by the same rule (recolour.js); tests hold both equal.
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


def heatmap(limit: float, cell: Sequence[Sequence[str]], hover: str, digits: Digits, **data: ArrayLike) -> go.Heatmap:
    """Draw a matrix on the diverging scale from −limit to limit, first row on top.

    Parameters
    ----------
    limit : float
        The value at the ends of the scale.
    cell : rows of str
        Name of each cell, for hovering; Plotly's text, so escape what a user typed.
    hover : str
        Plotly's hovertemplate.
    digits : sequence of (int, str)
        Number formats by the width of a cell, widest first; the stage chooses. Elsewhere set ``texttemplate``.
    **data
        Further attributes of the trace, such as ``z``.
    """
    return go.Heatmap(
        zmin=-limit,
        zmax=limit,
        colorscale=[list(stop) for stop in palette.DIVERGING],
        showscale=False,
        # Lines between cells that are wide enough to spare them.
        xgap=2 if len(cell[0]) <= _SEPARATED else 0,
        ygap=2 if len(cell) <= _SEPARATED else 0,
        hovertext=cell,
        hovertemplate=hover,
        textfont={"size": 14},
        # The stage writes digits into cells that are wide enough for them, and high enough for a line of text.
        meta={"digits": {"height": 17, "templates": [list(template) for template in digits]}},
        **data,
    )


def exact(dtype: str) -> str:
    """Give the number format that shows every digit of a value, for hovering.

    Parameters
    ----------
    dtype : {"float32", "float64"}
        In which the value is kept: 9 significant digits tell any two of float32 apart, 17 any two of float64.
    """
    return ".9~g" if dtype == "float32" else ".17~g"


def digits_for(limit: float) -> Digits:
    """Choose number formats for values up to a limit."""
    if limit >= 1000:
        return ((64, "%{z:.4~g}"), (48, "%{z:.2~g}"))
    if limit >= 10:
        return ((66, "%{z:.3f}"), (56, "%{z:.2f}"), (46, "%{z:.1f}"))
    return ((54, "%{z:.4f}"), (42, "%{z:.2f}"))


def layout(title: str, about: str = "", margin: Mapping[str, int] | None = None, **rest: Any) -> dict[str, Any]:  # noqa: ANN401 - passed on to Plotly
    """Lay a figure out: its title, one quiet sentence beside it, margins, fonts; ``rest`` is passed on."""
    return {
        "template": "none",
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
    """Write a title with a quiet sentence beside it."""
    quiet = f'<span style="font-size:14px;color:{palette.QUIET}">{about}</span>'
    return {"text": f"<b>{title}</b>  {quiet}", "font": FONT | {"size": 16}}


def axis(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - passed on to Plotly
    """Make an axis with a fixed range; it zooms, but does not follow the data by itself."""
    return {
        "gridcolor": palette.GRID,
        "linecolor": palette.QUIET,
        "zeroline": False,
        "showline": True,
        "ticks": "",
        "automargin": False,
        "autorange": False,
        "fixedrange": False,
    } | changes


def epochs_axis(epochs: int, title: str) -> dict[str, Any]:
    """Make the axis of epochs trained; few of them have a tick each, for there are none between."""
    ticks = {"nticks": 5} if epochs > _FEW else {"tick0": 0, "dtick": 1}
    heading = {"text": title, "standoff": 4, "font": FONT}
    return axis(range=[0, max(epochs, 1)], title=heading, tickformat=",d", **ticks)


def names_axis(
    names: Sequence[str],
    *,
    down: bool = False,
    share: float = 1.0,
    **changes: Any,  # noqa: ANN401 - as above
) -> dict[str, Any]:
    """Make an axis of named rows or columns; of many names only every second, third, … is written.

    ``share`` is the part of a usual chart that the axis is as long as.
    """
    every = -(-len(names) // max(1, round((12 if down else 9) * share)))
    room = _DOWN if down else max(3, round(_ACROSS * share) // max(1, len(names[::every])))
    shown = ["<br>".join(map(escaped, _lines(name, room, 1 if down else 2))) for name in names]
    span = [len(names) - 0.5, -0.5] if down else [-0.5, len(names) - 0.5]
    ticks = {"tickvals": list(range(0, len(names), every)), "ticktext": shown[::every]}
    return axis(range=span, showgrid=False, showline=False, tickangle=0) | ticks | changes


def _lines(name: str, room: int, most: int) -> list[str]:
    """Write a name in lines that fit, at its first space if there is one."""
    lines = name.split(maxsplit=most - 1) if len(name) > room else [name]
    return [line if len(line) <= room else line[: room - 1] + "…" for line in lines]


def decades(values: NDArray[Any], parts: int = 5) -> dict[str, Any]:
    """Choose a logarithmic axis: whole decades around the positive values, at most fifteen of them.

    Ticks part it into at most ``parts``.
    """
    positive = values[values > 0]
    if not positive.size:
        return {"range": [-1.0, 1.0], "dtick": 1}
    high = float(np.ceil(np.log10(positive.max()) + 0.02))
    low = max(float(np.floor(np.log10(positive.min()))), high - 15)
    return {
        "range": [low, high],
        "dtick": int(np.ceil((high - low) / parts)),
        "exponentformat": "power" if high - low > 6 else "none",
    }
