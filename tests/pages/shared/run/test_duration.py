"""A long run is announced with the time that it takes, which is estimated from this process's own speed."""

from __future__ import annotations

import pytest

from classifier import Experiment, Run, Sweep
from classifier.training import sweep
from pages.shared.run.duration import duration, warnings

TUTORIAL = Experiment.tutorial()


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Simulate a processor on which a block of steps takes as long as is set here."""
    block_s, clock = [0.5], [0.0]

    def now() -> float:
        clock[0] += block_s[0] / 2  # the clock is read before and after a block
        return clock[0]

    monkeypatch.setattr(sweep, "_thread_time", now)
    return block_s


def begun(run: Sweep, epochs: int) -> Sweep:
    run.advance(max_epochs=epochs)
    return run


@pytest.mark.parametrize(
    ("block_s", "said"),
    [(0.12, None), (0.19, None), (0.23, "about 20 seconds"), (0.88, "about 90 seconds"), (1.5, "about 2 minutes")],
)
def test_a_whole_run_takes_so_many_times_what_its_beginning_took(
    block_s: float, said: str | None, slow: list[float]
) -> None:
    slow[0] = 2 * block_s
    run = begun(Run(TUTORIAL), 20)
    assert duration(run) == said
    assert len(warnings(run)) == (said is not None)
    # The estimate is made once, however long the rest takes.
    slow[0] = 1000.0
    begun(run, 5)
    assert duration(run) == said
    run.advance()
    assert warnings(run) == []


def test_what_is_not_begun_says_nothing(slow: list[float]) -> None:
    assert duration(Run(TUTORIAL)) is None
    assert warnings(Run(TUTORIAL)) == []


def test_a_run_and_a_comparison_name_their_steps(slow: list[float]) -> None:
    slow[0] = 10.0
    run = begun(Run(TUTORIAL), 20)
    assert warnings(run)[0].startswith("This run has 10000 steps: all of it takes a processor of this host about")
    sweep = begun(Sweep([TUTORIAL, TUTORIAL.replace(seed=1)]), 20)
    assert warnings(sweep)[0].startswith("Each of these 2 runs has 10000 steps: all of it takes")


def test_the_longest_run_is_long_by_the_real_clock_and_the_tutorial_is_not() -> None:
    longest = TUTORIAL.replace(epochs=1_000_000)
    run = Run(longest)
    while run.cpu_s is None:
        run.advance(budget_s=0.05)
    assert run.cpu_s > 5
    run = Run(TUTORIAL)
    run.advance()
    assert duration(run) is None
