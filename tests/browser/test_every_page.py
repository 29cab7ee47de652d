"""Every page, opened once in each theme: named, free of what axe-core finds, read by keyboard, and whole on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.axe import axe_finds_nothing, needs_axe
from tests.browser.conftest import PAGES, visited

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.server import App

HEADING = "h1, [data-testid=stMain] :is(h2, h3)"
HINT = "Enter reads the values of this chart."
# For every chart: its role, its name, and whether the Tab key reaches it.
CHARTS = """() => [...document.querySelectorAll(".js-plotly-plot")].map(
    chart => [chart.getAttribute("role"), chart.getAttribute("aria-label") ?? "", chart.tabIndex]
)"""
WIDTH = 703  # pixels of A4 between margins of 12 mm
# Like a browser that prints: no script runs between the event and the picture. Otherwise Streamlit would resize charts.
PRINTED = """width => {
    window.dispatchEvent(new Event("beforeprint"));
    const CONTROLS = "[data-testid=stButtonGroup], [data-testid=stSelectbox], [data-testid=stSlider]," +
        "[data-testid=stTextInput], [data-testid=stNumberInput], [data-testid=stDataFrame]";
    const block = document.querySelector("[data-testid=stMainBlockContainer]");
    block.style.setProperty("width", `${width}px`, "important");
    const box = element => element.getBoundingClientRect();
    const shown = element => element.checkVisibility() && box(element).width > 1;
    const charts = [...document.querySelectorAll(".main-svg:first-of-type")];
    const floor = Math.max(...[...block.querySelectorAll(".main-svg, p, .katex")].map(e => box(e).bottom));
    const link = document.querySelector(".paper-link");
    const drawn = [...block.querySelectorAll(".stElementContainer :is(div, button, input, svg, canvas)")]
        .filter(e => e.closest(CONTROLS) && !e.closest("label") && shown(e));
    return {
        frames: drawn.filter(e => parseFloat(getComputedStyle(e).borderTopWidth)).length,
        handles: drawn.filter(e => e.matches("svg, canvas, [aria-checked=false]")).length,
        // All of its picture, scaled; and room for it where it stands.
        cut: charts.filter(e => shown(e)
            && Math.abs(e.getScreenCTM().a * e.getAttribute("width") - box(e).width) > 2).length,
        over: charts.filter(e => shown(e)
            && box(e.closest(".js-plotly-plot")).height < box(e).height - 1).length,
        flat: charts.filter(e => shown(e) && box(e).height < 0.1 * box(e).width).length,
        pressed: [...document.querySelectorAll("button, [data-testid=stSidebar], [data-testid=stHeader]")]
            .filter(e => shown(e) && !e.closest("[data-testid=stButtonGroup], [data-baseweb]"))
            .map(e => e.textContent.slice(0, 30)).filter(text => text.trim()),
        wide: [...charts, ...block.querySelectorAll(".katex .base")]
            .filter(e => shown(e) && (box(e).right > box(block).right + 1 || box(e).left < box(block).left - 1)).length,
        // In a formula that goes on in the next line, lines that touch.
        tight: [...block.querySelectorAll(".katex-display .katex-html")].filter(e => shown(e)
            && [...e.children].some((part, i, all) => all.slice(0, i).some(before =>
                box(part).left < box(before).right - 1 && box(part).top < box(before).bottom + 2))).length,
        low: charts.filter(e => shown(e) && box(e).bottom > box(link).top + 1).length,
        link: shown(link) && link.textContent,
        last: box(link).bottom >= floor - 1,
        ink: getComputedStyle(block.querySelector("p")).color,
        paper: getComputedStyle(document.querySelector(".stApp")).backgroundColor,
    };
}"""
HANDOUT = {
    "frames": 0,
    "handles": 0,
    "cut": 0,
    "over": 0,
    "flat": 0,
    "pressed": [],
    "wide": 0,
    "tight": 0,
    "low": 0,
    "last": True,
    "ink": "rgb(0, 0, 0)",
    "paper": "rgb(255, 255, 255)",
}


def charts_are_read_by_keyboard(page: Page) -> None:
    said = page.locator(".chart-values")
    charts = page.evaluate(CHARTS)
    assert {(role, stop) for role, _, stop in charts} <= {("img", 0)}
    assert all(name and "<" not in name for _, name, _ in charts), charts
    for number in range(len(charts)):
        chart = page.locator(".js-plotly-plot").nth(number)
        chart.focus()
        page.keyboard.press("Enter")
        chart.locator(".hovertext").first.wait_for(state="attached")
        page.wait_for_function("() => !document.querySelector('.chart-values').textContent.startsWith('Enter')")
        first = said.inner_text()
        page.keyboard.press("ArrowRight")
        page.wait_for_function("a => document.querySelector('.chart-values').textContent !== a", arg=first)
        page.keyboard.press("Escape")
        chart.locator(".hovertext").first.wait_for(state="detached")
        assert said.inner_text() == HINT


@needs_axe
@pytest.mark.parametrize("path", PAGES)
def test_a_light_page_is_named_and_read_by_keyboard(browser: Browser, app: App, path: str) -> None:
    with visited(browser, app, path) as page:
        heading = page.locator(HEADING).first.inner_text().strip()
        assert page.title() == f"{heading} · Backprop by Hand"
        if path:  # the player's charts are read in tests of their own
            charts_are_read_by_keyboard(page)
        axe_finds_nothing(page)


@needs_axe
@pytest.mark.parametrize("path", PAGES)
def test_a_dark_page_is_printed_as_a_handout(browser: Browser, app: App, path: str) -> None:
    # The numbers of a step are longer in the midst of a run than at its start.
    with visited(browser, app, path.replace("?", "?position=318&"), color_scheme="dark") as page:
        screen = page.evaluate("() => document.querySelectorAll('.main-svg').length")
        page.emulate_media(media="print")
        assert page.evaluate(PRINTED, WIDTH) == HANDOUT | {"link": page.url if path else app.url}
        page.emulate_media(media="screen")
        page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
        assert page.evaluate("() => document.querySelectorAll('.main-svg:not([viewBox])').length") == screen
        page.evaluate("() => document.querySelector('[data-testid=stMainBlockContainer]').removeAttribute('style')")
        axe_finds_nothing(page)
