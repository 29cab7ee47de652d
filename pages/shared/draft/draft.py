"""What stands in the controls, as typed, and the experiment it means, if it means one. Pure; no widget."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, get_args

from classifier.experiment.experiment import DTYPES, Experiment
from classifier.experiment.hidden import Hidden, check_hidden
from classifier.experiment.initial import Initial, zeros_initial
from classifier.experiment.scaling import Scaling
from classifier.experiment.validation import ExperimentError, counted
from classifier.graph.layers import ACTIVATIONS
from classifier.graph.network import Route
from pages.shared.address.fields import FIELD, FIELDS, rule_of
from pages.shared.draft.start import SEED, TYPED, ZEROS, StartError, read_matrices, write_start
from pages.shared.draft.table import Problem, Table, from_experiment, read_table
from pages.shared.text.typed_numbers import format_number

_TYPED = tuple(field.name for field in FIELDS if field.is_typed)
CONTROLS = (*_TYPED, "start", "initial")
"""Fields of Experiment; where the initial weights come from, "seed", "zeros" or "typed"; and their matrix."""
CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "route": get_args(Route),
    "dtype": DTYPES,
    "activation": tuple(ACTIVATIONS),
    "start": (SEED, ZEROS, TYPED),
}
"""Of the controls in which nothing is typed: all that they can hold."""
_AS_MEASURED = (0.0, 1.0)


@dataclass(frozen=True)
class Draft:
    """Texts as typed: the table, and one for each control.

    Attributes
    ----------
    experiment : Experiment
        What it started from. What has no control stays as it is there.
    table : Table
    texts : mapping of str to str
        One for each of `CONTROLS`. The matrix of initial weights waits here while the start is another.
    initial_for : tuple of int
        Numbers of inputs, hidden units and outputs when the matrix was typed or chosen. If there are others now, that
        is no mistake in the matrix, which waits here until it fits again.
    scaling : tuple of (float, float), or None
        Mean and scale of each input of the table, by which it was standardised; see `carried`.
    """

    experiment: Experiment
    table: Table
    texts: Mapping[str, str]
    initial_for: tuple[int, ...]
    scaling: Scaling | None


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
    texts = {name: FIELD[name].write(getattr(experiment, name)) for name in _TYPED}
    return Draft(
        experiment,
        from_experiment(experiment),
        texts | {"start": start, "initial": initial},
        initial_for=experiment.sizes,
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
        By control; the others stay.
    """
    is_as_it_was = all(texts.get(name, draft.texts[name]) == draft.texts[name] for name in ("start", "initial"))
    return replace(
        draft,
        table=table,
        texts={**draft.texts, **texts},
        initial_for=draft.initial_for if is_as_it_was else _sizes(table, _hidden({**draft.texts, **texts})),
        scaling=carried(draft.scaling, draft.table, table),
    )


def with_rate_from(draft: Draft, experiment: Experiment, position: int, learning_rate: float) -> Draft:
    """Have another learning rate from a position of an experiment on; later changes are dropped.

    From the beginning on it is what stands in the field.
    """
    course = experiment.with_rate_from(position, learning_rate)
    changed = replace(draft, experiment=draft.experiment.replace(schedule=course.schedule))
    if position > 0:
        return changed
    return edited(changed, changed.table, {"learning_rate": format_number(course.learning_rate)})


def without_rate_from(draft: Draft, position: int) -> Draft:
    """Take the change of the learning rate at a position back; the others stay."""
    left = tuple(change for change in draft.experiment.schedule if change[0] != position)
    return replace(draft, experiment=draft.experiment.replace(schedule=left))


def carried(scaling: Scaling | None, before: Table, after: Table) -> Scaling | None:
    """Carry the constants of the inputs over to an edited table.

    An input whose cells are unchanged in their place keeps its constants, even if it has another name. Otherwise an
    input is found by its name. Any other input is new and not standardised: (0, 1).
    """
    if scaling is None or before.input_names == after.input_names:
        return scaling
    known = dict(zip(before.input_names, scaling, strict=True))
    in_place = len(before.input_names) == len(after.input_names)

    def constants(place: int, name: str) -> tuple[float, float]:
        # Cells before names: while a name is being corrected, two columns may have the same one.
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
    for name in _TYPED:
        try:
            values[name] = FIELD[name].read(draft.texts[name])
            harmless.replace(**{name: values[name]})  # checks the field's own range
        except ValueError as error:
            problems.append(Problem(rule_of(error), field=name))
    try:
        initial, left_out = _start(draft, values.get("hidden", ()))
    except StartError as error:
        problems += [Problem(text, field="initial") for text in error.problems]
    if problems:
        return Verdict(None, tuple(problems), reading.notes)
    notes = reading.notes + left_out
    values |= {"inputs": reading.inputs, "labels": reading.labels, "initial": initial, "scaling": draft.scaling}
    values |= {"input_names": draft.table.input_names, "label_names": draft.table.label_names}
    try:
        return Verdict(draft.experiment.replace(**values), (), notes)
    except ExperimentError as error:  # what no field breaks alone: the number of steps
        problem = Problem(error.rule, error.field) if error.field in CONTROLS else Problem(str(error))
        return Verdict(None, (problem,), notes)


def _start(draft: Draft, hidden: Hidden) -> tuple[Initial | None, tuple[str, ...]]:
    """Give the initial weights, None if the seed draws them, and a note if those that were typed are left out."""
    sizes = _sizes(draft.table, hidden)
    if draft.texts["start"] == ZEROS:
        return zeros_initial(*sizes), ()
    if draft.texts["start"] != TYPED:
        return None, ()
    if draft.initial_for == sizes:
        return read_matrices(draft.texts["initial"], draft.table.input_names, sizes[1:]), ()
    return None, (f"The initial weights are for {described(draft.initial_for)} and left out. Now the seed draws them.",)


def _hidden(texts: Mapping[str, str]) -> Hidden:
    """Read the hidden layers, or none of a text that says none."""
    try:
        return check_hidden(FIELD["hidden"].read(texts["hidden"]))
    except ValueError:
        return ()


def _sizes(table: Table, hidden: Hidden) -> tuple[int, ...]:
    return len(table.input_names), *hidden, len(table.label_names)


def described(sizes: Sequence[int]) -> str:
    """Say how large a network is.

    >>> described((3, 1)), described((3, 4, 2, 1))
    ('3 inputs and 1 output', '3 inputs, hidden layers of 4 and 2 units and 1 output')
    """
    inputs, outputs = counted(sizes[0], "input"), counted(sizes[-1], "output")
    hidden = " and ".join(map(str, sizes[1:-1]))
    if len(sizes) == 3:
        return f"{inputs}, a hidden layer of {counted(sizes[1], 'unit')} and {outputs}"
    return f"{inputs}, hidden layers of {hidden} units and {outputs}" if hidden else f"{inputs} and {outputs}"
