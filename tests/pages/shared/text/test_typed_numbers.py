"""What people type into a cell, and what it means."""

import math

import numpy as np
import pytest

from pages.shared.text.quoting import quoted
from pages.shared.text.shown_numbers import number
from pages.shared.text.typed_numbers import format_number, parse_number, parse_whole_number


@pytest.mark.parametrize(
    "text", ["0.5", "0,5", ".5", ",5", "1/2", "5e-1", "5E-1", "0,05e1", " 1 / 2 ", "\u00a00.5\u202f"]
)
def test_one_half_has_many_spellings(text: str) -> None:
    assert parse_number(text) == 0.5


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("−3", -3.0),
        ("-1/4", -0.25),
        ("1/-4", -0.25),
        ("−1/−4", 0.25),
        ("+2", 2.0),
        ("1.", 1.0),
        ("007", 7.0),
        ("0,125", 0.125),  # a leading zero: cannot be thousands
        ("1.000", 1.0),
        ("1234,5", 1234.5),
        ("1e-320", 1e-320),  # subnormal, but not zero
        ("0e5", 0.0),
    ],
)
def test_numbers(text: str, value: float) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f", "\u2009"])
def test_digits_in_groups_of_three_are_one_number(space: str) -> None:
    for text, value in (
        ("1 000", 1000),
        ("10 000", 10_000),
        ("999 999", 999_999),
        ("1 000 000", 1_000_000),
        (" −12 345,5 ", -12345.5),
        ("+12 345.5", 12345.5),
        ("12 345,500", 12345.5),  # the spaces part the thousands, so the comma does not
        ("1 000e3", 1e6),
    ):
        assert parse_number(text.replace(" ", space)) == value
    for text, value in (("10 000", 10_000), ("−2 000", -2000), ("1 000 000", 1_000_000), ("1 500e3", 1_500_000)):
        assert parse_whole_number(text.replace(" ", space)) == value


def test_what_is_copied_from_the_screen_can_be_pasted() -> None:
    assert parse_number("−1.23457 · 10⁻⁵") == -1.23457e-5
    assert parse_number("5.37354·10⁻⁵") == 5.37354e-5
    assert parse_number("5,5 · 10⁶") == 5.5e6
    assert parse_whole_number("2 · 10³") == 2000
    for exponent in range(-320, 309):
        for value in (float(f"1.23457e{exponent}"), float(f"-9e{exponent}")):
            if 0 < abs(value) < 1e308:
                shown = number(value)
                assert parse_number(shown) == pytest.approx(value, rel=5e-6, abs=0)
                assert parse_number(shown.replace(" · ", "·")) == parse_number(shown)
    with pytest.raises(ValueError, match="has two readings") as caught:
        parse_number("1,000 · 10⁻⁵")
    assert "Write 1.000e-5 or 1000e-5." in str(caught.value)


def test_minus_zero_keeps_its_sign() -> None:
    assert math.copysign(1, parse_number("-0")) == -1


@pytest.mark.parametrize(
    "text",
    [
        *("abc", "", "   ", "True", "None", "inf", "-inf", "nan", "NaN", "Infinity", "0x10", "=1+1"),
        *("1_000", "1.234,5", "1,234.5", "1;2", "1\n2", "50%", "1 1/2"),
        *("1/0", "1/", "/2", "1/2/3", "1e", "e5", "--1", "- 1", ".", ",", "1..2", "١٢", "½", "1２"),
        *("1 00", "10 0000", "1000 000", "1 000 00", "1  000", " 1 000 0", "0 123", "012 345", "1\n000", "1\t000"),
        *("1 000\u00a0000", "1 2", "1 000 000 1", "1 100/200", "1/1 000", "0.000 001", "- 1 000", "1,000 000"),
        *("5 · 10", "5 10⁻⁵", "· 10⁻⁵", "10⁻⁵", "5 · 10⁻", "5 · 10-5", "5e1 · 10⁻⁵", "5 · 10⁻⁵⁻¹", "1/2 · 10³"),
        *("5 · 10⁻⁵ · 10²", "5 · 2⁻⁵", "1 000 · 10²", "5 ·\n10²", "9 · 10⁹⁹⁹", "1 · 10⁻⁹⁹⁹"),
        *("1e999", "-1e999", "1e300/1e-300", "1e-999", "1e-300/1e300", "9" * 65, "x" * 100_000),
    ],
)
def test_refused_texts_are_named_briefly(text: str) -> None:
    with pytest.raises(ValueError, match=r"\.$") as caught:
        parse_number(text)
    assert len(str(caught.value)) < 140
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["1,000", "-12,345", "999,999", "1,000e3"])
def test_a_comma_that_may_mean_thousands_is_refused_with_both_readings(text: str) -> None:
    with pytest.raises(ValueError, match="two readings") as caught:
        parse_number(text)
    assert text.replace(",", ".") in str(caught.value)
    assert text.replace(",", "") in str(caught.value)


def test_messages() -> None:
    with pytest.raises(ValueError, match=r'^"abc" is not a number\.$'):
        parse_number(" abc ")
    with pytest.raises(ValueError, match=r'^"1/0" divides by zero\.$'):
        parse_number("1/0")
    with pytest.raises(ValueError, match=r'^"2\.000" is not a whole number\. Write it with digits only\.$'):
        parse_whole_number("2.000")


@pytest.mark.parametrize(
    ("text", "value"),
    [("2000", 2000), ("2e3", 2000), ("2E+3", 2000), ("1.5e1", 15), ("1,5e1", 15), ("−7", -7), (" 0 ", 0)],
)
def test_whole_numbers(text: str, value: int) -> None:
    assert parse_whole_number(text) == value
    assert isinstance(parse_whole_number(text), int)


def test_long_whole_numbers_stay_exact() -> None:
    assert parse_whole_number("9007199254740993") == 9007199254740993


@pytest.mark.parametrize(
    "text", ["1 00", "10 0000", "1 000.5", "1,000", "2.0", "1.5", "1/1", "1.25e1", "abc", "", "1e999", "1e-1", "٣"]
)
def test_refused_whole_numbers(text: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        parse_whole_number(text)


def test_every_float_survives_its_own_text() -> None:
    bits = np.random.default_rng(7).integers(0, 2**64, size=20_000, dtype=np.uint64)
    values = bits.view(np.float64)
    for value in values[np.isfinite(values)].tolist():
        text = format_number(value)
        assert parse_number(text) == value
        assert len(text) <= len(repr(value))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1"),
        (-0.0, "-0"),
        (0.1, "0.1"),
        (1e-5, "1e-5"),
        (1.5e300, "1.5e300"),
        (1e15, "1000000000000000"),
    ],
)
def test_format(value: float, text: str) -> None:
    assert format_number(value) == text


def test_quoted_text_cannot_change_how_a_message_reads() -> None:
    assert quoted("a\nb\u202ec") == '"a�b�c"'
    assert quoted("x" * 41) == '"' + "x" * 39 + '…"'
