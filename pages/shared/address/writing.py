"""Experiment → query parameters. Pure; no widget, no session.

A link reads like what it means: ``lr=0.1&inputs=1+3+5_1+9+5&labels=1_0``: a space ("+" in the address)
between the columns, "_" between the rows. ``lr=0.01,0.1@500`` is a learning rate of 0.01, and of 0.1 from
position 500 on. ``initial`` holds the initial weights, one row per output, the bias last; ``scale`` the mean and the
scale by which each input was standardised, one row per input; "none" instead says that there are none. ``pin`` holds
the address of another experiment, whose curve stays in sight.

What equals the tutorial is left out. ``example=iris`` names another experiment to take the tutorial's place: its whole
table in one word, so that its link fits into a QR code. In an address that holds a table as well, the table counts.
"""

from collections.abc import Collection
from functools import cache
from urllib.parse import urlencode

from classifier.experiment.experiment import Experiment
from classifier.experiment.hidden import numbered
from pages.shared.address.fields import BY_KEY, FIELDS, SAMPLES, write_key
from pages.shared.examples import EXAMPLES

Params = dict[str, str | list[str]]

_TABLE = {field.key for field in FIELDS if field.is_table}

MAX_PIN = 20_000
"""Most characters of a pinned experiment's own address."""
TUTORIAL = "tutorial"
"""Its name as an example, and what it is as a pin, whose own address would be empty."""
_NO_SAMPLES = "This table is too large for an address. A reload or a copied link shows the tutorial's samples instead."
_NO_PIN = "The pinned run is too large for the address. A reload or a copied link is without it."


def to_params(experiment: Experiment, position: int | None = None, *, without: Collection[str] = ()) -> Params:
    """Write an experiment as query parameters; what equals the tutorial or the named example is left out.

    Parameters
    ----------
    experiment : Experiment
    position : int, optional
        Number of epochs trained; 0 is left out, too.
    without : collection of str
        Keys that are not written.

    Returns
    -------
    dict of str to str or list of str
        Ready for ``st.query_params.from_dict`` and for ``urlencode(…, doseq=True)``. Empty for the tutorial.

    Examples
    --------
    >>> to_params(Experiment(((1.0, 3.0), (0.5, 9.0)), ((1.0,), (0.0,)), learning_rate=0.1))
    {'lr': '0.1', 'inputs': '1 3_0.5 9', 'labels': '1_0'}
    >>> to_params(named_experiments()["gates"].replace(seed=7))
    {'example': 'gates', 'seed': '7'}
    """
    name = _example_with_table(experiment)
    default = named_experiments()[name or TUTORIAL]
    defaults = {field.name: getattr(default, field.name) for field in FIELDS}
    if name is None:
        defaults |= dict.fromkeys(SAMPLES)
        defaults["input_names"] = numbered("x", experiment.in_features)
        defaults["label_names"] = numbered("y", experiment.out_features)
    params: Params = {"example": name} if name and name != TUTORIAL else {}
    for key, fields in BY_KEY.items():
        if key in without:
            continue
        if any(getattr(experiment, field.name) != defaults[field.name] for field in fields):
            params[key] = write_key(key, experiment)
    if position:
        params["position"] = str(position)
    return params


def least_length(experiment: Experiment) -> int:
    """Give how many characters an address of an experiment has at least, without writing it.

    A number of its table takes two, and the largest table a tenth of a second to be written.

    Examples
    --------
    >>> experiment = Experiment([[1, 3], [5, 9]], [[1], [0]])
    >>> least_length(experiment), to_params(experiment)
    (10, {'inputs': '1 3_5 9', 'labels': '1_0'})
    """
    if _example_with_table(experiment) is not None:
        return 0
    return 2 * experiment.samples * (experiment.in_features + experiment.out_features) - 2


def write_pin(experiment: Experiment) -> str | None:
    """Write an experiment as the value of ``pin``: its own address; None if that is longer than `MAX_PIN`.

    Examples
    --------
    >>> write_pin(Experiment.tutorial().replace(learning_rate=0.1)), write_pin(Experiment.tutorial())
    ('lr=0.1', 'tutorial')
    """
    if least_length(experiment) > MAX_PIN:
        return None
    text = urlencode(to_params(experiment), doseq=True) or TUTORIAL
    return text if len(text) <= MAX_PIN else None


def fitting_params(experiment: Experiment, pin: Experiment | None, most: int) -> Params:
    """Write an experiment and a pinned one, without the samples or the pin if the address were longer than ``most``."""
    params = to_params(experiment, without=_TABLE if least_length(experiment) > most else ())
    if "inputs" in params and len(urlencode(params, doseq=True)) > most:
        params = {key: params[key] for key in params if key not in _TABLE}
    pinned = None if pin is None else write_pin(pin)
    with_pin: Params = params if pinned is None else params | {"pin": pinned}
    return with_pin if len(urlencode(with_pin, doseq=True)) <= most else params


def is_without_samples(experiment: Experiment, params: Params) -> bool:
    """Say whether an address had no room for an experiment's samples."""
    tutorial = named_experiments()[TUTORIAL]
    has_table = params.keys() & {"inputs", "example"}
    return not has_table and (experiment.inputs, experiment.labels) != (tutorial.inputs, tutorial.labels)


def left_out(experiment: Experiment, pin: Experiment | None, params: Params) -> tuple[str, ...]:
    """Give what a visitor must be told of an address: what it had no room for."""
    lacks_pin = pin is not None and "pin" not in params
    return (_NO_SAMPLES,) * is_without_samples(experiment, params) + (_NO_PIN,) * lacks_pin


@cache
def named_experiments() -> dict[str, Experiment]:
    """Build what an address can name, the tutorial first."""
    return {name: Experiment(**example.fields) for name, example in EXAMPLES.items()}


def example_name(experiment: Experiment) -> str | None:
    """Name the example that an experiment is, None if it is none of them."""
    # A comparison ends at the first cell that differs, so that even a large table takes microseconds.
    return next((name for name, example in named_experiments().items() if example == experiment), None)


def _example_with_table(experiment: Experiment) -> str | None:
    """Name the first example with the same inputs and labels: the tutorial before those that change its settings.

    One with the same hidden layers comes before the others. Nothing else is compared: renaming a column must not put
    the whole table into the address.
    """
    table = experiment.inputs, experiment.labels
    named = {name: each for name, each in named_experiments().items() if (each.inputs, each.labels) == table}
    layers = experiment.hidden, experiment.activation
    alike = (name for name, example in named.items() if (example.hidden, example.activation) == layers)
    return next(alike, next(iter(named), None))
