"""How one experiment differs from another, in a few words. Pure strings."""

from classifier import Experiment
from pages.shared.address.fields import BY_KEY, FIELDS, effective_values, phrases


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
    said = phrases((field for field in FIELDS if field.key in keys), own)
    words = [said, "no hidden layers" if other.hidden and not experiment.hidden else ""]
    return ", ".join(filter(None, words))


def rates(experiment: Experiment) -> str:
    """Name the learning rate, and whether it changes on the way."""
    return phrases(BY_KEY["lr"], effective_values(experiment))
