"""Who moved what: how far each sample of an epoch moved each weight and bias."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from classifier import Experiment, Step
from pages.shared.charts import palette
from pages.shared.charts.axes import names_axis
from pages.shared.charts.base import escaped, layout, upright
from pages.shared.charts.chart import Chart, figure
from pages.shared.text.names import column_names, parameter_name, row_names
from pages.shared.text.quoting import shortened
from pages.step_by_step.charts.cells import cells, frame
from pages.step_by_step.formulas.order import Symbols

_TICKS: Final = 24


def changes(experiment: Experiment, steps: Sequence[Step], shown: int, outputs: Sequence[int], layer: int = 0) -> Chart:
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
    layer : int
        From 0.
    """
    moved = np.array([_change(step, layer)[list(outputs)].ravel() for step in steps])
    symbols = Symbols(layer, len(experiment.hidden) + 1)
    names = column_names(experiment, layer)
    parameters = [parameter_name(experiment, o, j, escaped, layer) for o in outputs for j in range(len(names))]
    names_of = [[f"sample {step.sample + 1}, {parameter}" for parameter in parameters] for step in steps]
    edges = [len(names) * k - 0.5 for k in range(len(outputs) + 1)]
    row = [step.sample for step in steps].index(shown)
    of = f" of layer {layer + 1}" if symbols.layers > 1 else ""
    drawn = figure(
        [cells(moved, names_of, "change %{z:.9~g}")],
        layout(
            "Who moved what",
            f"{symbols.plain('W')} and {symbols.plain('b')}, by sample",
            margin={"t": 54},
            height=86 + 32 * len(steps),
            xaxis=names_axis(
                names * len(outputs), tickvals=list(range(moved.shape[1])), ticktext=_ticks(names, outputs)
            ),
            yaxis=names_axis([str(step.sample + 1) for step in steps], down=True),
            annotations=[
                _heading(row_names(experiment, layer)[o], edge + len(names) / 2)
                for o, edge in zip(outputs, edges, strict=False)
            ],
            shapes=[
                *(upright(edge, palette.QUIET, dash="solid", width=2) for edge in edges[1:-1]),
                frame((edges[-1] - 0.5) / 2, row, 3, width=moved.shape[1]),
            ],
            dragmode=False,
            meta={"label": f"Change of each weight and bias{of} by each sample of this epoch", "picks": True},
        ),
    )
    return Chart(f"changes{layer or ''}", lambda: drawn)


def _change(step: Step, layer: int) -> NDArray[np.float64]:
    """Give after minus before, exactly, with the bias as the last column."""
    after, before = (matrices[layer].astype(np.float64) for matrices in (step.parameters_after, step.parameters_before))
    return after - before


def _ticks(names: Sequence[str], outputs: Sequence[int]) -> list[str]:
    """Name every column of every output, by its number where the names would not fit."""
    if len(outputs) * len(names) > _TICKS:
        shown = [str(j + 1) if j % 4 == 0 else "" for j in range(len(names) - 1)]
    elif max(map(len, names)) > 2:
        shown = [str(j + 1) for j in range(len(names) - 1)]
    else:
        shown = list(names[:-1])
    return [escaped(name) for name in [*shown, names[-1]]] * len(outputs)


def _heading(name: str, x: float) -> dict[str, Any]:
    """Write an output's name over its columns."""
    place = {"xref": "x", "yref": "paper", "x": x, "y": 1, "yanchor": "bottom", "showarrow": False}
    return {"text": escaped(shortened(name, 9))} | place
