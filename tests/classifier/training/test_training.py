"""Training in slices by several threads: one at a time, in turns, and nothing twice."""

import math
import threading
from collections.abc import Callable
from time import sleep

import numpy as np
import pytest

from classifier import Experiment, Run, Sweep
from classifier.training.loop import Loop
from classifier.training.sweep import BLOCK_BYTES, BLOCK_FRAMES, BLOCK_STEPS
from tests.classifier.tables import arrays, random_experiment

TUTORIAL = Experiment.tutorial()


class Noted(Sweep):
    """A training whose blocks are epochs that take a while, and that notes who is at it."""

    def __init__(self, epochs: int) -> None:
        super().__init__([TUTORIAL.replace(epochs=epochs)])
        self.inside = self.most_inside = 0
        self.trained: list[int] = []

    def _train_block(self, epochs: int, deadline: float) -> int:
        self.inside += 1
        self.most_inside = max(self.most_inside, self.inside)
        start = self.position
        sleep(0.001)  # whoever were let in meanwhile would read the same position
        if start < self.total:
            self.trained.append(start)
            self.position = start + 1
        self.inside -= 1
        return self.position - start


def together(work: Callable[[], object], threads: int) -> None:
    """Do the work in several threads that start at once; an error of one is raised here."""
    start, errors = threading.Barrier(threads), []

    def each() -> None:
        start.wait()
        try:
            work()
        except BaseException as error:
            errors.append(error)

    every = [threading.Thread(target=each, daemon=True) for _ in range(threads)]
    for thread in every:
        thread.start()
    for thread in every:
        thread.join(timeout=20)
    assert not any(thread.is_alive() for thread in every)
    assert not errors


def test_one_thread_trains_at_a_time_and_no_epoch_twice() -> None:
    training, counts = Noted(60), []
    together(lambda: counts.append(training.advance()), threads=4)
    assert training.most_inside == 1
    assert training.trained == list(range(60))
    assert sum(counts) == 60


@pytest.mark.parametrize("route", ["fused", "chain"])
def test_threads_at_one_run_give_the_bits_of_one(route: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each epoch leaves the others time to come in between, if anything let them."""
    experiment = TUTORIAL.replace(epochs=40, route=route)
    alone, sweep_alone = Run(experiment), Sweep([experiment, experiment.replace(seed=1)])
    alone.advance()
    sweep_alone.advance()
    honest = Loop.train

    def slow(*arguments: object, **named: object) -> None:
        honest(*arguments, **named)
        sleep(0.001)

    monkeypatch.setattr(Loop, "train", slow)
    run, sweep = Run(experiment), Sweep([experiment, experiment.replace(seed=1)])
    counts = []
    together(lambda: counts.append(run.advance(max_epochs=13)), threads=4)
    assert sum(counts) == run.position == 40
    assert arrays(run.history) == arrays(alone.history)
    together(lambda: counts.append(sweep.advance(max_epochs=13)), threads=4)
    assert sum(counts) == 80
    assert [*map(arrays, sweep.histories)] == [*map(arrays, sweep_alone.histories)]


def test_who_waited_until_the_end_trains_nothing() -> None:
    """Two threads may both find an epoch left; the second one's turn comes when there is none."""
    for training in (Run(TUTORIAL.replace(epochs=5)), Sweep([TUTORIAL.replace(epochs=5)])):
        training.advance()
        assert training._train_block(5, deadline=0.0) == 0
        assert training.position == 5


def test_an_error_in_a_block_does_not_lock_the_others_out() -> None:
    class Failing(Noted):
        def _train_block(self, epochs: int, deadline: float) -> int:
            if not self.trained:
                self.trained.append(-1)
                raise MemoryError
            return super()._train_block(epochs, deadline)

    training = Failing(3)
    with pytest.raises(MemoryError):
        training.advance()
    together(training.advance, threads=1)
    assert training.trained == [-1, 0, 1, 2]


def test_a_training_says_how_far_it_is() -> None:
    training = Noted(3)
    assert (training.position, training.total, training.done) == (0, 3, False)
    assert training.advance(max_epochs=2) == 2
    assert (training.position, training.total, training.done) == (2, 3, False)
    assert training.advance(budget_s=0) == 1
    assert (training.position, training.total, training.done) == (3, 3, True)
    assert training.advance() == 0


@pytest.mark.parametrize("members", [1, 3])
def test_a_budget_of_nothing_is_one_epoch(members: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a clock that stands still: the deadline itself is late enough."""
    experiments = [TUTORIAL.replace(seed=seed) for seed in range(members)]
    for training in (Run(experiments[0]), Sweep(experiments)):
        monkeypatch.setattr("classifier.training.sweep.perf_counter", lambda: 0.0)
        assert [training.advance(budget_s=0) for _ in range(3)] == [1, 1, 1]
        assert training.advance(budget_s=-1) == 1
        assert training.advance(max_epochs=5, budget_s=1e-9) == 5


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(
    ("samples", "inputs", "outputs"), [(5, 3, 4), (1, 1, 1), (1000, 1, 1), (30, 64, 16), (1000, 3, 16)]
)
def test_a_block_is_as_large_as_its_time_and_memory_allow(samples: int, inputs: int, outputs: int, dtype: str) -> None:
    """Another thread waits for a block, and all its frames are there at once; smaller ones would cost more calls."""
    epochs = {1: 600, 5: 600, 30: 180, 1000: 9}[samples]  # few enough to record them all
    experiment = random_experiment(0, samples=samples, inputs=inputs, outputs=outputs, dtype=dtype, epochs=epochs)
    for training in (Run(experiment), Sweep([experiment] * 3)):
        blocks = []
        while not training.done:
            blocks.append(training._train_block(epochs, deadline=math.inf))
        copies = 1 if isinstance(training, Run) else 3
        frame = copies * (outputs * (inputs + 1) + samples * outputs) * np.dtype(dtype).itemsize
        most = max(1, min(BLOCK_FRAMES, BLOCK_BYTES // frame, BLOCK_STEPS // samples))
        assert blocks == [most] * (epochs // most) + [epochs % most] * (epochs % most > 0)


def test_what_is_known_from_the_start_stays_so() -> None:
    for training in (Run(TUTORIAL), Sweep([TUTORIAL])):
        assert training.positions.tolist() == list(range(2001))
        with pytest.raises(ValueError, match="read-only"):
            training.positions[0] = 1
