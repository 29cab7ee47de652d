"""How one experiment differs from another, in a few words. Pure strings."""

from typing import Any

from classifier import Experiment
from pages.shared.address.fields import BY_KEY, effective_values


def difference(experiment: Experiment, other: Experiment) -> str:
    """Name what an experiment has that another has not.

    Empty if they differ in nothing that has words for it.

    Examples
    --------
    >>> tutorial = Experiment.tutorial()
    >>> difference(tutorial.replace(learning_rate=0.1, seed=7), tutorial)
    'lr 0.1, seed 7'
    """
    own, theirs = effective_values(experiment), effective_values(other)
    keys = [key for key, fields in BY_KEY.items() if any(own[field.name] != theirs[field.name] for field in fields)]
    words = [_told(keys, own), "no hidden layers" if other.hidden and not experiment.hidden else ""]
    return ", ".join(filter(None, words))


def rates(experiment: Experiment) -> str:
    """Name the learning rate, and whether it changes on the way."""
    return _told(["lr"], effective_values(experiment))


def _told(keys: list[str], values: dict[str, Any]) -> str:
    """Name the values of the fields of some address keys, each text once: inputs and labels have the same one."""
    fields = [field for key in keys for field in BY_KEY[key] if values[field.name] not in (None, ())]
    # Only if its text has a place for the value: writing a large table takes long.
    phrases = [
        field.phrase.format(field.write(values[field.name])) if "{}" in field.phrase else field.phrase
        for field in fields
    ]
    return ", ".join(dict.fromkeys(filter(None, phrases)))
