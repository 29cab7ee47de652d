"""The page sends a problem without its solution, marks what a browser says, and believes nothing else of it."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from classifier import Run
from classifier.insight.practise.problems import problem
from pages.practise.answers import answered
from pages.practise.worked import worked

ROOT = Path(__file__).parents[3]


def opened(query: str) -> AppTest:
    page = AppTest.from_file(ROOT / "pages" / "router.py", default_timeout=60)
    for key, values in parse_qs(query).items():
        page.query_params[key] = values
    page.switch_page("practise/practise.py").run()
    assert not page.exception, page.exception
    return page


def given(page: AppTest) -> dict[str, Any]:
    (found,) = [each for each in page.get("bidi_component") if each.proto.component_name == "exercise"]
    data: dict[str, Any] = json.loads(found.proto.json)
    return data


def test_an_address_opens_its_problem_and_leaves_the_experiment_as_it_is() -> None:
    page = opened("level=3&seed=7&lr=0.02")
    data = given(page)
    assert data["problem"] == "3/7"
    assert data["entries"] == ["∂L/∂z[1]", "∂L/∂W[1,1]", "∂L/∂W[1,2]", "∂L/∂b[1]"]
    assert dict(data["given"])["W"] == [["−0.8", "0.1"]]
    assert data["marks"] == data["worked"] == {}
    experiment = page.session_state["backprop_by_hand"].experiment
    assert (experiment.seed, experiment.learning_rate) == (42, 0.02)
    page.button(key="practise_another").click().run()
    assert given(page)["problem"] == "3/8"
    assert page.query_params["seed"] in ("8", ["8"])
    page.button(key="practise_next").click().run()
    assert given(page)["problem"] == "4/8"


def test_step_by_step_opens_the_very_step() -> None:
    (link,) = [each for each in opened("level=5&seed=7").get("page_link") if each.proto.page == "step_by_step"]
    page = AppTest.from_file(ROOT / "pages" / "router.py", default_timeout=60)
    for key, values in parse_qs(link.proto.query_string).items():
        page.query_params[key] = values
    page.switch_page("step_by_step/step_by_step.py").run()
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


def test_a_wrong_answer_takes_little_time_to_explain() -> None:
    shown = problem(6, 7)
    typed = {entry.name: "0.1234" for entry in shown.entries}
    begun = time.thread_time()
    answered(shown, "6/7", {"problem": "6/7", "typed": typed})
    assert time.thread_time() - begun < 0.05
