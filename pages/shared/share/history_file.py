"""The history as a file: written while it is sent, at an address of its own if it is too large to be held whole."""

from collections.abc import Iterator
from itertools import islice
from time import perf_counter, sleep
from typing import Final, NamedTuple

from classifier import Experiment, Run
from pages.shared.run.kept import Kept, Store
from pages.shared.run.runs import LONG_WORK, shared_run, trained_to
from pages.shared.share.history_csv import history_csv

NAME: Final = "history.csv"
_HELD_BYTES: Final = 4_000_000
"""Up to here Streamlit may hold the file: any host's proxy lets that through."""
_LINES: Final = 16
_NUMBER: Final = 21  # characters of a number, with its comma
_CELL_BYTES: Final = 40


class _Offer(NamedTuple):
    experiment: Experiment
    position: int


def _weight(offer: _Offer) -> int:
    return _CELL_BYTES * offer.experiment.samples * (offer.experiment.in_features + offer.experiment.out_features)


# Not in the store of all: a button that stands on a screen must not be taken back by a stranger's long run.
_offers: Final = Kept[_Offer]("history", _weight, Store(32 * 2**20))


def is_large(run: Run) -> bool:
    """Say whether the file of a run, trained as far as it is, is too large to be held whole."""
    experiment = run.experiment
    matrix = experiment.out_features * (experiment.in_features + 1)
    return len(run.history) * 2 * matrix * _NUMBER > _HELD_BYTES


def offered(run: Run) -> str:
    """Offer the history of a run, as far as it is trained, and give its address, relative to any page."""
    name = f"{run.experiment.identity}-{run.position}"
    _offers.get(name, lambda: _Offer(run.experiment, run.position))
    return f"history/{name}.csv"


def text_of(name: str) -> Iterator[str] | None:
    """Write the file of an offer's name, piece by piece; None if there is no such offer, or not any more."""
    offer = _offers.find(name)
    return None if offer is None else text(*offer)


def text(experiment: Experiment, position: int) -> Iterator[str]:
    """Write the history of an experiment, trained so far at least, piece by piece."""
    history = trained_to(shared_run(experiment), position).history
    yield "\ufeff"  # spreadsheets tell UTF-8 by it
    lines = history_csv(experiment, history)
    while True:
        with LONG_WORK:
            begun = perf_counter()
            piece = "".join(islice(lines, _LINES))
            took = perf_counter() - begun
        if not piece:
            return
        # It rests as long as it works: everybody else's rerun takes a quarter of the time, a download twice.
        sleep(took)
        yield piece
