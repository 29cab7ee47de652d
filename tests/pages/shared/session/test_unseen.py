"""What is hidden until it is shown: by a link, and in a class by its teacher."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.draft.draft import with_rate_from, write_draft
from pages.shared.session.unseen import SHOW
from tests.page_data import player_of
from tests.pages.test_own_parameters import again, visit


def hides(page: AppTest) -> tuple[bool, bool, bool]:
    """Say whether a player draws no more than was played, answers no question, and offers to show it."""
    told = player_of(page)
    whole = any(binding["how"] == "all" for binding in told["bindings"])
    assert ("range" in told["figures"]["loss"]["layout"]["yaxis"]) == whole, (
        "a range of the whole run tells where it ends"
    )
    return not whole, all(first == 0 for first, _ in told["times"]), SHOW in told["actions"]


@pytest.mark.parametrize(("name", "what"), [("playground", "example=xor&position=1000"), ("compare", "vary=seed")])
def test_a_player_shows_no_more_than_was_played(name: str, what: str) -> None:
    page = visit(name, f"{what}&unseen=1")
    assert hides(page) == (True, True, True)
    assert len(page.table) == 0
    assert page.query_params["unseen"] == "1"
    page.session_state["backprop_by_hand"].unseen = False  # as the button does
    page.run()
    assert hides(page) == (False, name == "compare", False)
    assert len(page.table) == (name == "compare")
    assert "unseen" not in page.query_params


@pytest.mark.parametrize(
    ("name", "query", "hidden"),
    [
        ("gradient_check", "break=forget_bias", lambda page: not page.success and not page.error),
        ("where_formulas_break", "z=-50", lambda page: len(page.markdown) == 1),
        ("mathematics", "vanish_layers=4", lambda page: "Slope by" not in str([text.value for text in page.markdown])),
        (
            "step_by_step",
            "sample=1&phase=8",
            lambda page: not any("Click a row" in each.value for each in page.caption),
        ),
    ],
)
def test_what_a_page_finds_waits_for_one_button(name: str, query: str, hidden: object) -> None:
    assert callable(hidden)
    page = visit(name, f"{query}&unseen=1")
    assert hidden(page)
    (button,) = [each for each in page.button if each.label == SHOW]
    button.click().run()
    assert not page.exception
    assert not hidden(page)
    assert "unseen" not in page.query_params
    assert not [each for each in page.button if each.label == SHOW]


def test_who_goes_on_to_another_page_is_no_longer_asked() -> None:
    page = visit("compare", "unseen=1")
    again(page.switch_page("gradient_check/gradient_check.py"), "")
    assert not [each for each in page.button if each.label == SHOW]


def test_in_a_class_each_page_and_each_experiment_is_hidden_anew() -> None:
    page = visit("gradient_check", "")
    state = page.session_state["backprop_by_hand"]
    asked = lambda: len([each for each in page.run().button if each.label == SHOW])  # noqa: E731
    assert asked() == 0
    state.teaches = True
    assert asked() == 1
    state.seen = (state.experiment, "gradient_check")
    assert asked() == 0
    state.put(state.experiment.replace(seed=7), 0)
    assert asked() == 1
    state.seen = (state.experiment, "gradient_check")
    page.switch_page("where_formulas_break/where_formulas_break.py")
    assert asked() == 1


def test_in_a_class_an_edit_does_not_show_what_it_comes_to() -> None:
    """Beside an open question everybody would read it. A name, more epochs, a later rate change nothing up to there."""
    page = visit("playground", "position=300")
    state, before = page.session_state["backprop_by_hand"], player_of(page)["jump"]

    def after(label: str, text: str) -> tuple[int, int]:
        (field,) = [each for each in page.text_input if each.label == label]
        field.input(text).run()
        assert not page.exception
        return player_of(page)["position"], player_of(page)["jump"] - before

    assert after("Exact learning rate", "0.3") == (300, 0)
    state.teaches = True
    assert after("Epochs", "1500") == (300, 0)
    state.draft = with_rate_from(state.draft, state.experiment, 300, 0.5)
    page.run()
    assert state.experiment.schedule == ((300, 0.5),)
    assert player_of(page)["position"] == 300
    state.draft = write_draft(state.experiment.replace(label_names=("a", "b", "c", "d")))
    page.run()
    assert (state.experiment.label_names[0], player_of(page)["position"]) == ("a", 300)
    assert after("Exact learning rate", "0.1") == (0, 1)
    assert after("Exact learning rate", "0.2") == (0, 1)
