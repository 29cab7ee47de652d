"""The words for what went wrong hold the place, the reason and something to try."""

from __future__ import annotations

import re

import numpy as np
import pytest

from classifier import TUTORIAL_LOSSES, Experiment, Finding, Run, diagnose
from pages.playground.findings import explain, nothing_to_see, tutorial_check
from pages.shared.address.writing import named_experiments
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
    # Both ends are of the whole epoch: beside the loss of one entry, the last alone may look like a rise.
    first, last = (number(run.history.running_loss[index]) for index in (1, -1))
    assert f"; the running loss goes from {first} to {last} by epoch 2000. " in text
    assert run.history.running_loss[-1] < TUTORIAL_LOSSES[1999]


@pytest.mark.parametrize(("rate", "end"), [(10, "for a smooth curve try a smaller one."), (20, "try a smaller one.")])
def test_with_hidden_layers_no_rate_is_promised_for_the_bound_is_that_of_the_last_layer(rate: float, end: str) -> None:
    (text, *_) = explained(named_experiments()["xor-hidden"].replace(learning_rate=rate, epochs=100))
    assert text.endswith(f"Above a learning rate of 1.6 a step can overshoot; {end}")


def test_with_hidden_layers_no_rate_is_promised_where_nothing_moves() -> None:
    (text,) = explained(named_experiments()["xor-hidden"].replace(learning_rate=1e-9, epochs=50))
    assert text.startswith("Nothing moves: ")
    assert text.endswith(" Try a larger one.")


WIDE = Experiment([[3.01, 3, 5], [1, 9, 5.1], [2, 5, 0], [9, 5, 0], [0, 0, 5]], [[1, 0, 0]] * 3 + [[0, 0, 0]] * 2)
SATURATED = re.compile(
    r"Saturated at sample (\d+), y(.), "
    r"(?:at the initial weights|from the initial weights until after epoch (?P<to>\d+)|"
    r"(?P<start>from the initial weights on)|after epoch (?P<since>\d+) and ever since|after epoch (?P<once>\d+)|"
    r"after epochs (?P<begun>\d+) to (?P<until>\d+)): ŷ (is|was) exactly ([01])(.*)"
)


@pytest.mark.parametrize(
    "experiment",
    [
        WIDE,
        *(WIDE.replace(seed=seed) for seed in (0, 8, 32, 43)),
        WIDE.replace(route="chain"),
        WIDE.replace(seed=43, route="chain", epochs=2),
        *(TUTORIAL.replace(learning_rate=rate, route="chain") for rate in (0.3, 1, 10)),
        *(TUTORIAL.replace(learning_rate=10, epochs=epochs) for epochs in (2, 3, 50, 200)),
    ],
)
def test_saturation_is_told_where_it_holds_and_what_the_route_makes_of_it(experiment: Experiment) -> None:
    (text,) = (text for text in explained(experiment) if text.startswith("Saturated"))
    run = Run(experiment)
    run.advance()
    said = SATURATED.fullmatch(text)
    assert said is not None, text
    place = {name: int(value) for name, value in said.groupdict().items() if value and value.isdecimal()}
    begun = place.get("since", place.get("once", place.get("begun", 0)))
    lasts = "since" in place or said["start"] is not None
    until = run.total if lasts else place.get("until", place.get("to", begun))
    sample, output, value = int(said[1]) - 1, "₁₂₃₄".index(said[2]), int(said[10])
    at_end = run.history.yhat[:, sample, output] == value
    assert at_end[begun : until + 1].all()
    assert not at_end[max(begun - 1, 0) : begun].any()
    assert not at_end[until + 1 : until + 2].any()
    assert experiment.labels[sample][output] == 1 - value
    assert (said[9] == "is") == lasts
    assert ("passe" in said[11], "fused route" in said[11][:70]) == (experiment.route == "chain", False) or (
        "fused route still learns" if lasts else "fused route learned"
    ) in said[11]
    assert ("initial weights" in said[11], "learning rate" in said[11]) == (begun == 0, begun > 0)


def test_what_is_right_in_the_end_is_not_said_to_be_saturated_still() -> None:
    """Of the initial weights alone; at the end every prediction is right."""
    (text,) = explained(WIDE)
    assert text == (
        "Saturated at sample 4, y₃, at the initial weights: ŷ was exactly 1 by rounding, the label is nearer to 0. "
        "The fused route learned from it; smaller inputs or other initial weights can avoid it."
    )
    assert explained(WIDE.replace(inputs=[[x / 10 for x in row] for row in WIDE.inputs])) == []
    assert explained(WIDE.replace(initial=[[0, 0, 0, 0]] * 3)) == []


@pytest.mark.parametrize(
    ("rate", "dtype", "words"),
    [
        (
            1e-300,
            "float32",
            "Nothing moves: at a learning rate of 1e-300 each change is less than the last digit of its ",
        ),
        (1e-12, "float32", "its weight, and float32 rounds it away. Try 0.05."),
        (1e-20, "float64", "its weight, and float64 rounds it away. Try 0.05."),
        (
            1e-12,
            "float64",
            "at a learning rate of 1e-12, 2000 epochs change the loss by less than a millionth. Try 0.05.",
        ),
    ],
)
def test_a_rate_that_moves_nothing_gets_a_sentence(rate: float, dtype: str, words: str) -> None:
    experiment = TUTORIAL.replace(learning_rate=rate, dtype=dtype)
    (text,) = explained(experiment)
    assert words in text
    run = Run(experiment)
    run.advance()
    start, end = (run.parameters_at(position)[0] for position in (0, 2000))
    assert text.startswith("Nothing") == (start == end).all()
    # the largest change that any of its steps can have made: |∂L/∂z| is at most 1
    if text.startswith("Nothing"):
        assert (rate * 9 < np.spacing(np.abs(start))).all()
    assert np.ptp(run.history.running_loss[1:]) < 1e-6 * run.history.running_loss[1]
    assert explained(experiment.replace(learning_rate=0.05)) == []


def test_divergence_names_its_place() -> None:
    text = explain(Finding("diverged", position=7, sample=2, output=3), Run(TUTORIAL))
    assert text.startswith("Stopped in epoch 8, sample 3, y₄: ")


def test_the_tutorial_is_met_and_the_figure_is_computed() -> None:
    run = Run(TUTORIAL)
    run.advance()
    text = tutorial_check()
    assert repr(TUTORIAL_LOSSES[1999]) in text
    shown = re.search(r"met here to ([\d.]+)·10⁻⁷: ([\d.]+)$", text)
    assert shown is not None
    assert float(shown[2]) == pytest.approx(float(run.history.running_loss[-1]), rel=1e-9)
    assert 1 <= float(shown[1]) < 10


def test_what_learns_in_the_end_is_not_said_to_never_learn() -> None:
    experiment = TUTORIAL.replace(learning_rate=0.3, route="chain")
    (text,) = (text for text in explained(experiment) if text.startswith("Saturated"))
    run = Run(experiment)
    run.advance()
    assert run.history.running_loss[-1] < 0.01
    assert "does not learn" not in text
    assert "passed back 0, until the gradients of other predictions moved it" in text


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


def test_a_hidden_unit_is_named() -> None:
    xor = {"inputs": [[0, 0], [0, 1], [1, 0], [1, 1]], "labels": [[0], [1], [1], [0]]}
    start = [[[1, 1, 0], [-1, -1, -0.5], [1, -1, 0]], [[1, 1, 1, 0]]]
    run = Run(Experiment(**xor, hidden=(3,), activation="relu", initial=start, learning_rate=0.1, epochs=50))
    run.advance()
    assert explain(Finding("dead", 0, output=1, layer=0, value=1.0), run).startswith(
        "Dead ReLU: from the initial weights on h₂ is 0 for every sample, so its slope is 0"
    )
    assert "after epoch 7 h₂ (and 2 other units) is 0" in explain(Finding("dead", 7, output=1, value=3.0), run)
    stopped = explain(Finding("diverged", 4, sample=2, output=0, layer=0), run)
    assert stopped == "Stopped in epoch 5, sample 3, h₁: a number ran away, beyond 10¹⁶. Try a smaller learning rate."
