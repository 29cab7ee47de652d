"""A page's own parameters: read by whitelist, kept, written as they are read, and none that is not declared."""

from __future__ import annotations

from typing import Any

import pytest

from classifier import Experiment
from pages.shared.address.parameters import Own, PageParameter, between, count, one_of, view
from pages.shared.text.typed_numbers import format_number

TUTORIAL = Experiment.tutorial()
COLOUR = one_of("colour", ("red", "blue"), "red")
POWER = one_of("power", range(-3, 0), -1, lambda power: f"1e{power}")
PLACE = count("place", lambda own: own.experiment.samples, "the samples of this experiment")
DTYPE = one_of("dtype_shown", ("float32", "float64"), lambda own: own.experiment.dtype)
REACH = PageParameter[float | None]("reach", None, lambda text, _: between(text, 0, 5), format_number)
LIMITED = PageParameter("limited", 1, lambda text, own: int(between(text, 0, own[PLACE])))
VIEW = view(("loss.log",))
ALL = (COLOUR, POWER, PLACE, DTYPE, REACH, LIMITED, VIEW)


@pytest.fixture
def own() -> Own:
    return Own(ALL, TUTORIAL)


def test_the_defaults_hold_at_first_and_are_left_out(own: Own) -> None:
    assert [own[parameter] for parameter in ALL] == ["red", -1, 1, "float32", None, 1, ""]
    assert own.written() == dict.fromkeys(own.keys)
    assert not any(map(own.is_news, ALL))


@pytest.mark.parametrize(
    ("parameter", "text", "value"),
    [
        (COLOUR, "blue", "blue"),
        (POWER, "1e-3", -3),
        (PLACE, "5", 5),
        (DTYPE, "float64", "float64"),
        (REACH, "0.25", 0.25),
        (REACH, "0", 0.0),
        (REACH, "5", 5.0),
        (VIEW, "loss.log", "loss.log"),
    ],
)
def test_what_is_read_is_kept_and_written(own: Own, parameter: PageParameter[Any], text: str, value: object) -> None:
    assert own.read({parameter.key: [text]}, own.keys) == []
    assert own[parameter] == value
    assert own.written() == {**dict.fromkeys(own.keys), parameter.key: text}


@pytest.mark.parametrize(
    ("key", "values", "words"),
    [
        ("colour", ["green"], '"green" is not one of red, blue.'),
        ("colour", [""], '"" is not one of red, blue.'),
        ("colour", ["red", "blue"], "it stands there 2 times."),
        ("power", ["-3"], '"-3" is not one of 1e-3, 1e-2, 1e-1.'),
        ("place", ["0"], '"0" is not between 1 and 5, the samples of this experiment.'),
        ("place", ["nan"], '"nan" is not a whole number.'),
        ("reach", ["6"], '"6" is not between 0 and 5.'),
        ("reach", ["nan"], "not a number"),
    ],
)
def test_what_is_not_understood_is_the_default_and_named(own: Own, key: str, values: list[str], words: str) -> None:
    own.read({"colour": ["blue"], "power": ["1e-3"], "place": ["3"], "reach": ["1"]}, own.keys)
    (notice,) = own.read({key: values}, [key])
    assert notice.startswith(f'"{key}" in the address is ignored: ')
    assert words in notice
    assert own.written()[key] is None
    assert sum(value is not None for value in own.written().values()) == 3


def test_only_news_is_taken_and_what_an_address_lacks_is_the_default(own: Own) -> None:
    own.read({"colour": ["blue"], "place": ["3"]}, own.keys)
    own.read({"colour": ["red"], "place": ["4"]}, ["place"])
    assert (own[COLOUR], own[PLACE]) == ("blue", 4)
    assert (own.is_news(COLOUR), own.is_news(PLACE)) == (False, True)
    own.read({}, ["colour"])
    assert (own[COLOUR], own[PLACE]) == ("red", 4)


def test_one_parameter_may_depend_on_those_before_it(own: Own) -> None:
    assert own.read({"limited": ["4"], "place": ["5"]}, own.keys) == []
    assert own[LIMITED] == 4
    assert len(own.read({"limited": ["4"], "place": ["3"]}, own.keys)) == 1


def test_a_default_may_depend_on_the_experiment(own: Own) -> None:
    own.experiment = TUTORIAL.replace(dtype="float64")
    assert own.written()["dtype_shown"] == "float32"
    own.read({}, own.keys)
    assert (own[DTYPE], own.written()["dtype_shown"]) == ("float64", None)


def test_what_is_not_declared_cannot_be_set_and_is_never_written(own: Own) -> None:
    stranger = one_of("stranger", ("a", "b"), "a")
    with pytest.raises(KeyError, match="stranger"):
        own[stranger] = "b"
    with pytest.raises(KeyError, match="stranger"):
        own.choose(stranger, "b")
    own.read({"stranger": ["b"]}, ["stranger"])
    assert "stranger" not in own.written()
    with pytest.raises(KeyError):
        own[stranger]


@pytest.mark.parametrize("said", [None, True, -(2**63), "abc", b"red", 1.5, ["red"], {}, "\ud800"])
def test_what_a_browser_forges_changes_nothing(own: Own, said: object) -> None:
    own[REACH] = 2.0
    before = own.written()
    for parameter in (COLOUR, POWER, PLACE, DTYPE, VIEW):
        own.choose(parameter, said)
    assert own.written() == before
    own.choose(REACH, [said])
    own.choose(REACH, 10**400)
    assert own[REACH] == 2.0
    own.choose(COLOUR, "blue")
    assert own[COLOUR] == "blue"


def test_the_players_own_are_named(own: Own) -> None:
    assert own.players == Own((view(("loss.log",)),), TUTORIAL).players == ("view",)
    assert Own((COLOUR,), TUTORIAL).players == ()
