"""The readouts and notes of a run beside its charts: the same on the page and in a file."""

from classifier import Experiment, Run, diagnose, is_one_class_each
from classifier.experiment.validation import counted
from pages.playground import findings
from pages.playground.controls import example_choice
from pages.shared.run import duration
from pages.stage.message import Readout


def readouts(experiment: Experiment) -> list[Readout]:
    """List the numbers above the charts. Each accuracy says what it counts; that of samples needs classes as labels."""
    # Short labels, because all of them must fit into one row on a projector.
    accuracies = [Readout(f"accuracy of {experiment.samples * experiment.out_features} ŷ", "accuracy", kind="percent")]
    if is_one_class_each(experiment.label_array):
        accuracies.append(Readout(f"of {counted(experiment.samples, 'sample')}", "class_accuracy", kind="percent"))
    return [
        Readout("running loss", "running_loss", first=1, spoken="loss"),
        *accuracies,
        Readout("largest |∂L/∂W|", "largest_loss_wrt_weight", first=1),
    ]


def lesson(experiment: Experiment) -> list[str]:
    """Say what to watch in an example, and why it is so."""
    example = example_choice.current(experiment)
    return [] if example is None else [f"{example.watch} {example.why}"]


def notes(run: Run) -> list[str]:
    """Say what there is to learn from a run, why nothing may happen in it, and what was found in it so far."""
    experiment = run.experiment
    return [
        *lesson(experiment),
        *duration.warnings(run),
        *findings.nothing_to_see(experiment),
        *(findings.explain(finding, run) for finding in diagnose(run)),
    ]
