"""How soon each page answers a click, on the tutorial's data: python -m tests.benchmarks.pages.

The time is taken from the click in the browser to the first change that the page shows; each click leads to another
state. For each page the median and the slowest time are printed, in milliseconds. A page should answer within 300.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from tests.server import CHROMIUM, CHROMIUM_FLAGS, running_app

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROUNDS = 12
# Measured in the page: from the press of a button to the first change of the text at the place of the answer.
WATCH = """selector => {
    const shown = () => Array.from(document.querySelectorAll(selector), e => e.textContent).join();
    const before = shown();
    window.answered = new Promise(resolve => {
        window.addEventListener("pointerdown", () => {
            const pressed = performance.now();
            const look = () => shown() !== before ? resolve(performance.now() - pressed) : requestAnimationFrame(look);
            look();
        }, { capture: true, once: true });
    });
}"""


def clicks(page: Page, *names: str) -> Iterator[Callable[[], None]]:
    """Give presses of buttons, one after the other, for ever."""
    while True:
        for name in names:
            yield page.get_by_role("button", name=re.compile(f"^{name}")).first.click


def radios(page: Page, *names: str) -> Iterator[Callable[[], None]]:
    """Give choices of options, one after the other, for ever."""
    while True:
        for name in names:
            yield page.get_by_role("radio", name=name, exact=True).first.click


SAMPLES = ("2", "3", "4", "5", "1")
# The page, what is pressed in turn, and the place of the answer.
PAGES: dict[str, tuple[str, Callable[[Page], Iterator[Callable[[], None]]], str]] = {
    "playground: step forward": ("?position=318", lambda p: clicks(p, "Step forward"), ".stage-readouts"),
    "playground: new seed": ("?position=318", lambda p: clicks(p, "New seed"), ".stage-readouts"),
    "compare: what differs": ("compare", lambda p: radios(p, "Seed", "Learning rate"), "[data-testid=stTable]"),
    "step by step: next": ("step_by_step?position=318", lambda p: clicks(p, "Next"), "h4"),
    "step by step: sample": ("step_by_step?position=318&phase=8", lambda p: radios(p, *SAMPLES), ".graph"),
    "gradient check: sample": ("gradient_check?position=318", lambda p: radios(p, *SAMPLES), ".stAlert"),
    "where it breaks: precision": (
        "where_formulas_break",
        lambda p: radios(p, "float64", "float32"),
        "[data-testid=stMain] [data-testid=stHtml]",
    ),
    "code: class": ("source_code", lambda p: radios(p, "Linear", "Sigmoid"), "[data-testid=stCode]"),
}


def main() -> None:
    """Print the figures."""
    from playwright.sync_api import sync_playwright

    with running_app() as app, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=CHROMIUM_FLAGS)
        for name, (path, presses, selector) in PAGES.items():
            page = browser.new_page(viewport={"width": 1280, "height": 720})
            page.set_default_timeout(20_000)
            page.goto(app.url + path)
            page.locator(selector).first.wait_for(state="attached")
            page.wait_for_timeout(3000)
            took = []
            for press, _ in zip(presses(page), range(ROUNDS), strict=False):
                page.evaluate(WATCH, selector)
                press()
                took.append(page.evaluate("window.answered"))
                page.wait_for_timeout(700)
            print(f"{name:28} median {statistics.median(took):4.0f} ms, slowest {max(took):4.0f} ms")
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
