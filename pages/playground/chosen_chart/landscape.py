"""The loss landscape: the data-set loss over two parameters, and the way that gradient descent took there."""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from classifier import Experiment
from pages.playground.chosen_chart.arrays import Surface
from pages.playground.chosen_chart.choice import Landscape, box
from pages.playground.chosen_chart.colorbar import colorbar
from pages.shared.charts import palette
from pages.shared.charts.axes import axis, axis_title
from pages.shared.charts.base import FONT, layout, named
from pages.shared.charts.chart import Chart, PlotlyJSON, figure, trace, typed
from pages.shared.text.names import parameter_name

_UNKNOWN: Final = "The final weights are<br>not known before the run<br>is trained: press To end."
_HIDDEN: Final = "The final weights are<br>hidden: press Show."
_LEVELS: Final = 16
_TINY: Final = 1e-6  # of the highest loss: what is below is drawn as that


def landscape(
    experiment: Experiment, settings: Landscape, surface: Callable[[], Surface] | None, *, hides: bool = False
) -> Chart:
    """Show contours of the loss, the path over them, where it ends, and where it stands.

    Parameters
    ----------
    experiment : Experiment
    settings : Landscape
        Fitted to the experiment.
    surface : callable or None
        Computes the loss; None while the run is not trained to its end, or that is hidden.
    hides : bool
        Whether it is hidden.
    """
    path = {"x": "path_across", "y": "path_up"}
    with_epoch = path | {"customdata": "position"}
    return Chart(
        "landscape",
        lambda: _draw(experiment, settings, surface() if surface else None, _HIDDEN if hides else _UNKNOWN),
        [
            {"trace": trace, "attribute": attribute, "array": array, "how": how}
            for trace, how, shown in ((1, "all", with_epoch), (2, "up_to", path), (4, "at", with_epoch))
            for attribute, array in shown.items()
        ],
    )


def _draw(experiment: Experiment, settings: Landscape, surface: Surface | None, lack: str) -> PlotlyJSON:
    across, up = (
        parameter_name(experiment, entry.output, entry.input, named, entry.layer)
        for entry in (settings.across, settings.up)
    )
    known = surface is not None
    first, second = (name.replace("%", "&#37;") for name in (across, up))  # a name is no template
    here = f"{first} %{{x:.9~g}}<br>{second} %{{y:.9~g}}<extra></extra>"
    path: dict[str, Any] = {"mode": "lines", "visible": known}
    marks: dict[str, Any] = {"mode": "markers", "visible": known}
    bare: dict[str, Any] = {} if known else {"showticklabels": False, "showgrid": False}
    ends = {"x": [surface.final[0]], "y": [surface.final[1]]} if surface else {}
    note = {"text": lack, "xref": "paper", "yref": "paper", "x": 0.5, "y": 0.5, "showarrow": False, "font": FONT}
    notes: dict[str, Any] = {} if known else {"annotations": [note]}
    return figure(
        [
            _contours(surface, here) if surface else trace("contour", visible=False),
            trace(
                "scatter",
                **path,
                line={"color": palette.INK, "width": 1, "dash": "dot"},
                hovertemplate=f"epoch %{{customdata}}<br>{here}",
            ),
            trace("scatter", **path, line={"color": palette.INK, "width": 3}, hoverinfo="skip"),
            trace(
                "scatter",
                **marks,
                **ends,
                marker={"symbol": "diamond", "size": 12, "color": palette.PAPER, "line": _outline(palette.INK)},
                hovertemplate=f"<b>the end of the run</b><br>{here}",
            ),
            trace(
                "scatter",
                **marks,
                marker={"size": 11, "color": palette.ACCENT, "line": _outline(palette.PAPER)},
                hovertemplate=f"<b>epoch %{{customdata}}</b><br>{here}",
            ),
        ],
        layout(
            "Landscape",
            "data-set loss",
            margin={"l": 58, "r": 54, "b": 44},
            xaxis=axis(
                range=_ends(surface.across if surface else None), title=axis_title(f"<b>{across}</b>"), nticks=5, **bare
            ),
            yaxis=axis(
                range=_ends(surface.up if surface else None), title=axis_title(f"<b>{up}</b>"), nticks=6, **bare
            ),
            meta={"label": "Data-set loss over two parameters, with the path of gradient descent"} | box("landscape"),
            **notes,
        ),
    )


def _contours(surface: Surface, here: str) -> PlotlyJSON:
    loss = surface.loss
    high = float(loss.max())
    low = max(float(loss.min()), _TINY * high)
    # Steps of equal ratio where equal differences would leave the valley, which is what matters, one flat colour.
    logarithmic = high > 5 * low > 0
    height = np.log10(np.maximum(loss, low)) if logarithmic else loss
    bottom, top = float(height.min()), float(height.max())
    step = _round_step((top - bottom) / _LEVELS)
    ticks = _log_ticks(low, high) if logarithmic else _multiples(_round_step((top - bottom) / 4), low, high)
    levels = _multiples(step, bottom + step / 100, top - step / 100) or [top]
    return trace(
        "contour",
        x=typed(surface.across),
        y=typed(surface.up),
        z=typed(height.astype(np.float32)),
        customdata=typed(loss),
        autocontour=False,
        contours={"start": levels[0], "end": levels[-1], "size": step, "coloring": "fill"},
        line={"color": palette.GRID, "width": 1},
        colorscale=palette.LOSS,
        colorbar=colorbar(
            [float(np.log10(tick)) for tick in ticks] if logarithmic else ticks, [f"{tick:.6g}" for tick in ticks]
        ),
        hovertemplate=f"loss %{{customdata:.9~g}}<br>{here}",
    )


def _round_step(about: float) -> float:
    """Give 1, 2 or 5 times a power of ten that is not below a number; 1 for none."""
    if about < np.finfo(float).tiny:  # a range that underflows is none
        return 1.0
    power = 10.0 ** np.floor(np.log10(about))
    return float(next(factor * power for factor in (1, 2, 5, 10) if factor * power >= about))


def _multiples(step: float, low: float, high: float) -> list[float]:
    return [float(step * n) for n in range(int(np.ceil(low / step)), int(np.floor(high / step)) + 1)]


def _log_ticks(low: float, high: float) -> list[float]:
    """Choose round numbers between two losses: powers of ten, or also numbers between these if they are few."""
    powers = range(int(np.floor(np.log10(low))), int(np.ceil(np.log10(high))) + 1)
    ticks: list[float] = []
    for mantissas in ((1,), (1, 3), (1, 2, 5)):
        ticks = [float(f"{m}e{power}") for power in powers for m in mantissas]
        ticks = [tick for tick in ticks if low <= tick <= high]
        if len(ticks) >= 3:
            break
    return ticks[:: -(-len(ticks) // 5) or 1]


def _ends(values: NDArray[np.float64] | None) -> list[float]:
    return [0.0, 1.0] if values is None else [float(values[0]), float(values[-1])]


def _outline(colour: str) -> dict[str, Any]:
    return {"color": colour, "width": 2}
