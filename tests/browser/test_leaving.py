"""An edit and a click that leaves the page both count, whatever was edited, however it is left, and whatever plays.

Here a sample of the cases; ``python -m tests.benchmarks.leaving`` goes through all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from pages.teach.lesson import LESSON
from tests.browser import samples
from tests.browser.conftest import Stage, watched_page
from tests.browser.leaving import CASES, EDITS, Case, gone, navigate, soon, visit
from tests.server import App, running_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def shared() -> Iterator[App]:
    with running_app() as app:
        yield app
        assert "Traceback" not in app.said(), app.said()


@pytest.fixture
def page(browser: Browser, shared: App) -> Iterator[Page]:
    faults: list[str] = []
    page = watched_page(browser, shared, faults, has_touch=True)
    yield page
    page.close()
    # A page that is left at once no longer loads its scripts.
    assert [fault for fault in faults if "404" not in fault] == []


SAMPLED: tuple[Case, ...] = (
    ("learning rate", "navigation", "5 ms", True),
    ("cell", "button", "touch", True),
    ("seed", "Back", "0 ms", False),
    ("heading", "Share", "50 ms", False),
    ("epoch of the step", "link", "0 ms", True),
    ("values", "navigation", "touch", True),
)


@pytest.mark.parametrize("case", SAMPLED, ids=lambda case: "-".join(map(str, case)))
def test_an_edit_and_a_click_both_count(page: Page, shared: App, case: Case) -> None:
    assert case in CASES
    assert visit(page, shared, case) == ""


def test_what_stands_open_over_the_page_calls_nobody_back(page: Page, shared: App) -> None:
    """A popover closes at the click that leaves, and reports that to Streamlit: this must not lead back."""
    page.add_init_script("""
        window.led = [];
        const push = history.pushState;
        history.pushState = function (state, title, url) {
            window.led.push(new URL(url, location.href).pathname);
            return push.call(this, state, title, url);
        };
    """)
    page.goto(f"{shared.url}?seed=5")
    page.get_by_role("button", name="Share").click()
    page.get_by_test_id("stCode").first.wait_for()
    navigate(page, "Teach")
    page.wait_for_function("() => location.search.includes('seed=5')")
    assert page.evaluate("() => window.led") == ["/teach"]


def test_one_back_leads_back(stage: Stage) -> None:
    stage.open("?seed=7")
    for name in ("Step by step", "Mathematics", "Compare"):
        stage.page.get_by_test_id("stTopNavLink").filter(has_text=name).click()
        stage.page.wait_for_url("**/" + name.lower().replace(" ", "_") + "?*seed=7*")
    for path in ("/mathematics", "/step_by_step", "/"):
        stage.page.go_back()
        assert gone(stage.page, path)
        stage.page.wait_for_function("() => location.search.includes('seed=7')")
        # Wait until the page is drawn: a second Back in the same moment would meet Streamlit between two pages.
        stage.page.wait_for_function(
            "path => [...document.querySelectorAll('[data-testid=stTopNavLink][aria-current]')]"
            ".some(link => link.pathname === path)",
            arg=path,
        )


def test_one_back_leads_back_from_a_page_left_while_it_played(stage: Stage) -> None:
    for leave in ("Open this step", "Step by step"):
        stage.open("?seed=7")
        stage.press("Train")
        stage.wait("Number(d.position) > 30")
        stage.page.get_by_role("button" if leave == "Open this step" else "link", name=leave).first.click()
        stage.page.wait_for_url(re.compile("step_by_step.*position="))
        stage.page.go_back()
        assert gone(stage.page, "/")
        stage.ready()


def test_a_copied_navigation_link_carries_the_experiment(stage: Stage) -> None:
    stage.open("?seed=7&position=30")
    stage.at(30)
    link = stage.page.get_by_test_id("stTopNavLink").filter(has_text="Step by step")
    link.click(button="right")
    href = link.evaluate("link => link.href")
    assert urlsplit(href).path == "/step_by_step"
    assert parse_qs(urlsplit(href).query) == {"seed": ["7"], "position": ["30"]}
    # Opened in a tab of its own; what was typed counts in this one.
    EDITS["epochs"].act(stage.page)
    with stage.page.context.expect_page() as opened:
        link.click(modifiers=["Control"])
    opened.value.wait_for_url("**/step_by_step?seed=7&position=30")
    opened.value.close()
    stage.page.wait_for_function("() => location.pathname === '/' && location.search.includes('epochs=1234')")


def test_a_link_of_the_lesson_has_the_address_of_its_own_page_untouched(page: Page, shared: App) -> None:
    """As a copy takes it: Streamlit writes those to the first page without a path."""
    page.goto(f"{shared.url}teach")
    page.wait_for_function(
        """count => { const links = [...document.querySelectorAll('[data-testid=stPageLink-NavLink]')];
            return links.length === count && links.every(link => link.pathname !== '/teach'); }""",
        arg=len(LESSON),
    )
    links = page.get_by_test_id("stPageLink-NavLink").evaluate_all("links => links.map(link => link.href)")
    assert [urlsplit(link).path.strip("/") or "playground" for link in links] == [line.page for line in LESSON]
    page.goto(next(link for link in links if "example=xor" in link))
    page.wait_for_selector('[data-testid="stage"][data-ready="true"]')
    assert page.get_by_text("ignored").count() == 0


def test_a_bad_cell_is_still_there_and_still_marked_after_another_page(stage: Stage) -> None:
    page = stage.open("?seed=7").page
    page.bring_to_front()  # in a page behind another a text stays open
    samples.type_into(page, 2, "x₂", "abc")  # and Enter leads on to the next row
    assert samples.field(page).count() == 0
    bad = samples.cell(page, 2, "x₂")
    for leave in ("navigation", "Back"):
        assert soon(page, lambda: bad.get_attribute("aria-invalid") == "true")
        assert bad.inner_text() == "abc"
        assert "abc" in (bad.get_attribute("title") or "")
        page.get_by_test_id("stTopNavLink").filter(has_text="Step by step").click()
        page.get_by_label("Exact epoch").first.wait_for()
        if leave == "navigation":
            page.get_by_test_id("stTopNavLink").filter(has_text="Playground").click()
        else:
            page.go_back()
        stage.ready()
    assert soon(page, lambda: bad.get_attribute("aria-invalid") == "true")
    assert bad.inner_text() == "abc"
    assert "seed=7" in page.url


def test_two_quick_backs_lead_two_pages_back_with_the_experiment(stage: Stage) -> None:
    page = stage.open("?seed=7").page
    samples.type_into(page, 1, "x₁", "77")
    page.wait_for_function("() => location.search.includes('77')")
    for title in ("Step by step", "Mathematics"):
        navigate(page, title)
    for pause in (0, 300):
        page.evaluate("pause => { history.back(); setTimeout(() => history.back(), pause); }", pause)
        assert gone(page, "/")
        stage.ready()
        page.wait_for_function("() => location.search.includes('seed=7') && location.search.includes('77')")
        assert samples.cell(page, 1, "x₁").inner_text() == "77"
        for title in ("Step by step", "Mathematics"):
            navigate(page, title)
