"""A chart that plays: how it is drawn, and which array each of its traces shows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go


@dataclass(frozen=True, eq=False)
class Chart:
    """What one builder returns: all that a screen needs of a chart.

    Attributes
    ----------
    name : str
        By which the stage and an address know it.
    draw : callable
        Builds the Plotly figure. It takes milliseconds, so it is done only for a browser that has not got it.
    bindings : sequence of dict
        Which array each trace shows: the arguments of the stage's bindings, without the name of the figure.
    """

    name: str
    draw: Callable[[], go.Figure]
    bindings: Sequence[Mapping[str, Any]] = ()


def figures(charts: Iterable[Chart]) -> dict[str, dict[str, Any]]:
    """Draw charts: Plotly figure JSON by name, in their order."""
    return {chart.name: chart.draw().to_plotly_json() for chart in charts}


def bindings(charts: Iterable[Chart]) -> list[dict[str, Any]]:
    """List which array each trace of all charts shows, as the arguments of the stage's bindings."""
    return [{"figure": chart.name, **binding} for chart in charts for binding in chart.bindings]
