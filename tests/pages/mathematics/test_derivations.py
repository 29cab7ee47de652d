"""Every line of every derivation is true: its formula is read, numbers are put in, and both sides are compared."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

import pytest

from pages.mathematics.derivations import DERIVATIONS, Derivation

YHAT, Y, Z, X, W, B, N = 0.3, 0.8, math.log(0.3 / 0.7), 3.0, -0.4, 0.1, 4
A, W2 = 0.6, 1.7

# What says something but has no value to be compared.
WITHOUT_A_VALUE = {
    r"z = W x + b",
    r"z_o = \sum_j W_{oj} \, x_j + b_o",
    r"z_o = W_{o1} x_1 + W_{o2} x_2 + \dots + b_o",
    r"W_{oj} \to z_o \to \hat{y}_o \to L",
    r"\Delta z \approx \frac{\partial z}{\partial W} \, \Delta W",
    r"\Delta \hat{y} \approx \frac{\partial \hat{y}}{\partial z} \, \Delta z",
    r"\Delta L \approx \frac{\partial L}{\partial \hat{y}} \, \Delta \hat{y}",
    r"\frac{\partial L}{\partial W_{oj}}",
    r"= \sum_k \frac{\partial L}{\partial z_k} \cdot \frac{\partial z_k}{\partial W_{oj}}",
    r"(\text{out}, 1) \cdot (1, \text{in}) \to (\text{out}, \text{in})",
    r"a_j \to z_1, z_2, \dots \to L",
    r"\frac{\partial L}{\partial a_j} = \sum_o \frac{\partial z_o}{\partial a_j} \cdot \frac{\partial L}{\partial z_o}",
    r"L = \sum_o L_o",
    r"\bar{L} = \frac{1}{N} \sum_o L_o",
}


def sigma(z: float) -> float:
    return 1 / (1 + math.exp(-z))


def loss(yhat: float, y: float = Y) -> float:
    return -(y * math.log(yhat) + (1 - y) * math.log(1 - yhat))


def slope(f: Callable[[float], float], x: float, h: float = 1e-5) -> float:
    return (f(x + h) - f(x - h)) / (2 * h)


# By central differences, never by a formula of the page.
OF_LOSS = slope(lambda z: loss(sigma(z)), Z)
OF_BIAS = slope(lambda b: loss(sigma(b + Z - B)), B)
OF_WEIGHT = slope(lambda w: loss(sigma(w * X + Z - W * X)), W)
KNOWN = {
    r"p": math.exp(-loss(YHAT)),
    r"L": loss(YHAT),
    r"u": 1 + math.exp(-Z),
    r"\hat{y}": YHAT,
    r"1-\hat{y}": 1 - YHAT,
    r"\frac{d\ln\hat{y}}{d\hat{y}}": slope(math.log, YHAT),
    r"\frac{d\ln(1-\hat{y})}{d\hat{y}}": slope(lambda p: math.log(1 - p), YHAT),
    r"\frac{d\hat{y}}{du}": slope(lambda u: 1 / u, 1 + math.exp(-Z)),
    r"\frac{du}{dz}": slope(lambda z: 1 + math.exp(-z), Z),
    r"\frac{\partialL}{\partial\hat{y}}": slope(loss, YHAT),
    r"\frac{\partial\hat{y}}{\partialz}": slope(sigma, Z),
    r"\frac{\partialz}{\partialW}": slope(lambda w: w * X + B, W),
    r"\frac{\partialz_o}{\partialW_{oj}}": slope(lambda w: w * X + B, W),
    r"\frac{\partialz}{\partialb}": slope(lambda b: W * X + b, B),
    r"\frac{\partialz_o}{\partialb_o}": slope(lambda b: W * X + b, B),
    r"\frac{\partialz_o}{\partialW_{kj}}": 0.0,
    r"\frac{\partialz_k}{\partialW_{oj}}": 0.0,
    r"\frac{\partialL}{\partialz}": OF_LOSS,
    r"\frac{\partialL}{\partialz_o}": OF_LOSS,
    r"\frac{\partialL_o}{\partialz_o}": OF_LOSS,
    r"\frac{\partialL}{\partialb}": OF_BIAS,
    r"\frac{\partialL}{\partialW}": OF_WEIGHT,
    r"\frac{\partialL}{\partialW_{oj}}": OF_WEIGHT,
    r"\frac{\partial\bar{L}}{\partialz_o}": slope(lambda z: (loss(sigma(z)) + 3) / N, Z),
    r"\frac{\partial\bar{L}}{\partialW}": slope(lambda w: (loss(sigma(w * X + Z - W * X)) + 3) / N, W),
    # A unit whose output is A, and two outputs above it; then two sigmoids one after another.
    r"\frac{\partialz_o}{\partiala_j}": slope(lambda a: W * a + B, A),
    r"\frac{\partialL}{\partialz_1}": slope(lambda z: loss(sigma(z)), W * A),
    r"\frac{\partialL}{\partialz_2}": slope(lambda z: loss(sigma(z), 1 - Y), W2 * A),
    r"\frac{\partialL}{\partiala_j}": slope(lambda a: loss(sigma(W * a)) + loss(sigma(W2 * a), 1 - Y), A),
    r"\frac{\partialL}{\partiala}": slope(lambda a: loss(sigma(W * a + Z - W * A)), A),
    r"\frac{\partialL}{\partialz^{1}}": slope(lambda z: loss(sigma(sigma(z))), Z),
    r"\frac{\partialL}{\partiala^{1}}": slope(lambda a: loss(sigma(a)), sigma(Z)),
    r"\frac{\partiala^{1}}{\partialz^{1}}": slope(sigma, Z),
    r"\frac{\partiala^{2}}{\partiala^{1}}": slope(sigma, sigma(Z)),
    r"\frac{\partiala^{2}}{\partialz^{1}}": slope(lambda z: sigma(sigma(z)), Z),
    r"\frac{d\tanhz}{dz}": slope(math.tanh, Z),
    r"\frac{d\max(z,0)}{dz}": slope(lambda z: max(z, 0), 1.0),
    r"W-\eta\frac{\partial\bar{L}}{\partialW}": W - 0.1 * OF_WEIGHT / N,
}
SYMBOLS = {"y": Y, "z": Z, "u": 1 + math.exp(-Z), "p": KNOWN["p"], "N": N, "W": W, r"\eta": 0.1, r"\hat{y}": YHAT}
SYMBOLS |= {"x_j": X, "x": X, r"\hat{y}_o": YHAT, "y_o": Y}


SYMBOLS |= {"W_{oj}": W, "W_{1j}": W, "W_{2j}": W2, r"W^\top": W, "t": math.tanh(Z)}
SYMBOLS |= {"a^{1}": sigma(Z), "a^{2}": sigma(sigma(Z))}


class Reader:
    """Reads the little LaTeX that the derivations use, and computes it."""

    def __init__(self, formula: str) -> None:
        self.rest = formula

    def value(self) -> float:
        found = self.sum()
        assert not self.rest, f"not understood: {self.rest}"
        return found

    def take(self, text: str) -> bool:
        if self.rest.startswith(text):
            self.rest = self.rest[len(text) :]
            return True
        return False

    def sum(self) -> float:
        total = -self.product() if self.take("-") else self.product()
        while self.rest and self.rest[0] in "+-":
            sign = -1 if self.rest[0] == "-" else 1
            self.rest = self.rest[1:]
            total += sign * self.product()
        return total

    def product(self) -> float:
        result = self.factor()
        while self.rest and self.rest[0] not in "+-)}]":
            self.take(r"\cdot") or self.take(r"\otimes")
            result *= self.factor()
        return result

    def factor(self) -> float:
        base = self.atom()
        return base ** self.group() if self.take("^") else base

    def group(self) -> float:
        if self.take("{"):
            found = self.sum()
            assert self.take("}")
            return found
        digit, self.rest = self.rest[0], self.rest[1:]
        return float(digit)

    def atom(self) -> float:
        for name in sorted(KNOWN, key=len, reverse=True):
            if name.startswith(r"\frac{\p") and self.take(name):
                return KNOWN[name]
        if self.take(r"\frac"):
            return self.group() / self.group()
        if self.take(r"\ln"):
            return math.log(self.factor())
        if self.take("e^"):
            return math.exp(self.group())
        for opening, closing in (("(", ")"), ("[", "]")):
            if self.take(opening):
                found = self.sum()
                assert self.take(closing)
                return found
        for name in sorted(SYMBOLS, key=len, reverse=True):
            if self.take(name):
                return SYMBOLS[name]
        number = re.match(r"\d+", self.rest)
        assert number, f"not understood: {self.rest}"
        self.rest = self.rest[number.end() :]
        return float(number[0])


def tight(formula: str) -> str:
    return re.sub(r"\s|\\,|\\quad.*", "", formula)


def claims(derivation: Derivation) -> list[tuple[str, str, str]]:
    """Give line, left side and right side of everything that has a value; "=" goes on from the line before."""
    found, left = [], ""
    for formula in [*(line.formula for line in derivation.lines), derivation.result]:
        first, equals, right = tight(formula).partition("=")
        left = first or left
        if formula not in WITHOUT_A_VALUE:
            assert equals, formula
            found.append((formula, left, right))
    return found


@pytest.mark.parametrize("derivation", DERIVATIONS, ids=lambda derivation: derivation.key)
def test_every_line_is_true(derivation: Derivation) -> None:
    for formula, left, right in claims(derivation):
        assert Reader(right).value() == pytest.approx(KNOWN[left], rel=1e-8, abs=1e-12), formula


def test_every_result_is_among_them() -> None:
    for derivation in DERIVATIONS:
        assert claims(derivation)[-1][0] == derivation.result


def test_every_derivative_of_the_graph_is_derived() -> None:
    derived = {re.sub(r"_o|_\{oj\}", "", left) for derivation in DERIVATIONS for _, left, _ in claims(derivation)}
    for above, below in ("Ly", "yz", "zW", "zb", "Lz", "LW", "Lb"):
        names = [r"\hat{y}" if name == "y" else name for name in (above, below)]
        assert rf"\frac{{\partial{names[0]}}}{{\partial{names[1]}}}" in derived


def test_what_is_missing_from_the_sigmoid_to_1_is_derived_where_it_is_used() -> None:
    (sigmoid,) = (derivation for derivation in DERIVATIONS if derivation.key == "sigmoid")
    steps = [right for _, left, right in claims(sigmoid) if left == r"1-\hat{y}"]
    assert steps[0] == r"1-\frac{1}{1+e^{-z}}"
    assert steps[-1] == r"\frac{e^{-z}}{1+e^{-z}}"


def test_no_exception_is_out_of_date() -> None:
    assert {line.formula for derivation in DERIVATIONS for line in derivation.lines} >= WITHOUT_A_VALUE


def test_a_wrong_line_would_be_seen() -> None:
    right = tight(r"\frac{\hat{y} - y}{\hat{y} - \hat{y}^2}")
    assert Reader(right).value() == pytest.approx(KNOWN[r"\frac{\partialL}{\partial\hat{y}}"], rel=1e-8)
    for wrong in (
        r"\frac{y - \hat{y}}{\hat{y} - \hat{y}^2}",
        r"\frac{\hat{y} - y}{\hat{y} - \hat{y}^3}",
        r"\hat{y} - y",
    ):
        assert Reader(tight(wrong)).value() != pytest.approx(KNOWN[r"\frac{\partialL}{\partial\hat{y}}"], rel=1e-3)
