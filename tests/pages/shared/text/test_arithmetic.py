"""Typed arithmetic is worked out as on paper; anything else is refused at once, with the rule."""

from __future__ import annotations

import math

import pytest

from pages.shared.text.arithmetic import digits, parse_arithmetic


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0,5", 0.5),
        (" -0.25", -0.25),
        ("−1/4", -0.25),
        ("1/2/2", 0.25),
        ("1/(1+exp(-1))", 1 / (1 + math.exp(-1))),
        ("ln 2", math.log(2)),
        ("-ln(0,25)", math.log(4)),
        ("2^3^2", 512),
        ("2**-1", 0.5),
        ("-2^2", -4),
        ("2·3 − 4:2", 4),
        ("0.5×(1−0.5)", 0.25),
        ("1,5e-3", 0.0015),
        ("tanh(0.5)^2", math.tanh(0.5) ** 2),
        ("exp -1", math.exp(-1)),
    ],
)
def test_what_stands_on_paper_is_worked_out(text: str, value: float) -> None:
    assert parse_arithmetic(text) == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("9**9**9", "a power that is too large: at most 100"),
        ("(" * 10_000, "too long: at most 80"),
        ("(" * 79, "is no arithmetic"),
        ("10^99^1*10^99*10^99*10^99", "no finite value"),
        ("exp(1000)", "no finite value"),
        ("1/(1-1)", "no finite value"),
        ("ln(0)", "no finite value"),
        ("(-1)^0.5", "no finite value"),
        ("__import__('os')", "Write numbers"),
        ("e", "is no arithmetic"),
        ("2 2", "is no arithmetic"),
        ("1+", "is no arithmetic"),
        ("", "is no arithmetic"),
        ("nan", "is no arithmetic"),
        ("٣", "is no arithmetic"),
        ("1,000", "two readings"),
        ("1,000 + 1", "two readings"),
    ],
)
def test_anything_else_is_refused_with_the_rule(text: str, rule: str) -> None:
    with pytest.raises(ValueError, match=rule):
        parse_arithmetic(text)


def test_the_digits_that_count_are_those_that_say_something() -> None:
    texts = {"0.050": 2, "-12,30": 4, "5e-1": 1, "0": 0, "100": 3, "1+1": None, "1/3": None}
    assert {text: digits(text) for text in texts} == texts
