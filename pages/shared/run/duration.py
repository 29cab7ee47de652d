"""How long a training takes here, said before it begins. Pure text."""

from typing import Final

from classifier import Sweep

LONG_S: Final = 20
"""A training of fewer processor seconds needs no warning."""


def duration(training: Sweep) -> str | None:
    """Say how long all of a run or a sweep takes, if that is long; None if it is not, or not known yet."""
    if training.cpu_s is None or training.cpu_s <= LONG_S:
        return None
    if training.cpu_s < 90:
        return f"about {round(training.cpu_s, -1):.0f} seconds"
    return f"about {training.cpu_s / 60:.0f} minutes"


def warnings(training: Sweep) -> list[str]:
    """Give the warning above a player whose run takes long; none once it is trained."""
    takes = None if training.done else duration(training)
    if takes is None:
        return []
    first, many = training.experiments[0], len(training.experiments)
    what = "This run has" if many == 1 else f"Each of these {many} runs has"
    return [
        f"{what} {first.samples * first.epochs} steps: all of it takes a processor of this host {takes}, and longer "
        "while others use it. It is trained as it plays; “To end” waits for all."
    ]
