"""The page as a whole, without a browser: controls in, the player's payload out."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from plotly.basedatatypes import BaseFigure, BasePlotlyType
from streamlit.testing.v1 import AppTest

from classifier import Experiment, Run
from pages.playground import frames
from pages.playground.charts import charts
from pages.playground.chosen_chart import builder, choice
from pages.shared.address.writing import named_experiments
from pages.shared.examples import EXAMPLES
from pages.shared.run import player, runs
from tests.callbacks import Browser
from tests.opening import checked, opened
from tests.page_data import decoded, player_of

TUTORIAL = Experiment.tutorial()
LESSON = [EXAMPLES["tutorial"].answer, EXAMPLES["tutorial"].question]


@pytest.fixture
def page() -> AppTest:
    return opened()


def array(data: dict[str, Any], name: str) -> np.ndarray:
    return decoded(data["frames"][name])


def labelled(widgets: Any, label: str) -> Any:  # noqa: ANN401 - AppTest's own types
    """Find a widget as a visitor does: by its label."""
    (found,) = [widget for widget in widgets if widget.label == label]
    return found


def trained(experiment: Experiment) -> Run:
    run = runs.shared_run(experiment)
    run.advance()
    return run


def test_a_default_run_is_one_message_of_the_cores_numbers() -> None:
    expected = trained(TUTORIAL).history
    data = player_of(opened())
    assert (data["start"], data["total"], data["end"]) == (0, 2000, 2000)
    np.testing.assert_array_equal(array(data, "weights_1"), expected.parameters[0])
    np.testing.assert_array_equal(array(data, "yhat"), expected.yhat)
    np.testing.assert_allclose(array(data, "running_loss")[1:], expected.running_loss[1:], rtol=1e-7)
    # With the component's code, what a visitor's first run weighs.
    assert sum(len(coded["bdata"]) for coded in data["frames"].values()) < 760_000


@pytest.mark.parametrize(
    ("label", "text", "change"),
    [
        ("Exact learning rate", "0,5", {"learning_rate": 0.5}),
        ("Exact learning rate", "1/4", {"learning_rate": 0.25}),
        ("Epochs", "150", {"epochs": 150}),
        ("Seed", "7", {"seed": 7}),
    ],
)
def test_a_change_gives_its_run_at_once(page: AppTest, label: str, text: str, change: dict[str, Any]) -> None:
    trained(TUTORIAL.replace(**change))
    labelled(page.text_input, label).set_value(text).run()
    data = player_of(page)
    assert data["run"].startswith(runs.identity(TUTORIAL.replace(**change)))
    assert data["total"] == change.get("epochs", 2000)


def test_route_and_precision_are_part_of_the_run(page: AppTest) -> None:
    labelled(page.radio, "Route").set_value("chain").run()
    labelled(page.radio, "Precision").set_value("float64").run()
    data = player_of(page)
    assert data["run"].startswith(runs.identity(TUTORIAL.replace(route="chain", dtype="float64")))
    assert data["frames"]["weights_1"]["dtype"] == "f8"


def test_the_next_chunk_is_what_the_browser_asks_for() -> None:
    experiment = TUTORIAL.replace(epochs=30_000)
    page = opened(epochs="30000")
    first = player_of(page)
    assert first["start"] == 0
    have = first["frames"]["weights_1"]["shape"][0]
    assert 1 <= have < len(runs.shared_run(experiment).positions)
    assert first["end"] is None
    page.session_state["stage"] = {"view": {"run": first["run"], "have": have, "question": 9, "position": 5}}
    page.run()
    second = player_of(page)
    assert second["start"] == have
    assert second["positions"] is None
    history = trained(experiment).history
    got = array(second, "weights_1")[:, :, :3]
    np.testing.assert_array_equal(got, history.parameters[0][..., :-1][have : have + len(got)])


def test_a_rest_of_the_player_costs_no_frames(page: AppTest) -> None:
    first = player_of(page)
    view = {"run": first["run"], "have": 2001, "question": 0, "position": 318}
    page.session_state["stage"] = {"view": view}
    page.run()
    data = player_of(page)
    assert data["frames"] == {}
    assert data["figures"] is None


def test_what_the_player_said_of_the_experiment_before_moves_nothing(page: AppTest) -> None:
    said = {"run": player_of(page)["run"], "have": 2001, "question": 0, "jump": player_of(page)["jump"]}
    page.session_state["stage"] = {"view": {**said, "position": 318}}
    page.run()
    before = page.session_state["backprop_by_hand"].position
    page.session_state["stage"] = {"view": {**said, "position": 77, "jump": said["jump"] - 1}}
    page.run()
    assert page.session_state["backprop_by_hand"].position == before


def test_an_open_question_is_answered_once_and_nothing_is_sent_twice(page: AppTest) -> None:
    run = player_of(page)["run"]
    # Something else on the page changes, for example a field turns bad: the run is the one the browser has.
    labelled(page.text_input, "Seed").set_value("x").run()
    assert player_of(page)["frames"] == {}
    # A player that was mounted anew has nothing, and says so.
    page.session_state["stage"] = {"view": {"run": "", "have": 0, "question": 4, "position": 0}}
    page.run()
    assert player_of(page)["run"] == run
    assert player_of(page)["frames"]["weights_1"]["shape"][0] == 2001
    assert player_of(page)["answer"] == 4
    page.run()
    assert player_of(page)["frames"] == {}


def test_reset_leads_back_from_anywhere(page: AppTest) -> None:
    labelled(page.text_input, "Exact learning rate").set_value("10").run()
    labelled(page.radio, "Route").set_value("chain").run()
    assert any("Diverging at epoch" in note for note in player_of(page)["notes"])
    jump = player_of(page)["jump"]
    labelled(page.button, "Reset to the tutorial").click().run()
    data = player_of(page)
    assert data["run"].startswith(runs.identity(TUTORIAL))
    assert data["jump"] != jump
    assert (data["position"], data["notes"]) == (0, LESSON)
    assert labelled(page.text_input, "Exact learning rate").value == "0.01"


def test_rows_beyond_the_window_are_a_page_away(monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser(monkeypatch, player, "stage")
    inputs, labels = ("_".join(str(row % most) for row in range(23)) for most in (23, 2))
    page = opened(inputs=inputs, labels=labels, epochs="20")
    first = player_of(page)
    assert first["frames"]["yhat"]["shape"][1:] == [frames.WINDOW, 1]
    for nonsense in ("x", "-1", "9" * 5000, "23"):
        assert (
            player_of(browser.says(page, "stage", "on_pressed", pressed(page, "rows", nonsense)))["run"] == first["run"]
        )
    browser.says(page, "stage", "on_pressed", pressed(page, "rows", "20"))
    last = player_of(page)
    assert last["run"] != first["run"]
    assert last["frames"]["yhat"]["shape"][1:] == [3, 1]
    assert page.query_params["rows"] in ("21", ["21"])
    # A link names any of them.
    page.query_params["rows"] = "13"
    page = opened(**{key: page.query_params[key] for key in ("inputs", "labels", "epochs", "rows")})
    assert player_of(page)["figures"]["predictions"]["layout"]["meta"]["rows"]["first"] == 10
    assert page.query_params["rows"] in ("11", ["11"])
    page = opened(rows="6")
    assert any(
        '"6" is not between 1 and 5, the samples of this experiment' in note for note in player_of(page)["notes"]
    )
    assert "rows" not in page.query_params


def test_a_broken_address_is_named_beside_the_charts() -> None:
    page = opened(lr="fast")
    assert any('"lr"' in note and "fast" in note for note in player_of(page)["notes"])


def test_the_tutorials_published_loss_is_met_on_the_screen(page: AppTest) -> None:
    (caption,) = [caption.value for caption in page.caption if "Tutorial’s last loss" in caption.value]
    computed = float(trained(TUTORIAL).history.running_loss[-1])
    assert caption.startswith("Tutorial’s last loss 0.2137417010962963, met here to 4")
    assert caption.endswith(f"{computed:.10f}")


def test_the_published_loss_is_the_tutorials_alone() -> None:
    page = opened(lr="1")
    assert not [caption for caption in page.caption if "Tutorial’s last loss" in caption.value]


def test_an_example_is_opened_whole_with_its_lesson(page: AppTest) -> None:
    choice = labelled(page.selectbox, "Example")
    assert choice.value == "tutorial"
    choice.set_value("xor").run()
    data = player_of(page)
    assert data["run"].startswith(runs.identity(named_experiments()["xor"]))
    # The answer at the end, and until then the question.
    assert list(zip(data["notes"], data["times"], strict=True)) == [
        (EXAMPLES["xor"].answer, [1000, None]),
        (EXAMPLES["xor"].question, [0, 999]),
    ]
    assert labelled(page.text_input, "Epochs").value == "1000"
    # After an edit the experiment is the visitor's own, and the example's text is gone.
    labelled(page.text_input, "Epochs").set_value("999").run()
    for _ in range(2):  # drawn twice: without a default, Streamlit would show a button to clear the box
        chosen = labelled(page.selectbox, "Example")
        assert (chosen.value, chosen.options[0], chosen.proto.HasField("default")) == ("", "Your own experiment", True)
        page.run()
    assert EXAMPLES["xor"].question not in " ".join(player_of(page)["notes"])
    labelled(page.selectbox, "Example").set_value("tutorial").run()
    assert player_of(page)["run"].startswith(runs.identity(TUTORIAL))
    assert player_of(page)["notes"] == LESSON


def test_the_examples_have_a_label_and_stand_in_groups(page: AppTest) -> None:
    choice = labelled(page.selectbox, "Example")
    assert choice.proto.label_visibility.value == 0  # it is seen
    titles = choice.options
    assert titles[0] == EXAMPLES["tutorial"].title
    groups = [title.partition(": ")[0] for title in titles]
    assert set(titles) == {example.title for example in EXAMPLES.values()}
    assert all(": " in title for title in titles)
    assert len(list(itertools.groupby(groups))) == len(set(groups)) == 9


def test_every_example_plays() -> None:
    page = opened()
    for name in [*EXAMPLES][::-1]:
        checked(labelled(page.selectbox, "Example").set_value(name).run())
        assert len(player_of(page)["frames"]["weights_1"]["shape"]) == 3, name
        assert labelled(page.selectbox, "Example").value == name


def loss_traces(page: AppTest) -> list[dict[str, Any]]:
    return player_of(page)["figures"]["loss"]["data"]


def test_a_pinned_run_of_the_address_stays_behind_the_loss_of_every_edit() -> None:
    page = opened(pin="lr=0.1&epochs=50")
    assert player_of(page)["actions"] == ["Unpin", "Pin this run", "Open this step"]
    expected = trained(TUTORIAL.replace(learning_rate=0.1, epochs=50)).history
    labelled(page.text_input, "Seed").set_value("7").run()
    labelled(page.button, "Reset to the tutorial").click().run()
    pinned, *_ = loss_traces(page)
    assert len(loss_traces(page)) == 4
    np.testing.assert_array_equal(decoded(pinned["x"]), expected.position[1:])
    np.testing.assert_array_equal(decoded(pinned["y"]), expected.running_loss[1:])
    assert "pinned: lr 0.1, 50 epochs" in pinned["hovertemplate"]
    assert page.query_params["pin"] in ("lr=0.1&epochs=50", ["lr=0.1&epochs=50"])


def test_both_axes_have_room_for_the_pinned_run() -> None:
    page = opened(lr="0", pin="lr=10")
    layout = player_of(page)["figures"]["loss"]["layout"]
    losses = trained(TUTORIAL.replace(learning_rate=10)).history.running_loss[1:]
    views = layout["meta"]["views"]
    assert layout["yaxis"]["range"][1] == views["linear"]["yaxis.range"][1] > losses.max()
    low, high = views["log"]["yaxis.range"]
    assert 10**low <= losses[losses > 0].min() * 1e15
    assert 10**high > losses.max()


def test_what_is_pinned_already_can_only_be_unpinned() -> None:
    page = opened(pin="tutorial")
    assert player_of(page)["actions"] == ["Unpin", "Open this step"]
    assert "pinned: this run" in loss_traces(page)[0]["hovertemplate"]


def test_a_long_pinned_run_is_shown_as_far_as_it_is_trained_and_then_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(pin="epochs=100000")
    pinned = runs.shared_run(TUTORIAL.replace(epochs=100_000))
    before = pinned.position
    assert 0 < before < 100_000
    assert ", up to epoch " in loss_traces(page)[0]["hovertemplate"]
    monkeypatch.setattr(player, "TRAIN_S", 0.5)  # to the next recorded epoch, however slow the machine
    page.run()
    assert pinned.position > before
    assert len(loss_traces(page)) == 4


def test_a_bad_pin_is_ignored_and_named() -> None:
    page = opened(pin="lr=1000")
    assert any('"pin" in the address is ignored: its "lr"' in note for note in player_of(page)["notes"])
    assert len(loss_traces(page)) == 3
    assert "pin" not in page.query_params


def chosen_settings(page: AppTest) -> dict[str, Any]:
    """Give what is chosen about the picture, by the label of its box."""
    metas = [figure["layout"].get("meta", {}) for figure in player_of(page)["figures"].values()]
    return {box["label"]: box["chosen"] for meta in metas for box in meta.get("settings", ())}


def test_a_picture_and_its_settings_come_when_they_are_asked_for(page: AppTest) -> None:
    assert chosen_settings(page) == {}
    assert "layer_gradients" in player_of(page)["figures"]
    page = opened(chart="decision", output="2", across="3", up="1", others="4")
    assert chosen_settings(page) == {"Output": "2", "Across": "3", "Up": "1", "Others": "4"}
    data = player_of(page)
    boxes = {box["name"]: box["options"] for box in data["figures"]["decision"]["layout"]["meta"]["settings"]}
    assert boxes["output"] == [[str(n), f"ŷ y{'₁₂₃₄'[n - 1]}"] for n in range(1, 5)]
    assert boxes["across"] == [["1", "→ x₁"], ["2", "→ x₂"], ["3", "→ x₃"]]
    assert boxes["up"][0] == ["1", "↑ x₁"]
    assert boxes["others"][:2] == [["mean", "others: mean"], ["1", "others: sample 1"]]
    assert not page.selectbox[1:]  # these boxes belong to the chart, and none of them is in the panel
    assert list(data["figures"])[:6] == ["network", "predictions", "loss", "weights", "gradients", "decision"]
    assert data["figures"]["decision"]["layout"]["meta"]["choice"]["chosen"] == "decision"
    assert data["run"].startswith(runs.identity(TUTORIAL))
    assert array(data, "plane_logits").shape[1:] == (2, 2)
    assert data["notes"] == LESSON


def test_a_setting_is_played_and_written_to_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser(monkeypatch, player, "stage")
    page = opened(chart="decision", position="318")
    before = player_of(page)["run"]
    browser.says(page, "stage", "on_pressed", pressed(page, "choice", "up=1"))
    # What lay across lies upward now, and the other way round.
    assert chosen_settings(page) == {"Output": "1", "Across": "2", "Up": "1", "Others": "mean"}
    assert player_of(page)["run"] != before
    said = {key: value if isinstance(value, str) else value[0] for key, value in page.query_params.items()}
    assert said.items() >= {"chart": "decision", "across": "2", "up": "1"}.items()
    for chosen, label, value in (
        ("output=4", "Output", "4"),
        ("others=5", "Others", "5"),
        ("others=mean", "Others", "mean"),
    ):
        browser.says(page, "stage", "on_pressed", pressed(page, "choice", chosen))
        assert chosen_settings(page)[label] == value
    browser.says(page, "stage", "on_pressed", pressed(page, "choice", "landscape"))
    browser.says(page, "stage", "on_pressed", pressed(page, "choice", "up=2-b"))
    assert chosen_settings(page) == {"Across": "1-1", "Up": "2-b"}
    assert "the path is a projection" in player_of(page)["notes"][-1]


def test_a_picture_outlives_pages_and_edits() -> None:
    page = opened(chart="landscape", across="4-3", up="1-b")
    assert chosen_settings(page)["Across"] == "4-3"
    page.switch_page("step_by_step/step_by_step.py").run()
    page.switch_page("playground/playground.py").run()
    # The browser has the figure; AppTest gets it no second time.
    kept = page.session_state["backprop_by_hand"].kept["chosen_chart"]
    assert kept.settings(TUTORIAL) == choice.Landscape(choice.Entry(3, 2), choice.Entry(0, None))
    labelled(page.selectbox, "Example").set_value("xor").run()
    # XOR has no fourth output and no third input; its bias is still one.
    assert chosen_settings(page) == {"Across": "1-1", "Up": "1-b"}
    assert not any("ignored" in note for note in player_of(page)["notes"])
    labelled(page.selectbox, "Example").set_value("tutorial").run()
    assert chosen_settings(page) == {"Across": "4-3", "Up": "1-b"}


def test_a_hostile_picture_is_named_and_ignored() -> None:
    page = opened(chart="decision", across="<b>9</b>", others="mean", view="nothing")
    notes = " ".join(player_of(page)["notes"])
    assert '"across" in the address is ignored' in notes
    assert "<b>9</b>" in notes
    assert chosen_settings(page)["Across"] == "1"


def test_the_landscape_of_a_run_that_is_still_to_be_predicted_has_no_end() -> None:
    trained(TUTORIAL)
    figure = player_of(opened(chart="landscape", unseen="1"))["figures"]["landscape"]
    assert "press Show" in figure["layout"]["annotations"][0]["text"]
    assert not any(trace["visible"] for trace in figure["data"])


def test_the_landscape_of_a_run_that_is_not_trained_yet_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(player, "TRAIN_S", 0)
    experiment = TUTORIAL.replace(epochs=5_000, seed=5)
    page = opened(chart="landscape", epochs="5000", seed="5")
    data = player_of(page)
    assert data["end"] is None
    assert "press To end" in data["figures"]["landscape"]["layout"]["annotations"][0]["text"]
    trained(experiment)
    page.session_state["stage"] = {"view": {"run": data["run"], "have": 1, "question": 9, "position": 5}}
    page.run()
    contours = player_of(page)["figures"]["landscape"]["data"][0]
    assert contours["type"] == "contour"
    assert "z" in contours


@pytest.mark.parametrize("chart", choice.CHARTS)
@pytest.mark.parametrize(
    "said", ["across=1-3", "across=3", "across=9", "up=2-9", "output=5", "others=6", "others=", "kept=1", "=", "across"]
)
def test_what_a_chart_does_not_offer_is_no_choice(chart: str, said: str) -> None:
    """A box may report after its chart or its column is gone, and a forged message may hold anything."""
    chosen = choice.Choice(chart)
    if (chart, said) in (("landscape", "across=1-3"), ("decision", "across=3")):  # only one chart offers it
        builder.choose(chosen, said, TUTORIAL)
        assert chosen.settings(TUTORIAL) != choice.Choice(chart).settings(TUTORIAL)
        return
    builder.choose(chosen, said, TUTORIAL)
    assert chosen == choice.Choice(chart)


NUMBERS = itertools.count(1)  # of what was pressed


def said_by(page: AppTest, **said: Any) -> dict[str, Any]:  # noqa: ANN401 - what a browser may say
    """Return what the player of a page says: where it stands, and what was pressed or chosen."""
    data = player_of(page)
    return {"view": {"run": data["run"], "have": 2001, "question": 0, "position": 0, "jump": data["jump"]}} | said


def pressed(page: AppTest, kind: str, value: object) -> dict[str, Any]:
    """Return what the player of a page says when something is pressed."""
    return said_by(page, pressed=[[next(NUMBERS), kind, value]])


def test_the_player_moves_the_position_unless_it_speaks_of_the_experiment_before(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = Browser(monkeypatch, player, "stage")
    page.run()
    said = said_by(page)
    browser.says(page, "stage", "on_view", {"view": {**said["view"], "position": 318}})
    assert player_of(page)["position"] == 318
    for jump in (said["view"]["jump"] - 1, said["view"]["jump"] + 1):
        browser.says(page, "stage", "on_view", {"view": {**said["view"], "position": 77, "jump": jump}})
        assert player_of(page)["position"] == 318


def test_a_press_pins_and_unpins_the_run(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser(monkeypatch, player, "stage")
    page.run()
    assert player_of(page)["actions"] == ["Pin this run", "Open this step"]
    browser.says(page, "stage", "on_pressed", pressed(page, "action", "Pin this run"))
    assert page.query_params["pin"] == "tutorial"
    for unknown in ("Pin", "", 7, None):
        browser.says(page, "stage", "on_pressed", pressed(page, "action", unknown))
        assert player_of(page)["actions"] == ["Unpin", "Open this step"]
    browser.says(page, "stage", "on_pressed", unpinned := pressed(page, "action", "Unpin"))
    assert "pin" not in page.query_params
    assert player_of(page)["pressed"] == unpinned["pressed"][-1][0]
    # The browser repeats a press until it learns that Python has it. Python must carry it out once.
    again = pressed(page, "action", "Pin this run")
    browser.says(page, "stage", "on_pressed", again)
    browser.says(page, "stage", "on_pressed", {**again, "pressed": unpinned["pressed"] + again["pressed"]})
    assert page.query_params["pin"] == "tutorial"
    both = pressed(page, "action", "Unpin")["pressed"] + pressed(page, "choice", "decision")["pressed"]
    browser.says(page, "stage", "on_pressed", said_by(page, pressed=both))
    assert page.query_params["chart"] == "decision"
    assert "pin" not in page.query_params


def test_a_parameter_that_stands_twice_in_the_address_is_named_and_ignored() -> None:
    page = opened(view=["loss.log", "loss.log"])
    assert any('"view" in the address is ignored' in note for note in player_of(page)["notes"])
    page = opened(view="loss.log")
    assert player_of(page)["notes"] == LESSON


def test_figures_are_drawn_without_plotlys_objects(monkeypatch: pytest.MonkeyPatch) -> None:
    """They took 16 ms of each rerun, half of what joining cost."""

    def made(*_: object, **__: object) -> None:
        raise AssertionError("a figure of Plotly's is made")

    monkeypatch.setattr(BaseFigure, "__init__", made)
    monkeypatch.setattr(BasePlotlyType, "__init__", made)
    for asked in ({"pin": "seed=5"}, {"chart": "decision"}, {"chart": "landscape"}):
        assert len(player_of(opened(seed="77001", **asked))["figures"]) == len(charts.BUILDERS)
