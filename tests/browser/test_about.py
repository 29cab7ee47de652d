"""The menu in a real browser: it says which version this is."""

from __future__ import annotations

from classifier import __version__
from tests.browser.conftest import Stage


def test_the_menu_says_what_this_is_which_version_and_under_which_licence(stage: Stage) -> None:
    stage.open()
    stage.page.get_by_test_id("stMainMenu").get_by_role("button").click()
    stage.page.get_by_test_id("stMainMenuList").get_by_text("About", exact=True).click()
    about = stage.page.get_by_role("dialog")
    about.get_by_text(f"Backprop by Hand {__version__}").wait_for()
    assert "MIT License" in about.inner_text()
