"""Small networks with numbers for paper, made from a level and a seed: the same everywhere, for ever."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import Final, NamedTuple

import numpy as np

from classifier.experiment.experiment import Experiment
from classifier.graph.layers import FloatArray
from classifier.graph.network import Network
from classifier.insight.practise.numbers import At, four, quantity, right_numbers
from classifier.insight.practise.slips import SLIPS, told_apart
from classifier.insight.wrong_partials import RATE
from classifier.training.step import Step

_LARGEST_LOGIT: Final = 2.5
"""Up to there a sigmoid's slope is 0.07 or more: nothing saturates."""
_INPUTS: Final = (-2.0, -1.5, -1.0, -0.5, 0.5, 1.5, 2.0, 3.0)
_TENTHS: Final = tuple(tenth / 10 for tenth in range(-15, 16) if tenth)
_RATES: Final = (0.1, 0.2, 0.5)


class Level(NamedTuple):
    """What a level adds, and the sizes that its networks have, from the inputs to the outputs."""

    title: str
    sizes: tuple[tuple[int, ...], ...]


_ONE_LAYER: Final = ((2, 1), (3, 1), (2, 2), (3, 2))
LEVELS: Final[Mapping[int, Level]] = MappingProxyType(
    {
        1: Level("Forward: z, ŷ and L", _ONE_LAYER),
        2: Level("Back to the logits: ∂L/∂z", _ONE_LAYER),
        3: Level("To the weights: ∂L/∂W and ∂L/∂b", _ONE_LAYER),
        4: Level("The update of W and b", ((2, 1), (2, 2))),
        5: Level("Through a hidden layer: ∂L/∂a and f′", ((2, 2, 1), (2, 2, 2))),
        6: Level("A whole backward pass", ((2, 1, 1), (2, 2, 1))),
    }
)


def given_and_asked(level: int, layers: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what a level gives and asks in a network of so many layers, in the order of the computation.

    Examples
    --------
    >>> given_and_asked(4, 1)
    (('ŷ',), ('∂L/∂z', '∂L/∂W', '∂L/∂b', 'W after', 'b after'))
    >>> given_and_asked(5, 2)
    (('z¹', 'a¹', 'ŷ'), ('∂L/∂z²', '∂L/∂a¹', '∂L/∂z¹'))
    """

    def named(symbols: Iterable[str], k: int, after: str = "") -> list[str]:
        return [quantity(symbol, k, layers, after) for symbol in symbols]

    last, down = layers - 1, range(layers - 2, -1, -1)
    each = range(layers)
    forward = [name for k in each for name in named("za", k)]
    top, parameters = named(["∂L/∂z"], last), ["∂L/∂W", "∂L/∂b"]
    given: list[str] = []
    if level == 1:
        asked = [*forward, "L"]
    elif level == 2:
        given, asked = forward[:-1], ["ŷ", *top]
    elif level == 3:
        given, asked = forward, top + named(parameters, last)
    elif level == 4:
        given = [name for k in each for name in named("a", k)]
        asked = top + named(parameters, last) + named("Wb", last, " after")
    elif level == 5:
        given = [name for name in forward if name not in named("z", last)]
        asked = top + [name for k in down for name in named(["∂L/∂a", "∂L/∂z"], k)]
    else:
        below = [name for k in down for name in named(["∂L/∂a", "∂L/∂z", *parameters], k)]
        asked = [*forward, "L", *top, *named(parameters, last), *below]
    return tuple(given), tuple(asked)


def level_of(asked: str, layers: int) -> int:
    """Return the level that practises a quantity of a network of so many layers.

    Examples
    --------
    >>> [level_of(asked, 2) for asked in ("z¹", "L", "∂L/∂z²", "∂L/∂W¹", "b² after", "∂L/∂a¹", "∂L/∂z¹")]
    [1, 1, 2, 3, 4, 5, 5]
    """
    if "∂" not in asked:
        return 4 if "after" in asked else 1
    if "W" in asked or "b" in asked:
        return 3
    return 2 if asked == quantity("∂L/∂z", layers - 1, layers) else 5


@dataclass(frozen=True)
class Entry:
    """One number to find: of which quantity, and where in it, from 0; a loss has no place."""

    quantity: str
    index: tuple[int, ...]

    @cached_property
    def name(self) -> str:
        """As it is said and read out, counted from 1: "∂L/∂W[1,2]", "W[1,2] after"."""
        quantity, _, after = self.quantity.partition(" ")
        place = f"[{','.join(str(i + 1) for i in self.index)}]" if self.index else ""
        return f"{quantity}{place}{' ' * bool(after)}{after}"


@dataclass(frozen=True, eq=False)
class Problem:
    """A step to do by hand.

    Attributes
    ----------
    experiment : Experiment
        Whose weights at the start, learning rate, and first sample count.
    given, asked : tuple of str
        Quantities; see `given_and_asked`.
    """

    experiment: Experiment
    given: tuple[str, ...]
    asked: tuple[str, ...]

    @cached_property
    def at(self) -> At:
        """The step, in float64."""
        own = self.experiment
        network = Network([np.array(each, float) for each in own.initial or ()], activation=own.activation)
        return At(network, np.array(own.inputs[0], float), np.array(own.labels[0], float), own.learning_rate)

    @cached_property
    def right(self) -> dict[str, FloatArray]:
        """The core's numbers, by quantity."""
        return right_numbers(self.at)

    @cached_property
    def slipped(self) -> dict[str, dict[str, FloatArray]]:
        """What each mistake makes of the right numbers, by its name."""
        with np.errstate(all="ignore"):  # a mistake may divide by a ŷ that is 0
            return {name: slip.numbers(self.at, self.right) for name, slip in SLIPS.items()}

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """What is asked, in the order of the computation."""
        return tuple(Entry(name, index) for name in self.asked for index in np.ndindex(self.right[name].shape))


@lru_cache(maxsize=512)
def problem(level: int, seed: int) -> Problem:
    """Make the problem of a level and a seed.

    Weights and inputs have at most two significant digits. Nothing saturates, and four significant digits tell every
    right number from what each mistake makes of it: what is drawn otherwise is drawn again.

    Parameters
    ----------
    level : int
        Of `LEVELS`.
    seed : int
        From 0 to the largest of an experiment.

    Examples
    --------
    >>> [entry.name for entry in problem(3, 7).entries][:3]
    ['∂L/∂z[1]', '∂L/∂W[1,1]', '∂L/∂W[1,2]']
    """
    rng = np.random.RandomState([level, seed])  # its numbers are the same in every version of NumPy
    while True:
        found = practised(_drawn(LEVELS[level], rng), level)
        _, logits = found.at.network.forward_layers(found.at.x)
        small = all(0.15 <= abs(z) <= _LARGEST_LOGIT for each in logits for z in each.tolist())
        if small and told_apart(found.right, found.slipped.values(), found.asked):
            return found


def practised(experiment: Experiment, level: int) -> Problem:
    """Make a problem of the first step of an experiment whose initial weights are given."""
    return Problem(experiment, *given_and_asked(level, len(experiment.hidden) + 1))


def one_step(step: Step, experiment: Experiment) -> Experiment:
    """Return a step of an experiment as one of its own: its sample and weights with four significant digits.

    What is shown on paper are then the numbers themselves.
    """

    def row(values: FloatArray) -> tuple[float, ...]:
        return tuple(map(four, values.tolist()))

    return Experiment(
        (row(step.x),),
        (row(step.y),),
        hidden=experiment.hidden,
        activation=experiment.activation,
        learning_rate=step.learning_rate,
        epochs=1,
        initial=tuple(tuple(map(row, matrix)) for matrix in step.parameters_before),
        dtype="float64",
    )


def _drawn(level: Level, rng: np.random.RandomState) -> Experiment:
    sizes = level.sizes[rng.randint(len(level.sizes))]
    inputs = tuple(_INPUTS[i] for i in rng.permutation(len(_INPUTS))[: sizes[0]])  # two equal ones hide a mistake
    labels = tuple(float(rng.randint(2)) for _ in range(sizes[-1]))
    initial = tuple(
        tuple(tuple(_TENTHS[i] for i in rng.randint(len(_TENTHS), size=below + 1)) for _ in range(above))
        for below, above in pairwise(sizes)
    )
    tanh, rate = rng.randint(2), _RATES[rng.randint(len(_RATES))]
    deep = len(sizes) > 2
    return Experiment(
        (inputs,),
        (labels,),
        hidden=sizes[1:-1],
        activation="tanh" if deep and tanh else "sigmoid",
        # With hidden layers that of the mistake which updates too early.
        learning_rate=RATE if deep else rate,
        epochs=1,
        initial=initial,
        dtype="float64",
    )
