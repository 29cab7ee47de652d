"""The charts of the page about breaking formulas: each quantity against the logit, and a training by three routes.

A curve ends where its number does: what is not finite, or has no place on a logarithmic axis, is a gap.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pages.shared.charts import palette
from pages.shared.charts.axes import axis, axis_title, decades, powers
from pages.shared.charts.base import FONT, escaped, layout, upright
from pages.shared.charts.chart import Chart, PlotlyJSON, figure, trace, typed

# The fused form is a broad band behind the others: where another form is right, its curve lies on the band.
STYLES: Final[dict[str, dict[str, Any]]] = {
    "fused": {"color": palette.PALE, "width": 9, "dash": "solid"},
    "chain": {"color": palette.ACCENT, "width": 2.5, "dash": "dash"},
    "unguarded": {"color": palette.INK, "width": 1.5, "dash": "solid"},
}
_PANEL: Final = 180  # pixels
_HEIGHT: Final = 290
_LOWER: Final = {"ticks": "outside", "ticklen": 5, "tickcolor": "rgba(0,0,0,0)"}


@dataclass(frozen=True)
class Curve:
    """One form's values, ready to be drawn.

    Attributes
    ----------
    form : str
        A key of `STYLES`.
    x, y : ndarray
    """

    form: str
    x: NDArray[np.float64]
    y: NDArray[np.float64]


def against_logit(
    title: str, curves: Sequence[Curve], marks: Sequence[float], *, log: bool, span: tuple[float, float]
) -> PlotlyJSON:
    """Draw one quantity against the logit, by each form; `panel` adds the line at the chosen logit.

    Parameters
    ----------
    title : str
    curves : sequence of Curve
    marks : sequence of float
        The thresholds.
    log : bool
        Whether the size of the values is drawn, on a logarithmic axis.
    span : (float, float)
        Range of the values; ignored with ``log``.
    """
    hover = "z %{x:.9~g}<br>%{y:.6~g}"
    traces, ends = [], []
    for curve in curves:
        y = np.abs(curve.y) if log else curve.y
        shown = np.isfinite(y) & (y > 0) if log else np.isfinite(y)
        style = STYLES[curve.form]
        traces.append(
            trace(
                "scatter",
                **_drawn(curve.x, y, shown),
                mode="lines",
                name=curve.form,
                line=style,
                hovertemplate=f"<b>{curve.form}</b><br>{hover}<extra></extra>",
            )
        )
        if curve.form == "unguarded":
            ends = _ends(curve.x, y, shown)
    cross = {"symbol": "x", "size": 9, "color": palette.WRONG}
    died = trace(
        "scatter",
        x=[x for x, _ in ends],
        y=[y for _, y in ends],
        mode="markers",
        name="ends",
        marker=cross,
        hovertemplate=f"<b>ends here</b><br>{hover}<extra></extra>",
    )
    x = curves[0].x
    values = np.concatenate([curve.y for curve in curves])
    rows = _all_decades(np.abs(values)) if log else {"range": list(span), "nticks": 5}
    return figure(
        [*traces, died],
        layout(
            title,
            "size, over z" if log else "over z",
            height=_PANEL,
            margin={"l": 44, "t": 30, "r": 4, "b": 28},
            # Its numbers stand a little lower, so that the first one does not touch those of the other axis.
            xaxis=axis(range=[float(x[0]), float(x[-1])], nticks=5, fixedrange=True, **_LOWER),
            yaxis=axis(**rows | {"fixedrange": True}),
            shapes=[upright(mark, palette.WRONG) for mark in marks],
            meta={"label": f"{title} against z"},
        ),
    )


def panel(name: str, drawn: PlotlyJSON, z: float) -> Chart:
    """Make a chart of what `against_logit` drew, with a line at a logit."""
    frame, line = drawn["layout"], upright(z, palette.ACCENT, dash="solid", width=2) | {"layer": "below"}
    return Chart(name, lambda: drawn | {"layout": frame | {"shapes": [*frame["shapes"], line]}})


def trainings(curves: Sequence[Curve], died: tuple[int, str] | None) -> Chart:
    """Draw the running loss of each route over the epochs, both logarithmic, each up to its end.

    Parameters
    ----------
    curves : sequence of Curve
    died : (int, str) or None
        The last epoch that the unguarded training finished, and how it died, in explanations.
    """
    hover = "epoch %{x}<br>running loss %{y:.6~g}<extra></extra>"
    traces = [
        trace(
            "scatter",
            **_drawn(curve.x, curve.y, np.isfinite(curve.y) & (curve.y > 0)),
            mode="lines" if len(curve.x) > 1 else "markers",
            marker={"color": STYLES[curve.form]["color"], "size": 8},
            name=curve.form,
            line=STYLES[curve.form],
            hovertemplate=f"<b>{curve.form}</b><br>{hover}",
        )
        for curve in curves
    ]
    if died is not None:
        cross = {"symbol": "x", "size": 13, "color": palette.WRONG}
        epoch, words = died
        # If it died in its first epoch it has no loss, and the mark stands where the other curves begin.
        last = next(curve.y for curve in reversed(curves) if len(curve.y))[max(epoch, 1) - 1]
        mark = {"x": [max(epoch, 1)], "y": [float(last)], "mode": "markers", "name": "unguarded dies", "marker": cross}
        traces.append(trace("scatter", **mark, hovertext=[escaped(words)], hovertemplate="%{hovertext}<extra></extra>"))
    epochs = max(float(curve.x.max(initial=1)) for curve in curves)
    drawn = figure(
        traces,
        layout(
            "Running loss",
            "logarithmic axes",
            height=_HEIGHT,
            margin={"b": 44, "l": 54},
            showlegend=True,
            legend={"x": 0, "xanchor": "left", "y": 0, "yanchor": "bottom", "font": FONT, "bgcolor": "rgba(0,0,0,0)"},
            xaxis=axis(
                type="log", range=[-0.05, float(np.log10(epochs)) + 0.05], dtick=1, title=axis_title("epochs trained")
            ),
            yaxis=axis(type="log", **decades(*(curve.y[np.isfinite(curve.y)] for curve in curves))),
            meta={"label": "Running loss by route over epochs trained"},
        ),
    )
    return Chart("training", lambda: drawn)


def _drawn(
    x: NDArray[np.float64], y: NDArray[np.float64], shown: NDArray[np.bool_]
) -> dict[str, PlotlyJSON | list[float | None]]:
    """Give the points from the first to the last that is shown; a gap between them is None."""
    inside = slice(*(np.flatnonzero(shown)[[0, -1]] + [0, 1])) if shown.any() else slice(0)
    x, y, shown = x[inside], y[inside], shown[inside]
    if shown.all():
        return {"x": typed(x), "y": typed(y)}
    return {"x": typed(x), "y": [float(value) if there else None for value, there in zip(y, shown, strict=True)]}


def _ends(x: NDArray[np.float64], y: NDArray[np.float64], shown: NDArray[np.bool_]) -> list[tuple[float, float]]:
    """Find the points at which a curve ends at a gap, without the two ends of the whole range."""
    last = np.flatnonzero(shown & ~(np.append(shown[1:], True) & np.insert(shown[:-1], 0, True)))
    return [(float(x[i]), float(y[i])) for i in last]


def _all_decades(sizes: NDArray[np.float64]) -> dict[str, Any]:
    """Choose a logarithmic axis that shows every positive finite value."""
    exponents = np.log10(sizes[np.isfinite(sizes) & (sizes > 0)])
    low, high = float(np.floor(exponents.min())), float(np.ceil(exponents.max()))
    return {
        "type": "log",
        "range": [low, high + 0.02 * (high - low)],
    } | powers(low, high, int(np.ceil((high - low) / 4)))
