"""Samples in the plane of a decision: added, moved and removed by mouse, finger and keyboard, as in the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.conftest import Stage, swipe, watched_page
from tests.browser.samples import Panel, tools

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.server import App

OPENED = "?example=xor-hidden&position=100"
XOR = ((1.0, 0.0), (1.0, 1.0), (0.0, 0.0), (0.0, 1.0))


def at(page: Page, x: float, y: float) -> tuple[float, float]:
    """Find a place of the plane in the window; its axes go from −0.2 to 1.2."""
    page.locator('[data-figure="decision"]').scroll_into_view_if_needed()
    box = page.locator(".stage-placing").bounding_box()
    assert box is not None
    return box["x"] + (x + 0.2) / 1.4 * box["width"], box["y"] + (1.2 - y) / 1.4 * box["height"]


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*at(page, *start))
    page.mouse.down()
    page.mouse.move(*at(page, *end), steps=4)
    page.mouse.up()


def drawn(page: Page, samples: int) -> None:
    """Wait until Plotly has drawn so many."""
    page.wait_for_function("n => document.querySelector('[data-figure=decision]').data[2].x.length === n", arg=samples)


def near(point: tuple[float, float], x: float, y: float) -> bool:
    return abs(point[0] - x) < 0.03 and abs(point[1] - y) < 0.03


def test_a_press_adds_a_sample_a_drag_moves_it_and_the_table_takes_it_back(stage: Stage) -> None:
    stage.open(OPENED)
    page = stage.page
    drawn(page, 4)
    page.mouse.click(*at(page, 0.5, 0.25))
    panel = Panel(page)
    added = panel.until(lambda e: e.samples == 5)
    assert added.inputs[:4] == XOR
    assert near(added.inputs[4], 0.5, 0.25)
    assert added.labels[4] == (1.0,)
    assert (panel.text(5, "x₁"), panel.text(5, "XOR")) == (f"{added.inputs[4][0]:g}", "1")
    drawn(page, 5)
    # It is chosen, and what can be done with it stands beside the boxes.
    drag(page, added.inputs[4], (0.75, 0.6))
    panel.until(lambda e: near(e.inputs[4], 0.75, 0.6))
    page.get_by_role("button", name="label 0", exact=True).click()
    panel.until(lambda e: e.labels[4] == (0.0,) and near(e.inputs[4], 0.75, 0.6))
    assert stage.position == 100
    # Nothing was zoomed, and each of the three is one step of the table's own undo.
    assert page.locator(".stage-whole:visible").count() == 0
    tools(page).get_by_text("Undo", exact=True).click()
    panel.until(lambda e: e.labels[4] == (1.0,) and near(e.inputs[4], 0.75, 0.6))
    tools(page).get_by_text("Undo", exact=True).click()
    panel.until(lambda e: e.inputs == added.inputs)
    tools(page).get_by_text("Undo", exact=True).click()
    panel.until(lambda e: e.inputs == XOR)
    # The press that ends at another place zooms, as in every chart, and adds nothing.
    drawn(page, 4)
    drag(page, (0.3, 0.2), (0.8, 0.8))
    page.get_by_role("button", name="Whole chart").wait_for()
    assert panel.experiment().inputs == XOR


def test_the_keyboard_does_all_of_it(stage: Stage) -> None:
    stage.open(OPENED)
    page = stage.page
    drawn(page, 4)
    page.locator(".stage-placing [tabindex='0']").focus()
    named = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert named == "Sample 1: x₁ 1, x₂ 0, XOR 1"
    page.keyboard.press("PageDown")
    page.keyboard.press("ArrowLeft")
    panel = Panel(page)
    panel.until(lambda e: e.inputs == (XOR[0], (0.97, 1.0), *XOR[2:]))
    page.keyboard.press("1")
    panel.until(lambda e: e.labels[1] == (1.0,))
    page.keyboard.press("Enter")
    panel.until(lambda e: e.samples == 5 and near(e.inputs[4], 1.0, 1.0))
    page.keyboard.press("Delete")
    panel.until(lambda e: e.samples == 4)
    drawn(page, 4)
    page.keyboard.press("Control+z")
    panel.until(lambda e: e.samples == 5)
    page.keyboard.press("Control+Shift+z")
    panel.until(lambda e: e.samples == 4)
    drawn(page, 4)
    # The focus stays on a sample, and the player's keys did nothing: the last sample of all is not removed.
    for left in (3, 2, 1):
        page.keyboard.press("Delete")
        panel.until(lambda e, left=left: e.samples == left)
        drawn(page, left)
    page.keyboard.press("Delete")
    page.get_by_text("One sample is enough, none is too few.").first.wait_for()
    assert panel.experiment().samples == 1
    assert stage.position == 100


def test_a_finger_adds_moves_and_removes(browser: Browser, app: App) -> None:
    faults: list[str] = []
    page = watched_page(browser, app, faults, viewport={"width": 390, "height": 844}, has_touch=True)
    Stage(page, app).open(OPENED)
    drawn(page, 4)
    page.touchscreen.tap(*at(page, 0.5, 0.3))
    drawn(page, 5)
    start, end = at(page, 0.5, 0.3), at(page, 0.2, 0.7)
    scrolled = page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop")
    swipe(page, *start, end[0] - start[0], end[1] - start[1])
    page.wait_for_function(
        "() => Math.abs(document.querySelector('[data-figure=decision]').data[2].x.find(x => x % 1) - 0.2) < 0.03"
    )
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == scrolled
    page.get_by_role("button", name="Remove", exact=True).tap()
    drawn(page, 4)
    page.close()
    assert faults == []
