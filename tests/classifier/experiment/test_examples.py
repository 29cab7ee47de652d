"""The named experiments are different ones, and the published losses are the published ones."""

import json
import re
from hashlib import sha256

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


# An example is opened by its name in an address: samples and settings that change would change what old links open.
FIELDS = {
    "tutorial": "72336fdbe9f5",
    "exercise": "bd089508599e",
    "rate-too-small": "28f279f1f13b",
    "rate-too-large": "6835a0f65bdc",
    "saturated-chain": "1d28465a9152",
    "saturated-fused": "418fb0ccb1fe",
    "one-large-input": "4e2ef9d7d7d5",
    "contradiction": "128491597e9b",
    "never-1": "e088618bd516",
    "soft-labels": "8e521beaae63",
    "gates": "70d0d077c45d",
    "xor": "bc477f806156",
    "zeros": "bdd2b4047e33",
    "lower-rate": "c39792744920",
}


@pytest.mark.parametrize("key", EXAMPLES)
def test_an_example_is_what_its_links_have_opened_so_far(key: str) -> None:
    fields = json.dumps(dict(EXAMPLES[key]), sort_keys=True)
    assert sha256(fields.encode()).hexdigest()[:12] == FIELDS[key], fields


def test_no_example_is_gone() -> None:
    assert list(EXAMPLES) == list(FIELDS)
