"""Hidden layers as part of an experiment: sizes, names, initial weights by layer, and what is refused."""

import numpy as np
import pytest

from classifier import Experiment, ExperimentError, zeros_initial

TWO = {"inputs": [[1, 2], [3, 4]], "labels": [[0], [1]]}


def test_sizes_and_names_follow_from_the_layers() -> None:
    plain, deep = Experiment(**TWO), Experiment(**TWO, hidden=np.array([4.0, 1.0]), activation="relu")
    assert (plain.hidden, plain.activation, plain.sizes) == ((), "sigmoid", (2, 1))
    assert (deep.hidden, deep.activation, deep.sizes) == ((4, 1), "relu", (2, 4, 1, 1))
    assert plain.unit_names == (("x₁", "x₂"), ("y₁",))
    assert deep.unit_names == (("x₁", "x₂"), ("h¹₁", "h¹₂", "h¹₃", "h¹₄"), ("h²₁",), ("y₁",))
    assert deep.replace(hidden=(2,)).unit_names[1] == ("h₁", "h₂")


def test_without_them_text_and_identity_are_what_they_were() -> None:
    tutorial = Experiment.tutorial()
    assert "hidden" not in repr(tutorial)
    assert tutorial.identity == "4d6a918bd3caeb87de1da693"  # of version 1.5
    others = [tutorial.replace(hidden=(4,)), tutorial.replace(hidden=(4,), activation="tanh"), tutorial]
    assert len({each.identity for each in others}) == 3
    assert repr(others[1]).endswith("hidden=(4,), activation='tanh')")


@pytest.mark.parametrize(
    ("change", "words", "row"),
    [
        ({"hidden": 4}, "Hidden layers: 4 is not a list of layers. Give the number of units of each.", None),
        ({"hidden": (1, 2, 3, 4)}, "Hidden layers: 4 layers are too many. There may be at most 3.", 3),
        ({"hidden": (4, 9)}, "Hidden layers, layer 2: 9 units are out of range. A hidden layer has 1 to 8.", 1),
        ({"hidden": (0,)}, "Hidden layers, layer 1: 0 units are out of range. A hidden layer has 1 to 8.", 0),
        ({"hidden": (1.5,)}, "Hidden layers, layer 1: 1.5 is not a whole number.", 0),
        ({"activation": "gelu"}, "Activation: 'gelu' is not one of sigmoid, tanh, relu.", None),
    ],
)
def test_what_is_too_large_or_unknown_is_refused(change: dict, words: str, row: int | None) -> None:
    with pytest.raises(ExperimentError) as caught:
        Experiment(**TWO, **change)
    assert str(caught.value) == words
    assert (caught.value.field, caught.value.row) == (next(iter(change)), row)


MATRICES = [[[1, 2, 3], [4, 5, 6]], [[7, 8, -9]]]


def test_initial_weights_have_one_matrix_a_layer() -> None:
    one = Experiment(**TWO, hidden=(2,), initial=MATRICES)
    other = Experiment(**TWO, hidden=(2,), initial=[np.array(matrix, np.float32) for matrix in MATRICES])
    assert one == other
    assert one.initial == (((1, 2, 3), (4, 5, 6)), ((7, 8, -9),))
    assert Experiment(**TWO, initial=[[1, 2, 3]]) == Experiment(**TWO, initial=[[[1, 2, 3]]])
    assert zeros_initial(*one.sizes) == (((0, 0, 0),) * 2, ((0, 0, 0),))


@pytest.mark.parametrize(
    ("initial", "words", "place"),
    [
        ([[1, 2, 3]], "Initial weights: 1 table for 2 layers. Give one table a layer.", (None, None, None)),
        (5, "Initial weights: 5 for 2 layers. Give one table a layer.", (None, None, None)),
        ([MATRICES[0]] * 2, "Initial weights, layer 2: 2 rows for 1 output. Give one row per output.", (1, 1, None)),
        ([MATRICES[1]] * 2, "Initial weights, layer 1: 1 row for 2 units. Give one row per unit.", (0, 1, None)),
        (
            [MATRICES[0], [[1, 2]]],
            "Initial weights, layer 2, row 1: 2 numbers for 2 inputs and the bias. Give 3, the bias last.",
            (1, 0, None),
        ),
        (
            [MATRICES[0], [[7, 1e7, 0]]],
            "Initial weights, layer 2, row 1, h₂: 10000000 is too large. "
            "Initial weights lie between -1000000 and 1000000.",
            (1, 0, 1),
        ),
    ],
)
def test_initial_weights_of_another_shape_are_refused(initial: object, words: str, place: tuple) -> None:
    with pytest.raises(ExperimentError) as caught:
        Experiment(**TWO, hidden=(2,), initial=initial)
    assert str(caught.value) == words
    assert (caught.value.layer, caught.value.row, caught.value.column) == place
