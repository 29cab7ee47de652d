"""The chart of what each layer passes back."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from classifier import History
from pages.playground.charts.run_shown import RunShown
from pages.playground.chosen_chart.choice import box
from pages.shared.charts import palette
from pages.shared.charts.axes import LAST_TICK, axis, decades, epochs_axis
from pages.shared.charts.base import FONT, layout
from pages.shared.charts.chart import Chart, PlotlyJSON, figure, trace
from pages.shared.text.quantities import SYMBOLS
from pages.shared.text.shown_numbers import power_of_ten

# From the loss to the parameters, in the order in which they are passed back.
_QUANTITIES: Final = ("loss_wrt_sigmoid", "loss_wrt_linear1", "loss_wrt_weight", "loss_wrt_bias")

# The bias has the input 1, so ∂L/∂b equals ∂L/∂z number by number, and one array is sent for both.
LAYER_ARRAYS: Final = tuple(f"mean_abs_{name}" for name in (*_QUANTITIES[:3], _QUANTITIES[1]))
"""Of each trace: the array that travels."""

# The legend stands above the plot: inside, it would lie on the curves.
_LEGEND: Final = 42
# One epoch makes no line, and up to so many epochs are looked at one by one: each has a dot.
_FEW: Final = 20
# Dots get smaller from trace to trace, so that those of ∂L/∂z and ∂L/∂b, which are equal, are both seen.
_SIZES: Final = (10, 8, 6, 4)


def layer_sizes(history: History) -> dict[str, NDArray[np.float64]]:
    """Return the arrays of `LAYER_ARRAYS`."""
    sizes = (
        history.mean_abs_loss_wrt_sigmoid,
        history.mean_abs_loss_wrt_logits[:, -1],
        history.mean_abs_loss_wrt_weight[:, -1],
    )
    return dict(zip(LAYER_ARRAYS, sizes, strict=False))


def layer_gradients(run: RunShown) -> Chart:
    """Show the mean absolute value of what each layer passes back, on a logarithmic axis."""
    return Chart(
        "layer_gradients",
        lambda: _draw(run),
        [
            {"trace": trace, "attribute": axis, "array": array, "how": "up_to", "first": 1}
            for trace, name in enumerate(LAYER_ARRAYS)
            for axis, array in (("x", "position"), ("y", name))
        ],
    )


def _draw(run: RunShown) -> PlotlyJSON:
    curves = [sizes[1:] for sizes in layer_sizes(run.history).values()]
    rows = decades(*curves, parts=3)
    low = rows["range"][0]
    cut = any(((curve > 0) & (curve < 10.0**low)).any() for curve in curves)
    passed = f"mean size, from {power_of_ten(round(low))} up" if cut else "mean size passed back"
    mode = "lines+markers" if run.experiment.epochs <= _FEW else "lines"
    legend = {"orientation": "h", "x": 1, "xanchor": "right", "y": 1, "yanchor": "bottom", "entrywidth": 60}
    return figure(
        [
            trace(
                "scatter",
                name=name,
                mode=mode,
                line={"color": colour, "dash": dash, "width": 2},
                marker={"size": size},
                cliponaxis=mode == "lines",  # a dot at the end of the axis is whole
                hovertemplate=f"epoch %{{x}}<br>mean |{name}| %{{y:.6~g}}<extra></extra>",
            )
            for name, (colour, dash), size in zip(
                map(SYMBOLS.__getitem__, _QUANTITIES), palette.LAYERS, _SIZES, strict=True
            )
        ],
        layout(
            "Gradient by layer",
            margin={"t": 30 + _LEGEND, "b": 44, "r": LAST_TICK},
            xaxis=epochs_axis(run.experiment.epochs, f"{passed} · <b>epochs trained</b>"),
            yaxis=axis(type="log", **rows),
            legend=legend | {"font": FONT, "bgcolor": "rgba(0,0,0,0)"},
            showlegend=True,
            meta={
                "label": "Mean absolute gradient of each layer over epochs trained",
                "empty": run.empty("how much each layer passes back, epoch by epoch"),
                **box("layers"),
            },
        ),
    )
