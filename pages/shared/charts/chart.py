"""A chart that plays: how it is drawn, and which array each of its traces shows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from numpy.typing import NDArray

from pages.stage.message import packed

PlotlyJSON: TypeAlias = dict[str, Any]
"""A figure or a trace as Plotly.js reads it. Plotly's Python objects hold the same, but take milliseconds to build."""


@dataclass(frozen=True, eq=False)
class Chart:
    """What one builder returns: all that a screen needs of a chart.

    Attributes
    ----------
    name : str
        By which the stage and an address know it.
    draw : callable
        Builds the figure: its traces under ``data``, and its ``layout``. Called only if the browser does not have the
        figure yet. Every array in it is written by `typed`.
    bindings : sequence of dict
        Which array each trace shows: the arguments of the stage's bindings, without the name of the figure.
    """

    name: str
    draw: Callable[[], PlotlyJSON]
    bindings: Sequence[Mapping[str, Any]] = ()


def figures(charts: Iterable[Chart]) -> dict[str, PlotlyJSON]:
    """Draw charts: Plotly figure JSON by name, in their order."""
    return {chart.name: chart.draw() for chart in charts}


def figure(traces: Iterable[PlotlyJSON], layout: PlotlyJSON) -> PlotlyJSON:
    """Put traces and a layout together."""
    return {"data": list(traces), "layout": layout}


def trace(kind: str, **attributes: Any) -> PlotlyJSON:  # noqa: ANN401 - whatever Plotly.js takes
    """Write a trace of a kind: scatter, heatmap, contour."""
    return {"type": kind, **attributes}


def typed(array: NDArray[Any]) -> PlotlyJSON:
    """Write an array of float64, float32 or int32 as Plotly.js reads it: a third as long as its digits."""
    return packed(array) | {"shape": ", ".join(map(str, array.shape))}


def bindings(charts: Iterable[Chart]) -> list[dict[str, Any]]:
    """List which array each trace of all charts shows, as the arguments of the stage's bindings."""
    return [{"figure": chart.name, **binding} for chart in charts for binding in chart.bindings]
