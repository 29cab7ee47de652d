"""Numbers of a problem as they are written on paper, and each entry's formula with its numbers. Pure strings."""

import numpy as np

from classifier.experiment.hidden import raised
from classifier.graph.layers import FloatArray
from classifier.insight.practise.numbers import four as rounded
from classifier.insight.practise.problems import Entry, Problem
from pages.shared.text.shown_numbers import signed


def four(value: float) -> str:
    """Write a number with four significant digits.

    Examples
    --------
    >>> four(-0.268941), four(2.0)
    ('−0.2689', '2')
    """
    return signed(f"{rounded(value):.12g}")


def matrix(values: FloatArray) -> list[list[str]]:
    """Write a vector as one column, a matrix row by row."""
    return [[four(value) for value in row] for row in np.atleast_2d(values.T).T.tolist()]


def givens(problem: Problem) -> list[tuple[str, list[list[str]]]]:
    """Return what is given, by name: the sample, the weights before the step, and what the level says."""
    at, layers = problem.at, problem.at.network.layers
    shown: list[tuple[str, FloatArray]] = [("x", at.x), ("y", at.y)]
    for k, layer in enumerate(layers):
        shown += [(at.name("W", k), layer.weight), (at.name("b", k), layer.bias)]
    shown += [(name, problem.right[name]) for name in problem.given]
    return [(name, matrix(values)) for name, values in shown]


def worked(problem: Problem, entry: Entry) -> str:
    """Write an entry's formula with its numbers, the result at four significant digits."""
    result = four(float(problem.right[entry.quantity][entry.index]))
    return f"{entry.name} = {_formula(problem, entry)} = {result}"


def _formula(problem: Problem, entry: Entry) -> str:
    at, right = problem.at, problem.right
    last = len(at.network.layers) - 1
    k = next((k for k in range(last + 1) if raised(k + 1) in entry.quantity), last)
    kind = entry.quantity.replace(raised(k + 1), "")
    x = right[at.name("a", k - 1)] if k else at.x
    o = entry.index[0] if entry.index else 0

    def of(symbol: str, index: tuple[int, ...]) -> str:
        return _signed(float(right[at.name(symbol, k)][index]))

    def pairs(left: FloatArray, factors: FloatArray) -> str:
        return " + ".join(f"{_signed(a)} · {_signed(b)}" for a, b in zip(left.tolist(), factors.tolist(), strict=True))

    layer = at.network.layers[k]
    if kind == "z":
        return f"{pairs(layer.weight[o], x)} + {_signed(float(layer.bias[o]))}"
    if kind in ("ŷ", "a"):
        z = float(right[at.name("z", k)][o])
        f = problem.experiment.activation if kind == "a" else "sigmoid"
        return {"tanh": f"tanh({four(z)})", "relu": f"max(0, {four(z)})", "sigmoid": f"1/(1 + e^−{_signed(z)})"}[f]
    if kind == "L":
        terms = zip(right["ŷ"].tolist(), at.y.tolist(), strict=True)
        return " ".join(_surprise(four(p), y) for p, y in terms)
    if kind == "∂L/∂z" and k == last:
        return f"{four(float(right['ŷ'][o]))} − {four(float(at.y[o]))}"
    if kind == "∂L/∂z":
        a = of("a", (o,))
        step = "1" if right[at.name("z", k)][o] > 0 else "0"
        slope = {"tanh": f"(1 − {a}²)", "relu": step, "sigmoid": f"{a} · (1 − {a})"}[problem.experiment.activation]
        return f"{of('∂L/∂a', (o,))} · {slope}"
    if kind == "∂L/∂a":
        return pairs(at.network.layers[k + 1].weight[:, o], right[at.name("∂L/∂z", k + 1)])
    if kind == "∂L/∂W":
        return f"{of('∂L/∂z', (o,))} · {_signed(float(x[entry.index[1]]))}"
    if kind == "∂L/∂b":
        return f"∂L/∂z{raised(k + 1) if last else ''}[{o + 1}]"
    symbol, before = (kind[0], layer.weight if kind[0] == "W" else layer.bias)
    gradient = of(f"∂L/∂{symbol}", entry.index)
    return f"{four(float(before[entry.index]))} − {four(at.lr)} · {gradient}"


def _surprise(yhat: str, y: float) -> str:
    """Write one output's part of the loss; a label may lie between 0 and 1."""
    if y in (0, 1):
        return f"− ln {yhat}" if y else f"− ln(1 − {yhat})"
    return f"− {four(y)} · ln {yhat} − {four(1 - y)} · ln(1 − {yhat})"


def _signed(value: float) -> str:
    """Put a negative number into brackets, to stand in a formula."""
    return f"({four(value)})" if value < 0 else four(value)
