"""The derivations, one idea on each line: formulas and the words between them. Pure strings.

A formula that starts with "=" goes on from the one before it. A test puts numbers into every line that has a value, and
compares each derivative with a central difference. No line is wider than a phone.
"""

from dataclasses import dataclass
from typing import Final

from pages.shared.text.quantities import (
    LOSS_WRT_BIAS,
    LOSS_WRT_WEIGHT,
    LOSS_WRT_YHAT,
    LOSS_WRT_Z,
    PASSED_DOWN,
    YHAT,
    YHAT_WRT_Z,
    Z_WRT_BIAS,
    Z_WRT_WEIGHT,
)


@dataclass(frozen=True)
class Line:
    """One idea.

    Attributes
    ----------
    formula : str
        LaTeX.
    why : str
        Markdown: what this line does.
    """

    formula: str
    why: str


@dataclass(frozen=True)
class Derivation:
    """A derivation from what is given to what it gives.

    Attributes
    ----------
    key : str
        Name and anchor.
    title : str
    about : str
        Markdown: the question that it answers.
    lines : tuple of Line
    result : str
        LaTeX: the formula that the live example beside it evaluates.
    code : str
        Where this formula stands in the code.
    """

    key: str
    title: str
    about: str
    lines: tuple[Line, ...]
    result: str
    code: str


_BCE = Derivation(
    "bce",
    "Binary cross-entropy",
    "How much does the loss change if the prediction $\\hat{y}$ changes a little?",
    (
        Line(r"p = \hat{y}^{\,y} \, (1 - \hat{y})^{1 - y}", "The probability that the model gave to the label $y$."),
        Line(r"L = -\ln p", "The loss is small where that probability is large."),
        Line(r"L = -[\, y \ln \hat{y} + (1 - y) \ln (1 - \hat{y}) \,]", "A logarithm turns the product into a sum."),
        Line(r"\frac{d \ln \hat{y}}{d \hat{y}} = \frac{1}{\hat{y}}", "The first logarithm."),
        Line(
            r"\frac{d \ln (1 - \hat{y})}{d \hat{y}} = -\frac{1}{1 - \hat{y}}",
            "The second one: its inside falls when $\\hat{y}$ rises.",
        ),
        Line(
            rf"{LOSS_WRT_YHAT} = -\frac{{y}}{{{YHAT}}} + \frac{{1 - y}}{{1 - {YHAT}}}",
            "Both together. The label is a constant.",
        ),
        Line(r"= \frac{-y (1 - \hat{y}) + (1 - y) \hat{y}}{\hat{y} (1 - \hat{y})}", "One common denominator."),
        Line(
            r"= \frac{-y + y \hat{y} + \hat{y} - y \hat{y}}{\hat{y} (1 - \hat{y})}",
            "Multiply out: $y\\hat{y}$ cancels.",
        ),
    ),
    rf"{LOSS_WRT_YHAT} = \frac{{{YHAT} - y}}{{{YHAT} - {YHAT}^2}}",
    "BinaryCrossEntropyLoss.backward",
)

_SIGMOID = Derivation(
    "sigmoid",
    "The sigmoid",
    "How much does the prediction change if the logit $z$ changes a little?",
    (
        Line(r"\hat{y} = \frac{1}{1 + e^{-z}}", "From any number to one between 0 and 1."),
        Line(r"u = 1 + e^{-z}", "Give the denominator a name."),
        Line(r"\hat{y} = \frac{1}{u}", "Then there are two simple steps."),
        Line(r"\frac{d \hat{y}}{d u} = -\frac{1}{u^2}", "The outer step."),
        Line(r"\frac{d u}{d z} = -e^{-z}", "The inner step."),
        Line(
            rf"{YHAT_WRT_Z} = \frac{{e^{{-z}}}}{{(1 + e^{{-z}})^2}}",
            "Their product: the two signs cancel. This is the tutorial’s form.",
        ),
        Line(r"= \frac{1}{1 + e^{-z}} \cdot \frac{e^{-z}}{1 + e^{-z}}", "Split it into two factors."),
        Line(r"1 - \hat{y} = 1 - \frac{1}{1 + e^{-z}}", "The first factor is $\\hat{y}$. How much is missing to 1?"),
        Line(r"= \frac{1 + e^{-z} - 1}{1 + e^{-z}}", "One common denominator."),
        Line(r"= \frac{e^{-z}}{1 + e^{-z}}", "That is the second factor."),
    ),
    rf"{YHAT_WRT_Z} = {YHAT} \, (1 - {YHAT})",
    "Sigmoid.backward",
)

_LINEAR = Derivation(
    "linear",
    "The linear layer",
    "How much does a logit change if one weight, or one bias, changes a little?",
    (
        Line(r"z = W x + b", "All outputs at once: $W$ has a row for each output $o$, a column for each input $j$."),
        Line(r"z_o = \sum_j W_{oj} \, x_j + b_o", "One output: its own row of $W$, its own bias."),
        Line(r"z_o = W_{o1} x_1 + W_{o2} x_2 + \dots + b_o", "A sum of terms. Every weight stands in one of them."),
        Line(r"\frac{\partial z_o}{\partial b_o} = 1", "The bias is added as it is."),
        Line(
            r"\frac{\partial z_o}{\partial W_{kj}} = 0 \quad (k \ne o)", "A weight of another row is not in this sum."
        ),
    ),
    r"\frac{\partial z_o}{\partial W_{oj}} = x_j",
    "Linear.backward",
)

_CHAIN = Derivation(
    "chain",
    "The chain",
    "The weight moves $z$, which moves $\\hat{y}$, which moves $L$. How much does $L$ move?",
    (
        Line(r"W_{oj} \to z_o \to \hat{y}_o \to L", "The way forward. Every arrow is a layer."),
        Line(
            rf"\Delta z \approx {Z_WRT_WEIGHT} \, \Delta W", "A small change is multiplied by the slope of the layer."
        ),
        Line(rf"\Delta {YHAT} \approx {YHAT_WRT_Z} \, \Delta z", "And by that of the next layer."),
        Line(
            rf"\Delta L \approx {LOSS_WRT_YHAT} \, \Delta {YHAT}",
            "And by the last. Put one into the other: slopes multiply.",
        ),
        Line(
            rf"{LOSS_WRT_Z} = {LOSS_WRT_YHAT} \cdot {YHAT_WRT_Z}",
            "Read backward from the loss, each product is needed only once: this is back-propagation.",
        ),
        Line(rf"{LOSS_WRT_BIAS} = {LOSS_WRT_Z} \cdot {Z_WRT_BIAS}", "One arrow more, to the bias."),
        Line(rf"= {LOSS_WRT_Z}", "Its slope is 1. For the weight it is another:"),
    ),
    rf"{LOSS_WRT_WEIGHT} = {LOSS_WRT_YHAT} \cdot {YHAT_WRT_Z} \cdot {Z_WRT_WEIGHT}",
    "Network.backward_at",
)

_OUTER = Derivation(
    "outer",
    "The outer product",
    "Why does $\\partial L / \\partial W$ have the shape of $W$, and why is it an outer product?",
    (
        Line(r"\frac{\partial L}{\partial W_{oj}}", "One number for each weight: so many rows and columns as $W$ has."),
        Line(
            r"= \sum_k \frac{\partial L}{\partial z_k} \cdot \frac{\partial z_k}{\partial W_{oj}}",
            "A weight could act on the loss through every output $k$.",
        ),
        Line(
            r"\frac{\partial z_k}{\partial W_{oj}} = 0 \quad (k \ne o)",
            "But it is in the sum of its own output only: one term is left.",
        ),
        Line(
            r"\frac{\partial L}{\partial W_{oj}} = \frac{\partial L}{\partial z_o} \cdot x_j",
            "Row $o$ decides the first factor, column $j$ the second.",
        ),
        Line(
            r"(\text{out}, 1) \cdot (1, \text{in}) \to (\text{out}, \text{in})",
            "A column times a row fills the whole matrix.",
        ),
    ),
    rf"{LOSS_WRT_WEIGHT} = {LOSS_WRT_Z} \otimes x",
    "Network.backward_at",
)

_COLLAPSE = Derivation(
    "collapse",
    "The collapse",
    "Why is nothing left of the two fractions but a difference?",
    (
        Line(rf"{LOSS_WRT_Z} = {LOSS_WRT_YHAT} \cdot {YHAT_WRT_Z}", "The chain up to the logit."),
        Line(
            r"= \frac{\hat{y} - y}{\hat{y} - \hat{y}^2} \cdot \hat{y} (1 - \hat{y})", "Put in both results from above."
        ),
        Line(
            r"= \frac{\hat{y} - y}{\hat{y} - \hat{y}^2} \cdot (\hat{y} - \hat{y}^2)",
            "The denominator of the loss is the slope of the sigmoid: they cancel.",
        ),
    ),
    rf"{LOSS_WRT_Z} = {YHAT} - y",
    "BinaryCrossEntropyLoss.backward_from_logits",
)

_DOWN = Derivation(
    "down",
    "Through a layer",
    "How much does the loss change if the output $a_j$ of a hidden unit changes a little?",
    (
        Line(r"a_j \to z_1, z_2, \dots \to L", "A unit moves every sum above it, and each of them moves the loss."),
        Line(r"\frac{\partial z_o}{\partial a_j} = W_{oj}", "In each sum it stands once, times one weight."),
        Line(
            r"\frac{\partial L}{\partial a_j} = \sum_o \frac{\partial z_o}{\partial a_j} \cdot "
            r"\frac{\partial L}{\partial z_o}",
            "Where there are several ways to the loss, their shares add.",
        ),
        Line(
            r"\frac{\partial L}{\partial a_j} = W_{1j} \cdot \frac{\partial L}{\partial z_1} + "
            r"W_{2j} \cdot \frac{\partial L}{\partial z_2}",
            "With two outputs. The weights are column $j$ of $W$; forward, a sum took a row. Hence the transpose:",
        ),
    ),
    PASSED_DOWN,
    "Network.backward_at",
)

_VANISH = Derivation(
    "vanish",
    "Slopes multiply, and vanish",
    "What is left of the error after many layers?",
    (
        Line(
            r"\frac{\partial L}{\partial z^{1}} = \frac{\partial L}{\partial a^{1}} \cdot "
            r"\frac{\partial a^{1}}{\partial z^{1}}",
            "Each unit bends its own sum only: what came down is multiplied by the slope $f'(z)$ there. (A raised "
            "number is a layer’s.)",
        ),
        Line(
            r"\frac{\partial a^{1}}{\partial z^{1}} = a^{1} (1 - a^{1})",
            "Of the sigmoid: at most $1/4$, where $z$ is 0.",
        ),
        Line(r"\frac{d \tanh z}{d z} = 1 - t \cdot t", "Of $t = \\tanh z$: at most 1. The quotient rule gives it."),
        Line(r"\frac{d \max(z, 0)}{d z} = 1 \quad (z > 0)", "Of ReLU: 1, or 0 where $z$ is negative."),
        Line(
            r"\frac{\partial a^{2}}{\partial z^{1}} = \frac{\partial a^{2}}{\partial a^{1}} \cdot "
            r"\frac{\partial a^{1}}{\partial z^{1}}",
            "One sigmoid after another, with weights of 1: the next slope is a further factor.",
        ),
    ),
    r"\frac{\partial a^{2}}{\partial z^{1}} = a^{2} (1 - a^{2}) \cdot a^{1} (1 - a^{1})",
    "Network.backward_at",
)

_MEAN = Derivation(
    "mean",
    "With 1/N",
    "The tutorial sums. What changes if the loss is a mean of $N$ entries, as in most libraries?",
    (
        Line(r"L = \sum_o L_o", "Here: the sum over the outputs."),
        Line(r"\bar{L} = \frac{1}{N} \sum_o L_o", "There: their mean."),
        Line(
            r"\frac{\partial \bar{L}}{\partial z_o} = \frac{1}{N} \cdot \frac{\partial L_o}{\partial z_o}",
            "A constant factor passes through every derivative.",
        ),
        Line(
            rf"W - \eta \, \frac{{\partial \bar{{L}}}}{{\partial W}} = W - \frac{{\eta}}{{N}} \, {LOSS_WRT_WEIGHT}",
            "The direction is the same. A step with the mean is a step with a learning rate $\\eta$ that is $N$ times "
            "smaller.",
        ),
    ),
    r"\frac{\partial \bar{L}}{\partial z_o} = \frac{\hat{y}_o - y_o}{N}",
    'PyTorch’s reduction="sum" is the sum; its default is the mean',
)

DERIVATIONS: Final = (_BCE, _SIGMOID, _LINEAR, _CHAIN, _OUTER, _COLLAPSE, _DOWN, _VANISH, _MEAN)
"""In the order in which each needs the ones before it."""
