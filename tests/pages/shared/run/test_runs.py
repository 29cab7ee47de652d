"""What is trained once for everybody: bounded, shared between threads, and out of any single visitor's reach."""

from __future__ import annotations

import gc
import threading
import time
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from typing import ClassVar

import numpy as np
import pytest
import streamlit as st

from classifier import MAX_EPOCHS, MAX_INPUTS, MAX_OUTPUTS, Experiment, Run, Sweep
from pages.hosting.settings import Settings
from pages.playground import findings
from pages.shared.run import cache as cache_module
from pages.shared.run import runs
from pages.shared.run.cache import STORE, Store
from pages.where_formulas_break import once

TUTORIAL = Experiment.tutorial()


def test_equal_experiments_share_one_run_and_others_do_not() -> None:
    run = runs.shared_run(TUTORIAL.replace(seed=901))
    assert runs.shared_run(TUTORIAL.replace(seed=901)) is run
    assert runs.shared_run(TUTORIAL.replace(seed=902)) is not run
    assert run.experiment == TUTORIAL.replace(seed=901)
    pair = [TUTORIAL, TUTORIAL.replace(seed=901)]
    sweep = runs.shared_sweep(pair)
    assert runs.shared_sweep(tuple(pair)) is sweep
    assert runs.shared_sweep(pair[::-1]) is not sweep


def test_no_visitor_can_empty_what_everybody_uses() -> None:
    made = [
        lambda: runs.shared_run(TUTORIAL),
        lambda: runs.shared_sweep([TUTORIAL, TUTORIAL.replace(seed=1)]),
        lambda: once.panels("float32", 1, (-10.0, 10.0)),
        lambda: once.unguarded_training(0.3, "float32"),
        findings.tutorial_check,
    ]
    before = [make() for make in made]
    # What a browser's message "clear_cache" does.
    st.cache_data.clear()
    st.cache_resource.clear()
    assert all(make() is value for make, value in zip(made, before, strict=True))


def test_links_without_end_take_bounded_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    most = 40 * 2**20
    monkeypatch.setattr(STORE, "most_bytes", most)
    wide = Experiment([[1.0] * MAX_INPUTS], [[1.0] * MAX_OUTPUTS], epochs=MAX_EPOCHS, dtype="float64")
    weights, held = [], []
    for seed in range(6):
        held.append(runs.shared_run(wide.replace(seed=seed)))
        weights.append(STORE.nbytes)
        runs.shared_sweep([wide.replace(seed=seed), wide.replace(seed=seed + 100)])
        weights.append(STORE.nbytes)
    assert 20 * 2**20 < max(weights) <= most
    # A dropped run still works for whoever holds it. Who asks again gets a new one, which trains to the same numbers.
    assert held[0].advance(max_epochs=3) == 3
    again = runs.shared_run(wide.replace(seed=0))
    assert again is not held[0]
    assert again.position == 0
    again.advance(max_epochs=3)
    np.testing.assert_array_equal(again.history.parameters[0], held[0].history.parameters[0][:4])


@pytest.mark.parametrize("shape", [(1_000, 64, 16), (1, 64, 16), (150, 4, 3), (1_000, 2, 1)])
def test_a_run_weighs_what_it_takes(shape: tuple[int, int, int]) -> None:
    samples, inputs, outputs = shape
    gc.collect()
    tracemalloc.start()
    base = Experiment(np.ones((samples, inputs)), np.ones((samples, outputs)), epochs=2_000)
    run = Run(base)
    run.advance(max_epochs=3)
    one = tracemalloc.get_traced_memory()[0]
    sweep = Sweep([base.replace(seed=seed) for seed in range(4)])
    sweep.advance(max_epochs=3)
    both = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert one / 1.1 < run.nbytes < 1.15 * one
    # The members share one table, which is counted once for each of them.
    assert (both - one) / 1.1 < sweep.nbytes < 1.2 * (both - one)


def test_only_the_last_ones_are_kept() -> None:
    store = Store(10_000)
    first, second, _, again, _ = (store.get(name, object, lambda _: 1_000) for name in "abcad")
    assert again is first
    assert store.nbytes <= 10_000
    assert store.get("a", object, lambda _: 1_000) is first
    assert store.get("b", object, lambda _: 1_000) is not second


def test_the_host_sets_how_much_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_module, "settings", lambda: Settings(cache_mb=16))
    store = Store()
    for name in "abcd":
        store.get(name, object, lambda _: 6 * 2**20)
    assert 8 * 2**20 < store.nbytes <= 16 * 2**20


def test_what_is_larger_than_all_that_may_be_kept_is_kept_alone() -> None:
    store = Store(10_000)
    small = store.get("small", object, lambda _: 1_000)
    found = store.get("large", object, lambda _: 20_000)
    assert store.get("large", object, lambda _: 20_000) is found
    assert store.get("small", object, lambda _: 1_000) is not small
    assert store.nbytes < 10_000


def test_what_could_not_be_made_is_made_when_it_is_asked_for_again() -> None:
    store = Store(10_000)

    def fail() -> object:
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - our own, above
        store.get("a", fail, lambda _: 0)
    found = store.get("a", object, lambda _: 0)
    assert store.get("a", object, lambda _: 0) is found


def test_whoever_asks_for_what_is_being_made_waits_for_it() -> None:
    store, together, made = Store(10_000), threading.Barrier(4), []

    def make() -> object:
        made.append(threading.current_thread())
        # This takes long enough for other threads to ask for the same key: they must wait. Another key must not wait.
        store.get(threading.current_thread(), object, lambda _: 0)
        threading.Event().wait(0.05)
        return object()

    def ask(_: int) -> object:
        together.wait()
        return store.get("a", make, lambda _: 0)

    with ThreadPoolExecutor(4) as threads:
        assert len(set(threads.map(ask, range(4)))) == 1
    assert len(made) == 1


def test_what_was_dropped_while_it_was_being_made_is_kept_all_the_same() -> None:
    store = Store(1)

    def make() -> object:
        store.get("another", object, lambda _: 0)  # another visitor's request in the meantime
        return object()

    made = store.get("a", make, lambda _: 0)
    assert store.find("a") is made
    assert store.find("another") is None


class Slow:
    """A stand-in for a training: it counts how many are trained at the same time."""

    at_once: ClassVar[list[int]] = []
    now = 0
    total = 100
    done = False

    def __init__(self, cpu_s: float | None) -> None:
        self.cpu_s = cpu_s

    def advance(self, max_epochs: int, budget_s: float) -> int:
        Slow.now += 1
        Slow.at_once.append(Slow.now)
        time.sleep(budget_s)
        Slow.now -= 1
        return 1

    def step(self, epoch: int, sample: int) -> tuple[int, int]:
        self.advance(1, 0.01)
        return epoch, sample


def test_long_trainings_take_turns_and_nobody_else_waits_for_them() -> None:
    with ThreadPoolExecutor(4) as pool:
        for _ in range(4):
            pool.submit(runs.train, Slow(30.0), 4, 0.05)
            pool.submit(runs.step, Slow(30.0), 5, 1)
    assert Slow.at_once == [1] * (4 * 4 + 4)
    with ThreadPoolExecutor(2) as pool, runs.LONG_WORK:
        pool.submit(runs.train, Slow(None), None, 0.0).result(timeout=10)
        assert pool.submit(runs.step, Slow(None), 5, 1).result(timeout=10) == (5, 1)
        finished = Slow(30.0)
        finished.done = True
        pool.submit(runs.train, finished).result(timeout=10)


def test_a_long_training_lets_others_in_several_times_a_second() -> None:
    turns: list[str] = []

    class Counted:
        def __enter__(self) -> None:
            turns.append("begins")

        def __exit__(self, *_: object) -> None:
            turns.append("ends")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "LONG_WORK", Counted())
        budgets: list[float] = []
        long = Slow(30.0)
        patch.setattr(Slow, "advance", lambda _, left, budget_s: budgets.append(budget_s) or 1)
        runs.train(long)
    assert turns == ["begins", "ends"] * len(budgets)
    assert max(budgets) <= 0.05
    assert sum(budgets) == pytest.approx(0.25)
