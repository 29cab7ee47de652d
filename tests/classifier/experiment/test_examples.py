"""The named experiments are different ones, and the published losses are the published ones."""

import re

import pytest

from classifier import EXAMPLES, TUTORIAL_LOSSES, Experiment


def test_there_are_enough_examples_and_none_is_there_twice() -> None:
    assert len(EXAMPLES) >= 12
    assert len({Experiment.example(key) for key in EXAMPLES}) == len(EXAMPLES)


@pytest.mark.parametrize("key", EXAMPLES)
def test_a_name_suits_an_address(key: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key)


def test_an_unknown_example_is_none() -> None:
    with pytest.raises(KeyError):
        Experiment.example("other")


def test_the_tutorial_comes_first() -> None:
    assert next(iter(EXAMPLES)) == "tutorial"
    assert Experiment.example("tutorial") == Experiment.tutorial()


def test_the_published_losses() -> None:
    assert TUTORIAL_LOSSES == {1997: 0.2139563336968422, 1998: 0.21384888887405396, 1999: 0.2137417010962963}
