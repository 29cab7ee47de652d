"""Arithmetic as people type it: "1/(1+exp(-1))", "ln 2", "0,5 · (1 − 0,5)". Nothing is evaluated as code."""

import math
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from pages.shared.text.quoting import quoted
from pages.shared.text.typed_numbers import DECIMAL, is_number, parse_number

MAX_LENGTH: Final = 80
MAX_EXPONENT: Final = 100
RULE: Final = "Write numbers, + − · / ^, brackets, exp, ln and tanh."

_TOKEN: Final = re.compile(rf"\s*({DECIMAL}|[a-zA-Z]+|[-+*/^()])")
_SIGNS: Final = str.maketrans({"−": "-", "–": "-", "·": "*", "×": "*", ":": "/", "÷": "/", "[": "(", "]": ")"})
_FUNCTIONS: Final[Mapping[str, Callable[[float], float]]] = MappingProxyType(
    {"exp": math.exp, "ln": math.log, "tanh": math.tanh}
)
_PLAIN: Final = re.compile(r"[+-]?0*[.,]?0*([0-9]*[.,]?[0-9]*)(?:[eE][+-]?[0-9]+)?")


def parse_arithmetic(text: str) -> float:
    """Work out what was typed.

    Parameters
    ----------
    text : str
        A number as `parse_number` takes it, or an expression of at most `MAX_LENGTH` characters; a power's exponent is
        at most `MAX_EXPONENT` in size.

    Returns
    -------
    float
        Finite.

    Raises
    ------
    ValueError
        If it is anything else, or has no finite value. The message quotes the text and says the rule.

    Examples
    --------
    >>> parse_arithmetic("0,5"), parse_arithmetic("-2^2"), parse_arithmetic("2 · (1 − 0.5)/4"), parse_arithmetic("ln 1")
    (0.5, -4.0, 0.25, 0.0)
    >>> parse_arithmetic("__import__")
    Traceback (most recent call last):
    ...
    ValueError: "__import__" is no arithmetic. Write numbers, + − · / ^, brackets, exp, ln and tanh.
    """
    if len(text) > MAX_LENGTH:
        raise ValueError(f"{quoted(text)} is too long: at most {MAX_LENGTH} characters.")
    if is_number(text):
        return parse_number(text)
    try:
        return _Reader(text).read()
    except (OverflowError, ZeroDivisionError):
        raise ValueError(f"{quoted(text)} has no finite value.") from None


def digits(text: str) -> int | None:
    """Count the significant digits of a number as it is written, None for an expression.

    Examples
    --------
    >>> [digits(text) for text in ("-0,050", "0.269", "12", "1/2", "exp(1)")]
    [2, 3, 2, None, None]
    """
    match = _PLAIN.fullmatch(text.strip().translate(_SIGNS))
    return None if match is None else sum(letter.isdecimal() for letter in match[1])


class _Reader:
    """Reads a sum of products of powers, from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[str] = []
        rest = text.translate(_SIGNS).replace("**", "^").rstrip()
        while rest:
            match = _TOKEN.match(rest)
            if match is None:
                raise self.wrong()
            self.tokens.append(match[1])
            rest = rest[match.end() :]

    def wrong(self) -> ValueError:
        return ValueError(f"{quoted(self.text.strip())} is no arithmetic. {RULE}")

    def read(self) -> float:
        value = self.sum()
        if self.tokens:
            raise self.wrong()
        if not math.isfinite(value):
            raise OverflowError
        return value

    def take(self, *signs: str) -> str:
        """Take the next token if it is one of these; else give an empty text."""
        return self.tokens.pop(0) if self.tokens and self.tokens[0] in signs else ""

    def sum(self) -> float:
        value = self.product()
        while sign := self.take("+", "-"):
            value += self.product() * (1 if sign == "+" else -1)
        return value

    def product(self) -> float:
        value = self.signed()
        while sign := self.take("*", "/"):
            other = self.signed()
            value = value * other if sign == "*" else value / other
        return value

    def signed(self) -> float:
        sign = self.take("+", "-")
        if sign:
            return self.signed() * (1 if sign == "+" else -1)
        base = self.atom()
        if not self.take("^"):
            return base
        exponent = self.signed()  # 2^-1, and 2^3^2 from the right
        if abs(exponent) > MAX_EXPONENT:
            raise ValueError(f"{quoted(self.text.strip())} has a power that is too large: at most {MAX_EXPONENT}.")
        if base < 0 and not exponent.is_integer():
            raise ZeroDivisionError
        return float(base**exponent)

    def atom(self) -> float:
        if self.take("("):
            value = self.sum()
            if not self.take(")"):
                raise self.wrong()
            return value
        name = self.take(*_FUNCTIONS)
        if name:
            argument = self.atom() if self.tokens[:1] != ["-"] else self.signed()
            if name == "ln" and argument <= 0:
                raise ZeroDivisionError
            return _FUNCTIONS[name](argument)
        if self.tokens and self.tokens[0][0] in "0123456789.,":
            return parse_number(self.tokens.pop(0))
        raise self.wrong()
