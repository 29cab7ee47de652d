"""A link is followed in the same moment as an edit or a press: both count. The longer tests are in test_leaving.py."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import Stage, watched_page
from tests.browser.leaving import CASES, Case, visit
from tests.server import running_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# The first in a fresh tab, the second in the same.
SAMPLED: tuple[Case, ...] = (("seed", "navigation", "5 ms", True), ("cell", "button", "0 ms", True))


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Stage]:
    faults: list[str] = []
    with running_app() as app:
        page = watched_page(browser, app, faults, has_touch=True)
        yield Stage(page, app, faults)
        page.close()
        assert "Traceback" not in app.said(), app.said()
    # A page that is left at once no longer loads its scripts.
    assert [fault for fault in faults if "404" not in fault] == []


def test_an_edit_and_a_click_both_count(tab: Stage) -> None:
    for case in SAMPLED:
        assert case in CASES
        assert visit(tab.page, tab.app, case, fresh=case == SAMPLED[0]) == ""


def test_a_link_followed_at_once_neither_loses_the_position_nor_calls_the_page_back(tab: Stage) -> None:
    stage = tab.open()
    # All in one task, as in a busy browser: Streamlit alone would send the click first, and the position after it.
    stage.page.evaluate(
        """() => {
            const stage = document.querySelector('[data-testid="stage"]');
            stage.dispatchEvent(new KeyboardEvent("keydown", {key: "End", bubbles: true}));
            const link = Array.from(document.querySelectorAll("a")).find(a => a.pathname.endsWith("/step_by_step"));
            link.dispatchEvent(new PointerEvent("pointerdown", {bubbles: true}));
            link.click();
        }"""
    )
    stage.page.get_by_text("Epoch 2000 of 2000").wait_for()
    stage.page.wait_for_url("**/step_by_step?position=2000")


def test_a_link_followed_at_once_keeps_what_the_player_was_asked(tab: Stage) -> None:
    stage = tab.open()
    stage.at(0)
    stage.page.get_by_role("button", name="Share").wait_for()  # drawn last
    stage.page.evaluate(
        """() => {
            const buttons = Array.from(document.querySelectorAll('[data-testid="stage"] button'));
            buttons.find(button => button.textContent === "Pin this run").click();
            Array.from(document.querySelectorAll("a")).find(a => a.pathname.endsWith("/step_by_step")).click();
        }"""
    )
    stage.page.get_by_text("Epoch 0 of 2000").wait_for()
    stage.page.wait_for_url("**/step_by_step?pin=**")


def test_a_link_that_is_drawn_anew_while_it_is_pressed_is_followed(tab: Stage) -> None:
    stage = tab.open("?seed=7")
    link = stage.page.get_by_test_id("stTopNavLink").filter(has_text="Mathematics")
    box = link.bounding_box()
    assert box is not None
    stage.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    stage.page.mouse.down()
    # Streamlit replaces the link in this way when an answer comes.
    link.evaluate("link => link.replaceWith(link.cloneNode(true))")
    stage.page.mouse.up()
    stage.page.wait_for_url("**/mathematics?seed=7")
