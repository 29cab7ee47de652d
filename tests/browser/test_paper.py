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
                const block = document.querySelector("[data-testid=stMainBlockContainer]");
                block.style.setProperty("width", `${width}px`, "important");
                const box = element => element.getBoundingClientRect();
                const shown = element => element.checkVisibility() && box(element).width > 1;
                const charts = [...document.querySelectorAll(".main-svg:first-of-type")];
                const floor = Math.max(...[...block.querySelectorAll(".main-svg, p, .katex")].map(e => box(e).bottom));
                const link = document.querySelector(".paper-link");
                return {
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
