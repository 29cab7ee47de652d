"""What became of each experiment of a comparison, as rows of a table. Pure."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from classifier import Experiment, History, Sweep, class_accuracy, epochs_to, is_one_class_each, outcome
from classifier.experiment.validation import counted
from pages.compare.members import VARIATIONS, Member
from pages.shared.text.shown_numbers import number, percent
from pages.shared.text.typed_numbers import format_number

OUTCOMES: Final = {
    "converged": "summed over an epoch, hardly any gradient is left: in a valley, or on a plateau that ends late.",
    "slow": "a gradient is left when the epochs are over: more of them, or a larger rate, would go on.",
    "diverged": "the loss rises, or stays far above that of guessing.",
    "saturated": "by the chain route, a ŷ is exactly 0 or 1 on the wrong side: its gradient is 0, so it never learns.",
}
"""What the words of the table mean."""


def default_goal(experiment: Experiment) -> float:
    """Choose a running loss to reach: 0.1 for each label, as when every ŷ is 0.9 on the right side."""
    return round(0.1 * experiment.samples * experiment.out_features, 6)


def columns(kind: str, members: Sequence[Member], sweep: Sweep, goal: float) -> list[tuple[str, list[str]]]:
    """Say what became of each, as plain text: the name of each column of a table, and its cells.

    "–" stands for what is not there. The accuracy counts entries of ŷ, and where labels are classes another one counts
    samples. Between two recorded positions, "≤ 120" says that the goal was reached by epoch 120.
    """
    done, histories = sweep.done, sweep.histories
    first = members[0].experiment  # all have its samples
    of_classes = []
    if is_one_class_each(first.label_array):
        right = [class_accuracy(history.yhat[-1:], first.label_array)[0] for history in histories]
        of_classes = [(f"Accuracy of {counted(first.samples, 'sample')}", [percent(float(share)) for share in right])]
    last = [number(float(history.running_loss[-1])) if len(history) > 1 else "–" for history in histories]
    outcomes = [_outcome(*each) if done else "training" for each in zip(histories, sweep.experiments, strict=True)]
    return [
        (VARIATIONS[kind].label, [member.name for member in members]),
        ("Final running loss" if done else f"Running loss after {histories[0].position[-1]} epochs", last),
        (f"Accuracy of {first.samples * first.out_features} ŷ", [percent(float(h.accuracy[-1])) for h in histories]),
        *of_classes,
        (f"Epochs to a loss of {format_number(goal)}", [_reached(history, goal) for history in histories]),
        ("Outcome", outcomes),
    ]


def _outcome(history: History, experiment: Experiment) -> str:
    """Give the word of the table; an experiment of no epochs has none."""
    return outcome(history, experiment) if experiment.epochs else "–"


def _reached(history: History, goal: float) -> str:
    position = epochs_to(history, goal)
    if position is None:
        return "–"
    frame = int(np.searchsorted(history.position, position))
    exact = position - int(history.position[frame - 1]) == 1
    return f"{'' if exact else '≤ '}{position}"
