"""The notes and the table of a comparison beside its charts: the same on the page and in a file."""

from collections.abc import Sequence
from typing import Final

from classifier import Experiment, Sweep
from classifier.experiment.validation import counted
from pages.compare.members import VARIATIONS, Member
from pages.compare.table import rows
from pages.shared.text.typed_numbers import format_number
from pages.stage.message import Readout

# Pixels of the window that the player leaves to the table. The player keeps its own smallest height in any case.
_ROW_PX: Final = 38
_MOST_PX: Final = 260

READOUTS: Final = (
    Readout("lowest running loss", "lowest", first=1, spoken="lowest loss"),
    Readout("highest running loss", "highest", first=1, spoken="highest loss"),
)


def notes(kind: str, base: Experiment) -> list[str]:
    """Say what a comparison leaves out, and why Train shows nothing where that is so."""
    nothing = "0 epochs: nothing is trained, so there is nothing to play. The playground sets how many."
    return [*filter(None, [VARIATIONS[kind].left_out(base)]), *([] if base.epochs else [nothing])]


def room_below(members: Sequence[Member]) -> int:
    """Say how many pixels the player leaves to the table."""
    return min(_MOST_PX, _ROW_PX * (len(members) + 2))


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
