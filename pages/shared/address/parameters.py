"""A page's own parameters in the address: declared once, for reading, keeping and writing. Pure.

A page declares ``OWN = (one_of("break", …), count("phase", …))`` and opens its address with that. `Own` then holds a
value for each. A parameter that is not declared can be neither set nor written. Otherwise an address could hold one
that its page does not read: it would be taken for the address of another experiment, opened again, and undo the last
edit.
"""

from __future__ import annotations  # a parameter reads by the Own that holds it

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Final, Generic, TypeVar, cast

from classifier.experiment.experiment import Experiment
from pages.shared.address.reader import Reader
from pages.shared.text.quoting import quoted
from pages.shared.text.typed_numbers import format_number, parse_number, parse_whole_number

_T = TypeVar("_T")


@dataclass(frozen=True)
class PageParameter(Generic[_T]):
    """One parameter of a page's own.

    Attributes
    ----------
    default : any, or callable from Own
        The value where an address does not have the parameter. A value that equals it is left out of the address.
    read : callable
        From the text in the address, and what was declared before, to the value; raises ValueError.
    is_players : bool
        The player in the browser writes it, and nobody else.
    """

    key: str
    default: _T | Callable[[Own], _T]
    read: Callable[[str, Own], _T]
    write: Callable[[Any], str] = str
    is_players: bool = False


class Own:
    """The values of a page's own parameters, beside an experiment; the defaults at first.

    Examples
    --------
    >>> phase = count("phase", lambda _: 8, "the phases of a step")
    >>> own = Own((phase,), Experiment.tutorial())
    >>> own.read({"phase": ["9"]}, own.keys), own[phase], own.written()
    (['"phase" in the address is ignored: "9" is not between 1 and 8, the phases of a step.'], 1, {'phase': None})
    """

    def __init__(self, declared: Iterable[PageParameter[Any]], experiment: Experiment) -> None:
        self.experiment = experiment
        self._values: dict[str, Any] = {}
        self._news: frozenset[str] = frozenset()
        self.declare(declared)

    def declare(self, declared: Iterable[PageParameter[Any]]) -> None:
        """Name the parameters there are; values of those that there were before are kept."""
        self._declared = {parameter.key: parameter for parameter in declared}
        for parameter in self._declared.values():
            if parameter.key not in self._values:
                self._values[parameter.key] = self.default(parameter)

    @property
    def keys(self) -> tuple[str, ...]:
        """The names of all parameters."""
        return tuple(self._declared)

    @property
    def players(self) -> tuple[str, ...]:
        """The names of those that a player on the page writes; if there are any, the position is its to write, too."""
        return tuple(key for key, parameter in self._declared.items() if parameter.is_players)

    def default(self, parameter: PageParameter[_T]) -> _T:
        """Give the value of a parameter that an address does not have."""
        value = parameter.default
        return value(self) if callable(value) else value

    def is_news(self, parameter: PageParameter[Any]) -> bool:
        """Say whether the value was taken from the address when it was opened last."""
        return parameter.key in self._news

    def __getitem__(self, parameter: PageParameter[_T]) -> _T:
        """Give a value."""
        return cast("_T", self._values[parameter.key])

    def __setitem__(self, parameter: PageParameter[_T], value: _T) -> None:
        """Set a value; KeyError if the page does not declare the parameter."""
        if parameter.key not in self._declared:
            msg = f"{parameter.key!r} is none of the page's own parameters {self.keys}: it would not be read back"
            raise KeyError(msg)
        self._values[parameter.key] = value

    def choose(self, parameter: PageParameter[Any], said: Any) -> None:  # noqa: ANN401 - whatever a browser says
        """Set a value that a browser says. What could not stand in an address changes nothing."""
        with suppress(TypeError, ValueError, OverflowError):
            value = parameter.read(parameter.write(said), self)
            if type(value) is type(said):  # True is written like 1
                self[parameter] = value

    def read(self, params: Mapping[str, Sequence[str]], news: Iterable[str]) -> list[str]:
        """Take the values of some parameters from an address, the default of each that it lacks.

        Returns
        -------
        list of str
            A notice for each that is ignored: plain text that quotes the address. Its default is taken instead.
        """
        self._news = frozenset(news)
        reader = Reader(params)
        for key, parameter in self._declared.items():
            if key in self._news:
                self[parameter] = self._told(reader, parameter)
        return reader.notices

    def _told(self, reader: Reader, parameter: PageParameter[_T]) -> _T:
        value = reader.read(parameter.key, lambda text: parameter.read(text, self))
        return self.default(parameter) if value is None else value

    def written(self) -> dict[str, str | None]:
        """Write all parameters as the address holds them, None for one that it leaves out."""
        return {
            key: None if self._values[key] == self.default(parameter) else parameter.write(self._values[key])
            for key, parameter in self._declared.items()
        }


def one_of(
    key: str, options: Sequence[_T], default: _T | Callable[[Own], _T], write: Callable[[_T], str] = str
) -> PageParameter[_T]:
    """Declare one of a few."""

    def read(text: str, _: Own) -> _T:
        named = {write(option): option for option in options}
        if text not in named:
            raise ValueError(f"{quoted(text)} is not one of {', '.join(named)}.")
        return named[text]

    return PageParameter(key, default, read, write)


def flag(key: str) -> PageParameter[bool]:
    """Declare a switch: 1 or 0 in the address, and off without it."""
    return one_of(key, (False, True), default=False, write=lambda on: str(int(on)))


PRESENT: Final = flag("present")
"""Whether the charts take the whole screen. It stays from page to page, as the experiment does."""


UNSEEN: Final = flag("unseen")
"""Whether what comes after the question is hidden, for whoever is to predict it: see `pages.shared.session.unseen`."""


def _class_room(text: str, _: Own) -> str:
    """Read the name of a class's room, or its code, in letters of either case, for it may have been typed."""
    room = text.strip().upper()
    if re.fullmatch("[A-Z2-7]{8}([A-Z2-7]{44})?", room) is None:
        raise ValueError(f"{quoted(text)} is no code of a class: those have 8 letters or digits from 2 to 7.")
    return room


CLASS: Final = PageParameter("class", "", _class_room)
"""The room of the class that a student is in, or its code; it stays from page to page until the student leaves."""


def count(key: str, highest: Callable[[Own], int], what: str) -> PageParameter[int]:
    """Declare a number from 1 on; ``what`` is counted, for the notice."""
    return PageParameter(key, 1, lambda text, own: read_number(text, highest(own), what))


SAMPLE: Final = count("sample", lambda own: own.experiment.samples, "the samples of this experiment")
"""The sample that every page with single steps looks at: there it is declared, and kept for the visitor."""


def read_number(text: str, highest: int, what: str) -> int:
    """Read a number from 1 on; ``what`` is counted."""
    found = parse_whole_number(text)
    if not 1 <= found <= highest:
        raise ValueError(f"{quoted(text)} is not between 1 and {highest}, {what}.")
    return found


def between(text: str, low: float, high: float) -> float:
    """Read a number within bounds."""
    value = parse_number(text)
    if not low <= value <= high:
        raise ValueError(f"{quoted(text)} is not between {format_number(low)} and {format_number(high)}.")
    return value


def view(views: Sequence[str]) -> PageParameter[str]:
    """Declare the views of the player's charts. Without the parameter each chart has its first one."""
    return replace(one_of("view", views, ""), is_players=True)
