"""One entry of [W | b] as an address names it: "2-3" is the weight of output 2 and input 3, "2-b" its output's bias."""

from classifier.experiment.experiment import Experiment
from pages.shared.address.parameters import read_number
from pages.shared.text.quoting import quoted


def read_entry(text: str, experiment: Experiment, layer: int) -> tuple[int, int | None]:
    """Read an entry of a layer, counted from 0: its output and its input, each from 0; None for the bias.

    Raises
    ------
    ValueError
        If it is none of this experiment's.

    Examples
    --------
    >>> read_entry("2-3", Experiment.tutorial(), 0), read_entry("2-b", Experiment.tutorial(), 0)
    ((1, 2), (1, None))
    """
    output, dash, column = text.partition("-")
    if not dash:
        raise ValueError(f'{quoted(text)} is not of the form "2-3" (output 2, input 3) or "2-b" (its bias).')
    inputs, outputs = experiment.sizes[layer : layer + 2]
    of = "this experiment" if len(experiment.sizes) == 2 else f"layer {layer + 1}"
    row = read_number(output, outputs, f"the outputs of {of}") - 1
    if column == "b":
        return row, None
    return row, read_number(column, inputs, f"the inputs of {of}") - 1


def write_entry(output: int, column: int | None) -> str:
    """Write an entry as `read_entry` reads it.

    Examples
    --------
    >>> write_entry(1, 2), write_entry(1, None)
    ('2-3', '2-b')
    """
    return f"{output + 1}-{'b' if column is None else column + 1}"
