"""The words of the panel: what its controls are called, what they offer, and what each of that means. Pure text."""

from typing import Final

import numpy as np

from classifier import Experiment, Run
from classifier.experiment.hidden import shapes
from classifier.experiment.validation import counted
from pages.shared.draft.start import SEED, TYPED, ZEROS, write_matrices
from pages.shared.examples import EXAMPLES
from pages.shared.text.shown_numbers import number

MATRIX: Final = "Matrix of initial weights, the bias last"
LABELS: Final = {
    "learning_rate": "Exact learning rate",
    "epochs": "Epochs",
    "seed": "Seed",
    "initial": MATRIX,
}
"""The panel's fields by their labels on the screen."""
SHOWN_PROBLEMS: Final = 3

RESET: Final = "Reset to the tutorial"
ABOUT_RESET: Final = "The tutorial's samples, names, learning rate, epochs and seed; position 0."
SCALED: Final = "Inputs standardised"
ABOUT_SCALING: Final = (
    "An input here is (value − mean) / scale, with the mean and the standard deviation of the values measured:"
)
ABOUT_FROM_HERE: Final = "Here is the position shown. The run up to it stays; later changes are dropped."

ROUTES: Final = {
    "fused": "∂L/∂z = ŷ − y, formed in one step: right everywhere.",
    "chain": "∂L/∂z = ∂L/∂ŷ · ∂ŷ/∂z, the product of two: 0 where the sigmoid saturates.",
}
DTYPES: Final = {"float32": "About 7 digits, as in the tutorial.", "float64": "About 16 digits."}

FIRST_UNITS: Final = 4
"""Units of a first hidden layer: XOR is learned with them, whatever the seed."""
ABOUT_HIDDEN: Final = (
    "Between the inputs and the outputs. Each unit forms its own z from all that comes from below and passes its "
    "activation on. Without a hidden layer an output can part its ones from its zeros by one straight line only."
)
ABOUT_ACTIVATION: Final = (
    "What a hidden unit makes of its z: sigmoid brings it between 0 and 1, tanh between −1 and 1, ReLU keeps what is "
    "above 0 and makes the rest 0."
)

STARTS: Final = {
    SEED: ("Random by seed", "Standard normal; each seed draws its own."),
    ZEROS: ("Zeros", "Every weight and every bias is 0."),
    TYPED: ("Typed in", "As on an exercise sheet."),
}
ABOUT_MATRIX: Final = (
    "Type or paste a matrix: a row for each output, in it a number for each input, the bias last, "
    "with spaces, tabs or semicolons between them. With hidden layers, a matrix for each, the first on top, with a row "
    "for each unit. It starts as the weights shown, to three decimals."
)

NEEDS_APP: Final = "A class, Step by step, Compare and the other pages need the app."


def example_title(name: str) -> str:
    """Say which example it is; the visitor's own experiment has no name."""
    return EXAMPLES[name].title if name else "Your own experiment"


def left_out(meant: Experiment) -> str:
    """Say which matrix of initial weights an experiment needs, whose own was left out."""
    needed = " and ".join(f"{counted(rows, 'row')} of {columns} numbers" for rows, columns in shapes(meant.sizes))
    return f"Left out: the samples need {needed}."


def about_seed(experiment: Experiment) -> str:
    """Say what the seed does."""
    if experiment.initial is not None:
        return "Without effect: the initial weights are given, under Advanced."
    return "The seed determines the initial weights."


def shown_start(run: Run) -> str:
    """Write the weights that a run started from, to three decimals: something to change where a matrix is typed."""
    start = [matrices[0].astype(np.float64).round(3) + 0.0 for matrices in run.history.parameters]
    return write_matrices([matrix.tolist() for matrix in start])


def scaled(experiment: Experiment) -> list[tuple[str, str]]:
    """Say how each input of a table was standardised, by its name; nothing if none was."""
    return [
        (name, "value, as it was typed" if (mean, scale) == (0, 1) else _standardised(mean, scale))
        for name, (mean, scale) in zip(experiment.input_names, experiment.scaling or (), strict=False)
    ]


def _standardised(mean: float, scale: float) -> str:
    sign = "+" if mean < 0 else "−"
    return f"(value {sign} {number(abs(mean))}) / {number(scale)}"
