"""Axes: with a fixed range, of epochs, of names, logarithmic."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pages.shared.charts import palette
from pages.shared.charts.base import FONT, escaped
from pages.shared.text.quoting import shortened
from pages.shared.text.shown_numbers import power_of_ten

LAST_TICK: Final = 20  # pixels on the right for half of the last epoch's number: Plotly leaves it out without them
# Characters of one name beside a chart, and of all names together under one. Hovering shows the whole name.
_DOWN: Final = 10
_LETTER: Final = 7  # pixels
_ACROSS: Final = 36
_FEW: Final = 4  # epochs


def axis_title(text: str, standoff: int = 4) -> dict[str, Any]:
    """Write what lies along an axis, so many pixels from its ticks."""
    return {"text": text, "standoff": standoff, "font": FONT}


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
    """Make the axis of epochs trained. If they are few, each has its tick: Plotly's own would stand at fractions."""
    ticks = {"nticks": 5} if epochs > _FEW else {"tick0": 0, "dtick": 1}
    return axis(range=[0, max(epochs, 1)], title=axis_title(title), tickformat=",d", **ticks)


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


def room_beside(names: Sequence[str], least: int = 50) -> int:
    """Give the pixels that names of rows need on the left of a chart."""
    return max(least, 8 + _LETTER * min(_DOWN, max(map(len, names))))


def room_below(names: Mapping[str, Any], one: int = 26, two: int = 44) -> int:
    """Give the pixels that names of columns, in their axis, need under a chart, or above it: for one line or two."""
    return two if any("<br>" in name for name in names["ticktext"]) else one


def _lines(name: str, room: int, most: int) -> list[str]:
    """Write a name in lines that fit, at its first space if there is one."""
    lines = name.split(maxsplit=most - 1) if len(name) > room else [name]
    return [shortened(line, room) for line in lines]


def decades(*curves: NDArray[Any], parts: int = 5) -> dict[str, Any]:
    """Choose a logarithmic axis: whole decades around the positive values.

    Parameters
    ----------
    *curves : ndarrays
        What is drawn. The axis ends fifteen decades below the largest value, unless more than a fiftieth of a curve
        lies lower. So one spike or one dip does not make the rest too small to see.
    parts : int
        Ticks divide the axis into so many parts at most.
    """
    positive = [curve[curve > 0] for curve in curves if (curve > 0).any()]
    if not positive:
        return {"range": [-1.0, 1.0], "tickmode": "linear", "dtick": 1}
    high = float(np.ceil(np.log10(max(curve.max() for curve in positive)) + 0.02))
    lowest, usual = (
        float(np.floor(np.log10(min(least)))) for least in zip(*((c.min(), _usual(c)) for c in positive), strict=True)
    )
    low = max(lowest, min(high - 15, usual))
    every = int(np.ceil((high - low) / parts))
    if high - low > 6:
        return {"range": [low, high]} | powers(low, high, every)
    return {"range": [low, high], "tickmode": "linear", "dtick": every, "exponentformat": "none"}


def _usual(values: NDArray[Any]) -> float:
    """Find the value that a fiftieth of them stay below."""
    return float(np.sort(values)[len(values) // 50])


def powers(low: float, high: float, every: int) -> dict[str, Any]:
    """Write the ticks of a logarithmic axis as powers of ten, at exponents that ``every`` divides.

    The exponents are Unicode characters of the axis' own size: Plotly's raised ones are less than ten pixels high.

    Parameters
    ----------
    low, high : float
        Between these exponents.
    every : int
        From one tick to the next.
    """
    # The range of float64.
    first, last = max(int(np.ceil(low)), -323), min(int(np.floor(high)), 308)
    exponents = range(-(-first // every) * every, last + 1, every)
    # float("1e-323") is the nearest number; 10.0 ** -323 would be 0.
    ticks = [float(f"1e{exponent}") for exponent in exponents]
    return {"tickmode": "array", "tickvals": ticks, "ticktext": list(map(power_of_ten, exponents))}
