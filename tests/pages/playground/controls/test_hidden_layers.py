"""The hidden layers' controls through Streamlit's own test runner: presses in, Experiment out."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.playground.controls.test_panel import page, result, said, widget


def press(panel: AppTest, name: str) -> AppTest:
    button = next(button for button in panel.button if button.label == name)
    assert not button.disabled
    return button.click().run()


def test_layers_and_units_come_and_go_by_presses_and_stand_in_the_address() -> None:
    panel = AppTest.from_function(page, default_timeout=20).run()
    assert result(panel).hidden == ()
    for name, hidden in (
        ("Add a hidden layer", (4,)),
        ("Remove a unit from h", (3,)),
        ("Add a hidden layer", (3, 3)),
        ("Add a unit to h¹", (4, 3)),
    ):
        assert result(press(panel, name)).hidden == hidden
    assert "h²: 3" in said(panel)
    widget(panel.selectbox, "activation").select("tanh").run()
    assert dict(panel.query_params) == {"hidden": "4_3", "activation": "tanh"}
    press(press(panel, "Remove the last hidden layer"), "Remove the last hidden layer")
    assert result(panel).hidden == ()


@pytest.mark.parametrize(
    ("hidden", "off"), [("8_1_8", {"Add a hidden layer", "Remove a unit from h²"}), ("none", set())]
)
def test_what_the_limits_forbid_cannot_be_pressed(hidden: str, off: set[str]) -> None:
    panel = AppTest.from_function(page, default_timeout=20)
    panel.query_params["hidden"] = hidden
    panel.run()
    full = {"Add a unit to h¹", "Add a unit to h³"} if off else {"Remove the last hidden layer"}
    disabled = {button.label for button in panel.button if button.disabled and "hidden" in str(button.key)}
    assert disabled == {*off, *full}


def test_initial_weights_are_typed_layer_by_layer() -> None:
    panel = AppTest.from_function(page, default_timeout=20)
    panel.query_params["hidden"] = "2"
    panel.run()
    widget(panel.radio, "start").set_value("typed").run()
    box = widget(panel.text_area, "initial")
    assert [len(matrix.split("\n")) for matrix in box.value.split("\n\n")] == [2, 4]
    box.set_value("1 2 3 0\n4 5 6 0\n\n1 2 0\n3 4 0\n5 6 0\n7 8 0.5").run()
    initial = result(panel).initial
    assert initial == (((1, 2, 3, 0), (4, 5, 6, 0)), ((1, 2, 0), (3, 4, 0), (5, 6, 0), (7, 8, 0.5)))
    widget(panel.text_area, "initial").set_value("1 2 3 0\n4 5 6 0\n\n1 2 0\n3 4 0\n5 6 0").run()
    assert "There are 5 rows; 6 units need one each." in said(panel)
