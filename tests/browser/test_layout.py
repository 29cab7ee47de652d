"""Every page at every size: nothing is cut off, and nothing lies over something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.axe import AXE, axe_finds_nothing
from tests.browser.conftest import PAGES, open_page, visited, watched_page
from tests.server import App

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDTHS = (320, 360, 390, 500, 640, 641, 720, 768, 820, 860, 1024, 1180, 1280, 1440, 1920)
# The widths at 200 % zoom of a phone on its side and of windows of 1024, 1280, 1440 and 1920 pixels.
ZOOMED = (422, 512, 640, 720, 960)
# What is wrong at the present size: a list of sentences.
AUDIT = r"""() => {
  const CONTROLS = "button, a[href], input, select, textarea, summary, [role=button], [role=slider]";
  const wide = document.documentElement.clientWidth;
  const wrong = [];
  const name = (e) => {
    const label = e.getAttribute("aria-label") || e.textContent || e.title || e.getAttribute("data-testid") || "";
    return `${e.tagName.toLowerCase()} "${label.trim().slice(0, 40)}"`;
  };
  const sidebar = document.querySelector("[data-testid=stSidebar]");
  const panel = sidebar?.getBoundingClientRect();
  // Out of sight, or, on a narrow page, over everything else.
  const shut = panel && panel.right < 2, covers = panel && panel.right > 2 &&
    document.querySelector("[data-testid=stMain]").getBoundingClientRect().left < panel.right - 1;
  // The box that an element is scrolled in, or cut off by.
  const frames = (e) => {
    const found = [];
    for (let p = e.parentElement; p && p !== document.body; p = p.parentElement) {
      if (getComputedStyle(p).overflowX !== "visible") found.push(p);
    }
    return found;
  };
  const seen = (e) => {
    const box = e.getBoundingClientRect();
    return box.width > 2 && box.height > 2 && e.checkVisibility({ opacityProperty: true, visibilityProperty: true })
      && !e.closest("[inert], [aria-hidden=true]") && !(shut && sidebar.contains(e))
      // What is there for the ear alone stands in a box of no size.
      && frames(e).every((frame) => frame.clientWidth > 2);
  };
  for (const page of [document.documentElement, document.querySelector("[data-testid=stMain]")]) {
    const over = page ? page.scrollWidth - page.clientWidth : 0;
    if (over > 1) wrong.push(`the page is ${over} px too wide`);
  }
  for (const formula of document.querySelectorAll(".katex-display")) {
    const outer = formula.getBoundingClientRect();
    const inks = [...formula.querySelectorAll(".katex-html .mord:not(:has(*))")].map((e) => e.getBoundingClientRect());
    if (!inks.every(({ top, bottom }) => top > outer.top - 1 && bottom < outer.bottom + 1)) {
      wrong.push(`formula "${formula.textContent.slice(0, 20)}" is cut off above or below`);
    }
  }
  for (const control of document.querySelectorAll(CONTROLS)) {
    if (!seen(control)) continue;
    if (covers && !sidebar.contains(control)) continue;
    control.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
    const box = control.getBoundingClientRect();
    const outer = frames(control).map((frame) => frame.getBoundingClientRect());
    const left = Math.max(0, ...outer.map((o) => o.left)), right = Math.min(wide, ...outer.map((o) => o.right));
    const scrolls = frames(control).some((frame) =>
      ["auto", "scroll"].includes(getComputedStyle(frame).overflowX) && frame.scrollWidth > frame.clientWidth);
    if (!scrolls && (box.left < left - 1 || box.right > right + 1)) {
      wrong.push(`${name(control)} is cut off: ${[box.left, box.right, left, right].map(Math.round).join(", ")}`);
      continue;
    }
    // A link in a text may go on in the next line.
    const line = control.getClientRects()[0];
    const top = document.elementFromPoint(line.left + line.width / 2, line.top + line.height / 2);
    const label = control.labels?.[0];
    if (top === null || !(control.contains(top) || label?.contains(top))) {
      wrong.push(`${name(control)} lies under ${top ? name(top) : "nothing"}`);
    }
  }
  return wrong;
}"""

TABLET = (768, 1180)
# What is wrong with the texts of charts.
TEXTS = r"""() => {
  const wrong = [];
  for (const plot of document.querySelectorAll(".js-plotly-plot")) {
    const svg = plot.querySelector(".main-svg");
    if (!svg || !plot.checkVisibility()) continue;
    const outer = plot.getBoundingClientRect();
    const name = plot.dataset.figure ?? plot.closest("[class*=st-key-]")?.className.match(/st-key-(\S+)/)?.[1];
    // That of a class has its width beside its words.
    const room = plot.matches(".class-chart") ? plot : plot.parentElement;
    if (Math.abs(svg.getBoundingClientRect().width - room.clientWidth) > 2) {
      wrong.push(`${name} has not got its width yet, ${Math.random()}`);
      continue;
    }
    const texts = [...plot.querySelectorAll(".main-svg text")]
      .filter((text) => text.textContent.trim() && !text.closest(".hoverlayer") &&
        text.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
      .map((text) => [text.textContent.trim().slice(0, 40), text.getBoundingClientRect()])
      .filter(([, box]) => box.width > 0);
    for (const [text, box] of texts) {
      if (box.left < outer.left - 1 || box.right > outer.right + 1 || box.bottom > outer.bottom + 2) {
        wrong.push(`${name}: "${text}" is cut off`);
      }
    }
    texts.forEach(([text, box], i) => texts.slice(i + 1).forEach(([other, its]) => {
      const wide = Math.min(box.right, its.right) - Math.max(box.left, its.left);
      const high = Math.min(box.bottom, its.bottom) - Math.max(box.top, its.top);
      // Lines of text lie over one another by the room above and below their letters.
      if (wide > 1 && high > 4) wrong.push(`${name}: "${text}" and "${other}" overlap`);
    }));
  }
  return wrong;
}"""


def faults_of(page: Page, audit: str = AUDIT) -> list[str]:
    """Audit the layout until two results in turn are equal: a page needs a few frames to follow a new size."""
    said: list[str] | None = None
    for _ in range(50):
        before, said = said, page.evaluate(audit)
        if said == before:
            return said or []
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    raise AssertionError(f"the page does not come to rest: {said}")


def faults_by_width(page: Page, widths: tuple[int, ...]) -> dict[int, list[str]]:
    found = {}
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        found[width] = faults_of(page) + faults_of(page, TEXTS)
    return {width: faults for width, faults in found.items() if faults}


@pytest.mark.parametrize("path", PAGES)
def test_every_control_is_whole_and_can_be_pressed_at_every_width(browser: Browser, app: App, path: str) -> None:
    with visited(browser, app, path) as page:
        assert faults_by_width(page, WIDTHS) == {}
    with visited(browser, app, path, device_scale_factor=2) as page:
        assert faults_by_width(page, ZOOMED) == {}


@pytest.mark.parametrize("path", ["", "step_by_step?phase=8", "gradient_check"])
def test_on_a_tablet_the_names_of_the_flowers_are_whole(browser: Browser, app: App, path: str) -> None:
    with visited(browser, app, f"{path}{'&' if '?' in path else '?'}example=iris&position=200") as page:
        page.locator(".js-plotly-plot .main-svg").first.wait_for()
        for width in TABLET:
            page.set_viewport_size({"width": width, "height": 800})
            assert faults_of(page, TEXTS) == []
        names = "() => [...document.querySelectorAll('.ytick text')].map(text => text.textContent)"
        assert {"setosa", "versicolor", "virginica"} <= set(page.evaluate(names))
        if AXE.exists():  # with the longer rows of numbers on a phone
            axe_finds_nothing(page)


def test_share_leaves_room_for_the_navigation_where_there_is_no_menu(browser: Browser, app: App) -> None:
    with visited(browser, app, "?embed=true") as page:
        assert faults_by_width(page, (800, 850, 900, 950, 1000)) == {}


@pytest.mark.parametrize("width", [390, 1280])
def test_present_is_wide_enough_for_a_finger(browser: Browser, app: App, width: int) -> None:
    hit = """reach => {
        // Streamlit has one for narrow pages and one for wide ones.
        const button = [...document.querySelectorAll(".st-key-present button")].find((each) => each.offsetWidth);
        const { left, right, top, height } = button?.getBoundingClientRect() ?? {};
        return [left - reach, right + reach].every(
            (x) => button?.contains(document.elementFromPoint(x, top + height / 2)));
    }"""
    with visited(browser, app, "teach", viewport={"width": width, "height": 800}) as page:
        page.get_by_role("button", name="Class").wait_for()
        page.wait_for_function(hit, arg=7)


@pytest.mark.parametrize("width", [320, 390, 720])
def test_the_panel_of_a_narrow_page_can_be_opened_and_used(browser: Browser, app: App, width: int) -> None:
    with visited(browser, app, "", viewport={"width": width, "height": 800}) as page:
        page.get_by_role("button", name="Expand sidebar").click()
        page.get_by_label("Epochs", exact=True).click()
        assert faults_of(page) == []


LABELS = """() => [...document.querySelectorAll("[data-testid=stMain] [data-testid=stWidgetLabel]")]
  .filter(label => label.checkVisibility() && /ButtonGroup|Slider|Input/.test(label.parentElement.dataset.testid))
  .map(label => Math.round(label.getBoundingClientRect().top))"""


@pytest.mark.parametrize("path", ["compare", "step_by_step?position=318", "gradient_check"])
def test_labels_of_controls_beside_each_other_are_on_one_line(browser: Browser, app: App, path: str) -> None:
    with visited(browser, app, path) as page:
        first, *others = page.evaluate(LABELS)
        assert others
        assert others[0] == first


# How far down each of these stands, at each moment of loading.
HEIGHTS = """window.heights = Object.fromEntries(WHAT.map((what) => [what, []]));
const look = () => {
    for (const [what, heights] of Object.entries(window.heights)) {
        const there = document.querySelector(`[data-testid=stMain] ${what}`);
        if (there) heights.push(there.getBoundingClientRect().top);
    }
    requestAnimationFrame(look);
};
requestAnimationFrame(look);"""


@pytest.mark.parametrize(
    ("path", "below"),
    [
        ("practise", ".stMarkdown p"),
        ("teach", ".stMarkdown p"),
        ("your_data", "[data-testid=stFileUploader]"),
        ("gradient_check", ".st-key-step_picker"),
        ("mathematics", ".st-key-math_bce"),
        ("source_code", "[data-testid=stCode]"),
        ("where_formulas_break", ".st-key-break_panels"),
    ],
)
def test_nothing_jumps_while_a_page_is_loaded(browser: Browser, app: App, path: str, below: str) -> None:
    faults: list[str] = []
    page = watched_page(browser, app, faults, viewport={"width": 1280, "height": 720})
    page.add_init_script(HEIGHTS.replace("WHAT", str(["h2", below])))
    for _ in range(2):  # and once more with what the browser keeps
        open_page(page, app, path)
        for what, heights in page.evaluate("() => window.heights").items():
            assert heights, what
            assert max(heights) - min(heights) < 1, what
    page.close()
    assert faults == []
