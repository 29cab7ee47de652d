"""What it costs to read a table and to write a page: `python -m tests.benchmarks.reading`.

Processor time: of the largest table that Your data takes, of the page in one file, and of numbers written plainly
against those with a sign, which take the longer way.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from statistics import median

from classifier import MAX_SAMPLES, Experiment
from pages.playground.page_file import page as playground
from pages.shared.share.page_html.page_html import page_html
from pages.shared.text.typed_numbers import parse_number
from pages.your_data.columns import guess
from pages.your_data.pasted_text import read_grid
from pages.your_data.samples import read_samples

ROUNDS = 5
COLUMNS, INPUTS = 79, 63


def seconds(work: Callable[[], object]) -> float:
    """Give the processor time of some work, the median of a few times."""
    took = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        work()
        took.append(time.process_time() - begun)
    return median(took)


def largest_table() -> str:
    """Write a table of as many rows and columns as are taken."""
    random_ = random.Random(8)  # noqa: S311 - reproducible, not secret
    rows = [";".join(f"{random_.random():.6f}" for _ in range(COLUMNS)) for _ in range(MAX_SAMPLES)]
    return "\n".join([";".join(f"c{i}" for i in range(COLUMNS)), *rows])


def main() -> None:
    """Print the figures."""
    text = largest_table()

    def read() -> None:
        grid = read_grid(text)
        guess(grid)
        read_samples(grid, range(INPUTS), range(INPUTS, COLUMNS), standardised=True)

    print(f"the largest table, {MAX_SAMPLES} rows of {COLUMNS} columns: {seconds(read):.2f} s (asked: 1.5)")
    print(f"a page as a file: {seconds(lambda: page_html(playground(Experiment.tutorial(), 318))):.2f} s (asked: 1)")
    plain, signed = ([f"{sign}{i / 7:.6f}" for i in range(20_000)] for sign in ("", "+"))
    times = [seconds(lambda texts=texts: [parse_number(text) for text in texts]) for texts in (plain, signed)]
    print(f"numbers with a sign take {times[1] / times[0]:.1f} × those written plainly (asked: at least 1.5)")


if __name__ == "__main__":
    main()
