"""From a column of a grid to numbers: an input, or the outputs that a label column makes. Pure; no widget.

A label column of numbers in [0, 1] is one output. One of texts, or of whole numbers beyond, holds classes: each class
becomes an output that is 1 where the column says so, in the order in which the classes first appear. Two classes make
one output, because the second would only repeat the first; they make two on request.
"""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from classifier import LIMITS, MAX_INPUT, ExperimentError
from classifier.experiment.validation import check_input, check_label
from pages.shared.text.quoting import quoted
from pages.shared.text.typed_numbers import format_number
from pages.your_data.grid import Grid, looks_like_a_number

# What programs write for a missing value: it is neither a number nor a class.
_MISSING: Final = {"nan", "na", "n/a", "null", "none", "inf", "-inf", "+inf", "infinity", "-infinity", "?"}
# Pairs of classes of which the first is 1 and the second is 0.
_YES: Final = {
    ("yes", "no"),
    ("y", "n"),
    ("true", "false"),
    ("t", "f"),
    ("on", "off"),
    ("positive", "negative"),
    ("pos", "neg"),
    ("pass", "fail"),
    ("passed", "failed"),
    ("+", "-"),
    ("+", "−"),
    ("ja", "nein"),
    ("j", "n"),
    ("wahr", "falsch"),
    ("oui", "non"),
    ("sí", "no"),
    ("si", "no"),
    ("sì", "no"),
}
# Inputs that are standardised: beyond, or closer together, their squares would leave the range of a float.
_MAX_MEASURED: Final = 1e100
_MIN_SPREAD: Final = 1e-90


def guess(grid: Grid) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Guess which columns are inputs and which are labels; a column may be neither.

    Texts cannot be inputs. The last text column with few different texts is the label. Without one, the columns of 0
    and 1 at the end are; without those, the last column is. If that would leave no input, a text column with many
    different texts is the label after all: then a message says that it has too many classes.
    """
    columns = range(len(grid.names))
    texts = [column for column in columns if not _has_numbers(grid, column)]
    labels = [column for column in texts if len({row[column] for row in grid.rows}) <= LIMITS.outputs][-1:]
    numbers = [column for column in columns if column not in texts]
    if not labels:
        labels = _binary_end(grid, numbers) or (texts if len(numbers) <= 1 and texts else numbers)[-1:]
    return tuple(column for column in numbers if column not in labels), tuple(labels)


def _binary_end(grid: Grid, numbers: Sequence[int]) -> list[int]:
    """Give the columns at the end that hold 0 and 1 alone; none if that leaves no input."""
    end: list[int] = []
    for column in reversed(numbers):
        if not all(row[column] in ("0", "1") for row in grid.rows):
            return end
        end.insert(0, column)
    return []


def _has_numbers(grid: Grid, column: int) -> bool:
    """Say whether a column holds numbers. One number is enough: the other cells may be mistakes."""
    return any(looks_like_a_number(row[column]) for row in grid.rows)


def input_column(grid: Grid, column: int, problems: list[str], *, standardised: bool) -> list[float]:
    """Read an input; every cell that is no number, or out of range, is a problem."""
    limit = _MAX_MEASURED if standardised else MAX_INPUT
    hint = "" if standardised else " Standardise the inputs, or measure in a larger unit."
    values = _numbers(grid, column, problems, lambda value, text: check_input(value, limit, text), hint)
    if standardised and values and 0 < max(values) - min(values) < _MIN_SPREAD:
        problems.append(f"{quoted(grid.names[column])}: these values are too close together to be standardised.")
    return values


class Output(NamedTuple):
    """One output: its name, the column that it comes from, its labels, and whether the column has two classes."""

    name: str
    column: str
    values: tuple[float, ...]
    of_two: bool = False


def label_column(grid: Grid, column: int, problems: list[str], notes: list[str], *, both: bool) -> list[Output]:
    """Give the outputs that a label column makes; both of two classes, if that is asked for."""
    name = grid.names[column]
    texts = [row[column] for row in grid.rows]
    is_text = not _has_numbers(grid, column)
    if not is_text:
        before = len(problems)
        values = _numbers(grid, column, problems)
        if len(problems) > before:
            return []
        if not all(value.is_integer() for value in values) or all(0 <= value <= 1 for value in values):
            _numbers(grid, column, problems, check_label, " Whole numbers would be classes.")
            return [Output(name, "", tuple(values))]
        texts = [format_number(value) for value in values]
    bad = [
        f"{grid.where(row, column)}: {quoted(text) if text else 'an empty cell'} is no class. Every sample needs one."
        for row, text in enumerate(texts)
        if not text or text.lower() in _MISSING or not text.isprintable()
    ]
    classes = list(dict.fromkeys(texts))
    if len(classes) > LIMITS.outputs:
        bad.append(f"{quoted(name)} has {len(classes)} different classes. There may be at most {LIMITS.outputs}.")
    problems += bad
    if bad:
        return []
    if len(classes) == 2 and not both:
        return [_one_output(name, classes, texts, notes, is_text=is_text)]
    order = ", ".join(map(quoted, classes))
    if len(classes) == 1:
        notes.append(f"{quoted(name)}: every sample is {order}. There is nothing to tell apart.")
    else:
        notes.append(f"{quoted(name)}: one output for each class, in the order of first appearance: {order}.")
    titles = classes if is_text else [f"{name} {text}" for text in classes]
    return [
        Output(title, name if is_text else "", _marked(texts, own), len(classes) == 2)
        for title, own in zip(titles, classes, strict=True)
    ]


def _one_output(name: str, classes: list[str], texts: list[str], notes: list[str], *, is_text: bool) -> Output:
    """Give two classes as one output: 1 is the class that means yes, else the larger number, else the first one.

    If a class means yes, the output has the column's name; otherwise it is named after the class that is 1.
    """
    first, second = classes
    yes = next(((a, b) for a, b in ((first, second), (second, first)) if (a.casefold(), b.casefold()) in _YES), None)
    if yes:
        one, zero = yes
    elif is_text:
        one, zero = first, second
    else:
        zero, one = sorted(classes, key=float)
    notes.append(f"{quoted(name)}: one output, 1 for {quoted(one)} and 0 for {quoted(zero)}.")
    if yes:
        return Output(name, "", _marked(texts, one), of_two=True)
    return Output(one if is_text else f"{name} {one}", name if is_text else "", _marked(texts, one), of_two=True)


def _marked(texts: list[str], own: str) -> tuple[float, ...]:
    return tuple(float(text == own) for text in texts)


def _numbers(
    grid: Grid,
    column: int,
    problems: list[str],
    check: Callable[[float, str], None] = lambda *_: None,
    hint: str = "",
) -> list[float]:
    """Read a column of numbers; every bad cell is a problem. The hint follows the rule that a number breaks."""
    values = []
    for row in range(len(grid.rows)):
        try:
            value = grid.number(row, column)
            try:
                check(value, "")
            except ExperimentError:  # to quote every cell would take longer than to read it
                check(value, quoted(grid.rows[row][column]))
        except ExperimentError as error:
            problems.append(f"{grid.where(row, column)}: {error.rule}{hint}")
        except ValueError as error:
            problems.append(str(error))
        else:
            values.append(value)
    return values


def distinct(outputs: Sequence[Output], taken: Sequence[str]) -> list[str]:
    """Give each output a name of its own: two label columns may share a class, or a class may have an input's name.

    Then the name of the column is put before it and, if that is not enough, a number behind it.
    """
    plain = [*taken, *(output.name for output in outputs)]
    names = [
        output.name if plain.count(output.name) == 1 else f"{output.column} {output.name}".strip() for output in outputs
    ]
    own: list[str] = []
    for name in names:
        kept, number = name, 2
        while kept in own or kept in taken:
            kept, number = f"{name} ({number})", number + 1
        own.append(kept)
    return own
