"""The figures of a run that is trained: drawn once for everybody who looks at it."""

from collections.abc import Sequence
from typing import Any, Final, TypeAlias

from pages.shared.charts.chart import Chart, figures
from pages.shared.run.kept import Kept

Figures: TypeAlias = dict[str, dict[str, Any]]
_BYTES: Final = 50_000
_TEXT_BYTES: Final = 120  # of what hovering over a cell or a sample says


def _weight(drawn: Figures) -> int:
    # About: to write them as JSON and count would take a tenth of what is saved.
    hovers = (row for figure in drawn.values() for trace in figure["data"] for row in trace.get("hovertext", ()))
    return _BYTES + _TEXT_BYTES * sum(map(len, hovers))


_kept: Final = Kept[Figures]("figures of the playground", _weight)


def drawn(charts: Sequence[Chart], run: str, beside: str, *, finished: bool) -> Figures:
    """Draw charts, or take what was drawn for another visitor: drawing is half of what it costs to join.

    Parameters
    ----------
    charts : sequence of Chart
    run, beside : str
        Name all that the charts show: what is played, and what else.
    finished : bool
        Whether the run is trained to its end. Until then its figures change.

    Returns
    -------
    dict
        Plotly figure JSON by name. Shared: not to be changed.
    """
    if not finished:
        return figures(charts)
    return _kept.get((run, beside), lambda: figures(charts))
