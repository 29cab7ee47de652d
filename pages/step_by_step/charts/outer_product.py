"""A matrix between its borders: the outer product of errors and inputs, and the errors passed down through W."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from classifier import Experiment, Step
from pages.shared.charts.axes import axis, names_axis, room_below, room_beside
from pages.shared.charts.base import escaped, layout
from pages.shared.text.names import column_names, parameter_names, row_names
from pages.step_by_step.charts.cells import NEAREST, cells, frame, room_across, targets
from pages.step_by_step.formulas.order import Symbols

_GAP = 0.03  # of the width, between the errors and the products
_NARROW = range(5, 7)  # columns


def outer_product(experiment: Experiment, step: Step, cell: tuple[int, int], layer: int = 0) -> go.Figure:
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
    x, error = np.append(passed.x, 1.0), passed.loss_wrt_logits
    names_of = [[f"∂L/∂{name}" for name in row] for row in parameter_names(experiment, escaped, layer)]
    return _bordered(
        passed.gradient,
        (error, f"∂L/∂{symbols.plain('z')}", row_names(experiment, layer)),
        (x, symbols.plain_x, column_names(experiment, layer)),
        names_of,
        ("Outer product", "choose a cell", f"Outer product of ∂L/∂{symbols.plain('z')} and {symbols.plain_x}"),
        shapes=[frame(cell[1], cell[0], 3), frame(cell[1], 0, 2, yref="y2"), frame(0, cell[0], 2, xref="x2")],
    )


def passed_down(experiment: Experiment, step: Step, unit: int, layer: int) -> go.Figure:
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
    own, above, symbols = step.layers[layer], step.layers[layer + 1], Symbols(layer, len(step.layers))
    weight = step.parameters_before[layer + 1][:, :-1]
    names_of = [row[:-1] for row in parameter_names(experiment, escaped, layer + 1)]
    rows = len(weight)
    z, a, w = f"∂L/∂{symbols.above.plain('z')}", f"∂L/∂{symbols.plain('a')}", symbols.above.plain("W")
    middle = (rows - 1) / 2
    return _bordered(
        weight,
        (above.loss_wrt_logits, z, row_names(experiment, layer + 1)),
        (own.loss_wrt_output, a, row_names(experiment, layer)),
        names_of,
        ("What comes down", "choose a column", f"{w}, {z} beside it, and above each column its sum {a}"),
        products=weight * above.loss_wrt_logits[:, np.newaxis],
        shapes=[
            frame(unit, middle, 3, height=rows),
            frame(unit, 0, 3, yref="y2"),
            frame(0, middle, 2, xref="x2", height=rows),
        ],
    )


def _bordered(
    matrix: NDArray[Any],
    side: tuple[NDArray[Any], str, Sequence[str]],
    top: tuple[NDArray[Any], str, Sequence[str]],
    names_of: list[list[str]],
    titles: tuple[str, str, str],
    *,
    shapes: list[dict[str, Any]],
    products: NDArray[Any] | None = None,
) -> go.Figure:
    """Draw a matrix with a column of values beside it, and a row of values above it, each with its name and its names.

    Hovering gives a cell as the product of its borders; or, where products are given, these as cell times border.
    """
    (error, side_name, row_titles), (x, top_name, names) = side, top
    rows, columns = matrix.shape
    # With digits, the cell of an error is as wide as the others: with five columns the digits need all the room.
    width = 1 / (columns + 1.2) if columns in _NARROW else 0.19
    across = names_axis(names, domain=[width + _GAP, 1], side="top", anchor="y2")
    title = room_below(across, 46, 64)  # and the names that stand under it
    above, beside = {"xaxis": "x", "yaxis": "y2"}, {"xaxis": "x2", "yaxis": "y"}
    figure = go.Figure(
        [
            cells(matrix, columns),
            cells(x[np.newaxis], columns, **above),
            cells(error[:, np.newaxis], columns, **beside),
            targets(matrix, names_of, "%{text}", products=(error, x))
            if products is None
            else targets(products, names_of, "%{text}", products=(matrix, error)),
        ],
        layout(
            *titles[:2],
            margin={"l": room_beside(row_titles, 62), "t": title, "b": 4},
            height=int(title + 4 + min(32, 400 / rows) * (rows + 1.2)),
            xaxis=across,
            yaxis=names_axis(row_titles, down=True, domain=[0, (rows) / (rows + 1.2)], anchor="x2"),
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
            meta={"label": titles[2]},
            **NEAREST,
        ),
    )
    return figure


def least_width(figure: go.Figure) -> int:
    """Give the least width, in pixels, at which the digits of an outer product do not touch."""
    (start, end), margin = figure.layout.xaxis.domain, figure.layout.margin
    width: float = margin.l + margin.r + room_across(figure.data[0].z.shape[1]) / (end - start)
    return math.ceil(width)
