"""How soon each page answers a click, on the tutorial's data: python -m tests.benchmarks.pages.

The time is taken from the click in the browser to the first change that the page shows; each click leads to another
state. For each page the median and the slowest time are printed, in milliseconds. A page should answer within 300.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from classifier import Experiment, Sweep
from pages.compare.frames import frames
from pages.compare.members import VARIATIONS, read_members
from tests.server import CHROMIUM, CHROMIUM_FLAGS, App, running_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

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
    "step by step: next": ("step_by_step?position=318", lambda p: clicks(p, "Next"), "[class*=st-key-step_phase_] h3"),
    "step by step: sample": ("step_by_step?position=318&phase=8", lambda p: radios(p, *SAMPLES), ".graph"),
    "gradient check: sample": ("gradient_check?position=318", lambda p: radios(p, *SAMPLES), ".stAlert"),
    "where it breaks: precision": (
        "where_formulas_break",
        lambda p: radios(p, "float64", "float32"),
        "[data-testid=stMain] [data-testid=stHtml]",
    ),
    "code: class": ("source_code", lambda p: radios(p, "Linear", "Sigmoid"), "[data-testid=stCode]"),
}


# Written by the page itself: when a chart was first on the screen, and when all six were.
CHARTS = """() => {
    window.drawn = [];
    const look = () => {
        const count = document.querySelectorAll(".js-plotly-plot:has(.main-svg .xy)").length;
        while (window.drawn.length < count) window.drawn.push(performance.now());
        requestAnimationFrame(look);
    };
    look();
}"""


def charts(browser: Browser, app: App, visits: dict[str, list[tuple[float, float]]], name: str) -> None:
    """Visit an app twice, the second time with what the browser kept: note when the first and the sixth chart stand."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    for kind in ("cold", "warm"):
        page = context.new_page()
        page.add_init_script(f"({CHARTS})()")
        page.goto(app.url + "?position=318")
        page.wait_for_function("() => window.drawn.length >= 6", timeout=60_000)
        first, *_, last = page.evaluate("window.drawn.slice(0, 6)")
        visits.setdefault(f"{name}, {kind}", []).append((first, last))
        page.wait_for_timeout(700)
        page.close()
    context.close()


def first_charts(browser: Browser, app: App, rounds: int) -> None:
    """Print how soon charts stand, beside a page of Streamlit alone with the same six charts."""
    visits: dict[str, list[tuple[float, float]]] = {}
    with running_app("tests/benchmarks/bare_charts.py") as bare:
        for _ in range(rounds + 1):
            charts(browser, app, visits, "the app")
            charts(browser, bare, visits, "bare")
    for kind in ("cold", "warm"):
        ours, theirs = (
            [statistics.median(times) for times in zip(*visits[f"{name}, {kind}"][1:], strict=True)]
            for name in ("the app", "bare")
        )
        print(
            f"{kind}: first chart {ours[0]:.0f} ms, Streamlit alone {theirs[0]:.0f}, ratio {ours[0] / theirs[0]:.2f}; "
            f"all six {ours[1]:.0f} and {theirs[1]:.0f}, ratio {ours[1] / theirs[1]:.2f}"
        )


def traffic(browser: Browser, app: App, rounds: int) -> None:
    """Print what a visit and a rerun that changes nothing send, and the processor time of such a rerun."""
    for name in ("playground", "compare"):
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        sent: list[int] = []
        page.on("websocket", lambda socket, sent=sent: socket.on("framereceived", lambda data: sent.append(len(data))))
        page.goto(f"{app.url}{name.replace('playground', '')}?position=318")
        page.wait_for_function("() => document.querySelector('.js-plotly-plot .main-svg .xy')")
        page.wait_for_timeout(4000)
        opening, before = sum(sent), app.cpu_seconds()
        for _ in range(rounds):
            page.get_by_role("button", name="Step back").click()
            page.wait_for_timeout(900)
        cpu_ms = 1e3 * (app.cpu_seconds() - before) / rounds
        rerun = (sum(sent) - opening) / rounds
        print(
            f"{name}: opening {opening / 1e3:.0f} kB, a rerun {rerun / 1e3:.1f} kB and {cpu_ms:.0f} ms of a processor"
        )
        page.close()
    base = Experiment.tutorial()
    compared = Sweep([member.experiment for member in read_members("lr", VARIATIONS["lr"].default(base), base)])
    compared.advance()
    print(f"compare's frames: {sum(array.nbytes for array in frames(compared.histories).values()) / 1e3:.0f} kB")


def main() -> None:
    """Print the figures."""
    from playwright.sync_api import sync_playwright

    with running_app() as app, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=CHROMIUM_FLAGS)
        first_charts(browser, app, 5)
        traffic(browser, app, ROUNDS)
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
