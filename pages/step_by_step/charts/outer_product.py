"""A matrix between its borders: the outer product of errors and inputs, and the errors passed down through W."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier import Experiment, Step
from pages.shared.charts.axes import axis, names_axis, room_below, room_beside
from pages.shared.charts.base import escaped, layout
from pages.shared.charts.chart import Chart, figure
from pages.shared.text.names import column_names, parameter_names, row_names
from pages.step_by_step.charts.cells import CELL, cells, frame
from pages.step_by_step.formulas.order import Symbols

_GAP = 0.03  # of the width, between the errors and the products
_NARROW = range(5, 7)  # columns
_DIGITS = 6  # with more columns than this there is no room for digits on a narrow screen
_RIGHT = 8  # pixels


def outer_product(experiment: Experiment, step: Step, cell: tuple[int, int], layer: int = 0) -> Chart:
    """Draw ∂L/∂z down the side, x along the top, and their products in the cells; the bias's input is 1.

    Parameters
    ----------
    experiment : Experiment
        Gives the names.
    step : Step
    cell : (int, int)
        The cell that is framed: output and column, the last column being the bias.
    layer : int
        From 0.
    """
    passed, symbols = step.layers[layer], Symbols(layer, len(step.layers))
    x, error, gradient = np.append(passed.x, 1.0), passed.loss_wrt_logits, passed.gradient
    products = [
        [f"{e:.9g} · {into:.9g} = {product:.9g}" for into, product in zip(x, row, strict=True)]
        for e, row in zip(error, gradient, strict=True)
    ]
    return _bordered(
        "outer_product",
        (gradient, [[f"∂L/∂{name}" for name in row] for row in parameter_names(experiment, escaped, layer)], products),
        (error, f"∂L/∂{symbols.plain('z')}", row_names(experiment, layer)),
        (x, symbols.plain_x, column_names(experiment, layer)),
        ("Outer product", "choose a cell", f"Outer product of ∂L/∂{symbols.plain('z')} and {symbols.plain_x}"),
        [frame(cell[1], cell[0], 3), frame(cell[1], 0, 2, yref="y2"), frame(0, cell[0], 2, xref="x2")],
    )


def passed_down(experiment: Experiment, step: Step, unit: int, layer: int) -> Chart:
    """Draw Wᵀ ∂L/∂z: W and ∂L/∂z of the layer above, and along the top ∂L/∂a, each the sum down its column.

    Parameters
    ----------
    experiment : Experiment
        Gives the names.
    step : Step
    unit : int
        The unit whose sum is framed, from 0.
    layer : int
        The unit's layer, from 0; not the last one.
    """
    symbols, error = Symbols(layer, len(step.layers)), step.layers[layer + 1].loss_wrt_logits
    weight = step.parameters_before[layer + 1][:, :-1]
    products = [[f"{w:.9g} · {e:.9g} = {w * e:.9g}" for w in row] for row, e in zip(weight, error, strict=True)]
    z, a, w = f"∂L/∂{symbols.above.plain('z')}", f"∂L/∂{symbols.plain('a')}", symbols.above.plain("W")
    rows = len(weight)
    middle = (rows - 1) / 2
    return _bordered(
        "passed_down",
        (weight, [row[:-1] for row in parameter_names(experiment, escaped, layer + 1)], products),
        (error, z, row_names(experiment, layer + 1)),
        (step.layers[layer].loss_wrt_output, a, row_names(experiment, layer)),
        ("What comes down", "choose a column", f"{w}, {z} beside it, and above each column its sum {a}"),
        [
            frame(unit, middle, 3, height=rows),
            frame(unit, 0, 3, yref="y2"),
            frame(0, middle, 2, xref="x2", height=rows),
        ],
    )


def _bordered(
    name: str,
    inside: tuple[NDArray[Any], list[list[str]], list[list[str]]],
    side: tuple[NDArray[Any], str, Sequence[str]],
    top: tuple[NDArray[Any], str, Sequence[str]],
    titles: tuple[str, str, str],
    shapes: list[dict[str, Any]],
) -> Chart:
    """Draw a matrix with a column of values beside it and a row above it.

    Of the matrix are given the values, the names, and what is said of each; of a border its values, its name and the
    names of its entries.
    """
    (matrix, names_of, products), (error, side_name, row_titles), (x, top_name, names) = inside, side, top
    rows, columns = matrix.shape
    # With digits, the cell of an error is as wide as the others: with five columns the digits need all the room.
    width = 1 / (columns + 1.2) if columns in _NARROW else 0.19
    across = names_axis(names, domain=[width + _GAP, 1], side="top", anchor="y2")
    title = room_below(across, 46, 64)  # and the names that stand under it
    left = room_beside(row_titles, 62)
    wide, high = 1 - width - _GAP, rows / (rows + 1.2)
    # Digits of neighbouring cells do not touch: on a narrow screen the chart is wider than the screen and scrolls.
    least = math.ceil(left + _RIGHT + CELL * columns / wide) if columns <= _DIGITS else 0
    drawn = figure(
        [
            cells(matrix, names_of, "%{customdata}", customdata=products, share=[wide, high]),
            cells(x[np.newaxis], share=[wide, 1 - high], xaxis="x", yaxis="y2"),
            cells(error[:, np.newaxis], share=[width, high], xaxis="x2", yaxis="y"),
        ],
        layout(
            *titles[:2],
            margin={"l": left, "r": _RIGHT, "t": title, "b": 4},
            height=int(title + 4 + min(32, 400 / rows) * (rows + 1.2)),
            xaxis=across,
            yaxis=names_axis(row_titles, down=True, domain=[0, high], anchor="x2"),
            xaxis2=axis(
                domain=[0, width],
                range=[-0.5, 0.5],
                showgrid=False,
                showline=False,
                side="top",
                tickvals=[0],
                ticktext=[side_name],
                anchor="y",
            ),
            yaxis2=axis(
                domain=[(rows + 0.2) / (rows + 1.2), 1],
                range=[0.5, -0.5],
                showgrid=False,
                showline=False,
                tickvals=[0],
                ticktext=[top_name],
                anchor="x",
            ),
            shapes=shapes,
            dragmode=False,
            meta={"label": titles[2], "picks": True, "least": least},
        ),
    )
    return Chart(name, lambda: drawn)
