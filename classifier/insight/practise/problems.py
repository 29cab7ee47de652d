"""Small networks with numbers for paper, made from a level and a seed: the same everywhere, for ever."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import Final

import numpy as np

from classifier.experiment.experiment import Experiment
from classifier.graph.layers import FloatArray
from classifier.graph.network import Network
from classifier.insight.practise.numbers import At, right_numbers
from classifier.insight.practise.slips import SLIPS, told_apart
from classifier.insight.wrong_partials import RATE

_LARGEST_LOGIT: Final = 2.5
"""From there on a sigmoid's slope is below 0.07: nothing saturates."""
_INPUTS: Final = (-2.0, -1.5, -1.0, -0.5, 0.5, 1.5, 2.0, 3.0)
_TENTHS: Final = tuple(tenth / 10 for tenth in range(-15, 16) if tenth)
_RATES: Final = (0.1, 0.2, 0.5)


@dataclass(frozen=True)
class Level:
    """What a level adds.

    Attributes
    ----------
    title : str
    given, asked : tuple of str
        The quantities, in the order of the computation; see `Numbers`.
    sizes : tuple of tuples
        The sizes that its networks have, from the inputs to the outputs.
    """

    title: str
    given: tuple[str, ...]
    asked: tuple[str, ...]
    sizes: tuple[tuple[int, ...], ...]


_ONE_LAYER: Final = ((2, 1), (3, 1), (2, 2), (3, 2))
LEVELS: Final[Mapping[int, Level]] = MappingProxyType(
    {
        1: Level("Forward: z, ŷ and L", (), ("z", "ŷ", "L"), _ONE_LAYER),
        2: Level("Back to the logits: ∂L/∂z", ("z",), ("ŷ", "∂L/∂z"), _ONE_LAYER),
        3: Level("To the weights: ∂L/∂W and ∂L/∂b", ("z", "ŷ"), ("∂L/∂z", "∂L/∂W", "∂L/∂b"), _ONE_LAYER),
        4: Level("The update of W and b", ("ŷ",), ("∂L/∂z", "∂L/∂W", "∂L/∂b", "W after", "b after"), ((2, 1), (2, 2))),
        5: Level(
            "Through a hidden layer: ∂L/∂a and f′",
            ("z¹", "a¹", "ŷ"),
            ("∂L/∂z²", "∂L/∂a¹", "∂L/∂z¹"),
            ((2, 2, 1), (2, 2, 2)),
        ),
        6: Level(
            "A whole backward pass",
            (),
            (
                *("z¹", "a¹", "z²", "ŷ", "L"),
                *("∂L/∂z²", "∂L/∂W²", "∂L/∂b²", "∂L/∂a¹", "∂L/∂z¹", "∂L/∂W¹", "∂L/∂b¹"),
            ),
            ((2, 1, 1), (2, 2, 1)),
        ),
    }
)


@dataclass(frozen=True)
class Entry:
    """One number to find: of which quantity, and where in it, from 0; a loss has no place."""

    quantity: str
    index: tuple[int, ...]

    @property
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
        Quantities; see `Level`.
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
        found = _drawn(LEVELS[level], rng)
        _, logits = found.at.network.forward_layers(found.at.x)
        small = all(0.15 <= abs(z) <= _LARGEST_LOGIT for each in logits for z in each.tolist())
        if small and told_apart(found.right, found.slipped.values(), found.asked):
            return found


def _drawn(level: Level, rng: np.random.RandomState) -> Problem:
    sizes = level.sizes[rng.randint(len(level.sizes))]
    inputs = tuple(_INPUTS[i] for i in rng.permutation(len(_INPUTS))[: sizes[0]])  # two equal ones hide a mistake
    labels = tuple(float(rng.randint(2)) for _ in range(sizes[-1]))
    initial = tuple(
        tuple(tuple(_TENTHS[i] for i in rng.randint(len(_TENTHS), size=below + 1)) for _ in range(above))
        for below, above in pairwise(sizes)
    )
    tanh, rate = rng.randint(2), _RATES[rng.randint(len(_RATES))]
    deep = len(sizes) > 2
    experiment = Experiment(
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
    return Problem(experiment, level.given, level.asked)
