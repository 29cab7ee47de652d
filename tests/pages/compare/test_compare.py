"""The page as a whole, without a browser: what differs, its values, the table, and the address."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from classifier import Experiment, Run
from pages.shared.run import player, runs
from tests.opening import opened
from tests.page_data import decoded, player_of

TUTORIAL = Experiment.tutorial()

visit = partial(opened, "compare")


def field(page: AppTest, label: str) -> Any:  # noqa: ANN401 - AppTest's own types
    (found,) = [widget for widget in page.text_input if widget.label == label]
    return found


def table(page: AppTest) -> list[list[str]]:
    return page.table[0].value.astype(str).values.tolist()


def first(page: AppTest) -> list[str]:
    return [row[0].replace("\\", "") for row in table(page)]


def query(page: AppTest) -> dict[str, str]:
    return {key: value if isinstance(value, str) else value[0] for key, value in page.query_params.items()}


def test_it_opens_with_four_learning_rates_of_the_sessions_experiment() -> None:
    page = visit(epochs="50", seed="3")
    base = TUTORIAL.replace(epochs=50, seed=3)
    data = player_of(page)
    experiments = [base.replace(learning_rate=rate) for rate in (0.001, 0.01, 0.1, 1)]
    assert data["run"] == runs.identity(*experiments)
    assert (data["start"], data["end"], data["total"]) == (0, 50, 50)
    for i, experiment in enumerate(experiments):
        run = Run(experiment)
        run.advance()
        weights = decoded(data["frames"][f"weights_{i}_1"])
        np.testing.assert_allclose(weights[:, :, :3], run.history.parameters[0][..., :-1], rtol=1e-4, atol=1e-6)
    assert first(page) == ["0.001", "0.01", "0.1", "1"]
    assert query(page) == {"epochs": "50", "seed": "3"}


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"vary": "seed"}, [str(seed) for seed in range(12)]),
        ({"vary": "route"}, ["fused", "chain"]),
        ({"vary": "hidden", "values": "none,2,4,8"}, ["none", "2", "4", "8"]),
        ({"vary": "hidden", "values": "4_3"}, ["4_3"]),
        ({"vary": "activation", "hidden": "2"}, ["sigmoid", "tanh", "relu"]),
        ({"vary": "initial", "values": "zeros,7"}, ["zeros", "seed 7"]),
        ({"values": "1,10"}, ["1", "10"]),
        ({"values": "0.5,2e-1"}, ["0.5", "0.2"]),
    ],
)
def test_a_link_is_the_comparison(params: dict[str, str], expected: list[str]) -> None:
    page = visit(epochs="20", reach="0,5", **params)
    assert first(page) == expected
    assert not player_of(page)["notes"]
    again = query(page)
    assert again["reach"] == "0.5"
    assert again.get("vary") == params.get("vary")
    assert first(visit(**again)) == expected


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"vary": "colour"}, '"vary" in the address is ignored'),
        ({"values": "0.1,<b>"}, 'Value 2: "<b>" is not a number.'),
        ({"vary": "hidden", "values": "4_9"}, "9 units are out of range. A hidden layer has 1 to 8."),
        ({"vary": "hidden", "values": "1_1_1_1"}, "more than 3 layers"),
        ({"values": ",".join(map(str, range(1, 14)))}, "more than 12"),
        ({"values": "1" * 100_000}, "at most 600"),
        ({"vary": "seed", "values": "0-9999999999"}, "not a range"),
        ({"reach": "-1"}, '"reach" in the address is ignored'),
        ({"reach": "nan"}, "not a number"),
        ({"view": "loss.polar"}, '"loss.polar" is not one of loss.linear'),
        ({"colour": "red"}, "no such parameter"),
    ],
)
def test_what_an_address_says_wrongly_is_ignored_and_named(params: dict[str, str], words: str) -> None:
    page = visit(epochs="5", **params)
    assert any(words in note for note in player_of(page)["notes"]), player_of(page)["notes"]
    assert len(table(page)) in (4, 12)
    assert all(len(note) < 300 for note in player_of(page)["notes"])


def test_a_bad_value_is_named_and_the_last_good_comparison_stays() -> None:
    page = visit(epochs="5")
    field(page, "Values").set_value("0,5; 0,25").run()
    before = player_of(page)["run"]
    assert first(page) == ["0.5", "0.25"]
    assert query(page)["values"] == "0.5,0.25"
    field(page, "Values").set_value("0.5, abc").run()
    assert player_of(page)["run"] == before
    said = " ".join(markdown.value for markdown in page.markdown)
    assert "Value 2" in said
    assert "last good values" in said
    assert field(page, "Values").value == "0.5, abc"
    assert query(page)["values"] == "0.5,0.25"


def test_the_loss_to_reach_is_the_visitors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(player, "TRAIN_S", 60.0)  # to the end at once, however slow the machine
    page = visit(values="0.1")
    run = Run(TUTORIAL.replace(learning_rate=0.1))
    run.advance()
    field(page, "Loss to reach").set_value("0,05").run()
    assert table(page)[0][3] == str(int(np.argmax(run.history.running_loss <= 0.05)))
    assert query(page)["reach"] == "0.05"
    field(page, "Loss to reach").set_value("little").run()
    assert any("little" in markdown.value for markdown in page.markdown)


def test_what_a_comparison_leaves_out_is_said() -> None:
    page = visit(lr="0.01,0.1@5", epochs="9")
    assert any("learning rate holds throughout" in note for note in player_of(page)["notes"])


def test_nothing_to_play_is_said() -> None:
    assert [note[:8] for note in player_of(visit(epochs="0"))["notes"]] == ["0 epochs"]


def test_a_long_comparison_is_trained_in_slices_as_it_is_asked_for() -> None:
    page = visit(epochs="200000", vary="seed")
    data = player_of(page)
    have = data["frames"]["loss_0"]["shape"][0]
    assert data["end"] is None
    assert {row[-1] for row in table(page)} == {"training"}
    (said,) = (caption.value for caption in page.caption if "So far trained" in caption.value)
    # What is trained, which the player may not have reached.
    trained = re.search(r"So far trained: (\d+) epochs, which may be ahead", said)
    assert trained is not None
    assert f"Running loss after {trained[1]} epochs" in str(page.table[0].value.columns.tolist())
    assert sum(len(coded["bdata"]) for coded in data["frames"].values()) < 1_000_000
    page.session_state["compare_stage"] = {"view": {"run": data["run"], "have": have, "question": 3, "position": 0}}
    page.run()
    assert player_of(page)["start"] == have


def test_a_rerun_for_another_reason_repeats_nothing() -> None:
    page = visit(epochs="50")
    data = player_of(page)
    page.session_state["compare_stage"] = {"view": {"run": data["run"], "have": 51, "question": 0, "position": 7}}
    page.run()
    again = player_of(page)
    assert (again["frames"], again["figures"], again["start"]) == ({}, None, 51)


def test_every_experiment_has_its_link_even_one_that_was_there_before() -> None:
    page = visit(lr="0.5", values="0.5,0.25", epochs="9", pin="lr=1")
    links = [element.proto for element in page.get("page_link")]
    assert [link.label for link in links] == ["lr 0.5", "lr 0.25"]
    assert "lr=0.25" in links[1].query_string
    assert "pin=lr%3D1" in links[1].query_string


def test_the_tutorial_at_a_position_is_opened_by_a_button() -> None:
    page = visit(lr="0.5", values="0.01,0.5", epochs="2000")
    page.session_state["backprop_by_hand"].position = 500
    page.run()
    assert [element.proto.label for element in page.get("page_link")] == ["lr 0.5"]
    (button,) = [button for button in page.button if button.label == "lr 0.01"]
    button.click().run()
    assert page.session_state["backprop_by_hand"].experiment == Experiment.tutorial()


def test_a_table_too_large_for_a_link_is_opened_by_a_button() -> None:
    rng = np.random.default_rng(1)
    large = Experiment(rng.integers(0, 9, (1000, 10)).tolist(), np.zeros((1000, 1)).tolist(), epochs=3)
    page = visit()
    page.session_state["backprop_by_hand"].experiment = large
    page.run()
    assert not page.get("page_link")
    (button,) = [button for button in page.button if button.label == "lr 0.1"]
    button.click().run()
    assert page.session_state["backprop_by_hand"].experiment == large.replace(learning_rate=0.1)
