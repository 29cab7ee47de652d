"""What is said of a run beside its charts: the same on the page and in a file."""

from typing import Final

from classifier import Experiment, Run, diagnose
from pages.playground import findings
from pages.playground.controls import example_choice
from pages.stage import Readout

READOUTS: Final = (
    Readout("running loss", "running_loss", first=1, spoken="loss"),
    Readout("accuracy", "accuracy", kind="percent"),
    Readout("largest |∂L/∂W|", "largest_loss_wrt_weight", first=1),
)


def lesson(experiment: Experiment) -> list[str]:
    """Say what to watch in an example, and why it is so."""
    example = example_choice.current(experiment)
    return [] if example is None else [f"{example.watch} {example.why}"]


def notes(run: Run) -> list[str]:
    """Say what there is to learn from a run, and what was found in it so far."""
    return [*lesson(run.experiment), *(findings.explain(finding, run) for finding in diagnose(run))]
