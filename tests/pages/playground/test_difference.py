"""Two experiments are told apart in a few words."""

import pytest

from classifier import Experiment, zeros_initial
from pages.playground.difference import difference

TUTORIAL = Experiment.tutorial()
ZEROS = zeros_initial(3, 4)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, ""),
        ({"learning_rate": 1e-5}, "lr 1e-5"),
        ({"schedule": ((5, 0.1),)}, "lr 0.01, then changing"),
        ({"learning_rate": 1, "schedule": ((5, 0.1),)}, "lr 1, then changing"),
        ({"seed": 7, "route": "chain"}, "seed 7, chain"),
        ({"epochs": 50, "dtype": "float64"}, "50 epochs, float64"),
        ({"initial": ZEROS}, "own initial weights"),
        ({"initial": ZEROS, "seed": 7}, "own initial weights"),
        ({"inputs": ((1, 2, 3),) * 5}, "other samples"),
        ({"inputs": ((1, 2, 3),) * 5, "labels": ((1, 0, 1, 0),) * 5}, "other samples"),
        ({"input_names": ("a", "b", "c"), "label_names": ("d", "e", "f", "g")}, ""),
        ({"scaling": ((1, 2),) * 3}, ""),
        ({"scaling": ((1, 2),) * 3, "seed": 7}, "seed 7"),
        ({"activation": "relu"}, ""),
        ({"hidden": (3,)}, "hidden 3, sigmoid"),
        ({"hidden": (4, 3), "activation": "relu"}, "hidden 4_3, relu"),
    ],
)
def test_what_differs_is_named(changes: dict[str, object], words: str) -> None:
    assert difference(TUTORIAL.replace(**changes), TUTORIAL) == words


def test_a_run_without_hidden_layers_is_told_from_one_with_them() -> None:
    assert difference(TUTORIAL, TUTORIAL.replace(hidden=(3,))) == "no hidden layers"
    assert difference(TUTORIAL.replace(seed=7), TUTORIAL.replace(hidden=(3,))) == "seed 7, no hidden layers"


def test_a_seed_counts_where_weights_are_drawn() -> None:
    assert difference(TUTORIAL, TUTORIAL.replace(initial=ZEROS)) == "seed 42"
    assert difference(TUTORIAL.replace(initial=ZEROS, seed=7), TUTORIAL.replace(initial=ZEROS)) == ""
