"""What is a message and what is none, by messages.json."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

from pages.classroom import messages
from pages.classroom.messages import CLOSING_CODES, LIMITS, Refused, read, rule_of, write

TABLE = json.loads((Path(messages.__file__).parent / "messages.json").read_text("utf-8"))
SENDERS = ("first", "teacher", "student", "server")
KINDS = [(sender, kind) for sender in SENDERS for kind in TABLE[sender]]
# A value of each type of a field, and values that are none.
RIGHT: dict[str, list[Any]] = {
    "boolean": [True, False],
    "integer": [1],
    "number": [1, 0.5],
    "number or text": [-1e300, 0, "a"],
    "text": ["a", "ask", "number", "teacher", "0f" * 16, "ABCDEF27", "A2" * 26, ""],
    "list": [[]],
}
WRONG: dict[str, list[Any]] = {
    "boolean": [0, "true", None, []],
    "integer": [True, 1.5, "1", None, [1], -1, 2**60],
    "number": [True, "1", None, [1], -1, 1e300, math.inf, math.nan, 10**400],
    "number or text": [True, None, [1], math.inf, -math.inf, math.nan, 10**400, "a" * 81],
    "text": [1, True, None, ["a"], "a" * 60001],
    "list": [1, "a", None, {}, [None], [[]], ["a" * 81], ["a"] * 501],
}


def right(rule: dict[str, Any]) -> Any:  # noqa: ANN401 - whatever the rule says
    """Give a value that a field may have."""
    if "pattern" not in rule:
        return RIGHT[rule["is"]][0]
    return next(value for value in RIGHT["text"] if messages._fits(value, rule))


def fields(sender: str, kind: str) -> dict[str, Any]:
    return {name: right(rule_of(kind, name)) for name in TABLE[sender][kind]}


@pytest.mark.parametrize(("sender", "kind"), KINDS)
def test_a_message_has_exactly_its_fields_each_of_its_type(sender: str, kind: str) -> None:
    usual = fields(sender, kind)
    assert read(write(kind, **usual), sender) == {"type": kind, **usual}
    for name in TABLE[sender][kind]:
        for value in WRONG[rule_of(kind, name)["is"]]:
            with pytest.raises(Refused):
                read(write(kind, **{**usual, name: value}), sender)
        with pytest.raises(Refused):
            read(write(kind, **{other: value for other, value in usual.items() if other != name}), sender)
    with pytest.raises(Refused):
        read(write(kind, **usual, more=1), sender)
    for other in SENDERS:
        if kind not in TABLE[other]:
            with pytest.raises(Refused):
                read(write(kind, **usual), other)


def test_every_rule_is_one_that_both_sides_know() -> None:
    rules = TABLE["fields"].values()
    for rule in [*rules, *(rule["of"] for rule in rules if "of" in rule)]:
        bounds = {
            "boolean": set(),
            "integer": {"least", "most"},
            "number": {"least", "most"},
            "number or text": {"longest"},
            "text": {"longest"},
            "list": {"longest", "of"},
        }[rule["is"]]
        assert rule.keys() - {"pattern"} == {"is", *bounds}
        assert "pattern" not in rule or rule["is"] == "text"


def test_what_the_server_passes_on_is_what_the_teacher_sent() -> None:
    teacher, server = TABLE["teacher"], TABLE["server"]
    assert server["state"] == [*teacher["state"], "age", "clock"]
    assert server["asked"] == teacher["ask"]
    assert server["revealed"] == [*teacher["reveal"], "first", "answers"]
    assert rule_of("revealed", "answers") == rule_of("revealed", "first")
    assert rule_of("revealed", "answers")["of"] == rule_of("answer", "value")
    assert rule_of("revealed", "answers")["longest"] == LIMITS["sockets_a_room"]
    assert server["withdrawn"] == teacher["withdraw"]
    assert (server["command"], server["point"]) == (teacher["command"], teacher["point"])
    assert server["noted"] == TABLE["student"]["answer"]
    assert set(TABLE["student"]) == {"answer", "beat"}, "a student can say nothing but an answer, and that he is there"


def test_the_reasons_for_closing_are_told_apart() -> None:
    assert len(CLOSING_CODES) == len(TABLE["closed"])
    assert all(code in (1000, 1012) or 4000 <= code < 5000 for code in CLOSING_CODES.values())


@pytest.mark.parametrize(
    "frame",
    [
        None,
        "",
        "abc",
        "null",
        "1",
        "[]",
        "{}",
        '"join"',
        '{"type": null}',
        '{"type": ["join"]}',
        '{"type": {}}',
        '{"type": "Join"}',
        '{"type": "end"} {"type": "end"}',
        "[" * 60_000,
        '{"type": "join", "a": ' + "[" * 30_000 + "]" * 30_000 + "}",
        '{"type": ' + "9" * 60_000 + "}",
        '{"type": NaN}',
        '{"type": "end"}' + " " * 70_000,
        '{"type": "' + "\N{EURO SIGN}" * 22_000 + '"}',
        '{"type": "\ud800"}',
    ],
    ids=lambda frame: str(frame)[:20],
)
def test_what_is_no_message_is_refused(frame: str | None) -> None:
    for sender in SENDERS:
        with pytest.raises(Refused):
            read(frame, sender)


def test_a_frame_is_as_large_as_allowed_and_no_larger() -> None:
    end = write("end")
    spaces = LIMITS["bytes_a_frame"] - len(end)
    assert read(end + " " * spaces, "teacher") == {"type": "end"}
    with pytest.raises(Refused):
        read(end + " " * (spaces + 1), "teacher")


def test_half_a_pair_of_surrogates_can_be_sent() -> None:
    asked = read('{"type":"ask","question":1,"kind":"number","text":"\\ud800","choices":[],"round":1}', "teacher")
    assert write("asked", text=asked["text"]).encode() == b'{"type":"asked","text":"\\ud800"}'
