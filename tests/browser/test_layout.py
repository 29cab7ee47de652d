"""Every page at every size: nothing is cut off, and nothing lies over something else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import PAGES, visited
from tests.server import App

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDTHS = (320, 360, 390, 500, 640, 641, 720, 768, 820, 860, 1024, 1180, 1280, 1440, 1920)
# What is left of a phone on its side, of 1024, 1280, 1440 and 1920 pixels at 200 %.
ZOOMED = (422, 512, 640, 720, 960)
AUDIT = (Path(__file__).parent / "layout.js").read_text("utf-8")


def faults_of(page: Page) -> list[str]:
    """Audit the layout until it says the same twice: a page follows a new size within a few pictures."""
    said: list[str] | None = None
    for _ in range(50):
        before, said = said, page.evaluate(AUDIT)
        if said == before:
            return said or []
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    raise AssertionError(f"the page does not come to rest: {said}")


def faults_by_width(page: Page, widths: tuple[int, ...]) -> dict[int, list[str]]:
    found = {}
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        found[width] = faults_of(page)
    return {width: faults for width, faults in found.items() if faults}


@pytest.mark.parametrize("path", PAGES)
def test_every_control_is_whole_and_can_be_pressed_at_every_width(browser: Browser, app: App, path: str) -> None:
    with visited(browser, app, path) as page:
        assert faults_by_width(page, WIDTHS) == {}
    with visited(browser, app, path, device_scale_factor=2) as page:
        assert faults_by_width(page, ZOOMED) == {}


def test_share_leaves_room_for_the_navigation_where_there_is_no_menu(browser: Browser, app: App) -> None:
    with visited(browser, app, "?embed=true") as page:
        assert faults_by_width(page, (800, 850, 900, 950, 1000)) == {}


@pytest.mark.parametrize("width", [320, 390, 720])
def test_the_panel_of_a_narrow_page_can_be_opened_and_used(browser: Browser, app: App, width: int) -> None:
    with visited(browser, app, "", viewport={"width": width, "height": 800}) as page:
        page.get_by_role("button", name="Expand sidebar").click()
        page.get_by_label("Epochs", exact=True).click()
        assert faults_of(page) == []
