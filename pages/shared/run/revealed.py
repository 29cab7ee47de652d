"""Results of a step that are shown without asking for a guess, because a class has been told them."""

from typing import Final

from pages.shared.session import state

_KEPT: Final = 10_000
_LONGEST: Final = 100


def place_name(run: str, epoch: int, sample: int, phase: int) -> str:
    """Name a result: of the experiment of this identity, the epoch and sample from 0, the phase from 1."""
    return f"{run}/{epoch}/{sample}/{phase}"


def reveal(place: str) -> None:
    """Show the result of this name from now on. The name comes from a browser: one of no result has no effect."""
    places = _places()
    if len(places) >= _KEPT:
        places.clear()
    if len(place) <= _LONGEST:
        places.add(place)


def is_revealed(place: str) -> bool:
    """Say whether the result of this name is shown without a guess."""
    return place in _places()


def _places() -> set[str]:
    return state.kept("revealed", set)
