"""The tutorial's samples, and what it publishes about them. Data only.

The tutorial is Kyle Vedder's "Binary Classification Neural Network from scratch in Numpy". The losses it publishes for
its five samples are the outside check of everything else here.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

TUTORIAL_SAMPLES: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "inputs": ((1, 3, 5), (1, 9, 5), (1, 2, 5), (0, 9, 5), (0, 0, 5)),
        "labels": ((1, 0, 0, 0), (1, 0, 0, 0), (1, 0, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0)),
    }
)
"""The fields of Experiment that make it the tutorial's: the others have their defaults."""

TUTORIAL_LOSSES: Final[dict[int, float]] = {
    1997: 0.2139563336968422,
    1998: 0.21384888887405396,
    1999: 0.2137417010962963,
}
"""Running loss by epoch (from 0) as the tutorial prints it: its samples, lr 0.01, seed 42, float32."""
