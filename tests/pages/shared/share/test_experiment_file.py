"""What is taken away comes back the same, and a file from a stranger is read whole or refused by name."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from typing import Any

import numpy as np
import pytest

from classifier import MAX_INPUTS, MAX_OUTPUTS, MAX_SAMPLES, Experiment, Run
from pages.shared.share.experiment_file import MAX_FILE_MB, FileError, read_experiment, write_experiment
from pages.shared.share.history_csv import history_csv, text_cell
from tests.pages.shared.any_experiment import any_experiment
from tests.server import ROOT

TUTORIAL = Experiment.tutorial()
FULL = Experiment(
    [[1, 3.5], [0.1, -9]],
    [[1, 0.25], [0, 1]],
    learning_rate=1 / 3,
    epochs=70,
    seed=7,
    route="chain",
    dtype="float64",
    input_names=['a "b"', "é\\n"],
    label_names=["=1+1", "日本"],
    initial=[[0.1, 0, -1], [1e-300, 2, 3]],
    schedule=[(5, 0.1), (500, 1e-5)],
    scaling=[(5.843, 0.828), (0, 1)],
)


def changed(**changes: object) -> bytes:
    return json.dumps(json.loads(write_experiment(TUTORIAL)) | changes).encode()


def refusal(data: bytes) -> tuple[str, ...]:
    with pytest.raises(FileError) as caught:
        read_experiment(data)
    assert all(len(problem) < 250 for problem in caught.value.problems)
    return caught.value.problems


def test_every_field_is_there_and_comes_back() -> None:
    text = write_experiment(FULL, 42)
    assert set(json.loads(text)) == {"format", "version", "position", *(name for name, _ in FULL.said())}
    opened = read_experiment(text.encode())
    assert (opened.experiment, opened.position) == (FULL, 42)
    assert "    [0.1, -9.0]\n" in text  # a row on a line
    assert "日本" in text


def test_any_experiment_comes_back_the_same() -> None:
    rng = np.random.default_rng(1)
    for _ in range(300):
        experiment = any_experiment(rng)
        assert read_experiment(write_experiment(experiment).encode()).experiment == experiment


def test_the_largest_table_with_all_digits_can_be_read_back() -> None:
    rng = np.random.RandomState(2)
    inputs = rng.uniform(-1e6, 1e6, (MAX_SAMPLES, MAX_INPUTS))
    experiment = Experiment(inputs, rng.uniform(0, 1, (MAX_SAMPLES, MAX_OUTPUTS)))
    data = write_experiment(experiment).encode()
    # A server refuses what is larger before anybody reads it; a form has a little more than its file.
    server = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["server"]["maxUploadSize"]
    assert len(data) + 2**16 < MAX_FILE_MB * 2**20 <= server * 2**20
    assert read_experiment(data).experiment == experiment


def test_what_is_left_out_is_as_experiments_are_by_default() -> None:
    kept = ("format", "version", "inputs", "labels")
    values = {key: value for key, value in json.loads(write_experiment(TUTORIAL)).items() if key in kept}
    assert read_experiment(b"\xef\xbb\xbf" + json.dumps(values).encode()).experiment == TUTORIAL


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"learning_rate": "fast"}, "Learning rate: 'fast'"),
        ({"learning_rate": "0.1"}, "Learning rate: '0.1'"),
        ({"learning_rate": True}, "Learning rate: True"),
        ({"epochs": 1.5}, "Epochs: 1.5"),
        ({"epochs": 10**9}, "Epochs"),
        ({"epochs": 10**6 * 5}, "Epochs"),
        ({"seed": -1}, "Seed: -1"),
        ({"seed": [1]}, "Seed: [1]"),
        ({"route": "magic"}, "Route: 'magic'"),
        ({"dtype": {"a": 1}}, "Precision"),
        ({"labels": [[1.7]] * 5}, "Row 1, y₁: 1.7"),
        ({"inputs": [[1], [1, 2]]}, "Row 2 has 2 inputs"),
        ({"inputs": "abc"}, "not a table"),
        ({"inputs": [[1, 2, None]] * 5}, "Row 1, x₃ is empty"),
        ({"inputs": [[1, 2, 1e300]] * 5}, "too large"),
        ({"inputs": [[0]] * 100_000}, "at most 1000"),
        ({"inputs": []}, "empty"),
        ({"input_names": ["a", "a", "b"]}, "both called a"),
        ({"input_names": ["a", "b"]}, "2 names for 3 columns"),
        ({"label_names": ["a\nb", "c", "d", "e"]}, "not printable"),
        ({"initial": [[1, 2]]}, "Initial weights"),
        ({"initial": [[1e9] * 4] * 4}, "Initial weights"),
        ({"schedule": [[5, 0.1], [5, 0.2]]}, "Schedule, change 2"),
        ({"schedule": {"5": 0.1}}, "Schedule"),
        ({"scaling": [[0, 1]]}, "Scaling: 1 row for 3 inputs"),
        ({"scaling": [[0, 1], [0, -1], [0, 1]]}, "Scaling of x₂, scale: -1 is out of range"),
        ({"scaling": [[0, 1], [1e300, 1], [0, 1]]}, "Scaling of x₂, mean: 1e+300 is too large"),
        ({"position": 2001}, "Position: 2001"),
        ({"position": "end"}, "Position: 'end'"),
        ({"colour": "red"}, "There is no field 'colour'."),
        ({"version": 2}, "version 2"),
        ({"version": True}, "version True"),
        ({"format": "other"}, "not an experiment"),
    ],
)
def test_a_file_that_breaks_a_rule_is_refused_by_its_name(changes: dict[str, Any], words: str) -> None:
    (problem,) = refusal(changed(**changes))
    assert words in problem


def test_everything_that_is_wrong_is_named_at_once() -> None:
    problems = refusal(changed(learning_rate=-1, seed=-1, route="x", position=-1))
    assert [problem.split(":")[0] for problem in problems] == ["Learning rate", "Seed", "Route", "Position"]
    assert len(refusal(changed(**{f"field {i}": i for i in range(500)}))) == 9


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\xff\xfe",
        b"PK\x03\x04 zip",
        b"x" * (MAX_FILE_MB * 2**20 + 1),
        b"[" * 100_000,
        b"[" * 900 + b"]" * 900,
        b"null",
        b"[]",
        b"{}",
        b'"text"',
        write_experiment(TUTORIAL).encode("utf-16"),
        write_experiment(TUTORIAL).replace("0.01", "NaN").encode(),
        write_experiment(TUTORIAL).replace("0.01", "-Infinity").encode(),
        write_experiment(TUTORIAL).replace("0.01", "1e999").encode(),
        write_experiment(TUTORIAL).replace("2000", "9" * 5000).encode(),
        write_experiment(TUTORIAL).replace('"seed"', '"epochs"').encode(),
        ("{" + ",".join(f'"{i}":0' for i in range(150_000)) + ',"0":0}').encode(),
        write_experiment(TUTORIAL).replace("42", "[" * 500 + "]" * 500).encode(),
        write_experiment(TUTORIAL).encode()[:-4],
        b'{"format": "Backprop by Hand: experiment", "version": 1}',
    ],
)
def test_a_hostile_file_is_refused_in_words(data: bytes) -> None:
    assert refusal(data)


def test_the_history_has_every_number_with_all_its_digits() -> None:
    experiment = TUTORIAL.replace(epochs=20)
    run = Run(experiment)
    run.advance()
    history = run.history
    head, *rows = csv.reader(io.StringIO("".join(history_csv(experiment, history)), newline=""))
    assert head[:5] == ["position", "running loss", "accuracy", "y₁ · x₁", "y₁ · x₂"]
    assert head[6] == "y₁ · b"
    assert head[19] == "∂L/∂(y₁ · x₁)"
    assert [int(row[0]) for row in rows] == list(range(21))
    assert rows[0][1] == ""
    assert [float(row[1]) for row in rows[1:]] == history.running_loss[1:].tolist()
    assert [float(row[2]) for row in rows] == history.accuracy.tolist()
    numbers = np.array([[float(cell) for cell in row[3:]] for row in rows]).reshape(21, 2, 4, 4)
    np.testing.assert_array_equal(numbers[:, 0, :, :3], history.parameters[0][..., :-1])
    np.testing.assert_array_equal(numbers[:, 0, :, 3], history.parameters[0][..., -1])
    np.testing.assert_array_equal(numbers[:, 1, :, :3], history.gradients[0][..., :-1])
    np.testing.assert_array_equal(numbers[:, 1, :, 3], history.gradients[0][..., -1])


def test_no_name_becomes_a_formula() -> None:
    names = ('=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)")
    experiment = TUTORIAL.replace(label_names=names, epochs=1)
    head = next(csv.reader(io.StringIO("".join(history_csv(experiment, Run(experiment).history)), newline="")))
    assert f"'{names[0]} · x₁" in head
    assert not [cell for cell in head if cell.startswith(("=", "+", "-", "@"))]
    assert [text_cell(text)[:2] for text in ("\tx", "\rx")] == ["\"'", "\"'"]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_no_cell_of_the_history_is_a_formula_whatever_separates_cells(separator: str) -> None:
    names = [f"q{sign}{start}cmd{sign} @x{sign}r" for sign in ";|," for start in ("=", " =", "+", "-", "＝")]
    experiment = Experiment([[1]], [[1] * len(names[:8])], epochs=0, input_names=["-x;=1"], label_names=names[:8])
    for labels in (names[:8], names[7:]):
        text = "".join(history_csv(experiment.replace(label_names=labels), Run(experiment).history))
        for line in text.splitlines():
            cells = next(csv.reader([line], delimiter=separator))
            assert not [
                cell for cell in cells if cell.strip().startswith(("=", "+", "@", "＝")) or cell.strip()[:2] == "-x"
            ]


def test_hidden_layers_are_kept_in_a_file_and_an_old_file_has_none() -> None:
    deep = TUTORIAL.replace(hidden=(2,), activation="relu", initial=[[[1, 2, 3, 4]] * 2, [[5, 6, 7]] * 4])
    assert read_experiment(write_experiment(deep).encode()).experiment == deep
    text = write_experiment(TUTORIAL.replace(initial=[[1, 2, 3, 4]] * 4))
    assert "hidden" not in text
    assert '"initial": [\n    [1.0, 2.0, 3.0, 4.0],\n' in text  # one matrix, as it always was
    assert read_experiment(text.encode()).experiment.initial == (((1, 2, 3, 4),) * 4,)


def test_the_history_has_every_parameter_of_every_layer() -> None:
    experiment = Experiment([[1, 2]], [[1]], hidden=(2,), epochs=3)
    run = Run(experiment)
    run.advance()
    head, *lines = [line.rstrip("\r\n").split(",") for line in history_csv(experiment, run.history)]
    assert head[3:12] == [
        "h₁ · x₁",
        "h₁ · x₂",
        "h₁ · b",
        "h₂ · x₁",
        "h₂ · x₂",
        "h₂ · b",
        "y₁ · h₁",
        "y₁ · h₂",
        "y₁ · b",
    ]
    assert head[12:] == [f"∂L/∂({name})" for name in head[3:12]]
    numbers = [matrix[-1].ravel() for matrix in (*run.history.parameters, *run.history.gradients)]
    assert list(map(float, lines[-1][3:])) == np.concatenate(numbers).tolist()
