"""The sample sets are experiments, and the published losses are the published ones."""

import pytest

from classifier import SAMPLE_SETS, TUTORIAL_LOSSES, Experiment


@pytest.mark.parametrize("name", SAMPLE_SETS)
def test_every_set_is_a_valid_experiment(name: str) -> None:
    samples = SAMPLE_SETS[name]
    experiment = Experiment(samples.inputs, samples.labels)
    assert experiment.samples == len(samples.inputs)


def test_the_tutorial_comes_first() -> None:
    assert next(iter(SAMPLE_SETS)) == "tutorial"


def test_the_published_losses() -> None:
    assert TUTORIAL_LOSSES == {1997: 0.2139563336968422, 1998: 0.21384888887405396, 1999: 0.2137417010962963}
