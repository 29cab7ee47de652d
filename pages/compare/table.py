"""What became of each experiment of a comparison, as rows of a table. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from classifier import Experiment, History, Sweep, class_accuracy, epochs_to, is_one_class_each, outcome
from classifier.experiment.validation import counted
from pages.compare.members import VARIATIONS, Member
from pages.shared.text.shown_numbers import number, percent
from pages.shared.text.typed_numbers import format_number

OUTCOMES: Final = {
    "converged": "hardly any gradient is left.",
    "slow": "a gradient is left when the epochs are over: more of them, or a larger rate, would go on.",
    "diverged": "the loss rises, or stays far above that of guessing.",
    "saturated": "by the chain route, a ŷ is exactly 0 or 1 on the wrong side: its gradient is 0, so it never learns.",
}
"""What the words of the table mean."""


def default_goal(experiment: Experiment) -> float:
    """Choose a running loss to reach: 0.1 for each label, as when every ŷ is 0.9 on the right side."""
    return round(0.1 * experiment.samples * experiment.out_features, 6)


@dataclass(frozen=True)
class MemberOutcome:
    """What a table says of one experiment; "–" for what is not there.

    Attributes
    ----------
    name, loss, accuracy, class_accuracy, epochs, outcome : str
        The accuracy counts entries of ŷ; that of classes counts samples, and is empty where they are no classes.
    """

    name: str
    loss: str
    accuracy: str
    class_accuracy: str
    epochs: str
    outcome: str


def columns(kind: str, members: Sequence[Member], sweep: Sweep, goal: float) -> list[tuple[str, list[str]]]:
    """Say what became of each, as plain text: the name of each column of a table, and its cells."""
    done, histories = sweep.done, sweep.histories
    became = rows([m.name for m in members], [m.experiment for m in members], histories, goal, done=done)
    first = members[0].experiment
    loss = "Final running loss" if done else f"Running loss after {histories[0].position[-1]} epochs"
    of_classes = []
    if any(row.class_accuracy for row in became):
        of_classes = [(f"Accuracy of {counted(first.samples, 'sample')}", [row.class_accuracy for row in became])]
    return [
        (VARIATIONS[kind].label, [row.name for row in became]),
        (loss, [row.loss for row in became]),
        (f"Accuracy of {first.samples * first.out_features} ŷ", [row.accuracy for row in became]),
        *of_classes,
        (f"Epochs to a loss of {format_number(goal)}", [row.epochs for row in became]),
        ("Outcome", [row.outcome for row in became]),
    ]


def rows(
    names: Sequence[str], experiments: Sequence[Experiment], histories: Sequence[History], goal: float, *, done: bool
) -> list[MemberOutcome]:
    """Say what became of each experiment.

    Parameters
    ----------
    names : sequence of str
    experiments : sequence of Experiment
    histories : sequence of History
        As far as trained.
    goal : float
        The running loss to reach. Between two recorded positions, "≤ 120" says that it was reached by epoch 120.
    done : bool
        Whether all epochs are trained; an outcome is said only then.
    """
    return [
        MemberOutcome(
            name,
            number(float(history.running_loss[-1])) if len(history) > 1 else "–",
            percent(float(history.accuracy[-1])),
            _of_classes(history, experiment),
            _reached(history, goal),
            _outcome(history, experiment) if done else "training",
        )
        for name, experiment, history in zip(names, experiments, histories, strict=True)
    ]


def _of_classes(history: History, experiment: Experiment) -> str:
    labels = experiment.label_array
    return percent(float(class_accuracy(history.yhat[-1:], labels)[0])) if is_one_class_each(labels) else ""


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
