"""A problem done by keyboard in a real browser: marked, explained, kept there, and thrown away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.axe import axe_finds_nothing, needs_axe
from tests.browser.conftest import visited, watched_page
from tests.browser.hand import press
from tests.browser.test_by_ear import TOLD

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


# The smallest letters of the exercise, which page-wide measurements do not see: it has a shadow root.
LETTERS = """root => Math.min(...[root, ...root.querySelectorAll("*")].filter(e => e.checkVisibility())
    .map(e => parseFloat(getComputedStyle(e).fontSize)))"""


def test_a_problem_by_finger_on_a_phone(browser: Browser, app: App) -> None:
    """Each thing is pressed where it is seen, and what is said of it is heard."""
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
    typed = {"∂L/∂z[1]": "-0.0953", "∂L/∂W[1,1]": "-0.191", "∂L/∂W[1,2]": "-0.0477", "∂L/∂b[1]": "1"}
    with visited(browser, app, "practise?level=3&seed=7", **phone) as page:
        first, second, *_ = fields = [page.get_by_role("textbox", name=name, exact=True) for name in typed]
        place = second.bounding_box()
        press(first)
        page.keyboard.type("0.0953")
        press(second)
        counts(page, 1, 0, 0, 3)
        assert second.bounding_box() == place  # though the first one is marked now
        for field, text in zip(fields, typed.values(), strict=True):
            press(field)
            page.keyboard.press("Control+A")
            page.keyboard.type(text)
        counts(page, 0, 2, 1, 1)
        press(page.get_by_role("combobox", name="Level"))  # leaving the last field answers it
        page.keyboard.press("Escape")
        counts(page, 0, 2, 2, 0)
        assert first.evaluate(TOLD.replace("document.getElementById", "field.getRootNode().getElementById")) == [
            "true",
            "This is what comes out with the other sign.",
            "polite",
        ]
        assert page.get_by_role("status").filter(has_text="Of 4 entries 2 right after an earlier mistake").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        then = page.get_by_role("button", name="Next: level 2. Back to the logits: ∂L/∂z")
        then.scroll_into_view_if_needed()
        press(then)
        page.get_by_role("group", name="Problem 2/8").wait_for()
        counts(page, 0, 0, 0, 2)
        assert page.locator(ROOT).evaluate(LETTERS) >= 14


@needs_axe
def test_a_marked_problem_its_sheets_and_their_key_pass_axe(browser: Browser, app: App) -> None:
    with visited(browser, app, "practise?level=5&seed=7", color_scheme="dark") as page:
        for name, text in (("∂L/∂z²[1]", "9"), ("∂L/∂z²[2]", "what"), ("∂L/∂a¹[1]", "1/3")):
            page.get_by_role("textbox", name=name, exact=True).fill(text)
        page.keyboard.press("Enter")
        counts(page, 0, 0, 2, 4)
        axe_finds_nothing(page)
    for path in ("practise?level=5&seed=7&sheet=2", "practise?level=6&seed=7&sheet=2&key=1"):
        with visited(browser, app, path) as page:
            assert page.get_by_test_id("sheets").locator("section").count() == 2
            axe_finds_nothing(page)


def test_it_can_be_read_from_the_last_row(browser: Browser, app: App) -> None:
    with visited(browser, app, "practise?level=6&seed=7&present=1") as page:
        page.get_by_role("textbox", name="z¹[1]", exact=True).fill("9")
        page.keyboard.press("Enter")
        counts(page, 0, 0, 1, 12)
        assert page.locator(ROOT).evaluate(LETTERS) >= 20
        assert page.locator(ROOT).evaluate("root => root.scrollWidth <= root.clientWidth")
