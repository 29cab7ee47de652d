"""What no control of ours can say: a forged value is the default, without a word, wherever a page takes one in."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.runtime.uploaded_file_manager import DeletedFile
from streamlit.testing.v1 import AppTest

from classifier import Experiment
from pages.shared.draft.table import to_payload
from pages.shared.run import still
from pages.shared.share import share
from tests.callbacks import Browser

ROOT = Path(__file__).parents[2]
IRIS = "long;wide;species\n5,1;3,5;setosa\n7;3,2;versicolor\n6,3;3,3;virginica\n4,9;3;setosa"
WIDGETS = (
    *("selectbox", "segmented_control", "select_slider", "slider", "number_input", "multiselect", "checkbox", "toggle"),
    *("radio", "text_input", "text_area", "file_uploader"),
)
# A forged message may hold any of Streamlit's types for any widget.
FORGED: tuple[Any, ...] = (
    *("abc", "\N{RIGHT-TO-LEFT OVERRIDE}", "Entry", None, -(2**63), True, math.nan, math.inf, 1e300),
    *([], ["abc"], [0.5, -1.0], [[1]], {"a": 1}, b"x", DeletedFile("gone")),
)
PAGES = {
    "playground": "chart=decision&across=2&up=1",
    "playground ": "chart=landscape&across=1-1&up=2-b",
    "compare": "vary=seed&values=1,2&reach=0.5",
    "your_data": "",
    "step_by_step": "sample=2&phase=8",
    "gradient_check": "sample=2&break=flip_sign&eps=1e-2",
    "where_formulas_break": "precision=float64&label=0&z=16.5&rate=0.25",
    "mathematics": "sample=2",
    "source_code": "sample=2&show=Sigmoid.backward&docstring=1",
}


def visit(name: str, query: str = "") -> AppTest:
    page = AppTest.from_file(ROOT / "pages" / "router.py", default_timeout=60)
    page.switch_page(f"{name.strip()}/{name.strip()}.py")
    for pair in filter(None, query.split("&")):
        key, _, value = pair.partition("=")
        page.query_params[key] = value
    page.run()
    assert not page.exception
    return page


def forge(page: AppTest, key: str, value: str) -> None:
    """Run the page with what a browser says in the place of a choice; the test runner sends what is offered alone."""
    configure = st.set_page_config

    def said(**options: Any) -> None:  # noqa: ANN401 - Streamlit's own types
        st.session_state[key] = value
        configure(**options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(st, "set_page_config", said)
        page.run()


def experiment(page: AppTest) -> Experiment:
    found = page.session_state["backprop_by_hand"].experiment
    assert isinstance(found, Experiment)
    return found


@pytest.mark.parametrize("name", PAGES)
def test_a_forged_choice_changes_nothing(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    browsers = {widget: Browser(monkeypatch, st, widget) for widget in WIDGETS}
    page = visit(name, PAGES[name])
    if name == "your_data":
        page.text_area[0].input(IRIS).run()
    address, before = dict(page.query_params), experiment(page)
    drawn = [(widget, browser, key) for widget, browser in browsers.items() for key in browser.keys("on_change")]
    assert drawn
    for widget, browser, key in drawn:
        # A text field takes any text, which is judged later: here it gets only values of other types.
        is_text = widget in ("text_input", "text_area")
        browser.says(page, key, "on_change", *(value for value in FORGED if not (is_text and isinstance(value, str))))
        assert dict(page.query_params) == address, key
        assert experiment(page) == before, key


@pytest.mark.parametrize("field", ["route", "dtype", "start"])
def test_the_panel_survives_a_choice_that_it_does_not_offer(field: str) -> None:
    page = visit("playground", "lr=0.5&seed=7&route=chain&dtype=float64&initial=none")
    before = experiment(page)
    mounted = page.session_state["backprop_by_hand"].fields[field]
    forge(page, f"control_{field}_{mounted}", "abc")
    assert not page.exception
    assert experiment(page) == before
    # On a page that is left and opened again, each control shows what it held.
    page.switch_page("compare/compare.py").run()
    page.switch_page("playground/playground.py").run()
    assert not page.exception
    assert experiment(page) == before
    assert not [element.value for element in page.markdown if ":red" in element.value]


@pytest.mark.parametrize(
    "pressed",
    [None, "ab", {"x": 1}, [1], [None], [[0, "cell", "changes 0 0"]], [[1, "cell", 0]], [[2, "cell", "changes 0 x"]]],
)
def test_a_forged_press_in_a_chart_looks_at_nothing_else(pressed: object, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser(monkeypatch, still, "stage")
    page = visit("step_by_step", "phase=8&position=3")
    progress = page.session_state["backprop_by_hand"].kept["progress"]
    before = progress.cell, dict(page.query_params)
    for key in browser.keys("on_pressed"):
        browser.says(page, key, "on_pressed", {"pressed": pressed}, "abc")
    assert (progress.cell, dict(page.query_params)) == before


@pytest.mark.parametrize("sign", ["\ud800", "\N{RIGHT-TO-LEFT OVERRIDE}", "\N{ZERO WIDTH SPACE}", "\0"])
def test_a_heading_with_an_invisible_sign_is_refused_and_shown_without_it(sign: str) -> None:
    page = visit("playground", "initial=1 0 0_0 1 0&inputs=1 2_3 4&labels=1 0_0 1")
    state, before = page.session_state["backprop_by_hand"], experiment(page)
    (name, version), table = state.sheet, to_payload(state.draft.table)
    table["inputs"][0], table["rows"][0][0] = f"a{sign}b", "abc"
    page.session_state["samples"] = {"table": {**table, "name": name, "version": version + 1}}
    # The message about a bad matrix names the heading, too.
    page.session_state[f"control_initial_{state.fields['initial']}"] = "x 0 0\n0 1 0"
    for _ in range(2):
        page.run()
        assert not page.exception
        wrong = "".join(element.value for element in page.markdown if ":red" in element.value)
        assert "not printable" in wrong
        assert "a�b" in wrong
        assert sign not in wrong
        (wrong + "".join(page.query_params)).encode()
        for component in page.get("bidi_component"):
            (component.proto.json or component.proto.bytes.partition(b"\n")[0].decode()).encode()
    assert experiment(page) == before
    page.switch_page("compare/compare.py").run()
    page.switch_page("playground/playground.py").run()
    assert not page.exception


def test_the_position_of_a_forged_player_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    page = visit("playground", "position=5")
    for view in (
        "abc",
        [],
        {"position": True},
        {"position": -(2**63)},
        {"position": "9", "jump": math.nan},
        {"run": []},
    ):
        page.session_state["stage"] = {"view": view, "pressed": [7, [1, "action"]]}
        page.run()
        assert not page.exception
    assert page.session_state["backprop_by_hand"].position == 5


@pytest.mark.parametrize("version", [True, 1.5, "9", None, math.nan, [1]])
def test_a_table_of_a_forged_version_is_passed_over(version: object) -> None:
    page = visit("playground")
    state = page.session_state["backprop_by_hand"]
    table = to_payload(state.draft.table)
    table["rows"][0][0] = "77"
    page.session_state["samples"] = {"table": {**table, "name": state.sheet[0], "version": version}}
    page.run()
    assert not page.exception
    assert experiment(page) == Experiment.tutorial()


def test_a_file_that_the_server_lacks_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser(monkeypatch, st, "file_uploader")
    page = visit("your_data")
    page.session_state[share.KEY] = True
    page.run()
    keys = browser.keys("on_change")
    assert len(keys) == 2
    for key in keys:
        browser.says(page, key, "on_change", DeletedFile("gone"), [DeletedFile("gone")], "abc")
    assert any("Nothing is read yet." in element.value for element in page.markdown)
    assert not [element.value for element in page.markdown if ":red" in element.value]
