"""The functions of the graph in the tutorial's order: each with its formula, its numbers and what differs, and why.

Formulas and arrays only; the source itself is read from the functions that run (pages/source_code/sources.py).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from pages.source_code.tour import layers, loss, network
from pages.source_code.tour.stop import At, Stop, Value
from pages.source_code.tour.written import written

__all__ = ["TOUR", "At", "Stop", "Value", "written"]

TOUR: Final[Mapping[str, Stop]] = MappingProxyType(
    {stop.function.__qualname__: stop for stop in (*loss.STOPS, *layers.STOPS, *network.STOPS)}
)
"""By the name that stands in an address, in the tutorial's order: loss, linear layer, sigmoid, network."""
