"""Every page on paper: its content whole, nothing to be pressed, black on white, the link at its foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import PAGES, visited
from tests.server import App

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WIDTH = 703  # pixels of A4 between margins of 12 mm


@pytest.mark.parametrize("path", PAGES)
def test_a_printed_page_is_a_handout(browser: Browser, app: App, path: str) -> None:
    with visited(browser, app, path, color_scheme="dark") as page:
        screen = page.evaluate("() => document.querySelectorAll('.main-svg').length")
        page.emulate_media(media="print")
        page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
        # Plotly's own sizes are those of the screen, as they are when a browser prints.
        printed = page.evaluate(
            """width => {
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
                    wide: charts.filter(e => shown(e) && box(e).right > box(block).right + 1).length,
                    low: charts.filter(e => shown(e) && box(e).bottom > box(link).top + 1).length,
                    link: shown(link) && link.textContent,
                    last: box(link).bottom >= floor - 1,
                    ink: getComputedStyle(block.querySelector("p")).color,
                    paper: getComputedStyle(document.querySelector(".stApp")).backgroundColor,
                };
            }""",
            WIDTH,
        )
        assert printed == {
            "frames": 0,
            "handles": 0,
            "cut": 0,
            "over": 0,
            "flat": 0,
            "pressed": [],
            "wide": 0,
            "low": 0,
            "link": page.url if path else app.url,
            "last": True,
            "ink": "rgb(0, 0, 0)",
            "paper": "rgb(255, 255, 255)",
        }
        page.emulate_media(media="screen")
        page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
        assert page.evaluate("() => document.querySelectorAll('.main-svg:not([viewBox])').length") == screen


def test_a_control_is_printed_as_its_value_and_a_table_whole(browser: Browser, app: App) -> None:
    with visited(browser, app, "gradient_check?example=iris") as page:
        page.emulate_media(media="print")
        seen = page.locator("[data-testid=stMain]").inner_text()
        assert "Difference step ε\n\n10⁻⁶" in seen
        assert page.get_by_label("Break it").input_value() == "Nothing"
        rows = page.locator(".paper-table tbody tr")
        assert rows.count() == 15  # three outputs of four inputs and a bias
        assert all(rows.nth(i).is_visible() for i in range(15))
        assert rows.last.locator("td").count() == 7
        assert rows.last.locator("td").last.inner_text() == "agrees"
        page.emulate_media(media="screen")
        assert not rows.first.is_visible()
