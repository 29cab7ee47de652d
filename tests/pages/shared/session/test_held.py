"""What the widgets of a browser hold, as a session finds it that takes the place of another."""

from types import SimpleNamespace

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

from pages.shared.session import held


def states() -> list[WidgetState]:
    prefix = "$$ID-0123abcd-"
    return [
        WidgetState(id=f"{prefix}control_seed_3", string_value="7"),
        WidgetState(id=f"{prefix}step_epoch_12", double_value=4.0),
        WidgetState(id=f"{prefix}stage", json_value='{"view": {"position": 9}}'),
        WidgetState(id=f"{prefix}torn", json_value="{"),
        WidgetState(id=f"{prefix}none", json_value="null"),
        WidgetState(id=f"{prefix}empty"),
        WidgetState(id="control_seed_9", string_value="not by its key"),
    ]


def test_values_are_found_by_their_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    context = SimpleNamespace(session_state=SimpleNamespace(get_widget_states=states))
    monkeypatch.setattr(held, "get_script_run_ctx", lambda: context)
    found = held.held()
    assert found == {"control_seed_3": "7", "step_epoch_12": 4.0, "stage": {"view": {"position": 9}}}
    assert held.mounted(found, "control_seed_") == 3
    assert held.mounted(found, "control_epochs_") is None
    assert held.mounted({"a_2": 1, "a_10": 1, "a_²": 1, "a_123456789": 1, "a_x": 1}, "a_") == 10


def test_without_a_session_nothing_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held, "get_script_run_ctx", lambda: None)
    assert held.held() == {}
