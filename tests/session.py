"""A session without a script: for tests of what is kept for a visitor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.runtime.state import session_state_proxy
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.runtime.state.session_state import SessionState


def begin_session(
    monkeypatch: pytest.MonkeyPatch, held: dict[str, Any] | None = None, yields: Callable[[], None] = lambda: None
) -> SafeSessionState:
    """Begin a session for what is called outside a script.

    Parameters
    ----------
    monkeypatch : MonkeyPatch
    held : dict, optional
        What the widgets hold, by their keys.
    yields : callable
        What Streamlit does where it may end a run.
    """
    inner = SessionState()
    for key, value in (held or {}).items():
        inner[key] = value
    session = SafeSessionState(inner, yields)
    monkeypatch.setattr(session_state_proxy, "_mock_session_state", session)
    monkeypatch.setattr(session_state_proxy, "_state_use_warning_already_displayed", True)
    return session
