"""What the table's component is told: what its JavaScript asks for, and what is wrong in it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from classifier import MAX_INPUTS, MAX_NAME_LENGTH, MAX_OUTPUTS, MAX_SAMPLES
from pages.shared.draft.sheet import sheet as sheet_module
from pages.shared.draft.table import Table

SHEET_JS = Path(__file__).parents[4] / "pages" / "shared" / "draft" / "sheet" / "sheet.js"


def page() -> None:
    """Draw a table with two mistakes."""
    from pages.shared.draft.sheet.sheet import sheet
    from pages.shared.draft.table import Problem, Table

    table = Table(("a", "b"), ("c",), (("x", "2", "0"),))
    problems = [
        Problem('Row 1, a: "x" is not a number.', row=0, column=0),
        Problem("No digit.", field="seed"),
        Problem("The table is odd."),
    ]
    sheet("table", name="first", table=table, judged=3, problems=problems)


def told() -> tuple[str, dict[str, Any]]:
    """Give the component's id, and its data."""
    app = AppTest.from_function(page, default_timeout=20).run()
    assert not app.exception
    (component,) = app.get("bidi_component")
    return component.proto.id, json.loads(component.proto.json)


def test_the_browser_is_told_what_it_asks_for() -> None:
    id_, data = told()
    assert id_.endswith("-table")
    assert set(data) == set(re.findall(r"\bdata\.(\w+)", SHEET_JS.read_text("utf-8")))
    assert (data["name"], data["judged"]) == ("first", 3)
    assert data["table"] == {"inputs": ["a", "b"], "labels": ["c"], "rows": [["x", "2", "0"]]}
    assert data["limits"] == {"rows": MAX_SAMPLES, "inputs": MAX_INPUTS, "labels": MAX_OUTPUTS}
    assert data["nameLength"] == MAX_NAME_LENGTH


def test_a_problem_of_a_cell_is_told_without_its_place_and_those_of_other_fields_are_not() -> None:
    _, data = told()
    assert data["problems"] == [[0, 0, '"x" is not a number.'.capitalize()], [None, None, "The table is odd."]]


@pytest.mark.parametrize(
    ("rows", "held", "sent"), [(667, "", True), (667, "first", False), (667, "other", True), (666, "first", True)]
)
def test_a_large_table_is_sent_until_the_browser_says_that_it_has_it(
    rows: int, held: str, sent: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, Any] = {}
    monkeypatch.setattr(sheet_module, "_component", lambda **options: given.update(options["data"]))
    table = Table(("a", "b"), ("c",), (("1", "2", "0"),) * rows)
    sheet_module.sheet("table", name="first", table=table, judged=3, problems=(), held=held)
    assert (given["table"] is not None, given["large"]) == (sent, rows == 667)
