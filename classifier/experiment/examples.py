"""Experiments that teach, by name, and what is published about the first of them. Data only.

The tutorial is Kyle Vedder's "Binary Classification Neural Network from scratch in Numpy". Its five samples
come first: the losses it publishes for them are the outside check of everything else here.

What each of them teaches is said, with the real data set among them, in pages/shared/examples.py.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

_TUTORIAL: Final = {
    "inputs": ((1, 3, 5), (1, 9, 5), (1, 2, 5), (0, 9, 5), (0, 0, 5)),
    "labels": ((1, 0, 0, 0), (1, 0, 0, 0), (1, 0, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0)),
}
_GATES: Final = ((0, 0), (0, 1), (1, 0), (1, 1))

EXAMPLES: Final[Mapping[str, Mapping[str, Any]]] = MappingProxyType(
    {
        "tutorial": _TUTORIAL,
        "exercise": {
            "inputs": ((1, 2),),
            "labels": ((1,),),
            "learning_rate": 1,
            "epochs": 10,
            "initial": ((0.5, -0.25, 0),),
        },
        "rate-too-small": {**_TUTORIAL, "learning_rate": 1e-5},
        "rate-too-large": {**_TUTORIAL, "learning_rate": 0.3, "epochs": 100},
        "saturated-chain": {**_TUTORIAL, "learning_rate": 10, "epochs": 200, "route": "chain"},
        "saturated-fused": {**_TUTORIAL, "learning_rate": 10, "epochs": 200},
        "one-large-input": {
            "inputs": ((0.2, 120), (0.9, 140), (0.4, 160), (0.8, 180), (0.1, 200), (0.7, 220)),
            "labels": ((0,), (1,), (0,), (1,), (0,), (1,)),
        },
        "contradiction": {
            "inputs": ((1, 0), (1, 0), (1, 0), (0, 1)),
            "labels": ((1,), (1,), (0,), (0,)),
            "learning_rate": 0.05,
        },
        "never-1": {
            "inputs": _GATES,
            "labels": ((0, 0), (0, 0), (1, 0), (1, 0)),
            "learning_rate": 0.1,
            "epochs": 1000,
        },
        "soft-labels": {
            "inputs": ((0,), (1,), (2,)),
            "labels": ((0.2,), (0.5,), (0.8,)),
            "learning_rate": 0.1,
            "epochs": 1000,
        },
        "gates": {
            "inputs": _GATES,
            "labels": ((0, 0, 1), (0, 1, 1), (0, 1, 1), (1, 1, 0)),
            "learning_rate": 0.5,
            "epochs": 1000,
            "label_names": ("AND", "OR", "NAND"),
        },
        "xor": {
            # Each step pulls ŷ its sample's way, so the order decides where the line comes to rest: between the
            # columns, in the middle of the picture.
            "inputs": ((1, 0), (1, 1), (0, 0), (0, 1)),
            "labels": ((1,), (0,), (0,), (1,)),
            "learning_rate": 0.5,
            "epochs": 1000,
            "label_names": ("XOR",),
        },
        "zeros": {**_TUTORIAL, "initial": ((0, 0, 0, 0),) * 4},
        "lower-rate": {
            "inputs": ((1,), (1,)),
            "labels": ((1,), (0,)),
            "learning_rate": 1,
            "epochs": 200,
            "schedule": ((100, 0.05),),
        },
    }
)
"""The fields of Experiment, the others having their defaults; by the name that stands for it in an address."""

TUTORIAL_LOSSES: Final[dict[int, float]] = {
    1997: 0.2139563336968422,
    1998: 0.21384888887405396,
    1999: 0.2137417010962963,
}
"""Running loss by epoch (from 0) as the tutorial prints it: its samples, lr 0.01, seed 42, float32."""
