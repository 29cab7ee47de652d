"""One's own table in a real browser: from a file to a run that plays, and a paste that is mended."""

from __future__ import annotations

import re
from pathlib import Path

from pages.your_data.pasted_text import MAX_MB
from tests.browser import samples
from tests.browser.conftest import Stage
from tests.browser.test_by_ear import TOLD

ROWS = [("1,5", "2", "<b>on</b>"), ("2,5", "3", "off"), ("0,5", "8", "<b>on</b>"), ("3", "1", "off")]
TEXT = "<i>a</i>;b;state\r\n" + "".join(";".join(row) + "\r\n" for row in ROWS)


def test_a_file_becomes_a_run_that_plays(stage: Stage, tmp_path: Path) -> None:
    page = stage.page
    stage.open("?seed=7&epochs=300")
    page.get_by_role("link", name="Your data").click()
    page.get_by_text("Nothing is read yet.").wait_for()
    archive = tmp_path / "table.xlsx"
    archive.write_bytes(b"PK\x03\x04" + bytes(1000))
    page.locator("input[type=file]").set_input_files(archive)
    page.locator("[aria-live=polite] [data-label='A CSV file']", has_text="This file is a zip archive").wait_for()
    page.wait_for_function("() => document.querySelectorAll('input[type=file]').length === 1")  # the empty one is left

    table = tmp_path / "table.csv"
    table.write_bytes(TEXT.encode("utf-16"))
    page.locator("input[type=file]").set_input_files(table)
    page.get_by_text("4 rows, 3 columns; semicolon between the columns, decimal comma.").wait_for()
    page.get_by_text("4 samples, 2 inputs, 1 output").wait_for()
    assert page.locator("main i, main table b").count() == 0  # markup in a name is shown as text
    page.get_by_text("Standardise the inputs").click()
    page.get_by_role("button", name="Open in the playground").click()
    stage.ready()
    page.wait_for_url(re.compile("scale="))
    run = stage.data("run")
    page.get_by_role("button", name="Inputs standardised").click()
    page.get_by_text("<i>a</i> = (value − 1.87500) / 0.960143").wait_for()
    page.keyboard.press("Escape")
    assert page.evaluate(
        """() => document.querySelector('[data-figure="weights"]').layout.xaxis.ticktext[0]"""
    ).startswith("&lt;i&gt;")
    assert page.locator("[data-figure] i").count() == 0
    stage.press("Train")
    stage.wait("d.playing === 'true' && Number(d.position) > 5")
    assert stage.data("run") == run

    # the link is the whole experiment, and Back leads to the table
    page.reload()
    stage.ready()
    assert stage.data("run") == run
    page.go_back()
    page.get_by_role("heading", name="Your data").wait_for()


def test_a_file_too_large_is_refused_before_it_is_sent_and_the_next_one_is_read(stage: Stage, tmp_path: Path) -> None:
    page = stage.page
    stage.open()
    page.get_by_role("link", name="Your data").click()
    page.get_by_text("Nothing is read yet.").wait_for()
    sent: list[str] = []
    page.on("request", lambda request: request.method == "PUT" and sent.append(request.url))
    large, good = tmp_path / "large.csv", tmp_path / "good.csv"
    large.write_bytes(b"1;2\n" * (MAX_MB * 2**18) + b"3")  # one byte more than the reader takes
    page.locator("input[type=file]").set_input_files(large)
    page.get_by_text(f"File must be {MAX_MB}.0MB or smaller.").wait_for()
    assert sent == []
    page.get_by_text("Nothing is read yet.").wait_for()

    good.write_bytes(TEXT.encode())
    page.locator("input[type=file]").set_input_files(good)
    page.get_by_text("4 samples, 2 inputs, 1 output").wait_for()
    assert len(sent) == 1


def test_a_paste_with_a_mistake_is_mended(stage: Stage) -> None:
    page = stage.page
    stage.open()
    page.get_by_role("link", name="Your data").click()
    field = page.get_by_role("textbox", name="Or paste a table, from a spreadsheet or a text")
    field.fill(TEXT.replace("0,5", "=1+1"))
    field.press("Control+Enter")
    page.get_by_text('Line 4, column 1: "=1+1" is a formula. Put its value there.', exact=True).wait_for()
    assert page.get_by_role("button", name="Open in the playground").count() == 0
    assert "=1+1" in field.input_value()
    page.wait_for_function(f"field => ({TOLD})(field)[0] === 'true'", arg=field.element_handle())
    _, told, live = field.evaluate(TOLD)
    assert "=1+1" in told
    assert live == "polite"
    assert not page.get_by_test_id("stTextArea").get_by_test_id("InputInstructions").is_visible()  # "46/8388608"
    field.fill(TEXT.replace(";", "\t"))
    page.get_by_role("button", name="Read the text").click()
    page.get_by_text("tab between the columns, decimal comma").wait_for()
    page.locator("[data-label]").wait_for(state="detached")
    assert field.evaluate(TOLD) == ["false", None, None]
    chosen = page.get_by_role("combobox", name="Labels")
    chosen.press("Backspace")  # the last one
    page.wait_for_function(f"field => ({TOLD})(field)[0] === 'true'", arg=chosen.element_handle())
    assert chosen.evaluate(TOLD)[1:] == ["Labels: No column is chosen as a label. One is enough.", "polite"]
    chosen.fill("state")
    page.get_by_role("option", name="state", exact=True).click()
    chosen.press("Escape")
    page.locator("[data-label]").wait_for(state="detached")
    assert chosen.evaluate(TOLD) == ["false", None, None]
    page.get_by_role("button", name="Open in the playground").click()
    stage.ready()
    samples.cell(page, 3, "b").wait_for()
    assert samples.cell(page, 3, "<i>a</i>").inner_text() == "0.5"
