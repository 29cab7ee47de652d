"""The panel through Streamlit's own test runner: widgets in, Experiment out."""

import json
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from classifier import MAX_STEPS, Experiment, Run
from pages.playground.controls.rates import STOPS, nearest_stop
from pages.shared.address.writing import to_params
from pages.shared.draft.table import from_experiment, to_payload
from pages.shared.session import controls

TUTORIAL = Experiment.tutorial()


def page() -> None:
    """Draw the panel as a page does."""
    import streamlit as st

    from pages.frame import frame
    from pages.playground.controls import panel

    with frame.page("test"):
        st.session_state["result"] = panel.experiment_panel()


@pytest.fixture
def panel() -> AppTest:
    return AppTest.from_function(page, default_timeout=20).run()


def result(panel: AppTest) -> Experiment:
    """Give what the panel returned."""
    assert not panel.exception, panel.exception
    experiment = panel.session_state["result"]
    assert isinstance(experiment, Experiment)
    return experiment


def edit(panel: AppTest, change: Any) -> AppTest:  # noqa: ANN401 - a table's payload
    """Change the table as the browser does: a whole table, under its name, with the next version."""
    name, version = panel.session_state["backprop_by_hand"].sheet
    table: Any = to_payload(panel.session_state["backprop_by_hand"].draft.table)
    change(table)
    panel.session_state[controls.SHEET_KEY] = {"table": {**table, "name": name, "version": version + 1}}
    return panel.run()


def cell(row: int, column: int, text: str) -> Any:  # noqa: ANN401 - a function on payloads
    """Type a text into a cell."""

    def change(table: dict[str, Any]) -> None:
        table["rows"][row][column] = text

    return change


def widget(kind: Any, name: str) -> Any:  # noqa: ANN401 - Streamlit's own test elements
    """Find the widget for a field of Experiment, however often it was mounted anew."""
    return next(element for element in kind if element.key and element.key.startswith(f"control_{name}_"))


def field(panel: AppTest, name: str) -> Any:  # noqa: ANN401 - Streamlit's own test element
    return widget(panel.text_input, name)


def said(panel: AppTest) -> str:
    """Give all that the panel says, without the escapes."""
    return " ".join(element.value.replace("\\", "") for element in (*panel.markdown, *panel.caption))


def test_it_starts_with_the_tutorial(panel: AppTest) -> None:
    assert result(panel) == TUTORIAL
    assert dict(panel.query_params) == {}
    assert field(panel, "learning_rate").value == "0.01"
    assert panel.select_slider[0].value == 0.01


def test_a_cell_takes_effect_at_once(panel: AppTest) -> None:
    edit(panel, cell(2, 4, "0,5"))
    assert result(panel).labels[2][1] == 0.5
    edit(panel, cell(2, 4, "1/4"))
    assert result(panel).labels[2][1] == 0.25
    assert panel.query_params["labels"] == "1 0 0 0_1 0 0 0_1 0.25 0 0_0 0 0 0_0 0 0 0"


def problems(panel: AppTest) -> list[Any]:
    """Give what the table is told to mark and to say."""
    (proto,) = [element.proto for element in panel.get("bidi_component") if element.proto.component_name == "sheet"]
    return list(json.loads(proto.json)["problems"])


def test_the_table_is_told_what_is_wrong_in_it_and_nothing_else(panel: AppTest) -> None:
    assert problems(panel) == []
    edit(panel, cell(2, 4, "1.7"))
    edit(panel, cell(4, 2, ""))
    field(panel, "epochs").set_value("many").run()
    wrong = [[2, 4, "1.7 is not a label. Labels lie between 0 and 1."], [4, 2, "Is empty."]]
    assert problems(panel) == wrong

    def rename(table: dict[str, Any]) -> None:
        table["inputs"][1] = "x₁"

    edit(panel, rename)
    row, column, text = problems(panel)[0]
    assert (row, column) == (None, 1)
    assert "x₁" in text
    assert problems(panel)[1:] == wrong


def test_of_many_problems_the_first_are_sent_with_their_texts(panel: AppTest) -> None:
    def spoil(table: dict[str, Any]) -> None:
        table["rows"] = [["a", *row[1:]] for row in table["rows"] * 60]

    edit(panel, spoil)
    sent = problems(panel)
    assert [row for row, _, _ in sent] == list(range(300))
    assert [bool(text) for _, _, text in sent] == [True] * 200 + [False] * 100


@pytest.mark.parametrize(
    ("row", "column", "text", "words"),
    [
        (2, 4, "1.7", "Row 3, y₂: 1.7 is not a label. Labels lie between 0 and 1."),
        (0, 0, "abc", 'Row 1, x₁: "abc" is not a number.'),
        (4, 2, "", "Row 5, x₃ is empty."),
        (4, 2, "inf", 'Row 5, x₃: "inf" is not a number.'),
    ],
)
def test_a_bad_cell_is_named_and_the_last_good_experiment_stays(
    panel: AppTest, row: int, column: int, text: str, words: str
) -> None:
    edit(panel, cell(1, 0, "7"))
    good = result(panel)
    edit(panel, cell(row, column, text))
    assert result(panel) == good
    assert words in said(panel)
    assert "The charts show the last good values." in said(panel)
    assert panel.session_state["backprop_by_hand"].draft.table.rows[row][column] == text
    edit(panel, cell(row, column, "0.5"))
    assert result(panel) != good
    assert "last good" not in said(panel)


def test_many_bad_cells_are_counted(panel: AppTest) -> None:
    def spoil(table: dict[str, Any]) -> None:
        table["rows"] = [["a"] * 7] * 5

    edit(panel, spoil)
    assert "And 32 more." in said(panel)


def test_what_is_typed_is_never_markdown(panel: AppTest) -> None:
    edit(panel, cell(0, 0, "[x](http://e.com) :smile: $a$"))
    shown = " ".join(element.value for element in panel.markdown)
    assert "\\[x\\]\\(" in shown
    assert ":smile:" not in shown


def test_rows_and_columns(panel: AppTest) -> None:
    def grow(table: dict[str, Any]) -> None:
        table["inputs"].append("size")
        table["labels"].append("cat")
        table["rows"] = [[*row[:3], "2", *row[3:], "1"] for row in table["rows"]] + [["0"] * 9]

    edit(panel, grow)
    experiment = result(panel)
    assert (experiment.samples, experiment.in_features, experiment.out_features) == (6, 4, 5)
    assert experiment.input_names[3] == "size"
    assert experiment.inputs[0] == (1, 3, 5, 2)
    assert panel.query_params["label_name"][-1] == "cat"


def test_a_bad_name_keeps_the_last_good_experiment(panel: AppTest) -> None:
    def rename(table: dict[str, Any]) -> None:
        table["labels"][0] = "x₁"

    edit(panel, rename)
    assert result(panel) == TUTORIAL
    assert "both called x₁" in said(panel)


def test_a_table_of_another_time_is_passed_over(panel: AppTest) -> None:
    stale = {**to_payload(from_experiment(TUTORIAL)), "name": "another", "version": 9}
    stale["rows"] = [["9"] * 7]
    panel.session_state[controls.SHEET_KEY] = {"table": stale}
    assert result(panel.run()) == TUTORIAL


@pytest.mark.parametrize(
    "forged", [None, 5, "text", {}, {"rows": 1}, {"inputs": [], "labels": [], "rows": [[]]}, {"rows": [[{}]]}]
)
def test_forged_tables_break_nothing(panel: AppTest, forged: object) -> None:
    name, _ = panel.session_state["backprop_by_hand"].sheet
    payload = {**forged, "name": name, "version": 1} if isinstance(forged, dict) else forged
    panel.session_state[controls.SHEET_KEY] = {"table": payload}
    assert result(panel.run()) == TUTORIAL


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        *(("learning_rate", "0,5", 0.5), ("learning_rate", "1/3", 1 / 3), ("learning_rate", "0", 0.0)),
        *(("epochs", "500", 500), ("epochs", "2e3", 2000), ("epochs", "0", 0), ("seed", "7", 7)),
    ],
)
def test_a_field_takes_effect_and_keeps_its_text(panel: AppTest, name: str, text: str, value: float) -> None:
    field(panel, name).input(text).run()
    assert getattr(result(panel), name) == value
    assert field(panel, name).value == text


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("learning_rate", "fast", '"fast" is not a number.'),
        ("learning_rate", "101", "between 0 and 100"),
        ("learning_rate", "", "An empty text is not a number."),
        ("epochs", "1.5", 'Epochs: "1.5" is not a whole number.'),
        ("epochs", "1,000", "Write it with digits only."),
        ("epochs", "1000001", "1000000"),
        ("seed", "-1", "Seed: -1 is out of range."),
    ],
)
def test_a_bad_field_is_named_and_its_text_stays(panel: AppTest, name: str, text: str, words: str) -> None:
    edit(panel, cell(0, 0, "2"))
    good = result(panel)
    field(panel, name).input(text).run()
    assert result(panel) == good
    assert field(panel, name).value == text
    assert words in said(panel)


def test_too_many_steps_are_said_under_the_epochs(panel: AppTest) -> None:
    def grow(table: dict[str, Any]) -> None:
        table["rows"] *= 10

    edit(panel, grow)
    field(panel, "epochs").input("1e6").run()
    assert str(MAX_STEPS) in said(panel)
    assert result(panel).epochs == 2000


def test_the_slider_sets_the_field(panel: AppTest) -> None:
    panel.select_slider[0].set_value(0.1).run()
    assert result(panel).learning_rate == 0.1
    assert field(panel, "learning_rate").value == "0.1"


@pytest.mark.parametrize(("typed", "shown"), [("0", "0"), ("100", "100"), ("1/3", "0.3333"), ("0.05", "0.05")])
def test_the_slider_shows_the_number_of_the_field(panel: AppTest, typed: str, shown: str) -> None:
    field(panel, "learning_rate").input(typed).run()
    slider = panel.select_slider[0]
    assert slider.options[STOPS.index(slider.value)] == shown


def test_the_slider_follows_the_field_without_changing_it(panel: AppTest) -> None:
    for text, stop in (("0.0101", 0.01), ("7", 7.1), ("50", 10.0), ("0", 0.001), ("1/2", 0.5)):
        field(panel, "learning_rate").input(text).run()
        assert panel.select_slider[0].value == stop
        assert field(panel, "learning_rate").value == text
    for refused in ("abc", "1000000", "-1"):
        field(panel, "learning_rate").input(refused).run()
        slider = panel.select_slider[0]
        assert (slider.value, slider.options[STOPS.index(0.5)]) == (0.5, "0.5"), refused


def test_stops() -> None:
    assert (STOPS[0], STOPS[-1], len(STOPS)) == (0.001, 10.0, 81)
    assert {0.01, 0.1, 1.0, 0.5} <= set(STOPS)
    assert list(STOPS) == sorted(set(STOPS))
    assert all(nearest_stop(stop) == stop for stop in STOPS)


def test_new_seed_is_another_seed(panel: AppTest) -> None:
    seeds = [result(panel).seed]
    for _ in range(3):
        panel.button(key="control_new_seed").click().run()
        seeds.append(result(panel).seed)
    assert all(a != b for a, b in pairwise(seeds))


MATRIX = "1 0 0 0\n0 1 0 0\n0 0 1 0\n0 0 0 1"


def matrix(panel: AppTest) -> Any:  # noqa: ANN401 - Streamlit's own test element
    return widget(panel.text_area, "initial")


def test_initial_weights_by_choice(panel: AppTest) -> None:
    widget(panel.radio, "start").set_value("zeros").run()
    assert result(panel).initial == (((0,) * 4,) * 4,)
    assert field(panel, "seed").disabled
    assert panel.button(key="control_new_seed").disabled
    widget(panel.radio, "start").set_value("seed").run()
    assert result(panel) == TUTORIAL
    assert not field(panel, "seed").disabled


def test_a_matrix_begins_with_the_weights_shown_and_keeps_what_is_typed(panel: AppTest) -> None:
    widget(panel.radio, "start").set_value("typed").run()
    assert matrix(panel).value.splitlines()[0] == "0.497 -0.138 0.648 0.242"
    assert result(panel).initial[0][0] == (0.497, -0.138, 0.648, 0.242)  # type: ignore[index]
    matrix(panel).input(MATRIX).run()
    good = result(panel)
    assert good.initial == (tuple(tuple(float(i == j) for j in range(4)) for i in range(4)),)
    wrong = MATRIX.replace("0 0 1 0", "0 0 one")
    matrix(panel).input(wrong).run()
    assert result(panel) == good
    assert "Initial weights: Row 3 has 3 numbers; 3 inputs and the bias need one each." in said(panel)
    assert 'Initial weights: Row 3, x₃: "one" is not a number.' in said(panel)
    assert "The charts show the last good values." in said(panel)
    assert matrix(panel).value == wrong
    widget(panel.radio, "start").set_value("seed").run()
    assert result(panel) == TUTORIAL
    widget(panel.radio, "start").set_value("typed").run()
    assert matrix(panel).value == wrong
    matrix(panel).input(MATRIX.replace(" ", "\t")).run()
    assert result(panel) == good


def test_a_matrix_is_left_out_with_a_note_while_the_table_has_another_shape(panel: AppTest) -> None:
    def grow(table: dict[str, Any]) -> None:
        table["inputs"].append("n")
        table["rows"] = [[*row[:3], "2", *row[3:]] for row in table["rows"]]

    widget(panel.radio, "start").set_value("typed").run()
    matrix(panel).input(MATRIX).run()
    edit(panel, grow)
    assert result(panel).initial is None
    assert "The initial weights are for 3 inputs and 4 outputs and left out. Now the seed draws them." in said(panel)
    assert "Left out: the samples need 4 rows of 5 numbers." in said(panel)  # beside the matrix, too
    assert not field(panel, "seed").disabled
    assert matrix(panel).value == MATRIX
    matrix(panel).input(MATRIX.replace("\n", " 0\n") + " 0").run()
    assert result(panel).initial[0][0] == (1, 0, 0, 0, 0)  # type: ignore[index]
    assert "Left out" not in said(panel)


def test_a_bad_seed_can_be_mended_where_it_does_not_matter(panel: AppTest) -> None:
    field(panel, "seed").input("x").run()
    widget(panel.radio, "start").set_value("zeros").run()
    field(panel, "seed").input("8").run()
    assert (result(panel).seed, result(panel).initial) == (8, (((0,) * 4,) * 4,))


def from_here_on(panel: AppTest, rate: str) -> None:
    panel.text_input(key="control_rate_on").input(rate)
    next(button for button in panel.button if button.label == "Change").click().run()


def test_another_rate_from_here_on_leaves_the_run_up_to_here(panel: AppTest) -> None:
    panel.session_state["backprop_by_hand"].position = 300
    from_here_on(panel, "0,1")
    changed = result(panel)
    assert (changed.learning_rate, changed.schedule) == (0.01, ((300, 0.1),))
    assert panel.query_params["lr"] == "0.01,0.1@300"
    assert "Then 0.1 from position 300" in said(panel)
    runs = [Run(experiment) for experiment in (TUTORIAL, changed)]
    for run in runs:
        run.advance()
    before, after = (run.history for run in runs)
    for one, other in (
        (before.running_loss, after.running_loss),
        (before.parameters[0], after.parameters[0]),
        (before.gradients[0], after.gradients[0]),
        (before.yhat, after.yhat),
    ):
        np.testing.assert_array_equal(one[:301], other[:301])
    assert before.running_loss[301:].tolist() != after.running_loss[301:].tolist()
    # the first rate is another matter, and each change can be taken back
    panel.session_state["backprop_by_hand"].position = 500
    from_here_on(panel, "1")
    field(panel, "learning_rate").input("0.02").run()
    assert (result(panel).learning_rate, result(panel).schedule) == (0.02, ((300, 0.1), (500, 1)))
    panel.button(key="control_drop_300").click().run()
    assert result(panel).schedule == ((500, 1),)
    field(panel, "epochs").input("500").run()
    assert "The run ends at position 500; changes from there on have no effect." in said(panel)
    field(panel, "epochs").input("2000").run()
    assert "have no effect" not in said(panel)
    panel.button(key="control_drop_500").click().run()
    assert result(panel) == TUTORIAL.replace(learning_rate=0.02)


def test_changes_after_the_end_of_the_run_are_said_to_have_no_effect(panel: AppTest) -> None:
    panel.query_params["lr"] = "0.01,0.5@500,0.1@700"
    panel.run()
    assert "Then 0.5 from position 500, and 1 more change" in panel.caption.values
    for epochs, effect in (
        ("600", " (1 without effect, as this run ends at position 600)"),
        ("500", ": no effect, as this run ends at position 500"),
    ):
        field(panel, "epochs").input(epochs).run()
        assert f"Then 0.5 from position 500, and 1 more change{effect}" in panel.caption.values
    panel.button(key="control_drop_700").click().run()
    assert "Then 0.5 from position 500: no effect, as this run ends at position 500" in panel.caption.values


@pytest.mark.parametrize(
    ("rate", "words"),
    [
        ("fast", '"fast" is not a number.'),
        ("", "An empty text is not a number."),
        ("101", "101 is out of range. The learning rate lies between 0 and 100."),
        ("0.01", "At position 300 the rate is 0.01 already."),
    ],
)
def test_a_bad_rate_from_here_on_changes_nothing_and_says_so(panel: AppTest, rate: str, words: str) -> None:
    panel.session_state["backprop_by_hand"].position = 300
    from_here_on(panel, rate)
    assert result(panel) == TUTORIAL
    assert words in said(panel)
    assert f"Learning rate: {words}" not in said(panel), "it stands under its name"
    from_here_on(panel, "0.5")
    assert result(panel).schedule == ((300, 0.5),)
    assert words not in said(panel)


def test_one_change_too_many_is_named(panel: AppTest) -> None:
    full = TUTORIAL.replace(schedule=tuple((epoch, 0.1 * epoch) for epoch in range(1, 33)))
    for key, value in to_params(full).items():
        panel.query_params[key] = value
    panel.run()
    panel.session_state["backprop_by_hand"].position = 300
    from_here_on(panel, "0.5")
    assert result(panel) == full
    assert "There are 32 changes; one has to go first." in said(panel)
    assert "Then 0.1 from position 1, and 31 more changes" in said(panel)


def test_how_the_inputs_were_standardised_is_said_under_the_table(panel: AppTest) -> None:
    assert "scale" not in said(panel)
    panel.query_params["scale"] = "5.5 0.5_-2 1/3_0 1"
    panel.run()
    assert "x₁ = (value − 5.50000) / 0.500000" in said(panel)
    assert "x₂ = (value + 2.00000) / 0.333333" in said(panel)
    assert "x₃ = value, as it was typed" in said(panel)


def test_reset_leads_back_from_anywhere(panel: AppTest) -> None:
    edit(panel, cell(0, 0, "abc"))
    field(panel, "learning_rate").input("fast").run()
    field(panel, "epochs").input("7").run()
    widget(panel.radio, "route").set_value("chain").run()
    panel.button(key="control_reset").click().run()
    assert result(panel) == TUTORIAL
    assert field(panel, "learning_rate").value == "0.01"
    assert field(panel, "epochs").value == "2000"
    assert dict(panel.query_params) == {}
    edit(panel, cell(0, 0, "2"))
    assert result(panel).inputs[0][0] == 2


def test_every_control_has_a_name(panel: AppTest) -> None:
    for widget in (*panel.text_input, *panel.text_area, *panel.select_slider, *panel.radio, *panel.button):
        assert widget.label
