"""A link is the whole experiment, and nothing in an address can break a page."""

import dataclasses
from urllib.parse import parse_qs, urlencode

import numpy as np
import pytest

from classifier import MAX_INPUTS, MAX_OUTPUTS, MAX_SAMPLES, Experiment, zeros_initial
from classifier.experiment.hidden import shapes
from pages.shared.address import writing
from pages.shared.address.reading import KEYS, from_params
from pages.shared.address.writing import MAX_PIN, least_length, named_experiments, to_params, write_pin
from pages.shared.examples import EXAMPLES
from pages.shared.share.qr import qr_image
from pages.shared.text.quoting import escape_markdown
from tests.pages.shared.any_experiment import any_experiment

TUTORIAL = Experiment.tutorial()
TWO_ROWS = Experiment(((1.0, 3.0), (0.5, 9.0)), ((1.0,), (0.0,)))
NAMED = {name: Experiment(**example.fields) for name, example in EXAMPLES.items()}
# What every link of an example was before an address could name it. They stand in mails and on slides.
WHOLE_TABLES = {
    "exercise": "lr=1&epochs=10&inputs=1+2&labels=1&initial=0.5+-0.25+0",
    "one-large-input": "inputs=0.2+120_0.9+140_0.4+160_0.8+180_0.1+200_0.7+220&labels=0_1_0_1_0_1",
    "contradiction": "lr=0.05&inputs=1+0_1+0_1+0_0+1&labels=1_1_0_0",
    "never-1": "lr=0.1&epochs=1000&inputs=0+0_0+1_1+0_1+1&labels=0+0_0+0_1+0_1+0",
    "soft-labels": "lr=0.1&epochs=1000&inputs=0_1_2&labels=0.2_0.5_0.8",
    "gates": "lr=0.5&epochs=1000&inputs=0+0_0+1_1+0_1+1&labels=0+0+1_0+1+1_0+1+1_1+1+0"
    "&label_name=AND&label_name=OR&label_name=NAND",
    "xor": "lr=0.5&epochs=1000&inputs=1+0_1+1_0+0_0+1&labels=1_0_0_1&label_name=XOR",
    "lower-rate": "lr=1,0.05@100&epochs=200&inputs=1_1&labels=1_0",
}
OF_THE_TUTORIAL = {name for name, example in NAMED.items() if example.inputs == TUTORIAL.inputs}


def through_an_address(experiment: Experiment, position: int | None = None) -> dict[str, list[str]]:
    """Send an experiment through an address, as a browser and Streamlit do."""
    address = urlencode(to_params(experiment, position), doseq=True)
    return parse_qs(address, keep_blank_values=True)


def test_the_tutorial_needs_no_parameters() -> None:
    assert to_params(TUTORIAL) == {}
    assert to_params(TUTORIAL, 0) == {}
    opened = from_params({})
    assert (opened.experiment, opened.position, opened.notices) == (TUTORIAL, None, ())


def test_a_link_reads_like_what_it_means() -> None:
    experiment = TWO_ROWS.replace(learning_rate=0.1, seed=7, route="chain", input_names=("a&b", "é"))
    assert urlencode(to_params(experiment, 300), doseq=True) == (
        "lr=0.1&seed=7&route=chain&inputs=1+3_0.5+9&labels=1_0&input_name=a%26b&input_name=%C3%A9&position=300"
    )


def test_matrices_need_no_percent_signs_and_little_room() -> None:
    rng = np.random.default_rng(1)
    inputs = rng.integers(-99, 99, (30, 4)) / 10
    labels = rng.integers(0, 2, (30, 3))
    experiment = Experiment(tuple(map(tuple, inputs.tolist())), tuple(map(tuple, labels.tolist())), learning_rate=1e-5)
    address = urlencode(to_params(experiment), doseq=True)
    assert "%" not in address
    assert len(address) < 2000
    changed = TUTORIAL.replace(inputs=((2.0, 3.0, 5.0), *TUTORIAL.inputs[1:]), learning_rate=0.5, seed=1)
    assert len(urlencode(to_params(changed, 2000), doseq=True)) < 300


def test_rates_and_initial_weights_read_like_what_they_mean() -> None:
    experiment = TWO_ROWS.replace(initial=[[0.5, -1, 0]], schedule=((500, 0.1), (800, 1e-5)))
    address = "lr=0.01,0.1@500,1e-5@800&inputs=1+3_0.5+9&labels=1_0&initial=0.5+-1+0"
    assert urlencode(to_params(experiment), doseq=True, safe=",@") == address
    opened = from_params(parse_qs(address))
    assert (opened.experiment, opened.notices) == (experiment, ())
    zeros = TUTORIAL.replace(initial=zeros_initial(3, 4))
    assert to_params(zeros) == {"initial": "0 0 0 0_0 0 0 0_0 0 0 0_0 0 0 0"}


def test_a_thousand_experiments_come_back_exactly() -> None:
    rng = np.random.default_rng(2)
    for _ in range(1000):
        experiment = any_experiment(rng)
        position = int(rng.integers(0, experiment.epochs + 1))
        opened = from_params(through_an_address(experiment, position))
        assert opened.notices == ()
        assert opened.experiment == experiment
        assert (opened.position or 0) == position


def changes_of(experiment: Experiment) -> dict[str, Experiment]:
    """Change every field of an experiment, one at a time."""
    first, *others = experiment.inputs
    inputs, outputs = experiment.in_features, experiment.out_features
    names = [f"n{i}" for i in range(inputs + outputs)]
    default = Experiment(experiment.inputs, experiment.labels)
    fields: dict[str, dict[str, object]] = {
        "nothing": {},
        "lr": {"learning_rate": 0.123},
        "tutorial's lr": {"learning_rate": 0.01},
        "epochs": {"epochs": 2000},
        "no epochs": {"epochs": 0},
        "seed": {"seed": 7},
        "route": {"route": "chain"},
        "fused": {"route": "fused"},
        "dtype": {"dtype": "float64"},
        "schedule": {"schedule": ((5, 0.5),)},
        "no schedule": {"schedule": ()},
        "hidden": {"hidden": (4, 2), "activation": "tanh", "initial": None},
        "no hidden": {"hidden": (), "activation": "sigmoid", "initial": None},
        "initial": {"initial": [np.ones(shape) for shape in shapes(experiment.sizes)]},
        "zeros": {"initial": zeros_initial(*experiment.sizes)},
        "no initial": {"initial": None},
        "scaling": {"scaling": ((1.0, 2.0),) * inputs},
        "no scaling": {"scaling": None},
        "input names": {"input_names": names[:inputs]},
        "label names": {"label_names": names[inputs:]},
        "default names": {"input_names": default.input_names, "label_names": default.label_names},
        "a cell": {"inputs": ((first[0] + 0.5, *first[1:]), *others)},
        "a label": {"labels": ((0.5,) * outputs, *experiment.labels[1:])},
        "a row less": {"inputs": experiment.inputs[:1], "labels": experiment.labels[:1]},
    }
    if inputs == outputs:
        fields["names swapped"] = {"input_names": experiment.label_names, "label_names": experiment.input_names}
    settings = ("lr", "epochs", "seed", "route", "dtype", "schedule", "no initial", "no scaling")
    fields["all but the table"] = {
        field: value for what in (*settings, "input names", "label names") for field, value in fields[what].items()
    }
    return {what: experiment.replace(**changes) for what, changes in fields.items()}


@pytest.mark.parametrize("name", NAMED)
def test_every_example_comes_back_exactly_whatever_is_changed(name: str) -> None:
    for what, experiment in changes_of(NAMED[name]).items():
        opened = from_params(through_an_address(experiment, experiment.epochs))
        assert (opened.experiment, opened.notices) == (experiment, ()), what
        assert opened.experiment.label_names == experiment.label_names
        pin = write_pin(experiment)
        assert pin is not None
        opened = from_params(parse_qs(urlencode({"example": "iris", "pin": pin}), keep_blank_values=True))
        assert (opened.experiment, opened.pin, opened.notices) == (NAMED["iris"], experiment, ()), what


def test_a_link_names_an_example_and_what_differs_from_it() -> None:
    iris, exercise = NAMED["iris"], NAMED["exercise"]
    assert to_params(iris, 5) == {"example": "iris", "position": "5"}
    assert to_params(iris.replace(learning_rate=0.1)) == {"example": "iris", "lr": "0.1"}
    assert to_params(iris.replace(scaling=None)) == {"example": "iris", "scale": "none"}
    assert to_params(exercise.replace(initial=None)) == {"example": "exercise", "initial": "none"}
    assert to_params(exercise.replace(inputs=((1, 3),)))["inputs"] == "1 3"
    for name, experiment in NAMED.items():
        assert to_params(experiment).get("example") == (None if name in OF_THE_TUTORIAL else name)


def test_the_link_of_every_example_fits_into_a_qr_code() -> None:
    for experiment in NAMED.values():
        query = urlencode(to_params(experiment, 10), doseq=True)
        assert len(query) < 60
        assert qr_image(f"https://backprop-by-hand.example.org/?{query}")


def test_links_with_the_whole_table_still_open_the_examples() -> None:
    """Fails, too, if an example is changed: then a link that names it opens what its sender never saw."""
    # Links never held the table of the others.
    plain = {name for name, example in NAMED.items() if not example.hidden}
    assert WHOLE_TABLES.keys() | OF_THE_TUTORIAL | {"iris", "iris-raw"} <= plain
    for name, address in WHOLE_TABLES.items():
        opened = from_params(parse_qs(address))
        assert (opened.experiment, opened.notices) == (NAMED[name], ())
        assert from_params({"pin": [address]}).pin == NAMED[name]
    for name in ("iris", "iris-raw"):
        iris = NAMED[name]
        tables = {"inputs": iris.inputs, "labels": iris.labels, "scale": iris.scaling}
        params = {key: ["_".join(" ".join(map(repr, row)) for row in rows)] for key, rows in tables.items() if rows}
        params |= {"input_name": [*iris.input_names], "label_name": [*iris.label_names], "epochs": ["200"]}
        assert from_params(params).experiment == iris


def test_whatever_names_an_example_can_name_each_of_them() -> None:
    for name, experiment in NAMED.items():
        opened = from_params({"example": [name], "seed": ["7"]})
        assert (opened.experiment, opened.notices) == (experiment.replace(seed=7), ())


def test_a_table_beside_the_name_of_an_example_counts_and_that_is_told() -> None:
    opened = from_params({"example": ["iris"], "inputs": ["1 2"], "labels": ["1"], "seed": ["7"]})
    assert opened.experiment == Experiment([[1, 2]], [[1]], seed=7)
    assert opened.notices == ('"example" in the address is ignored: the address holds a table, too, and that counts.',)
    opened = from_params({"example": ["iris"], "inputs": ["1 2"]})
    assert opened.experiment == NAMED["iris"]
    assert opened.notices == ('"inputs" in the address is ignored: it comes without usable labels.',)


def test_a_pinned_experiment_comes_back_exactly_beside_any_other() -> None:
    rng = np.random.default_rng(4)
    for _ in range(300):
        experiment, pinned = any_experiment(rng), any_experiment(rng)
        text = write_pin(pinned)
        assert text is not None
        address = urlencode({**to_params(experiment), "pin": text}, doseq=True)
        opened = from_params(parse_qs(address, keep_blank_values=True))
        assert (opened.notices, opened.experiment, opened.pin) == ((), experiment, pinned)
    assert from_params({"pin": [write_pin(TUTORIAL) or ""]}).pin == TUTORIAL


def test_a_pinned_table_beyond_every_address_is_not_written() -> None:
    assert write_pin(Experiment(np.full((1000, 8), 0.125), np.zeros((1000, 1)))) is None


def test_a_pin_with_every_column_named_comes_back() -> None:
    inputs, labels = ([f"{kind}{i}" for i in range(most)] for kind, most in (("a", MAX_INPUTS), ("b", MAX_OUTPUTS)))
    pinned = Experiment([[1.0] * MAX_INPUTS], [[0.0] * MAX_OUTPUTS], input_names=inputs, label_names=labels)
    assert from_params({"pin": [write_pin(pinned) or ""]}).pin == pinned


def test_a_pin_is_written_up_to_its_longest(monkeypatch: pytest.MonkeyPatch) -> None:
    text = write_pin(TUTORIAL.replace(seed=7))
    assert text == "seed=7"
    monkeypatch.setattr(writing, "MAX_PIN", len(text))
    assert write_pin(TUTORIAL.replace(seed=7)) == text
    assert write_pin(TUTORIAL.replace(seed=77)) is None


def test_every_field_of_an_experiment_travels() -> None:
    """A field added to Experiment later must not be forgotten here: the random ones differ in it."""
    rng = np.random.default_rng(5)
    drawn = [any_experiment(rng) for _ in range(100)]
    for field in dataclasses.fields(Experiment):
        assert len({getattr(experiment, field.name) for experiment in drawn}) > 1, field.name


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"example": ["irys"]}, ['"example"', 'there is no example "irys".']),
        ({"example": [""]}, ['"example"', 'there is no example ""']),
        ({"example": ["Iris"]}, ['"example"', "Iris"]),
        ({"example": ["iris\n\x00\u202e"]}, ['"example"', '"iris\ufffd\ufffd\ufffd"']),
        ({"example": ["iris" * 100_000]}, ['"example"', "irisiri…"]),
        ({"example": ["iris", "iris"]}, ['"example"', "2 times"]),
        ({"pin": ["example=irys"]}, ['"pin"', 'its "example"', "irys"]),
        ({"pin": ["example=iris&inputs=1&labels=1"]}, ['"pin"', 'its "example"', "a table"]),
        ({"initial": ["None"]}, ['"initial"', '"None" is not a number']),
        ({"lr": ["abc"]}, ['"lr"', '"abc" is not a number.']),
        ({"lr": [""]}, ['"lr"', "not a number"]),
        ({"lr": ["-1"]}, ['"lr"', "between 0 and 100"]),
        ({"lr": ["inf"]}, ['"lr"']),
        ({"lr": ["0.1", "0.2"]}, ['"lr"', "2 times"]),
        ({"lr": ["0.1,0.2"]}, ['"lr"', '"0.1,0.2" is not a number']),
        ({"lr": ["0.1,0.2@"]}, ['"lr"', "An empty text"]),
        ({"lr": ["0.1,@5"]}, ['"lr"', "An empty text"]),
        ({"lr": ["0.1@5"]}, ['"lr"', '"0.1@5" is not a number']),
        ({"lr": ["0,1,0,2@500"]}, ['"lr"', "change 1", '"1" is not of the form']),
        ({"lr": ["0.1,0.2@500,0.3@400"]}, ['"lr"', "change 2", "400 does not come after 500"]),
        ({"lr": ["0.1,0.2@0"]}, ['"lr"', "epoch 1 or later"]),
        ({"lr": ["0.1,0.2@1.5"]}, ['"lr"', "whole number"]),
        ({"lr": ["0.1,200@5"]}, ['"lr"', "between 0 and 100"]),
        ({"lr": ["0.1,nan@5"]}, ['"lr"', "not a number"]),
        ({"lr": ["0.1,0.2@5@6"]}, ['"lr"', "not a whole number"]),
        ({"lr": ["0.1" + ",0.2@5" * 100_000]}, ['"lr"', "more than 32 changes"]),
        ({"initial": ["1 2"]}, ['"initial"', "1 row for 4 outputs"]),
        ({"initial": ["1 2 3_1 2 3_1 2 3_1 2 3"]}, ['"initial"', "row 1", "Give 4"]),
        ({"initial": ["1 2 3 4_1 2 3 4_1 2 3 4_1 2 3 1e7"]}, ['"initial"', "row 4, b", "too large"]),
        ({"initial": ["1 2 3 4_1 2 <b> 4_1 2 3 4_1 2 3 4"]}, ['"initial"', "row 2", '"<b>" is not a number']),
        ({"initial": [" ".join(["1"] * 66)]}, ['"initial"', "more than 65 columns"]),
        ({"initial": ["_" * 500_000]}, ['"initial"', "rows"]),
        ({"initial": ["0 0 0 0", "1 1 1 1"]}, ['"initial"', "2 times"]),
        ({"scale": ["1 2"]}, ['"scale"', "1 row for 3 inputs"]),
        ({"scale": ["1_2_3"]}, ['"scale"', "Scaling of x₁", "two numbers"]),
        ({"scale": ["1 2_1 0_1 2"]}, ['"scale"', "Scaling of x₂, scale: 0 is out of range"]),
        ({"scale": ["1 2 3_1 2_1 2"]}, ['"scale"', "row 1", "more than 2 columns"]),
        ({"scale": ["1 2_1 nan_1 2"]}, ['"scale"', "row 2", '"nan" is not a number']),
        ({"epochs": ["1.5"]}, ['"epochs"', "whole number"]),
        ({"epochs": ["1000001"]}, ['"epochs"', "1000000"]),
        ({"epochs": ["-1"]}, ['"epochs"']),
        ({"seed": ["9" * 60]}, ['"seed"']),
        ({"hidden": ["4_3_2_1"]}, ['"hidden"', "more than 3 layers"]),
        ({"hidden": ["4_9"]}, ['"hidden"', "layer 2: 9 units are out of range. A hidden layer has 1 to 8."]),
        ({"hidden": ["0"]}, ['"hidden"', "layer 1: 0 units are out of range"]),
        ({"hidden": ["4_"]}, ['"hidden"', "layer 2: An empty text is not a number. Of two layers one writes 4_3"]),
        ({"hidden": ["4", "3"]}, ['"hidden"', "2 times"]),
        ({"hidden": ["9" * 5000]}, ['"hidden"', "too long"]),
        ({"activation": ["swish"]}, ['"activation"', "'swish' is not one of sigmoid, tanh, relu."]),
        ({"initial": ["0 0 0 0__0 0"]}, ['"initial"', "2 tables for 1 layer"]),
        ({"route": ["<script>"]}, ['"route"', "<script>"]),
        ({"dtype": ["float16"]}, ['"dtype"', "float16"]),
        ({"position": ["2001"]}, ['"position"', "2000"]),
        ({"position": ["-1"]}, ['"position"']),
        ({"position": ["x"]}, ['"position"']),
        ({"pin": [""]}, ['"pin"', "not the address"]),
        ({"pin": ["abc"]}, ['"pin"', "its", '"abc": there is no such parameter']),
        ({"pin": ["lr=abc"]}, ['"pin"', 'its "lr": "abc" is not a number.']),
        ({"pin": ["lr=0.1&lr=0.2"]}, ['"pin"', 'its "lr"', "2 times"]),
        ({"pin": ["lr=0.1&position=3"]}, ['"pin"', 'has no "position"']),
        ({"pin": ["pin=" * 4000]}, ['"pin"', 'has no "pin"']),
        ({"pin": ["pin%3Dlr%3D0.1"]}, ['"pin"', "no such parameter"]),
        ({"pin": ["lr=0.1" + "0" * MAX_PIN]}, ['"pin"', f"at most {MAX_PIN}"]),
        ({"pin": ["&".join(f"k{i}=1" for i in range(1000))]}, ['"pin"', "Max number of fields exceeded"]),
        ({"pin": ["x" * MAX_PIN]}, ['"pin"', "no such parameter"]),
        ({"pin": ["lr=0.1", "lr=0.2"]}, ['"pin"', "2 times"]),
        ({"colour": ["red"]}, ['"colour"', "no such parameter"]),
        ({"LR": ["0.1"]}, ['"LR"', "no such parameter"]),
        ({"inputs": ["1 2_3 4"]}, ['"inputs"', "labels"]),
        ({"labels": ["1_0"]}, ['"labels"', "inputs"]),
        ({"inputs": ["1 2_3"], "labels": ["1_0"]}, ['"inputs"', "same number"]),
        ({"inputs": ["1_2_3"], "labels": ["1_0"]}, ['"inputs"', "3 rows", "2 rows"]),
        ({"inputs": ["1_2"], "labels": ["1_1.7"]}, ['"inputs"', "1.7 is not a label"]),
        ({"inputs": ["1_abc"], "labels": ["1_0"]}, ['"inputs"', "row 2", '"abc"']),
        ({"inputs": ["1  2_3 4"], "labels": ["1_0"]}, ['"inputs"', "row 1"]),
        ({"inputs": ["1e7"], "labels": ["1"]}, ['"inputs"', "too large"]),
        ({"inputs": [""], "labels": [""]}, ['"inputs"', '"labels"']),
        (
            {"inputs": ["_".join(["1"] * (MAX_SAMPLES + 1))], "labels": ["1"]},
            ['"inputs"', "more than 1000 rows"],
        ),
        ({"inputs": [" ".join(["1"] * 65)], "labels": ["1"]}, ['"inputs"', "more than 64 columns"]),
        ({"inputs": ["1"], "labels": [" ".join(["1"] * 17)]}, ['"labels"', "more than 16 columns"]),
        ({"inputs": ["1" * 500_000], "labels": ["1"]}, ['"inputs"', "too long"]),
        ({"input_name": ["a", "b"]}, ['"input_name"', "2 columns"]),
        ({"input_name": ["a", "a", "b"]}, ['"input_name"']),
        ({"label_name": ["a", "", "b", "c"]}, ['"label_name"']),
        ({"label_name": ["a", "b" * 25, "c", "d"]}, ['"label_name"']),
        ({"x" * 10_000: ["1"]}, ["xxx…", "no such parameter"]),
        ({"a\nb": ["1"]}, ["no such parameter"]),
    ],
)
def test_a_broken_parameter_is_ignored_with_a_notice(params: dict[str, list[str]], words: list[str]) -> None:
    opened = from_params(params)
    assert opened.experiment == TUTORIAL
    assert (opened.position, opened.pin) == (None, None)
    said = " ".join(opened.notices)
    assert all(word in said for word in words), said
    assert all(len(notice) < 250 and "\n" not in notice for notice in opened.notices), said


def test_a_notice_names_the_parameter_once() -> None:
    (notice,) = from_params({"seed": ["-1"]}).notices
    assert notice == '"seed" in the address is ignored: -1 is out of range. It lies between 0 and 4294967295.'


def test_one_broken_parameter_costs_only_itself() -> None:
    opened = from_params({"lr": ["abc"], "seed": ["7"], "position": ["300"], "inputs": ["1_2"], "labels": ["1_0"]})
    assert opened.experiment == Experiment(((1.0,), (2.0,)), ((1.0,), (0.0,)), seed=7)
    assert opened.position == 300
    assert len(opened.notices) == 1


def test_initial_weights_of_another_shape_cost_no_hidden_layer() -> None:
    for initial, words in (
        ("1 2 3 0_1 1 1 1", "1 table for 2 layers. Give one table a layer."),
        ("1 2 3 0_1 1 1 1__1 1_1 1_1 1_1 1", "layer 2, row 1: 2 numbers for 2 inputs and the bias. Give 3"),
    ):
        opened = from_params({"hidden": ["2"], "activation": ["tanh"], "lr": ["0.5"], "initial": [initial]})
        assert opened.experiment == TUTORIAL.replace(hidden=(2,), activation="tanh", learning_rate=0.5)
        (notice,) = opened.notices
        assert words in notice


@pytest.mark.parametrize(
    ("names", "kept", "reasons"),
    [
        ("ppq wxyz", " wxyz", {"input_name": "Columns 1 and 2 are both called p. Names differ."}),
        ("pqr wxxz", "pqr ", {"label_name": "Columns 5 and 6 are both called x. Names differ."}),
        ("pqr wpyz", "pqr ", {"label_name": "Columns 1 and 5 are both called p. Names differ."}),
        ("ppq wxxz", " ", {"input_name": "Columns 1 and 2 are both", "label_name": "Columns 5 and 6 are both"}),
        ("4pq ", " ", {"input_name": "Columns 1 and 7 are both called y₄. Names differ."}),
        ("2pq 134z", "2pq 134z", {}),
    ],
)
def test_a_bad_name_is_told_of_its_own_parameter_alone(names: str, kept: str, reasons: dict[str, str]) -> None:
    def fields(text: str) -> dict[str, list[str]]:
        # The digits stand for the outputs' names of their own, which are unique here only together.
        tables = [
            [f"y{'₁₂₃₄'[int(name) - 1]}" if name.isdigit() else name for name in part] for part in text.split(" ")
        ]
        return dict(zip(("input_name", "label_name"), tables, strict=True))

    opened = from_params({key: given for key, given in fields(names).items() if given})
    expected = TUTORIAL.replace(**{f"{key}s": given for key, given in fields(kept).items() if given})
    assert opened.experiment == expected
    assert len(opened.notices) == len(reasons)
    for notice, (key, reason) in zip(opened.notices, reasons.items(), strict=True):
        assert notice.startswith(f'"{key}" in the address is ignored: {reason}')


def test_a_name_that_is_too_long_costs_its_own_parameter_alone() -> None:
    opened = from_params({"input_name": ["p", "q" * 25, "r"], "label_name": ["w", "x", "y", "z"]})
    assert opened.experiment == TUTORIAL.replace(label_names=("w", "x", "y", "z"))
    (notice,) = opened.notices
    assert notice.startswith('"input_name" in the address is ignored: Column 2: ')


def test_too_many_steps_cost_the_epochs_not_the_table() -> None:
    rows = "_".join(["1"] * 1000)
    opened = from_params({"inputs": [rows], "labels": [rows], "epochs": ["1000000"]})
    assert (opened.experiment.samples, opened.experiment.epochs) == (1000, 2000)
    assert len(opened.notices) == 1


def test_position_is_judged_by_the_epochs_of_the_same_address() -> None:
    assert from_params({"epochs": ["10"], "position": ["10"]}).position == 10
    assert from_params({"epochs": ["10"], "position": ["11"]}).position is None
    opened = from_params({"position": ["0"]})
    assert (opened.position, opened.notices) == (0, ())


def test_typed_numbers_are_understood_in_links_too() -> None:
    opened = from_params({"lr": ["0,5"], "inputs": ["1/2 −3"], "labels": ["1"]})
    assert opened.experiment.learning_rate == 0.5
    assert opened.experiment.inputs == ((0.5, -3.0),)


def test_keys_of_the_page_and_of_streamlit_pass() -> None:
    assert from_params({"sample": ["3"], "embed": ["true"], "embed_options": ["dark_theme"]}, ("sample",)).notices == ()


def test_many_notices_are_counted() -> None:
    notices = from_params({f"key{i}": ["1"] for i in range(30)}).notices
    assert len(notices) == 9
    assert notices[-1] == "22 more parameters of the address are ignored."
    notices = from_params({f"key{i}": ["1"] for i in range(9)}).notices
    assert (len(notices), notices[-1][:7]) == (9, "1 more ")
    assert len(from_params({f"key{i}": ["1"] for i in range(8)}).notices) == 8


def test_random_rubbish_never_raises() -> None:
    rng = np.random.default_rng(3)
    alphabet = [
        *"0123456789 ._,-+eE/_ \x00\u202e<é日&%",
        "1 2",
        "_",
        "nan",
        "1e400",
        "@",
        "0.1@5",
        ",",
        "=",
        "lr=",
        "pin=",
        "none",
        "iris",
        "example=",
    ]
    for _ in range(2000):
        params = {
            str(rng.choice(KEYS)): [
                "".join(rng.choice(alphabet, rng.integers(0, 12))) for _ in range(rng.integers(1, 3))
            ]
            for _ in range(rng.integers(1, 5))
        }
        opened = from_params(params)
        assert isinstance(opened.experiment, Experiment)
        assert opened.position is None or 0 <= opened.position <= opened.experiment.epochs


def test_escaped_text_has_no_markdown_left() -> None:
    hostile = "[x](http://evil) `c` $a$ <b> :smile: :material/home: :red[x] www.evil.com a@b.c"
    escaped = escape_markdown(hostile)
    assert "\\[x\\]\\(" in escaped
    for live in (":smile", ":material", ":red", "www\\.evil", "@b", "://"):
        assert live not in escaped
    assert escape_markdown("0.5 and 1/2") == "0\\.5 and 1\\/2"


def test_no_address_is_shorter_than_said() -> None:
    for name, experiment in writing.named_experiments().items():
        assert least_length(experiment) == 0, name
        assert least_length(experiment.replace(seed=7)) == 0, name
    for inputs, labels in ([[[1]], [[1]]], [[[1, 2, 3]] * 4, [[0, 1]] * 4], [[[0.25, -3]] * 3, [[0.5]] * 3]):
        written = to_params(Experiment(inputs, labels))
        least = least_length(Experiment(inputs, labels))
        length = len(written["inputs"]) + len(written["labels"])
        assert length == least if all(cell in range(10) for row in inputs for cell in row) else length > least


def test_what_is_too_long_anyway_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """To write the largest table holds everybody up for a tenth of a second."""
    large = Experiment([[0.125] * 64] * 1000, [[1] * 16] * 1000)
    monkeypatch.setattr(writing, "write_key", lambda key, _: pytest.fail(key))
    assert write_pin(large) is None
    assert to_params(large, without={"inputs", "labels"}) == {}


def test_other_hidden_layers_than_an_examples_do_not_meet_its_initial_weights() -> None:
    deep = named_experiments()["exercise"].replace(hidden=(2,), initial=None)
    for experiment in (deep, deep.replace(initial=zeros_initial(2, 2, 1))):
        opened = from_params({name: [text] for name, text in to_params(experiment).items()})
        assert (opened.experiment, opened.notices) == (experiment, ())
    assert from_params({"example": ["exercise"], "hidden": ["2"]}).experiment == deep
