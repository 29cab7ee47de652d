"""The lesson: each link opens what its line says, and each number that a line says is the core's."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from classifier import WRONG_PARTIALS, Experiment, History, Network, Step, check_gradients
from classifier.insight.unguarded import evaluate
from pages.shared.address.writing import named_experiments
from pages.shared.run.runs import finished, shared_run
from pages.shared.text.shown_numbers import number
from pages.teach.lesson import CLASS, LESSON, LESSONS, SECOND, Line
from tests.pages.test_own_parameters import again, said, visit

NAMED = named_experiments()
TUTORIAL = NAMED["tutorial"]
NUMBER = re.compile(r"−?\d+\.\d{3,}(?: · 10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?")


def trained(experiment: Experiment) -> History:
    return finished(shared_run(experiment)).history


def loss(experiment: Experiment, *epochs: int) -> list[float]:
    return [float(trained(experiment).running_loss[epoch]) for epoch in epochs]


def step_of(experiment: Experiment, epoch: int, sample: int = 0) -> Step:
    return finished(shared_run(experiment)).step(epoch, sample)


def share_of_the_error() -> list[float]:
    back = step_of(TUTORIAL, 317).layers[-1]
    return [float(back.loss_wrt_logits[0]), *map(float, back.loss_wrt_weight[0])]


def mistake_that_trains() -> list[float]:
    """Train the tutorial's samples with the mistake, and give the last loss; it falls in every epoch."""
    first = step_of(TUTORIAL, 0)
    net = Network(first.parameters_before)
    (linear,) = net.layers
    losses = []
    for _ in range(TUTORIAL.epochs):
        losses.append(0.0)
        for x, y in zip(TUTORIAL.input_array, TUTORIAL.label_array, strict=True):
            losses[-1] += float(np.sum(net.forward_loss(x, y)))
            (back,) = WRONG_PARTIALS["forget_bias"](net, x, y)
            linear.weight = linear.weight - np.float32(TUTORIAL.learning_rate) * back.loss_wrt_weight
            linear.bias = linear.bias - np.float32(TUTORIAL.learning_rate) * back.loss_wrt_bias
    assert (np.diff(losses) < 0).all()
    assert (linear.bias == first.parameters_before[0][:, -1]).all(), "b never moves"
    return [losses[-1], *loss(TUTORIAL, -1)]


FIGURES: dict[str, Callable[[], list[float]]] = {
    "The loss falls": lambda: loss(TUTORIAL, 1, -1),
    "One step with a pencil": list,
    "Each weight’s share of the error": share_of_the_error,
    "Five samples pull": list,
    "A step too long": lambda: loss(NAMED["rate-too-large"], 1, 2, -1),
    "Four learning rates": lambda: [
        loss(TUTORIAL.replace(learning_rate=rate), -1)[0] for rate in (0.001, 0.01, 0.1, 0.3)
    ],
    "Nothing moves, nothing is learned": lambda: loss(NAMED["saturated-chain"], 200),
    "A formula that fits on the board": list,
    "A mistake that trains": mistake_that_trains,
    "What no line can do": list,
    "On their own": lambda: [*loss(NAMED["iris"], -1), *loss(NAMED["iris"].replace(learning_rate=0.1), -1)],
}
"""Of each line, what its numbers of four digits and more must be; others are in the tests below."""


@pytest.fixture(scope="module")
def teach() -> AppTest:
    return visit("teach", "")


@pytest.fixture(scope="module")
def second() -> AppTest:
    return visit("teach", "lesson=2")


def links(page: AppTest) -> list[tuple[str, str]]:
    """Give page and query of each line's link."""
    return [(link.proto.page or "playground", link.proto.query_string) for link in page.get("page_link")]


def session(page: AppTest) -> Any:  # noqa: ANN401 - what a visitor has open
    return page.session_state["backprop_by_hand"]


def opened(page: AppTest, line: Line) -> None:
    """Check that a page shows what a line says."""
    assert said(page).count("ignored") == 0
    state = session(page)
    assert state.experiment == NAMED[line.example]
    assert state.position == line.position
    assert state.pin == (NAMED[line.pinned] if line.pinned else None)
    own = {parameter: str(value) for parameter, value in state.own[line.page].written().items() if value is not None}
    assert own.pop("unseen") == "1", "nothing is seen before it was asked"
    default = type(state.own[line.page])(state.own[line.page]._declared.values(), state.experiment)
    assert default.read({key: [value] for key, value in line.own.items()}, default.keys) == []
    assert own == {key: value for key, value in default.written().items() if value is not None}


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_minutes_are_an_hours_lesson_without_a_gap(lesson: tuple[Line, ...]) -> None:
    assert lesson[0].minutes[0] == 0
    assert all(one.minutes[1] == other.minutes[0] for one, other in pairwise(lesson))
    assert lesson[-1].minutes[1] == 45
    assert len(CLASS) == 14


def test_there_is_a_link_for_every_line(teach: AppTest) -> None:
    assert [page for page, _ in links(teach)] == [line.page for line in LESSON]


@pytest.mark.parametrize("place", range(len(LESSON)), ids=[line.title for line in LESSON])
def test_each_link_opens_what_its_line_says(teach: AppTest, place: int) -> None:
    page, query = links(teach)[place]
    opened(visit(page, query), LESSON[place])


@pytest.mark.parametrize("place", range(len(SECOND)), ids=[line.title for line in SECOND])
def test_each_link_of_the_second_lesson_opens_what_its_line_says(second: AppTest, place: int) -> None:
    page, query = links(second)[place]
    opened(visit(page, query), SECOND[place])


def test_the_numbers_of_the_second_lesson_are_the_cores() -> None:
    hidden = NAMED["xor-hidden"]
    run = trained(hidden)
    assert (run.accuracy[111:] == 1).all(), "from epoch 111 on"
    assert run.accuracy[110] < 1
    step = step_of(hidden, 99, 1)
    below, above = step.layers
    assert (below.output.argmax(), below.output.argmin(), step.parameters_before[1][0, :-1].argmin()) == (3, 2, 2)
    assert below.loss_wrt_output[0] == pytest.approx(above.loss_wrt_logits[0] * step.parameters_before[1][0, 0])
    slopes, z = [], 0.0
    for _ in range(4):
        a = 1 / (1 + np.exp(-z))
        slopes.append(a * (1 - a))
        z = a
    figures: dict[str, list[float]] = {
        "Four units, four lines": loss(hidden, 1, -1),
        "Forward, unit by unit": [float(below.logits[0]), *map(float, below.output[[0, 3, 2]])],
        "What comes down": [
            float(above.loss_wrt_logits[0]),
            float(step.parameters_before[1][0, 0]),
            *map(float, below.loss_wrt_output[[0, 2]]),
        ],
        "Where the gradient goes": [float(np.prod(slopes))],
        "On their own": loss(NAMED["circle"], -1),
    }
    for line in SECOND:
        stated = NUMBER.findall(f"{line.ask} {line.show} {line.answer}")
        assert set(stated) == {number(value) for value in figures.get(line.title, [])}, line.title
    checks = check_gradients(Network(step.parameters_before), step.x, step.y, backward=WRONG_PARTIALS["forget_slope"])
    assert [(int((~check.agrees).sum()), check.agrees.size) for check in checks] == [(12, 12), (0, 5)]
    assert slopes[0] / np.prod(slopes) == pytest.approx(80, abs=4), "about an eightieth"
    two = NAMED["xor-two-units"]
    learn = [bool(trained(two.replace(seed=seed)).accuracy[-1] == 1) for seed in range(12)]
    assert [seed for seed, does in enumerate(learn) if not does] == [1, 8, 11]
    assert trained(NAMED["circle"]).accuracy[-1] == 1


def test_in_one_session_each_link_opens_just_that_whatever_was_open(tmp_path: Path) -> None:
    """From one line to the next and over again, with edits in between: what stood there before does not stay."""
    page = visit("teach", "")
    for place in (*range(len(LESSON)), 8, 4, 4, 0, 2, 2):
        name, query = links(page)[place]
        page.switch_page(f"{name}/{name}.py")
        opened(again(page, query), LESSON[place])
        session(page).put(NAMED["gates"], 3)
        page.run()
        page.switch_page("teach/teach.py")
        again(page, "")


@pytest.mark.parametrize("line", LESSON, ids=lambda line: line.title)
def test_every_number_of_a_line_is_the_cores(line: Line) -> None:
    stated = NUMBER.findall(f"{line.ask} {line.show} {line.answer}")
    assert set(stated) - {"0.001", "0.0001"} == {number(value) for value in FIGURES[line.title]()}


def test_what_else_the_lines_say() -> None:
    tutorial = trained(TUTORIAL)
    assert (np.diff(tutorial.running_loss[1:]) < 0).all(), "the loss falls in every epoch"
    assert TUTORIAL.epochs * TUTORIAL.samples == 10_000
    for epoch in (0, 1000, 1999):
        step = step_of(TUTORIAL, epoch)
        moved = step.parameters_after[0] - step.parameters_before[0]
        assert np.abs(moved[:, :-1]).max() < 0.1, "each changes the weights only a little"
    step = step_of(NAMED["exercise"], 0)
    assert (step.x.tolist(), step.y.tolist(), step.learning_rate) == ([1, 2], [1], 1)
    assert step.parameters_before[0].tolist() == [[0.5, -0.25, 0]]
    assert (step.logits, step.yhat, step.layers[-1].loss_wrt_logits) == (0, 0.5, -0.5)
    assert step.parameters_after[0].tolist() == [[1, 0.75, 0.5]]
    steps = [step_of(TUTORIAL, 317, sample) for sample in range(5)]
    rises = [bool(step.parameters_after[0][0, -1] > step.parameters_before[0][0, -1]) for step in steps]
    assert rises == [True] * 3 + [False] * 2
    assert [step.y[0] for step in steps] == [1] * 3 + [0] * 2
    for before, after in pairwise(steps):
        same = before.parameters_after[0] == after.parameters_before[0]
        assert same.all(), "each starts from what the one before has left"
    assert steps[0].x.tolist() == [1, 3, 5]
    moved = np.abs(steps[0].parameters_after[0][:, :-1] - steps[0].parameters_before[0][:, :-1])[0]
    assert moved.argmax() == 2, "the largest input moves most"
    assert loss(NAMED["rate-too-large"], -1) < loss(TUTORIAL, -1)
    stuck = trained(NAMED["saturated-chain"])
    assert np.ptp(stuck.running_loss[3:]) < 0.001 * stuck.running_loss[-1]
    assert round((1 - float(stuck.accuracy[200])) * 20) == 3
    wrong = (stuck.yhat[200] > 0.5) != (NAMED["saturated-chain"].label_array > 0.5)
    assert np.isin(stuck.yhat[3:, wrong], (0, 1)).all(), "what is wrong is exactly 0 or 1"
    assert np.abs(stuck.gradients[0][200]).max() < 1e-4
    z, y = np.float32([-50]), np.float32([1])
    assert (evaluate("unguarded", z, y).loss_wrt_linear1, evaluate("fused", z, y).loss_wrt_linear1) == (0, -1)
    assert not any(np.isnan(value).any() for value in vars(evaluate("unguarded", z, y)).values()), "in silence"
    step = steps[0]
    (checked,) = check_gradients(
        Network(step.parameters_before), step.x, step.y, 1e-6, backward=WRONG_PARTIALS["forget_bias"]
    )
    assert (int((~checked.agrees).sum()), checked.agrees.size) == (4, 16)
    xor = trained(NAMED["xor"])
    assert (xor.accuracy.max(), xor.accuracy[1000]) == (0.75, 0.5)
    middle = np.array([0.5, 0.5, 1]) @ xor.parameters[0][-1][0]
    assert abs(middle) < 0.001, "the line comes to rest in the middle"


@pytest.mark.parametrize("line", [line for lesson in LESSONS for line in lesson], ids=lambda line: line.title)
def test_a_question_is_ready_and_its_answer_is_what_the_line_says(line: Line) -> None:
    if line.title == "On their own":
        assert line.question is None
    elif line.own.get("predict") == "1":
        assert line.question is None, "the page asks for an entry itself"
    else:
        asked = line.question
        assert asked is not None
        assert len(asked.text or line.ask) <= 400
        if asked.choices:
            assert 2 <= len(asked.choices) == len(set(asked.choices)) <= 5
            assert asked.right in asked.choices
        else:
            assert str(asked.right).replace("-", "−") in line.show.replace("Nine", "9")
