"""The named examples, and what each of them teaches. Fisher's iris flowers are read from the plotly package.

What an entry says is what its run does: tests/pages/shared/test_examples.py trains each of them.
"""

import csv
import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from math import cos, pi, sin
from types import MappingProxyType
from typing import Any, Final

from classifier import TUTORIAL_SAMPLES, standardise
from pages.stage.plotly_js import package_data


@dataclass(frozen=True)
class Example:
    """One experiment, and what it teaches.

    Attributes
    ----------
    title : str
        Its group, a colon, and what it is in that group.
    question : str
        What to ask before the run; it gives no outcome away.
    answer : str
        What the run has shown by its end, and why it is so.
    fields : mapping of str to value
        The fields of Experiment; the others have their defaults.
    """

    title: str
    question: str
    answer: str
    fields: Mapping[str, Any]


FLOWERS: Final = "datasets/iris.csv.gz"
_SPECIES: Final = ("setosa", "versicolor", "virginica")
_MEASURES: Final = ("sepal_length", "sepal_width", "petal_length", "petal_width")


def _flowers() -> tuple[tuple[tuple[float, ...], ...], tuple[tuple[float, ...], ...]]:
    """Read the flowers so that the three species alternate.

    The file is sorted by species. Steps are taken in the order of the table, and fifty flowers of one kind in a row
    make the network forget the others.
    """
    with gzip.open(package_data(FLOWERS), "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    by_species = [[row for row in rows if row["species"] == species] for species in _SPECIES]
    turns = [row for turn in zip(*by_species, strict=True) for row in turn]
    inputs = tuple(tuple(float(row[name]) for name in _MEASURES) for row in turns)
    labels = tuple(tuple(float(row["species"] == species) for species in _SPECIES) for row in turns)
    return inputs, labels


def _in_turns(*classes: list[tuple[float, float]]) -> dict[str, Any]:
    """Give points of two classes, 1 and 0, one of each in turn."""
    points = [(round(x, 2) + 0.0, round(y, 2) + 0.0) for turn in zip(*classes, strict=True) for x, y in turn]
    return {"inputs": tuple(points), "labels": ((1,), (0,)) * len(classes[0])}


def _circle(pairs: int) -> dict[str, Any]:
    """Give points on two circles around the origin: of radius 0.5 with label 1, of radius 1 with label 0."""
    angles = [2 * pi * k / pairs for k in range(pairs)]
    shifted = [angle + pi / pairs for angle in angles]
    return _in_turns([(cos(a) / 2, sin(a) / 2) for a in angles], [(cos(a), sin(a)) for a in shifted])


def _moons(pairs: int) -> dict[str, Any]:
    """Give points on two half circles that reach into each other: the upper one has label 1."""
    angles = [pi * k / (pairs - 1) for k in range(pairs)]
    return _in_turns([(cos(a), sin(a)) for a in angles], [(1 - cos(a), 0.5 - sin(a)) for a in angles])


_GATES: Final = ((0, 0), (0, 1), (1, 0), (1, 1))
_XOR: Final = {
    # Each step pulls ŷ its sample's way, so the order decides where the line comes to rest: between the
    # columns, in the middle of the picture.
    "inputs": ((1, 0), (1, 1), (0, 0), (0, 1)),
    "labels": ((1,), (0,), (0,), (1,)),
    "learning_rate": 0.5,
    "epochs": 1000,
    "label_names": ("XOR",),
}
_BITS: Final = tuple(product((0, 1), repeat=3))
_INPUTS, _LABELS = _flowers()
_IRIS: Final = {
    "inputs": _INPUTS,
    "labels": _LABELS,
    "input_names": tuple(name.replace("_", " ") for name in _MEASURES),
    "label_names": _SPECIES,
    "epochs": 200,
}
_SCALED: Final = standardise(_INPUTS)

EXAMPLES: Final[Mapping[str, Example]] = MappingProxyType(
    {
        "tutorial": Example(
            "First steps: the tutorial",
            "y₁ is x₁, and the other labels are 0. What must W become?",
            "In the row of y₁ the weight of x₁ grows to 6.29, more than ten times any other. The loss falls in every "
            "epoch, ever more slowly: the nearer ŷ is to y, the smaller the gradient ŷ − y.",
            TUTORIAL_SAMPLES,
        ),
        "exercise": Example(
            "First steps: an exercise sheet",
            "Work out the first epoch with a pencil: z, ŷ, ∂L/∂z, the new W and b. Then press Train.",
            "z = 0, ŷ = 0.5, ∂L/∂z = −0.5, so W became (1, 0.75) and b 0.5. The initial weights are given "
            "instead of drawn, so that there is one right answer.",
            {"inputs": ((1, 2),), "labels": ((1,),), "learning_rate": 1, "epochs": 10, "initial": ((0.5, -0.25, 0),)},
        ),
        "rate-too-small": Example(
            "Learning rate: too small",
            "At a learning rate of 0.01 the loss ends at 0.21. Where does it end at a thousandth of that?",
            "After 2000 epochs it is still above 6: a step is the learning rate times the gradient, and 0.00001 "
            "times anything is little.",
            {**TUTORIAL_SAMPLES, "learning_rate": 1e-5},
        ),
        "rate-too-large": Example(
            "Learning rate: too large",
            "The learning rate is 0.3 instead of 0.01. Is the loss of epoch 2 lower than that of epoch 1?",
            "It jumps to nine times its first value, and goes up and down before it settles. A gradient says "
            "which way is down and not how far: a step this long lands on the other side, higher up.",
            {**TUTORIAL_SAMPLES, "learning_rate": 0.3, "epochs": 100},
        ),
        "lower-rate": Example(
            "Learning rate: lower on the way",
            "The learning rate is 1, and 0.05 from position 100 on. What will the loss do there?",
            "It stands still at 2.15 before and falls to 1.52 at once. Two contradicting samples push ŷ to and "
            "fro, and a smaller step pushes less.",
            {
                "inputs": ((1,), (1,)),
                "labels": ((1,), (0,)),
                "learning_rate": 1,
                "epochs": 200,
                "schedule": ((100, 0.05),),
            },
        ),
        "saturated-chain": Example(
            "Saturation: by the chain route",
            "The learning rate is 10, and ∂L/∂z is formed as a product. Will what goes wrong come right again?",
            "No: from epoch 3 on the loss stands still at 736, and what is wrong stays wrong. There ŷ is exactly "
            "0 or 1, so ∂ŷ/∂z is 0, and 0 times any ∂L/∂ŷ is 0.",
            {**TUTORIAL_SAMPLES, "learning_rate": 10, "epochs": 200, "route": "chain"},
        ),
        "saturated-fused": Example(
            "Saturation: by the fused route",
            "The learning rate is 10, and ∂L/∂z is ŷ − y itself. Will what goes wrong come right again?",
            "Yes: the loss jumps to 1586 in epoch 2, higher than by the chain route, and yet every prediction "
            "ends right. Without the factor ∂ŷ/∂z the most wrong prediction has the largest gradient.",
            {**TUTORIAL_SAMPLES, "learning_rate": 10, "epochs": 200},
        ),
        "one-large-input": Example(
            "Inputs: one on a larger scale",
            "x₁ lies between 0 and 1, x₂ between 100 and 250. Does one learning rate suit both?",
            "No, the loss never settles: the gradient of x₂ is 35 times that of x₁ in most epochs and 100 times "
            "in nearly all others. ∂L/∂W is ∂L/∂z times the input, so 0.01 is far too large for inputs near 200.",
            {
                "inputs": ((0.2, 120), (0.9, 140), (0.4, 160), (0.8, 180), (0.1, 200), (0.7, 220)),
                "labels": ((0,), (1,), (0,), (1,), (0,), (1,)),
            },
        ),
        "contradiction": Example(
            "Labels: contradicting each other",
            "Three equal samples have the labels 1, 1 and 0. Where will their ŷ end?",
            "Near 2/3, and the loss stays above 1.9: equal inputs have equal predictions, and the best one is "
            "the share of the labels that are 1.",
            {"inputs": ((1, 0), (1, 0), (1, 0), (0, 1)), "labels": ((1,), (1,), (0,), (0,)), "learning_rate": 0.05},
        ),
        "never-1": Example(
            "Labels: a column that is never 1",
            "No label in y₂ is 1. What becomes of its bias?",
            "It falls in every epoch, until every ŷ in y₂ is below 0.01: with no label to pull it up, ŷ − y is "
            "positive for every sample, and ∂L/∂b is ŷ − y.",
            {"inputs": _GATES, "labels": ((0, 0), (0, 0), (1, 0), (1, 0)), "learning_rate": 0.1, "epochs": 1000},
        ),
        "soft-labels": Example(
            "Labels: soft",
            "The labels are 0.2, 0.5 and 0.8. If every ŷ comes to its label, is the loss 0?",
            "Each ŷ comes to its label, and yet the loss stays at 1.69. A label of 0.2 says that the entry is on "
            "in one case of five: knowing that leaves the case itself open.",
            {"inputs": ((0,), (1,), (2,)), "labels": ((0.2,), (0.5,), (0.8,)), "learning_rate": 0.1, "epochs": 1000},
        ),
        "gates": Example(
            "Logic: AND, OR and NAND",
            "Can one layer learn AND, OR and NAND at once? Which of their weights will have opposite signs?",
            "All three are learned, and NAND’s weights get the signs opposite to AND’s. Each can be split by a "
            "straight line, and each output has a row of W to itself.",
            {
                "inputs": _GATES,
                "labels": ((0, 0, 1), (0, 1, 1), (0, 1, 1), (1, 1, 0)),
                "learning_rate": 0.5,
                "epochs": 1000,
                "label_names": ("AND", "OR", "NAND"),
            },
        ),
        "xor": Example(
            "Logic: XOR",
            "Can one straight line part the ones of XOR from its zeros? How many of the four can be right?",
            "Three at most, and in the end two, with every ŷ between 0.4 and 0.6: every line leaves one of the four on "
            "the wrong side. “Hidden layers: XOR with four units” draws more than one.",
            _XOR,
        ),
        "zeros": Example(
            "Initial weights: all zero",
            "Every weight begins at 0. Can the rows of W become different?",
            "Only that of y₁, which has labels of its own: the others start equal and have equal labels, so "
            "their gradients are equal, and they stay equal. The training succeeds all the same.",
            {**TUTORIAL_SAMPLES, "initial": ((0, 0, 0, 0),) * 4},
        ),
        "xor-hidden": Example(
            "Hidden layers: XOR with four units",
            "No single line separates XOR. What can four hidden units do, each with a line of its own?",
            "All four are right from epoch 111 on: the output weighs what the hidden units tell of their lines. By "
            "∂L/∂a = Wᵀ ∂L/∂z each unit hears what it has done to the loss.",
            {**_XOR, "hidden": (4,)},
        ),
        "xor-two-units": Example(
            "Hidden layers: XOR with two units",
            "Two lines are enough for XOR. Will two hidden units find them from these initial weights?",
            "Not these: one of four stays wrong, and the loss ends at 1.71. It is luck: of the seeds 0 to 11 nine "
            "learn it, and 1, 8 and 11 do not.",
            {**_XOR, "hidden": (2,)},
        ),
        "circle": Example(
            "Hidden layers: a circle",
            "The ones lie inside, the zeros around them. What shape will the border of four units have?",
            "A closed one around the ones, with all 24 right from epoch 22 on. A single line ends with 9 of 24.",
            {**_circle(12), "hidden": (4,), "activation": "tanh", "learning_rate": 0.1, "epochs": 300},
        ),
        "moons": Example(
            "Hidden layers: two moons",
            "Two moons reach into each other. A line gets 20 of 24 right; what will four hidden units get?",
            "All 24 from epoch 82 on: four tanh units, each of which bends along a line, make a border that winds "
            "between the moons.",
            {**_moons(12), "hidden": (4,), "activation": "tanh", "learning_rate": 0.1, "epochs": 500},
        ),
        "parity": Example(
            "Hidden layers: parity of three bits",
            "y is 1 where an odd number of bits is 1. What does one bit alone tell of y?",
            "Nothing: each bit is 1 in half of the ones and in half of the zeros. Six hidden units put the three "
            "together, and all eight are right from epoch 192 on.",
            {
                "inputs": _BITS,
                "labels": tuple((sum(bits) % 2,) for bits in _BITS),
                "hidden": (6,),
                "activation": "tanh",
                "learning_rate": 0.1,
                "epochs": 1000,
            },
        ),
        "vanishing": Example(
            "Hidden layers: a gradient that vanishes",
            "Three layers of sigmoids. How much of the output’s ∂L/∂z reaches the first layer in epoch 1? Choose "
            "Layers to see it.",
            "0.030 of 0.561 on average, a twentieth: each layer down multiplies by Wᵀ and by σ′, at most 1/4. All four "
            "are right from epoch 293 on, and with one hidden layer from 111 on.",
            {**_XOR, "hidden": (4, 4)},
        ),
        "vanishing-tanh": Example(
            "Hidden layers: the same with tanh",
            "The same initial weights with tanh, whose slope is 1 at most. What reaches the first layer now? Choose "
            "Layers to see it.",
            "0.255 of 0.625 in epoch 1, eight times as much as with the sigmoid. All four are right from epoch 36 on, "
            "not from 293 on.",
            {**_XOR, "hidden": (4, 4), "activation": "tanh"},
        ),
        "dying-relu": Example(
            "Hidden layers: a ReLU that dies",
            "ReLU, two units, a learning rate of 1. What is the slope of a unit that is 0 for every sample?",
            "0, for good: after epoch 1 both units give 0 for all four samples, their gradient is 0, and the loss "
            "stays above 3.",
            {**_XOR, "hidden": (2,), "activation": "relu", "learning_rate": 1, "epochs": 300},
        ),
        "iris": Example(
            "Iris flowers: standardised",
            "Each of three species gets a line through four measures. Which one will stay the hardest to tell apart?",
            "Versicolor, while setosa is told apart without a mistake. The petals of versicolor lie between "
            "those of the others, and no single straight line cuts out a middle.",
            {**_IRIS, "inputs": _SCALED.inputs, "scaling": _SCALED.scaling},
        ),
        "iris-raw": Example(
            "Iris flowers: as measured",
            "The same flowers as measured, in centimetres, not standardised. What changes, the loss or the accuracy?",
            "Both end higher: the loss at 99.2 instead of 86.7, and the accuracy at 91.8 % instead of 90.2 %. "
            "Lengths are all positive, so a step pushes every weight of a row the same way.",
            _IRIS,
        ),
    }
)
"""By the name that stands for each in an address; the tutorial first.

Links outlive a version of this app: an example that got other samples or settings would change what they open.
"""
