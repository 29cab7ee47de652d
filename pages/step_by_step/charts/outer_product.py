"""The outer product: the error of each output times each input."""

import math

import numpy as np

from classifier import Experiment, Step
from pages.shared.charts.axes import axis, names_axis, room_below, room_beside
from pages.shared.charts.base import escaped, layout
from pages.shared.charts.chart import Chart, figure
from pages.shared.text.names import column_names, parameter_names
from pages.step_by_step.charts.cells import CELL, cells, frame

_GAP = 0.03  # of the width, between the errors and the products
_NARROW = range(5, 7)  # columns
_DIGITS = 6  # with more columns than this there is no room for digits on a narrow screen
_RIGHT = 8  # pixels


def outer_product(experiment: Experiment, step: Step, cell: tuple[int, int]) -> Chart:
    """Draw ∂L/∂z down the side, x along the top, and their products in the cells; the bias's input is 1.

    Parameters
    ----------
    experiment : Experiment
        Gives the names.
    step : Step
    cell : (int, int)
        The cell that is framed: output and column, the last column being the bias.
    """
    back = step.backward
    gradient = step.layers[0].gradient
    x, error = np.append(step.x, 1.0), back.loss_wrt_linear1
    rows, columns = gradient.shape
    names = column_names(experiment)
    # With digits, the cell of an error is as wide as the others: with five columns the digits need all the room.
    width = 1 / (columns + 1.2) if columns in _NARROW else 0.19
    names_of = [[f"∂L/∂{name}" for name in row] for row in parameter_names(experiment, escaped)]
    across = names_axis(names, domain=[width + _GAP, 1], side="top", anchor="y2")
    title = room_below(across, 46, 64)  # and the names that stand under it
    left = room_beside(experiment.label_names, 62)
    wide, high = 1 - width - _GAP, rows / (rows + 1.2)
    products = [[f"{error[i]:.9g} · {x[j]:.9g} = {gradient[i, j]:.9g}" for j in range(columns)] for i in range(rows)]
    # Digits of neighbouring cells do not touch: on a narrow screen the chart is wider than the screen and scrolls.
    least = math.ceil(left + _RIGHT + CELL * columns / wide) if columns <= _DIGITS else 0
    drawn = figure(
        [
            cells(gradient, names_of, "%{customdata}", customdata=products, share=[wide, high]),
            cells(x[np.newaxis], share=[wide, 1 - high], xaxis="x", yaxis="y2"),
            cells(error[:, np.newaxis], share=[width, high], xaxis="x2", yaxis="y"),
        ],
        layout(
            "Outer product",
            "choose a cell",
            margin={"l": left, "r": _RIGHT, "t": title, "b": 4},
            height=int(title + 4 + min(32, 400 / rows) * (rows + 1.2)),
            xaxis=across,
            yaxis=names_axis(experiment.label_names, down=True, domain=[0, high], anchor="x2"),
            xaxis2=axis(
                domain=[0, width],
                range=[-0.5, 0.5],
                showgrid=False,
                showline=False,
                side="top",
                tickvals=[0],
                ticktext=["∂L/∂z"],
                anchor="y",
            ),
            yaxis2=axis(
                domain=[(rows + 0.2) / (rows + 1.2), 1],
                range=[0.5, -0.5],
                showgrid=False,
                showline=False,
                tickvals=[0],
                ticktext=["x"],
                anchor="x",
            ),
            shapes=[frame(cell[1], cell[0], 3), frame(cell[1], 0, 2, yref="y2"), frame(0, cell[0], 2, xref="x2")],
            dragmode=False,
            meta={"label": "Outer product of ∂L/∂z and x", "picks": True, "least": least},
        ),
    )
    return Chart("outer_product", lambda: drawn)
