"""What it costs to mark answers of which every one is wrong: python -m tests.benchmarks.practise.

Processor time in milliseconds for each level, of one rerun of the page after an answer. It should be below 50.
"""

from __future__ import annotations

import time
from statistics import median

from classifier.insight.practise.problems import LEVELS, problem
from pages.practise.answers import answered

ROUNDS = 20


def main() -> None:
    """Print the figures."""
    for level in LEVELS:
        took = []
        for seed in range(ROUNDS):  # each problem is marked for the first time, when most is worked out
            problem.cache_clear()
            shown = problem(level, seed)
            shown.__dict__.pop("slipped", None)
            said = {"problem": "", "typed": {entry.name: "0.1234" for entry in shown.entries}}
            begun = time.thread_time()
            answered(shown, "", said)
            took.append(1e3 * (time.thread_time() - begun))
        print(f"level {level}: median {median(took):.1f} ms, slowest {max(took):.1f} ms")


if __name__ == "__main__":
    main()
