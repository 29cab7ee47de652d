"""What Python and the browser both say, they say alike: numbers.test.js reads the same cases."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pages.shared.charts import palette
from pages.shared.text.shown_numbers import in_cell, number, percent

CASES = json.loads(Path(__file__).with_name("said_twice.json").read_text("utf-8"))


@pytest.mark.parametrize(("value", "text"), CASES["numbers"])
def test_numbers(value: float, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize(("value", "text"), CASES["cells"])
def test_cells(value: float, text: str) -> None:
    assert in_cell(value) == text


@pytest.mark.parametrize(("share", "text"), CASES["shares"])
def test_shares(share: float, text: str) -> None:
    assert percent(share) == text


def test_the_twins_are_the_palettes() -> None:
    assert CASES["twins"].items() <= palette.DARK.items()
