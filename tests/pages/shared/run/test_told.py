"""A player is sent what it lacks, once; what it says about another experiment is passed over."""

from __future__ import annotations

from typing import Any

import pytest
import streamlit as st

from classifier import Experiment, Run
from pages.shared.run import told
from pages.shared.run.told import Told
from pages.shared.session import state
from tests.session import begin_session

KEY = "a_player"


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Be the browser: what is in it is what the player says."""
    view: dict[str, Any] = {}
    begin_session(monkeypatch, {KEY: {"view": view}})
    return view


def hand_over(lack: told.Lack) -> None:
    vars(state.kept(KEY, Told)).update(vars(lack.told))


def test_a_player_that_knows_nothing_gets_the_first_chunk_and_the_figures(browser: dict[str, Any]) -> None:
    assert not browser
    assert told.lack(KEY, "run", 100) == told.Lack(0, 100, True, Told("run"))


def test_a_rerun_for_another_reason_repeats_nothing(browser: dict[str, Any]) -> None:
    hand_over(told.lack(KEY, "run", 100))
    browser.update(run="run", have=100)
    lack = told.lack(KEY, "run", 100)
    assert (lack.start, lack.stop, lack.figures) == (100, 100, False)


def test_on_return_to_its_page_it_is_a_new_player(browser: dict[str, Any]) -> None:
    hand_over(told.lack(KEY, "run", 100))
    state.current().visits += 2  # to another page and back
    lack = told.lack(KEY, "run", 100)
    assert (lack.start, lack.stop, lack.figures) == (0, 100, True)
    hand_over(lack)
    browser.update(run="run", have=100)
    assert told.lack(KEY, "run", 100).stop == 100


def test_a_question_is_answered_once(browser: dict[str, Any]) -> None:
    hand_over(told.lack(KEY, "run", 100))
    browser.update(run="run", have=100, question=7)
    lack = told.lack(KEY, "run", 100)
    assert (lack.start, lack.stop, lack.figures, lack.told.question) == (100, 200, True, 7)
    hand_over(lack)
    assert told.lack(KEY, "run", 100).stop == 100


def test_a_browser_without_plotly_gets_it_with_all_that_it_missed(browser: dict[str, Any]) -> None:
    hand_over(told.lack(KEY, "run", 100))
    st.session_state[KEY]["lost"] = True
    assert told.lack(KEY, "run", 100) == told.Lack(0, 100, True, Told("run"), plotly=True)
    del st.session_state[KEY]["lost"]
    assert not told.lack(KEY, "run", 100).plotly


def test_another_run_starts_at_its_beginning(browser: dict[str, Any]) -> None:
    hand_over(told.lack(KEY, "run", 100))
    browser.update(run="run", have=100)
    lack = told.lack(KEY, "other", 50)
    assert (lack.start, lack.stop, lack.figures) == (0, 50, True)


def test_what_stands_beside_is_drawn_anew_without_a_frame(browser: dict[str, Any]) -> None:
    hand_over(told.lack(KEY, "run", 100))
    browser.update(run="run", have=100)
    lack = told.lack(KEY, "run", 100, "pinned")
    assert (lack.start, lack.stop, lack.figures) == (100, 100, True)
    hand_over(lack)
    assert not told.lack(KEY, "run", 100, "pinned").figures


def test_a_position_counts_if_it_is_about_this_experiment(browser: dict[str, Any]) -> None:
    browser.update(position=70, jump=state.openings())
    told.moved(KEY)
    assert state.position() == 70
    browser.update(position=30, jump=state.openings() + 1)
    told.moved(KEY)
    assert state.position() == 70


def test_a_run_that_was_dropped_is_trained_to_where_the_player_is(
    browser: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(told, "TRAIN_S", 0.0)  # an epoch at a time
    hand_over(told.lack(KEY, "run", 100))
    browser.update(run="run", have=100, question=7)
    run = Run(Experiment.tutorial())
    told.train(run, told.lack(KEY, "run", 50))
    assert 100 < len(run.history) < 150
    # A browser may say anything: there is no more than there is.
    browser.update(have=10**9)
    told.train(run, told.lack(KEY, "run", 50))
    assert run.done


def test_a_player_that_has_all_trains_nothing(browser: dict[str, Any]) -> None:
    hand_over(told.lack(KEY, "run", 100))
    browser.update(run="run", have=1)
    run = Run(Experiment.tutorial())
    told.train(run, told.lack(KEY, "run", 50))
    assert run.position == 0
