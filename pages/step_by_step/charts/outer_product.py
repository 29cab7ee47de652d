"""The outer product: the error of each output times each input."""

import math

import numpy as np
import plotly.graph_objects as go

from classifier import Experiment, Step
from pages.shared.charts.axes import axis, names_axis, room_below, room_beside
from pages.shared.charts.base import escaped, layout
from pages.shared.text.names import column_names, parameter_names
from pages.step_by_step.charts.cells import NEAREST, cells, frame, room_across, targets

_GAP = 0.03  # of the width, between the errors and the products
_NARROW = range(5, 7)  # columns


def outer_product(experiment: Experiment, step: Step, cell: tuple[int, int]) -> go.Figure:
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
    top, side = {"xaxis": "x", "yaxis": "y2"}, {"xaxis": "x2", "yaxis": "y"}
    figure = go.Figure(
        [
            cells(gradient, columns),
            cells(x[np.newaxis], columns, **top),
            cells(error[:, np.newaxis], columns, **side),
            targets(gradient, names_of, "%{text}", products=(error, x)),
        ],
        layout(
            "Outer product",
            "choose a cell",
            margin={"l": room_beside(experiment.label_names, 62), "t": title, "b": 4},
            height=int(title + 4 + min(32, 400 / rows) * (rows + 1.2)),
            xaxis=across,
            yaxis=names_axis(experiment.label_names, down=True, domain=[0, (rows) / (rows + 1.2)], anchor="x2"),
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
            meta={"label": "Outer product of ∂L/∂z and x"},
            **NEAREST,
        ),
    )
    return figure


def least_width(figure: go.Figure) -> int:
    """Give the least width, in pixels, at which the digits of an outer product do not touch."""
    (start, end), margin = figure.layout.xaxis.domain, figure.layout.margin
    width: float = margin.l + margin.r + room_across(figure.data[0].z.shape[1]) / (end - start)
    return math.ceil(width)
