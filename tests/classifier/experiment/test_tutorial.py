"""The published samples and losses are the published ones."""

from classifier import TUTORIAL_LOSSES, TUTORIAL_SAMPLES, Experiment


def test_the_samples_make_the_tutorial() -> None:
    assert Experiment(**TUTORIAL_SAMPLES) == Experiment.tutorial()
    assert Experiment.tutorial().inputs == ((1, 3, 5), (1, 9, 5), (1, 2, 5), (0, 9, 5), (0, 0, 5))
    assert Experiment.tutorial().labels == ((1, 0, 0, 0),) * 3 + ((0, 0, 0, 0),) * 2


def test_the_published_losses() -> None:
    assert TUTORIAL_LOSSES == {1997: 0.2139563336968422, 1998: 0.21384888887405396, 1999: 0.2137417010962963}
