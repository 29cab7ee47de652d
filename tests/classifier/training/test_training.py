"""Training in slices by several threads: one at a time, in turns, and nothing twice."""

import threading
from collections.abc import Callable
from time import sleep

import pytest

from classifier import Experiment, Run, Sweep
from classifier.training.loop import Loop
from classifier.training.slices import Training
from tests.classifier.tables import arrays

TUTORIAL = Experiment.tutorial()


class Noted(Training):
    """A training whose blocks are epochs that take a while, and that notes who is at it."""

    def __init__(self, epochs: int) -> None:
        super().__init__(epochs)
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
