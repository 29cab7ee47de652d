"""Which chart stands in place of the gradients by layer, and its settings: as chosen, and as an address holds them.

After an edit of the table, a column that was chosen may be gone, and come back later. So a choice is kept as it was
made, and `fitted` to the experiment wherever it is used.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any, ClassVar, Final, Literal, NamedTuple, TypeAlias

from classifier import Experiment, Parameter
from pages.shared.address.entries import read_entry, write_entry
from pages.shared.address.parameters import Own, PageParameter, one_of, read_number
from pages.shared.text.quoting import quoted

CHARTS: Final = {"layers": "Layers", "decision": "Decision", "landscape": "Landscape"}
"""By the name in an address: what the box says. An address without a name means the usual one, see `usual`."""

AXES: Final = ("across", "up")
QUANTITIES: Final = {"z": "∂L/∂z", "W": "∂L/∂W"}
_HAVE: Final = {"layers": ("quantity",), "decision": ("output", *AXES, "others"), "landscape": AXES}
MEAN: Final = -1
"""In the place of a sample's index: the mean of all samples."""


@dataclass(frozen=True)
class Layers:
    """How large what each layer passes back is.

    Attributes
    ----------
    quantity : {"z", "W"}
        Of which derivative each layer has its curve: ∂L/∂z or ∂L/∂W. One layer alone has a curve of every derivative.
    """

    chart: ClassVar = "layers"
    quantity: Literal["z", "W"] = "z"

    def fitted(self, experiment: Experiment) -> "Layers":
        """Give the same for an experiment that may have no such choice."""
        return self if experiment.hidden else Layers()


@dataclass(frozen=True)
class Decision:
    """What ŷ of an output is over two inputs; all indices from 0.

    Attributes
    ----------
    output : int
    across, up : int
        The inputs along the axes. Equal if the experiment has one input only: then nothing lies upward.
    others : int
        The sample that gives the values of the other inputs, or `MEAN`.
    """

    chart: ClassVar = "decision"
    output: int = 0
    across: int = 0
    up: int = 1
    others: int = MEAN

    def fitted(self, experiment: Experiment) -> "Decision":
        """Give the same for an experiment that may lack what was chosen."""
        inputs = experiment.in_features
        across = self.across if self.across < inputs else 0
        up = self.up if self.up < inputs and self.up != across else _other(across, inputs)
        others = self.others if self.others < experiment.samples else MEAN
        return Decision(self.output if self.output < experiment.out_features else 0, across, up, others)


class Entry(NamedTuple):
    """One weight, or the bias of a unit if it names no input; indices from 0."""

    output: int
    input: int | None = None
    layer: int = 0

    def parameter(self, experiment: Experiment) -> Parameter:
        """Give its place in [W | b] of an experiment that has it."""
        bias = experiment.sizes[self.layer]
        return Parameter(self.output, bias if self.input is None else self.input, self.layer)


_FIRST, _SECOND = Entry(0, 0), Entry(0, 1)


@dataclass(frozen=True)
class Landscape:
    """What the data-set loss is over two parameters."""

    chart: ClassVar = "landscape"
    across: Entry = _FIRST
    up: Entry = _SECOND

    def fitted(self, experiment: Experiment) -> "Landscape":
        """Give the same for an experiment that may lack what was chosen."""
        has = parameters(experiment)
        across = self.across if self.across in has else has[0]
        up = self.up if self.up in has and self.up != across else has[_other(has.index(across), len(has))]
        return Landscape(across, up)


ChartSettings: TypeAlias = Layers | Decision | Landscape


@dataclass
class Choice:
    """What a visitor chose; each chart keeps its own settings."""

    chart: str = ""  # the usual one, until another is chosen
    decision: Decision = field(default_factory=Decision)
    landscape: Landscape = field(default_factory=Landscape)
    layers: Layers = field(default_factory=Layers)

    def shown(self, experiment: Experiment) -> str:
        """Name the chart that is shown of an experiment."""
        return self.chart or usual(experiment)

    def settings(self, experiment: Experiment) -> ChartSettings:
        """Give what is shown of an experiment."""
        chosen: ChartSettings = getattr(self, self.shown(experiment))
        return chosen.fitted(experiment)

    def set(self, settings: ChartSettings) -> None:
        """Keep other settings of a chart."""
        setattr(self, settings.chart, settings)


def usual(experiment: Experiment) -> str:
    """Name the chart that is shown if none was chosen: with two inputs the plane shows what is learned."""
    return "decision" if experiment.in_features == 2 else "layers"


def box(chart: str) -> dict[str, Any]:
    """Describe the box in which one of these charts is chosen, for a figure's ``meta``."""
    return {"choice": {"label": "Chart shown here", "options": list(CHARTS.items()), "chosen": chart}}


def parameters(experiment: Experiment) -> list[Entry]:
    """List all parameters, layer by layer and row by row of [W | b]."""
    layers = enumerate(pairwise(experiment.sizes))
    return [
        Entry(unit, column, layer)
        for layer, (inputs, units) in layers
        for unit in range(units)
        for column in (*range(inputs), None)
    ]


def name_of(settings: ChartSettings) -> str:
    """Give a name that no other chart of the same experiment has; the usual one has none."""
    return "" if settings == Layers() else ".".join(["", settings.chart, *map(write, vars(settings).values())])


def tell(own: Own, settings: ChartSettings) -> None:
    """Set the page's parameters to what is shown. A setting at its default is None."""
    own[CHART] = settings.chart
    said = vars(settings)
    if not isinstance(settings, Landscape):
        usual = type(settings)()
        # With one input there is no upward axis, so its setting counts as the default.
        if isinstance(settings, Decision) and settings.up == settings.across:
            usual = Decision(up=settings.up)
        said = {key: value for key, value in said.items() if value != getattr(usual, key)}
    for setting in SETTINGS:
        own[setting] = said.get(setting.key)


def from_address(own: Own) -> Choice:
    """Give the choice of an address that has just been opened. Only an axis that it leaves out may not fit yet."""
    chosen = Choice("" if own[CHART] == usual(own.experiment) else own[CHART])
    said = {setting.key: own[setting] for setting in SETTINGS if own.is_news(setting)}
    said = {key: value for key, value in said.items() if value is not None}
    chosen.set(type(getattr(chosen, own[CHART]))(**said))
    return chosen


def with_axis(settings: ChartSettings, axis: str, value: Any) -> ChartSettings:  # noqa: ANN401 - an index or an Entry, as it has
    """Give settings with another choice for an axis. If the other axis has that choice, the two change places."""
    other = "up" if axis == "across" else "across"
    changes = {axis: value}
    if getattr(settings, other) == value:
        changes[other] = getattr(settings, axis)
    return replace(settings, **changes)


def _other(taken: int, count: int) -> int:
    """Give the first index that is not taken; the taken one if there is no other."""
    return next((index for index in range(count) if index != taken), taken)


def _setting(key: str, read: Callable[[str, Own], Any]) -> PageParameter[Any]:
    """Declare a setting that some of the charts have; None is the default of the chart."""

    def of_its_chart(text: str, own: Own) -> Any:  # noqa: ANN401 - an index or an Entry, as the chart has
        if key not in _HAVE[own[CHART]]:
            raise ValueError(f'the chart "{own[CHART]}" has no such setting.')
        return read(text, own)

    return PageParameter(key, None, of_its_chart, write)


def _index(text: str, count: int, what: str) -> int:
    return read_number(text, count, f"the {what} of this experiment") - 1


def _axis(text: str, own: Own) -> int | Entry:
    if own[CHART] == "landscape":
        first, dot, rest = text.partition(".")
        layers = len(own.experiment.sizes) - 1
        layer = read_number(first, layers, "the layers of this experiment") - 1 if dot else 0
        return Entry(*read_entry(rest if dot else text, own.experiment, layer), layer)
    return _index(text, own.experiment.in_features, "inputs")


def _other_axis(text: str, own: Own) -> int | Entry:
    value, first = _axis(text, own), _FIRST if own[CHART] == "landscape" else 0
    if value == (first if own[ACROSS] is None else own[ACROSS]):
        raise ValueError(f'{quoted(text)} lies along the other axis ("across") already.')
    return value


def _quantity(text: str, own: Own) -> str:
    if not own.experiment.hidden:
        raise ValueError("a network of one layer shows every quantity.")
    return one_of("quantity", tuple(QUANTITIES), "z").read(text, own)


def write(value: int | str | Entry) -> str:
    """Write what a setting is, as an address says it."""
    if isinstance(value, str):
        return value
    if isinstance(value, Entry):
        return (f"{value.layer + 1}." if value.layer else "") + write_entry(value.output, value.input)
    return "mean" if value == MEAN else str(value + 1)


CHART: Final = one_of("chart", tuple(CHARTS), lambda own: usual(own.experiment))
ACROSS: Final = _setting("across", _axis)
SETTINGS: Final = (
    _setting("quantity", _quantity),
    _setting("output", lambda text, own: _index(text, own.experiment.out_features, "outputs")),
    ACROSS,
    _setting("up", _other_axis),
    _setting("others", lambda text, own: MEAN if text == "mean" else _index(text, own.experiment.samples, "samples")),
)
OWN: Final = (CHART, *SETTINGS)
"""The page's parameters that hold a choice."""
