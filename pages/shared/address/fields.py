"""The table of an experiment's fields: one line for each, and everything that is written of it or read.

The address, the controls and a difference are loops over this table; a file is one over `Experiment` itself. A new
field needs its line here, its rule in `Experiment`, and its control if it is to have one.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from classifier.experiment.experiment import Experiment
from classifier.experiment.hidden import Hidden
from classifier.experiment.initial import Initial, Matrix
from classifier.experiment.limits import LIMITS, MAX_HIDDEN, MAX_UNITS
from classifier.experiment.rates import MAX_CHANGES, Schedule
from classifier.experiment.validation import ExperimentError, title
from pages.shared.text.quoting import quoted
from pages.shared.text.typed_numbers import format_number, parse_number, parse_whole_number

_NONE: Final = "none"


@dataclass(frozen=True)
class Field:
    """How a field of `Experiment` is read, written and named.

    Attributes
    ----------
    name : str
        Of the field.
    key : str
        Its parameter in an address. Fields with the same key share it, with a comma between them.
    read, write : callable
        From a text to the value, or ValueError; from the value to its text. For the names: of one name.
    phrase : str
        What a difference says of it, the value's text in place of {}; empty if it says nothing of it.
    is_typed : bool
        Whether a control holds its text.
    is_table : bool
        Whether it grows with the table. If the table is too large for an address, all such fields are left out.
    """

    name: str
    key: str
    read: Callable[[str], Any]
    write: Callable[[Any], str]
    phrase: str = ""
    is_typed: bool = False
    is_table: bool = False

    @property
    def label(self) -> str:
        """What it is called on the screen."""
        return title(self.name)


def write_rows(rows: Sequence[Sequence[float]] | None) -> str:
    """Write a matrix, "_" between the rows; "none" for one that an experiment lacks."""
    return _NONE if rows is None else "_".join(" ".join(map(format_number, row)) for row in rows)


def read_rows(text: str, columns: int) -> Matrix:
    """Read rows of numbers; at most `columns` columns. Counts before it splits."""
    if text.count("_") >= LIMITS.samples:
        raise ValueError(f"it has more than {LIMITS.samples} rows.")
    rows = []
    for number, row in enumerate(text.split("_"), start=1):
        if row.count(" ") >= columns:
            raise ValueError(f"its row {number} has more than {columns} columns.")
        try:
            rows.append(tuple(map(parse_number, row.split(" "))))
        except ValueError as error:
            raise ValueError(f"row {number}: {error}") from None
    return tuple(rows)


def _scaling(text: str) -> Matrix | None:
    """Read mean and scale of each input: "none" takes away the example's."""
    return None if text == _NONE else read_rows(text, columns=2)


def write_schedule(schedule: Schedule) -> str:
    """Write the changes of the learning rate: 0.1@500,0.01@800."""
    return ",".join(f"{format_number(rate)}@{epoch}" for epoch, rate in schedule)


def read_schedule(text: str) -> Schedule:
    """Read the changes of the learning rate; an empty text holds none."""
    if text.count(",") >= MAX_CHANGES:
        raise ValueError(f"it has more than {MAX_CHANGES} changes.")
    changes: Schedule = ()
    for number, piece in enumerate(text.split(",") if text else (), start=1):
        rate, at, epoch = piece.partition("@")
        if not at:
            raise ValueError(f"change {number}: {quoted(piece)} is not of the form 0.1@500.")
        changes += ((parse_whole_number(epoch), parse_number(rate)),)
    return changes


# The bounds of this process, which a host may have lowered: asked for at each reading.
def _inputs(text: str) -> Matrix:
    return read_rows(text, LIMITS.inputs)


def _labels(text: str) -> Matrix:
    return read_rows(text, LIMITS.outputs)


def write_hidden(hidden: Hidden) -> str:
    """Write the sizes of hidden layers: 4_3, or "none"."""
    return "_".join(map(str, hidden)) or _NONE


def read_hidden(text: str) -> Hidden:
    """Read the sizes of hidden layers. Counts before it splits."""
    if text.count("_") >= MAX_HIDDEN:
        raise ValueError(f"it has more than {MAX_HIDDEN} layers.")
    sizes: Hidden = ()
    for layer, piece in enumerate([] if text == _NONE else text.split("_"), start=1):
        try:
            sizes += (parse_whole_number(piece),)
        except ValueError as error:
            raise ValueError(f"layer {layer}: {error} Of two layers one writes 4_3, of none {_NONE}.") from None
    return sizes


_LAYERS: Final = "__"
"""What stands between the initial weights of two layers."""


def _initial(text: str) -> Initial | None:
    if text == _NONE:
        return None
    if text.count("_") >= LIMITS.samples:
        raise ValueError(f"it has more than {LIMITS.samples} rows.")
    return tuple(read_rows(matrix, max(LIMITS.inputs, MAX_UNITS) + 1) for matrix in text.split(_LAYERS))


def _write_initial(initial: Initial | None) -> str:
    return _NONE if initial is None else _LAYERS.join(map(write_rows, initial))


FIELDS: Final = (
    Field("learning_rate", "lr", parse_number, format_number, phrase="lr {}", is_typed=True),
    Field("schedule", "lr", read_schedule, write_schedule, phrase="then changing"),
    Field("epochs", "epochs", parse_whole_number, str, phrase="{} epochs", is_typed=True),
    Field("seed", "seed", parse_whole_number, str, phrase="seed {}", is_typed=True),
    Field("route", "route", str, str, phrase="{}", is_typed=True),
    Field("dtype", "dtype", str, str, phrase="{}", is_typed=True),
    Field("inputs", "inputs", _inputs, write_rows, phrase="other samples", is_table=True),
    Field("labels", "labels", _labels, write_rows, phrase="other samples", is_table=True),
    Field("hidden", "hidden", read_hidden, write_hidden, phrase="hidden {}", is_typed=True),
    Field("activation", "activation", str, str, phrase="{}", is_typed=True),
    Field("initial", "initial", _initial, _write_initial, phrase="own initial weights", is_table=True),
    Field("scaling", "scale", _scaling, write_rows, is_table=True),
    Field("input_names", "input_name", str, str, is_table=True),
    Field("label_names", "label_name", str, str, is_table=True),
)
"""In the order of an address."""
FIELD: Final[Mapping[str, Field]] = {field.name: field for field in FIELDS}
BY_KEY: Final[Mapping[str, tuple[Field, ...]]] = {
    field.key: tuple(other for other in FIELDS if other.key == field.key) for field in FIELDS
}
# These pairs are read before the other fields, which are checked against them. Each pair is read together: inputs
# without their labels would be another data set, and names may be unique only if all are new. In an address each name
# is a parameter by itself.
SAMPLES: Final = ("inputs", "labels")
NAMES: Final = ("input_names", "label_names")


def effective_values(experiment: Experiment) -> dict[str, Any]:
    """Return the values of all fields by name, None for a field that changes nothing beside the others."""
    values = {field.name: getattr(experiment, field.name) for field in FIELDS}
    seedless = {} if experiment.initial is None else {"seed": None}
    return values | seedless | ({} if experiment.hidden else {"activation": None})


def phrases(fields: Iterable[Field], values: Mapping[str, Any]) -> str:
    """Say the values of some fields, each text once: inputs and labels have the same one."""
    # Only if its text has a place for the value: writing a large table takes long.
    texts = [
        field.phrase.format(field.write(values[field.name])) if "{}" in field.phrase else field.phrase
        for field in fields
        if values[field.name] not in (None, ())
    ]
    return ", ".join(dict.fromkeys(filter(None, texts)))


def write_key(key: str, experiment: Experiment) -> str | list[str]:
    """Write what a parameter of an address says of an experiment."""
    fields = BY_KEY[key]
    values = [getattr(experiment, field.name) for field in fields]
    if fields[0].name in NAMES:
        return list(values[0])
    texts = [field.write(value) for field, value in zip(fields, values, strict=True)]
    return ",".join(filter(None, texts))


def read_key(key: str, text: str) -> dict[str, Any]:
    """Read a parameter of an address: the values of its fields.

    Raises
    ------
    ValueError
        If it is not understood.

    Examples
    --------
    >>> read_key("lr", "0,5"), read_key("lr", "0.5,0.1@500")
    ({'learning_rate': 0.5, 'schedule': ()}, {'learning_rate': 0.5, 'schedule': ((500, 0.1),)})
    """
    fields = BY_KEY[key]
    # If there are changes of the rate, commas separate them; without, one is a decimal comma.
    parts = text.split(",", len(fields) - 1) if "@" in text else [text]
    parts += [""] * (len(fields) - len(parts))
    return {field.name: field.read(part) for field, part in zip(fields, parts, strict=True)}


def rule_of(error: ValueError) -> str:
    """Say what is wrong with the text of a field, without its name: for a place that shows the name already."""
    return error.rule if isinstance(error, ExperimentError) else str(error)
