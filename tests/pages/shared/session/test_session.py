"""What one visitor has open: the address, Back and Forward, other pages, and what is typed."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from classifier.experiment.experiment import Experiment
from pages.shared.address import writing
from pages.shared.address.writing import to_params
from pages.shared.draft.draft import write_draft
from pages.shared.session import address as addresses
from pages.shared.session import links, state
from tests.session import begin_session

TUTORIAL = Experiment.tutorial()
ROOT = "backprop_by_hand"


def page() -> None:
    """Be two pages: `page_name` says which. Only the first has the controls."""
    import streamlit as st

    from pages.frame import frame
    from pages.playground.controls import panel
    from pages.shared.address.parameters import SAMPLE, view
    from pages.shared.session import address, state

    state.kept("something", list)  # a page may keep something before it opens its address
    name = st.session_state.get("page_name", "one")
    with frame.page(name, (view(("loss.log",)), SAMPLE)):
        if name == "one":
            panel.experiment_panel()
        st.session_state["result"] = state.experiment()
        st.session_state["told"] = address.notices()


@pytest.fixture
def visit() -> AppTest:
    return AppTest.from_function(page, default_timeout=20)


def open_with(visit: AppTest, **params: str | list[str]) -> AppTest:
    """Open an address."""
    for key in list(visit.query_params):
        del visit.query_params[key]
    for key, value in params.items():
        visit.query_params[key] = value
    visit.run()
    assert not visit.exception, visit.exception
    return visit


def text_input(visit: AppTest, name: str) -> Any:  # noqa: ANN401 - Streamlit's own test element
    """Find the widget for a field of Experiment, however often it was mounted anew."""
    return next(element for element in visit.text_input if element.key.startswith(f"control_{name}_"))


def address(visit: AppTest) -> dict[str, Any]:
    """Give the query, single values as text."""
    return {key: value[0] if len(value) == 1 else value for key, value in _lists(visit).items()}


def _lists(visit: AppTest) -> dict[str, list[str]]:
    return {key: [value] if isinstance(value, str) else value for key, value in visit.query_params.items()}


def turn_to(visit: AppTest, name: str, **params: str) -> AppTest:
    """Go to a page; Streamlit empties the query, but for what a link brings."""
    visit.session_state["page_name"] = name
    return open_with(visit, **params)


@pytest.fixture
def back(monkeypatch: pytest.MonkeyPatch) -> Any:  # noqa: ANN401 - a function
    """Press Back or Forward, which brings a query that the browser had before."""

    def press(visit: AppTest, **params: str) -> AppTest:
        with monkeypatch.context() as patch:
            patch.setattr(addresses, "_is_history_navigation", lambda: True)
            return open_with(visit, **params)

    return press


def test_a_fresh_session_opens_its_address(visit: AppTest) -> None:
    open_with(visit, lr="0.5", seed="7", position="300")
    assert visit.session_state["result"] == TUTORIAL.replace(learning_rate=0.5, seed=7)
    assert visit.session_state[ROOT].position == 300
    assert address(visit) == {"lr": "0.5", "seed": "7", "position": "300"}
    assert text_input(visit, "seed").value == "7"


def test_a_broken_address_is_told_and_put_right(visit: AppTest) -> None:
    open_with(visit, lr="abc", seed="7", position="9999", colour="red")
    assert visit.session_state["result"] == TUTORIAL.replace(seed=7)
    assert len(visit.session_state["told"]) == 3
    assert address(visit) == {"seed": "7"}
    visit.run()
    assert len(visit.session_state["told"]) == 3
    text_input(visit, "seed").input("8").run()
    assert visit.session_state["told"] == ()


def test_a_position_alone_is_no_experiment_and_named_all_the_same(visit: AppTest) -> None:
    open_with(visit, position="nan")
    (notice,) = visit.session_state["told"]
    assert notice.startswith('"position" in the address is ignored')
    assert address(visit) == {}


def test_the_view_is_the_players_to_write_and_handed_on(visit: AppTest) -> None:
    open_with(visit)
    open_with(visit, view="loss.log", position="70")  # the player replaced it in the browser
    text_input(visit, "learning_rate").input("0.1").run()
    assert address(visit) == {"lr": "0.1", "view": "loss.log"}
    open_with(visit, lr="0.1")
    assert address(visit) == {"lr": "0.1"}
    open_with(visit, lr="0.1", view="nothing")
    assert address(visit) == {"lr": "0.1"}


def test_parameters_of_the_page_are_its_own(visit: AppTest) -> None:
    open_with(visit, sample="3")
    assert visit.session_state["told"] == ()


def test_a_change_is_written_with_the_position(visit: AppTest) -> None:
    open_with(visit, position="300")
    text_input(visit, "learning_rate").input("0.1").run()
    assert address(visit) == {"lr": "0.1", "position": "300"}
    assert visit.session_state[ROOT].position == 300


def test_the_position_is_kept_within_the_epochs(visit: AppTest) -> None:
    open_with(visit, position="300")
    text_input(visit, "epochs").input("100").run()
    assert visit.session_state[ROOT].position == 100


def test_an_old_query_under_way_takes_nothing_back(visit: AppTest) -> None:
    """A rerun that started before the browser heard of the new address carries the old one."""
    open_with(visit, lr="0.5")
    text_input(visit, "learning_rate").input("0.1").run()
    open_with(visit, lr="0.5")
    assert visit.session_state["result"].learning_rate == 0.1
    assert address(visit) == {"lr": "0.1"}


def test_a_stage_that_writes_its_position_changes_nothing(visit: AppTest) -> None:
    open_with(visit, lr="0.5")
    open_with(visit, lr="0.5", position="70")
    assert address(visit) == {"lr": "0.5", "position": "70"}
    assert visit.session_state["result"].learning_rate == 0.5


def test_back_and_forward_open_what_the_address_says(visit: AppTest, back: Any) -> None:  # noqa: ANN401
    open_with(visit)
    text_input(visit, "learning_rate").input("0.1").run()
    back(visit)
    assert visit.session_state["result"] == TUTORIAL
    assert text_input(visit, "learning_rate").value == "0.01"
    back(visit, lr="0.1", position="5")
    assert visit.session_state["result"].learning_rate == 0.1
    assert visit.session_state[ROOT].position == 5


def test_another_page_keeps_the_experiment_and_what_is_typed(visit: AppTest) -> None:
    open_with(visit, lr="0.5", position="300")
    text_input(visit, "epochs").input("many").run()
    turn_to(visit, "two")
    assert visit.session_state["result"].learning_rate == 0.5
    assert address(visit) == {"lr": "0.5", "position": "300"}
    turn_to(visit, "one")
    assert text_input(visit, "epochs").value == "many"
    assert visit.session_state["result"].learning_rate == 0.5
    assert address(visit) == {"lr": "0.5", "position": "300"}


def test_back_to_the_empty_entry_of_a_page_keeps_the_experiment(visit: AppTest, back: Any) -> None:  # noqa: ANN401
    open_with(visit, lr="0.5")
    turn_to(visit, "two")
    back(visit)
    assert visit.session_state["result"].learning_rate == 0.5
    assert address(visit) == {"lr": "0.5"}


def test_a_link_to_another_page_brings_its_experiment(visit: AppTest) -> None:
    open_with(visit, lr="0.5")
    turn_to(visit, "two", seed="7", position="10")
    assert visit.session_state["result"] == TUTORIAL.replace(seed=7)
    assert visit.session_state[ROOT].position == 10


def test_a_link_within_a_page_brings_its_experiment(visit: AppTest) -> None:
    open_with(visit, lr="0.5")
    open_with(visit, seed="9")
    assert visit.session_state["result"] == TUTORIAL.replace(seed=9)


def test_an_address_of_the_same_experiment_leaves_what_is_being_typed(visit: AppTest) -> None:
    open_with(visit, lr="0.5", seed="42")
    text_input(visit, "epochs").input("many").run()
    sheet = visit.session_state[ROOT].sheet
    turn_to(visit, "two", lr="0.50", position="20")  # an address that this session has never had
    assert visit.session_state[ROOT].position == 20
    turn_to(visit, "one", lr="0.500")
    assert text_input(visit, "epochs").value == "many"
    assert visit.session_state[ROOT].sheet == sheet


def test_a_position_on_a_link_to_another_page_wins(visit: AppTest) -> None:
    open_with(visit, lr="0.5", position="300")
    turn_to(visit, "two", lr="0.5", position="20")
    assert visit.session_state[ROOT].position == 20


def test_who_presents_goes_on_on_other_pages_until_an_address_ends_it(visit: AppTest) -> None:
    open_with(visit, present="1", lr="0.1")
    assert visit.session_state[ROOT].presenting
    visit.session_state["page_name"] = "two"
    open_with(visit)
    assert address(visit) == {"lr": "0.1", "present": "1"}
    visit.session_state["page_name"] = "one"
    open_with(visit, lr="0.3")
    assert address(visit) == {"lr": "0.3", "present": "1"}
    open_with(visit, lr="0.2")
    assert not visit.session_state[ROOT].presenting
    assert address(visit) == {"lr": "0.2"}


def test_two_visitors_do_not_mix() -> None:
    first, second = (AppTest.from_function(page, default_timeout=20) for _ in range(2))
    open_with(first, seed="1")
    open_with(second, seed="2")
    first.run()
    assert first.session_state["result"].seed == 1
    assert second.session_state["result"].seed == 2


def test_a_table_too_large_for_an_address_is_left_out_and_told(visit: AppTest) -> None:
    rows = "_".join([" ".join(["0.123456789"] * 8)] * 700)
    open_with(visit, lr="0.5", inputs=rows, labels="_".join(["1"] * 700))
    assert visit.session_state["result"].samples == 700
    assert address(visit) == {"lr": "0.5"}
    assert "too large for an address" in visit.session_state["told"][0]


def test_back_and_forward_lead_to_what_an_address_had_no_room_for(
    visit: AppTest,
    back: Any,  # noqa: ANN401 - a function
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(links, "MAX_ADDRESS", 100)
    large = Experiment([[0.125] * 8] * 10, [[0]] * 10, epochs=300)
    visit.run()
    current = visit.session_state[ROOT]
    current.put(large, 5)
    current.pin = large
    visit.run()
    text_input(visit, "seed").input("7").run()
    assert address(visit) == {"epochs": "300", "seed": "7", "position": "5"}
    turn_to(visit, "two", **address(visit))
    for seed in (42, 7, 42):
        visit.session_state["page_name"] = "one"
        back(visit, epochs="300", position="9", **({"seed": "7"} if seed == 7 else {}))
        assert visit.session_state["result"] == large.replace(seed=seed)
        assert current.pin == large
        assert current.position == 9
    back(visit)
    assert visit.session_state["result"] == TUTORIAL
    assert current.pin is None
    # Of two that one address stands for it is the later one; a small one needs nothing beside its address.
    open_with(visit, inputs="1_2", labels="1_0", epochs="300")
    back(visit, epochs="300")
    assert visit.session_state["result"] == large
    current.put(TUTORIAL.replace(epochs=300), 0)
    current.pin = None
    visit.run()
    back(visit, inputs="1_2", labels="1_0", epochs="300")
    back(visit, epochs="300")
    assert visit.session_state["result"] == TUTORIAL.replace(epochs=300)


def test_initial_weights_of_a_table_too_large_leave_the_address_with_it(
    visit: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without their table they would be another network's."""
    monkeypatch.setattr(links, "MAX_ADDRESS", 20)
    open_with(
        visit,
        seed="7",
        inputs="1 2_3 4",
        labels="1_0",
        initial="1 2 3",
        scale="1 2_3 4",
        input_name=["a", "b"],
        label_name="c",
    )
    own = Experiment([[1, 2], [3, 4]], [[1], [0]], seed=7, initial=[[1, 2, 3]], scaling=[[1, 2], [3, 4]])
    own = own.replace(input_names=["a", "b"], label_names=["c"])
    assert visit.session_state["result"] == own
    assert address(visit) == {"seed": "7"}


def test_a_table_that_no_address_holds_is_not_written_to_be_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    begin_session(monkeypatch)
    large = Experiment([[0.125] * 64] * 1000, [[1] * 16] * 1000, seed=7)
    addresses.open_experiment(TUTORIAL)
    written = []
    monkeypatch.setattr(writing, "write_key", lambda key, _: written.append(key) or "7")
    assert links.to_experiment(large) is None
    assert written == []
    addresses.open_experiment(large)
    assert links.said(state.current()) == {"seed": "7"}
    assert written == ["seed"]


def test_a_moderate_table_stays_in_the_address(visit: AppTest) -> None:
    experiment = Experiment([[0.5, 2.0]] * 1000, [[1]] * 1000)
    params: Any = to_params(experiment)
    open_with(visit, **params)
    assert visit.session_state["result"] == experiment
    assert address(visit) == params


def test_positions_from_a_browser_are_brought_into_range(visit: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    begin_session(monkeypatch)
    for said, stands in ((5, 5), (-3, 0), (10**9, 2000), ("7", 2000), (None, 2000), (True, 2000), (1.5, 2000)):
        state.set_position(said)
        assert state.position() == stands
    opened = state.current().openings
    addresses.open_experiment(TUTORIAL.replace(epochs=10), 50)
    assert (state.position(), state.current().openings) == (10, opened + 1)


def test_streamlit_still_says_when_somebody_goes_back() -> None:
    """The name is not public; if it goes, Back stops working in silence."""
    from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext

    assert "is_history_navigation" in ScriptRunContext.__dataclass_fields__


def test_initial_weights_and_schedule_of_an_address_outlive_edits(visit: AppTest) -> None:
    initial = "1 2 3 4_1 2 3 4_1 2 3 4_1 2 3 4"
    open_with(visit, lr="0.02,0.1@500", initial=initial)
    text_input(visit, "epochs").input("700").run()
    text_input(visit, "learning_rate").input("0.03").run()
    expected = TUTORIAL.replace(learning_rate=0.03, epochs=700, schedule=((500, 0.1),), initial=[[1, 2, 3, 4]] * 4)
    assert visit.session_state["result"] == expected
    assert address(visit) == {"lr": "0.03,0.1@500", "epochs": "700", "initial": initial}


def test_opening_another_experiment_resets_initial_weights_and_schedule(visit: AppTest) -> None:
    open_with(visit, lr="0.02,0.1@500", initial="1 2 3 4_1 2 3 4_1 2 3 4_1 2 3 4")
    visit.button(key="control_reset").click().run()
    assert visit.session_state["result"] == TUTORIAL
    text_input(visit, "seed").input("7").run()
    assert visit.session_state["result"] == TUTORIAL.replace(seed=7)


def changing_page() -> None:
    """Have a button for each change that comes from no field."""
    import streamlit as st

    from pages.frame import frame
    from pages.playground.controls import panel
    from pages.shared.session import controls

    with frame.page("one"):
        st.button("on", on_click=controls.set_rate_from, args=(300, 0.5))
        st.button("all", on_click=controls.set_rate_from, args=(0, 0.25))
        st.session_state["result"] = panel.experiment_panel()


def test_a_change_from_here_on_goes_into_the_experiment() -> None:
    visit = AppTest.from_function(changing_page, default_timeout=20).run()

    def press(label: str) -> Experiment:
        next(button for button in visit.button if button.label == label).click().run()
        assert not visit.exception, visit.exception
        found = visit.session_state["result"]
        assert isinstance(found, Experiment)
        return found

    assert press("on") == TUTORIAL.replace(schedule=((300, 0.5),))
    assert press("all") == TUTORIAL.replace(learning_rate=0.25)
    assert text_input(visit, "learning_rate").value == "0.25"


def test_a_pinned_table_too_large_for_the_address_is_said_and_kept(visit: AppTest) -> None:
    visit.run()
    large = Experiment([[0.125] * 8] * 1000, [[0]] * 1000)
    visit.session_state[ROOT].pin = large
    visit.run()
    assert "pin" not in visit.query_params
    assert any("pinned run is too large" in notice for notice in visit.session_state["told"])
    assert visit.session_state[ROOT].pin == large


def test_an_example_is_in_the_address_by_its_name_and_nothing_is_missing(visit: AppTest) -> None:
    open_with(visit, example="iris", lr="0.5")
    assert visit.session_state["told"] == ()
    assert address(visit) == {"example": "iris", "lr": "0.5"}


def test_what_the_browser_holds_is_read_again_after_a_run_that_was_cut_short(monkeypatch: pytest.MonkeyPatch) -> None:
    restored = state.State(TUTORIAL, write_draft(TUTORIAL))
    restored.put(TUTORIAL, 0)
    monkeypatch.setattr(addresses, "current", lambda: restored)
    monkeypatch.setattr(addresses, "_browser", dict)
    for held in ({}, {"control_seed_1": "42"}, {"control_seed_1": "123"}):  # each message before its run had drawn all
        monkeypatch.setattr(addresses, "held", lambda held=held: held)
        addresses.open_page("playground")
        assert restored.held == held
    restored.begins, restored.held = False, {}  # as `write` leaves it: from now on Streamlit has everything
    addresses.open_page("playground")
    assert restored.held == {}
