"""The charts of a step on the screen, and what a click into them chooses."""

from collections.abc import Callable, Mapping

import streamlit as st

from classifier import Experiment, Step
from pages.shared.run import steps
from pages.shared.session import show, widgets
from pages.step_by_step.charts.changes import changes
from pages.step_by_step.charts.outer_product import least_width, outer_product
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


def show_outer_product(experiment: Experiment, shown: ShownStep, look: Callable[[int, int], None]) -> None:
    """Draw the outer product of ∂L/∂z and x.

    Parameters
    ----------
    experiment : Experiment
    shown : ShownStep
    look : callable
        Takes output and column of a cell that was clicked.
    """

    def on_select() -> None:
        column, output = _clicked(_OUTER_PRODUCT, experiment.in_features + 1, experiment.out_features)
        if output is not None and column is not None:
            look(output, column)

    figure = outer_product(experiment, shown.step, shown.cell)
    with st.container(key=_ROOM), st.container(key=_SCROLLER):
        st.html(_SIDEWAYS.format(room=_ROOM, scroller=_SCROLLER, chart=_OUTER_PRODUCT, least=least_width(figure)))
        show.show(figure, _OUTER_PRODUCT, on_select=on_select, selection_mode="points")


def show_changes(experiment: Experiment, step: Step, output: int) -> None:
    """Draw each sample's change of each weight in this epoch; a click on a row goes to its step.

    Of many samples those around the shown one are drawn, of many weights those of one output.
    """
    first = max(0, min(step.sample - _ROWS // 2, experiment.samples - _ROWS))
    rows = range(first, min(first + _ROWS, experiment.samples))
    is_whole = experiment.out_features * (experiment.in_features + 1) <= _COLUMNS

    def on_select() -> None:
        _, row = _clicked(_MOVES, experiment.out_features * (experiment.in_features + 1), len(rows))
        if row is not None:
            steps.go(step.epoch, rows[row])

    figure = changes(
        experiment,
        [steps.replay(experiment, step.epoch, sample) for sample in rows],
        step.sample,
        range(experiment.out_features) if is_whole else [output],
    )
    show.show(figure, _MOVES, on_select=on_select, selection_mode="points")
    st.caption("Click a row to go to that step. Its numbers appear where the pointer rests.")


def _clicked(key: str, columns: int, rows: int) -> tuple[int, int] | tuple[None, None]:
    """Give column and row of the cell that was clicked. It comes from a browser: anything else gives None."""
    points = getattr(getattr(widgets.widget(key), "selection", None), "points", None)
    point = points[0] if isinstance(points, list) and points else None
    x, y = (point.get("x"), point.get("y")) if isinstance(point, Mapping) else (None, None)
    return (x, y) if type(x) is type(y) is int and 0 <= x < columns and 0 <= y < rows else (None, None)
