"""Numbers as people type them, and back. Pure text; no table, no widget.

0.5, 0,5, .5, 1/2 and 5e-1 are one half; 10 000 is ten thousand; 5 · 10⁻¹ is copied from the screen. What could mean
two things is refused, not guessed.
"""

import math
import re

from pages.shared.text.quoting import quoted

MAX_NUMBER_LENGTH = 64

# [0-9], not \d: digits of other scripts would be read by float() but are not what these fields promise.
DECIMAL = r"(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:[eE][+-]?[0-9]+)?"
_NUMBER = re.compile(rf"([+-]?{DECIMAL})(?:\s*/\s*([+-]?{DECIMAL}))?")
_PLAIN = re.compile(r"-?[0-9]{1,20}(?:\.[0-9]{1,20})?")
_WHOLE = re.compile(r"[+-]?[0-9]+(?:(?:[.,][0-9]+)?[eE]\+?[0-9]+)?")
_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}")
_UNICODE_MINUS = "\N{MINUS SIGN}"
_SPACE = r"[ \u00a0\u202f\u2009]"  # plain, no-break, narrow no-break, thin
# One kind of space throughout, and no fraction: "1 100/200" would have two readings.
_GROUPED = re.compile(
    rf"[+-]?[1-9][0-9]{{0,2}}({_SPACE})[0-9]{{3}}(?:\1[0-9]{{3}})*(?:[.,][0-9]*)?(?:[eE][+-]?[0-9]+)?"
)
_POWER = re.compile(rf"([+-]?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)){_SPACE}?·{_SPACE}?10(⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def parse_number(text: str) -> float:
    """Read one number as people type it.

    Parameters
    ----------
    text : str
        Decimal point or decimal comma, an exponent, a fraction of two such numbers; ASCII digits; "-" or
        "−" as the minus. White space (also non-breaking) around the number and around "/" does not count.
        Spaces between groups of three digits, and a power of ten as the screen writes it; neither in a fraction.

    Returns
    -------
    float
        Finite.

    Raises
    ------
    ValueError
        If the text is anything else, does not fit into a float, or has two readings ("1,000"). The
        message quotes the text and says the rule.

    Examples
    --------
    >>> [parse_number(text) for text in ("0.5", "0,5", "1/2", "5e-1", ",5")]
    [0.5, 0.5, 0.5, 0.5, 0.5]
    >>> parse_number("−12 345,5"), parse_number("5.37354 · 10⁻⁵")
    (-12345.5, 5.37354e-05)
    >>> parse_number("abc")
    Traceback (most recent call last):
    ...
    ValueError: "abc" is not a number.
    """
    if _PLAIN.fullmatch(text):
        return float(text)  # nearly every cell of a large table: the way below takes three times as long
    stripped = _stripped(text)
    match = _NUMBER.fullmatch(stripped) or _NUMBER.fullmatch(plain(stripped))
    if match is None:
        raise ValueError(f"{quoted(text.strip())} is not a number.")
    numerator, denominator = match.groups()
    value = _decimal(numerator, text)
    if denominator is None:
        return value
    divisor = _decimal(denominator, text)
    if divisor == 0:
        raise ValueError(f"{quoted(text.strip())} divides by zero.")
    return _in_range(value / divisor, text, is_zero=value == 0)


def is_number(text: str) -> bool:
    """Say whether `parse_number` reads a text."""
    try:
        parse_number(text)
    except ValueError:
        return False
    return True


def parse_whole_number(text: str) -> int:
    """Read one whole number: digits, perhaps in groups of three ("10 000"), or digits with an exponent ("2e3").

    Points and commas without an exponent are refused: 2.000 means two in some countries, and two thousand in others.

    Raises
    ------
    ValueError
        If the text is not a whole number. The message quotes the text and says the rule.

    Examples
    --------
    >>> parse_whole_number(" 2000 "), parse_whole_number("2 000"), parse_whole_number("2e3")
    (2000, 2000, 2000)
    """
    stripped = plain(_stripped(text))
    if _WHOLE.fullmatch(stripped) is None:
        if re.fullmatch(r"[+-]?[0-9][0-9.,'\s]*", stripped):
            raise ValueError(f"{quoted(text.strip())} is not a whole number. Write it with digits only.")
        raise ValueError(f"{quoted(text.strip())} is not a whole number.")
    if stripped.lstrip("+-").isdecimal():
        return int(stripped)  # exact at any length; a float holds only 53 bits
    value = _decimal(stripped, text)
    if not value.is_integer():
        raise ValueError(f"{quoted(text.strip())} is not a whole number.")
    return int(value)


def plain(text: str) -> str:
    """Write a number as a keyboard does: without spaces between its digits, its power of ten as an exponent.

    Any other text is given back as it is.

    Examples
    --------
    >>> plain("1 000 000"), plain("−1.23457 · 10⁻⁵"), plain("1 00")
    ('1000000', '-1.23457e-5', '1 00')
    """
    if text.isascii() and " " not in text:
        return text
    number = text.strip().replace(_UNICODE_MINUS, "-")
    grouped = _GROUPED.fullmatch(number)
    if grouped:
        return number.replace(grouped[1], "")
    power = _POWER.fullmatch(number)
    if power:
        return f"{power[1]}e{power[2].translate(_LOWERED)}"
    return text


def format_number(value: float) -> str:
    """Write a finite float as the shortest text that `parse_number` reads back as exactly that float.

    Examples
    --------
    >>> format_number(1.0), format_number(0.1), format_number(1e-05), format_number(1e16)
    ('1', '0.1', '1e-5', '1e16')
    """
    mantissa, _, exponent = repr(float(value)).partition("e")
    mantissa = mantissa.removesuffix(".0")
    return f"{mantissa}e{int(exponent)}" if exponent else mantissa


def _stripped(text: str) -> str:
    """Strip white space, put "-" for "−", and refuse empty and overlong texts."""
    stripped = text.strip().replace(_UNICODE_MINUS, "-")
    if not stripped:
        raise ValueError("An empty text is not a number.")
    if len(stripped) > MAX_NUMBER_LENGTH:
        raise ValueError(f"{quoted(stripped)} is too long. A number has at most {MAX_NUMBER_LENGTH} characters.")
    return stripped


def _decimal(part: str, text: str) -> float:
    """Read one decimal of `_NUMBER`; `text` is the whole text for the message."""
    mantissa = re.split("[eE]", part)[0]
    if _THOUSANDS.fullmatch(mantissa):
        as_decimal, as_thousands = part.replace(",", "."), part.replace(",", "")
        raise ValueError(f"{quoted(text.strip())} has two readings. Write {as_decimal} or {as_thousands}.")
    return _in_range(float(part.replace(",", ".")), text, is_zero=not re.search("[1-9]", mantissa))


def _in_range(value: float, text: str, *, is_zero: bool) -> float:
    """Refuse what overflows to infinity, and what is not zero but would become zero."""
    if math.isinf(value):
        raise ValueError(f"{quoted(text.strip())} is too large for a number.")
    if value == 0 and not is_zero:
        raise ValueError(f"{quoted(text.strip())} is too close to zero to be told from it.")
    return value
