"""The real data set: all of it, in turns, and doing what its sentences say."""

import re
from functools import cache
from hashlib import sha256

import numpy as np
import pytest

from classifier import EXAMPLES, Experiment, History, Run
from pages.shared.examples import examples

NAMES = ("iris", "iris-raw")


@cache
def history(key: str) -> History:
    run = Run(Experiment(**examples()[key].fields))
    run.advance()
    return run.history


def test_the_examples_are_the_cores_and_then_iris() -> None:
    assert list(examples()) == [*EXAMPLES, *NAMES]


@pytest.mark.parametrize("key", NAMES)
def test_there_are_150_flowers_4_inputs_and_3_outputs_in_turns(key: str) -> None:
    experiment = Experiment(**examples()[key].fields)
    assert (experiment.samples, experiment.in_features, experiment.out_features) == (150, 4, 3)
    assert experiment.labels == ((1, 0, 0), (0, 1, 0), (0, 0, 1)) * 50
    assert experiment.label_names == ("setosa", "versicolor", "virginica")
    for sentence in (examples()[key].watch, examples()[key].why):
        assert re.fullmatch(r"[^.]+\.", sentence)
        assert len(sentence) <= 120


def test_raw_flowers_are_as_measured_and_the_others_standardised() -> None:
    raw, scaled = (np.array(examples()[key].fields["inputs"]) for key in ("iris-raw", "iris"))
    assert raw[:3].tolist() == [[5.1, 3.5, 1.4, 0.2], [7.0, 3.2, 4.7, 1.4], [6.3, 3.3, 6.0, 2.5]]
    np.testing.assert_allclose(scaled.mean(axis=0), 0, atol=1e-3)
    np.testing.assert_allclose(scaled.std(axis=0), 1, atol=1e-3)
    np.testing.assert_allclose(np.corrcoef(raw.T), np.corrcoef(scaled.T), atol=1e-3)
    mean, scale = np.transpose(examples()["iris"].fields["scaling"])
    np.testing.assert_array_equal(((raw - mean) / scale).round(3), scaled)


def test_setosa_is_told_apart_and_versicolor_stays_the_worst() -> None:
    labels = np.array(examples()["iris"].fields["labels"]) > 0.5
    right = ((history("iris").yhat[-1] > 0.5) == labels).mean(axis=0)
    assert right[0] == 1
    assert right[1] < 0.85 < right[2]


def test_raw_inputs_cost_more_loss_from_the_second_epoch_on() -> None:
    raw, scaled = history("iris-raw").running_loss, history("iris").running_loss
    assert (raw[2:] > scaled[2:]).all()


def test_raw_inputs_push_every_weight_of_a_row_the_same_way() -> None:
    assert np.array(examples()["iris-raw"].fields["inputs"]).min() > 0


def test_all_150_rows_are_what_they_were() -> None:
    """Every number of every row, by a checksum of the table as it stands there; and by its columns' sums.

    They are the archive's: of setosa, two flowers differ from Fisher's own table, in three numbers altogether.
    """
    raw = examples()["iris-raw"].fields
    table = "\n".join(",".join(map(str, (*x, *y))) for x, y in zip(raw["inputs"], raw["labels"], strict=True))
    assert sha256(table.encode()).hexdigest() == "53e2362ac0a49c0b99626d6e3399ce1a7d287e4e53c6454a1adfcf5391dd82b0"
    np.testing.assert_allclose(np.sum(raw["inputs"], axis=0), [876.5, 458.1, 563.8, 179.8], rtol=1e-12)
    assert examples()["iris"].fields["labels"] == raw["labels"]
    assert (
        examples()["iris"].fields["input_names"]
        == raw["input_names"]
        == (
            "sepal length",
            "sepal width",
            "petal length",
            "petal width",
        )
    )
