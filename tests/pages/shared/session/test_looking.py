"""A run that is out of date ends where something is drawn, and never where something is half kept."""

from __future__ import annotations

from typing import Any

import pytest

from pages.shared.draft.table import to_payload
from pages.shared.run import player
from pages.shared.session import controls, state, widgets
from pages.shared.session.looking import give_way, look
from pages.stage.view import View
from tests.session import begin_session


class EndError(Exception):
    """Streamlit ends the run."""


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Be a browser with something new to say: whatever lets Streamlit end the run does so from here on."""
    outdated: list[bool] = []

    def yields() -> None:
        if outdated:
            raise EndError

    session = begin_session(monkeypatch, yields=yields)
    mine = state.current()
    mine.begins = False  # a run has drawn all
    table = to_payload(mine.draft.table)
    table["rows"][0][0] = "7"
    epochs, _ = controls.field("epochs")
    values = {
        controls.SHEET_KEY: {"table": {**table, "name": mine.sheet[0], "version": 1}},
        epochs: "1234",
        "player": {"pressed": [[1, "action", "Pin"]], "view": {"position": 9, "jump": mine.openings}},
    }
    for key, value in values.items():
        session[key] = value
    outdated.append(True)
    return values


def test_what_was_typed_is_read_whole(held: dict[str, Any]) -> None:
    assert held
    experiment = controls.read_controls().experiment
    assert experiment is not None
    assert (experiment.inputs[0][0], experiment.epochs) == (7, 1234)
    assert state.experiment() == experiment


def test_a_press_that_is_acknowledged_is_acted_upon(held: dict[str, Any]) -> None:
    assert player.pressed("player") == [("action", "Pin")]
    player.moved("player")
    assert state.position() == 9
    assert View.read(widgets.widget("player")).position == 9
    assert held


def test_a_widget_keeps_its_place(held: dict[str, Any]) -> None:
    assert widgets.standing("slider", 0.5) == widgets.key_of("slider", 0)
    assert widgets.standing("slider", 0.7) == widgets.key_of("slider", 1)
    assert look("nothing") is None
    assert look("nothing", 3) == 3
    assert held


def test_what_takes_long_ends_if_it_is_out_of_date(held: dict[str, Any]) -> None:
    assert held
    with pytest.raises(EndError):
        give_way()
