"""Presenting: no letter is too small for the last row, nothing is cut off, nothing lies over something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.axe import AXE, violations
from tests.browser.conftest import PAGES, Stage, open_page, watched_page
from tests.browser.samples import cell
from tests.browser.test_layout import faults_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.server import App

PROJECTOR, OLD_PROJECTOR = {"width": 1280, "height": 720}, {"width": 1024, "height": 768}
# What is wrong: letters that are too small, texts of a chart that overlap or lie outside of it, parts that one must
# scroll to, and parts beneath the button "End presenting".
MEASURED = r"""() => {
  const wrong = [], name = (e) => `${e.tagName.toLowerCase()} "${e.textContent.trim().slice(0, 30)}"`;
  const seen = (e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
  let letters = 0;
  while (texts.nextNode()) {
    const text = texts.currentNode, e = text.parentElement;
    if (!text.data.trim() || !seen(e) || e.closest(".katex-mathml, style")) continue;
    range.selectNodeContents(text);
    const { width, height } = range.getBoundingClientRect();
    if (width < 2 || height < 2) continue;
    letters += text.data.length;
    const size = parseFloat(getComputedStyle(e).fontSize);
    if (size < 19.99) wrong.push(`${name(e)} has letters of ${size} px`);
  }
  for (const plot of document.querySelectorAll(".js-plotly-plot")) {
    const frame = plot.getBoundingClientRect();
    const buttons = plot.parentElement.querySelectorAll(".stage-views > *");
    const written = [...plot.querySelectorAll(".main-svg text"), ...buttons];
    const boxes = written.filter((e) => seen(e) && e.textContent.trim()).map((e) => [e, e.getBoundingClientRect()]);
    boxes.forEach(([e, a], i) => {
      const across = a.left < frame.left - 1 || a.right > frame.right + 1;
      // The box of a line of text is higher than its letters.
      if (across || a.top < frame.top - 6 || a.bottom > frame.bottom + 6) wrong.push(`${name(e)} is cut off`);
      for (const [other, b] of boxes.slice(i + 1)) {
        const beside = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (beside > 1 && down > 6) wrong.push(`${name(e)} lies over ${name(other)}`);
      }
    });
  }
  for (const e of document.querySelectorAll(".katex-display, .graph-cell, [data-testid=stTable]")) {
    if (e.scrollWidth > e.clientWidth + 3) wrong.push(`${name(e)} is too wide: ${e.scrollWidth} of ${e.clientWidth}`);
  }
  const out = document.querySelector(".st-key-present button"), way = out.getBoundingClientRect();
  for (const e of document.querySelectorAll("button, input, select, a[href], .js-plotly-plot")) {
    const box = e.getBoundingClientRect();
    const beside = Math.min(way.right, box.right) - Math.max(way.left, box.left);
    const down = Math.min(way.bottom, box.bottom) - Math.max(way.top, box.top);
    if (e !== out && beside > 1 && down > 1 && seen(e)) wrong.push(`${name(e)} lies under the way out`);
  }
  return { letters, wrong: [...new Set(wrong)] };
}"""


def measured(page: Page) -> list[str]:
    """Measure until two results in turn are equal, because drawing anew takes a moment."""
    said = None
    for _ in range(50):
        before, said = said, page.evaluate(MEASURED)
        if said == before:
            assert said["letters"] > 20
            return list(said["wrong"])
        page.wait_for_timeout(100)
    raise AssertionError(f"the page does not come to rest: {said}")


def is_dark(page: Page) -> None:
    page.wait_for_function("() => getComputedStyle(document.querySelector('.stApp')).colorScheme.includes('dark')")


def test_every_page_can_be_read_from_the_last_row(browser: Browser, app: App) -> None:
    faults: list[str] = []
    page = watched_page(browser, app, faults)
    found = {}
    # The last one has much text about its run, which leaves little room for the charts.
    for path in (*PAGES, "?lr=100&position=186"):
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(PROJECTOR)
        open_page(page, app, f"{path}{'&' if '?' in path else '?'}present=1")
        assert page.get_by_test_id("stHeader").is_hidden()
        found[path, "light"] = measured(page)
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size(OLD_PROJECTOR)
        is_dark(page)
        found[path, "dark"] = measured(page) + faults_of(page)
    page.close()
    assert {place: wrong for place, wrong in found.items() if wrong} == {}
    assert faults == []


@pytest.mark.parametrize(("path", "part"), [("?present=1", "[data-testid=stTopNavLink]"), ("mathematics", ".keys")])
def test_what_is_not_on_a_page_is_not_seen_for_a_moment_either(stage: Stage, path: str, part: str) -> None:
    stage.page.add_init_script(
        f"""window.glimpsed = false;
        (function look() {{
            window.glimpsed ||= [...document.querySelectorAll("{part}")]
                .some(found => found.checkVisibility({{ visibilityProperty: true }}));
            requestAnimationFrame(look);
        }})();"""
    )
    open_page(stage.page, stage.app, path)
    assert stage.page.evaluate("window.glimpsed") is False
    if "present" in path:
        stage.page.get_by_role("button", name="End presenting").click()
        stage.page.get_by_test_id("stTopNavLink").first.wait_for()


def switched(page: Page, *, on: bool) -> None:
    """Switch the keys of one letter, by keyboard."""
    page.get_by_role("button", name="Share", exact=True).click()
    switch = page.get_by_role("switch", name="Keys of one letter")
    switch.and_(page.locator(":enabled")).focus()
    page.keyboard.press("Space")
    assert switch.is_checked() == on
    if AXE.exists():
        assert [fault for fault in violations(page) if "keys" in fault or "color-contrast" in fault] == []
    page.keyboard.press("Escape")
    switch.wait_for(state="detached")


def test_the_switch_of_the_keys_takes_no_press_before_its_program_is_there(stage: Stage) -> None:
    page, held = stage.open().page, []
    page.route("**/keys_switch.*.js", lambda route: held.append(route))  # Playwright marks its handlers
    with page.expect_request("**/keys_switch.*.js"):
        page.get_by_role("button", name="Share", exact=True).click()
    switch = page.get_by_role("switch", name="Keys of one letter")
    switch.and_(page.locator(":disabled")).wait_for()
    held[0].continue_()
    switch.and_(page.locator(":enabled")).wait_for()
    assert switch.is_checked()


def test_p_and_escape_and_a_button_for_those_without_keys(stage: Stage) -> None:
    page = stage.open("?position=7&embed=true").page
    panel = page.get_by_test_id("stSidebar")
    cell(page, 1, "x₁").click()
    page.keyboard.press("p")  # typed into the cell
    page.keyboard.press("Escape")
    panel.get_by_label("Epochs", exact=True).click()
    page.keyboard.press("p")  # typed into the field
    page.keyboard.press("Backspace")
    page.keyboard.press("Tab")
    assert panel.is_visible()
    # Who dictates to a computer can switch the key off, and it stays off
    page.emulate_media(color_scheme="dark")
    is_dark(page)
    switched(page, on=False)
    page.emulate_media(color_scheme="light")
    stage.key("p")
    stage.key(" ")  # the player still has its own keys
    stage.wait("d.playing === 'true'")
    stage.key("Home")
    stage.at(0)
    page.reload()
    stage.ready()
    for letter in "pP":
        stage.key(letter)
    assert page.locator(".st-key-present kbd").evaluate_all("found => found.every(e => !e.checkVisibility())")
    switched(page, on=True)
    assert panel.is_visible()
    page.get_by_label("Epochs trained", exact=True).fill("7")
    stage.at(7)
    stage.key("p")
    panel.wait_for(state="hidden")
    page.wait_for_url("**present=1**")
    stage.wait("d.ready === 'true'")
    assert "embed=true" in page.url
    stage.key("ArrowRight")
    stage.at(8)
    title = page.locator("[data-figure=loss] .gtitle")
    assert title.evaluate("e => parseFloat(getComputedStyle(e.querySelector('tspan') ?? e).fontSize)") > 20
    page.keyboard.press("Escape")
    panel.wait_for()
    page.wait_for_function("() => !location.search.includes('present')")
    stage.at(8)
    page.get_by_role("button", name="Present").click()
    panel.wait_for(state="hidden")
    # Another page is presented, too, and the header is not seen for a moment in between. The link ends presenting.
    page.evaluate(
        """() => {
            window.glimpsed = false;
            (function look() {
                window.glimpsed ||= document.querySelector("[data-testid=stHeader]").checkVisibility();
                requestAnimationFrame(look);
            })();
        }"""
    )
    stage.press("Open this step")
    page.get_by_text("Step by step", exact=True).first.wait_for()
    page.wait_for_url("**/step_by_step**present=1**")
    assert page.evaluate("() => window.glimpsed") is False
    page.get_by_role("button", name="End presenting").click()
    page.get_by_test_id("stHeader").wait_for()
    page.wait_for_function("() => !location.search.includes('present')")
