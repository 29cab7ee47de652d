"""What is pressed on a phone, a tablet or an enlarged page can be pressed where it is seen, and stays where it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser import samples
from tests.browser.conftest import Stage, open_page, swipe, watched_page
from tests.browser.hand import STILL, press, tap
from tests.server import App, running_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

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


def down(what: Locator, pixels: float, x: float) -> None:
    """Scroll what is at a place as a finger or a wheel does, and wait until it has moved."""
    page, top = what.page, "thing => thing.getBoundingClientRect().top"
    before, y = what.evaluate(top), page.evaluate("innerHeight * 0.75")
    if page.evaluate("navigator.maxTouchPoints > 0"):
        swipe(page, x, y, 0, -pixels)
    else:
        page.mouse.move(x, y)
        page.mouse.wheel(0, pixels)
    page.wait_for_function(f"([thing, before]) => ({top})(thing) < before", arg=[what.element_handle(), before])
    what.evaluate(STILL)  # a tap on what still glides only stops it


@pytest.fixture
def desk(browser: Browser, server: App) -> Iterator[Page]:
    """Give a page on a projector, with a mouse."""
    faults: list[str] = []
    page = watched_page(browser, server, faults, viewport={"width": 1280, "height": 720})
    open_page(page, server, "")
    yield page
    page.close()
    assert faults == []


def double_click(what: Locator, moved: str) -> None:
    """Press something twice at one place, the second time once the page has changed as the condition says."""
    page = what.page
    press(what)
    page.locator(moved).first.wait_for(state="attached")
    for act in (page.mouse.down, page.mouse.up):
        act(click_count=2)


def test_what_is_told_about_a_button_lies_in_nobodys_way(desk: Page) -> None:
    desk.get_by_role("button", name="Add a hidden layer").hover()
    desk.get_by_test_id("stTooltipContent").wait_for()
    named(desk, "New seed")
    desk.wait_for_url("**seed=*")


def test_the_second_click_of_a_double_click_leads_nowhere_else(desk: Page) -> None:
    samples.grid(desk).wait_for()
    desk.evaluate("() => { window.heard = []; addEventListener('click', ({ detail }) => heard.push(detail)); }")
    link = desk.get_by_test_id("stTopNavLink").filter(has_text="Step by step")
    double_click(link, ".st-key-step_picker")
    desk.evaluate("() => new Promise(requestAnimationFrame)")
    assert desk.evaluate("heard") == [1]


def test_the_second_click_of_a_double_click_on_ask_opens_no_answers(desk: Page) -> None:
    named(desk, "Class")
    named(desk, "Start a class")
    desk.locator('[data-testid="class"]:not([data-code=""])').wait_for(state="attached")
    desk.keyboard.press("Escape")
    ask = desk.get_by_role("button", name="Ask", exact=True)
    double_click(ask, '[data-testid="class"][data-question="1"]')
    assert desk.get_by_role("dialog").count() == 0


@pytest.mark.parametrize("path", ["", "compare"])
def test_the_player_can_be_stopped_wherever_the_page_is_scrolled_to(held: Stage, path: str) -> None:
    open_page(held.page, held.app, path)
    for scrolled in (False, True):
        if scrolled:
            down(held.page.locator(".stage-charts"), 100, held.page.evaluate("innerWidth - 60"))
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


def test_the_header_the_table_and_the_bar_of_a_class_can_be_pressed(held: Stage) -> None:
    page = held.page
    open_page(page, held.app, "")
    # Streamlit hears Escape once what stands in its popover is drawn.
    for button, shown in (("Share", page.get_by_test_id("stCode").first), ("Class", page.locator(".class-panel"))):
        named(page, button)
        shown.wait_for()
        page.keyboard.press("Escape")
        shown.wait_for(state="hidden")
    named(page, "Class")
    named(page, "Start a class")
    for button, after in (
        ("Pause the class", "Go on"),
        ("Go on", "Pause the class"),
        ("Let go", "Call back"),
        ("End", "Class"),
    ):
        named(page, button)
        page.get_by_role("button", name=after, exact=True).wait_for()
    if page.get_by_test_id("stExpandSidebarButton").is_visible():
        press(page.get_by_test_id("stExpandSidebarButton"))
    table = samples.grid(page)
    while table.evaluate("table => table.getBoundingClientRect().top > innerHeight - 150"):
        down(table, 120, 20)
    press(samples.cell(page, 1, "x₁"))
    press(samples.cell(page, 1, "x₁"))
    page.keyboard.type("7")
    press(samples.cell(page, 2, "x₂"))
    page.wait_for_url("**inputs=7*")


@pytest.mark.parametrize("held", [*SIZES[:2], (390, 844, False)], indirect=True)
def test_the_panel_scrolls_where_the_table_lies_too(held: Stage) -> None:
    """It fills much of a phone, and five samples leave nothing to scroll in it."""
    page = held.page
    open_page(page, held.app, "")
    press(page.get_by_test_id("stExpandSidebarButton"))
    table = samples.grid(page)
    table.wait_for()
    while (box := table.bounding_box()) and box["y"] > page.evaluate("innerHeight * 0.7"):
        down(table, 60, 20)
    assert box is not None
    down(table, 60, box["x"] + box["width"] / 2)


def test_a_unit_of_the_network_is_marked_where_it_is_pressed(held: Stage) -> None:
    page = held.page
    open_page(page, held.app, "?example=xor-hidden")
    page.locator('[data-figure="decision"] .main-svg').first.wait_for()  # the last chart: nothing moves any more
    unit = page.get_by_role("option", name="Layer 1, unit 2", exact=True)
    while unit.evaluate("unit => unit.getBoundingClientRect().bottom > innerHeight"):
        down(page.locator(".stage-charts"), 120, page.evaluate("innerWidth - 20"))
    box = unit.bounding_box()
    assert box is not None
    at = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    assert page.evaluate("at => !!document.elementFromPoint(...at).closest('[data-figure=network]')", at)
    for selected in ("true", "false"):
        tap(page, *at)
        # A finger's second click, if there is one, has come by then.
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert unit.get_attribute("aria-selected") == selected


def test_a_step_is_gone_through_with_a_finger(held: Stage) -> None:
    page = held.page
    open_page(page, held.app, "step_by_step?position=318&sample=2")
    for button, phase in (("Next", "2"), ("Next", "3"), ("Back", "2"), ("Show all", "8")):
        press(page.get_by_role("button", name=button))
        page.wait_for_url(f"**phase={phase}*")
