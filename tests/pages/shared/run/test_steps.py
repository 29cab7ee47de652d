"""Which step is shown: one choice for all pages, from controls and from addresses that strangers wrote."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from classifier import Experiment, Run

TUTORIAL = Experiment.tutorial()


def screen() -> None:
    """Show the picker and what it picked."""
    import streamlit as st

    from pages.frame import frame
    from pages.shared.run import steps
    from pages.shared.session import state

    with frame.page("a_page", (steps.SAMPLE,)):
        experiment = state.experiment()
        step = steps.picker(experiment)
        st.json(
            {
                "chosen": steps.chosen(experiment),
                "step": (step.epoch, step.sample),
                "position": state.position(),
                "logits": step.logits.tolist(),
            }
        )


def opened(query: str = "") -> AppTest:
    page = AppTest.from_function(screen, default_timeout=60)
    for key, values in parse_qs(query).items():
        page.query_params[key] = values
    return page.run()


def shown(page: AppTest) -> dict[str, Any]:
    import json

    assert not page.exception
    return json.loads(page.json[0].value)


@pytest.mark.parametrize(
    ("query", "position", "step"),
    [
        ("", 0, [0, 0]),
        ("position=1", 1, [0, 0]),
        ("position=318&sample=2", 318, [317, 1]),
        ("position=2000&sample=5", 2000, [1999, 4]),
    ],
)
def test_a_position_shows_the_epoch_that_ended_there(query: str, position: int, step: list[int]) -> None:
    page = opened(query)
    got = shown(page)
    assert (got["position"], got["chosen"], got["step"]) == (position, step, step)
    run = Run(TUTORIAL)
    run.advance(max_epochs=step[0] + 1)
    np.testing.assert_array_equal(np.float32(got["logits"]), run.step(*step).logits)
    assert not page.warning


@pytest.mark.parametrize(("sample", "said"), [("0", "0"), ("6", "6"), ("-1", "-1"), ("two", "two"), ("1.5", "1.5")])
def test_a_hostile_sample_is_named_and_ignored(sample: str, said: str) -> None:
    page = opened(f"position=3&sample={sample}")
    assert shown(page)["step"] == [2, 0]
    (warning,) = page.warning
    assert "sample" in warning.value
    assert said.replace(".", "\\.").replace("-", "\\-") in warning.value
    assert "sample" not in page.query_params


def test_two_samples_in_an_address_are_none() -> None:
    page = opened("sample=2&sample=3")
    assert shown(page)["step"] == [0, 0]
    assert "2 times" in page.warning[0].value


def test_a_strangers_text_is_shown_as_text() -> None:
    page = opened("sample=:red[x]")
    assert ":red[x]" not in page.warning[0].value


def test_slider_and_exact_field_follow_each_other() -> None:
    page = opened("position=5")
    assert page.slider[0].value == page.number_input[0].value == 5
    page.slider[0].set_value(400).run()
    assert shown(page)["step"] == [399, 0]
    assert page.number_input[0].value == 400
    page.number_input[0].set_value(7).run()
    assert shown(page)["step"] == [6, 0]
    assert page.slider[0].value == 7
    assert page.slider[0].label == "Epoch 7 of 2000"
    assert page.query_params["position"] == "7"
    page.slider[0].set_value(1).run()
    assert shown(page)["position"] == 1


def test_the_sample_is_picked_by_its_button() -> None:
    page = opened("position=5")
    (samples,) = page.get("button_group")
    samples.set_value(3).run()
    assert shown(page)["step"] == [4, 2]
    assert page.query_params["sample"] == "3"


def test_many_samples_are_picked_by_number() -> None:
    rows = "_".join(str(row) for row in range(23))
    labels = "_".join("01"[row % 2] for row in range(23))
    page = opened(f"inputs={rows}&labels={labels}&epochs=4&sample=23")
    number = page.number_input[1]
    assert number.value == 23
    number.set_value(12).run()
    assert shown(page)["step"] == [0, 11]


def test_no_epochs_and_one_sample_leave_nothing_to_pick() -> None:
    page = opened("inputs=1&labels=1&epochs=0")
    assert shown(page)["step"] == [0, 0]
    assert not page.slider
    assert not page.number_input
    assert not page.get("button_group")
    assert "0 epochs" in page.caption[0].value


def test_a_run_is_trained_no_further_than_is_shown() -> None:
    page = opened("epochs=77777&position=9")
    assert shown(page)["step"] == [8, 0]
    from pages.shared.run.runs import shared_run

    assert shared_run(TUTORIAL.replace(epochs=77777)).position == 9
