"""The samples' table and the controls beside it, in a real browser. The address tells what took effect."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from classifier.experiment.experiment import Experiment
from tests.browser import samples
from tests.browser.conftest import Stage, watched_page
from tests.browser.samples import Panel, soon

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.server import App

TUTORIAL = Experiment.tutorial()


@pytest.mark.parametrize("visit", range(3))
def test_every_edit_counts_at_the_first_try(panel: Panel, visit: int) -> None:
    """Without waiting, neither for the rest of the page nor in between: most edits fall into a run under way.

    Three visits, because what goes wrong here goes wrong now and then.
    """
    for row in range(1, 6):
        for column in ("x₁", "x₂", "x₃"):
            panel.type(row, column, f"{row},5")
    panel.type(3, "y₂", "1/2")
    panel.until(lambda e: e.inputs == tuple((row + 0.5,) * 3 for row in range(1, 6)) and e.labels[2][1] == 0.5)
    assert panel.page.get_by_label("Epochs", exact=True).input_value() == "2000"


def test_rows_and_columns_come_and_go_between_edits(panel: Panel) -> None:
    panel.press("+ sample")
    panel.type(6, "x₁", "60", "Tab")
    panel.press("+ output")
    panel.type(6, "y₅", "1")
    panel.cell(2, "x₁").click()
    panel.press("Remove row 2")
    panel.press("+ input")
    panel.type(5, "x₄", "4")
    panel.press("+ sample")
    panel.type(6, "y₅", "0.25")
    panel.type(0, "x₄", "size & <b>")
    panel.cell(1, "y₂").click()
    panel.press("Remove output y₂")
    e = panel.until(lambda e: e.label_names == ("y₁", "y₃", "y₄", "y₅"))
    assert e.inputs == ((1, 3, 5, 0), (1, 2, 5, 0), (0, 9, 5, 0), (0, 0, 5, 0), (60, 0, 0, 4), (0, 0, 0, 0))
    assert e.labels == ((1, 0, 0, 0), (1, 0, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0), (0, 0, 0, 1), (0, 0, 0, 0.25))
    assert e.input_names == ("x₁", "x₂", "x₃", "size & <b>")
    panel.page.reload()
    panel.cell(6, "y₅").wait_for()
    assert panel.text(6, "y₅") == "0.25"
    assert panel.experiment() == e


def test_a_bad_cell_is_marked_and_named_and_keeps_its_text(panel: Panel) -> None:
    panel.type(1, "x₁", "2")
    panel.until(lambda e: e.inputs[0][0] == 2)
    panel.type(3, "y₂", "1.7")
    panel.page.get_by_text("Row 3, y₂: 1.7 is not a label. Labels lie between 0 and 1.").wait_for()
    panel.page.locator('[role=grid] [aria-invalid="true"]').wait_for()
    assert panel.cell(3, "y₂").get_attribute("aria-invalid") == "true"
    assert panel.text(3, "y₂") == "1.7"
    assert panel.experiment().inputs[0][0] == 2
    panel.type(3, "y₂", "0,7")
    panel.until(lambda e: e.labels[2][1] == 0.7)
    assert soon(lambda: panel.page.locator('[role=grid] [aria-invalid="true"]').count() == 0)
    assert panel.text(3, "y₂") == "0,7"


def test_keys_move_and_typing_reaches_no_shortcut(panel: Panel) -> None:
    cell = panel.cell(1, "x₁")
    cell.click()
    keys = ["4", "ArrowDown", "5", "Enter", "r", "c", "Escape", "6", "ArrowRight", "7", "ArrowUp", "8", "Enter"]
    for key in keys:
        panel.page.keyboard.press(key)
    panel.until(lambda e: [row[:2] for row in e.inputs[:3]] == [(4, 3), (5, 8), (6, 7)])
    assert panel.page.get_by_role("dialog").count() == 0


def test_pasted_cells_spread_over_the_table(panel: Panel) -> None:
    panel.cell(4, "x₂").click()
    panel.page.evaluate(
        """() => {
            const root = document.querySelector("[data-testid=sheet]") ?? [...document.querySelectorAll("*")]
                .map(e => e.shadowRoot?.querySelector("[data-testid=sheet]")).find(Boolean);
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", "1\\t2\\t1\\n3\\t4\\t0,5\\n5\\t6\\t0\\r\\n");
            root.getRootNode().activeElement.dispatchEvent(
                new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true, composed: true }));
        }"""
    )
    e = panel.until(lambda e: e.samples == 6)
    assert e.inputs[3:] == ((0, 1, 2), (0, 3, 4), (0, 5, 6))
    assert [row[0] for row in e.labels[3:]] == [1, 0.5, 0]


def test_reset_and_back(panel: Panel) -> None:
    panel.type(1, "x₁", "2")
    panel.until(lambda e: e.inputs[0][0] == 2)
    panel.type(2, "x₁", "nonsense")
    panel.page.get_by_text('Row 2, x₁: "nonsense" is not a number.').wait_for()
    panel.press("Reset to the tutorial")
    panel.until(lambda e: e == TUTORIAL)
    assert soon(lambda: panel.text(2, "x₁") == "1")
    panel.type(2, "x₁", "3")
    panel.until(lambda e: e.inputs[1][0] == 3)
    panel.page.go_back()
    panel.until(lambda e: e == TUTORIAL)
    assert soon(lambda: panel.text(2, "x₁") == "1")
    panel.page.go_forward()
    panel.until(lambda e: e.inputs[1][0] == 3)
    assert soon(lambda: panel.text(2, "x₁") == "3")


def test_undo_takes_back_a_reset_and_an_example(stage: Stage) -> None:
    panel = Panel(stage.open("?lr=0.5").page)
    panel.type(1, "x₁", "7.5")
    typed = panel.until(lambda now: now.inputs[0][0] == 7.5)
    panel.press("Reset to the tutorial")
    panel.until(lambda now: now == TUTORIAL)
    assert soon(lambda: panel.text(1, "x₁") != "7.5")
    panel.page.mouse.move(900, 600)  # off the button, whose tooltip lies over the choice
    example = panel.page.get_by_label("Example", exact=True)
    assert soon(lambda: example.count() == 1)  # a new choice comes before the old one is gone
    example.click()
    panel.page.get_by_role("option", name="XOR", exact=False).first.click()
    panel.until(lambda now: now.samples == 4)
    for rows in (TUTORIAL.inputs, typed.inputs, TUTORIAL.inputs):
        panel.press("Undo")
        panel.until(lambda now, rows=rows: now.inputs == rows)
    panel.press("Redo")
    # What else was replaced stays, and that is said.
    assert panel.until(lambda now: now.inputs == typed.inputs).epochs == 1000 != typed.epochs
    panel.press("Redo")
    panel.page.get_by_text("The table alone: learning rate, epochs and seed stay as they are.").wait_for()


def test_slider_field_and_seed(panel: Panel) -> None:
    field = panel.page.get_by_label("Exact learning rate")

    def shown() -> list[str]:
        """Give what stands there: when the slider changes it, a new field comes before the old one is gone."""
        values: list[str] = field.evaluate_all("fields => fields.map((field) => field.value)")
        return values

    field.fill("1/2")
    field.press("Enter")
    panel.until(lambda e: e.learning_rate == 0.5)
    assert shown() == ["1/2"]
    slider = panel.page.get_by_role("slider", name="Learning rate")
    slider.focus()
    slider.press("ArrowRight")
    panel.until(lambda e: e.learning_rate == 0.56)
    assert soon(lambda: shown() == ["0.56"])
    panel.press("New seed")
    panel.until(lambda e: e.seed != 42)


def test_a_large_table_shows_the_rows_in_sight(browser: Browser, panel_app: App) -> None:
    faults: list[str] = []
    rows = "_".join(f"{row} 1" for row in range(1000))
    page = watched_page(browser, panel_app, faults)
    panel = Panel(page, f"{panel_app.url}?epochs=5&inputs={rows.replace(' ', '+')}&labels={'_'.join(['1'] * 1000)}")
    assert page.get_by_role("button", name="+ sample").is_disabled()
    assert samples.grid(page).get_by_role("gridcell").count() < 200
    assert page.locator("[data-testid=sheet] input").count() == 0
    panel.cell(1, "x₁").click()
    for _ in range(40):
        page.keyboard.press("ArrowDown")
    page.keyboard.type("-1")
    page.keyboard.press("Enter")
    panel.until(lambda e: e.inputs[40][0] == -1)
    page.locator("[data-testid=sheet] .scroll").evaluate("box => box.scrollTo(0, box.scrollHeight)")
    panel.type(1000, "x₂", "7")
    panel.until(lambda e: e.inputs[999][1] == 7)
    page.close()
    assert faults == []


def test_everything_is_in_sight_at_1280_by_720(panel: Panel) -> None:
    for name in ("+ sample", "New seed", "Reset to the tutorial"):
        box = panel.page.get_by_role("button", name=name, exact=True).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 720
    assert panel.page.locator("[data-testid=sheet] .scroll").evaluate("box => box.scrollWidth <= box.clientWidth")


def test_a_large_table_travels_once_and_is_there_whenever_its_page_is(stage: Stage) -> None:
    page = stage.page
    tables: list[bytes] = []

    def hear(data: str | bytes) -> None:
        if isinstance(data, bytes) and re.search(rb'"table": ?\{', data):
            tables.append(data)

    page.on("websocket", lambda socket: socket.on("framereceived", hear))
    rows = "_".join(f"{row} 2 3 4 5 6 7 8" for row in range(230))
    stage.open(f"?inputs={rows}&labels={'_'.join(['1'] * 230)}&epochs=3")
    cell = samples.cell(page, 3, "x₁")
    cell.wait_for()
    shown = cell.text_content()
    assert tables
    # At the first edit the report that the table has arrived may still be on its way, so only later ones count.
    for seed in (5, 6, 7):
        if seed == 6:
            tables.clear()
        run = stage.data("run")
        page.get_by_label("Seed", exact=True).fill(str(seed))
        page.get_by_label("Seed", exact=True).press("Enter")
        stage.wait("d.run !== a", run)
    assert tables == []
    assert cell.text_content() == shown
    page.get_by_role("link", name="Compare").click()
    page.wait_for_url("**/compare?**")
    page.get_by_role("link", name="Playground").click()
    cell.wait_for()
    assert cell.text_content() == shown
