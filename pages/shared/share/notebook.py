"""An experiment as a notebook: the NumPy program in cells, a check below each class, the losses that must come out.

In the one to fill in, the bodies of the ``backward`` methods are left out. Pure: the file is plain JSON.
"""

import ast
import json
import math
from typing import Final

from classifier import Experiment, Run
from pages.shared.share.scripts import numpy_script

_STEPS: Final = 20_000
"""So many are trained for the losses that must come out: some tenths of a second, whatever the experiment."""
_MARKS: Final = (1, 10, 100, 1000)

_OPEN: Final = """# Back-propagation, to fill in

The classes of an experiment of *Backprop by Hand*, in plain NumPy. The `backward` methods are yours to write: each says
what it returns, and in which shape. Run the cell below a class to check it against central differences. At the end
the network is trained, and its losses are those that must come out.
"""
_SOLVED: Final = """# Back-propagation, solved

The classes of an experiment of *Backprop by Hand*, in plain NumPy, every derivative written out. Below each class it is
checked against central differences. At the end the network is trained, and its losses are those that must come out.
"""
_RETURNS: Final = {
    "Linear": "∂z/∂W: (in,), ∂z/∂b: (out,), ∂z/∂x: (out, in)",
    "Sigmoid": "∂ŷ/∂z: (out,)",
    "Tanh": "∂a/∂z: (out,)",
    "ReLU": "∂a/∂z: (out,); 0 at 0",
    "BinaryCrossEntropyLoss": "∂L/∂ŷ: (out,)",
    "MyNetwork": "a list: of each layer, from the first on, the pair ∂L/∂W: (out, in), ∂L/∂b: (out,)",
}
"""What each ``backward`` returns; also the classes that there may be, each with a check."""

_CHECKER: Final = '''def central(f, at, eps=1e-6):
    """Slopes of f at an array, an entry at a time: how far f moves for a step to either side."""
    at, slopes = np.array(at, float), []
    for i in np.ndindex(at.shape):
        step = np.zeros(at.shape)
        step[i] = eps
        slopes.append((f(at + step) - f(at - step)) / (2 * eps))
    return np.moveaxis(np.array(slopes).reshape(at.shape + np.shape(slopes[0])), range(at.ndim), range(-at.ndim, 0))


def check(name, backward, *expected):
    """Say of each thing that a backward method returns whether it is right, and where it is not."""
    try:
        mine = backward()
    except NotImplementedError:
        return print(f"{name}.backward: not written yet")
    mine = mine if isinstance(mine, tuple) else (mine,)
    if len(mine) != len(expected):
        return print(f"{name}.backward: WRONG, returns {len(mine)} things where {len(expected)} belong")
    for got, (what, right) in zip(mine, expected):
        got, right = np.asarray(got, float), np.asarray(right, float)
        if got.shape != right.shape:
            print(f"{name}.backward: {what} is WRONG, of shape {got.shape} where {right.shape} belongs")
            continue
        off = ~(np.abs(got - right) <= 1e-4 * np.maximum(1, np.abs(right)))
        if not off.any():
            print(f"{name}.backward: {what} is right")
        for i in map(tuple, np.argwhere(off)[:1]):
            place = f"[{', '.join(map(str, i))}]"
            print(f"{name}.backward: {what} is WRONG, {place} is {got[i]:.6g} and must be {right[i]:.6g}")
'''
_CHECK_LINEAR: Final = """def check_linear():
    rng = np.random.RandomState(1)
    layer, x = Linear(rng.standard_normal((2, 3)), rng.standard_normal(2)), rng.standard_normal(3)
    # z_o moves with row o of W alone: summed over the rows, ∂z/∂W is x for every o.
    by_weight = central(lambda w: Linear(w, layer.bias).forward(x), layer.weight).sum(axis=1)[0]
    by_bias = central(lambda b: Linear(layer.weight, b).forward(x), layer.bias).sum(axis=1)
    by_x = central(layer.forward, x)
    check("Linear", lambda: layer.backward(x), ("∂z/∂W", by_weight), ("∂z/∂b", by_bias), ("∂z/∂x", by_x))


check_linear()
"""
_CHECK_SLOPE: Final = """z = np.array([-2.0, -0.5, 0.25, 1.5])
check("{name}", lambda: {name}().backward(z), ("{what}", np.diag(central({name}().forward, z))))
"""
_CHECK_LOSS: Final = """yhat, y = np.array([0.2, 0.7, 0.4]), np.array([0.0, 1.0, 0.25])
measured = central(lambda p: -(y * np.log(p) + (1 - y) * np.log(1 - p)).sum(), yhat)
check("BinaryCrossEntropyLoss", lambda: BinaryCrossEntropyLoss().backward(yhat, y), ("∂L/∂ŷ", measured))
"""
_CHECK_NETWORK: Final = """def check_network():
    rng, net = np.random.RandomState(2), MyNetwork()
    for layer in net.layers:
        layer.weight, layer.bias = rng.standard_normal(layer.weight.shape), rng.standard_normal(layer.bias.shape)
    inputs, labels = rng.standard_normal((4, len(INPUTS[0]))), rng.randint(0, 2, (4, len(LABELS[0]))).astype(float)

    def slopes(layer, which):
        kept = getattr(layer, which)

        def loss(changed):
            setattr(layer, which, changed)
            return sum(net.forward_loss(x, y) for x, y in zip(inputs, labels))

        found = central(loss, kept)
        setattr(layer, which, kept)
        return found

    def summed():
        passes = [[each for pair in net.backward(x, y) for each in pair] for x, y in zip(inputs, labels)]
        return tuple(sum(parts) for parts in zip(*passes))

    names = [(k, layer, *way) for k, layer in enumerate(net.layers, 1) for way in (("W", "weight"), ("b", "bias"))]
    check("MyNetwork", summed, *((f"layer {k}, ∂L/∂{name}", slopes(layer, which)) for k, layer, name, which in names))


check_network()
"""
_CHECKS: Final = {
    "Linear": _CHECK_LINEAR,
    **{
        name: _CHECK_SLOPE.format(name=name, what=_RETURNS[name].partition(":")[0])
        for name in ("Sigmoid", "Tanh", "ReLU")
    },
    "BinaryCrossEntropyLoss": _CHECK_LOSS,
    "MyNetwork": _CHECK_NETWORK,
}
_TRAIN: Final = """MUST = {must}  # after so many epochs: the loss that must come out


def train():
    inputs, labels = np.array(INPUTS).astype(DTYPE), np.array(LABELS).astype(DTYPE)
    net = MyNetwork()
    for epoch in range(max(MUST, default=0)):
        lr, total_loss = DTYPE(learning_rate(epoch)), 0.0
        for x, y in zip(inputs, labels):
            total_loss += float(net.forward_loss(x, y))
            net.update_weights(x, y, lr)
        if epoch + 1 in MUST:
            must = MUST[epoch + 1]
            is_right = abs(total_loss - must) <= 1e-3 * max(must, 1e-3)
            told = "right" if is_right else f"WRONG, must be {{must:.6g}}"
            print(f"epoch {{epoch + 1}}: loss {{total_loss:.6g}} is {{told}}")


try:
    train()
except NotImplementedError:
    print("not written yet")
"""


def notebook(experiment: Experiment, *, solved: bool) -> str:
    """Write an experiment as a notebook.

    Parameters
    ----------
    experiment : Experiment
    solved : bool
        With the bodies of the ``backward`` methods; without them each raises NotImplementedError.

    Returns
    -------
    str
        JSON of notebook format 4.5.

    Raises
    ------
    ValueError
        For what no program can say; see `numpy_script`.
    """
    script = numpy_script(experiment)
    lines = script.splitlines()
    tree = ast.parse(script)
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    setup = "\n".join(lines[tree.body[1].lineno - 1 : classes[0].lineno - 1])  # all but what the program is
    cells = [_cell(0, "markdown", _SOLVED if solved else _OPEN), _cell(1, "code", setup), _cell(2, "code", _CHECKER)]
    for node in classes:
        source = lines[node.lineno - 1 : node.end_lineno]
        for method in node.body if not solved else ():
            if isinstance(method, ast.FunctionDef) and method.name == "backward":
                body = slice(method.lineno - node.lineno + 1, (method.end_lineno or 0) - node.lineno + 1)
                source[body] = [f'        """Return {_RETURNS[node.name]}."""', "        raise NotImplementedError"]
        for text in ("\n".join(source), _CHECKS[node.name]):
            cells.append(_cell(len(cells), "code", text))
    cells.append(_cell(len(cells), "code", _TRAIN.format(must=_losses(experiment))))
    about = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return json.dumps(
        {"cells": cells, "metadata": about, "nbformat": 4, "nbformat_minor": 5}, ensure_ascii=False, indent=1
    )


def _cell(index: int, kind: str, text: str) -> dict[str, object]:
    own: dict[str, object] = {"execution_count": None, "outputs": []} if kind == "code" else {}
    return {
        "cell_type": kind,
        "id": f"cell-{index}",
        "metadata": {},
        **own,
        "source": text.strip("\n").splitlines(keepends=True),
    }


def _losses(experiment: Experiment) -> dict[int, float]:
    """Give the running loss after 1, 10, 100 … and the last of the epochs that are trained for it.

    Only as far as a millionth more of the learning rate does not show: from there on rounding decides what comes out.
    """
    most = max(1, _STEPS // experiment.samples)
    own = _losses_in(experiment, most)
    other = _losses_in(experiment.replace(learning_rate=experiment.learning_rate * (1 + 1e-6)), most)
    found = {}
    for epoch, loss in own.items():
        if not math.isclose(loss, other.get(epoch, math.inf), rel_tol=1e-4, abs_tol=1e-7):
            break
        found[epoch] = loss
    return {epoch: loss for epoch, loss in found.items() if epoch in (*_MARKS, max(found))}


def _losses_in(experiment: Experiment, most: int) -> dict[int, float]:
    run = Run(experiment)
    run.advance(max_epochs=most)
    losses = run.history.running_loss.tolist()
    return {epoch: loss for epoch, loss in zip(run.positions.tolist(), losses, strict=False) if math.isfinite(loss)}
