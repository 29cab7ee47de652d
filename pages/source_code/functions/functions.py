"""All functions: formulas and arrays only. The source is read from those that run (pages/source_code/sources.py)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from pages.source_code.functions import layers, loss, network
from pages.source_code.functions.function import Function

FUNCTIONS: Final[Mapping[str, Function]] = MappingProxyType(
    {told.function.__qualname__: told for told in (*loss.FUNCTIONS, *layers.FUNCTIONS, *network.FUNCTIONS)}
)
"""By the name that stands in an address, in the tutorial's order: loss, layers, network."""
