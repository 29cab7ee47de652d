"""The frame of a page: what is around it without a word of the page, and what the page has for it."""

from __future__ import annotations

import json
from typing import Any

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block


def screen() -> None:
    import streamlit as st

    from pages.frame import frame
    from pages.shared.session import state

    with frame.page("a_page") as own:
        st.header(own.experiment.seed)
        if st.button("Again"):
            state.set_position(9)
            st.rerun()
        frame.announce(["Seed", "Epochs"], {"Epochs": "too many", "Seed": ""})
        frame.announce(["Values"], {})
        frame.offer(spoken="Phase 1")


def given(page: AppTest) -> dict[str, Any]:
    assert not page.exception
    (corner,) = [each.proto for each in page.get("bidi_component") if each.proto.component_name == "corner"]
    return dict(json.loads(corner.json))


def test_a_page_has_its_address_its_notices_and_its_corner() -> None:
    page = AppTest.from_function(screen, default_timeout=60)
    page.query_params.update({"seed": "7", "position": "x"})
    page.run()
    assert (page.header[0].value, dict(page.query_params)) == ("7", {"seed": "7"})
    assert ["position" in warning.value for warning in page.warning] == [True]
    assert {button.label for button in page.button} == {"Again", "Present"}
    data = given(page)
    assert (data["spoken"], data["style"]) == ("Phase 1", "")
    assert data["announced"] == {"labels": ["Seed", "Epochs", "Values"], "problems": {"Epochs": "Epochs: too many"}}


def test_the_corner_comes_first_and_never_moves() -> None:
    """Whatever the page draws: what moves is mounted anew in the browser, where the old one may have the last word."""
    page = AppTest.from_function(screen, default_timeout=60)
    for position in ("x", "1"):  # with a notice, and without one
        page.query_params["position"] = position
        page.run()
        first = page.main.children[0]
        assert isinstance(first, Block)
        assert [button.label for button in first.button] == ["Present"]


def test_a_page_that_runs_again_is_written_then() -> None:
    page = AppTest.from_function(screen, default_timeout=60).run()
    page.button(next(button.key for button in page.button if button.label == "Present")).click().run()
    assert "--least" in given(page)["style"]
    next(button for button in page.button if button.label == "Again").click().run()
    assert page.query_params["position"] == "9"
    assert given(page)["spoken"] == "Phase 1"
