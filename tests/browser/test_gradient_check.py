"""The gradient check and the code in a real browser: breaking and mending, deep links, a phone, the dark theme."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import watched_page
from tests.server import running_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.server import App

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture(scope="module")
def app() -> Iterator[App]:
    with running_app() as app:
        yield app
        assert "Traceback" not in app.said(), app.said()


@pytest.fixture
def visit(browser: Browser, app: App) -> Iterator[Any]:
    faults: list[str] = []
    pages: list[Page] = []

    def visit(path: str, **options: Any) -> Page:  # noqa: ANN401 - Playwright's
        page = watched_page(browser, app, faults, **options)
        pages.append(page)
        page.goto(app.url + path)
        return page

    yield visit
    for page in pages:
        page.close()
    assert faults == []


def verdict(page: Page, text: str) -> None:
    page.get_by_test_id("stAlert").filter(has_text=text).wait_for()


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_label(label).click()
    page.get_by_role("option", name=option, exact=True).click()


def marks(page: Page, number: int) -> None:
    """Wait until so many cells bear a mark."""
    page.wait_for_function(
        "n => document.querySelector('.js-plotly-plot')?.querySelectorAll('.scatterlayer .point').length === n",
        arg=number,
    )


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_breaking_turns_the_verdict_red_and_mending_turns_it_back(visit: Any) -> None:  # noqa: ANN401 - a function
    page = visit("gradient_check?position=318")
    verdict(page, "All 16 derivatives agree.")
    marks(page, 0)
    choose(page, "Break it", "Forget the bias")
    verdict(page, "4 of 16 derivatives disagree.")
    marks(page, 4)
    page.wait_for_url("**break=forget_bias*")
    page.reload()
    verdict(page, "4 of 16 derivatives disagree.")
    choose(page, "Break it", "Nothing")
    verdict(page, "All 16 derivatives agree.")
    marks(page, 0)


def test_the_step_is_moved_by_the_keyboard(visit: Any) -> None:  # noqa: ANN401 - a function
    page = visit("gradient_check?position=1&eps=1e-2")
    verdict(page, "All 16 derivatives agree.")
    page.get_by_role("slider", name="Difference step ε").press("ArrowRight")
    verdict(page, "truncation spoils the difference")


@pytest.mark.parametrize("options", [PHONE, PHONE | {"color_scheme": "dark"}], ids=["light", "dark"])
def test_a_phone_shows_it_without_scrolling_sideways(visit: Any, options: dict[str, Any]) -> None:  # noqa: ANN401
    page = visit("gradient_check?position=318&break=transpose_product", **options)
    verdict(page, "10 of 16 derivatives disagree.")
    marks(page, 10)
    assert fits(page)
    # No pointer hovers there, so the table's tools are always in sight: beside the words above them, not over them.
    tools = page.get_by_test_id("stElementToolbar").bounding_box()
    words = page.get_by_text("Each derivative is measured").bounding_box()
    assert tools is not None
    assert words is not None
    assert tools["y"] >= words["y"] + words["height"]
    dark = "color_scheme" in options
    ink = page.evaluate("getComputedStyle(document.querySelector('.js-plotly-plot .xtick text')).fill")
    assert ink == ("rgb(231, 234, 240)" if dark else "rgb(29, 36, 51)")
    page = visit("source_code?position=318&show=LinearClassifier.update_weights", **options)
    page.get_by_text("layers[0].bias").first.wait_for()
    assert fits(page)


def test_a_link_opens_the_code_at_a_function_and_leads_back_to_its_phase(visit: Any) -> None:  # noqa: ANN401
    page = visit("source_code?show=Sigmoid.backward&position=318")
    page.get_by_text("return ActivationPartials").wait_for()
    assert page.get_by_text("classifier/graph/layers.py, lines").is_visible()
    page.get_by_role("link", name="Step by step, phase 5").click()
    page.get_by_role("heading", name="5 · ").first.wait_for()
    assert page.url.endswith("/step_by_step?position=318&phase=5")
    # The link held the whole address: the page had nothing to add to it, which would be a second stop on the way back.
    page.go_back()
    page.get_by_text("return ActivationPartials").wait_for()
