"""What a class of visitors costs its server: `python -m tests.benchmarks.class_load`.

Each member joins, waits, edits the seed, and waits again. A member is a thread of this process with a socket, and draws
nothing. Thirty members edit experiments of their own; three hundred share a few. The server is the real one, and both
processes share the machine's cores. With the name of an example, as in `… class_load xor-hidden`, all open that one.
"""

from __future__ import annotations

import random
import statistics
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from threading import Thread

from tests.server import App, running_app
from tests.visitor import Visitor, visiting

EDITS = 4
SHARED = 6  # different experiments of the members who share


def edit(visitor: Visitor, seed: int, query: str) -> float:
    """Type another seed, and return after how many seconds the server had answered completely."""
    widget = [id_ for id_ in visitor.widgets() if "-control_seed_" in id_][-1]
    visitor.states[widget] = {"string_value": str(seed)}
    begun = time.perf_counter()  # time that this process itself needs must not count as the server's
    visitor.run(query=query)
    took = time.perf_counter() - begun
    visitor.heard = visitor.heard[-120:]
    return took


def milliseconds(times: Sequence[float]) -> str:
    """Write times, which are in seconds, as median and 95th percentile."""
    return f"p50 {1e3 * statistics.median(times):.0f} ms, p95 {1e3 * statistics.quantiles(times, n=20)[-1]:.0f} ms"


def measure(app: App, members: int, think_s: float, seed_of: Callable[[int, int], int], query: str) -> None:
    """Let the members of a class join one after the other, and then edit at random times."""
    joined: list[float] = []
    edited: list[float] = []
    with ExitStack() as stack:
        before, weighed = app.cpu_seconds(), app.resident_mb()
        visitors = []
        for _ in range(members):
            begun = time.perf_counter()
            visitors.append(stack.enter_context(visiting(app.url, query)))
            joined.append(time.perf_counter() - begun)
        of_join = (app.cpu_seconds() - before) / members
        print(f"{members} join: {milliseconds(joined)}, {1e3 * of_join:.0f} ms CPU each")

        def member(number: int) -> None:
            random_ = random.Random(number)  # noqa: S311 - when somebody thinks
            for turn in range(EDITS):
                time.sleep(think_s * random_.uniform(0.5, 1.5))
                took = edit(visitors[number], seed_of(number, turn), query)
                with lock:
                    edited.append(took)

        lock = threading.Lock()
        before = app.cpu_seconds()
        threads = [Thread(target=member, args=(number,)) for number in range(members)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        of_edit = (app.cpu_seconds() - before) / len(edited)
        each = (app.resident_mb() - weighed) / members
        print(f"{members} edit, each {think_s:.0f} s: {milliseconds(edited)}, {1e3 * of_edit:.0f} ms CPU each")
        print(f"{members} have {each:.1f} MB each, the process {app.resident_mb():.0f} MB")
        sys.stdout.flush()


def main() -> None:
    """Print the figures."""
    query = f"example={sys.argv[1]}" if len(sys.argv) > 1 else ""
    with running_app() as app, visiting(app.url):
        measure(app, 30, 5, lambda number, turn: 1_000 * (number + 1) + turn, query)
    with running_app() as app, visiting(app.url):
        measure(app, 300, 30, lambda _, turn: turn % SHARED, query)


if __name__ == "__main__":
    main()
