"""Every example does what its sentences say; and the real data set is all there, in turns."""

import json
import re
from collections.abc import Callable
from functools import cache
from hashlib import sha256

import numpy as np
import pytest

from classifier import Experiment, History, Run, diagnose, outcome
from pages.shared.address.writing import named_experiments
from pages.shared.examples import EXAMPLES

NAMES = ("iris", "iris-raw")


@cache
def run(key: str) -> Run:
    run = Run(Experiment(**EXAMPLES[key].fields))
    run.advance()
    return run


def history(key: str) -> History:
    return run(key).history


def kinds(key: str) -> set[str]:
    return {finding.kind for finding in diagnose(run(key))}


def losses(key: str) -> np.ndarray:
    """Return the running loss of each epoch; entry k is that of epoch k + 1."""
    return history(key).running_loss[1:]


def tutorial() -> None:
    falls = -np.diff(losses("tutorial"))
    assert (falls > 0).all()
    thirds = [part.sum() for part in np.array_split(falls, 10)]
    assert thirds == sorted(thirds, reverse=True)
    size = history("tutorial").mean_abs_loss_wrt_linear1[1:]
    assert size[0] > 10 * size[-1]


def exercise() -> None:
    step = run("exercise").step(0, 0)
    assert (step.logits, step.yhat, step.backward.loss_wrt_linear1) == (0, 0.5, -0.5)
    assert step.parameters_after[0][:, :-1].tolist() == [[1, 0.75]]
    assert step.parameters_after[0][:, -1].tolist() == [0.5]


def rate_too_small() -> None:
    assert len(losses("rate-too-small")) == 2000
    assert losses("rate-too-small")[-1] > 6
    assert losses("tutorial")[-1] == pytest.approx(0.21, abs=0.005)
    assert run("rate-too-small").experiment.learning_rate == 0.00001


def rate_too_large() -> None:
    loss = losses("rate-too-large")
    assert loss[1] / loss[0] == pytest.approx(9, abs=0.5)
    assert loss[1] == loss.max()
    assert 3 < (np.diff(loss) > 0).sum() < 30
    assert (np.diff(loss)[-30:] < 0).all()
    assert "unstable" in kinds("rate-too-large")


def saturated_chain() -> None:
    still = history("saturated-chain")[3:]
    labels = run("saturated-chain").experiment.label_array
    np.testing.assert_allclose(still.running_loss, still.running_loss[0], rtol=1e-5)
    assert 100 < still.running_loss[-1] < 1000
    wrong = (still.yhat > 0.5) != (labels > 0.5)
    assert wrong[0].any()
    assert (wrong == wrong[0]).all()
    assert np.isin(still.yhat[:, wrong[0]], (0, 1)).all()
    assert "saturated" in kinds("saturated-chain")
    step = run("saturated-chain").step(50, int(wrong[0].any(axis=1).argmax()))
    stuck = wrong[0][step.sample]
    assert not step.backward.sigmoid_wrt_linear1[stuck].any()
    assert step.backward.loss_wrt_sigmoid[stuck].all()


def saturated_fused() -> None:
    one, other = run("saturated-fused").experiment, run("saturated-chain").experiment
    assert one == other.replace(route="fused")
    loss = losses("saturated-fused")
    assert loss.max() > losses("saturated-chain").max()
    assert loss[-1] < 0.01
    assert history("saturated-fused").accuracy[-1] == 1
    assert "saturated" in kinds("saturated-fused")


def one_large_input() -> None:
    gradient = np.abs(history("one-large-input").loss_wrt_weight[1:]).mean(axis=(0, 1))
    assert gradient[1] / gradient[0] == pytest.approx(50, rel=0.3)
    loss = losses("one-large-input")
    assert (np.diff(loss[1000:]) > 0).mean() > 0.25
    assert loss[1000:].min() > loss[0] / 2
    assert "unstable" in kinds("one-large-input")
    # with scaled inputs the same rate works, so the scale alone was the cause
    experiment = run("one-large-input").experiment
    scaled = Run(experiment.replace(inputs=[(a, b / 200) for a, b in experiment.inputs]))
    scaled.advance()
    assert (np.diff(scaled.history.running_loss[1:]) < 0).all()


def contradiction() -> None:
    samples = run("contradiction").experiment
    assert samples.inputs[0] == samples.inputs[1] == samples.inputs[2]
    assert [row[0] for row in samples.labels[:3]] == [1, 1, 0]
    np.testing.assert_allclose(history("contradiction").yhat[-1][:3], 2 / 3, atol=0.02)
    assert losses("contradiction").min() > 1.9
    assert -2 * np.log(2 / 3) - np.log(1 / 3) > 1.9  # more epochs would not help: this is the least possible loss


def never_1() -> None:
    last = history("never-1")
    assert (last.yhat[0, :, 1] > 0.01).all()
    assert (last.yhat[-1, :, 1] < 0.01).all()
    assert (np.diff(last.bias[:, 1]) < 0).all()
    assert (last.loss_wrt_bias[1:, 1] > 0).all()


def soft_labels() -> None:
    last = history("soft-labels")
    np.testing.assert_allclose(last.yhat[-1], [[0.2], [0.5], [0.8]], atol=0.005)
    assert last.running_loss[-1] == pytest.approx(1.69, abs=0.005)
    np.testing.assert_allclose(last.running_loss[-200:], last.running_loss[-1], rtol=1e-4)


def gates() -> None:
    last = history("gates")
    assert last.accuracy[-1] == 1
    assert (last.weight[-1][0] > 0).all()
    assert (np.sign(last.weight[-1][2]) == -np.sign(last.weight[-1][0])).all()
    assert np.sign(last.bias[-1][2]) == -np.sign(last.bias[-1][0])


def xor() -> None:
    last = history("xor")
    assert last.accuracy.max() <= 0.75
    assert last.accuracy[-1] == 0.5
    np.testing.assert_allclose(last.yhat[-1], 0.5, atol=0.1)
    # The line ŷ = 0.5 is in the chart: two of the four corners lie on each side of it.
    corners = last.weight[20:, 0] @ np.array([[0, 0, 1, 1], [0, 1, 0, 1]]) + last.bias[20:]
    assert (np.sort(corners)[:, 1] < 0).all()
    assert (np.sort(corners)[:, 2] > 0).all()
    # whatever the line, at least one of the four samples is on the wrong side of it
    experiment = run("xor").experiment
    rng = np.random.default_rng(0)
    logits = np.c_[experiment.input_array, np.ones(4)] @ rng.normal(size=(3, 100_000))
    right = ((logits > 0) == (experiment.label_array > 0.5)).sum(axis=0)
    assert right.max() == 3


def zeros() -> None:
    last = history("zeros")
    assert not last.weight[0].any()
    for row in (2, 3):
        np.testing.assert_array_equal(last.weight[:, row], last.weight[:, 1])
        np.testing.assert_array_equal(last.bias[:, row], last.bias[:, 1])
    assert not np.array_equal(last.weight[-1, 0], last.weight[-1, 1])
    assert last.accuracy[-1] == 1
    assert last.running_loss[-1] < 0.25


def lower_rate() -> None:
    loss = history("lower-rate").running_loss
    np.testing.assert_allclose(loss[50:101], 2.15, atol=0.005)
    assert loss[101] == pytest.approx(1.52, abs=0.005)
    assert (np.diff(loss[101:]) < 0).all()


CLAIMS: dict[str, Callable[[], None]] = {
    claim.__name__.replace("_", "-"): claim
    for claim in (
        *(tutorial, exercise, rate_too_small, rate_too_large, saturated_chain, saturated_fused, one_large_input),
        *(contradiction, never_1, soft_labels, gates, xor, zeros, lower_rate),
    )
}


@pytest.mark.parametrize("key", CLAIMS)
def test_an_example_does_what_its_sentences_say(key: str) -> None:
    CLAIMS[key]()


@pytest.mark.parametrize("key", EXAMPLES)
def test_a_lesson_is_one_sentence_each(key: str) -> None:
    example = EXAMPLES[key]
    for sentence in (example.watch, example.why):
        assert re.fullmatch(r"[^.]([^.]|\.\d)*\.", sentence), sentence
        assert len(sentence) <= 120
    assert 2 < len(example.title) <= 40
    assert [other.title for other in EXAMPLES.values()].count(example.title) == 1


def test_each_example_is_there_once_and_none_is_gone() -> None:
    assert list(EXAMPLES) == [*FIELDS, *NAMES]
    assert list(EXAMPLES) == [*CLAIMS, *NAMES]
    assert len(set(named_experiments().values())) == len(EXAMPLES)
    assert named_experiments()["tutorial"] == Experiment.tutorial()


@pytest.mark.parametrize("key", EXAMPLES)
def test_a_name_suits_an_address(key: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key)


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


@pytest.mark.parametrize("key", FIELDS)
def test_an_example_is_what_its_links_have_opened_so_far(key: str) -> None:
    fields = json.dumps(dict(EXAMPLES[key].fields), sort_keys=True)
    assert sha256(fields.encode()).hexdigest()[:12] == FIELDS[key], fields


@pytest.mark.parametrize("key", CLAIMS)
def test_what_becomes_of_an_example(key: str) -> None:
    expected = {"rate-too-small": "slow", "saturated-chain": "saturated", "one-large-input": "diverged"}
    assert outcome(history(key), run(key).experiment) == expected.get(key, "converged")


@pytest.mark.parametrize("key", NAMES)
def test_there_are_150_flowers_4_inputs_and_3_outputs_in_turns(key: str) -> None:
    experiment = Experiment(**EXAMPLES[key].fields)
    assert (experiment.samples, experiment.in_features, experiment.out_features) == (150, 4, 3)
    assert experiment.labels == ((1, 0, 0), (0, 1, 0), (0, 0, 1)) * 50
    assert experiment.label_names == ("setosa", "versicolor", "virginica")


def test_raw_flowers_are_as_measured_and_the_others_standardised() -> None:
    raw, scaled = (np.array(EXAMPLES[key].fields["inputs"]) for key in ("iris-raw", "iris"))
    assert raw[:3].tolist() == [[5.1, 3.5, 1.4, 0.2], [7.0, 3.2, 4.7, 1.4], [6.3, 3.3, 6.0, 2.5]]
    np.testing.assert_allclose(scaled.mean(axis=0), 0, atol=1e-3)
    np.testing.assert_allclose(scaled.std(axis=0), 1, atol=1e-3)
    np.testing.assert_allclose(np.corrcoef(raw.T), np.corrcoef(scaled.T), atol=1e-3)
    mean, scale = np.transpose(EXAMPLES["iris"].fields["scaling"])
    np.testing.assert_array_equal(((raw - mean) / scale).round(3), scaled)


def test_setosa_is_told_apart_and_versicolor_stays_the_worst() -> None:
    labels = np.array(EXAMPLES["iris"].fields["labels"]) > 0.5
    right = ((history("iris").yhat[-1] > 0.5) == labels).mean(axis=0)
    assert right[0] == 1
    assert right[1] < 0.85 < right[2]


def test_raw_inputs_cost_more_loss_from_the_second_epoch_on() -> None:
    raw, scaled = history("iris-raw").running_loss, history("iris").running_loss
    assert (raw[2:] > scaled[2:]).all()


def test_raw_inputs_push_every_weight_of_a_row_the_same_way() -> None:
    assert np.array(EXAMPLES["iris-raw"].fields["inputs"]).min() > 0


def test_all_150_rows_are_what_they_were() -> None:
    """Every number of every row, by a checksum of the table as it stands there; and by its columns' sums.

    They are the archive's: of setosa, two flowers differ from Fisher's own table, in three numbers altogether.
    """
    raw = EXAMPLES["iris-raw"].fields
    table = "\n".join(",".join(map(str, (*x, *y))) for x, y in zip(raw["inputs"], raw["labels"], strict=True))
    assert sha256(table.encode()).hexdigest() == "53e2362ac0a49c0b99626d6e3399ce1a7d287e4e53c6454a1adfcf5391dd82b0"
    np.testing.assert_allclose(np.sum(raw["inputs"], axis=0), [876.5, 458.1, 563.8, 179.8], rtol=1e-12)
    assert EXAMPLES["iris"].fields["labels"] == raw["labels"]
    assert (
        EXAMPLES["iris"].fields["input_names"]
        == raw["input_names"]
        == (
            "sepal length",
            "sepal width",
            "petal length",
            "petal width",
        )
    )
