"""The chart of what each layer passes back."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from classifier import Experiment, History
from classifier.experiment.hidden import raised
from pages.playground.chosen_chart.choice import QUANTITIES, box
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

_ARRAY: Final = {"z": LAYER_ARRAYS[1], "W": LAYER_ARRAYS[2]}

# The legend stands above the plot: inside, it would lie on the curves.
_LEGEND: Final = 42
# One epoch makes no line, and up to so many epochs are looked at one by one: each has a dot.
_FEW: Final = 20
# Dots get smaller from trace to trace, so that those of ∂L/∂z and ∂L/∂b, which are equal, are both seen.
_SIZES: Final = (10, 8, 6, 4)


def layer_sizes(history: History, quantity: str = "z") -> dict[str, NDArray[np.float64]]:
    """Return the arrays that travel: one quantity of each of several layers, or all four of one layer."""
    if len(history.parameters) > 1:
        every = history.mean_abs_loss_wrt_logits if quantity == "z" else history.mean_abs_loss_wrt_weight
        return {f"{_ARRAY[quantity]}_{layer}": each for layer, each in enumerate(every.T, start=1)}
    sizes = (
        history.mean_abs_loss_wrt_sigmoid,
        history.mean_abs_loss_wrt_logits[:, -1],
        history.mean_abs_loss_wrt_weight[:, -1],
    )
    return dict(zip(LAYER_ARRAYS, sizes, strict=False))


def _curves(experiment: Experiment, quantity: str) -> list[tuple[str, str]]:
    """List symbol and array of each curve."""
    layers = len(experiment.sizes) - 1
    if layers > 1:
        symbols = [f"{QUANTITIES[quantity]}{raised(k)}" for k in range(1, layers + 1)]
        return [(symbol, f"{_ARRAY[quantity]}_{k}") for k, symbol in enumerate(symbols, start=1)]
    return [(SYMBOLS[name], array) for name, array in zip(_QUANTITIES, LAYER_ARRAYS, strict=True)]


def layer_gradients(experiment: Experiment, history: History, quantity: str = "z") -> Chart:
    """Show the mean absolute value of what each layer passes back, on a logarithmic axis.

    The whole run stands behind it as pale lines. Of several layers, ∂L/∂z or ∂L/∂W is shown, by ``quantity``.
    """
    curves = _curves(experiment, quantity)
    return Chart(
        "layer_gradients",
        lambda: _draw(experiment, history, quantity),
        [
            {"trace": trace + pale * len(curves), "attribute": axis, "array": array, "how": how, "first": 1}
            for pale, how in enumerate(("up_to", "all"))
            for trace, (_, name) in enumerate(curves)
            for axis, array in (("x", "position"), ("y", name))
        ],
    )


def _draw(experiment: Experiment, history: History, quantity: str) -> PlotlyJSON:
    curves = [sizes[1:] for sizes in layer_sizes(history, quantity).values()]
    rows = decades(*curves, parts=3)
    low = rows["range"][0]
    cut = any(((curve > 0) & (curve < 10.0**low)).any() for curve in curves)
    passed = f"mean size, from {power_of_ten(round(low))} up" if cut else "mean size passed back"
    mode = "lines+markers" if experiment.epochs <= _FEW else "lines"
    legend = {"orientation": "h", "x": 1, "xanchor": "right", "y": 1, "yanchor": "bottom"}
    legend |= {"entrywidth": 60, "tracegroupgap": 0}
    shown = [
        trace(
            "scatter",
            legendgroup=symbol,
            showlegend=False,
            mode=mode,
            line={"color": colour, "dash": dash, "width": 2},
            marker={"size": size},
            cliponaxis=mode == "lines",  # a dot at the end of the axis is whole
            hovertemplate=f"epoch %{{x}}<br>mean |{symbol}| %{{y:.6~g}}<extra></extra>",
        )
        for (symbol, _), (colour, dash), size in zip(
            _curves(experiment, quantity), palette.LAYERS, _SIZES, strict=False
        )
    ]
    behind = {"mode": "lines", "line": {"color": palette.PALE, "width": 1}, "hoverinfo": "skip", "showlegend": False}
    # Plotly leaves a curve without points out of the legend. The pale curves need their names before the first epoch:
    # one point of each stands outside of the plot.
    named = [
        trace("scatter", x=[-1], y=[1], hoverinfo="skip", name=curve["legendgroup"], showlegend=True)
        | {key: curve[key] for key in ("legendgroup", "mode", "line", "marker")}
        for curve in shown
    ]
    return figure(
        [*shown, *(trace("scatter", zorder=-1, **behind) for _ in shown), *named],
        layout(
            "Gradient by layer",
            margin={"t": 30 + _LEGEND, "b": 44, "r": LAST_TICK},
            xaxis=epochs_axis(experiment.epochs, f"{passed} · <b>epochs trained</b>"),
            yaxis=axis(type="log", **rows),
            legend=legend | {"font": FONT, "bgcolor": "rgba(0,0,0,0)"},
            showlegend=True,
            meta={
                "label": "Mean absolute gradient of each layer over epochs trained",
                **({} if experiment.epochs else {"empty": "There is nothing to see in 0 epochs."}),
                **box("layers"),
            },
        ),
    )
