"""The pages of the formulas in a real browser: deep links, a phone's width, the dark theme, sliders that answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pytest

from classifier import BinaryCrossEntropyLoss, Sigmoid
from pages.mathematics.derivations import DERIVATIONS
from pages.shared.text.shown_numbers import number
from tests.browser.conftest import watched_page
from tests.server import App

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PHONE = {"viewport": {"width": 390, "height": 844}}

# Names of about the greatest length that an experiment may have.
TABLE = (
    "the sepal’s length in cm;the petal’s length in cm;the name of the species\n"
    "5,1;1,4;Iris setosa of the north\n7;4,7;Iris versicolor\n"
)

# The texts of all formulas with a part that reaches beyond the right edge of the page.
TOO_WIDE = """() => {
    const wide = [...document.querySelectorAll(".katex-html, dl.forms dd, dl.forms dt")].filter(
        (element) => [...element.querySelectorAll("*"), element].some(
            (part) => part.getBoundingClientRect().right > innerWidth - 16 + 1));
    return wide.map((element) => element.textContent);
}"""


@pytest.fixture
def visit(browser: Browser, app: App) -> Iterator[object]:
    """Open an address as the first thing that a fresh server serves."""
    faults: list[str] = []
    pages: list[Page] = []

    def opened(path: str, **options: object) -> Page:
        page = watched_page(browser, app, faults, **options)
        pages.append(page)
        page.goto(app.url + path)
        return page

    yield opened
    for page in pages:
        page.close()
    assert faults == []


def written(page: Page, text: str) -> None:
    page.wait_for_function("text => document.body.innerText.includes(text)", arg=text)


def lightness(page: Page, selector: str, colour: str) -> int:
    """Give the darkest of red, green and blue of the first such element."""
    found = page.evaluate("([s, c]) => getComputedStyle(document.querySelector(s))[c]", [selector, colour])
    return min(map(int, re.findall(r"\d+", found)[:3]))


def drawn(page: Page, charts: int) -> None:
    page.wait_for_function("n => document.querySelectorAll('.js-plotly-plot .main-svg').length >= n", arg=charts)


def test_where_formulas_break_opens_at_its_z_and_the_slider_moves_it(visit: object) -> None:
    page = visit("where_formulas_break?z=16.5&label=0&rate=0.25&position=12")
    written(page, "dies in epoch 2, sample 4, y₁")
    drawn(page, 6)
    values = page.locator("dl.forms").first
    assert "not formed" not in values.inner_text()
    slider = page.get_by_role("slider", name="Logit z")
    slider.focus()
    slider.press("ArrowRight")  # the last good number before ŷ rounds to 1
    page.wait_for_function("() => location.search.includes('z=16.63553')")
    assert page.locator("dl.forms").nth(1).locator(".bad").count() == 0
    slider.press("ArrowRight")  # and the first bad one
    written(page, "because 1/0")
    page.wait_for_function("() => /z=16[.]635532/.test(location.search)")
    # The upright line of z is in each of the five charts.
    page.wait_for_function(
        """() => [...document.querySelectorAll(".js-plotly-plot")].slice(0, 5).every(
            chart => Math.abs(chart.layout.shapes.at(-1).x0 - 16.63553237915039) < 1e-9)"""
    )
    assert "position=12" in page.url
    page.reload()
    written(page, "because 1/0")


def test_a_threshold_that_is_pressed_keeps_the_focus(visit: object) -> None:
    page = visit("where_formulas_break")
    page.get_by_role("button", name="overflows").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.search.includes('z=-88.72')")
    page.wait_for_function("() => document.activeElement.textContent.startsWith('radio_button_checked')")
    assert "overflows" in page.evaluate("() => document.activeElement.textContent")


def test_a_link_to_mathematics_opens_at_the_derivation_that_it_speaks_of(visit: object) -> None:
    page = visit("teach?lesson=2")
    page.get_by_role("link", name="Where the gradient goes").click()
    begins = """() => {
        const [header, title] = ["[data-testid=stHeader]", "#vanish"].map((found) => document.querySelector(found));
        const { top } = title?.getBoundingClientRect() ?? {};
        return top >= header.getBoundingClientRect().top && top < 200;
    }"""
    page.wait_for_function(begins)
    drawn(page, len(DERIVATIONS))
    page.wait_for_function(begins)
    # From there on the page is the visitor's to scroll.
    page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollTo({ top: 0, behavior: 'instant' })")
    page.get_by_role("button", name="Present").click()  # draws the page once more
    page.wait_for_function("() => document.getElementById('presented-style').textContent.includes('enlarged')")
    assert page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollTop") < 300


def test_mathematics_opens_on_its_own_and_a_slider_moves_slope_and_tangent(visit: object) -> None:
    page = visit("mathematics?lr=0.05&position=40")
    drawn(page, len(DERIVATIONS))
    loss = BinaryCrossEntropyLoss()

    def slope(yhat: float) -> str:
        return number(float(loss.backward(np.array([yhat]), np.array([1.0])).output_wrt_yhat[0]))

    written(page, f"Slope by the formula: {slope(0.3)}")
    slider = page.get_by_role("slider", name="Prediction ŷ")
    slider.focus()
    slider.press("ArrowRight")
    written(page, f"Slope by the formula: {slope(0.31)}")
    page.wait_for_function("() => document.querySelector('.js-plotly-plot').data[2].x[0] === 0.31")
    written(page, number(float(Sigmoid().backward(np.array([1.0])).output_wrt_x[0])))
    assert re.search(r"lr=0\.05", page.url)
    assert "position=40" in page.url

    # The picture stays in view down to the last line of a longer derivation, and does not move beyond it.
    page.set_viewport_size({"width": 1280, "height": 720})
    page.evaluate(
        """() => {
            const beside = document.querySelector(".st-key-math_moving_sigmoid");
            const row = beside.closest("[data-testid=stHorizontalBlock]");
            const main = document.querySelector("[data-testid=stMain]");
            main.scrollBy({ top: row.getBoundingClientRect().top + 300, behavior: "instant" });
        }"""
    )
    page.wait_for_function(
        """() => {
            const [header, picture] = ["[data-testid=stHeader]", ".st-key-math_moving_sigmoid .js-plotly-plot"].map(
                (found) => document.querySelector(found).getBoundingClientRect());
            return picture.top >= header.bottom && picture.bottom <= innerHeight;
        }"""
    )
    # On a phone it stands above the lines.
    page.set_viewport_size(PHONE["viewport"])
    page.wait_for_function(
        """() => {
            const beside = document.querySelector(".st-key-math_moving_sigmoid");
            const row = beside.closest("[data-testid=stHorizontalBlock]");
            const [text, picture] = [...row.children].map(column => column.getBoundingClientRect());
            return picture.bottom <= text.top;
        }"""
    )


def test_your_data_opens_on_its_own_and_reads(visit: object) -> None:
    page = visit("your_data?seed=7")
    written(page, "Nothing is read yet.")
    page.get_by_role("textbox", name="Or paste a table").fill(TABLE)
    page.get_by_role("button", name="Read the text").click()
    written(page, "2 samples, 2 inputs, 1 output")
    page.reload()  # another session: what was pasted is gone, the experiment is not
    written(page, "Nothing is read yet.")
    assert "seed=7" in page.url


@pytest.mark.parametrize(
    ("path", "charts"),
    [("mathematics", len(DERIVATIONS)), ("where_formulas_break?z=-90", 6), ("compare?epochs=100", 2), ("your_data", 0)],
)
def test_on_a_dark_phone_nothing_is_cut_off(visit: object, path: str, charts: int) -> None:
    page = visit(path, **PHONE, color_scheme="dark")
    drawn(page, charts)
    if path.startswith("compare"):
        page.wait_for_selector('[data-testid="stage"][data-ready="true"]')
        written(page, "What the outcomes mean")
    if path == "your_data":
        page.get_by_role("textbox", name="Or paste a table").fill(TABLE)
        page.get_by_role("button", name="Read the text").click()
        page.get_by_role("button", name="Open in the playground").wait_for()
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    # This element is what scrolls. If anything were too wide, it would scroll sideways.
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
    # In the dark theme the text is light, on the page and in its charts.
    assert lightness(page, "[data-testid=stMain] h1, [data-testid=stMain] h2, [data-testid=stMain] p", "color") > 150
    if charts:
        assert lightness(page, ".js-plotly-plot .gtitle", "fill") > 150
    if "forms" in path:
        bad = page.evaluate("getComputedStyle(document.querySelector('dl.forms .bad')).color")
        assert bad == "rgb(255, 134, 192)"
