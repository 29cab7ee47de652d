"""Experiment ⇄ JSON file. Pure; no widget, no session.

A file of an experiment is JSON with every field of `Experiment`, a row of a table on a line. Its first lines say what
it is and in which version of this format. Anybody may have written a file, so reading one is as strict as reading a
link: it is read whole, or refused with a message for each thing that is wrong.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from functools import partial
from typing import Any, Final

from classifier import Experiment
from classifier.experiment.validation import ExperimentError, check_whole_number, shown
from pages.shared.address.fields import NAMES, SAMPLES
from pages.shared.text.messages import first_few

FORMAT: Final = "Backprop by Hand: experiment"
VERSION: Final = 1
# The largest table, with all digits of its numbers, takes three quarters of this.
MAX_FILE_MB: Final = 2
_FIELDS: Final = tuple(field.name for field in fields(Experiment))
_KNOWN: Final = frozenset(("format", "version", "position", *_FIELDS))
# Samples first, as with links, then hidden layers: the other fields are checked against them.
_SINGLE: Final = ("hidden", *(name for name in _FIELDS if name not in (*SAMPLES, *NAMES, "hidden")))


class FileError(ValueError):
    """A file that is no experiment.

    Attributes
    ----------
    problems : tuple of str
        Plain text that may quote the file, a sentence or two each.
    """

    def __init__(self, *problems: str) -> None:
        self.problems = first_few(problems, "{} more problems of this kind.")
        super().__init__(" ".join(self.problems))


@dataclass(frozen=True)
class OpenedFile:
    """What a file holds: an experiment, and the position that was looked at."""

    experiment: Experiment
    position: int


def write_experiment(experiment: Experiment, position: int = 0) -> str:
    """Write an experiment as the text of a file.

    Parameters
    ----------
    experiment : Experiment
    position : int
        Number of epochs trained that the reader shall look at.

    Examples
    --------
    >>> print(write_experiment(Experiment([[1, 3], [0.5, 9]], [[1], [0]], schedule=[(500, 0.1)]), 318))
    {
      "format": "Backprop by Hand: experiment",
      "version": 1,
      "position": 318,
      "inputs": [
        [1.0, 3.0],
        [0.5, 9.0]
      ],
      "labels": [
        [1.0],
        [0.0]
      ],
      "learning_rate": 0.01,
      "epochs": 2000,
      "seed": 42,
      "route": "fused",
      "dtype": "float32",
      "input_names": ["x₁", "x₂"],
      "label_names": ["y₁"],
      "initial": null,
      "schedule": [
        [500, 0.1]
      ],
      "scaling": null
    }
    <BLANKLINE>
    """
    values = {"format": FORMAT, "version": VERSION, "position": position}
    values |= dict(experiment.said())
    if experiment.initial is not None and not experiment.hidden:
        values["initial"] = experiment.initial[0]  # the one matrix alone, as ever
    lines = (f'  "{name}": {_written(value)}' for name, value in values.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _written(value: object) -> str:
    if not isinstance(value, tuple) or not value or not isinstance(value[0], tuple):
        return _json(value)
    return "[\n" + ",\n".join(f"    {_json(row)}" for row in value) + "\n  ]"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def read_experiment(data: bytes) -> OpenedFile:
    """Read the file of an experiment.

    Parameters
    ----------
    data : bytes
        Anything at all.

    Raises
    ------
    FileError
        If it is not such a file, or breaks a rule of `Experiment`. It names every field that does.
    """
    try:
        return _read(_parsed(data))
    except RecursionError:
        raise FileError("This file nests lists in lists too deep. It is not an experiment.") from None


def _parsed(data: bytes) -> dict[str, Any]:
    if len(data) > MAX_FILE_MB * 2**20:
        raise FileError(f"This file is larger than {MAX_FILE_MB} MB. No experiment is.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileError("This file is not text in UTF-8. An experiment is a JSON file.") from None
    try:
        values = json.loads(text, object_pairs_hook=_without_repeats, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise FileError(f"Line {error.lineno}, column {error.colno}: this is not JSON. {error.msg}.") from None
    except FileError:
        raise
    except ValueError:  # Python reads no whole number of thousands of digits
        raise FileError("A number in this file has thousands of digits.") from None
    if not isinstance(values, dict) or values.get("format") != FORMAT:
        raise FileError(f'This file is not an experiment: its "format" is not "{FORMAT}".')
    version = values.get("version")
    if type(version) is not int or version != VERSION:
        raise FileError(f"This file is of version {shown(version)}. This page reads version {VERSION}.")
    return values


def _without_repeats(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in pairs:
        if name in values:
            raise FileError(f"{shown(name)} stands twice in this file.")
        values[name] = value
    return values


def _no_constant(name: str) -> None:
    raise FileError(f"{name} is not a number that an experiment can hold.")


def _read(values: dict[str, Any]) -> OpenedFile:
    problems = [f"There is no field {shown(name)}." for name in values if name not in _KNOWN]
    problems += [f"The field '{name}' is missing." for name in SAMPLES if name not in values]
    if problems:
        raise FileError(*problems)
    experiment = _tried(problems, lambda: Experiment(values["inputs"], values["labels"]))
    if experiment is None:
        raise FileError(*problems)
    # Both lists of names at once, for they may be unique only together; before the rest, whose messages name columns.
    for names in (NAMES, *((name,) for name in _SINGLE)):
        changes = {name: values[name] for name in names if name in values}
        experiment = _tried(problems, partial(experiment.replace, **changes)) or experiment
    position = _tried(problems, lambda: check_whole_number(values.get("position", 0), "Position", experiment.epochs))
    if problems or position is None:
        raise FileError(*problems)
    return OpenedFile(experiment, position)


def _tried(problems: list[str], make: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever it makes
    try:
        return make()
    except ExperimentError as error:
        problems.append(str(error))
        return None
