"""What both sides of a class judge, they judge alike: messages.test.js and record.test.js read the same cases."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pages.classroom.messages import Refused, read
from pages.shared.share.history_csv import text_cell

CASES = json.loads(Path(__file__).with_name("cases.json").read_text("utf-8"))


@pytest.mark.parametrize(("sender", "text", "is_message"), CASES["messages"])
def test_messages(sender: str, text: str, is_message: bool) -> None:
    if is_message:
        assert read(text, sender) == json.loads(text)
    else:
        with pytest.raises(Refused):
            read(text, sender)


@pytest.mark.parametrize(("text", "cell"), CASES["cells"].items())
def test_cells(text: str, cell: str) -> None:
    assert text_cell(text) == cell
