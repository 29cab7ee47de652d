"""How much the most expensive actions slow down other visitors: `python -m tests.benchmarks.neighbours`.

One visitor performs these actions one after the other, as fast as the server answers. Meanwhile a second visitor edits
the seed of a small experiment twice a second. Printed are the times of these edits and the server's memory. Visitors
are sockets. The second one has a process of its own, so that it waits for nothing but the server. The server is the
real one, and all processes share this machine's cores.
"""

from __future__ import annotations

import itertools
import json
import multiprocessing
import statistics
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Event as SharedEvent
from threading import Event, Thread
from typing import Any

import numpy as np

from pages.playground.chosen_chart.choice import Entry, write
from tests.page_data import player_data
from tests.server import App, running_app
from tests.visitor import Visitor, visiting

THINK_S = 0.4
MEASURED_S = 12
LINKS = 48
SLOWEST_S = 0.5
SEEDS = itertools.count(1)
MOST_MB = 1_000
WIDE = "inputs=" + "+".join(["1"] * 64) + "&labels=" + "+".join(["1"] * 16) + "&dtype=float64"
ROWS = "_".join(str(row) for row in range(20))
LONGEST = f"inputs={ROWS}&labels={'_'.join(['1'] * 20)}&epochs=1000000"


def told(visitor: Visitor, key: str) -> dict[str, Any]:
    """Return the data that a component was last sent."""
    for message in reversed(visitor.heard):
        component = message.delta.new_element.bidi_component
        if component.id.endswith(f"-{key}"):
            return player_data(component.bytes) if component.bytes else json.loads(component.json)
    raise AssertionError(f"there is no {key}")


class Neighbour:
    """A visitor with a player, which asks for more frames as a browser does on the way to the end."""

    def __init__(self, visitor: Visitor, query: str) -> None:
        self.visitor, self.query = visitor, query
        self.have, self.asked = 0, 0

    def ask(self, stage: str = "stage", pressed: tuple[int, str, str] | None = None) -> None:
        data = told(self.visitor, stage)
        for frames in list(data["frames"].values())[:1]:
            self.have = max(self.have, data["start"] + frames["shape"][0])
        self.asked += 1
        view = {"run": data["run"], "have": self.have, "question": self.asked, "jump": data["jump"]}
        said: dict[str, object] = {"view": {"first": 0, "position": 0, **view}}
        self.visitor.heard = self.visitor.heard[-200:]
        self.visitor.tell(stage, self.query, json_value=json.dumps(said | ({"pressed": [pressed]} if pressed else {})))


def largest(visitor: Visitor, epochs: int) -> None:
    """Put a table of 1 000 samples, 64 inputs and 16 outputs into the panel, as by a paste."""
    rng = np.random.RandomState(0)
    rows = np.hstack([rng.randn(1000, 64).round(4), rng.randint(0, 2, (1000, 16))]).astype(str).tolist()
    table = {"inputs": [f"a{i}" for i in range(64)], "labels": [f"b{i}" for i in range(16)], "rows": rows}
    state = {"table": {**table, "name": told(visitor, "samples")["name"], "version": 1}}
    visitor.tell("samples", json_value=json.dumps(state))
    field = next(id_ for id_ in visitor.widgets() if "-control_epochs_" in id_).partition("-control_")[2]
    visitor.tell(f"control_{field}", string_value=str(epochs))


def train(app: App) -> Iterator[None]:
    """Train 20 000 000 steps."""
    with visiting(app.url, LONGEST) as visitor:
        player = Neighbour(visitor, LONGEST)
        while True:
            player.ask()
            yield


def landscape(app: App) -> Iterator[None]:
    """Open landscapes of the largest table, each over another weight."""
    with visiting(app.url) as visitor:
        largest(visitor, 20)
        player, number = Neighbour(visitor, ""), 1
        player.ask(pressed=(number, "choice", "landscape"))
        while True:
            data = told(visitor, "stage")
            assert ".l" in data["run"], "no landscape was opened"
            if data["end"] is None:
                player.ask()
            else:
                number += 1
                player.ask(pressed=(number, "choice", f"across={write(Entry(number % 16, number % 64))}"))
            yield


def compare(app: App) -> Iterator[None]:
    """Compare twelve of the largest table."""
    with visiting(app.url) as visitor:
        largest(visitor, 20_000)
        visitor.page = "compare"
        query = "vary=seed&values=0-11"
        visitor.run(query=query)
        player = Neighbour(visitor, query)
        while True:
            player.ask("compare_stage")
            yield


def replay(app: App) -> Iterator[None]:
    """Open the last step of other long runs, on the page that shows single steps."""
    number = 0
    while True:
        number += 1
        query = f"{LONGEST}&seed={number}&position=1000000"
        with visiting(app.url) as visitor:
            visitor.page = "step_by_step"
            visitor.ask(query)
            for _ in range(20):
                visitor.hear(lambda _: True)
                yield


def download(app: App) -> Iterator[None]:
    """Download histories of 66 MB, each of another run."""
    number = 0
    while True:
        number += 1
        query = f"{WIDE}&seed={number}&epochs=2000"
        with visiting(app.url, query) as visitor:
            said = visitor.tell("share", query, bool_value=True)
            (address,) = {message.delta.new_element.link_button.url for message in said} - {""}
            with urllib.request.urlopen(app.url + address) as answer:  # noqa: S310 - our own
                while answer.read(2**20):
                    yield


def links(app: App) -> Iterator[None]:
    """Open links to runs of 24 MB, and close each at once."""
    number = 0
    while True:
        number += 1
        with visiting(app.url, f"{WIDE}&seed={number}&epochs=1000000"):
            yield


def large_edits(app: App) -> Iterator[None]:
    """Edit the seed of the largest table."""
    with visiting(app.url) as visitor:
        largest(visitor, 20)
        number = 0
        while True:
            number += 1
            seed = [id_ for id_ in visitor.widgets() if "-control_seed_" in id_][-1].rpartition("-")[2]
            visitor.tell(seed, string_value=str(number))
            yield


def nothing(_: App) -> Iterator[None]:
    """Do nothing."""
    while True:
        time.sleep(0.1)
        yield


DOES: tuple[Callable[[App], Iterator[None]], ...] = (
    *(nothing, train, landscape, compare, replay, download, links, large_edits),
)


def victim(url: str, first: int, stop: SharedEvent, took: SimpleQueue[float]) -> None:
    """Edit a seed, wait, and edit again; report how long each edit took."""
    with visiting(url) as visitor:
        seed = next(id_ for id_ in visitor.widgets() if "-control_seed_" in id_)
        while not stop.is_set():
            first += 1
            visitor.states[seed] = {"string_value": str(first)}
            begun = time.perf_counter()
            visitor.run()
            took.put(time.perf_counter() - begun)
            visitor.heard.clear()
            time.sleep(THINK_S)


def measure(app: App, does: Callable[[App], Iterator[None]], others: list[Callable[[App], Iterator[None]]]) -> None:
    """Let one visitor act, and print how long the edits of another take meanwhile."""
    processes = multiprocessing.get_context("spawn")
    stop, counted, no_more = Event(), [0], processes.Event()
    edits: SimpleQueue[float] = processes.SimpleQueue()
    first = 1_000 * next(SEEDS)
    edited = processes.Process(target=victim, args=(app.url, first, no_more, edits))

    def act(what: Callable[[App], Iterator[None]]) -> None:
        for _ in what(app):
            counted[0] += 1
            if stop.is_set():
                return

    threads = [Thread(target=act, args=(each,)) for each in (does, *others)]
    edited.start()
    for thread in threads:
        thread.start()
    time.sleep(MEASURED_S)
    no_more.set()
    edited.join()
    stop.set()
    for thread in threads:
        thread.join()
    took = []
    while not edits.empty():
        took.append(edits.get())
    p95 = statistics.quantiles(took, n=20)[-1]
    what = (does.__doc__ or "").rstrip(".") if not others else "All of them at once"
    print(
        f"| {what} | {counted[0]} | {1e3 * statistics.median(took):.0f} | {1e3 * p95:.0f} | {1e3 * max(took):.0f} "
        f"| {app.resident_mb():.0f} |"
    )
    sys.stdout.flush()


def main() -> None:
    """Print the figures."""
    print(f"asked: p95 under {1e3 * SLOWEST_S:.0f} ms, resident under {MOST_MB} MB")
    print("| what a neighbour does | words heard | an edit takes, ms: p50 | p95 | slowest | resident MB |")
    print("|---|---|---|---|---|---|")
    with ExitStack() as stack:
        app = stack.enter_context(running_app())
        wanted = [does for does in DOES if not sys.argv[1:] or does.__name__ in sys.argv[1:]]
        for does in wanted:
            measure(app, does, [])
        if not sys.argv[1:]:
            measure(app, wanted[1], list(wanted[2:6]))
        assert "Traceback" not in app.said(), app.said()


if __name__ == "__main__":
    main()
