"""A press that the next message overtakes counts: Streamlit 1.67 forgets it.

As a run begins, Streamlit looks whether a newer message has come, and then runs that one instead. Which button was
pressed stands in the older one alone, and its callback was not called yet. A player that plays tells its position at
each press, so a second message is close behind many.
"""

from __future__ import annotations

from typing import Any

from streamlit.runtime.state.safe_session_state import SafeSessionState


def keep_presses() -> None:
    """Have Streamlit call the callbacks of each message first. It looks for a newer one right after them."""

    def call(self: SafeSessionState, *given: Any, **named: Any) -> None:  # noqa: ANN401 - as Streamlit's own
        with self._lock:
            self._state.on_script_will_rerun(*given, **named)

    SafeSessionState.on_script_will_rerun = call  # type: ignore[method-assign]
