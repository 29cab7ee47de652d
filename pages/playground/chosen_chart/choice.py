"""Which chart stands in the place of the layers' gradients, and what it shows: as chosen, and as an address says it.

A choice outlives edits of the table: what it names may be gone, or come back. So it is kept as it was made, and
`fitted` to the experiment wherever it is used.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple, TypeAlias, TypeVar

from classifier import Experiment, Parameter
from pages.shared.text.quoting import quoted
from pages.shared.text.typed_numbers import parse_whole_number

__all__ = [
    "CHARTS",
    "KEYS",
    "MEAN",
    "ChartSettings",
    "Choice",
    "Decision",
    "Entry",
    "Landscape",
    "box",
    "parameters",
    "read",
    "with_axis",
    "write",
]

CHARTS: Final = {"layers": "Layers", "decision": "Decision", "landscape": "Landscape"}
"""By the name in an address: what the button says. The first needs no name."""

KEYS: Final = ("chart", "output", "across", "up", "others")
"""The query parameters of a choice."""

_SETTINGS: Final = {"layers": (), "decision": KEYS[1:], "landscape": ("across", "up")}
MEAN: Final = -1
"""In the place of a sample's index: the mean of all samples."""
_T = TypeVar("_T")


@dataclass(frozen=True)
class Decision:
    """What ŷ of an output is over two inputs; all indices from 0.

    Attributes
    ----------
    output : int
    across, up : int
        The inputs along the axes. Equal if the experiment has one input only: then nothing lies upward.
    others : int
        The sample at whose values the other inputs stand, or `MEAN`.
    """

    output: int = 0
    across: int = 0
    up: int = 1
    others: int = MEAN

    def fitted(self, experiment: Experiment) -> Decision:
        """Give the same for an experiment that may lack what was chosen."""
        inputs = experiment.in_features
        across = self.across if self.across < inputs else 0
        up = self.up if self.up < inputs and self.up != across else _other(across, inputs)
        others = self.others if self.others < experiment.samples else MEAN
        return Decision(self.output if self.output < experiment.out_features else 0, across, up, others)

    @property
    def key(self) -> str:
        """Name the chart, among all of one experiment."""
        return f".d{self.output}.{self.across}.{self.up}.{self.others}"


class Entry(NamedTuple):
    """One weight, or the bias of an output if it names no input; indices from 0."""

    output: int
    input: int | None = None

    def parameter(self, experiment: Experiment) -> Parameter:
        """Give its place in [W | b] of an experiment that has it."""
        return Parameter(self.output, experiment.in_features if self.input is None else self.input)


_FIRST, _SECOND = Entry(0, 0), Entry(0, 1)


@dataclass(frozen=True)
class Landscape:
    """What the data-set loss is over two parameters."""

    across: Entry = _FIRST
    up: Entry = _SECOND

    def fitted(self, experiment: Experiment) -> Landscape:
        """Give the same for an experiment that may lack what was chosen."""
        has = parameters(experiment)
        across = self.across if self.across in has else has[0]
        up = self.up if self.up in has and self.up != across else has[_other(has.index(across), len(has))]
        return Landscape(across, up)

    @property
    def key(self) -> str:
        """Name the chart, among all of one experiment."""
        return f".l{_write_entry(self.across)}.{_write_entry(self.up)}"


ChartSettings: TypeAlias = Decision | Landscape


@dataclass
class Choice:
    """What a visitor chose; each chart keeps its own settings."""

    chart: str = "layers"
    decision: Decision = field(default_factory=Decision)
    landscape: Landscape = field(default_factory=Landscape)

    def settings(self, experiment: Experiment) -> ChartSettings | None:
        """Give what is shown of an experiment; None for the gradients of the layers."""
        if self.chart == "decision":
            return self.decision.fitted(experiment)
        return self.landscape.fitted(experiment) if self.chart == "landscape" else None

    def set(self, settings: ChartSettings) -> None:
        """Keep other settings of a chart."""
        if isinstance(settings, Decision):
            self.decision = settings
        else:
            self.landscape = settings


def box(chart: str) -> dict[str, Any]:
    """Say which of the charts is shown in the place where there is a choice: a part of a figure's ``meta``."""
    return {"choice": {"label": "Chart shown here", "options": dict(CHARTS), "chosen": chart}}


def parameters(experiment: Experiment) -> list[Entry]:
    """List all parameters, row by row of [W | b]."""
    columns = (*range(experiment.in_features), None)
    return [Entry(output, column) for output in range(experiment.out_features) for column in columns]


def write(settings: ChartSettings | None) -> dict[str, str | None]:
    """Write a chosen chart as query parameters; None for each that says nothing, all of them if none is chosen."""
    said: dict[str, str | None] = dict.fromkeys(KEYS)
    if isinstance(settings, Decision):
        # With one input nothing lies upward, and there is nothing to say of it.
        usual = Decision(up=settings.up if settings.up == settings.across else Decision.up)
        said["chart"] = "decision"
        for name in ("output", "across", "up"):
            if getattr(settings, name) != getattr(usual, name):
                said[name] = str(getattr(settings, name) + 1)
        said["others"] = None if settings.others == MEAN else str(settings.others + 1)
    elif settings is not None:
        said |= {"chart": "landscape", "across": _write_entry(settings.across), "up": _write_entry(settings.up)}
    return said


def read(params: Mapping[str, Sequence[str]], experiment: Experiment) -> tuple[Choice, list[str]]:
    """Read a choice out of an address.

    Parameters
    ----------
    params : mapping of str to sequence of str
        All values of each of `KEYS`.
    experiment : Experiment
        What the choice must fit.

    Returns
    -------
    Choice
        Always valid.
    list of str
        One sentence for each parameter that is ignored: plain text that quotes a stranger.
    """
    notices: list[str] = []

    def one(key: str, parse: Callable[[str], _T], default: _T) -> _T:
        values = params.get(key) or []
        if not values:
            return default
        try:
            if len(values) > 1:
                raise ValueError(f"it stands there {len(values)} times.")
            return parse(values[0])
        except ValueError as error:
            notices.append(f"{quoted(key)} in the address is ignored: {error}")
            return default

    def index(count: int, what: str) -> Callable[[str], int]:
        return lambda text: _index(text, count, f"the {what} of this experiment")

    chosen = Choice(one("chart", _chart, "layers"))
    for key in KEYS[1:]:
        if params.get(key) and key not in _SETTINGS[chosen.chart]:
            notices.append(f'{quoted(key)} in the address is ignored: the chart "{chosen.chart}" has no such setting.')
    if chosen.chart == "decision":
        inputs = index(experiment.in_features, "inputs")
        across = one("across", inputs, 0)
        chosen.decision = Decision(
            output=one("output", index(experiment.out_features, "outputs"), 0),
            across=across,
            up=one("up", lambda text: _not(across, inputs(text), text), 1),
            others=one("others", lambda text: _others(text, experiment.samples), MEAN),
        )
    elif chosen.chart == "landscape":
        usual = Landscape()
        first = one("across", lambda text: _read_entry(text, experiment), usual.across)
        second = one("up", lambda text: _not(first, _read_entry(text, experiment), text), usual.up)
        chosen.landscape = Landscape(first, second)
    return chosen, notices


def with_axis(settings: ChartSettings, axis: str, value: Any) -> ChartSettings:  # noqa: ANN401 - an index or an Entry, as it has
    """Give settings with something else along an axis; if the other axis showed that, the two change places."""
    other = "up" if axis == "across" else "across"
    changes = {axis: value}
    if getattr(settings, other) == value:
        changes[other] = getattr(settings, axis)
    return replace(settings, **changes)


def _other(taken: int, count: int) -> int:
    """Give the first index that is not taken; the taken one if there is no other."""
    return next((index for index in range(count) if index != taken), taken)


def _chart(text: str) -> str:
    if text not in CHARTS:
        raise ValueError(f"{quoted(text)} is not one of {', '.join(CHARTS)}.")
    return text


def _index(text: str, count: int, what: str) -> int:
    number = parse_whole_number(text)
    if not 1 <= number <= count:
        raise ValueError(f"{quoted(text)} is not between 1 and {count}, {what}.")
    return number - 1


def _others(text: str, samples: int) -> int:
    return MEAN if text == "mean" else _index(text, samples, "the samples of this experiment")


def _not(taken: _T, value: _T, text: str) -> _T:
    if value == taken:
        raise ValueError(f'{quoted(text)} lies along the other axis ("across") already.')
    return value


def _write_entry(entry: Entry) -> str:
    return f"{entry.output + 1}-{'b' if entry.input is None else entry.input + 1}"


def _read_entry(text: str, experiment: Experiment) -> Entry:
    """Read "2-3", the weight of the second output and the third input, or "2-b", that output's bias."""
    output, dash, column = text.partition("-")
    if not dash:
        raise ValueError(f'{quoted(text)} is not of the form "2-3" (output 2, input 3) or "2-b" (its bias).')
    row = _index(output, experiment.out_features, "the outputs of this experiment")
    return Entry(
        row, None if column == "b" else _index(column, experiment.in_features, "the inputs of this experiment")
    )
