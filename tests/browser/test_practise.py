"""A problem done by keyboard in a real browser: marked, explained, kept there, and thrown away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.conftest import watched_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.server import App

ROOT = '[data-testid="practise"]'


def counts(page: Page, right: int, carried: int, wrong: int, still: int) -> None:
    """Wait until so many entries are right, carried on, wrong and open."""
    page.wait_for_selector(
        f'{ROOT}[data-right="{right}"][data-carried="{carried}"][data-wrong="{wrong}"][data-open="{still}"]'
    )


def test_a_problem_by_keyboard_on_a_phone(browser: Browser, app: App) -> None:
    faults: list[str] = []
    page = watched_page(browser, app, faults, viewport={"width": 390, "height": 844})
    page.goto(f"{app.url}practise?level=3&seed=7")
    counts(page, 0, 0, 0, 4)
    first = page.get_by_role("textbox", name="∂L/∂z[1]", exact=True)
    first.focus()
    for text in ("0.00822", "0.0381", "−0,0"):  # ŷ(1 − ŷ) twice, then carried on, then what is no number
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.type("exp(")
    page.keyboard.press("Enter")
    page.wait_for_selector(f'{ROOT} [data-state="unread"]')
    page.wait_for_selector('[data-mistake="repeat_sigmoid"]')
    assert page.locator("[data-mistake]").first.text_content() == (
        "This is what comes out if ŷ(1 − ŷ) is multiplied in twice."
    )
    assert first.get_attribute("aria-invalid") == "true"
    counts(page, 0, 0, 3, 1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    show = page.get_by_role("button", name="Show me ∂L/∂z[1]")
    assert show.is_hidden()  # after one try
    first.fill("-0.09535")
    first.press("Enter")
    page.wait_for_selector('[data-mistake="flip_sign"]')
    show.press("Enter")
    page.get_by_text("∂L/∂z[1] = 0.09535 − 0 = 0.09535").wait_for()
    first.fill("0,0953")
    first.press("Enter")
    page.wait_for_selector(f'{ROOT} [data-state="right"]')
    page.reload()
    page.wait_for_selector(f'{ROOT}[data-right="1"]')
    assert page.get_by_role("textbox", name="∂L/∂z[1]", exact=True).input_value() == "0,0953"
    page.get_by_role("button", name="Throw away all that is kept").press("Enter")
    counts(page, 0, 0, 0, 4)
    assert page.evaluate("localStorage.getItem('practise')") is None
    assert faults == []
