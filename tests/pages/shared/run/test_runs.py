"""What is trained once for everybody: bounded, shared between threads, and out of any single visitor's reach."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import streamlit as st

from classifier import Experiment
from pages.playground import findings
from pages.shared.run import runs
from pages.shared.run.lru import Lru
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


def test_only_the_last_ones_are_kept() -> None:
    kept = Lru[object](2)
    first, second = kept.get("a", object), kept.get("b", object)
    assert kept.get("a", object) is first
    kept.get("c", object)
    assert kept.get("a", object) is first
    assert kept.get("b", object) is not second


def test_whoever_asks_for_what_is_being_made_waits_for_it() -> None:
    kept, together, made = Lru[object](2), threading.Barrier(4), []

    def make() -> object:
        made.append(threading.current_thread())
        # Long enough for the others to ask, were they not kept waiting.
        threading.Event().wait(0.05)
        return object()

    def ask(_: int) -> object:
        together.wait()
        return kept.get("a", make)

    with ThreadPoolExecutor(4) as threads:
        assert len(set(threads.map(ask, range(4)))) == 1
    assert len(made) == 1
