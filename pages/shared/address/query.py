"""Experiment ⇄ query parameters, by whitelist. Pure; no widget, no session.

A link reads like what it means: ``lr=0.1&inputs=1+3+5_1+9+5&labels=1_0``: a space ("+" in the address)
between the columns, "_" between the rows. ``lr=0.01,0.1@500`` is a learning rate of 0.01, and of 0.1 from
position 500 on. ``initial`` holds the initial weights, one row per output, the bias last; ``scale`` the mean and the
scale by which each input was standardised, one row per input; "none" instead says that there are none. ``pin`` holds
the address of another experiment, whose curve stays in sight.

What equals the tutorial is left out. ``example=iris`` names another experiment to take the tutorial's place: its whole
table in one word, so that its link fits into a QR code. In an address that holds a table as well, the table counts.

Everything in an address was written by a stranger. A parameter that is not understood is ignored, its
default is used, and a notice names it. Notices quote the address: show them with ``st.text``, or through
`quoting.escape_markdown`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar
from urllib.parse import parse_qs, urlencode

from classifier.experiment.experiment import (
    MAX_INPUTS,
    MAX_OUTPUTS,
    MAX_SAMPLES,
    Experiment,
    default_input_names,
    default_label_names,
)
from classifier.experiment.rates import MAX_PIECES, Schedule
from classifier.experiment.validation import ExperimentError
from pages.shared.examples import examples
from pages.shared.text.quoting import quoted
from pages.shared.text.typed_numbers import format_number, parse_number, parse_whole_number

Params = dict[str, str | list[str]]
_Matrix = tuple[tuple[float, ...], ...]
_T = TypeVar("_T")

KEYS = (
    "example",
    *("lr", "epochs", "seed", "route", "dtype"),
    *("inputs", "labels", "initial", "scale", "input_name", "label_name"),
    *("position", "pin"),
)
MAX_PIN = 20_000
"""Most characters of a pinned experiment's own address."""
_TUTORIAL = "tutorial"  # its name as an example, and what it is as a pin, whose own address would be empty
_NONE = "none"
# Streamlit acts on these itself and hides them from st.query_params.
_STREAMLIT_KEYS = ("embed", "embed_options")
_MAX_NOTICES = 8


@dataclass(frozen=True)
class Opened:
    """What an address asks for, and what of it was ignored.

    Attributes
    ----------
    experiment : Experiment
    position : int or None
        None if the address names no (valid) position.
    notices : tuple of str
        Plain text, one sentence or two for each ignored parameter. Contains a stranger's text.
    pin : Experiment or None
        None if the address holds no (valid) pinned experiment.
    """

    experiment: Experiment
    position: int | None
    notices: tuple[str, ...]
    pin: Experiment | None = None


def to_params(experiment: Experiment, position: int | None = None) -> Params:
    """Write an experiment as query parameters; what equals the tutorial or the named example is left out.

    Parameters
    ----------
    experiment : Experiment
    position : int, optional
        Number of epochs trained; 0 is left out, too.

    Returns
    -------
    dict of str to str or list of str
        Ready for ``st.query_params.from_dict`` and for ``urlencode(…, doseq=True)``. Empty for the tutorial.

    Examples
    --------
    >>> to_params(Experiment(((1.0, 3.0), (0.5, 9.0)), ((1.0,), (0.0,)), learning_rate=0.1))
    {'lr': '0.1', 'inputs': '1 3_0.5 9', 'labels': '1_0'}
    >>> to_params(Experiment.example("gates").replace(seed=7))
    {'example': 'gates', 'seed': '7'}
    """
    name = _example_with_table(experiment)
    default = _named()[name or _TUTORIAL]
    input_names, label_names = default.input_names, default.label_names
    params: Params = {}
    if name and name != _TUTORIAL:
        params["example"] = name
    if (experiment.learning_rate, experiment.schedule) != (default.learning_rate, default.schedule):
        params["lr"] = _write_rates(experiment)
    for key in ("epochs", "seed", "route", "dtype"):
        value = getattr(experiment, key)
        if value != getattr(default, key):
            params[key] = str(value)
    if name is None:
        params["inputs"] = _write_matrix(experiment.inputs)
        params["labels"] = _write_matrix(experiment.labels)
        input_names = default_input_names(experiment.in_features)
        label_names = default_label_names(experiment.out_features)
    for key, rows, left_out in (
        ("initial", experiment.initial, default.initial),
        ("scale", experiment.scaling, default.scaling),
    ):
        if rows != left_out:
            params[key] = _NONE if rows is None else _write_matrix(rows)
    if experiment.input_names != input_names:
        params["input_name"] = list(experiment.input_names)
    if experiment.label_names != label_names:
        params["label_name"] = list(experiment.label_names)
    if position:
        params["position"] = str(position)
    return params


def from_params(params: Mapping[str, Sequence[str]], extra: Sequence[str] = ()) -> Opened:
    """Read query parameters; whatever is wrong is ignored with a notice.

    Parameters
    ----------
    params : mapping of str to sequence of str
        All values of every key, as ``urllib.parse.parse_qs`` or ``st.query_params.get_all`` give them.
    extra : sequence of str
        Keys of the calling page, which are not judged here.

    Returns
    -------
    Opened
        Always valid, whatever the parameters are.
    """
    reader = _Reader(params)
    table = _read_table(reader)
    example = reader.read("example", _read_example)
    if table is not None and example is not None:
        reader.ignore("example", "the address holds a table, too, and that counts.")
    experiment = _read_names(reader, table or example or _named()[_TUTORIAL])
    # Samples first: a limit joins them with the epochs, and a table is worth more than a number.
    for key, change in _SINGLE_VALUES.items():
        experiment = reader.apply(key, experiment, change)
    position = reader.read("position", lambda text: _position(text, experiment.epochs))
    pin = reader.read("pin", _read_pin)
    for key in params:
        if key not in KEYS and key not in extra and key.lower() not in _STREAMLIT_KEYS:
            reader.ignore(key, "there is no such parameter.")
    return Opened(experiment, position, reader.notices(), pin)


def write_pin(experiment: Experiment) -> str | None:
    """Write an experiment as the value of ``pin``: its own address; None if that is longer than `MAX_PIN`.

    Examples
    --------
    >>> write_pin(Experiment.tutorial().replace(learning_rate=0.1)), write_pin(Experiment.tutorial())
    ('lr=0.1', 'tutorial')
    """
    text = urlencode(to_params(experiment), doseq=True) or _TUTORIAL
    return text if len(text) <= MAX_PIN else None


class _Reader:
    """Reads single parameters and collects what is wrong with them."""

    def __init__(self, params: Mapping[str, Sequence[str]]) -> None:
        self._params = params
        self._notices: list[str] = []

    def values(self, key: str) -> list[str]:
        """Give all values of a key, [] without it."""
        found = self._params.get(key, ())
        return [found] if isinstance(found, str) else list(found)

    def ignore(self, key: str, reason: str) -> None:
        """Note that a parameter is ignored."""
        self._notices.append(f"{quoted(key)} in the address is ignored: {reason}")

    def text(self, key: str) -> str | None:
        """Give the one value of a key; None without it or, with a notice, if there are several."""
        values = self.values(key)
        if len(values) > 1:
            self.ignore(key, f"it stands there {len(values)} times.")
        return values[0] if len(values) == 1 else None

    def read(self, key: str, parse: Callable[[str], _T]) -> _T | None:
        """Parse the one value of a key; None if that fails."""
        text = self.text(key)
        if text is None:
            return None
        try:
            return parse(text)
        except ValueError as error:  # ExperimentError is one
            self.ignore(key, str(error))
            return None

    def apply(self, key: str, experiment: Experiment, change: Callable[[Experiment, str], Experiment]) -> Experiment:
        """Change the experiment by the one value of a key; unchanged if that fails."""
        return self.read(key, lambda text: change(experiment, text)) or experiment

    def notices(self) -> tuple[str, ...]:
        """Give the first notices and the number of the others."""
        others = len(self._notices) - _MAX_NOTICES
        rest = [f"{others} more parameters of the address are ignored."] if others > 0 else []
        return tuple(self._notices[:_MAX_NOTICES] + rest)


_SINGLE_VALUES: dict[str, Callable[[Experiment, str], Experiment]] = {
    "initial": lambda experiment, text: experiment.replace(initial=_read_rows(text, MAX_INPUTS + 1)),
    "scale": lambda experiment, text: experiment.replace(scaling=_read_rows(text, 2)),
    "lr": lambda experiment, text: _with_rates(experiment, text),
    "epochs": lambda experiment, text: experiment.replace(epochs=parse_whole_number(text)),
    "seed": lambda experiment, text: experiment.replace(seed=parse_whole_number(text)),
    "route": lambda experiment, text: experiment.replace(route=text),
    "dtype": lambda experiment, text: experiment.replace(dtype=text),
}


@cache
def _named() -> dict[str, Experiment]:
    """Build what an address can name, the tutorial first."""
    return {name: Experiment(**example.fields) for name, example in examples().items()}


def _example_with_table(experiment: Experiment) -> str | None:
    """Name the first example with the same inputs and labels: the tutorial before those that change its settings.

    No other field is asked for: to rename a column must not bring the whole table back into the address.
    """
    table = experiment.inputs, experiment.labels
    # A comparison ends at the first cell that differs, so that even a large table takes microseconds.
    return next((name for name, example in _named().items() if (example.inputs, example.labels) == table), None)


def _read_example(text: str) -> Experiment:
    if text not in _named():
        raise ValueError(f"there is no example {quoted(text)}.")
    return _named()[text]


def _position(text: str, epochs: int) -> int:
    position = parse_whole_number(text)
    if not 0 <= position <= epochs:
        raise ValueError(f"{quoted(text)} is not between 0 and {epochs}, the epochs of this run.")
    return position


def _read_pin(text: str) -> Experiment:
    """Read a pinned experiment's own address. Nothing in it is passed over: that would pin another run."""
    if len(text) > MAX_PIN:
        raise ValueError(f"it has {len(text)} characters. A pinned run has at most {MAX_PIN}.")
    if text == _TUTORIAL:
        return Experiment.tutorial()
    params = parse_qs(text, keep_blank_values=True, max_num_fields=MAX_INPUTS + MAX_OUTPUTS + len(KEYS))
    if not params:
        raise ValueError(f"{quoted(text)} is not the address of an experiment.")
    for key in ("pin", "position"):  # without this, a pin within a pin within a pin would have no end
        if key in params:
            raise ValueError(f"a pinned run has no {quoted(key)}.")
    opened = from_params(params)
    if opened.notices:
        raise ValueError(f"its {opened.notices[0].replace(' in the address is ignored', '', 1)}")
    return opened.experiment


def _write_rates(experiment: Experiment) -> str:
    changes = (f"{format_number(rate)}@{epoch}" for epoch, rate in experiment.schedule)
    return ",".join([format_number(experiment.learning_rate), *changes])


def _with_rates(experiment: Experiment, text: str) -> Experiment:
    """Read a learning rate and its changes. Where there are changes, the comma parts them and is no decimal comma."""
    if "@" not in text:
        return experiment.replace(learning_rate=parse_number(text), schedule=())
    if text.count(",") > MAX_PIECES:
        raise ValueError(f"it has more than {MAX_PIECES} changes.")
    first, *pieces = text.split(",")
    changes: Schedule = ()
    for number, piece in enumerate(pieces, start=1):
        rate, at, epoch = piece.partition("@")
        if not at:
            raise ValueError(f"change {number}: {quoted(piece)} is not of the form 0.1@500.")
        changes += ((parse_whole_number(epoch), parse_number(rate)),)
    return experiment.replace(learning_rate=parse_number(first), schedule=changes)


def _write_matrix(rows: Sequence[Sequence[float]]) -> str:
    return "_".join(" ".join(map(format_number, row)) for row in rows)


def _read_matrix(text: str, columns: int) -> _Matrix:
    """Read rows of numbers; at most `columns` columns. Counts before it splits."""
    if text.count("_") >= MAX_SAMPLES:
        raise ValueError(f"it has more than {MAX_SAMPLES} rows.")
    rows = []
    for number, row in enumerate(text.split("_"), start=1):
        if row.count(" ") >= columns:
            raise ValueError(f"its row {number} has more than {columns} columns.")
        try:
            rows.append(tuple(map(parse_number, row.split(" "))))
        except ValueError as error:
            raise ValueError(f"row {number}: {error}") from None
    return tuple(rows)


def _read_rows(text: str, columns: int) -> _Matrix | None:
    """Read a matrix that an experiment may lack: "none" takes away the example's."""
    return None if text == _NONE else _read_matrix(text, columns)


def _read_table(reader: _Reader) -> Experiment | None:
    """Read inputs and labels: both or neither, since one without the other is another data set."""
    inputs = reader.read("inputs", lambda text: _read_matrix(text, MAX_INPUTS))
    labels = reader.read("labels", lambda text: _read_matrix(text, MAX_OUTPUTS))
    if inputs is not None and labels is not None:
        try:
            return Experiment(inputs, labels)
        except ExperimentError as error:
            reader.ignore("inputs", f"{error} Its labels are ignored with it.")
    elif inputs is not None:
        reader.ignore("inputs", "it comes without usable labels.")
    elif labels is not None:
        reader.ignore("labels", "it comes without usable inputs.")
    return None


def _read_names(reader: _Reader, experiment: Experiment) -> Experiment:
    """Read the column names: all inputs' or none, all labels' or none."""
    inputs, labels = reader.values("input_name"), reader.values("label_name")
    for key, names, columns in (
        ("input_name", inputs, experiment.in_features),
        ("label_name", labels, experiment.out_features),
    ):
        if names and len(names) != columns:
            reader.ignore(key, f"it names {len(names)} columns, the table has {columns}.")
            names.clear()
    # Together first: a pair of renamed columns may be unique only together.
    changes = {"input_names": tuple(inputs), "label_names": tuple(labels)}
    changes = {field: names for field, names in changes.items() if names}
    try:
        return experiment.replace(**changes)
    except ExperimentError as error:
        for field in changes:
            reader.ignore(field.removesuffix("s"), str(error))
        return experiment
