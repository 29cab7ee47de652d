"""The decision plane: ŷ of one output over two inputs, the samples on it, and the line where ŷ is 0.5."""

from typing import Any, Final

import numpy as np

from classifier import Experiment
from pages.playground.chosen_chart.arrays import CODES_A_UNIT, Plane, every_nth, plane, points_across
from pages.playground.chosen_chart.choice import Decision, box
from pages.playground.chosen_chart.colorbar import colorbar
from pages.shared.charts import palette
from pages.shared.charts.axes import axis, axis_title
from pages.shared.charts.base import escaped, layout, named
from pages.shared.charts.chart import Chart, PlotlyJSON, figure, trace
from pages.shared.charts.heatmaps import exact
from pages.shared.text.quoting import shortened

_TICKS: Final = (0.02, 0.1, 0.5, 0.9, 0.98)
_SHOWN_INPUTS: Final = 8
_ROOM: Final = 10  # letters of a name beside the title; the box above the chart shows all of them


def decision(experiment: Experiment, settings: Decision) -> Chart:
    """Show the decision plane, in the colours that the predictions have.

    Parameters
    ----------
    experiment : Experiment
    settings : Decision
        Fitted to the experiment.
    """
    return Chart(
        "decision",
        lambda: _draw(experiment, settings, plane(experiment, settings)),
        [
            {"trace": trace, "attribute": attribute, "array": array}
            for trace, attribute, array in (
                (0, "z", "plane_logits"),
                (1, "z", "plane_logits"),
                (2, "customdata", "plane_yhat"),
                (3, "marker.opacity", "plane_wrong"),
            )
        ],
    )


def _draw(experiment: Experiment, settings: Decision, plane: Plane) -> PlotlyJSON:
    points = points_across(experiment)
    x, y = (np.linspace(*ends, points).tolist() for ends in (plane.across, plane.up))
    grid: dict[str, Any] = {"x": x, "y": y, "hoverinfo": "skip"}
    curved = bool(experiment.hidden)
    across, up = (named(experiment.input_names[index]) for index in (settings.across, settings.up))
    output = named(shortened(experiment.label_names[settings.output], _ROOM))
    legend = _legend(experiment, settings, plane)
    two = settings.up != settings.across
    upward = {"title": axis_title(f"<b>{up}</b>")} if two else {"showticklabels": False, "showgrid": False}
    return figure(
        [
            # Contours of a grid take Plotly many times as long as a picture of it.
            trace("heatmap", **grid, **_scale()) if curved else trace("contour", **grid, **_bands()),
            trace(
                "contour",
                **grid,
                autocontour=False,
                contours={"start": 0, "end": 0, "size": 1, "coloring": "none"},
                line={"color": palette.INK, "width": 2.5},
                showscale=False,
            ),
            *_samples(experiment, settings, plane),
        ],
        layout(
            "Decision",
            f"ŷ of {output}",
            margin={"l": 58 if two else 20, "r": 54, "b": 62 if legend.count("<br>") == 0 else 80},
            xaxis=axis(range=list(plane.across), title=axis_title(f"<b>{across}</b><br>{legend}"), nticks=5),
            yaxis=axis(range=list(plane.up), nticks=6, **upward),
            meta={"label": f"ŷ over {_plain(experiment, settings)}, with the samples"} | box("decision"),
        ),
    )


def _bands() -> dict[str, Any]:
    # Plotly colours a band by the value in its middle; the scale runs from below the first level to above the last. The
    # levels are straight lines, so the values at four corners give them exactly.
    return {
        "autocontour": False,
        "contours": {
            "start": -palette.BAND_LIMIT,
            "end": palette.BAND_LIMIT,
            "size": palette.BAND_STEP,
            "coloring": "fill",
            "showlines": False,
        },
        **_colours(1),
    }


def _scale() -> dict[str, Any]:
    """Colour a grid of coded z as the bands would be, without steps between them."""
    end = CODES_A_UNIT * (palette.BAND_LIMIT + palette.BAND_STEP / 2)
    return {"zmin": -end, "zmax": end, "zsmooth": "best", **_colours(CODES_A_UNIT)}


def _colours(unit: float) -> dict[str, Any]:
    last = len(palette.BANDS) - 1
    ticks = [unit * float(np.log(p / (1 - p))) for p in _TICKS]
    return {
        "colorscale": [[index / last, colour] for index, colour in enumerate(palette.BANDS)],
        "colorbar": colorbar(ticks, [f"{p:g}" for p in _TICKS]),
    }


def _samples(experiment: Experiment, settings: Decision, plane: Plane) -> list[PlotlyJSON]:
    order, x, y = plane.order, experiment.input_array, experiment.label_array
    filled = y[order, settings.output] > 0.5
    size = 1.0 if len(order) <= 60 else 0.6
    points = {
        "x": x[order, settings.across].astype(float).tolist(),
        "y": x[order, settings.up].astype(float).tolist() if settings.up != settings.across else [0.0] * len(order),
        "mode": "markers",
    }
    samples = trace(
        "scatter",
        **points,
        marker={
            # A hollow one is larger, so that a filled one at the same place stands inside it.
            "size": np.where(filled, 10 * size, 14 * size).tolist(),
            "color": [palette.INK if one else palette.PAPER for one in filled],
            "line": {
                "color": [palette.PAPER if one else palette.INK for one in filled],
                "width": 1.5 if size < 1 else 2,
            },
            "opacity": np.where(plane.on_it[order], 1.0, 0.5).tolist(),
        },
        hovertext=_hovers(experiment, settings, plane),
        hovertemplate=f"%{{hovertext}}<br>ŷ %{{customdata:{exact(experiment.dtype)}}}<extra></extra>",
    )
    line = {"color": palette.WRONG, "width": 2.5 if size == 1 else 1.5}
    wrong = {"symbol": "x-thin", "size": 13 * size, "line": line, "opacity": 0}
    return [samples, trace("scatter", **points, marker=wrong, hoverinfo="skip")]


def _hovers(experiment: Experiment, settings: Decision, plane: Plane) -> list[str]:
    """Write what hovering says of each sample: which it is, its inputs, its label."""
    x, y = experiment.inputs, experiment.labels
    columns = list(dict.fromkeys([settings.across, settings.up, *range(experiment.in_features)]))
    shown, rest = columns[:_SHOWN_INPUTS], len(columns) - _SHOWN_INPUTS
    place = [(row[settings.across], row[settings.up]) for row in x]
    there: dict[tuple[float, float], list[int]] = {}
    for index, point in enumerate(place):
        there.setdefault(point, []).append(index)

    def text(index: int) -> str:
        also = [str(other + 1) for other in there[place[index]] if other != index]
        named_also = ", ".join(also[:5]) + (", …" if len(also) > 5 else "")
        return "<br>".join(
            [
                f"<b>sample {index + 1}</b>" + (f" (at this place also {named_also})" if also else ""),
                *(f"{escaped(experiment.input_names[column])} {x[index][column]:.9g}" for column in shown),
                *([f"and {rest} more inputs"] if rest > 0 else []),
                f"label {escaped(experiment.label_names[settings.output])} {y[index][settings.output]:.9g}",
            ]
        )

    return [text(int(index)) for index in plane.order]


def _legend(experiment: Experiment, settings: Decision, plane: Plane) -> str:
    """Say what the marks mean, and which samples have none."""
    hard = set(experiment.label_array[:, settings.output].tolist()) <= {0.0, 1.0}
    lines = [f"{'● 1  ○ 0' if hard else '● &gt; 0.5  ○ not'}  × wrong  <b>—</b> ŷ = 0.5"]
    if every_nth(experiment) > 1:
        lines.append(f"{len(plane.order)} of {experiment.samples} samples")
    if not plane.on_it.all():
        lines.append("pale: other inputs")
    return lines[0] + "".join(f"<br>{'  '.join(lines[1:])}" if lines[1:] else "")


def _plain(experiment: Experiment, settings: Decision) -> str:
    names = dict.fromkeys(experiment.input_names[index] for index in (settings.across, settings.up))
    return f"{' and '.join(names)} for {experiment.label_names[settings.output]}"
