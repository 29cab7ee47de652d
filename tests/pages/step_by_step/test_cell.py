"""The cell in the step page's address."""

import pytest

from classifier import Experiment
from pages.shared.address.parameters import Own
from pages.shared.run.steps import PHASE
from pages.step_by_step.cell import in_address, read_cell

OWN = Own((PHASE,), Experiment.tutorial())


@pytest.mark.parametrize(("text", "cell"), [("1-1", (0, 0)), ("4-3", (3, 2)), ("2-b", (1, 3))])
def test_a_cell_is_read_as_it_is_written(text: str, cell: tuple[int, int]) -> None:
    assert read_cell(text, OWN) == cell
    assert in_address(cell, 3) == text


@pytest.mark.parametrize(("text", "rule"), [("21", 'of the form "2-3"'), ("5-1", "outputs"), ("1-4", "inputs")])
def test_what_is_no_cell_is_refused_by_its_rule(text: str, rule: str) -> None:
    with pytest.raises(ValueError, match=rule):
        read_cell(text, OWN)


def test_a_cell_is_one_of_the_phases_layer() -> None:
    own = Own((PHASE,), Experiment.tutorial().replace(hidden=(2,)))
    with pytest.raises(ValueError, match="not between 1 and 2, the outputs of layer 1"):
        read_cell("3-1", own)
    own[PHASE] = 3  # z of the last layer
    assert read_cell("3-b", own) == (2, 2)
    with pytest.raises(ValueError, match="not between 1 and 2, the inputs of layer 2"):
        read_cell("3-3", own)
