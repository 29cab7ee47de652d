"""What stands in the controls, as typed, and the experiment it means, if it means one. Pure; no widget."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from classifier.experiment.experiment import Experiment
from classifier.experiment.initial import Matrix, zeros_initial
from classifier.experiment.rates import Schedule
from classifier.experiment.scaling import Scaling
from classifier.experiment.validation import ExperimentError, counted
from pages.shared.draft.start import SEED, TYPED, ZEROS, StartError, read_matrix, write_start
from pages.shared.draft.table import Problem, Table, from_experiment, read_table
from pages.shared.text.typed_numbers import format_number, parse_number, parse_whole_number

_READERS: dict[str, Callable[[str], Any]] = {
    "learning_rate": parse_number,
    "epochs": parse_whole_number,
    "seed": parse_whole_number,
    "route": str,
    "dtype": str,
}
FIELDS = (*_READERS, "start", "initial")
_AS_MEASURED = (0.0, 1.0)


@dataclass(frozen=True)
class Draft:
    """Texts as typed: the table, and one text for each field of Experiment that has a widget.

    Attributes
    ----------
    start : {"seed", "zeros", "typed"}
        Where the initial weights come from.
    initial : str
        The matrix of initial weights as typed. It waits here while the start is another.
    initial_for : (int, int)
        Inputs and outputs of the table when the matrix was typed or chosen. If the table has another shape now, that
        is no mistake in the matrix, which waits here until it fits again.
    schedule : tuple of (int, float)
        Changes of the learning rate.
    scaling : tuple of (float, float), or None
        Mean and scale of each input of the table, by which it was standardised; see `carried`.
    """

    table: Table
    learning_rate: str
    epochs: str
    seed: str
    route: str
    dtype: str
    start: str = SEED
    initial: str = ""
    initial_for: tuple[int, int] = (0, 0)
    schedule: Schedule = ()
    scaling: Scaling | None = None


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
    start, initial = write_start(experiment.initial)
    return Draft(
        table=from_experiment(experiment),
        learning_rate=format_number(experiment.learning_rate),
        epochs=str(experiment.epochs),
        seed=str(experiment.seed),
        route=experiment.route,
        dtype=experiment.dtype,
        start=start,
        initial=initial,
        initial_for=(experiment.in_features, experiment.out_features),
        schedule=experiment.schedule,
        scaling=experiment.scaling,
    )


def edited(draft: Draft, table: Table, texts: Mapping[str, str]) -> Draft:
    """Put another table and other texts into a draft, and keep what belongs to them up with them.

    Parameters
    ----------
    draft : Draft
        What stood there until now.
    table : Table
    texts : mapping of str to str
        By field; the others stay.
    """
    after = replace(draft, table=table, scaling=carried(draft.scaling, draft.table, table), **texts)  # type: ignore[arg-type]  # all texts
    if (after.start, after.initial) != (draft.start, draft.initial):
        after = replace(after, initial_for=_shape(table))
    return after


def carried(scaling: Scaling | None, before: Table, after: Table) -> Scaling | None:
    """Carry the constants of the inputs over to an edited table.

    The cells of an input keep them in their place, whatever its name; where columns moved they are known by name. Every
    other input is new, and as it was typed: (0, 1).
    """
    if scaling is None or before.input_names == after.input_names:
        return scaling
    known = dict(zip(before.input_names, scaling, strict=True))
    in_place = len(before.input_names) == len(after.input_names)

    def constants(place: int, name: str) -> tuple[float, float]:
        # First its cells: while a name is mended, two columns may have the same one.
        if in_place and [row[place] for row in before.rows] == [row[place] for row in after.rows]:
            return scaling[place]
        return known.get(name, _AS_MEASURED)

    kept = tuple(constants(place, name) for place, name in enumerate(after.input_names))
    return None if all(pair == _AS_MEASURED for pair in kept) else kept


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
    try:
        initial, left_out = _start(draft)
    except StartError as error:
        problems += [Problem(text, field="initial") for text in error.problems]
    if problems:
        return Verdict(None, tuple(problems), reading.notes)
    notes = reading.notes + left_out
    values |= {"input_names": draft.table.input_names, "label_names": draft.table.label_names}
    values |= {"initial": initial, "schedule": draft.schedule, "scaling": draft.scaling}
    try:
        return Verdict(Experiment(reading.inputs, reading.labels, **values), (), notes)
    except ExperimentError as error:  # what no field breaks alone: the number of steps
        field = error.field if error.field in FIELDS else "table"
        return Verdict(None, (Problem(_without_name(str(error)), field=field or "table"),), notes)


def _start(draft: Draft) -> tuple[Matrix | None, tuple[str, ...]]:
    """Give the initial weights, None if the seed draws them, and a note if those that were typed are left out."""
    shape = _shape(draft.table)
    if draft.start == ZEROS:
        return zeros_initial(*shape), ()
    if draft.start != TYPED:
        return None, ()
    if draft.initial_for == shape:
        return read_matrix(draft.initial, draft.table.input_names, shape[1]), ()
    inputs, outputs = draft.initial_for
    typed_for = f"{counted(inputs, 'input')} and {counted(outputs, 'output')}"
    return None, (f"The initial weights are for {typed_for} and left out. Now the seed draws them.",)


def _shape(table: Table) -> tuple[int, int]:
    return len(table.input_names), len(table.label_names)


def _without_name(message: str) -> str:
    """Leave out the name of the field, which stands right above its message."""
    for name in ("Learning rate: ", "Epochs: ", "Seed: "):
        message = message.removeprefix(name)
    return message
