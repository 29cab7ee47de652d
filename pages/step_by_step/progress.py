"""Where a visitor is in the steps of a run, phase by phase: what comes next, and what was guessed. Pure."""

from dataclasses import dataclass, field
from typing import Final, TypeAlias

from pages.shared.text.typed_numbers import parse_number

Spot: TypeAlias = tuple[int, int, int]
"""Epoch and sample, each from 0, and phase, from 1."""

_KEPT_GUESSES: Final = 400
_KEPT_VISITS: Final = 10_000


def after(place: Spot, samples: int, epochs: int, last: int) -> Spot | None:
    """Give the place after another one: the next phase, else the next sample, else the next epoch; None at the end.

    ``last`` is the last phase of a step.

    Examples
    --------
    >>> after((0, 1, 7), 5, 10, 8), after((0, 1, 8), 5, 10, 8), after((0, 4, 8), 5, 10, 8), after((9, 4, 8), 5, 10, 8)
    ((0, 1, 8), (0, 2, 1), (1, 0, 1), None)
    """
    epoch, sample, phase = place
    if phase < last:
        return epoch, sample, phase + 1
    if sample + 1 < samples:
        return epoch, sample + 1, 1
    return (epoch + 1, 0, 1) if epoch + 1 < epochs else None


def before(place: Spot, samples: int, last: int) -> Spot | None:
    """Give the place before another one; None at the start. ``last`` is the last phase of a step.

    Examples
    --------
    >>> before((0, 1, 8), 5, 8), before((0, 1, 1), 5, 8), before((1, 0, 1), 5, 8), before((0, 0, 1), 5, 8)
    ((0, 1, 7), (0, 0, 8), (0, 4, 8), None)
    """
    epoch, sample, phase = place
    if phase > 1:
        return epoch, sample, phase - 1
    if sample > 0:
        return epoch, sample - 1, last
    return (epoch - 1, samples - 1, last) if epoch > 0 else None


@dataclass(frozen=True)
class Visit:
    """A place, and what else Back must restore: positions 0 and 1 are the same place, and so are both orders.

    Attributes
    ----------
    run : str
        Identity of the experiment.
    position : int
    place : Spot
    in_order : bool
    """

    run: str
    position: int
    place: Spot
    in_order: bool


@dataclass(frozen=True)
class Guess:
    """What a visitor expected of one entry of a phase's result."""

    value: float
    cell: tuple[int, int]


@dataclass
class Progress:
    """Where one visitor stands within a step.

    Attributes
    ----------
    phase : int
        The last phase that is shown, from 1.
    in_order : bool
        Whether all phases are shown from the first to the last, as "Show all" does.
    predicting : bool
        Whether a phase's result is hidden until it was guessed.
    cell : (int, int)
        Output and column of the chosen cell of the phase's W, each from 0; the column after the last is the bias.
    problem : str
        What is wrong with the guess that was typed last; empty if nothing is.
    guesses : dict
        By the identity of the experiment and the place.
    trail : list of Visit
        The visits that Next led through without a break, the last one being where it led at last.
    """

    phase: int = 1
    in_order: bool = False
    predicting: bool = False
    cell: tuple[int, int] = (0, 0)
    problem: str = ""
    guesses: dict[tuple[str, Spot], Guess] = field(default_factory=dict)
    trail: list[Visit] = field(default_factory=list)

    def go(self, phase: int, *, in_order: bool = False) -> None:
        """Show another phase."""
        self.phase, self.in_order, self.problem = phase, in_order, ""

    def went(self, left: Visit, reached: Visit) -> None:
        """Remember that Next led from one visit to another."""
        if self.trail[-1:] != [left]:
            self.trail = [left]
        self.trail = [*self.trail[1 - _KEPT_VISITS :], reached]

    def way_back(self, here: Visit) -> Visit | None:
        """Take back the last Next, and give the visit that it left; None if it did not lead here."""
        self.trail = self.trail[:-1] if self.trail[-1:] == [here] else []
        return self.trail[-1] if self.trail else None

    def look(self, output: object = None, column: object = None) -> None:
        """Choose another cell. The numbers come from a browser: what is no number from 0 on changes nothing."""
        old_output, old_column = self.cell
        self.cell = (
            output if type(output) is int and output >= 0 else old_output,
            column if type(column) is int and column >= 0 else old_column,
        )

    def guess(self, run: str, place: Spot, text: str) -> None:
        """Take what was typed as the guess; for what is no number, keep the problem.

        Parameters
        ----------
        run : str
            Identity of the experiment.
        """
        try:
            guess = Guess(parse_number(text), self.cell)
        except ValueError as error:
            self.problem = str(error)
            return
        self.problem = ""
        if len(self.guesses) >= _KEPT_GUESSES:
            self.guesses.clear()
        self.guesses[run, place] = guess

    def hidden(self, run: str, place: Spot) -> bool:
        """Tell whether the result of the phase reached waits for a guess."""
        return self.predicting and not self.in_order and (run, place) not in self.guesses
