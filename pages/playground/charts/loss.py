"""The chart of the running loss, with another run's behind it and marks where the learning rate changes."""

from typing import Any, Final

import numpy as np

from classifier import Experiment
from pages.playground.charts.run_shown import Pinned, RunShown
from pages.shared.charts import palette
from pages.shared.charts.base import FONT, escaped, upright
from pages.shared.charts.chart import Chart, PlotlyJSON, figure, trace, typed
from pages.shared.charts.running_loss import HOVER, loss_layout
from pages.shared.text.typed_numbers import format_number

_PINNED_ROOM: Final = 22  # letters beside the title; hovering shows all
_LABEL_SHARE: Final = 0.25  # of the width of the chart, for the label of a change of the learning rate


def loss(run: RunShown) -> Chart:
    """Show the running loss: the whole run as a pale line, what has been played over it, and where it stands.

    Each change of the learning rate is a thin line with the new rate.
    """
    behind = run.pinned is not None
    return Chart(
        "loss",
        lambda: _draw(run),
        [
            {"trace": trace, "attribute": axis, "array": array, "how": how, "first": 1}
            for trace, how in enumerate(("all", "up_to", "at"), int(behind))
            for axis, array in (("x", "position"), ("y", "running_loss"))
        ],
    )


def _draw(run: RunShown) -> PlotlyJSON:
    epochs, pinned = run.experiment.epochs, run.pinned
    values = run.history.running_loss[1:]
    about, behind = "", []
    if pinned is not None:
        about, behind = _beside(f"pinned: {pinned.name}"), [_pinned(pinned)]
        # The part of it that this run's axis of epochs has.
        past = pinned.history[1 : int(np.searchsorted(pinned.history.position, max(epochs, 1), side="right"))]
        values = np.concatenate([values, past.running_loss])
    return figure(
        [
            *behind,  # by its place: with `zorder`, Plotly would cut the mark at the axis
            trace("scatter", line={"color": palette.PALE, "width": 2}, mode="lines", hovertemplate=HOVER),
            # No hover label: the pale line under it has the same one.
            trace("scatter", line={"color": palette.INK, "width": 2}, mode="lines", hoverinfo="skip"),
            # Not clipped, so that the mark is whole at the end of the axis, too.
            trace(
                "scatter",
                mode="markers",
                marker={"color": palette.ACCENT, "size": 9},
                hoverinfo="skip",
                cliponaxis=False,
            ),
        ],
        loss_layout(
            epochs,
            values,
            "Running loss over epochs trained",
            about,
            first="linear",
            hovermode="x",
            **_rate_changes(run.experiment),
        ),
    )


def _pinned(pinned: Pinned) -> PlotlyJSON:
    name, past = f"<b>pinned: {escaped(pinned.name)}</b>", pinned.history[1:]
    return trace(
        "scatter",
        x=typed(past.position.astype(np.int32)),
        y=typed(past.running_loss),
        # One epoch makes no line.
        mode="lines" if len(past) > 1 else "markers",
        line={"color": palette.PINNED, "width": 2, "dash": "dash"},
        marker={"color": palette.PINNED, "size": 9},
        hovertemplate=f"{name}<br>{HOVER}",
    )


def _beside(text: str) -> str:
    """Shorten a list of parts to those that fit as a whole: a number that is cut would read as another number."""
    parts = text.split(", ")
    fitting = (count for count in range(len(parts), 1, -1) if len(", ".join(parts[:count])) <= _PINNED_ROOM)
    shown = parts[: next(fitting, 1)]
    rest = ["…"] if len(shown) < len(parts) else []
    return escaped(", ".join(shown + rest))


def _rate_changes(experiment: Experiment) -> dict[str, Any]:
    """Mark where the learning rate changes; a mark close to the one before has no room for its label."""
    shapes, labels, free = [], [], 0.0
    for position, rate in experiment.schedule:
        if position >= experiment.epochs:
            break
        shapes.append(upright(position, palette.QUIET))
        late = position / experiment.epochs > 1 - _LABEL_SHARE
        left = position / experiment.epochs - _LABEL_SHARE * late
        if left < free:
            continue
        free = left + _LABEL_SHARE
        label = {"text": f"lr {format_number(rate)}", "font": FONT, "showarrow": False}
        side = {"xanchor": "right" if late else "left", "yanchor": "top"}
        labels.append({"x": position, "y": 1, "xref": "x", "yref": "paper", **label, **side})
    return {"shapes": shapes, "annotations": labels} if shapes else {}
