"""Widgets that are mounted anew when they must show something else."""

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.session import state, widgets
from tests.session import begin_session


def page() -> None:
    """Mount a widget three times, and let each of the three report a choice."""
    import streamlit as st

    from pages.shared.session import widgets

    heard: list[tuple[str, object]] = []
    first = widgets.standing("epoch_2000", 182)
    st.session_state[first] = 182
    on_first = widgets.choice(first, lambda: heard.append(("first", widgets.widget(first))))
    second = widgets.standing("epoch_2000", 17)
    on_first()  # the browser has not drawn the second one yet, and reports what the first one showed
    st.session_state[first] = 300
    on_first()  # now the first one reports a choice
    st.session_state[second] = 17
    on_second = widgets.choice(second, heard.append, ("second", 17))
    on_second()
    widgets.standing("epoch_2000", 20)
    on_first()
    on_second()
    st.session_state["heard"] = heard


def test_a_widget_that_was_mounted_anew_says_what_was_chosen_and_not_what_it_showed() -> None:
    visit = AppTest.from_function(page, default_timeout=20).run()
    assert not visit.exception, visit.exception
    assert visit.session_state["heard"] == [("first", 300), ("second", 17)]


def test_what_is_typed_before_a_page_has_drawn_all_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A session that draws a widget for the first time has its value from the browser, and calls no ``on_change``."""
    session, heard = begin_session(monkeypatch), []
    for begins, counts in ((True, ["0.33"]), (False, [])):
        heard.clear()
        state.current().begins = begins
        key = widgets.standing(f"reach {begins}", "")
        widgets.choice(key, lambda key=key: heard.append(widgets.widget(key)))
        session[key] = "0.33"  # drawn
        assert widgets.hear() == bool(counts)
        assert heard == counts
