"""What is pressed on a phone, a tablet or an enlarged page can be pressed where it is seen, and stays where it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Stage, open_page, swipe, watched_page
from tests.browser.hand import press
from tests.server import App, running_app

SIZES = [(360, 640, True), (390, 844, True), (820, 1180, True), (1180, 820, True), (720, 450, False)]
SCROLLED = "() => document.querySelector('[data-testid=stMain]').scrollTop"


@pytest.fixture(scope="module")
def server() -> Iterator[App]:
    with running_app() as app:
        yield app
        assert "Traceback" not in app.said(), app.said()


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def held(request: pytest.FixtureRequest, browser: Browser, server: App) -> Iterator[Stage]:
    """Give a device that somebody holds in hand."""
    width, height, touch = request.param
    faults: list[str] = []
    page = watched_page(browser, server, faults, viewport={"width": width, "height": height}, has_touch=touch)
    page.add_init_script("localStorage.clear()")  # it keeps whether the sidebar is open
    yield Stage(page, server)
    page.close()
    assert faults == []


def named(page: Page, label: str) -> None:
    press(page.get_by_role("button", name=label, exact=True))


def down(page: Page, pixels: float) -> None:
    """Scroll as a finger or a wheel does, and wait until the page has moved."""
    before = page.evaluate(SCROLLED)
    x, y = page.evaluate("[innerWidth - 60, innerHeight * 0.75]")
    if page.evaluate("navigator.maxTouchPoints > 0"):
        swipe(page, x, y, 0, -pixels)
    else:
        page.mouse.move(x, y)
        page.mouse.wheel(0, pixels)
    page.wait_for_function(f"before => ({SCROLLED})() !== before", arg=before)


@pytest.mark.parametrize("path", ["", "compare"])
def test_the_player_can_be_stopped_wherever_the_page_is_scrolled_to(held: Stage, path: str) -> None:
    open_page(held.page, held.app, path)
    for scrolled in (False, True):
        if scrolled:
            down(held.page, 100)
        before = held.page.evaluate(SCROLLED)
        press(held.page.locator(".stage-train"))
        held.wait("d.playing === 'true' && Number(d.position) > 3")
        named(held.page, "Pause")
        held.wait("d.playing === 'false'")
        position = held.position
        named(held.page, "Step forward")
        held.at(position + 1)
        assert held.page.evaluate(SCROLLED) == before
    press(held.page.get_by_label("Epochs trained", exact=True))
    held.wait("Math.abs(Number(d.position) - 1000) < 60 && d.playing === 'false'")
    assert held.page.evaluate(SCROLLED) == before
