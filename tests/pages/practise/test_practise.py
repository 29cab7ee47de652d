"""The page sends a problem without its solution, marks what a browser says, and believes nothing else of it."""

from __future__ import annotations

import json
from functools import partial
from typing import Any
from urllib.parse import urlencode

import pytest
from streamlit.testing.v1 import AppTest

from classifier import Experiment, Run
from classifier.insight.practise.problems import one_step, practised, problem
from pages.practise.answers import answered, class_question, next_level
from pages.practise.worked import four, worked
from pages.shared.run.steps import STEP
from tests import opening

KEY = "practise_sheet"


opened = partial(opening.opened, "practise")


def given(page: AppTest) -> dict[str, Any]:
    (found,) = [each for each in page.get("bidi_component") if each.proto.component_name == "exercise"]
    data: dict[str, Any] = json.loads(found.proto.json)
    return data


def entries(data: dict[str, Any]) -> list[str]:
    return [name for _, names in data["groups"] for name in names]


def test_an_address_opens_its_problem_and_leaves_the_experiment_as_it_is() -> None:
    page = opened("level=3&seed=7&lr=0.02")
    data = given(page)
    assert data["problem"] == "3/7"
    assert entries(data) == ["∂L/∂z[1]", "∂L/∂W[1,1]", "∂L/∂W[1,2]", "∂L/∂b[1]"]
    assert dict(data["given"])["W"] == [["−0.8", "0.1"]]
    assert data["marks"] == data["worked"] == {}
    experiment = page.session_state["backprop_by_hand"].experiment
    assert (experiment.seed, experiment.learning_rate) == (42, 0.02)
    page.button(key="practise_another").click().run()
    assert given(page)["problem"] == "3/8"
    assert page.query_params["seed"] in ("8", ["8"])
    page.button(key="practise_next").click().run()
    assert given(page)["problem"] == "4/8"


def test_the_seed_of_the_run_is_not_lost_beside_that_of_the_problem() -> None:
    page = opening.opened(seed="7").switch_page("practise/practise.py").run()
    assert page.query_params["run_seed"] in ("7", ["7"])
    again = opened("level=2&seed=9&run_seed=7")
    assert again.session_state["backprop_by_hand"].experiment.seed == 7
    assert given(again)["problem"] == "2/9"
    assert again.query_params["run_seed"] in ("7", ["7"])


def one_of(page: AppTest, target: str) -> str:
    """Give the query of the link to a page."""
    (link,) = [each for each in page.get("page_link") if each.proto.page == target]
    query: str = link.proto.query_string
    return query


@pytest.mark.parametrize(
    ("phase", "level", "first"),
    [
        ("1", 1, "z¹[1]"),
        ("8", 2, "ŷ[1]"),
        ("9", 3, "∂L/∂z²[1]"),
        ("12", 5, "∂L/∂z²[1]"),
        ("13", 6, "z¹[1]"),
        ("14", 4, "∂L/∂z²[1]"),
    ],
)
def test_any_step_of_a_run_is_a_problem_with_its_numbers(phase: str, level: int, first: str) -> None:
    page = opening.opened("step_by_step", f"example=xor-hidden&seed=3&position=100&sample=2&phase={phase}")
    experiment = page.session_state["backprop_by_hand"].experiment
    query = one_of(page, "practise")
    page = opened(query)
    assert page.session_state["backprop_by_hand"].experiment == experiment
    data = given(page)
    assert data["problem"].startswith(f"{level}/")
    assert entries(data)[0] == first
    assert not page.get("page_link")  # to Step by step: it is a step of the experiment that is open
    run = Run(experiment)
    run.advance(max_epochs=100)
    step = run.step(99, 1)
    shown = dict(data["given"])
    assert shown["x"] == [[four(value)] for value in step.x]
    assert shown["W¹"] == [[four(value) for value in row[:-1]] for row in step.parameters_before[0]]
    mine = practised(one_step(step, experiment), level)
    for name, core in (("∂L/∂z¹", step.layers[0].loss_wrt_logits), ("∂L/∂W²", step.layers[1].loss_wrt_weight)):
        assert mine.right[name] == pytest.approx(core, rel=2e-3)
    numbers = [*mine.at.x, *(value for layer in mine.at.network.layers for value in layer.parameters.flat)]
    assert all(value == float(f"{value:.4g}") for value in numbers)  # what is shown is all of it
    down = mine.right["W² after"].T @ mine.right["∂L/∂z²"]  # at the learning rate of this run
    assert mine.slipped["update_first"]["∂L/∂a¹"] == pytest.approx(down, rel=1e-12)
    name = data["problem"]
    exact = {e.name: four(float(mine.right[e.quantity][e.index])) for e in mine.entries}
    marks = answered(mine, name, {"problem": name, "typed": exact})["marks"]
    assert {each["state"] for each in marks.values()} == {"right"}


def test_a_step_of_too_many_numbers_or_of_no_hidden_layer_says_what_to_do() -> None:
    run = Run(Experiment([[0.5] * 9], [[1, 0, 1, 0]], epochs=1))
    run.advance()
    step = {"step": STEP.write(one_step(run.step(0, 0), run.experiment))}
    for level, rule in (("3", "These are 44 numbers; a problem has at most 40"), ("5", "has no hidden layer")):
        page = opened(urlencode({"level": level, **step}))
        assert not [each for each in page.get("bidi_component") if each.proto.component_name == "exercise"]
        assert any(rule in each.value.replace("\\", "") for each in page.markdown)
    assert entries(given(opened(urlencode({"level": "2", **step}))))[0] == "ŷ[1]"


@pytest.mark.parametrize(
    ("query", "rule"),
    [
        ("level=7", "7"),
        ("level=__import__", "__import__"),
        ("seed=-1", "between 0 and"),
        ("seed=1e99", "between 0 and"),
        ("seed=half", "not a whole number"),
        ("sheet=61", "between 1 and 60"),
        ("step=tutorial", "one sample"),
        ("step=x", "no such parameter"),
        ("step=inputs%3D1%26labels%3D1%26initial%3D1e9+1", "too large"),
        ("step=" + "9" * 20_001, "at most 20000"),
        ("level=3&seed=7&step=step%3Dtutorial", "no such parameter"),
    ],
)
def test_a_forged_address_opens_a_problem_and_says_what_was_ignored(query: str, rule: str) -> None:
    page = opened(query)
    assert entries(given(page))
    assert any(rule in each.value.replace("\\", "") for each in page.warning), [each.value for each in page.warning]


def test_step_by_step_opens_the_very_step() -> None:
    (link,) = [each for each in opened("level=5&seed=7").get("page_link") if each.proto.page == "step_by_step"]
    page = opening.opened("step_by_step", link.proto.query_string)
    experiment = page.session_state["backprop_by_hand"].experiment
    run = Run(experiment)
    run.advance(max_epochs=1)
    assert run.step(0, 0).layers[0].loss_wrt_logits == pytest.approx(problem(5, 7).right["∂L/∂z¹"], rel=1e-6)


def test_a_slip_is_named_and_what_follows_from_it_is_carried_on() -> None:
    typed = {"∂L/∂z[1]": "0,09535*(1-0.09535)*0.09535", "∂L/∂W[1,1]": "0.01645", "∂L/∂b[1]": "ten"}
    told = answered(problem(3, 7), "3/7", {"problem": "3/7", "typed": typed, "shown": ["∂L/∂W[1,2]"]})
    assert {name: each["state"] for name, each in told["marks"].items()} == {
        "∂L/∂z[1]": "wrong",
        "∂L/∂W[1,1]": "carried",
        "∂L/∂b[1]": "unread",
    }
    assert told["marks"]["∂L/∂z[1]"]["mistakes"] == ["repeat_sigmoid"]
    assert told["marks"]["∂L/∂z[1]"]["text"] == "This is what comes out if ŷ(1 − ŷ) is multiplied in twice."
    assert "Write numbers" in told["marks"]["∂L/∂b[1]"]["text"]
    assert told["worked"] == {"∂L/∂W[1,2]": "∂L/∂W[1,2] = 0.09535 · 0.5 = 0.04767"}
    assert told["end"] == ""


def test_the_end_says_what_was_right_and_what_the_mistakes_were() -> None:
    typed = {"∂L/∂z[1]": "-0.0953", "∂L/∂W[1,1]": "-0.191", "∂L/∂W[1,2]": "-0.0477", "∂L/∂b[1]": "0.0953"}
    end = answered(problem(3, 7), "3/7", {"problem": "3/7", "typed": typed})["end"]
    assert end == (
        "Of 4 entries 1 right, 2 right after an earlier mistake, 1 not right. What came out: with the other sign."
    )


@pytest.mark.parametrize(
    "said", [None, [], "x", {"problem": "3/7"}, {"problem": "3/7", "typed": [1], "shown": {}}, {"problem": []}]
)
def test_what_no_field_can_say_counts_as_nothing(said: object) -> None:
    assert answered(problem(3, 7), "3/7", said) == {"marks": {}, "worked": {}, "end": ""}


@pytest.mark.parametrize("level", range(1, 7))
def test_every_solution_ends_with_its_number(level: int) -> None:
    """And what stands before it gives it: it is worked out again, as far as it is arithmetic."""
    shown = problem(level, 3)
    for entry in shown.entries:
        *_, result = worked(shown, entry).split(" = ")
        right = float(shown.right[entry.quantity][entry.index])
        assert float(result.replace("−", "-")) == pytest.approx(right, rel=6e-4)


@pytest.mark.parametrize(
    ("activation", "first", "second"),
    [
        ("tanh", "tanh(0.75) = 0.6351", "tanh(−0.25) = −0.2449"),
        ("relu", "max(0, 0.75) = 0.75", "max(0, −0.25) = 0"),
        ("sigmoid", "1/(1 + e^−0.75) = 0.6792", "1/(1 + e^−(−0.25)) = 0.4378"),
    ],
)
def test_an_activation_is_written_with_its_z_in_one_pair_of_brackets(activation: str, first: str, second: str) -> None:
    initial = (((1, -0.25), (0, -0.25)), ((1, -1, 0),))
    shown = practised(Experiment([[1]], [[1]], hidden=(2,), activation=activation, initial=initial), 1)
    formulas = [worked(shown, entry) for entry in shown.entries if entry.quantity == "a¹"]
    assert formulas == [f"a¹[1] = {first}", f"a¹[2] = {second}"]


@pytest.mark.parametrize(
    ("level", "slip", "then"),
    [
        (1, "z[1]", 1),
        (2, "∂L/∂z[1]", 2),
        (4, "∂L/∂W[1,1]", 3),
        (4, "b[1] after", 4),
        (6, "∂L/∂a¹[1]", 5),
        (6, "", 6),
        (3, "", 4),
    ],
)
def test_what_went_wrong_says_what_comes_next(level: int, slip: str, then: int) -> None:
    shown = problem(level, 7)
    exact = {e.name: str(float(shown.right[e.quantity][e.index])) for e in shown.entries}
    typed = exact | ({slip: "77"} if slip else {})
    told = answered(shown, "x", {"problem": "x", "typed": typed})
    assert told["end"]
    assert next_level(shown, level, told["marks"]) == then


def test_the_next_problem_is_a_press_away_once_nothing_is_open() -> None:
    page = opened("level=3&seed=7")
    assert not [each for each in page.button if each.key == "practise_then"]
    page.session_state[KEY] = {"answers": {"problem": "3/7", "typed": dict.fromkeys(entries(given(page)), "1")}}
    page.run()
    (then,) = [each for each in page.button if each.key == "practise_then"]
    assert then.label == "Next: level 2. Back to the logits: ∂L/∂z"
    then.click().run()
    assert given(page)["problem"] == "2/8"


@pytest.mark.parametrize(
    ("level", "asked"),
    [
        (1, "L"),
        (2, "∂L/∂z[1]"),
        (3, "∂L/∂W[1,1]"),
        (4, "W[1,1] after"),
        (5, "∂L/∂z¹[1]"),
        (6, "∂L/∂W¹[1,1]"),
    ],
)
def test_a_class_can_be_asked_what_a_level_is_about(level: int, asked: str) -> None:
    shown = problem(level, 7)
    question = class_question(shown, level)
    assert question["text"] == f"Level {level}: what is {asked}?"
    name = f"{level}/7"
    for value, said in [(question["right"], "Right."), *question["slips"]]:
        told = answered(shown, name, {"problem": name, "typed": {asked: f"{value:.4g}"}})["marks"][asked]["text"]
        assert said in told
    assert len(question["slips"]) >= 2


def test_the_question_is_offered_to_the_class_and_no_other_problem_is() -> None:
    page = opened("level=2&seed=7")
    (corner,) = [each for each in page.get("bidi_component") if each.proto.component_name == "corner"]
    assert json.loads(corner.proto.json)["class"]["question"] == class_question(problem(2, 7), 2)
