"""Sample sets by name, and what is published about them. Data only.

The tutorial is Kyle Vedder's "Binary Classification Neural Network from scratch in Numpy". Its five samples
come first: the losses it publishes for them are the outside check of everything else here.
"""

from typing import Final, NamedTuple


class SampleSet(NamedTuple):
    """Inputs and labels, one row per sample."""

    inputs: tuple[tuple[float, ...], ...]
    labels: tuple[tuple[float, ...], ...]


SAMPLE_SETS: Final[dict[str, SampleSet]] = {
    "tutorial": SampleSet(
        inputs=((1, 3, 5), (1, 9, 5), (1, 2, 5), (0, 9, 5), (0, 0, 5)),
        labels=((1, 0, 0, 0), (1, 0, 0, 0), (1, 0, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0)),
    ),
    # OR can be split by a line, XOR (exactly one of two) cannot: the classic limit of one linear layer
    "logic": SampleSet(
        inputs=((0, 0), (0, 1), (1, 0), (1, 1)),
        labels=((0, 0, 0), (1, 0, 1), (1, 0, 1), (1, 1, 0)),
    ),
}
"""In ``logic`` the outputs are OR, AND and XOR of the two inputs."""

TUTORIAL_LOSSES: Final[dict[int, float]] = {
    1997: 0.2139563336968422,
    1998: 0.21384888887405396,
    1999: 0.2137417010962963,
}
"""Running loss by epoch (from 0) as the tutorial prints it: its samples, lr 0.01, seed 42, float32."""
