"""Charts on a page where nothing plays: drawn as the player draws its own."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from pages.shared.charts import palette
from pages.shared.charts.chart import Chart, figures
from pages.shared.charts.enlarged import enlarged
from pages.shared.run.player import heard, pressed
from pages.shared.session import state
from pages.shared.session.widgets import widget
from pages.stage.mounting import stage
from pages.stage.view import View

_CELL: Final = re.compile(r"(\w+) ([0-9]{1,4}) ([0-9]{1,4})")


def show(key: str, charts: Sequence[Chart], pick: Callable[[str, int, int], None] | None = None) -> None:
    """Draw charts side by side, as many as fit, and enlarged while the page is presented.

    Parameters
    ----------
    key : str
        Constant name of this place on the page: a chart of the same name stays there, and changes.
    charts : sequence of Chart
        Each with its height in its layout. ``meta`` may hold ``picks``, whether its cells can be pressed, and
        ``least``, the pixels across that it needs: where there are fewer, the charts scroll sideways.
    pick : callable, optional
        Takes name of the chart, column and row of a cell that was pressed, before the script runs. They come from a
        browser: the chart may have no such cell.
    """
    drawn = figures(charts)
    if state.current().presenting:
        drawn = {name: enlarged(figure) for name, figure in drawn.items()}

    def on_pressed() -> None:
        for kind, value in pressed(key):
            if pick is not None and kind == "cell" and (cell := _CELL.fullmatch(value)):
                pick(cell[1], int(cell[2]), int(cell[3]))

    data = {"figures": drawn, "dark": palette.DARK, "pressed": heard(key)}
    stage(key, data, {}, plotly=View.lost(widget(key)), on_pressed=on_pressed)
