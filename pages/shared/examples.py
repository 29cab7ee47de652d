"""The real data set among the examples: Fisher's iris flowers, as plotly brings them along. Pure; no widget."""

from __future__ import annotations

import csv
import gzip
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from classifier import EXAMPLES, Example, standardise

__all__ = ["examples"]

_SPECIES: Final = ("setosa", "versicolor", "virginica")
_MEASURES: Final = ("sepal_length", "sepal_width", "petal_length", "petal_width")
_FIELDS: Final = {
    "input_names": tuple(name.replace("_", " ") for name in _MEASURES),
    "label_names": _SPECIES,
    "epochs": 200,
}


def examples() -> dict[str, Example]:
    """Return all experiments that teach, by the name that stands for them in an address: the core's, then iris.

    Links outlive a version of this app: an example that got other samples or settings would change what they open.
    """
    return {**EXAMPLES, **_iris()}


@lru_cache(maxsize=1)
def _iris() -> dict[str, Example]:
    inputs, labels = _flowers()
    scaled = standardise(inputs)
    return {
        "iris": Example(
            "Iris, standardised",
            "Setosa is told apart without a mistake, while versicolor stays the worst of the three columns.",
            "By its measures versicolor lies between the other two, and no single straight line cuts out a middle.",
            {**_FIELDS, "inputs": scaled.inputs, "labels": labels, "scaling": scaled.scaling},
        ),
        "iris-raw": Example(
            "Iris, as measured",
            "At the same learning rate the loss is higher than with standardised inputs, from the second epoch on.",
            "Lengths in centimetres are all positive, so every weight of a row is pushed the same way at once.",
            {**_FIELDS, "inputs": inputs, "labels": labels},
        ),
    }


def _flowers() -> tuple[tuple[tuple[float, ...], ...], tuple[tuple[float, ...], ...]]:
    """Read the flowers, one species after the other by turns.

    The file is sorted by species. Steps are taken in the order of the table, and fifty flowers of one kind in a row
    make the network forget the others.
    """
    spec = find_spec("plotly")  # finds the folder; imports nothing
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("plotly is not installed")
    path = Path(spec.submodule_search_locations[0], "package_data", "datasets", "iris.csv.gz")
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    by_species = [[row for row in rows if row["species"] == species] for species in _SPECIES]
    turns = [row for turn in zip(*by_species, strict=True) for row in turn]
    inputs = tuple(tuple(float(row[name]) for name in _MEASURES) for row in turns)
    labels = tuple(tuple(float(row["species"] == species) for species in _SPECIES) for row in turns)
    return inputs, labels
