"""A link is the whole experiment, and nothing in an address can break a page."""

import dataclasses
from urllib.parse import parse_qs, urlencode

import numpy as np
import pytest

from classifier import MAX_PIECES, MAX_SAMPLES, Experiment, zeros_initial
from pages.shared.links import KEYS, MAX_PIN, escape_markdown, from_params, to_params, write_pin

TUTORIAL = Experiment.tutorial()
TWO_ROWS = Experiment(((1.0, 3.0), (0.5, 9.0)), ((1.0,), (0.0,)))


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


NAME_PARTS = (
    "&",
    "=",
    "+",
    "%",
    "é",
    "日本",
    '"',
    "'",
    "<b>",
    " ",
    "_",
    "#",
    "?",
    "/",
    "\\",
    "x",
    "%20",
    ";",
    "₁",
)


def random_experiment(rng: np.random.Generator) -> Experiment:
    """Draw an experiment from the whole width of what is allowed."""
    samples, inputs, outputs = rng.integers(1, 12), rng.integers(1, 8), rng.integers(1, 5)
    soft = rng.random() < 0.5
    scale = 10.0 ** rng.integers(-8, 6)
    names = [f"{i}{''.join(rng.choice(NAME_PARTS, rng.integers(0, 4)))}|" for i in range(inputs + outputs)]
    draw = rng.random() < 0.5
    changes = np.unique(rng.integers(1, 12_000, rng.integers(0, MAX_PIECES + 1)))
    start = rng.standard_normal((outputs, inputs + 1)) * 10.0 ** rng.integers(-8, 5)
    return Experiment(
        tuple(map(tuple, (rng.standard_normal((samples, inputs)) * scale).clip(-1e6, 1e6).tolist())),
        tuple(
            map(
                tuple,
                (rng.random((samples, outputs)) if soft else rng.integers(0, 2, (samples, outputs))).tolist(),
            )
        ),
        learning_rate=float(rng.choice([0.01, 0.0, 100.0, rng.random(), 1e-7 * rng.random()])),
        epochs=int(rng.choice([0, 1, 2000, rng.integers(0, 10_000)])),
        seed=int(rng.choice([42, 0, 2**32 - 1])),
        route=str(rng.choice(["fused", "chain"])),  # type: ignore[arg-type]
        dtype=str(rng.choice(["float32", "float64"])),
        input_names=tuple(names[:inputs]) if draw else None,  # type: ignore[arg-type]
        label_names=tuple(names[inputs:]) if draw or rng.random() < 0.5 else None,  # type: ignore[arg-type]
        initial=(start * (rng.random() < 0.8)).tolist() if rng.random() < 0.5 else None,  # type: ignore[arg-type]
        schedule=tuple((int(epoch), float(rng.random() ** 8)) for epoch in changes) if rng.random() < 0.5 else (),
        scaling=(rng.lognormal(0, 50, (inputs, 2)) * (rng.choice([-1, 1]), 1)).tolist() if rng.random() < 0.5 else None,
    )


def test_a_thousand_experiments_come_back_exactly() -> None:
    rng = np.random.default_rng(2)
    for _ in range(1000):
        experiment = random_experiment(rng)
        position = int(rng.integers(0, experiment.epochs + 1))
        opened = from_params(through_an_address(experiment, position))
        assert opened.notices == ()
        assert opened.experiment == experiment
        assert (opened.position or 0) == position


def test_a_pinned_experiment_comes_back_exactly_beside_any_other() -> None:
    rng = np.random.default_rng(4)
    for _ in range(300):
        experiment, pinned = random_experiment(rng), random_experiment(rng)
        text = write_pin(pinned)
        assert text is not None
        address = urlencode({**to_params(experiment), "pin": text}, doseq=True)
        opened = from_params(parse_qs(address, keep_blank_values=True))
        assert (opened.notices, opened.experiment, opened.pin) == ((), experiment, pinned)
    assert from_params({"pin": [write_pin(TUTORIAL) or ""]}).pin == TUTORIAL


def test_a_pinned_table_beyond_every_address_is_not_written() -> None:
    assert write_pin(Experiment(np.full((1000, 8), 0.125), np.zeros((1000, 1)))) is None


def test_every_field_of_an_experiment_travels() -> None:
    """A field added to Experiment later must not be forgotten here."""
    assert {field.name for field in dataclasses.fields(Experiment)} == {
        *(
            "inputs",
            "labels",
            "learning_rate",
            "epochs",
            "seed",
            "route",
            "dtype",
            "input_names",
            "label_names",
            "initial",
            "schedule",
            "scaling",
        )
    }


@pytest.mark.parametrize(
    ("params", "words"),
    [
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
        ({"pin": ["&".join(f"k{i}=1" for i in range(1000))]}, ['"pin"']),
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


def test_one_broken_parameter_costs_only_itself() -> None:
    opened = from_params({"lr": ["abc"], "seed": ["7"], "position": ["300"], "inputs": ["1_2"], "labels": ["1_0"]})
    assert opened.experiment == Experiment(((1.0,), (2.0,)), ((1.0,), (0.0,)), seed=7)
    assert opened.position == 300
    assert len(opened.notices) == 1


def test_too_many_steps_cost_the_epochs_not_the_table() -> None:
    rows = "_".join(["1"] * 1000)
    opened = from_params({"inputs": [rows], "labels": [rows], "epochs": ["1000000"]})
    assert (opened.experiment.samples, opened.experiment.epochs) == (1000, 2000)
    assert len(opened.notices) == 1


def test_position_is_judged_by_the_epochs_of_the_same_address() -> None:
    assert from_params({"epochs": ["10"], "position": ["10"]}).position == 10
    assert from_params({"epochs": ["10"], "position": ["11"]}).position is None


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
