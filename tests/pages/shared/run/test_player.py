"""A player is sent what it lacks, once, in small messages; what it says about another experiment is passed over."""

from __future__ import annotations

from typing import Any

import pytest
import streamlit as st

from classifier import Experiment, Run
from pages.playground.chosen_chart.choice import CHARTS, Choice
from pages.playground.screen import screen
from pages.shared.run import player
from pages.shared.run.player import Sent
from pages.shared.session import state
from tests.session import begin_session

KEY = "a_player"


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Be the browser: what is in it is what the player says."""
    view: dict[str, Any] = {}
    begin_session(monkeypatch, {KEY: {"view": view}})
    return view


def hand_over(lack: player.Lack) -> None:
    vars(state.kept(KEY, Sent)).update(vars(lack.sent))


def test_a_player_that_knows_nothing_gets_the_first_chunk_and_the_figures(browser: dict[str, Any]) -> None:
    assert not browser
    assert player.lack(KEY, "run", 100) == player.Lack(0, 100, True, Sent("run"))


def test_a_rerun_for_another_reason_repeats_nothing(browser: dict[str, Any]) -> None:
    hand_over(player.lack(KEY, "run", 100))
    browser.update(run="run", have=100)
    lack = player.lack(KEY, "run", 100)
    assert (lack.start, lack.stop, lack.figures) == (100, 100, False)


def test_on_return_to_its_page_it_is_a_new_player(browser: dict[str, Any]) -> None:
    hand_over(player.lack(KEY, "run", 100))
    state.current().visits += 2  # to another page and back
    lack = player.lack(KEY, "run", 100)
    assert (lack.start, lack.stop, lack.figures) == (0, 100, True)
    hand_over(lack)
    browser.update(run="run", have=100)
    assert player.lack(KEY, "run", 100).stop == 100


def test_a_question_is_answered_once(browser: dict[str, Any]) -> None:
    hand_over(player.lack(KEY, "run", 100))
    browser.update(run="run", have=100, question=7)
    lack = player.lack(KEY, "run", 100)
    assert (lack.start, lack.stop, lack.sent.question) == (100, 200, 7)
    hand_over(lack)
    assert player.lack(KEY, "run", 100).stop == 100


def test_figures_go_again_when_more_is_trained_or_when_a_message_did_not_arrive(
    browser: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[tuple[int, int, bool]] = []

    def mount(_key: str, data: dict[str, Any], frames: dict[str, Any], **_: object) -> None:
        given.append((data["start"], len(frames.get("weights_1", ())), data["figures"] is not None))

    monkeypatch.setattr(player, "stage", mount)
    run = Run(Experiment.tutorial().replace(epochs=100))
    shown = screen(run, 0, Choice())
    monkeypatch.setattr(player, "CHUNK_BYTES", 10 * sum(array.nbytes for array in shown.frames(slice(0, 1)).values()))

    def rerun(**said: object) -> tuple[int, int, bool]:
        browser.update(said)
        player.player(KEY, run, lambda: screen(run, 0, Choice()))
        return given[-1]

    monkeypatch.setattr(player, "TRAIN_S", 0.0)
    monkeypatch.setattr(player.runs, "_PIECES", 1)  # an epoch at a time
    assert rerun() == (0, 2, True)
    assert rerun(run=shown.name, have=2, question=1) == (2, 1, True)
    run.advance()
    assert rerun(have=3, question=2) == (3, 10, True)
    assert rerun(have=13, question=3) == (13, 10, False)
    assert rerun() == (13, 0, False)
    assert rerun(question=4) == (13, 10, True)  # the answer before was lost on the way
    assert rerun(have=23, question=5) == (23, 10, False)


def test_a_browser_without_plotly_gets_it_with_all_that_it_missed(browser: dict[str, Any]) -> None:
    hand_over(player.lack(KEY, "run", 100))
    st.session_state[KEY]["lost"] = True
    assert player.lack(KEY, "run", 100) == player.Lack(0, 100, True, Sent("run"), plotly=True)
    del st.session_state[KEY]["lost"]
    assert not player.lack(KEY, "run", 100).plotly


def test_another_run_starts_at_its_beginning(browser: dict[str, Any]) -> None:
    hand_over(player.lack(KEY, "run", 100))
    browser.update(run="run", have=100)
    lack = player.lack(KEY, "other", 50)
    assert (lack.start, lack.stop, lack.figures) == (0, 50, True)


def test_what_stands_beside_is_drawn_anew_without_a_frame(browser: dict[str, Any]) -> None:
    hand_over(player.lack(KEY, "run", 100))
    browser.update(run="run", have=100)
    lack = player.lack(KEY, "run", 100, "pinned")
    assert (lack.start, lack.stop, lack.figures) == (100, 100, True)
    hand_over(lack)
    assert not player.lack(KEY, "run", 100, "pinned").figures


def test_a_position_counts_if_it_is_about_this_experiment(browser: dict[str, Any]) -> None:
    browser.update(position=70, jump=state.current().openings)
    player.moved(KEY)
    assert state.position() == 70
    browser.update(position=30, jump=state.current().openings + 1)
    player.moved(KEY)
    assert state.position() == 70


def test_a_run_that_was_dropped_is_trained_to_where_the_player_is(
    browser: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(player, "TRAIN_S", 0.0)  # an epoch at a time
    hand_over(player.lack(KEY, "run", 100))
    browser.update(run="run", have=100, question=7)
    run = Run(Experiment.tutorial())
    player.train(run, player.lack(KEY, "run", 50))
    assert 100 < len(run.history) < 150
    # A browser may say anything: there is no more than there is.
    browser.update(have=10**9)
    player.train(run, player.lack(KEY, "run", 50))
    assert run.done


def test_a_player_that_has_all_trains_nothing(browser: dict[str, Any]) -> None:
    hand_over(player.lack(KEY, "run", 100))
    browser.update(run="run", have=1)
    run = Run(Experiment.tutorial())
    player.train(run, player.lack(KEY, "run", 50))
    assert run.position == 0


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize(("schedule", "dtype"), [((), "float32"), (((5, 0.1),), "float64")])
def test_a_message_holds_as_many_frames_as_it_may_weigh(
    browser: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    chart: str,
    schedule: tuple[tuple[int, float], ...],
    dtype: str,
) -> None:
    assert not browser
    run, sent = Run(Experiment.tutorial().replace(epochs=50, schedule=schedule, dtype=dtype)), []
    monkeypatch.setattr(player, "stage", lambda _key, _data, frames, **_: sent.append(frames))
    weight = sum(array.nbytes for array in screen(run, 0, Choice(chart)).frames(slice(0, 1)).values())
    # The largest frame travels alone, whatever it weighs.
    for room, frames in ((1, 1), (2 * weight - 1, 1), (7 * weight, 7), (60 * weight, 51)):
        state.current().visits += 1
        monkeypatch.setattr(player, "CHUNK_BYTES", room)
        player.player(KEY, run, lambda: screen(run, 0, Choice(chart)))
        assert {len(array) for array in sent[-1].values()} == {frames}
