"""What the charts of a running loss over epochs have in common: axes, both views of them, what hovering says."""

from typing import Any, Final

from numpy.typing import NDArray

from pages.shared.charts.axes import LAST_TICK, axis, decades, epochs_axis
from pages.shared.charts.base import layout
from pages.shared.charts.heatmaps import exact

HOVER: Final = f"epoch %{{x}}<br>running loss %{{y:{exact('float64')}}}<extra></extra>"


def loss_layout(
    epochs: int,
    values: NDArray[Any],
    label: str,
    about: str = "",
    *,
    first: str,
    **rest: Any,  # noqa: ANN401 - passed on to Plotly
) -> dict[str, Any]:
    """Lay out a chart of the running loss.

    Parameters
    ----------
    epochs : int
        Length of the axis.
    values : ndarray
        All that is drawn.
    label, about : str
        For those who do not see the chart; beside the title.
    first : {"linear", "log"}
        The view at first.
    """
    upward = {
        "linear": {"type": "linear", "tickmode": "auto", "range": [0.0, float(values.max(initial=0.0)) * 1.05 or 1.0]},
        "log": {"type": "log", **decades(values)},
    }
    names = sorted(upward, key=lambda name: name != first)
    return layout(
        "Loss",
        about,
        margin={"b": 68, "r": LAST_TICK},
        xaxis=epochs_axis(
            epochs, "each step’s loss just before its update,<br>summed over the epoch · <b>epochs trained</b>"
        ),
        yaxis=axis(**upward[first]),
        # Hovering anywhere in the plot shows the nearest epoch, and a click goes to it.
        hoverdistance=-1,
        meta={
            "label": label,
            "seeks": True,
            "views": {name: {f"yaxis.{key}": value for key, value in upward[name].items()} for name in names},
        },
        **rest,
    )
