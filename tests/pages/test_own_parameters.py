"""Every page opens its address alike, and reads back what it writes."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from classifier import Experiment
from pages.hosting.missing import FIRST_PAGE, PAGES
from tests.opening import opened as visit
from tests.page_data import player_data

TUTORIAL = Experiment.tutorial()
OWN = {
    "playground": "chart=landscape&across=1-1&up=2-b&view=loss.log",
    "compare": "vary=seed&values=1,2&reach=0.5&view=loss.linear",
    "your_data": "",
    "step_by_step": "sample=2&phase=3&predict=1&cell=2-b&all=1",
    "practise": "level=3&seed=7&sheet=2&key=1",
    "gradient_check": "sample=2&break=flip_sign&eps=1e-2",
    "where_formulas_break": "sample=2&precision=float64&label=0&z=16.5&rate=0.25",
    "mathematics": "sample=2&bce_yhat=0.31&bce_y=0.5&sigmoid_z=-3&linear_move=1.5&chain_move=-0.25&outer_move=0.01"
    "&collapse_z=0&collapse_y=1&mean_z=0.1&mean_y=0.05&outer_row=4&outer_column=3&mean_entries=20"
    "&down_entry=2&down_move=0.5&vanish_z=1&vanish_layers=2",
    "source_code": "sample=2&show=Sigmoid.backward&docstring=1",
    "teach": "lesson=2",
}
"""An address of each page in which each of its own parameters says something."""
OWN = {name: "&".join(filter(None, (query, "class=VD5O22V3&present=1"))) for name, query in OWN.items()}  # every page's


def again(page: AppTest, query: str) -> AppTest:
    """Run the page with a query, as a browser sends it."""
    for key in list(page.query_params):
        del page.query_params[key]
    for key, values in parse_qs(query).items():
        page.query_params[key] = values
    page.run()
    assert not page.exception, page.exception
    return page


def said(page: AppTest) -> str:
    """Give what a page says about its address, in its own warnings or in its player's notes."""
    notes = [
        note
        for element in page.get("bidi_component")
        if element.proto.component_name == "stage"
        for note in player_data(element.proto.bytes).get("notes", [])
    ]
    return "\n".join([*(warning.value.replace("\\", "") for warning in page.warning), *notes])


def test_every_page_is_here() -> None:
    assert PAGES | {FIRST_PAGE} == set(OWN)


@pytest.mark.parametrize("name", OWN)
def test_what_is_not_understood_is_named_on_every_page(name: str) -> None:
    """A position alone is no experiment, and on some pages something is kept before the address is opened."""
    page = visit(name, "position=nan")
    assert '"position" in the address is ignored: "nan" is not a whole number' in said(page)
    assert not page.query_params


@pytest.mark.parametrize("name", OWN)
def test_an_address_is_written_as_it_was_read(name: str) -> None:
    page = visit(name, f"lr=0.02&{OWN[name]}")
    assert said(page).count("ignored") == 0
    assert {key: [values] if isinstance(values, str) else values for key, values in page.query_params.items()} == (
        parse_qs(f"lr=0.02&{OWN[name]}")
    )


@pytest.mark.parametrize("name", OWN)
def test_an_old_query_with_a_pages_own_parameter_takes_no_edit_back(name: str) -> None:
    """What a page writes and does not read would look like the address of another experiment: the tutorial's."""
    page = visit(name, "")
    page.session_state["backprop_by_hand"].put(TUTORIAL.replace(learning_rate=0.5), 0)
    page.run()
    for key, (value, *_) in parse_qs(OWN[name]).items():
        again(page, f"{key}={value}")
        assert page.session_state["backprop_by_hand"].experiment.learning_rate == 0.5, key
        assert page.query_params["lr"] in ("0.5", ["0.5"])


@pytest.mark.parametrize("name", ["step_by_step", "source_code", "compare"])
def test_a_link_to_another_page_is_understood_there(name: str) -> None:
    page = visit(name, f"{OWN[name]}&lr=0.02&position=7")
    links = {(link.proto.page, link.proto.query_string) for link in page.get("page_link")}
    assert links
    for path, query in sorted(links):
        target = visit(path or "playground", query)
        assert "ignored" not in said(target)
        assert set(parse_qs(query)) <= set(target.query_params)
