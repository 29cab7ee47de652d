"""What the class in the browser gets of every page, and what is made of what it says."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from classifier import Experiment, Run
from pages.frame import corner
from pages.hosting.missing import FIRST_PAGE, PAGES
from pages.stage.files import QR_JS, qr_source
from tests.callbacks import Browser
from tests.opening import checked, opened


def given(page: AppTest) -> dict[str, Any]:
    (found,) = [each for each in page.get("bidi_component") if each.proto.component_name.startswith("corner")]
    data: dict[str, Any] = json.loads(found.proto.json)["class"]
    return data


@pytest.mark.parametrize("name", sorted(PAGES | {FIRST_PAGE}))
def test_every_page_has_it_and_says_which_it_is(name: str) -> None:
    data = given(opened(name))
    assert data["page"] == ("" if name == "playground" else name)
    assert data["plays"] == (name in ("playground", "compare"))
    assert data["whole"] is True
    # The lesson answers what is still to be asked: a class stays where it is.
    assert (data["forTeachers"], bool(data["unseen"])) == ((True, True) if name == "teach" else (False, False))
    assert data["address"] == ""
    assert (data["question"] is None) == (name not in ("playground", "practise"))


def test_the_browser_hears_what_the_address_says() -> None:
    query = "lr=0.05&sample=2&break=flip_sign"
    data = given(opened("gradient_check", f"{query}&class=VD5O22V3"))
    assert parse_qs(data["address"]) == parse_qs(query)  # the page's own address does not hold the class


def test_a_table_that_no_address_holds_is_not_whole() -> None:
    page = opened()
    rng = np.random.RandomState(1)
    large = Experiment(rng.normal(0, 9, (1000, 9)).round(9), rng.randint(0, 2, (1000, 1)), epochs=2)
    page.session_state["backprop_by_hand"].put(large, 0)
    page.run()
    assert given(checked(page))["whole"] is False


@pytest.mark.parametrize(
    ("query", "phase", "right"),
    [
        ("example=exercise&predict=1&position=1", 1, 0.0),  # the result of the open phase is hidden, so it is asked
        ("example=exercise&predict=1&phase=2&position=1", 2, 0.5),
    ],
)
def test_a_step_that_is_predicted_can_be_asked(query: str, phase: int, right: float) -> None:
    question = given(opened("step_by_step", query))["question"]
    assert question["kind"] == "number"
    assert question["right"] == right
    assert "Epoch 1, sample 1" in question["text"]
    assert ("z[1]", "ŷ[1]")[phase - 1] in question["text"]


def test_a_step_that_is_not_predicted_is_not_asked() -> None:
    assert given(opened("step_by_step", "example=exercise"))["question"] is None
    assert given(opened("step_by_step", "example=exercise&predict=1&phase=8"))["question"] is not None


@pytest.mark.parametrize(
    ("query", "loss"),
    [("", 0.213742), ("epochs=0", None)],
)
def test_what_a_run_comes_to(query: str, loss: float | None) -> None:
    page = opened("playground", query)
    said = given(checked(page.run()))["run"]
    assert said["loss"] == (None if loss is None else pytest.approx(loss, rel=1e-5))
    assert said["trained"] == 1


def test_a_run_that_a_class_was_asked_about_is_trained_on_any_page(monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser(monkeypatch, corner, "_component")
    page = opened("mathematics", "epochs=9000&seed=4711")
    name = given(page)["run"]["name"]
    for number, said in enumerate(("another", name), 1):
        assert given(page)["run"] == {"name": name, "loss": None, "trained": 0}
        browser.says(page, corner.KEY, "on_pressed_change", {"pressed": [[number, "train", said]]})
    while (found := given(page)["run"])["loss"] is None:
        assert 0 < found["trained"] < 1
        page.run()
    run = Run(Experiment.tutorial().replace(epochs=9000, seed=4711))
    run.advance()
    assert found == {"name": name, "loss": float(run.history.running_loss[-1]), "trained": 1}


def test_what_draws_codes_comes_along_where_its_address_leads_elsewhere() -> None:
    page = opened("mathematics")
    assert given(page)["qr"] == {"address": QR_JS, "source": ""}
    page.session_state["files_lost"] = True
    assert given(page.run())["qr"] == {"address": QR_JS, "source": qr_source()}


def test_what_no_address_holds_waits_in_the_session(monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser(monkeypatch, corner, "_component")
    own, other = Experiment.tutorial().replace(seed=7), Experiment.tutorial().replace(seed=8)
    page = opened("mathematics", "seed=7&position=5")
    presses: list[list[object]] = []

    def pressed(number: int, what: object) -> Experiment:
        """Report a new press together with all earlier ones, and give the experiment that is open then."""
        presses.append([number, "own", what])
        browser.says(page, corner.KEY, "on_pressed_change", {"pressed": presses})
        found: Experiment = page.session_state["backprop_by_hand"].experiment
        return found

    assert given(page)["pressed"] == 0
    for number, what in enumerate(("open", "anything", None), 1):  # no experiment of the teacher waits yet
        assert pressed(number, what) == own
    pressed(4, "keep")
    page.session_state["backprop_by_hand"].put(other, 0)
    assert pressed(5, "something") == other  # the earlier presses are not carried out again
    assert given(checked(page.run()))["pressed"] == 5  # an unknown press does nothing, and counts as heard
    assert pressed(6, "open") == own
    assert page.session_state["backprop_by_hand"].position == 5
