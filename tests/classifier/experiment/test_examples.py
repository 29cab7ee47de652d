"""Every example does what its sentences say, and the published losses are the published ones."""

import json
import re
from collections.abc import Callable
from functools import cache
from hashlib import sha256

import numpy as np
import pytest

from classifier import EXAMPLES, TUTORIAL_LOSSES, Experiment, History, Run, diagnose


@cache
def run(key: str) -> Run:
    run = Run(Experiment.example(key))
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
    assert step.weight_after.tolist() == [[1, 0.75]]
    assert step.bias_after.tolist() == [0.5]


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
    # the rate is right for inputs near 1: nothing but the scale is at fault
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
    assert -2 * np.log(2 / 3) - np.log(1 / 3) > 1.9  # and so it would for ever


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
    # The line ŷ = 0.5 stands in sight, amid the four, two of them on each side.
    corners = last.weight[20:, 0] @ np.array([[0, 0, 1, 1], [0, 1, 0, 1]]) + last.bias[20:]
    assert (np.sort(corners)[:, 1] < 0).all()
    assert (np.sort(corners)[:, 2] > 0).all()
    # any line at all: one of the four is on its wrong side
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


@pytest.mark.parametrize("key", EXAMPLES)
def test_an_example_does_what_its_sentences_say(key: str) -> None:
    CLAIMS[key]()


def test_there_are_enough_examples_and_none_is_there_twice() -> None:
    assert len(EXAMPLES) >= 12
    assert len({Experiment.example(key) for key in EXAMPLES}) == len(EXAMPLES)
    assert len({example.title for example in EXAMPLES.values()}) == len(EXAMPLES)


@pytest.mark.parametrize("key", EXAMPLES)
def test_an_example_is_one_sentence_each_and_a_name_for_an_address(key: str) -> None:
    example = EXAMPLES[key]
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key)
    for sentence in (example.watch, example.why):
        assert re.fullmatch(r"[^.]([^.]|\.\d)*\.", sentence), sentence
        assert len(sentence) <= 120
    assert 2 < len(example.title) <= 40


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
    fields = json.dumps(dict(EXAMPLES[key].fields), sort_keys=True)
    assert sha256(fields.encode()).hexdigest()[:12] == FIELDS[key], fields


def test_no_example_is_gone() -> None:
    assert list(EXAMPLES) == list(FIELDS)
