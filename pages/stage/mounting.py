"""The stage: one mounted component that plays recorded arrays on Plotly charts in the browser.

It knows nothing of this project's mathematics. The browser plays what Python sends at its own pace, and asks for more
when it runs short. The server has no timer: Python computes only when a browser asks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from numpy.typing import NDArray

from pages.stage.component import component
from pages.stage.files import PLOTLY_JS
from pages.stage.message import message
from pages.stage.player import HTML
from pages.stage.plotly_js import plotly_source

_WITH_FIGURES: Final = ("bindings", "dark", "readouts", "words")
# Not isolated: Plotly puts its styles into the document.
_component = component(Path(__file__).with_name("stage.js"), HTML, isolate_styles=False)


def stage(
    key: str,
    data: Mapping[str, Any],
    frames: Mapping[str, NDArray[Any]],
    *,
    plotly: bool = False,
    on_view: Callable[[], None] | None = None,
    on_pressed: Callable[[], object],
) -> None:
    """Mount the player, or hand the mounted one what is new.

    Parameters
    ----------
    key : str
        Constant name of this player on the page; keeps it mounted across reruns.
    data, frames : mappings
        See `message`.
    plotly : bool
        Whether to send Plotly.js itself, because of `View.lost`: some proxies let no address through but those of
        Streamlit.
    on_view, on_pressed : callable, optional
        Called before the script when the browser has reported something, or something was pressed: `View` reads it.
    """
    # What comes with the figures is the browser's already, if they are.
    new = data if data["figures"] else {name: told for name, told in data.items() if name not in _WITH_FIGURES}
    _component(
        key=key,
        data=message({**new, "plotly": PLOTLY_JS, "source": plotly_source() if plotly else None}, frames),
        on_view_change=on_view or (lambda: None),
        on_pressed_change=on_pressed,
    )
