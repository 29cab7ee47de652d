"""Everybody's own run: the values that a teacher's browser names, and the core's numbers for them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from classifier import Run
from pages.frame import own_runs
from pages.frame.own_runs import MOST, OwnRuns
from pages.shared.address.writing import named_experiments

NAMED = named_experiments()


def asked(kind: str, address: str, values: list[Any]) -> OwnRuns:
    runs = OwnRuns()
    runs.ask(json.dumps({"kind": kind, "address": address, "values": values}))
    return runs


def results(runs: OwnRuns) -> dict[str, tuple[float | str, bool]]:
    while (told := runs.told()) is not None and told["waits"]:
        pass
    return runs.results


@pytest.mark.parametrize(
    ("kind", "example", "values", "changes"),
    [
        ("seed", "xor-two-units", ["1", "2"], [{"seed": 1}, {"seed": 2}]),
        ("lr", "tutorial", ["0.01", "0.3"], [{"learning_rate": 0.01}, {"learning_rate": 0.3}]),
        ("initial", "exercise", ["3"], [{"initial": None, "seed": 3}]),
    ],
)
def test_each_value_has_the_cores_last_loss(
    kind: str, example: str, values: list[str], changes: list[dict[str, Any]]
) -> None:
    found = results(asked(kind, f"example={example}&unseen=1&chart=layers", values))
    for value, change in zip(values, changes, strict=True):
        run = Run(NAMED[example].replace(**change))
        run.advance()
        assert found[value] == (float(run.history.running_loss[-1]), bool(run.history.accuracy[-1] == 1))


def test_a_run_without_a_loss_is_told_from_one_with() -> None:
    assert results(asked("seed", "example=tutorial&epochs=0", ["1"]))["1"][0] == "nan"


def test_who_comes_late_is_added_and_another_experiment_begins_anew() -> None:
    runs = asked("seed", "example=tutorial&epochs=3", ["1", "2", "1"])
    assert len(results(runs)) == 2
    runs.ask(json.dumps({"kind": "seed", "address": "example=tutorial&epochs=3", "values": ["1", "2", "3"]}))
    assert (len(runs.results), len(results(runs))) == (2, 3)
    runs.ask(json.dumps({"kind": "seed", "address": "example=tutorial&epochs=2", "values": ["1"]}))
    assert (len(runs.results), len(results(runs))) == (0, 1)
    assert runs.told() == {"of": ("seed", "example=tutorial&epochs=2"), "results": runs.results, "waits": 0}


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "null", "{", '{"kind": "seed"}', "[" * 9999),
        '{"kind": "inputs", "address": "", "values": ["1"]}',
        '{"kind": "seed", "address": "", "values": 5}',
        '{"kind": "seed", "address": "", "values": ["1"]}' + " " * 80_000,
    ],
)
def test_what_is_forged_asks_for_nothing(text: str) -> None:
    runs = OwnRuns()
    runs.ask(text)
    assert runs.told() is None


def test_values_that_are_none_and_too_many_of_them_do_no_harm() -> None:
    runs = asked("seed", "example=tutorial&epochs=1", [1, None, ["1"], *map(str, range(2 * MOST))])
    assert len(runs.experiments) <= MOST
    strange = results(asked("lr", "epochs=1", ["nan", "-1", "x" * 99]))
    assert len(set(strange.values())) == 1, "each is the experiment of the address"


def test_what_can_differ() -> None:
    assert own_runs.differs(NAMED["tutorial"]) == ["seed", "lr"]
    assert own_runs.differs(NAMED["exercise"]) == ["initial", "lr"]
