"""From the histories of a comparison to what the stage plays, and to the table of what became of each. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from classifier import Experiment, History, epochs_to, joined, outcome
from pages.shared.text.shown_numbers import number, percent

__all__ = ["OUTCOMES", "Row", "bindings", "default_goal", "frames", "frames_per_chunk", "rows"]

OUTCOMES: Final = {
    "converged": "hardly any gradient is left.",
    "slow": "a gradient is left when the epochs are over: more of them, or a larger rate, would go on.",
    "diverged": "the loss rises, or stays far above that of guessing.",
    "saturated": "by the chain route, a ŷ is exactly 0 or 1 on the wrong side: its gradient is 0, so it never learns.",
}
"""What the words of the table mean."""

_CHUNK_BYTES: Final = 560_000  # of one message to the browser, before base64, as on the playground


def bindings(members: int) -> list[dict[str, Any]]:
    """List which array each trace shows, as the arguments of the stage's bindings."""
    found: list[dict[str, Any]] = []
    for i in range(members):
        for trace, how in ((2 * i, "all"), (2 * i + 1, "up_to")):
            found += [
                {"figure": "loss", "trace": trace, "attribute": axis, "array": array, "how": how, "first": 1}
                for axis, array in (("x", "position"), ("y", f"loss_{i}"))
            ]
        found.append({"figure": "weights", "trace": i, "attribute": "z", "array": f"weights_{i}"})
    marks = {"figure": "loss", "trace": 2 * members, "first": 1}
    return [*found, *({**marks, "attribute": axis, "array": f"mark_{axis}"} for axis in "xy")]


def frames(histories: Sequence[History]) -> dict[str, NDArray[Any]]:
    """Arrange a stretch of all histories for the browser.

    Parameters
    ----------
    histories : sequence of History
        The same positions of each.

    Returns
    -------
    dict of str to ndarray, first axis = recorded positions
        Finite throughout. Weights carry the bias as their last column.
    """
    losses = np.stack([np.nan_to_num(history.running_loss) for history in histories], axis=1)  # (frames, members)
    arrays: dict[str, NDArray[Any]] = {
        "mark_x": np.repeat(histories[0].position[:, None], len(histories), axis=1).astype(np.int32),
        "mark_y": losses,
        "lowest": losses.min(axis=1).astype(np.float32),
        "highest": losses.max(axis=1).astype(np.float32),
    }
    for i, history in enumerate(histories):
        arrays[f"loss_{i}"] = losses[:, i]
        arrays[f"weights_{i}"] = joined(history.weight, history.bias)
    return arrays


def frames_per_chunk(experiment: Experiment, members: int) -> int:
    """Count the frames that fit into one message, at least one."""
    cells = experiment.out_features * (experiment.in_features + 1)
    return max(1, _CHUNK_BYTES // (members * (cells * np.dtype(experiment.dtype).itemsize + 20) + 8))


def default_goal(experiment: Experiment) -> float:
    """Choose a running loss to reach: 0.1 for each label, as when every ŷ is 0.9 on the right side."""
    return round(0.1 * experiment.samples * experiment.out_features, 6)


@dataclass(frozen=True)
class Row:
    """What a table says of one experiment; "–" for what is not there.

    Attributes
    ----------
    name, loss, accuracy, epochs, outcome : str
    """

    name: str
    loss: str
    accuracy: str
    epochs: str
    outcome: str


def rows(
    names: Sequence[str], experiments: Sequence[Experiment], histories: Sequence[History], goal: float, *, done: bool
) -> list[Row]:
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
        Row(
            name,
            number(float(history.running_loss[-1])) if len(history) > 1 else "–",
            percent(float(history.accuracy[-1])),
            _reached(history, goal),
            _outcome(history, experiment) if done else "training",
        )
        for name, experiment, history in zip(names, experiments, histories, strict=True)
    ]


def _outcome(history: History, experiment: Experiment) -> str:
    """Give the word of the table; nothing became of what was not trained."""
    return outcome(history, experiment) if experiment.epochs else "–"


def _reached(history: History, goal: float) -> str:
    position = epochs_to(history, goal)
    if position is None:
        return "–"
    frame = int(np.searchsorted(history.position, position))
    exact = position - int(history.position[frame - 1]) == 1
    return f"{'' if exact else '≤ '}{position}"
