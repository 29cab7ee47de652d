"""For people who do not see the page: messages tied to their fields, and keys that act in the step alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import Stage, visited

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browser.samples import Panel
    from tests.server import App

HEADING = "h1, [data-testid=stMain] :is(h2, h3)"
# Field: a bad value, a good value, a word of the message about the bad one.
FIELDS = {
    "Exact learning rate": ("abc", "0.1", "abc"),
    "Epochs": ("half", "2000", "half"),
    "Seed": ("-1", "42", "-1"),
    "Matrix of initial weights, the bias last": ("1 2\n3", "", "row"),
}
# What a screen reader learns of a field: whether it is invalid, the message, and whether the message is announced.
TOLD = """field => {
    const [by] = ["aria-describedby", "aria-errormessage"].flatMap((name) => field.getAttribute(name) ?? []);
    const line = document.getElementById(by);
    const live = line?.closest("[aria-live]")?.getAttribute("aria-live");
    return [field.getAttribute("aria-invalid"), line?.textContent, live];
}"""


def test_a_bad_value_is_said_and_tied_to_its_field(panel: Panel) -> None:
    page = panel.page
    for label, (wrong, right, word) in FIELDS.items():
        field = page.get_by_label(label, exact=True)
        if label.startswith("Matrix"):
            page.get_by_text("Advanced", exact=True).click()
            # While the section still unfolds, its parts move, and a click may miss them.
            page.wait_for_function("() => document.getAnimations().every(({ playState }) => playState !== 'running')")
            page.get_by_text("Typed in", exact=True).click()
        field.wait_for()
        kept = field.input_value()
        field.fill(wrong)
        field.press("Control+Enter")
        page.wait_for_function(f"field => ({TOLD})(field)[0] === 'true'", arg=field.element_handle())
        _, text, live = field.evaluate(TOLD)
        assert text.startswith(f"{label}: "), text
        assert word in text
        assert live == "polite"
        field.fill(right or kept)
        field.press("Control+Enter")
        page.wait_for_function(f"field => ({TOLD})(field)[0] === 'false'", arg=field.element_handle())
        assert field.evaluate(TOLD) == ["false", None, None]
        assert page.locator("[data-label]").count() == 0
    page.get_by_role("button", name="From here on").click()
    field = page.get_by_label("Learning rate from here on", exact=True)
    for typed, told in (("abc", "Learning rate from here on: "), ("0.5", None)):
        field.fill(typed)
        field.press("Enter")
        state = "true" if told else "false"
        page.wait_for_function(f"([field, state]) => ({TOLD})(field)[0] === state", arg=[field.element_handle(), state])
        _, text, live = field.evaluate(TOLD)
        assert (text or "").startswith(told or "")
        assert live == ("polite" if told else None)


@pytest.mark.parametrize(
    ("path", "label", "wrong", "right"),
    [
        ("compare", "Values", "abc", "0.1, 1"),
        ("compare", "Loss to reach", "-1", "0.3"),
        ("step_by_step?phase=2&predict=1", "Your guess for ", "abc", "1"),
    ],
)
def test_a_bad_value_of_a_page_is_said_and_tied_to_its_field(
    browser: Browser, app: App, path: str, label: str, wrong: str, right: str
) -> None:
    with visited(browser, app, path) as page:
        field = page.locator(f'input[aria-label^="{label}"]')
        page.wait_for_selector(".announced", state="attached").evaluate("root => { root.stays = true; }")
        field.fill(wrong)
        field.press("Enter")
        page.locator('[aria-live="polite"] [data-label]').wait_for(state="attached")
        state, text, live = field.evaluate(TOLD)
        assert (state, live) == ("true", "polite")
        assert text.startswith(f"{field.get_attribute('aria-label')}: ")
        assert len(text) > len(label) + 10
        field.fill(right)
        field.press("Enter")
        page.locator("[data-label]").wait_for(state="detached")
        if path == "compare":  # the step page's field is gone once it is answered
            page.wait_for_function(f"field => ({TOLD})(field)[0] === 'false'", arg=field.element_handle())
            assert field.evaluate(TOLD) == ["false", None, None]
        assert page.evaluate("document.querySelector('.announced').stays"), "the corner was mounted anew"


def test_an_epoch_that_is_not_there_is_said_and_changes_nothing(browser: Browser, app: App) -> None:
    with visited(browser, app, "step_by_step?position=12") as page:
        field = page.get_by_label("Exact epoch", exact=True)
        for wrong in ("2001", "0"):
            field.fill(wrong)
            field.press("Enter")
            page.wait_for_function(f"field => ({TOLD})(field)[0] === 'true'", arg=field.element_handle())
            _, text, _ = field.evaluate(TOLD)
            assert "between 1 and 2000" in text
            assert page.get_by_role("alert").filter(has_text="between 1 and 2000").count()
        assert page.get_by_text("Epoch 12 of 2000", exact=True).is_visible()
        field.fill("13")
        field.press("Enter")
        page.get_by_text("Epoch 13 of 2000", exact=True).wait_for()
        page.wait_for_function(f"field => ({TOLD})(field)[0] === null", arg=field.element_handle())
        assert field.evaluate(TOLD) == [None, None, None]


def test_letters_act_in_the_step_alone(browser: Browser, app: App) -> None:
    with visited(browser, app, "step_by_step?phase=3") as page:
        phase = page.get_by_role("heading", name="3 · ", exact=False)
        phase.wait_for()
        page.locator(".spoken", has_text="phase 3 of 8").wait_for(state="attached")  # its script guards the letters
        assert page.locator(HEADING).evaluate_all("all => [...new Set(all.map(h => h.tagName))]") == ["H2", "H3"]
        page.locator("header a").first.focus()
        for letter in "nbaNBA":
            page.keyboard.press(letter)
        # Whoever goes by the Tab key sees where he is: on a page of the navigation, a switch, a link in the text.
        for control in ("[data-testid=stTopNavLink]", "[role=switch]", "[data-testid=stPageLink-NavLink]"):
            page.locator(control).first.focus()
            page.wait_for_function(
                """() => {
                    const { activeElement } = document, label = activeElement.closest("label") ?? activeElement;
                    const { outlineStyle, outlineWidth } = getComputedStyle(label);
                    return outlineStyle === "solid" && outlineWidth === "2px";
                }"""
            )
        step = page.locator(".st-key-step_next button")
        inks = step.locator("p, kbd").evaluate_all(
            "all => all.map(e => [getComputedStyle(e).opacity, getComputedStyle(e).color])"
        )
        assert inks[0] == inks[1]  # its letter is as legible as its word
        step.focus()
        page.keyboard.press("b")
        # Had one of the letters before it acted, another phase would be said now.
        page.locator(".spoken", has_text="phase 2 of 8").wait_for(state="attached")


HINT = "Enter reads the values of this chart."


def digits(value: float) -> str:
    """Write a value as a float32 is written in full, without its sign."""
    return f"{abs(value):.9g}"


def test_a_heatmap_of_the_player_is_read_with_all_digits_and_its_keys_come_back(stage: Stage) -> None:
    stage.open("?position=20")
    stage.at(20)
    page, said = stage.page, stage.page.locator(".chart-values")
    weights = stage.trace("weights", 0, "z")
    page.locator('[data-figure="weights"]').focus()
    page.keyboard.press("Enter")
    said.filter(has_text=digits(weights[0][0])).wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    said.filter(has_text=digits(weights[1][-1])).wait_for()
    assert stage.position == 20
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")
    stage.at(21)
    page.locator('[data-figure="loss"]').focus()
    losses = stage.trace("loss", 0, "y")
    epochs = stage.trace("loss", 0, "x")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    said.filter(has_text=f"epoch {epochs[1]} · running loss {str(losses[1])[:8]}").wait_for()
    # After Tab the next chart has the focus, and this one is no longer read.
    page.keyboard.press("Tab")
    assert said.inner_text() == HINT
    page.locator('[data-figure="loss"] .hovertext').wait_for(state="detached")


def test_charts_that_are_empty_say_what_fills_them_and_the_choice_of_one_is_whole(stage: Stage) -> None:
    stage.open("?example=iris")
    chooser = stage.page.get_by_label("Chart shown here", exact=True)
    assert chooser.evaluate("box => parseFloat(getComputedStyle(box).fontSize)") >= 14
    # With an engine's own appearance the box's frame might leave too little room for the text.
    assert chooser.evaluate("box => getComputedStyle(box).appearance") == "none"
    assert chooser.evaluate("box => box.scrollHeight <= box.clientHeight && box.scrollWidth <= box.clientWidth")
    line = chooser.evaluate("""box => {
        const { fontSize, lineHeight, paddingTop, paddingBottom } = getComputedStyle(box);
        return [box.clientHeight - parseFloat(paddingTop) - parseFloat(paddingBottom), 1.15 * parseFloat(fontSize)];
    }""")
    assert line[0] >= line[1]
    # No empty box covers a chart that has a curve already.
    assert [box for box in stage.page.locator(".stage-empty").all() if box.is_visible() and not box.inner_text()] == []
