"""What the browser's widgets hold when a session begins: nothing, unless the session replaces one that was lost.

A server that was restarted, or that gave up a visitor whose connection was cut for long, begins a new session for a
page that the browser shows already. Streamlit gives a script the values of widgets only after it has drawn them once.
By then they would have been drawn under other keys, and what was typed would be lost.
"""

import json
from typing import Final

from streamlit.runtime.scriptrunner import get_script_run_ctx

_ID: Final = "$$ID-"


def held() -> dict[str, object]:
    """Give the values of the browser's widgets by their keys, as they were sent."""
    context = get_script_run_ctx()
    found: dict[str, object] = {}
    for state in [] if context is None else context.session_state.get_widget_states():
        kind = state.WhichOneof("value")
        _, _, key = state.id.removeprefix(_ID).partition("-")
        if kind is None or not state.id.startswith(_ID):
            continue
        value = getattr(state, kind)
        if kind == "json_value":
            try:
                value = json.loads(value)
            except ValueError:
                continue
        if isinstance(value, str | int | float | dict):
            found[key] = value
    return found


def mounted(found: dict[str, object], start: str) -> int | None:
    """Give how often a widget was mounted, from the keys that begin with ``start``; None if it was not."""
    ends = [key.removeprefix(start) for key in found if key.startswith(start)]
    numbers = [int(end) for end in ends if end.isascii() and end.isdecimal() and len(end) < 9]
    return max(numbers, default=None)
