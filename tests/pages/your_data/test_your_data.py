"""The page through Streamlit's own test runner: a text in, an experiment out."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from classifier import Experiment
from pages.shared.session import links
from pages.your_data.pasted_text import MAX_MB
from tests.callbacks import Browser

ROOT = Path(__file__).parents[3]
TUTORIAL = Experiment.tutorial()
IRIS = "long;wide;species\n5,1;3,5;setosa\n7;3,2;versicolor\n6,3;3,3;virginica\n4,9;3;setosa"


@pytest.fixture
def page() -> AppTest:
    app = AppTest.from_file(str(ROOT / "pages" / "router.py"), default_timeout=30)
    return app.switch_page("your_data/your_data.py").run()


def paste(page: AppTest, text: str) -> AppTest:
    page.text_area[0].input(text).run()
    assert not page.exception, page.exception
    return page


def said(page: AppTest) -> str:
    return " ".join(element.value.replace("\\", "") for element in (*page.markdown, *page.caption, *page.warning))


def class_data(page: AppTest) -> str:
    """Give what the class is told, as JSON."""
    components = [each.proto for each in page.get("bidi_component")]
    return next(str(proto.json) for proto in components if proto.component_name == "corner")


def widget(kind: Any, name: str) -> Any:  # noqa: ANN401 - Streamlit's own test elements
    return next(element for element in kind if element.key and f"data_{name}_" in element.key)


def open_it(page: AppTest) -> Experiment:
    next(button for button in page.button if button.label == "Open in the playground").click().run()
    assert not page.exception, page.exception
    experiment = page.session_state["backprop_by_hand"].experiment
    assert isinstance(experiment, Experiment)
    return experiment


def test_nothing_is_read_before_anything_came(page: AppTest) -> None:
    assert not page.exception
    assert "Nothing is read yet." in said(page)
    assert '"unseen": ""' in class_data(page)
    assert not page.multiselect


def press(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception, page.exception
    return page


def test_a_table_to_try_is_read_and_what_would_help_it_is_a_button(page: AppTest) -> None:
    press(page, "Two moons")
    assert "Two moons: 40 rows, 3 columns" in said(page).replace("*", "")
    press(page, "With 4 hidden units")
    assert "A hidden layer of 4 units comes with them." in said(page)
    press(press(page, "Without it"), "With 4 hidden units")
    press(page, "Three wines")
    assert "A hidden layer" not in said(page)
    press(press(page, "Mix the rows"), "Standardise the inputs")
    assert widget(page.checkbox, "standardised").value
    experiment = open_it(page)
    assert (experiment.hidden, len(experiment.scaling or ()), experiment.samples) == ((), 4, 60)
    assert len({experiment.labels[i] for i in range(10)}) == 3


def test_what_was_read_is_not_read_anew_by_the_button_that_was_pressed_to_leave_the_field(page: AppTest) -> None:
    paste(page, IRIS)
    assert '"unseen": "Your students do not see' in class_data(page)
    keys = {button.key for button in page.button}
    widget(page.checkbox, "header").uncheck().run()
    later = {button.key for button in page.button}
    assert keys != later
    next(button for button in page.button if button.label == "Read the text").click().run()
    assert {button.key for button in page.button} == later  # a press that was under way still counts
    assert not widget(page.checkbox, "header").value


def test_an_emptied_box_says_nothing_of_a_text_that_could_not_be_read_and_keeps_what_was_read(page: AppTest) -> None:
    paste(page, "1;2\n1;2;3")
    assert "cannot be read" in said(page)
    paste(page, "")
    assert "Nothing is read yet." in said(page)
    assert "Line 2" not in said(page)
    paste(page, IRIS)
    paste(page, "")
    assert "4 rows" in said(page)


def test_a_pasted_table_is_described_and_becomes_the_experiment(page: AppTest) -> None:
    paste(page, IRIS)
    text = said(page)
    assert "4 rows, 3 columns; semicolon between the columns, decimal comma." in text
    assert "4 samples, 2 inputs, 3 outputs" in text
    assert 'order of first appearance: "setosa", "versicolor", "virginica"' in text
    assert widget(page.multiselect, "inputs").value == ["long", "wide"]
    assert page.table[0].value.shape == (3, 3)
    experiment = open_it(page)
    assert experiment.inputs == ((5.1, 3.5), (7, 3.2), (6.3, 3.3), (4.9, 3))
    assert experiment.label_names == ("setosa", "versicolor", "virginica")
    assert experiment.replace(inputs=TUTORIAL.inputs, labels=TUTORIAL.labels, input_names=None, label_names=None) == (
        TUTORIAL
    )


def test_columns_chosen_in_any_order_stay_in_their_box(page: AppTest) -> None:
    paste(page, IRIS)
    box = widget(page.multiselect, "inputs")
    box.set_value(["wide", "long"]).run()
    assert widget(page.multiselect, "inputs").key == box.key
    assert widget(page.multiselect, "inputs").value == ["wide", "long"]
    assert open_it(page).input_names == ("long", "wide")


def test_a_yes_or_no_is_one_output_until_two_are_asked_for(page: AppTest) -> None:
    paste(page, "height;fits\n1,72;no\n1,81;yes\n1,9;no")
    assert "3 samples, 1 input, 1 output" in said(page)
    assert '"fits": one output, 1 for "yes" and 0 for "no".' in said(page)
    widget(page.checkbox, "both").check().run()
    assert "3 samples, 1 input, 2 outputs" in said(page)
    widget(page.checkbox, "both").uncheck().run()
    experiment = open_it(page)
    assert (experiment.label_names, experiment.labels) == (("fits",), ((0,), (1,), (0,)))
    assert not [
        box for box in paste(page.switch_page("your_data/your_data.py").run(), IRIS).checkbox if "Two" in box.label
    ]


def test_rows_beyond_the_limit_are_left_out_and_said_to_be(page: AppTest) -> None:
    paste(page, "a;b\n" + "1;0\n2;1\n" * 600)
    assert "the first 1000 of 1200 rows, 2 columns" in said(page)
    assert "Line 1002 begins row 1001. It and all behind it are left out, 200 rows" in said(page)
    assert open_it(page).samples == 1000


def test_forged_columns_are_left_out(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser(monkeypatch, st, "multiselect")
    paste(page, IRIS)
    key = widget(page.multiselect, "inputs").key
    browser.says(page, key, "on_change", ["wide", "abc", ["long"], True, "wide"])
    assert page.session_state["backprop_by_hand"].kept["your_data"].inputs == ["wide"]
    assert widget(page.multiselect, "inputs").value == ["wide"]


def test_columns_standardisation_and_reading_are_the_visitors_choice(page: AppTest) -> None:
    paste(page, IRIS)
    widget(page.multiselect, "inputs").set_value(["wide"]).run()
    widget(page.checkbox, "standardised").check().run()
    experiment = open_it(page)
    assert (experiment.input_names, len(experiment.scaling or ())) == (("wide",), 1)
    page.switch_page("your_data/your_data.py").run()
    assert widget(page.multiselect, "inputs").value == ["wide"]  # kept while the page was left
    assert page.text_area[0].value == IRIS
    widget(page.checkbox, "header").uncheck().run()
    assert "5 rows" in said(page)
    widget(page.selectbox, "separator").set_value(",").run()
    assert "cannot be read" in said(page)
    widget(page.selectbox, "separator").set_value("").run()
    assert "semicolon between the columns" in said(page)


def test_a_mistake_is_named_and_nothing_can_be_opened_until_it_is_mended(page: AppTest) -> None:
    paste(page, IRIS.replace("6,3", "6,3 cm"))
    assert 'Line 4, "long": "6,3 cm" is not a number.' in said(page)
    assert "Open in the playground" not in [button.label for button in page.button]
    assert page.text_area[0].value == IRIS.replace("6,3", "6,3 cm")
    paste(page, IRIS + "\n1")
    assert "The pasted text cannot be read." in said(page).replace("*", "")
    assert "Line 6 has 1 column, line 1 has 3." in said(page)
    assert open_it(paste(page, IRIS)).samples == 4


def test_too_many_classes_are_named_as_the_cause(page: AppTest) -> None:
    paste(page, "a,cls\n" + "\n".join(f"{row},c{row % 20}" for row in range(40)))
    assert '"cls" has 20 different classes. There may be at most 16.' in said(page)
    assert "No column is chosen" not in said(page)


def test_what_does_not_fit_the_new_samples_is_said_in_the_playground(page: AppTest) -> None:
    page.query_params["initial"] = "1 2 3 4_1 2 3 4_1 2 3 4_1 2 3 4"
    page.query_params["lr"] = "0.5"
    page.run()
    page.session_state["backprop_by_hand"].tutorial_pages.clear()
    experiment = open_it(paste(page, IRIS))
    assert (experiment.initial, experiment.learning_rate) == (None, 0.5)
    assert any("3 inputs and 4 outputs and are gone" in note for note in page.session_state["backprop_by_hand"].notices)


def test_a_table_too_large_for_an_address_arrives_all_the_same(page: AppTest) -> None:
    rows = "\n".join(f"{i / 7:.9f};" * 9 + "1" for i in range(1000))
    names = ";".join(f"c{i}" for i in range(9))
    experiment = open_it(paste(page, f"{names};y\n{rows}"))
    assert (experiment.samples, experiment.in_features) == (1000, 9)
    page.switch_page("playground/playground.py").run()
    assert page.session_state["backprop_by_hand"].experiment == experiment


def test_the_uploader_takes_no_more_than_the_reader_does(page: AppTest) -> None:
    (uploader,) = (found for found in page.get("file_uploader") if found.label == "A CSV file")
    assert uploader.proto.max_upload_size_mb == MAX_MB


def test_eight_megabytes_are_refused_soon_and_not_kept(page: AppTest) -> None:
    page.text_area[0].input("1;2\n" * 2_000_000)
    start = time.monotonic()
    page.run()
    assert time.monotonic() - start < 5  # the test itself needs most of this time to send the text
    assert "This text has 8000000 characters." in said(page)
    assert page.text_area[0].value == ""


def test_what_a_stranger_wrote_is_never_markdown(page: AppTest) -> None:
    paste(page, "[a](http://e.com);<b>b</b>;:smile:\n1;2;$x$\n3;4;**y**")
    shown = [element.value for element in (*page.markdown, *page.caption)] + [str(page.table[0].value.to_dict())]
    assert "\\[a\\]\\(" in shown[-1].replace("\\\\", "\\")
    assert not any("[a](" in text or ":smile:" in text or " **y**" in text for text in shown)


def test_a_table_that_no_address_holds_is_opened_in_the_playground(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The address there is a new one that names no samples: if it were opened, they would be the tutorial's."""
    monkeypatch.setattr(links, "MAX_ADDRESS", 20)
    page.query_params["initial"] = "1 2 3 4_1 2 3 4_1 2 3 4_1 2 3 4"
    page.query_params["lr"] = "0.5"
    page.run()
    opened = open_it(paste(page, IRIS))
    assert page.session_state["backprop_by_hand"].page == "playground"
    assert page.query_params["lr"] in ("0.5", ["0.5"])
    assert not page.query_params.keys() & {"inputs", "initial"}
    assert (opened.samples, opened.label_names) == (4, ("setosa", "versicolor", "virginica"))
