"""A choice fits every experiment, and an address is read as it was written or refused by name."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from classifier import MAX_INPUTS, MAX_OUTPUTS, Experiment, Parameter
from pages.playground.chosen_chart import builder, choice
from pages.playground.chosen_chart.choice import MEAN, ChartSettings, Choice, Decision, Entry, Landscape, Layers
from pages.shared.address.parameters import Own

TUTORIAL = Experiment.tutorial()


def sized(inputs: int, outputs: int, samples: int = 2) -> Experiment:
    return Experiment(np.zeros((samples, inputs)), np.zeros((samples, outputs)), epochs=1)


@pytest.mark.parametrize(("inputs", "outputs"), [(1, 1), (1, 3), (2, 1), (MAX_INPUTS, MAX_OUTPUTS)])
def test_whatever_was_chosen_is_fitted(inputs: int, outputs: int) -> None:
    experiment = sized(inputs, outputs)
    for across, up, output, others in itertools.product((0, 1, 63), (0, 1, 63), (0, 15), (MEAN, 0, 999)):
        fitted = Decision(output, across, up, others).fitted(experiment)
        assert max(fitted.across, fitted.up) < inputs
        assert fitted.output < outputs
        assert MEAN <= fitted.others < experiment.samples
        assert (fitted.across == fitted.up) == (inputs == 1)
        columns = [None if column == 63 else column for column in (across, up)]
        land = Landscape(*(Entry(output, column) for column in columns)).fitted(experiment)
        assert land.across != land.up
        assert {land.across, land.up} <= set(choice.parameters(experiment))


def test_what_fits_stays_as_it_was_chosen() -> None:
    for picture in (Decision(3, 2, 0, 4), Landscape(Entry(3, None), Entry(1, 2))):
        assert picture.fitted(TUTORIAL) == picture


def test_a_bias_stays_a_bias_when_inputs_come_and_go() -> None:
    chosen = Choice("landscape", landscape=Landscape(Entry(0, None), Entry(0, 0)))
    for inputs in (1, 3, 5):
        picture = chosen.settings(sized(inputs, 1))
        assert isinstance(picture, Landscape)
        assert picture.across.parameter(sized(inputs, 1)) == Parameter(0, inputs)


def test_what_was_chosen_comes_back_with_what_it_names() -> None:
    chosen = Choice("decision", Decision(output=3))
    assert chosen.settings(sized(2, 1)).output == 0
    assert chosen.settings(sized(2, 4)).output == 3


def test_an_axis_that_takes_the_others_input_changes_places_with_it() -> None:
    assert choice.with_axis(Decision(0, 0, 1), "up", 0) == Decision(0, 1, 0)
    assert choice.with_axis(Decision(0, 0, 1), "up", 2) == Decision(0, 0, 2)
    first, second = Entry(0, 0), Entry(1, None)
    assert choice.with_axis(Landscape(first, second), "across", second) == Landscape(second, first)


def written(picture: ChartSettings, experiment: Experiment) -> dict[str, list[str]]:
    own = Own(choice.OWN, experiment)
    choice.tell(own, picture)
    return {key: [value] for key, value in own.written().items() if value is not None}


def read(params: dict[str, list[str]], experiment: Experiment) -> tuple[Choice, list[str]]:
    own = Own(choice.OWN, experiment)
    notices = own.read(params, own.keys)
    return choice.from_address(own), notices


def test_with_one_input_nothing_is_said_of_the_upward_axis() -> None:
    one = sized(1, 2)
    said = written(Decision().fitted(one), one)
    assert said == {"chart": ["decision"]}
    assert read(said, one)[1] == []


@pytest.mark.parametrize(
    "chosen",
    [
        Choice(),
        Choice("decision"),
        Choice("decision", Decision(3, 2, 0, 4)),
        Choice("decision", Decision(0, 1, 0)),
        Choice("landscape", landscape=Landscape(Entry(3, 2), Entry(0, None))),
        Choice("landscape"),
    ],
)
def test_an_address_says_what_was_chosen(chosen: Choice) -> None:
    said = written(chosen.settings(TUTORIAL), TUTORIAL)
    assert bool(said) == (chosen.chart not in ("", "layers"))
    told, notices = read(said, TUTORIAL)
    assert notices == []
    assert told.settings(TUTORIAL) == chosen.settings(TUTORIAL)


@pytest.mark.parametrize(
    ("params", "named"),
    [
        ({"chart": ["<img src=x>"]}, ['"<img src=x>" is not one of layers, decision, landscape.']),
        ({"chart": ["decision", "landscape"]}, ["it stands there 2 times."]),
        ({"across": ["2"]}, ['the chart "layers" has no such setting.']),
        ({"quantity": ["W"]}, ["a network of one layer shows every quantity."]),
        ({"chart": ["landscape"], "others": ["1"]}, ['the chart "landscape" has no such setting.']),
        ({"chart": ["decision"], "output": ["5"]}, ['"5" is not between 1 and 4, the outputs of this experiment.']),
        ({"chart": ["decision"], "across": ["0"]}, ['"0" is not between 1 and 3, the inputs of this experiment.']),
        ({"chart": ["decision"], "across": ["2"], "up": ["2"]}, ['"2" lies along the other axis']),
        ({"chart": ["decision"], "up": ["1e99"]}, ["up"]),
        ({"chart": ["decision"], "others": ["6"]}, ['"6" is not between 1 and 5, the samples of this experiment.']),
        ({"chart": ["landscape"], "across": ["2"]}, ['"2" is not of the form "2-3"']),
        ({"chart": ["landscape"], "across": ["5-1"], "up": ["1-4"]}, ["outputs of this", "inputs of this"]),
        ({"chart": ["landscape"], "across": ["1-b"], "up": ["1-b"]}, ['"1-b" lies along the other axis']),
        ({"chart": ["landscape"], "up": ["-" * 9999]}, ["up"]),
    ],
)
def test_what_an_address_says_wrong_is_named_and_ignored(params: dict[str, list[str]], named: list[str]) -> None:
    told, notices = read(params, TUTORIAL)
    assert len(notices) == len(named)
    for notice, words in zip(notices, named, strict=True):
        assert words in notice
        assert "in the address is ignored" in notice
        assert len(notice) < 250
    picture = told.settings(TUTORIAL)
    assert picture.fitted(TUTORIAL) == picture


def test_the_quantity_of_the_layers_is_kept_in_the_address_and_for_networks_that_have_one() -> None:
    deep = TUTORIAL.replace(hidden=(3,))
    chosen = Choice("layers")
    builder.choose(chosen, "quantity=W", TUTORIAL)  # not offered
    assert chosen.settings(deep) == Layers("z")
    builder.choose(chosen, "quantity=b", deep)
    builder.choose(chosen, "quantity=W", deep)
    assert (chosen.settings(deep), chosen.settings(TUTORIAL)) == (Layers("W"), Layers("z"))
    said = written(chosen.settings(deep), deep)
    assert said == {"quantity": ["W"]}
    told, notices = read(said, deep)
    assert (told.settings(deep), notices) == (Layers("W"), [])
    (notice,) = read({"quantity": ["b"]}, deep)[1]
    assert '"b" is not one of z, W' in notice


def test_a_landscape_over_the_weights_of_any_layer_is_kept_in_the_address() -> None:
    deep = Experiment([[1, 0], [0, 1]], [[1], [0]], hidden=(3,), epochs=4)
    shown = Landscape(Entry(2, None, 0), Entry(0, 2, 1))
    assert shown.fitted(deep) == shown
    assert len(choice.parameters(deep)) == 3 * 3 + 4
    said = written(shown, deep)
    assert said == {"chart": ["landscape"], "across": ["3-b"], "up": ["2.1-3"]}
    again, notices = read(said, deep)
    assert (again.landscape, notices) == (shown, [])
    (notice,) = read(said | {"up": ["3.1-1"]}, deep)[1]
    assert "the layers of this experiment" in notice
