"""The history as a file: written while it is sent, at an address of its own if it is too large to be held whole."""

from collections.abc import Iterator
from itertools import islice
from time import perf_counter, sleep
from typing import Final

from classifier import Experiment, Run
from classifier.experiment.hidden import shapes
from classifier.training.sweep import CELL_BYTES
from pages.shared.run.cache import Store
from pages.shared.run.runs import LONG_WORK, shared_run, train
from pages.shared.share.history_csv import history_csv

NAME: Final = "history.csv"
_HELD_BYTES: Final = 4_000_000
"""Up to this size Streamlit may hold the file whole: any host's proxy lets that through."""
_LINES: Final = 16
_NUMBER: Final = 21  # characters of a number, with its comma
# In a store of its own: in that of the runs, somebody else's long run could drop the offer behind a button on a screen.
_offers: Final = Store(32 * 2**20)


def is_large(run: Run) -> bool:
    """Say whether the file of a run, trained as far as it is, is too large to be held whole."""
    parameters = sum(rows * columns for rows, columns in shapes(run.experiment.sizes))
    return len(run.history) * 2 * parameters * _NUMBER > _HELD_BYTES


def offered(run: Run) -> str:
    """Offer the history of a run, as far as it is trained, and give its address, relative to any page."""
    experiment, position = run.experiment, run.position
    name = f"{experiment.identity}-{position}"
    cells = experiment.samples * (experiment.in_features + experiment.out_features)
    _offers.get(name, lambda: (experiment, position), lambda _: cells * CELL_BYTES)
    return f"history/{name}.csv"


def text_of(name: str) -> Iterator[str] | None:
    """Write the file of an offer's name, piece by piece; None if there is no such offer, or not any more."""
    offer = _offers.find(name)
    return None if offer is None else text(*offer)


def text(experiment: Experiment, position: int) -> Iterator[str]:
    """Write the history of an experiment, trained so far at least, piece by piece."""
    run = shared_run(experiment)
    while run.position < position and not run.done:
        train(run, position - run.position)
    lines = history_csv(experiment, run.history)
    yield "\ufeff"  # by this spreadsheets recognise UTF-8
    while True:
        with LONG_WORK:
            begun = perf_counter()
            piece = "".join(islice(lines, _LINES))
            took = perf_counter() - begun
        if not piece:
            return
        # It pauses as long as it worked. The download takes twice the time, but others' reruns a quarter meanwhile.
        sleep(took)
        yield piece
