"""What stands in the controls, as typed, and the experiment it means, if it means one. Pure; no widget."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from classifier.experiment import Experiment
from classifier.initial import Matrix
from classifier.rates import Schedule
from classifier.validation import ExperimentError, counted
from pages.shared.cells import format_number, parse_number, parse_whole_number
from pages.shared.table import Problem, Table, from_experiment, read_table

_READERS: dict[str, Callable[[str], Any]] = {
    "learning_rate": parse_number,
    "epochs": parse_whole_number,
    "seed": parse_whole_number,
    "route": str,
    "dtype": str,
}
FIELDS = tuple(_READERS)


@dataclass(frozen=True)
class Draft:
    """Texts as typed: the table, and one text for each field of Experiment that has a widget.

    Attributes
    ----------
    initial : tuple of tuple of float, or None
        Initial weights. They fit one shape of the table, and wait here while it has another.
    schedule : tuple of (int, float)
        Changes of the learning rate.
    """

    table: Table
    learning_rate: str
    epochs: str
    seed: str
    route: str
    dtype: str
    initial: Matrix | None = None
    schedule: Schedule = ()


@dataclass(frozen=True)
class Verdict:
    """What a draft means.

    Attributes
    ----------
    experiment : Experiment or None
        None if there is a problem.
    problems : tuple of Problem
        Every bad cell and every bad field.
    notes : tuple of str
        What was done without being asked.
    """

    experiment: Experiment | None
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]

    def problems_of(self, field: str) -> list[str]:
        """Give the texts of the problems of one field, or of the "table"."""
        return [problem.text for problem in self.problems if problem.field == field]


def write_draft(experiment: Experiment) -> Draft:
    """Write an experiment as the texts that mean it."""
    return Draft(
        table=from_experiment(experiment),
        learning_rate=format_number(experiment.learning_rate),
        epochs=str(experiment.epochs),
        seed=str(experiment.seed),
        route=experiment.route,
        dtype=experiment.dtype,
        initial=experiment.initial,
        schedule=experiment.schedule,
    )


def judge(draft: Draft) -> Verdict:
    """Find the experiment that a draft means, or everything that is wrong with it.

    Examples
    --------
    >>> judge(write_draft(Experiment.tutorial())).experiment == Experiment.tutorial()
    True
    """
    reading = read_table(draft.table)
    problems = list(reading.problems)
    values: dict[str, Any] = {}
    harmless = Experiment(((0.0,),), ((0.0,),))
    for field, read in _READERS.items():
        try:
            values[field] = read(getattr(draft, field))
            harmless.replace(**{field: values[field]})  # the field's own range
        except ValueError as error:  # ExperimentError is one
            problems.append(Problem(_without_name(str(error)), field=field))
    if problems:
        return Verdict(None, tuple(problems), reading.notes)
    initial, left_out = _fitting(draft)
    notes = reading.notes + left_out
    values |= {"input_names": draft.table.input_names, "label_names": draft.table.label_names}
    values |= {"initial": initial, "schedule": draft.schedule}
    try:
        return Verdict(Experiment(reading.inputs, reading.labels, **values), (), notes)
    except ExperimentError as error:  # what no field breaks alone: the number of steps
        field = error.field if error.field in FIELDS else "table"
        return Verdict(None, (Problem(_without_name(str(error)), field=field or "table"),), notes)


def _fitting(draft: Draft) -> tuple[Matrix | None, tuple[str, ...]]:
    """Give the initial weights if they fit the table; if not, none and a note."""
    if draft.initial is None:
        return None, ()
    inputs, outputs = len(draft.initial[0]) - 1, len(draft.initial)
    if (inputs, outputs) == (len(draft.table.input_names), len(draft.table.label_names)):
        return draft.initial, ()
    shape = f"{counted(inputs, 'input')} and {counted(outputs, 'output')}"
    return None, (f"The initial weights are for {shape} and left out. Now the seed draws them.",)


def _without_name(message: str) -> str:
    """Leave out the name of the field, which stands right above its message."""
    for name in ("Learning rate: ", "Epochs: ", "Seed: "):
        message = message.removeprefix(name)
    return message
