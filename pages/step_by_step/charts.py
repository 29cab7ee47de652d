"""The charts of one step: the outer product, and how far each sample of an epoch moved each weight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from classifier import Experiment, Step
from pages.shared.charts import palette
from pages.shared.charts.axes import axis, names_axis
from pages.shared.charts.base import escaped, layout, upright
from pages.shared.charts.heatmaps import heatmap
from pages.shared.text.names import parameter_name, parameter_names
from pages.shared.text.quoting import shortened
from pages.shared.text.shown_numbers import signed

__all__ = ["moves", "outer_product"]

# More columns than this leave no room for digits on a phone. Six digits are in the formulas, nine where one hovers.
_DIGITS: Final = 6
_TICKS: Final = 24
# A click or a hover belongs to the cell whose centre is nearest: that is the cell under the pointer.
_NEAREST: Final = {"hoverdistance": -1, "clickmode": "event+select", "dragmode": False}


def outer_product(experiment: Experiment, step: Step, cell: tuple[int, int]) -> go.Figure:
    """Draw ∂L/∂z down the side, x along the top, and where they meet their product; the bias's input is 1.

    Parameters
    ----------
    experiment : Experiment
        Gives the names.
    step : Step
    cell : (int, int)
        The cell that is framed: output and column, the last column being the bias.
    """
    back = step.backward
    gradient = np.column_stack([back.loss_wrt_weight, back.loss_wrt_bias])
    x, error = np.append(step.x, 1.0), back.loss_wrt_linear1
    rows, columns = gradient.shape
    names = [*experiment.input_names, "b"]
    cells = [[f"∂L/∂{name}" for name in row] for row in parameter_names(experiment, escaped)]
    top, side = {"xaxis": "x", "yaxis": "y2"}, {"xaxis": "x2", "yaxis": "y"}
    figure = go.Figure(
        [
            _cells(gradient, columns),
            _cells(x[np.newaxis], columns, **top),
            _cells(error[:, np.newaxis], columns, **side),
            _targets(gradient, cells, "%{text}", products=(error, x)),
        ],
        layout(
            "Outer product",
            "choose a cell",
            margin={"l": 62, "t": 46, "b": 4},
            height=int(50 + min(32, 400 / rows) * (rows + 1.2)),
            xaxis=names_axis(names, domain=[0.22, 1], side="top", anchor="y2"),
            yaxis=names_axis(experiment.label_names, down=True, domain=[0, (rows) / (rows + 1.2)], anchor="x2"),
            xaxis2=axis(
                domain=[0, 0.19],
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
            shapes=[
                _frame(cell[1], cell[0], 3),
                _frame(cell[1], 0, 2, yref="y2"),
                _frame(0, cell[0], 2, xref="x2"),
            ],
            meta={"label": "Outer product of ∂L/∂z and x"},
            **_NEAREST,
        ),
    )
    return figure


def moves(experiment: Experiment, steps: Sequence[Step], shown: int, outputs: Sequence[int]) -> go.Figure:
    """Draw how far each sample's step moved each weight and bias.

    Parameters
    ----------
    experiment : Experiment
        Gives the names.
    steps : sequence of Step
        One row each, in order.
    shown : int
        The sample whose row is framed.
    outputs : sequence of int
        The outputs drawn, side by side.
    """
    changes = np.array([_change(step)[list(outputs)].ravel() for step in steps])
    names = [*experiment.input_names, "b"]
    parameters = [parameter_name(experiment, o, j, escaped) for o in outputs for j in range(len(names))]
    cells = [[f"sample {step.sample + 1}, {parameter}" for parameter in parameters] for step in steps]
    edges = [len(names) * k - 0.5 for k in range(len(outputs) + 1)]
    row = [step.sample for step in steps].index(shown)
    return go.Figure(
        [_cells(changes, changes.shape[1]), _targets(changes, cells, "change %{text}")],
        layout(
            "Who moved what",
            "change of W and b by each sample of this epoch",
            margin={"t": 54},
            height=86 + 32 * len(steps),
            xaxis=names_axis(
                names * len(outputs), tickvals=list(range(changes.shape[1])), ticktext=_ticks(names, outputs)
            ),
            yaxis=names_axis([str(step.sample + 1) for step in steps], down=True),
            annotations=[
                _heading(experiment.label_names[o], edge + len(names) / 2)
                for o, edge in zip(outputs, edges, strict=False)
            ],
            shapes=[
                *(upright(edge, palette.QUIET, dash="solid", width=2) for edge in edges[1:-1]),
                _frame((edges[-1] - 0.5) / 2, row, 3, width=changes.shape[1]),
            ],
            meta={"label": "Change of each weight and bias by each sample of this epoch"},
            **_NEAREST,
        ),
    )


def _change(step: Step) -> NDArray[np.float64]:
    """Give after minus before, exactly, with the bias as the last column."""
    after, before = (
        np.column_stack([weight, bias]).astype(np.float64)
        for weight, bias in ((step.weight_after, step.bias_after), (step.weight_before, step.bias_before))
    )
    return after - before


def _ticks(names: Sequence[str], outputs: Sequence[int]) -> list[str]:
    """Name every column of every output: by its number where the names would not fit."""
    if len(outputs) * len(names) > _TICKS:
        shown = [str(j + 1) if j % 4 == 0 else "" for j in range(len(names) - 1)]
    elif max(map(len, names)) > 2:
        shown = [str(j + 1) for j in range(len(names) - 1)]
    else:
        shown = list(names[:-1])
    return [escaped(name) for name in [*shown, "b"]] * len(outputs)


def _heading(name: str, x: float) -> dict[str, Any]:
    """Write an output's name over its columns."""
    place = {"xref": "x", "yref": "paper", "x": x, "y": 1, "yanchor": "bottom", "showarrow": False}
    return {"text": escaped(shortened(name, 9))} | place


def _cells(values: NDArray[Any], columns: int, **axes: ArrayLike) -> go.Heatmap:
    """Draw a matrix on its own scale, with digits if they fit."""
    limit = float(np.abs(values).max()) or 1.0
    names = [[""] * values.shape[1]] * values.shape[0]
    drawn = heatmap(limit, names, "", (), z=values, **axes)
    drawn.update(hoverinfo="skip", hovertemplate=None, hovertext=None, meta=None)
    if columns <= _DIGITS:
        drawn.update(text=[[_short(float(value)) for value in row] for row in values], texttemplate="%{text}")
    return drawn


def _targets(
    values: NDArray[Any], cells: list[list[str]], hover: str, products: tuple[NDArray[Any], NDArray[Any]] | None = None
) -> go.Scatter:
    """Lay points that cannot be seen over the cells: Plotly selects points, not the cells of a heatmap."""
    across, down = np.meshgrid(np.arange(values.shape[1]), np.arange(values.shape[0]))
    texts = [
        f"{float(products[0][i]):.9g} · {float(products[1][j]):.9g} = {float(value):.9g}"
        if products
        else f"{float(value):.9g}"
        for (i, j), value in np.ndenumerate(values)
    ]
    invisible = {"marker": {"opacity": 0}}
    return go.Scatter(
        x=across.ravel(),
        y=down.ravel(),
        mode="markers",
        marker={"size": 18, "opacity": 0},
        selected=invisible,
        unselected=invisible,
        hovertext=[name for row in cells for name in row],
        text=texts,
        hovertemplate=f"<b>%{{hovertext}}</b><br>{hover}<extra></extra>",
    )


def _short(value: float) -> str:
    """Write a number with three digits, so that it fits into a cell on a phone."""
    mantissa, _, power = f"{value:.3g}".partition("e")
    return signed(f"{mantissa}e{int(power)}" if power else mantissa)


def _frame(x: float, y: float, thick: int, *, width: float = 1, xref: str = "x", yref: str = "y") -> dict[str, Any]:
    half = width / 2
    line = {"color": palette.INK, "width": thick}
    return {
        "type": "rect",
        "xref": xref,
        "yref": yref,
        "x0": x - half,
        "x1": x + half,
        "y0": y - 0.5,
        "y1": y + 0.5,
        "line": line,
    }
