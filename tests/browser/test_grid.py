"""The samples' table by keys, by touch and to a screen reader: a grid with one tab stop, where nothing gets lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from classifier.experiment.experiment import Experiment
from classifier.experiment.validation import MAX_NAME_LENGTH
from tests.browser import samples
from tests.browser.conftest import watched_page
from tests.browser.samples import Panel, soon

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.server import App

TUTORIAL = Experiment.tutorial()
PASTE = """text => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    let active = document.activeElement;
    while (active.shadowRoot) active = active.shadowRoot.activeElement;
    const options = { clipboardData, bubbles: true, cancelable: true, composed: true };
    active.dispatchEvent(new ClipboardEvent("paste", options));
}"""
# Which cell, field or button has the focus, by its name or place.
FOCUS = """() => {
    let active = document.activeElement;
    while (active.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    const { row, column } = active.dataset;
    if (column !== undefined) return `${row},${column}`;
    return active.getAttribute("aria-label") || active.textContent.trim() || active.tagName;
}"""
# Which row lies at the lower edge of the table's window.
LAST_IN_SIGHT = """scroll => {
    const box = scroll.getBoundingClientRect();
    const y = box.top + scroll.clientHeight - 6;
    return scroll.getRootNode().elementFromPoint(box.left + 60, y)?.closest("tr")?.dataset.row ?? "";
}"""


def focus(panel: Panel) -> str:
    return str(panel.page.evaluate(FOCUS))


def press(panel: Panel, *keys: str) -> None:
    for key in keys:
        panel.page.keyboard.press(key)


def long_table(page: Page, app: App, rows: int) -> Panel:
    inputs = "_".join(f"{row}+1" for row in range(rows))
    return Panel(page, f"{app.url}?epochs=5&inputs={inputs}&labels={'_'.join(['1'] * rows)}")


@pytest.mark.parametrize("rows", [25, 150, 1000])
def test_the_last_rows_are_reached_by_wheel_and_keys(browser: Browser, panel_app: App, rows: int) -> None:
    faults: list[str] = []
    page = watched_page(browser, panel_app, faults)
    panel = long_table(page, panel_app, rows)
    scroll = samples.grid(page).locator("xpath=..")
    end = scroll.evaluate("scroll => scroll.scrollHeight - scroll.clientHeight")
    for step in (20, 40, 53, 100, 120, 333):
        scroll.hover()  # each time: at the table's end the page goes on
        # Only the last part is scrolled in steps: a thousand rows would take 1 300 steps of 20 pixels.
        scroll.evaluate("(scroll, top) => scroll.scrollTo(0, top)", max(0, end - 12 * step))
        for _ in range(14):
            page.mouse.wheel(0, step)
            page.evaluate("() => new Promise(requestAnimationFrame)")
        assert soon(lambda: scroll.evaluate(LAST_IN_SIGHT) == str(rows - 1)), f"step {step}"

    last = f"{rows - 1},0"
    samples.heading(page, "x₁").click()
    press(panel, "Control+Home")
    assert focus(panel) == "0,0"
    for before, keys, times in (
        ((), ("PageDown",), rows // 6 + 1),
        ((), ("Control+End", "Home"), 1),
        (("PageUp",) * 25, ("ArrowDown",), 200),
        (("ArrowUp",) * 9, ("1", "Enter"), 10),
        (("ArrowUp",) * 9, ("1", "Tab", "2", "Tab", "1", "Tab"), 9),
    ):
        press(panel, *before, *keys * times)
        assert focus(panel) == last, keys
        assert scroll.evaluate(LAST_IN_SIGHT) == str(rows - 1), keys
    press(panel, "8", "Tab", "9", "Tab")
    panel.until(lambda e: e.inputs[-1] == (8, 9))
    page.close()
    assert faults == []


def test_tab_stops_at_the_table_once(panel: Panel) -> None:
    panel.cell(2, "x₂").click()
    press(panel, "Tab")
    assert focus(panel) == "+ sample"
    press(panel, "Shift+Tab")
    assert focus(panel) == "1,1"  # the cell that had the focus before
    press(panel, "Shift+Tab")
    assert focus(panel) == "Reset to the tutorial"
    stops = []
    while not stops or stops[-1] != "Learning rate":
        press(panel, "Tab")
        stops.append(focus(panel))
        assert len(stops) < 12, stops
    wanted = ["1,1", "+ sample", "+ input", "+ output", "Remove row 2", "Remove input x₂", "Undo", "Redo"]
    assert stops[: len(wanted)] == wanted


def test_a_screen_reader_hears_a_grid(browser: Browser, panel_app: App, panel: Panel) -> None:
    grid = samples.grid(panel.page)
    assert (grid.get_attribute("aria-rowcount"), grid.get_attribute("aria-colcount")) == ("6", "8")
    names = ["Row", "x₁", "x₂", "x₃", "y₁", "y₂", "y₃", "y₄"]
    for place, name in enumerate(names, 1):
        header = grid.get_by_role("columnheader", name=name, exact=True)
        assert header.get_attribute("aria-colindex") == str(place)
    assert grid.get_by_role("columnheader").count() == len(names)
    assert grid.get_by_role("rowheader").all_inner_texts() == ["1", "2", "3", "4", "5"]
    assert grid.get_by_role("gridcell").count() == 5 * 7
    assert grid.locator("[tabindex='0']").count() == 1

    faults: list[str] = []
    page = watched_page(browser, panel_app, faults)
    long = long_table(page, panel_app, 1000)
    long.cell(1, "x₁").click()
    page.keyboard.press("Control+End")
    rows = samples.grid(page).get_by_role("row")
    indices = [row.get_attribute("aria-rowindex") for row in rows.all()]
    assert indices[0] == "1"
    assert indices[-24:] == [str(index) for index in range(978, 1002)]
    # The row with the focus stays drawn when it is scrolled out of sight, and the Tab key still stops there once.
    samples.grid(page).locator("xpath=..").evaluate("scroll => scroll.scrollTo(0, 0)")
    long.cell(5, "x₁").wait_for()
    assert focus(long) == "999,2"
    assert samples.grid(page).locator("[tabindex='0']").count() == 1
    page.keyboard.press("ArrowUp")
    assert focus(long) == "998,2"
    page.close()
    assert faults == []


def test_the_focus_stays_when_rows_and_columns_come_and_go(panel: Panel) -> None:
    panel.cell(3, "y₂").click()
    for button, then in (
        ("+ sample", "5,0"),
        ("+ input", "-1,3"),
        ("+ output", "-1,8"),
        ("Remove output y₅", "Remove output y₄"),
        ("Remove output y₄", "Remove output y₃"),
        ("Undo", "Undo"),
    ):
        panel.press(button)
        assert focus(panel) == then
    panel.cell(6, "x₁").click()
    for row in (6, 5, 4, 3, 2):
        panel.press(f"Remove row {row}")
        assert focus(panel) == f"Remove row {row - 1}"
    last = panel.page.get_by_role("button", name="Remove row 1", exact=True)
    assert last.is_disabled()
    last.press("Enter")  # it says why, and does nothing
    assert last.get_attribute("title") == "One sample is enough, none is too few."
    assert focus(panel) == "Remove row 1"
    panel.until(lambda e: e.samples == 1)
    press(panel, *("Control+z",) * 20)  # more often than there are edits
    assert focus(panel).startswith("Remove row ")
    panel.until(lambda e: e == TUTORIAL)


def test_the_buttons_stay_in_their_lines_whatever_a_column_is_called(panel: Panel) -> None:
    panel.type(0, "x₂", "as wide as a name may be")
    samples.heading(panel.page, "as wide as a name may be").click()
    panel.page.keyboard.press("F2")
    assert samples.field(panel.page).get_attribute("maxlength") == str(MAX_NAME_LENGTH)
    panel.page.keyboard.press("Escape")
    boxes = [button.bounding_box() for button in samples.tools(panel.page).all()]
    assert len({box["y"] for box in boxes if box}) == 2
    sheet = panel.page.get_by_test_id("sheet").bounding_box()
    assert sheet is not None
    assert max(box["x"] + box["width"] for box in boxes if box) <= sheet["x"] + sheet["width"]


def test_everything_is_undone_and_redone_and_the_run_with_it(panel: Panel) -> None:
    def paste() -> None:
        panel.cell(5, "x₁").click()
        panel.page.evaluate(PASTE, "7\t8\n9\t10")

    def removed(row: int, column: str, button: str) -> Callable[[], None]:
        def act() -> None:
            panel.cell(row, column).click()
            panel.press(button)

        return act

    changes: tuple[Callable[[], None], ...] = (
        lambda: panel.type(1, "x₁", "7"),
        lambda: (panel.cell(2, "x₁").click(), press(panel, "4", "ArrowRight"))[0],
        paste,
        lambda: panel.press("+ sample"),
        removed(2, "x₁", "Remove row 2"),
        lambda: panel.press("+ input"),
        lambda: panel.type(0, "x₄", "size"),
        removed(1, "y₂", "Remove output y₂"),
        lambda: panel.press("+ output"),
    )

    def shown() -> list[list[str]]:
        return [
            row.get_by_role("gridcell").all_inner_texts() for row in samples.grid(panel.page).get_by_role("row").all()
        ]

    states = [(shown(), TUTORIAL)]
    for change in changes:
        change()
        before = states[-1][1]
        states.append((shown(), panel.until(lambda e, before=before: e != before)))  # type: ignore[misc]
    panel.cell(1, "x₁").click()
    back, forth = states[-2::-1], states[1:]
    for way, to in (("Control+z", back), ("Control+Shift+z", forth), ("Control+z", back), ("Control+y", forth)):
        for table, experiment in to:
            press(panel, way)
            assert shown() == table
            panel.until(lambda e, experiment=experiment: e == experiment)  # type: ignore[misc]
    for table, experiment in back:
        panel.press("Undo")
        assert shown() == table
        panel.until(lambda e, experiment=experiment: e == experiment)  # type: ignore[misc]
    assert panel.page.get_by_role("button", name="Undo", exact=True).is_disabled()
    panel.press("Redo")
    panel.until(lambda e: e == states[1][1])


def test_a_reset_is_undone_like_an_edit(panel: Panel) -> None:
    panel.type(1, "x₁", "7")
    panel.until(lambda e: e.inputs[0][0] == 7)
    panel.press("Reset to the tutorial")
    panel.until(lambda e: e == TUTORIAL)
    panel.press("Undo")
    panel.until(lambda e: e.inputs[0][0] == 7)
    panel.press("Redo")
    panel.until(lambda e: e == TUTORIAL)


def test_typing_replaces_and_f2_mends(panel: Panel) -> None:
    panel.cell(1, "x₂").click()
    assert samples.field(panel.page).count() == 0  # the first click opens no field
    panel.cell(1, "x₂").click()  # nor does a second click on the active cell
    press(panel, "8", "Enter")
    assert panel.text(1, "x₂") == "8"
    assert focus(panel) == "1,1"
    press(panel, "F2", "ArrowLeft", "1", "Enter")
    assert panel.text(2, "x₂") == "19"
    press(panel, "Enter", "5", "Enter")
    assert panel.text(3, "x₂") == "25"
    press(panel, "6", "Escape")
    assert panel.text(4, "x₂") == "9"
    assert focus(panel) == "3,1"
    panel.cell(4, "x₂").dblclick()
    press(panel, "5", "Control+z")  # in an open field the browser's own undo works
    assert samples.field(panel.page).input_value() == "9"
    press(panel, "0", "Tab")
    assert panel.text(4, "x₂") == "90"
    assert focus(panel) == "3,2"
    press(panel, "Delete")
    assert panel.text(4, "x₃") == ""
    press(panel, "Control+z", "Control+z")
    assert (panel.text(4, "x₃"), panel.text(4, "x₂")) == ("5", "9")
    panel.until(lambda e: [row[1] for row in e.inputs] == [8, 19, 25, 9, 0])


def test_copied_cut_and_pasted_a_text_goes_from_cell_to_cell(panel: Panel) -> None:
    panel.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    panel.cell(1, "x₂").click()
    press(panel, "Control+c")
    panel.cell(2, "x₃").click()
    press(panel, "Control+v", "ArrowDown")
    press(panel, "Control+x")
    assert panel.text(3, "x₃") == ""
    press(panel, "Control+v", "Control+c", "ArrowUp", "ArrowUp", "Control+v")
    e = panel.until(lambda e: e.inputs[0][2] == 5 and e.inputs[1][2] == 3)
    assert e.inputs[2][2] == 5


def test_a_bad_cell_tells_why_to_eye_and_ear(panel: Panel) -> None:
    panel.type(3, "y₂", "1.7")
    cell = panel.cell(3, "y₂")
    assert soon(lambda: cell.get_attribute("aria-invalid") == "true")
    told = "c => c.getRootNode().getElementById(c.getAttribute('aria-describedby')).textContent"
    assert cell.evaluate(told) == "1.7 is not a label. Labels lie between 0 and 1."
    heard = panel.page.locator("[data-testid=sheet] .heard[role=status]")
    assert heard.inner_text() == "y₂, row 3: 1.7 is not a label. Labels lie between 0 and 1."
    cell.dblclick()
    assert samples.field(panel.page).get_attribute("aria-invalid") == "true"
    assert samples.field(panel.page).evaluate(told) == "1.7 is not a label. Labels lie between 0 and 1."
    press(panel, "Escape")
    panel.type(4, "x₁", "")
    assert soon(lambda: heard.inner_text().endswith("And 1 more."))
    panel.type(4, "x₁", "1")
    panel.type(3, "y₂", "1")
    panel.until(lambda e: e.labels[2][1] == 1)
    assert soon(lambda: samples.grid(panel.page).locator("[aria-invalid], [aria-describedby]").count() == 0)


def test_what_is_typed_counts_whatever_is_pressed_next(panel: Panel) -> None:
    panel.cell(1, "x₁").click()
    press(panel, "7")
    panel.press("New seed")
    panel.until(lambda e: e.inputs[0][0] == 7 and e.seed != 42)
    panel.cell(1, "x₁").click()
    press(panel, "8")
    panel.page.get_by_text("Samples", exact=True).click()
    panel.until(lambda e: e.inputs[0][0] == 8)
    panel.cell(1, "x₁").click()
    press(panel, "9")
    panel.press("Undo")  # what was typed just now
    panel.until(lambda e: e.inputs[0][0] == 8)
    assert panel.text(1, "x₁") == "8"


def test_it_counts_where_a_press_takes_no_focus(panel: Panel) -> None:
    panel.page.evaluate("() => addEventListener('mousedown', event => event.preventDefault(), { capture: true })")
    panel.cell(1, "x₁").focus()
    press(panel, "7")
    panel.page.get_by_text("Samples", exact=True).click()
    panel.until(lambda e: e.inputs[0][0] == 7)


def test_the_page_can_ask_for_what_is_typed(panel: Panel) -> None:
    panel.cell(1, "x₁").click()
    press(panel, "7")
    panel.page.evaluate("() => document.dispatchEvent(new CustomEvent('backprop:commit'))")
    assert samples.field(panel.page).count() == 0
    assert panel.text(1, "x₁") == "7"
    assert focus(panel) == "0,0"
    panel.until(lambda e: e.inputs[0][0] == 7)
    panel.page.evaluate("() => document.dispatchEvent(new CustomEvent('backprop:commit'))")  # does nothing
    press(panel, "Control+z")
    panel.until(lambda e: e == TUTORIAL)


@pytest.fixture
def phone(browser: Browser, panel_app: App) -> Iterator[Panel]:
    faults: list[str] = []
    size: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    page = watched_page(browser, panel_app, faults, **size)
    page.add_init_script("localStorage.clear()")  # it keeps whether the sidebar is open
    page.goto(panel_app.url)
    page.get_by_test_id("stExpandSidebarButton").tap()
    yield Panel(page)
    page.close()
    assert faults == []


def test_what_is_touched_stays_under_the_finger(phone: Panel) -> None:
    phone.cell(1, "x₁").tap()
    phone.page.keyboard.type("0.123456789012")
    there = phone.cell(2, "y₁").bounding_box()
    phone.cell(2, "y₁").tap()  # while the first column is about to become three times as wide
    assert focus(phone) == "1,3"
    assert soon(lambda: phone.cell(2, "y₁").bounding_box() != there)
    phone.until(lambda e: e.inputs[0][0] == 0.123456789012)


def test_a_finger_chooses_then_opens_and_removes_nothing_by_the_way(phone: Panel) -> None:
    for row, column, text in ((1, "x₁", "7"), (0, "x₂", "size"), (0, "y₄", "last")):
        cell = samples.heading(phone.page, column) if row == 0 else phone.cell(row, column)
        cell.tap()
        assert samples.field(phone.page).count() == 0
        cell.tap()
        samples.field(phone.page).wait_for()
        phone.page.keyboard.type(text)  # all of it is marked
        phone.page.keyboard.press("Enter")
    e = phone.until(lambda e: e.label_names[-1] == "last")
    assert (e.inputs[0][0], e.input_names, len(e.label_names)) == (7, ("x₁", "size", "x₃"), 4)
    for target in samples.tools(phone.page).all() + samples.grid(phone.page).locator("[data-column]").all():
        box = target.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390


def test_the_active_cell_is_seen_in_forced_colours(panel: Panel) -> None:
    panel.page.emulate_media(forced_colors="active")
    outline = "cell => [getComputedStyle(cell).outlineStyle, getComputedStyle(cell).outlineWidth]"
    panel.cell(2, "x₁").click()
    assert panel.cell(2, "x₁").evaluate(outline) == ["solid", "2px"]
    assert panel.cell(2, "x₂").evaluate(outline)[0] == "none"
    press(panel, "Tab")
    button = panel.page.get_by_role("button", name="+ sample", exact=True)
    assert button.evaluate(outline) == ["solid", "2px"]
    panel.page.emulate_media(forced_colors="none")
