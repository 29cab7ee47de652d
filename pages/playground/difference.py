"""What sets one experiment apart from another, in a few words. Pure strings."""

from __future__ import annotations

from classifier import Experiment
from pages.shared.text.typed_numbers import format_number

__all__ = ["difference"]


def difference(experiment: Experiment, other: Experiment) -> str:
    """Name what an experiment has that another has not, the shortest and most telling things first.

    Parameters
    ----------
    experiment, other : Experiment

    Returns
    -------
    str
        Empty if they are told apart by nothing that is named here.

    Examples
    --------
    >>> tutorial = Experiment.tutorial()
    >>> difference(tutorial.replace(learning_rate=0.1, seed=7), tutorial)
    'lr 0.1, seed 7'
    """
    own, theirs = experiment, other
    # A seed draws nothing where the weights are given.
    drawn = own.initial is None and own.seed != theirs.seed
    parts = {
        rates(own): (own.learning_rate, own.schedule) != (theirs.learning_rate, theirs.schedule),
        f"seed {own.seed}": drawn or (own.initial is None and theirs.initial is not None),
        "own initial weights": own.initial is not None and own.initial != theirs.initial,
        own.route: own.route != theirs.route,
        f"{own.epochs} epochs": own.epochs != theirs.epochs,
        "other samples": (own.inputs, own.labels) != (theirs.inputs, theirs.labels),
        own.dtype: own.dtype != theirs.dtype,
    }
    return ", ".join(text for text, differs in parts.items() if differs)


def rates(experiment: Experiment) -> str:
    """Name the learning rate, and whether it changes on the way."""
    changing = ", then changing" if experiment.schedule else ""
    return f"lr {format_number(experiment.learning_rate)}{changing}"
