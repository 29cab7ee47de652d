"""Tables to try before one has one of one's own: each a text as a file would hold it. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from classifier import Experiment
from pages.shared.address.writing import named_experiments
from pages.shared.text.typed_numbers import format_number

_KIND: Final = 20  # rows of a kind, where we draw them


@dataclass(frozen=True)
class DataSet:
    """A table to try.

    Attributes
    ----------
    title, about : str
    text : callable
        Gives the table, with commas between the columns and names in its first line.
    """

    title: str
    about: str
    text: Callable[[], str]


def _written(names: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    return "\n".join(",".join(map(str, row)) for row in (names, *rows))


def _tutorial() -> str:
    experiment = Experiment.tutorial()
    rows = [map(format_number, (*x, *y)) for x, y in zip(experiment.inputs, experiment.labels, strict=True)]
    return _written((*experiment.input_names, *experiment.label_names), map(tuple, rows))


def _flowers() -> str:
    """Write the flowers in the order of their file: one species after another."""
    experiment = named_experiments()["iris-raw"]
    kinds = experiment.label_array.argmax(axis=1)
    rows = [(*map(format_number, experiment.inputs[i]), experiment.label_names[kinds[i]]) for i in np.argsort(kinds)]
    return _written((*experiment.input_names, "species"), rows)


def _drawn(names: Sequence[str], kinds: Mapping[str, NDArray[np.float64]], digits: int, *, mixed: bool) -> str:
    rows = [(*(round(float(value), digits) for value in row), kind) for kind, table in kinds.items() for row in table]
    if mixed:
        rows = [rows[i] for i in np.random.RandomState(1).permutation(len(rows))]
    return _written(names, rows)


def _moons() -> str:
    random, t = np.random.RandomState(0), np.linspace(0, np.pi, _KIND)
    upper = np.column_stack([np.cos(t), np.sin(t)])
    lower = np.column_stack([1 - np.cos(t), 0.5 - np.sin(t)])
    kinds = {name: moon + random.normal(0, 0.08, moon.shape) for name, moon in (("upper", upper), ("lower", lower))}
    return _drawn(("across", "up", "moon"), kinds, 2, mixed=True)


def _circle() -> str:
    random, t = np.random.RandomState(0), np.linspace(0, 2 * np.pi, _KIND, endpoint=False)
    ring = np.column_stack([np.cos(t), np.sin(t)])
    kinds = {name: radius * ring + random.normal(0, 0.08, ring.shape) for name, radius in (("in", 0.4), ("out", 1.0))}
    return _drawn(("across", "up", "circle"), kinds, 2, mixed=True)


def _wines() -> str:
    random = np.random.RandomState(0)
    middles = {"Adel": (13.7, 2.0, 5.5, 1100), "Birk": (12.3, 1.9, 3.0, 520), "Celm": (13.1, 3.3, 7.4, 630)}
    spread = (0.4, 0.7, 1.2, 150)
    kinds = {name: random.normal(middle, spread, (_KIND, 4)) for name, middle in middles.items()}
    return _drawn(("alcohol", "acid", "colour", "amino acid", "wine"), kinds, 1, mixed=False)


SETS: Final[Mapping[str, DataSet]] = MappingProxyType(
    {
        "tutorial": DataSet("The tutorial’s table", "3 inputs, 4 labels, 5 rows", _tutorial),
        "iris": DataSet("Iris flowers", "4 measures, 3 species, 150 rows, one species after another", _flowers),
        "wines": DataSet("Three wines", "invented: 4 measures, one of them in hundreds, sorted by wine", _wines),
        "moons": DataSet("Two moons", "40 points in the plane: no straight line separates them", _moons),
        "circle": DataSet("A circle", "40 points, one kind around the other", _circle),
    }
)
"""By name, in the order of the screen."""
