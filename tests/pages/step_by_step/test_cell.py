"""The cell in the step page's address."""

from types import SimpleNamespace
from typing import Any

import pytest

from classifier import Experiment
from pages.step_by_step.cell import in_address, read_cell

OWN: Any = SimpleNamespace(experiment=Experiment.tutorial())


@pytest.mark.parametrize(("text", "cell"), [("1-1", (0, 0)), ("4-3", (3, 2)), ("2-b", (1, 3))])
def test_a_cell_is_read_as_it_is_written(text: str, cell: tuple[int, int]) -> None:
    assert read_cell(text, OWN) == cell
    assert in_address(cell, 3) == text


@pytest.mark.parametrize(("text", "rule"), [("21", 'of the form "2-3"'), ("5-1", "outputs"), ("1-4", "inputs")])
def test_what_is_no_cell_is_refused_by_its_rule(text: str, rule: str) -> None:
    with pytest.raises(ValueError, match=rule):
        read_cell(text, OWN)
