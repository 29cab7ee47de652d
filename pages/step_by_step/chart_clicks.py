"""The charts of a step on the screen, and what a click into them chooses."""

from collections.abc import Callable, Mapping

import streamlit as st

from classifier import Experiment
from pages.shared.run import steps
from pages.shared.session import show, widgets
from pages.step_by_step.charts.changes import changes
from pages.step_by_step.charts.outer_product import least_width, outer_product, passed_down
from pages.step_by_step.formulas.shown_step import ShownStep

# Rows and columns of "Who moved what" that stay readable on a projector.
_ROWS = 12
_COLUMNS = 24

_OUTER_PRODUCT = "step_outer_product"
_ROOM = "step_outer_product_room"
_SCROLLER = "step_outer_product_scroller"
_MOVES = "step_moves"
# On a narrow screen the chart is wider than the screen and scrolls sideways; on others nothing is cut off, not even
# its toolbar. Streamlit draws the chart anew at each click. What scrolls is around it and stays, and the chosen cell
# with it.
_SIDEWAYS = """<style>
.st-key-{room} {{ container-type: inline-size; }}
@container (max-width: {least}px) {{
  .st-key-{scroller} {{ overflow: auto hidden; }}
  .st-key-{chart} {{ min-width: {least}px; }}
}}
</style>"""


def show_product(
    experiment: Experiment, shown: ShownStep, look: Callable[[int, int], None], *, down: bool = False
) -> None:
    """Draw the outer product of ∂L/∂z and x of a layer, or what comes down to it from the one above.

    Parameters
    ----------
    experiment : Experiment
    shown : ShownStep
    look : callable
        Takes output and column of a cell that was clicked; of what comes down, the unit and 0.
    """
    layer = shown.layer + down
    rows, columns = shown.step.parameters_before[layer].shape

    def on_select() -> None:
        column, output = _clicked(_OUTER_PRODUCT, columns, rows)
        if output is not None and column is not None:
            look(*((column, shown.cell[1]) if down else (output, column)))

    figure = (
        passed_down(experiment, shown.step, shown.cell[0], shown.layer)
        if down
        else outer_product(experiment, shown.step, shown.cell, shown.layer)
    )
    with st.container(key=_ROOM), st.container(key=_SCROLLER):
        st.html(_SIDEWAYS.format(room=_ROOM, scroller=_SCROLLER, chart=_OUTER_PRODUCT, least=least_width(figure)))
        show.show(figure, _OUTER_PRODUCT, on_select=on_select, selection_mode="points")


def show_changes(experiment: Experiment, shown: ShownStep) -> None:
    """Draw each sample's change of each weight of a layer in this epoch; a click on a row goes to its step.

    Of many samples those around the shown one are drawn, of many weights those of one output.
    """
    step, (outputs, columns), key = shown.step, shown.before.shape, f"{_MOVES}{f'_{shown.layer}' * (shown.layer > 0)}"
    first = max(0, min(step.sample - _ROWS // 2, experiment.samples - _ROWS))
    rows = range(first, min(first + _ROWS, experiment.samples))
    is_whole = outputs * columns <= _COLUMNS

    def on_select() -> None:
        _, row = _clicked(key, outputs * columns, len(rows))
        if row is not None:
            steps.go(step.epoch, rows[row])

    figure = changes(
        experiment,
        [steps.replay(experiment, step.epoch, sample) for sample in rows],
        step.sample,
        range(outputs) if is_whole else [shown.cell[0]],
        shown.layer,
    )
    show.show(figure, key, on_select=on_select, selection_mode="points")


def _clicked(key: str, columns: int, rows: int) -> tuple[int, int] | tuple[None, None]:
    """Give column and row of the cell that was clicked. It comes from a browser: anything else gives None."""
    points = getattr(getattr(widgets.widget(key), "selection", None), "points", None)
    point = points[0] if isinstance(points, list) and points else None
    x, y = (point.get("x"), point.get("y")) if isinstance(point, Mapping) else (None, None)
    return (x, y) if type(x) is type(y) is int and 0 <= x < columns and 0 <= y < rows else (None, None)
