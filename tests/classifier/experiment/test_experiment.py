"""An experiment is valid, normal, hashable, or refused with a message that says where and why."""

import copy
import pickle
from dataclasses import FrozenInstanceError
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

import classifier
from classifier import (
    MAX_CHANGES,
    MAX_INITIAL,
    Experiment,
    ExperimentError,
    Run,
    zeros_initial,
)

ONE = {"inputs": [[1.0, 2.0]], "labels": [[1.0]]}
NAN, INF = float("nan"), float("inf")


def refused(**changes: object) -> ExperimentError:
    with pytest.raises(ExperimentError) as caught:
        Experiment(**{**ONE, **changes})
    return caught.value


def test_the_tutorials_experiment() -> None:
    experiment = Experiment.tutorial()
    assert experiment.inputs == ((1, 3, 5), (1, 9, 5), (1, 2, 5), (0, 9, 5), (0, 0, 5))
    assert experiment.labels == ((1, 0, 0, 0), (1, 0, 0, 0), (1, 0, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0))
    assert (experiment.learning_rate, experiment.epochs, experiment.seed) == (0.01, 2000, 42)
    assert (experiment.route, experiment.dtype) == ("fused", "float32")
    assert (experiment.samples, experiment.in_features, experiment.out_features) == (5, 3, 4)
    assert experiment.input_names == ("x₁", "x₂", "x₃")
    assert experiment.label_names == ("y₁", "y₂", "y₃", "y₄")


def test_default_names_count_with_subscripts() -> None:
    assert Experiment([[0] * 12], [[0]]).input_names[8:] == ("x₉", "x₁₀", "x₁₁", "x₁₂")
    assert Experiment([[0]], [[0, 0]]).label_names == ("y₁", "y₂")


EQUAL = [
    {"inputs": ((1, 2),), "labels": ((1,),)},
    {"inputs": np.array([[1, 2]]), "labels": np.array([[1]], np.uint8)},
    {"inputs": [np.array([1.0, 2.0], np.float32)], "labels": [(np.float64(1),)]},
    {"inputs": [[Fraction(1), np.int64(2)]], "labels": [[1]], "learning_rate": np.float64(0.01), "seed": 42.0},
    {"inputs": [[1, 2]], "labels": [[1]], "epochs": np.int64(2000), "input_names": [" x₁", "x₂ "]},
]


@pytest.mark.parametrize("arguments", EQUAL)
def test_equal_experiments_are_one_key(arguments: dict[str, Any]) -> None:
    one, other = Experiment(**ONE), Experiment(**arguments)
    assert one == other
    assert hash(one) == hash(other)
    assert {type(value) for value in other.inputs[0] + other.labels[0] + (other.learning_rate,)} == {float}
    assert {type(other.epochs), type(other.seed)} == {int}


@pytest.mark.parametrize("kind", [float, np.float64])
def test_a_negative_zero_is_a_zero(kind: type) -> None:
    zeros = kind(0.0), kind(-0.0)
    plus, minus = (Experiment([[zero, 1]], [[zero]], learning_rate=zero, epochs=3) for zero in zeros)
    assert plus == minus
    runs = [Run(experiment) for experiment in (plus, minus)]
    for run in runs:
        run.advance()
    assert runs[0].history.gradients[0][..., :-1].tobytes() == runs[1].history.gradients[0][..., :-1].tobytes()
    assert str(minus.inputs) == "((0.0, 1.0),)"


def test_it_is_frozen_and_so_are_its_arrays() -> None:
    experiment = Experiment.tutorial()
    with pytest.raises(FrozenInstanceError):
        experiment.epochs = 3
    for array in (experiment.input_array, experiment.label_array):
        with pytest.raises(ValueError, match="read-only"):
            array[0, 0] = 3


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_its_arrays_have_its_dtype(dtype: str) -> None:
    experiment = Experiment.tutorial().replace(dtype=dtype)
    assert experiment.input_array.dtype == experiment.label_array.dtype == dtype
    assert experiment.input_array.tolist() == [list(row) for row in experiment.inputs]


def test_replace_checks_anew() -> None:
    assert Experiment.tutorial().replace(epochs=7).epochs == 7
    with pytest.raises(ExperimentError, match="Epochs: -1"):
        Experiment.tutorial().replace(epochs=-1)


def test_it_and_its_error_survive_pickling() -> None:
    experiment = Experiment.tutorial()
    assert pickle.loads(pickle.dumps(experiment)) == experiment  # noqa: S301  # our own bytes
    error = copy.copy(refused(labels=[[7]]))
    assert (str(error), error.rule, error.row, error.column, error.field) == (
        "Row 1, y₁: 7 is not a label. Labels lie between 0 and 1.",
        "7 is not a label. Labels lie between 0 and 1.",
        0,
        2,
        "labels",
    )


# what is typed, what it is about, and the first words of the rule
APART = [
    ({"learning_rate": 101}, "Learning rate: ", "101 is out of range."),
    ({"learning_rate": "x"}, "Learning rate: ", "'x' is not a number."),
    ({"learning_rate": INF}, "Learning rate: ", "inf is not a finite number."),
    ({"learning_rate": 10**400}, "Learning rate: ", "1000"),
    ({"learning_rate": None}, "", "Learning rate is empty."),
    ({"epochs": -1}, "Epochs: ", "-1 is out of range."),
    ({"epochs": 1.5}, "Epochs: ", "1.5 is not a whole number."),
    ({"inputs": [[1]] * 100, "labels": [[1]] * 100, "epochs": 10**6}, "Epochs: ", "100 samples"),
    ({"seed": -1}, "Seed: ", "-1 is out of range."),
    ({"route": "x"}, "Route: ", "'x' is not one of"),
    ({"dtype": "x"}, "Precision: ", "'x' is not one of"),
    ({"inputs": [1]}, "Row 1: ", "1 is not a row of inputs."),
    ({"inputs": []}, "", "The table of inputs is empty."),
    ({"input_names": "x"}, "Names: ", "'x' for 2 columns."),
    ({"input_names": ["", "b"]}, "Column 1: ", "'' is not a name."),
    ({"input_names": ["a", "b" * 25]}, "Column 2: ", "'b"),
    ({"initial": 1}, "Initial weights: ", "1 is not a table."),
    ({"initial": [[1]] * 2}, "Initial weights: ", "2 rows for 1 output."),
    ({"initial": [1]}, "Initial weights, row 1: ", "1 is not a row."),
    ({"initial": [[1]]}, "Initial weights, row 1: ", "1 number for 2 inputs"),
    ({"initial": [[1, 2, 1e7]]}, "Initial weights, row 1, b: ", "10000000 is too large. Initial weights lie"),
    ({"schedule": 1}, "Schedule: ", "1 is not a list"),
    ({"schedule": [(1, 1)] * 33}, "Schedule: ", "33 changes"),
    ({"schedule": [1]}, "Schedule, change 1: ", "1 is not a change."),
    ({"schedule": [(0, 1)]}, "Schedule, change 1: ", "epoch 0 does not"),
    ({"schedule": [(1.5, 1)]}, "Schedule, change 1, epoch: ", "1.5 is not a whole"),
    ({"schedule": [(1, 101)]}, "Schedule, change 1, rate: ", "101 is out of range."),
    ({"scaling": 1}, "Scaling: ", "1 for 2 inputs."),
    ({"scaling": [1, 2]}, "Scaling of x₁: ", "1 is not a mean"),
    ({"scaling": [(1e101, 1), (0, 1)]}, "Scaling of x₁, mean: ", "1e+101 is too large."),
    ({"scaling": [(0, 1), (0, 0)]}, "Scaling of x₂, scale: ", "0 is out of range."),
]


@pytest.mark.parametrize(("changes", "about", "rule"), APART)
def test_an_error_carries_its_rule_apart_from_what_it_is_about(changes: dict[str, Any], about: str, rule: str) -> None:
    error = refused(**changes)
    assert error.rule.startswith(rule)
    assert str(error) == about + error.rule


# what is typed, the message, and (row, column)
CELLS = [
    ({"labels": [[1.7]]}, "Row 1, y₁: 1.7 is not a label. Labels lie between 0 and 1.", (0, 2)),
    ({"labels": [[-1e-9]]}, "Row 1, y₁: -1e-09 is not a label. Labels lie between 0 and 1.", (0, 2)),
    ({"labels": [[1 + 2**-52]]}, "Row 1, y₁: 1.0000000000000002 is not a label. Labels lie between 0 and 1.", (0, 2)),
    ({"inputs": [[1, 2e6]]}, "Row 1, x₂: 2000000 is too large. Inputs lie between -1000000 and 1000000.", (0, 1)),
    ({"inputs": [[-1e7, 0]]}, "Row 1, x₁: -10000000 is too large. Inputs lie between -1000000 and 1000000.", (0, 0)),
    ({"inputs": [[NAN, 0]]}, "Row 1, x₁: nan is not a finite number.", (0, 0)),
    ({"inputs": [[-INF, 0]]}, "Row 1, x₁: -inf is not a finite number.", (0, 0)),
    ({"labels": [[np.float32("nan")]]}, "Row 1, y₁: nan is not a finite number.", (0, 2)),
    ({"inputs": [[0, None]]}, "Row 1, x₂ is empty. It needs a number.", (0, 1)),
    ({"inputs": [[0, " "]]}, "Row 1, x₂ is empty. It needs a number.", (0, 1)),
    ({"inputs": [[0, "seven"]]}, "Row 1, x₂: 'seven' is not a number.", (0, 1)),
    ({"inputs": [[0, "7"]]}, "Row 1, x₂: '7' is not a number.", (0, 1)),
    ({"inputs": [[0, True]]}, "Row 1, x₂: True is not a number.", (0, 1)),
    ({"labels": np.array([[True]])}, "Row 1, y₁: True is not a number.", (0, 2)),
    ({"inputs": [[0, 1j]]}, "Row 1, x₂: 1j is not a number.", (0, 1)),
    ({"inputs": [[0, [1]]]}, "Row 1, x₂: [1] is not a number.", (0, 1)),
    ({"inputs": [[0, 10**400]]}, "Row 1, x₂: 100000000000000000000000000000000000000… is too large.", (0, 1)),
    ({"inputs": [[0, 10**5000]]}, "Row 1, x₂: a number of thousands of digits is too large.", (0, 1)),
    (
        {"inputs": [[1, 2], [3, 4]], "labels": [[0], [2]], "label_names": ["cat"]},
        "Row 2, cat: 2 is not a label. Labels lie between 0 and 1.",
        (1, 2),
    ),
]


@pytest.mark.parametrize(("changes", "message", "place"), CELLS)
def test_a_bad_cell_is_named_by_row_and_column(changes: dict[str, Any], message: str, place: tuple[int, int]) -> None:
    error = refused(**changes)
    assert str(error) == message
    assert (error.row, error.column) == place
    assert error.field in changes


TABLES = [
    ({"inputs": [[1, 2], [3]]}, "Row 2 has 1 input, row 1 has 2. Every row needs the same number.", 1),
    ({"inputs": []}, "The table of inputs is empty. One sample is enough, none is too few.", None),
    ({"inputs": [[]]}, "Row 1 has no inputs. A sample needs at least one input.", 0),
    ({"labels": [[]]}, "Row 1 has no labels. A sample needs at least one label.", 0),
    ({"inputs": 5}, "The inputs are 5, not a table. Give one row per sample.", None),
    ({"inputs": None}, "The inputs are None, not a table. Give one row per sample.", None),
    ({"inputs": "12"}, "The inputs are '12', not a table. Give one row per sample.", None),
    ({"inputs": {1, 2}}, "The inputs are {1, 2}, not a table. Give one row per sample.", None),
    ({"inputs": [1, 2]}, "Row 1: 1 is not a row of inputs. Give a list of numbers.", 0),
    ({"inputs": ["12"]}, "Row 1: '12' is not a row of inputs. Give a list of numbers.", 0),
    (
        {"labels": [[1], [0]]},
        "Inputs: 1 row, labels: 2 rows. Every sample needs both.",
        1,
    ),
    ({"inputs": [[0] * 65]}, "Row 1 has 65 inputs. A sample may have at most 64.", 0),
    ({"labels": [[0] * 17]}, "Row 1 has 17 labels. A sample may have at most 16.", 0),
    ({"inputs": [[0]] * 1001}, "The table has 1001 rows. It may have at most 1000.", 1000),
]


@pytest.mark.parametrize(("changes", "message", "row"), TABLES)
def test_a_bad_table_is_named_by_row(changes: dict[str, Any], message: str, row: int | None) -> None:
    error = refused(**changes)
    assert str(error) == message
    assert (error.row, error.column) == (row, None)
    assert error.field in changes


SETTINGS = [
    ({"learning_rate": -0.1}, "Learning rate: -0.1 is out of range. The learning rate lies between 0 and 100."),
    ({"learning_rate": 100.5}, "Learning rate: 100.5 is out of range. The learning rate lies between 0 and 100."),
    ({"learning_rate": NAN}, "Learning rate: nan is not a finite number."),
    ({"learning_rate": None}, "Learning rate is empty. It needs a number."),
    ({"learning_rate": False}, "Learning rate: False is not a number."),
    ({"epochs": -1}, "Epochs: -1 is out of range. It lies between 0 and 1000000."),
    ({"epochs": 1_000_001}, "Epochs: 1000001 is out of range. It lies between 0 and 1000000."),
    ({"epochs": 1.5}, "Epochs: 1.5 is not a whole number."),
    ({"epochs": INF}, "Epochs: inf is not a finite number."),
    ({"epochs": True}, "Epochs: True is not a number."),
    ({"epochs": "9"}, "Epochs: '9' is not a number."),
    ({"seed": 2**32}, "Seed: 4294967296 is out of range. It lies between 0 and 4294967295."),
    ({"seed": -1}, "Seed: -1 is out of range. It lies between 0 and 4294967295."),
    ({"seed": 10**5000}, "Seed: a number of thousands of digits is out of range. It lies between 0 and 4294967295."),
    ({"route": "Fused"}, "Route: 'Fused' is not one of fused, chain."),
    ({"route": None}, "Route: None is not one of fused, chain."),
    ({"dtype": "float16"}, "Precision: 'float16' is not one of float32, float64."),
    ({"dtype": ["float32"]}, "Precision: ['float32'] is not one of float32, float64."),
]


@pytest.mark.parametrize(("changes", "message"), SETTINGS)
def test_a_bad_setting_is_named(changes: dict[str, Any], message: str) -> None:
    error = refused(**changes)
    assert str(error) == message
    assert [error.field] == list(changes)
    assert (error.row, error.column) == (None, None)


NAMES = [
    ({"input_names": ["a"]}, "Names: 1 name for 2 columns. Every column needs one.", None),
    ({"input_names": "ab"}, "Names: 'ab' for 2 columns. Every column needs one.", None),
    ({"input_names": ["a", " "]}, "Column 2: ' ' is not a name. A name is a text that is not empty.", 1),
    ({"label_names": [7]}, "Column 3: 7 is not a name. A name is a text that is not empty.", 2),
    (
        {"label_names": ["a" * 25]},
        "Column 3: 'aaaaaaaaaaaaaaaaaaaaaaaaa' is too long or not printable. A name has at most 24 letters.",
        2,
    ),
    (
        {"label_names": ["a\nb"]},
        "Column 3: 'a\\nb' is too long or not printable. A name has at most 24 letters.",
        2,
    ),
    ({"input_names": ["a", "a "]}, "Columns 1 and 2 are both called a. Names differ.", 1),
    ({"label_names": ["x₂"]}, "Columns 2 and 3 are both called x₂. Names differ.", 2),
]


@pytest.mark.parametrize(("changes", "message", "column"), NAMES)
def test_a_bad_name_is_named(changes: dict[str, Any], message: str, column: int | None) -> None:
    error = refused(**changes)
    assert str(error) == message
    assert [error.field] == list(changes)
    assert error.column == column


def test_names_are_free_otherwise() -> None:
    experiment = Experiment(**ONE, input_names=["b", "a" * 24], label_names=["Übung 1"])
    assert experiment.input_names + experiment.label_names == ("b", "a" * 24, "Übung 1")


TWO = {"inputs": [[1.0, 2.0]], "labels": [[1.0, 0.0]]}
INITIAL = [
    (5, "Initial weights: 5 is not a table. Give one row per output.", (None, None)),
    ("12", "Initial weights: '12' is not a table. Give one row per output.", (None, None)),
    ([[1, 2, 3]], "Initial weights: 1 row for 2 outputs. Give one row per output.", (1, None)),
    ([[1, 2, 3]] * 3, "Initial weights: 3 rows for 2 outputs. Give one row per output.", (2, None)),
    ([[1, 2, 3], 4], "Initial weights, row 2: 4 is not a row. Give a list of numbers.", (1, None)),
    (
        [[1, 2, 3], [1, 2]],
        "Initial weights, row 2: 2 numbers for 2 inputs and the bias. Give 3, the bias last.",
        (1, None),
    ),
    ([[1, 2, 3], [1, NAN, 3]], "Initial weights, row 2, x₂: nan is not a finite number.", (1, 1)),
    ([[1, 2, INF], [1, 2, 3]], "Initial weights, row 1, b: inf is not a finite number.", (0, 2)),
    ([[None, 2, 3], [1, 2, 3]], "Initial weights, row 1, x₁ is empty. It needs a number.", (0, 0)),
    ([[1, 2, 3], [1, 2, "3"]], "Initial weights, row 2, b: '3' is not a number.", (1, 2)),
    ([[True, 2, 3], [1, 2, 3]], "Initial weights, row 1, x₁: True is not a number.", (0, 0)),
    (
        [[1, 2, 3], [1, -2e6, 3]],
        "Initial weights, row 2, x₂: -2000000 is too large. Initial weights lie between -1000000 and 1000000.",
        (1, 1),
    ),
]


@pytest.mark.parametrize(("initial", "message", "place"), INITIAL)
def test_bad_initial_weights_are_named_by_row_and_column(
    initial: object, message: str, place: tuple[int | None, int | None]
) -> None:
    error = refused(**TWO, initial=initial)
    assert str(error) == message
    assert (error.row, error.column, error.field) == (*place, "initial")


def test_initial_weights_have_one_normal_form() -> None:
    one = Experiment(**TWO, initial=((0.0, 2.0, 3.0), (1.0, 2.0, 3.0)))
    other = Experiment(**TWO, initial=np.array([[-0.0, 2, 3], [1, 2, 3]], np.float32))
    assert one == other
    assert hash(one) == hash(other)
    assert repr(one) == repr(other)
    assert one != Experiment(**TWO)
    assert Experiment(**TWO, initial=zeros_initial(2, 2)).initial == (((0, 0, 0), (0, 0, 0)),)
    assert Experiment(**TWO, initial=np.full((2, 3), -MAX_INITIAL)).initial is not None


SCHEDULE = [
    (5, "Schedule: 5 is not a list of changes (epoch, rate).", (None, None)),
    ([5], "Schedule, change 1: 5 is not a change. Give an epoch and a rate.", (0, None)),
    ([(1, 2), (3,)], "Schedule, change 2: (3,) is not a change. Give an epoch and a rate.", (1, None)),
    ([(0, 1)], "Schedule, change 1: epoch 0 does not come after 0. The first change is at epoch 1 or later.", (0, 0)),
    (
        [(500, 1), (300, 2)],
        "Schedule, change 2: epoch 300 does not come after 500. Changes stand in the order of their epochs.",
        (1, 0),
    ),
    (
        [(500, 1), (500, 2)],
        "Schedule, change 2: epoch 500 does not come after 500. Changes stand in the order of their epochs.",
        (1, 0),
    ),
    ([(1.5, 1)], "Schedule, change 1, epoch: 1.5 is not a whole number.", (0, 0)),
    ([("9", 1)], "Schedule, change 1, epoch: '9' is not a number.", (0, 0)),
    ([(10**7, 1)], "Schedule, change 1, epoch: 10000000 is out of range. It lies between 0 and 1000000.", (0, 0)),
    ([(1, NAN)], "Schedule, change 1, rate: nan is not a finite number.", (0, 1)),
    (
        [(1, 1), (2, 101)],
        "Schedule, change 2, rate: 101 is out of range. The learning rate lies between 0 and 100.",
        (1, 1),
    ),
    (
        [(i, i) for i in range(1, 34)],
        "Schedule: 33 changes of the learning rate are too many. There may be at most 32.",
        (32, None),
    ),
]


@pytest.mark.parametrize(("schedule", "message", "place"), SCHEDULE)
def test_a_bad_schedule_is_named_by_its_change(
    schedule: object, message: str, place: tuple[int | None, int | None]
) -> None:
    error = refused(schedule=schedule)
    assert str(error) == message
    assert (error.row, error.column, error.field) == (*place, "schedule")


def test_a_schedule_has_one_normal_form() -> None:
    one = Experiment(**ONE, schedule=((500, 0.1),))
    other = Experiment(**ONE, schedule=[[np.int64(500), np.float64(0.1)]])
    assert one == other
    assert hash(one) == hash(other)
    assert repr(one) == repr(other)
    assert len(Experiment(**ONE, schedule=[(i, i) for i in range(1, MAX_CHANGES + 1)]).schedule) == MAX_CHANGES
    beyond = Experiment(**ONE, epochs=10, schedule=((500, 0.1),))
    assert beyond.replace(epochs=2000) == one


def test_the_rate_of_each_epoch() -> None:
    experiment = Experiment(**ONE, learning_rate=0.01, schedule=((1, 0.5), (500, 0.1)))
    assert [experiment.rate_at(epoch) for epoch in (0, 1, 499, 500, 1999)] == [0.01, 0.5, 0.5, 0.1, 0.1]
    assert experiment.rates_at(np.arange(3)).tolist() == [0.01, 0.5, 0.5]
    assert Experiment(**ONE, learning_rate=0.3).rate_at(10**6) == 0.3


def test_from_here_on_replaces_what_comes_later() -> None:
    experiment = Experiment(**ONE, learning_rate=0.01, schedule=((100, 0.5), (500, 0.1)))

    def course(position: int, rate: float) -> tuple[float, object]:
        changed = experiment.with_rate_from(position, rate)
        return changed.learning_rate, changed.schedule

    assert course(300, 2) == (0.01, ((100, 0.5), (300, 2)))
    assert course(500, 2) == (0.01, ((100, 0.5), (500, 2)))
    assert course(600, 2) == (0.01, ((100, 0.5), (500, 0.1), (600, 2)))
    assert course(600, 0.1) == (0.01, ((100, 0.5), (500, 0.1)))
    assert course(300, 0.5) == (0.01, ((100, 0.5),))
    assert course(100, 0.01) == (0.01, ())
    assert course(0, 2) == (2, ())
    with pytest.raises(ExperimentError, match="change 2, rate: 101"):
        course(300, 101)


def test_what_is_not_given_is_not_written() -> None:
    """An experiment without a start and a schedule reads as it did before there were any."""
    text = repr(Experiment(**ONE))
    assert text.startswith("Experiment(inputs=((1.0, 2.0),), labels=((1.0,),), learning_rate=0.01, epochs=2000, ")
    assert text.endswith("label_names=('y₁',))")
    full = Experiment(**ONE, initial=[[1, 2, 3]], schedule=[(5, 0.1)])
    assert repr(full) == text[:-1] + ", initial=(((1.0, 2.0, 3.0),),), schedule=((5, 0.1),))"


def test_an_experiment_error_is_a_value_error() -> None:
    assert issubclass(ExperimentError, ValueError)


LIMITS = [
    {"inputs": np.zeros((1000, 64)), "labels": np.zeros((1000, 16)), "epochs": 20_000},
    {"epochs": 1_000_000},
    {"epochs": 0, "learning_rate": 0, "seed": 0},
    {"learning_rate": 100, "seed": 2**32 - 1},
    {"inputs": [[1e6, -1e6]]},
    {"inputs": [[5e-324, 1e-50]], "labels": [[5e-324]]},
]


@pytest.mark.parametrize("changes", LIMITS, ids=range(len(LIMITS)))
def test_what_is_just_within_the_limits_is_accepted(changes: dict[str, Any]) -> None:
    experiment = Experiment(**{**ONE, **changes})
    assert np.isfinite(experiment.input_array).all()


def test_steps_are_limited_beside_epochs() -> None:
    error = refused(inputs=[[0]] * 1000, labels=[[0]] * 1000, epochs=20_001)
    assert str(error) == (
        "Epochs: 1000 samples × 20001 epochs are too many steps. "
        "A run has at most 20000000: that is 20000 epochs of this table."
    )
    assert error.field == "epochs"


def test_the_limits_are_the_published_ones() -> None:
    limits = {name: value for name, value in vars(classifier).items() if name.startswith("MAX_")}
    assert limits == {
        "MAX_SAMPLES": 1000,
        "MAX_INPUTS": 64,
        "MAX_OUTPUTS": 16,
        "MAX_EPOCHS": 1_000_000,
        "MAX_STEPS": 20_000_000,
        "MAX_INPUT": 1e6,
        "MAX_LEARNING_RATE": 100.0,
        "MAX_INITIAL": 1e6,
        "MAX_CHANGES": 32,
        "MAX_HIDDEN": 3,
        "MAX_UNITS": 8,
        "MAX_SEED": 2**32 - 1,
        "MAX_MEMBERS": 12,
        "MAX_NAME_LENGTH": 24,
        "MAX_SCALING": 1e100,
    }


def test_a_changed_experiment_shares_its_table_unchecked_and_unequal_ones_do_not_share_a_name() -> None:
    base = Experiment([[1, 2], [3, 4]], [[0], [1]])
    other = base.replace(seed=3)
    assert other.inputs is base.inputs
    assert other.labels is base.labels
    assert other.input_array is base.input_array
    assert base.replace(dtype="float64").input_array.dtype == np.float64
    assert pickle.loads(pickle.dumps(base)).identity == base.identity == base.replace().identity  # noqa: S301 - our own
    rest = [
        other,
        base.replace(inputs=[[1, 2], [3, 5]]),
        base.replace(labels=[[1], [1]]),
        base.replace(input_names=("a", "b")),
        base.replace(schedule=((1, 0.5),)),
        base.replace(scaling=((0, 2), (0, 1))),
        Experiment([[1], [2], [3], [4]], [[0], [0], [0], [1]]),
    ]
    assert len({each.identity for each in (base, *rest)}) == len(rest) + 1
    # What was checked as inputs was not checked as labels.
    with pytest.raises(ExperimentError, match="not a label"):
        base.replace(labels=base.inputs, label_names=None)
