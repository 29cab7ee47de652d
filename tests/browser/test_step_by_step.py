"""The step page in a real browser: by keyboard, by clicks into its pictures, on a phone, in the dark."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np
import pytest

from classifier import Experiment, Run, Step
from pages.shared.address.reading import from_params
from pages.shared.charts import palette
from pages.shared.text.shown_numbers import number
from tests.browser import samples
from tests.browser.conftest import swipe, watched_page
from tests.browser.hand import STILL
from tests.server import App, running_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

STEP = "step_by_step?position=318&sample=2"
Open = Callable[..., "Page"]


@pytest.fixture(scope="module")
def shared_app() -> Iterator[App]:
    with running_app() as app:
        yield app
        assert "Traceback" not in app.said(), app.said()


@pytest.fixture
def open_page(browser: Browser, shared_app: App) -> Iterator[Open]:
    """Open an address of the app; whatever goes wrong in the browser is a fault."""
    faults: list[str] = []
    pages = []

    def opened(path: str, **options: object) -> Page:
        page = watched_page(browser, shared_app, faults, **options)
        pages.append(page)
        page.goto(shared_app.url + path)
        return page

    yield opened
    for page in pages:
        page.close()
    assert faults == []


def step_of(position: int, sample: int) -> Step:
    run = Run(Experiment.tutorial())
    run.advance(max_epochs=position)
    return run.step(position - 1, sample - 1)


def phase(page: Page, index: int) -> Locator:
    """Return the heading of a phase, once the keys are heard: the buttons come with code of their own."""
    page.get_by_role("button", name="Next").wait_for()
    page.locator(".spoken", has_text="phase").wait_for(state="attached")
    return page.get_by_role("heading", name=re.compile(f"^{index} · "))


def at(page: Page, **expected: str) -> None:
    """Wait until the address says so; what is left out must be missing."""
    page.wait_for_function(
        """expected => {
            const query = new URLSearchParams(location.search);
            return ["position", "sample", "phase"].every(key => query.get(key) === (expected[key] ?? null));
        }""",
        arg=expected,
    )


def place_of(page: Page, label: str, column: int, row: int) -> tuple[float, float]:
    """Say where the middle of a cell of a chart is, wherever Plotly has drawn it."""
    x, y = page.locator(".js-plotly-plot", has_text=label).evaluate(
        """(div, [x, y]) => {
            const {xaxis, yaxis} = div._fullLayout, box = div.getBoundingClientRect();
            return [box.left + xaxis._offset + xaxis.c2p(x), box.top + yaxis._offset + yaxis.c2p(y)];
        }""",
        [column, row],
    )
    return x, y


def click_cell(page: Page, label: str, column: int, row: int) -> None:
    """Click into the middle of a cell of a chart."""
    chart = page.locator(".js-plotly-plot", has_text=label)
    chart.scroll_into_view_if_needed()
    chart.locator(".heatmaplayer image").first.wait_for()
    chart.evaluate(STILL)
    place = place_of(page, label, column, row)
    page.mouse.move(*place)
    page.mouse.click(*place)


def test_a_deep_link_and_the_keyboard(open_page: Open) -> None:
    page = open_page(STEP + "&phase=7")  # the first request to this server
    phase(page, 7).wait_for()
    page.get_by_text(number(float(step_of(318, 2).layers[-1].loss_wrt_weight[0, 1]))).first.wait_for()
    page.keyboard.press("n")  # nothing has the focus yet
    at(page, position="318", sample="2", phase="8")
    page.locator(".spoken").get_by_text("phase 8 of 8").wait_for(state="attached")
    page.keyboard.press("n")
    at(page, position="318", sample="3")
    assert phase(page, 2).count() == 0
    page.keyboard.press("b")
    at(page, position="318", sample="2", phase="8")
    page.keyboard.press("a")
    in_order = """phases => [...document.querySelectorAll("h3")].map(head => head.textContent[0]).join("") === phases"""
    page.wait_for_function(in_order, arg="12345678")
    page.wait_for_function("() => location.search.includes('all=1')")
    page.go_back()
    page.wait_for_function(in_order, arg="87654321")
    page.go_back()
    at(page, position="318", sample="3")
    phase(page, 1).wait_for()
    # On another page they are letters again.
    page.get_by_test_id("stTopNavLink").filter(has_text="Playground").click()
    samples.heading(page, "x₁").click()
    page.keyboard.type("banana")
    page.keyboard.press("Tab")
    samples.heading(page, "banana").wait_for()


# Of a network with one hidden layer: each phase's quantity by its first entry, its shape, and where the core has it.
DEEP: dict[str, tuple[str, Callable[[Step], np.ndarray]]] = {
    "z¹[1]": ("(4,)", lambda step: step.layers[0].logits),
    "a¹[1]": ("(4,)", lambda step: step.layers[0].output),
    "z²[1]": ("(1,)", lambda step: step.layers[1].logits),
    "ŷ[1]": ("(1,)", lambda step: step.yhat),
    "L[1]": ("(1,)", lambda step: step.loss),
    "∂L/∂ŷ[1]": ("(1,)", lambda step: step.layers[1].loss_wrt_output),
    "∂ŷ/∂z²[1]": ("(1,)", lambda step: step.layers[1].output_wrt_logits),
    "∂L/∂z²[1]": ("(1,)", lambda step: step.layers[1].loss_wrt_logits),
    "∂L/∂W²[1,1]": ("(1, 4)", lambda step: step.layers[1].loss_wrt_weight),
    "∂L/∂a¹[1]": ("(4,)", lambda step: step.layers[0].loss_wrt_output),
    "∂a¹/∂z¹[1]": ("(4,)", lambda step: step.layers[0].output_wrt_logits),
    "∂L/∂z¹[1]": ("(4,)", lambda step: step.layers[0].loss_wrt_logits),
    "∂L/∂W¹[1,1]": ("(4, 2)", lambda step: step.layers[0].loss_wrt_weight),
    "new W²[1,1]": ("(4, 2), (1, 4)", lambda step: step.parameters_after[1]),
}
# What is seen of the picture, the phases and the controls, but out of the window or cut off in its own box. A chart and
# a formula of one matrix can be moved sideways.
OUTSIDE = """() => [...document.querySelectorAll(".graph-cell, [class*=st-key-step_] :is(h3, p, label, button)")]
    .filter(e => e.checkVisibility() && e.offsetWidth > 2 && !e.closest(".katex-display, .stage"))
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1 || e.scrollWidth > e.clientWidth + 1 && e.clientWidth)
    .map(e => e.textContent.slice(0, 60))"""


@pytest.mark.parametrize("width", [1280, 390])
def test_every_phase_of_a_deep_step_by_keyboard_and_by_ear(open_page: Open, width: int) -> None:
    opened = from_params({"example": ["xor-hidden"]}).experiment
    run = Run(opened)
    run.advance(max_epochs=100)
    step = run.step(99, 1)
    size = {"width": width, "height": 720 if width == 1280 else 844}
    page = open_page("step_by_step?example=xor-hidden&position=100&sample=2", viewport=size)
    phase(page, 1).wait_for()
    for index, (name, (shape, core)) in enumerate(DEEP.items(), 1):
        said = f"Shape {shape}. {name} is {number(float(core(step).flat[0]))}."
        page.locator(".spoken", has_text=f"Epoch 100, sample 2, phase {index} of 14: ").filter(has_text=said).wait_for(
            state="attached"
        )
        phase(page, index).wait_for()
        assert page.evaluate(OUTSIDE) == []
        page.keyboard.press("n")
    page.locator(".spoken", has_text="sample 3, phase 1 of 14: ").wait_for(state="attached")
    page.keyboard.press("b")
    page.locator(".spoken", has_text="sample 2, phase 14 of 14: ").wait_for(state="attached")


def test_cells_and_rows_are_chosen_by_a_click(open_page: Open) -> None:
    page = open_page(STEP + "&phase=8")
    phase(page, 8).wait_for()
    step = step_of(318, 2)
    formulas = page.locator(".katex-mathml annotation")
    for column, row, name in ((1, 2, "W_{3,2}"), (3, 1, "b_{2}")):
        click_cell(page, "Outer product", column, row)
        formulas.filter(has_text=rf"{name} & \leftarrow {name}").wait_for(state="attached")
    updated = formulas.filter(has_text=r"b_{2} & \leftarrow").text_content() or ""
    assert number(float(step.parameters_after[0][1, -1])).replace("−", "-") in updated
    page.wait_for_function("""() => document.querySelector('input[aria-label="Output"]')?.value === "2 · y₂" """)
    click_cell(page, "Who moved what", 5, 4)
    at(page, position="318", sample="5", phase="8")


def test_a_phone_shows_it_without_sideways_scrolling(open_page: Open) -> None:
    page = open_page(STEP + "&phase=8", viewport={"width": 390, "height": 844}, has_touch=True)
    page.locator(".js-plotly-plot", has_text="Who moved what").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollWidth") <= 390
    sizes = page.evaluate(
        """() => [...document.querySelectorAll(".graph *")].map(node => parseFloat(getComputedStyle(node).fontSize))"""
    )
    assert min(sizes) >= 14
    outside = page.evaluate(
        """() => [...document.querySelectorAll(".graph-cell")].filter(cell =>
            cell.getBoundingClientRect().right > innerWidth || cell.scrollWidth > cell.clientWidth + 1).length"""
    )
    assert outside == 0
    # Between two matrices the line may break: a factor that is out of sight is missed.
    page.get_by_role("button", name="Show all").tap()
    factors = page.locator(".st-key-step_phase_1 .katex-display").nth(1)
    factors.wait_for()
    right = factors.locator(".base").evaluate_all("all => Math.max(...all.map(e => e.getBoundingClientRect().right))")
    assert right <= 390


def test_the_dark_scheme_has_its_own_colours(open_page: Open) -> None:
    page = open_page(STEP + "&phase=7", color_scheme="dark")
    phase(page, 7).wait_for()
    chart = page.locator(".js-plotly-plot", has_text="Outer product")
    chart.locator(".heatmaplayer image").first.wait_for()
    zero = dict(palette.DIVERGING)[0.5]
    page.wait_for_function(
        """([zero]) => {
            const chart = document.querySelector(".js-plotly-plot");
            return chart?.data && chart.data[0].colorscale.some(stop => stop[1] === zero);
        }""",
        arg=[palette.DARK[zero]],
    )
    colour = page.evaluate("getComputedStyle(document.querySelector('.graph-weight')).color")
    dark = palette.DARK[palette.LAYERS[2][0]]
    assert colour == f"rgb({int(dark[1:3], 16)}, {int(dark[3:5], 16)}, {int(dark[5:7], 16)})"


def test_the_phase_just_reached_is_in_view_on_a_projector(open_page: Open) -> None:
    page = open_page(STEP)
    phase(page, 1).wait_for()
    page.get_by_role("heading", name="Step by step").click()
    for index in range(1, 9):
        formulas = page.get_by_test_id("stVerticalBlock").and_(page.locator(f".st-key-step_phase_{index}"))
        numbers = formulas.locator(".katex-display").nth(1)
        numbers.wait_for()
        box = numbers.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 720
        page.keyboard.press("n")


def chosen_by_a_finger(page: Page) -> None:
    """Move the outer product sideways, and choose a cell of it: it stays where it is."""
    chart = page.locator(".stage-charts:has([data-figure=outer_product])")
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    assert box is not None
    swipe(page, box["x"] + 250, box["y"] + 150, -120, 0)
    there = "() => document.querySelector('.stage-charts:has([data-figure=outer_product])').scrollLeft"
    page.wait_for_function(f"() => ({there})() > 50")
    before = page.evaluate(there)
    page.touchscreen.tap(*place_of(page, "Outer product", 4, 2))
    page.wait_for_function("() => document.querySelector('input[aria-label=Output]')?.value.startsWith('3')")
    assert page.evaluate(there) == before


def test_no_number_of_the_graph_is_cut_off(open_page: Open) -> None:
    """A number without its first digits would be another one."""
    for width, height in ((1280, 720), (390, 844)):
        window = {"width": width, "height": height}
        page = open_page(
            "step_by_step?example=iris&position=20&sample=120&phase=8", viewport=window, has_touch=width < 900
        )
        page.locator(".graph-values").nth(9).wait_for()
        hidden = page.locator(".graph-values > *").evaluate_all(
            """values => values.filter(value => {
                const frame = value.closest(".graph-cell").getBoundingClientRect();
                const { left, right } = value.getBoundingClientRect();
                // What begins in sight and ends outside can be scrolled to.
                return left < frame.left || (innerWidth > 900 && right > frame.right);
            }).map(value => value.textContent)"""
        )
        assert hidden == []
        # No formula is cut off either: it breaks into lines. On a phone a single matrix may be too wide.
        cut = page.locator(".katex-display").evaluate_all(
            """formulas => formulas.filter(formula => [...formula.querySelectorAll(".base")].some((part, i) =>
                (innerWidth > 900 || i > 0) && part.getBoundingClientRect().width <= formula.clientWidth
                && part.getBoundingClientRect().right > formula.getBoundingClientRect().right + 1)
            ).map(formula => formula.textContent.slice(0, 60))"""
        )
        assert cut == []
    chosen_by_a_finger(page)
    page = open_page("step_by_step?example=iris&position=20&sample=120&phase=8")
    for phase in (8, 7):
        page.locator(f".st-key-step_phase_{phase} .katex-display").nth(2).wait_for()
        # Once Streamlit has loaded the style of formulas. A last bracket stands out by less than its own width.
        page.wait_for_function(
            "() => [...document.querySelectorAll('.katex-display')].every(e => e.scrollWidth <= e.clientWidth + 4)"
        )
        page.get_by_role("heading", name="Step by step").click()
        page.keyboard.press("b")
        page.locator(f".st-key-step_phase_{phase}").wait_for(state="detached")
