"""Query parameters → experiment, by whitelist. Pure; no widget, no session.

Everything in an address was written by a stranger. A parameter that is not understood is ignored, its
default is used, and a notice names it. Notices quote the address: show them with ``st.text``, or through
`quoting.escape_markdown`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs

from classifier.experiment.experiment import Experiment
from classifier.experiment.limits import MAX_INPUTS, MAX_OUTPUTS
from classifier.experiment.validation import ExperimentError
from pages.shared.address.fields import BY_KEY, FIELD, NAMES, SAMPLES, read_key
from pages.shared.address.reader import Reader
from pages.shared.address.writing import MAX_PIN, TUTORIAL, named_experiments
from pages.shared.text.messages import first_few
from pages.shared.text.quoting import quoted
from pages.shared.text.typed_numbers import parse_whole_number

KEYS = ("example", *BY_KEY, "position", "pin")
# Samples before epochs: samples × epochs are limited, and where that is exceeded the table is worth more.
_FIRST = tuple(FIELD[name].key for name in (*SAMPLES, *NAMES))
# Streamlit acts on these itself and hides them from st.query_params.
_STREAMLIT_KEYS = ("embed", "embed_options")


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
    reader = Reader(params)
    table = _read_table(reader)
    example = reader.read("example", _read_example)
    if table is not None and example is not None:
        reader.ignore("example", "the address holds a table, too, and that counts.")
    experiment = _read_names(reader, table or example or named_experiments()[TUTORIAL])
    for key in BY_KEY:
        if key not in _FIRST:
            experiment = _changed(reader, experiment, key)
    position = read_position(reader, experiment.epochs)
    pin = reader.read("pin", lambda text: read_run(text, "pinned run"))
    for key in params:
        if key not in KEYS and key not in extra and key.lower() not in _STREAMLIT_KEYS:
            reader.ignore(key, "there is no such parameter.")
    notices = first_few(reader.notices, "{} more parameters of the address are ignored.")
    return Opened(experiment, position, notices, pin)


def _changed(reader: Reader, experiment: Experiment, key: str) -> Experiment:
    """Change the experiment by the one value of a key; unchanged if that fails."""

    def change(text: str) -> Experiment:
        changes = read_key(key, text)
        if changes.get("hidden", experiment.hidden) != experiment.hidden:
            changes["initial"] = None  # those of the example are for its own layers; the address may give others
        return experiment.replace(**changes)

    return reader.read(key, change) or experiment


def _read_example(text: str) -> Experiment:
    if text not in named_experiments():
        raise ValueError(f"there is no example {quoted(text)}.")
    return named_experiments()[text]


def read_position(reader: Reader, epochs: int) -> int | None:
    """Read the position in a run of so many epochs; None if the address names none that is valid."""

    def position(text: str) -> int:
        number = parse_whole_number(text)
        if not 0 <= number <= epochs:
            raise ValueError(f"{quoted(text)} is not between 0 and {epochs}, the epochs of this run.")
        return number

    return reader.read("position", position)


def read_run(text: str, what: str) -> Experiment:
    """Read an experiment's own address, as `write_pin` writes it. Nothing in it is passed over.

    Parameters
    ----------
    text : str
    what : str
        It is, for the messages.

    Raises
    ------
    ValueError
        If it is the address of no experiment, or of one with a position or a pin; says the rule.
    """
    if len(text) > MAX_PIN:
        raise ValueError(f"it has {len(text)} characters. A {what} has at most {MAX_PIN}.")
    if text == TUTORIAL:
        return Experiment.tutorial()
    params = parse_qs(text, keep_blank_values=True, max_num_fields=MAX_INPUTS + MAX_OUTPUTS + len(KEYS))
    if not params:
        raise ValueError(f"{quoted(text)} is not the address of an experiment.")
    for key in ("pin", "position"):  # without this, a pin within a pin within a pin would have no end
        if key in params:
            raise ValueError(f"a {what} has no {quoted(key)}.")
    opened = from_params(params)
    if opened.notices:
        raise ValueError(f"its {opened.notices[0].replace(' in the address is ignored', '', 1)}")
    return opened.experiment


def _read_table(reader: Reader) -> Experiment | None:
    """Read inputs and labels: both or neither, since one without the other is another data set."""
    inputs, labels = (reader.read(name, FIELD[name].read) for name in SAMPLES)
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


def _read_names(reader: Reader, experiment: Experiment) -> Experiment:
    """Read the column names: all inputs' or none, all labels' or none."""
    changes = {}
    for name in NAMES:
        key, columns = FIELD[name].key, len(getattr(experiment, name))
        names = reader.values(key)
        if len(names) == columns:
            changes[name] = tuple(names)
        elif names:
            reader.ignore(key, f"it names {len(names)} columns, the table has {columns}.")
    while changes:
        try:
            return experiment.replace(**changes)
        except ExperimentError as error:
            # Only the names that the error is about are dropped, or else names that the address does hold.
            bad = error.field if error.field in changes else next(iter(changes))
            reader.ignore(FIELD[bad].key, str(error))
            del changes[bad]
    return experiment
