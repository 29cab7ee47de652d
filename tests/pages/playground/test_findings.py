"""The words for what went wrong hold the place, the reason and something to try."""

from __future__ import annotations

import re

import pytest

from classifier import TUTORIAL_LOSSES, Experiment, Finding, Run, diagnose
from pages.playground.findings import compared_with_tutorial, explain, nothing_to_see
from pages.shared.text.shown_numbers import number

TUTORIAL = Experiment.tutorial()


def explained(experiment: Experiment) -> list[str]:
    run = Run(experiment)
    run.advance()
    return [explain(finding, run) for finding in diagnose(run)]


def test_a_run_that_learns_needs_no_words() -> None:
    assert explained(TUTORIAL) == []


def test_a_learning_rate_too_large_is_placed_and_a_better_one_named() -> None:
    (text, *_) = explained(TUTORIAL.replace(learning_rate=10, epochs=50, route="chain"))
    place = re.fullmatch(
        r"Diverging at epoch (\d+), sample (\d), (y.): loss ([\d.]+)\. "
        r"Above a learning rate of ([\d.]+) a step can overshoot; try ([\d.]+)\.",
        text,
    )
    assert place is not None, text
    epoch, sample, output = int(place[1]) - 1, int(place[2]) - 1, TUTORIAL.label_names.index(place[3])
    run = Run(TUTORIAL.replace(learning_rate=10, epochs=50, route="chain"))
    run.advance()
    assert run.step(epoch, sample).loss[output] == pytest.approx(float(place[4]), rel=1e-5)
    # 8 / (|x|² + 1) of the longest sample, (1, 9, 5)
    assert float(place[5]) == pytest.approx(8 / 108, rel=1e-2)
    assert explained(TUTORIAL.replace(learning_rate=float(place[6]))) == []


def test_a_run_that_came_down_again_is_not_said_to_diverge() -> None:
    # Its last loss is below the tutorial's own: a word of failure would teach the wrong thing.
    experiment = TUTORIAL.replace(learning_rate=0.1)
    (text,) = explained(experiment)
    run = Run(experiment)
    run.advance()
    assert text.startswith("Overshooting at epoch ")
    assert f"by epoch 2000 the running loss is down to {number(run.history.running_loss[-1])}. " in text
    assert run.history.running_loss[-1] < TUTORIAL_LOSSES[1999]


@pytest.mark.parametrize(("route", "words"), [("chain", "never learns"), ("fused", "still learns")])
def test_saturation_says_what_the_route_makes_of_it(route: str, words: str) -> None:
    texts = explained(TUTORIAL.replace(learning_rate=10, epochs=50, route=route))
    assert any(
        re.match(r"Saturated at sample \d+, y., (after epoch \d+|from the initial weights on): ", text)
        and words in text
        for text in texts
    ), texts


def test_divergence_names_its_place() -> None:
    text = explain(Finding("diverged", position=7, sample=2, output=3), Run(TUTORIAL))
    assert text.startswith("Stopped in epoch 8, sample 3, y₄: ")


def test_the_tutorial_is_met_and_the_figure_is_computed() -> None:
    run = Run(TUTORIAL)
    run.advance()
    text = compared_with_tutorial(run)
    assert repr(TUTORIAL_LOSSES[1999]) in text
    shown = re.search(r"met here to ([\d.]+)·10⁻⁷: ([\d.]+)$", text)
    assert shown is not None
    assert float(shown[2]) == pytest.approx(float(run.history.running_loss[-1]), rel=1e-9)
    assert 1 <= float(shown[1]) < 10
    other = Run(TUTORIAL.replace(seed=1))
    other.advance()
    assert shown[2] not in compared_with_tutorial(other)


def test_what_learns_in_the_end_is_not_said_to_never_learn() -> None:
    experiment = TUTORIAL.replace(learning_rate=0.3, route="chain")
    (text,) = (text for text in explained(experiment) if text.startswith("Saturated"))
    run = Run(experiment)
    run.advance()
    assert run.history.running_loss[-1] < 0.01
    assert "never" not in text
    assert "until steps on other samples move it" in text


def test_rounding_is_named_with_what_helps_in_each_precision() -> None:
    single = Experiment([[1]], [[1]], 1e-5, 5000, initial=[[64, -62]])
    (text,) = explained(single)
    lost = "float32 loses most of what an epoch changes, "
    assert text.startswith(f"Held back by rounding: from the first epoch on {lost}")
    assert text.endswith("The loss hardly falls any more; in float64 it does.")
    later = single.replace(learning_rate=1e-3, schedule=((700, 1e-5),), epochs=60_000)
    assert explained(later)[0].startswith(f"Held back by rounding: after epoch 700 {lost}")
    assert explained(single.replace(dtype="float64")) == []
    (text,) = explained(Experiment([[1e6, 1e6]], [[1]], 4e-16, 3000, dtype="float64", initial=[[1e6, -1e6 + 2e-6, 0]]))
    assert "float64 loses most" in text
    assert text.endswith("; a larger learning rate makes larger changes.")


def test_why_train_shows_nothing_is_said() -> None:
    assert nothing_to_see(TUTORIAL) == []
    (text,) = nothing_to_see(TUTORIAL.replace(epochs=0, learning_rate=0))
    assert text.startswith("0 epochs: nothing is trained")
    for still in ({}, {"schedule": ((10, 0),)}, {"schedule": ((100, 0.1),)}):
        (text,) = nothing_to_see(TUTORIAL.replace(learning_rate=0, epochs=100, **still))
        assert text.startswith("Learning rate 0: ")
    assert nothing_to_see(TUTORIAL.replace(learning_rate=0, epochs=101, schedule=((100, 0.1),))) == []
    assert nothing_to_see(TUTORIAL.replace(schedule=((100, 0),))) == []
