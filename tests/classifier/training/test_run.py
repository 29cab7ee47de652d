"""A run: a pure function of its experiment, in slices, shared, replayed, and stopped where numbers end."""

import subprocess
import sys
import threading
from functools import cache
from itertools import count, pairwise
from pathlib import Path
from time import sleep
from types import ModuleType

import numpy as np
import pytest

from classifier import ACTIVATIONS, Divergence, Experiment, Run, Step, Sweep
from classifier.training.loop import Loop
from tests.ahead import ahead
from tests.classifier import oracle
from tests.classifier.tables import EXTREMES, KINDS, arrays, extreme, global_generator, numbers, random_experiment

XOR = {"inputs": [[0, 0], [0, 1], [1, 0], [1, 1]], "labels": [[0], [1], [1], [0]]}
TUTORIAL = Experiment.tutorial()
THINNED = TUTORIAL.replace(epochs=6000)


@pytest.fixture
def few_frames(monkeypatch: pytest.MonkeyPatch) -> int:
    """Leave out positions of a short run, as otherwise of one that is ten times as long."""
    monkeypatch.setattr("classifier.training.history.MAX_FRAMES", 204)
    return 204


def trained(experiment: Experiment) -> Run:
    run = Run(experiment)
    run.advance()
    return run


@cache
def thinned() -> Run:
    """Train it once for all who only look."""
    return trained(THINNED)


@pytest.mark.parametrize(("route", "dtype"), KINDS)
def test_equal_experiments_give_bit_equal_runs(route: str, dtype: str) -> None:
    one = TUTORIAL.replace(route=route, dtype=dtype, epochs=300)
    other = Experiment(np.array(one.inputs), np.array(one.labels), 0.01, 300, 42, route, dtype)
    assert arrays(trained(one).history) == arrays(trained(other).history)


def test_advance_trains_as_much_as_it_is_told() -> None:
    run = Run(TUTORIAL)
    assert (run.position, run.total, run.done) == (0, 2000, False)
    assert run.advance(max_epochs=0) == 0
    assert run.advance(max_epochs=7) == 7
    assert (run.position, run.done, len(run.history)) == (7, False, 8)
    assert run.advance(budget_s=0) == 1
    assert run.advance(budget_s=-1) == 1
    assert run.advance(max_epochs=5000) == 1991
    assert (run.position, run.done, len(run.history)) == (2000, True, 2001)
    assert run.advance() == 0
    assert run.advance(budget_s=0) == 0


def test_no_epochs_is_a_finished_run() -> None:
    run = Run(TUTORIAL.replace(epochs=0))
    assert run.done
    assert run.advance() == 0
    assert run.history.position.tolist() == [0]


def test_a_budget_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    # This clock gains one millisecond each time it is read, so a busy machine has no influence.
    looks = count()
    monkeypatch.setattr("classifier.training.sweep.perf_counter", lambda: next(looks) / 1000)
    run = Run(TUTORIAL.replace(epochs=1_000_000))
    trained = run.advance(budget_s=0.02)
    spent = next(looks) / 1000
    assert 0.02 <= spent <= 0.025
    # The code reads the clock once an epoch, and a few more times in between.
    assert 15 <= trained <= 21


def test_the_history_has_the_positions_announced() -> None:
    run = Run(THINNED)
    while not run.done:
        run.advance(max_epochs=777)
        expected = run.positions[run.positions <= run.position]
        assert run.history.position.tolist() == expected.tolist()
    assert not run.positions.flags.writeable
    assert run.history.position[-1] == 6000


@pytest.mark.parametrize(("route", "dtype"), KINDS)
def test_replay_is_bit_equal_to_the_first_pass(route: str, dtype: str, few_frames: int) -> None:
    """Also where positions were left out: the run is trained beside it, and every weight noted."""
    experiment = TUTORIAL.replace(epochs=600, route=route, dtype=dtype)
    run = trained(experiment)
    history = run.history
    assert len(history) == few_frames
    loop = Loop([experiment], [(history.parameters[0][0],)])
    noted, logits = [loop.parameters()[0]], []
    with np.errstate(all="ignore"):
        for epoch in range(600):
            loop.train(epoch)
            noted.append(loop.parameters()[0])
            logits.append(-loop.negated_logits[0][:, 0])
    for frame, position in enumerate(history.position):
        assert history.parameters[0][frame].tobytes() == noted[position].tobytes()
    skipped = sorted(set(range(601)) - set(history.position.tolist()))
    rng = np.random.default_rng(0)
    for position in [*rng.choice(skipped, 40).tolist(), 599, 3, 0, 600, 101, 102, *range(300, 312)]:
        assert run.parameters_at(position)[0].tobytes() == noted[position].tobytes()
    for epoch in [*rng.choice(skipped, 20).tolist(), 0, 599]:
        steps = [run.step(epoch, sample) for sample in range(5)]
        assert steps[0].parameters_before[0].tobytes() == noted[epoch].tobytes()
        assert steps[4].parameters_after[0].tobytes() == noted[epoch + 1].tobytes()
        assert np.stack([step.logits for step in steps]).tobytes() == logits[epoch].tobytes()
        for one, after in pairwise(steps):
            assert one.parameters_after[0].tobytes() == after.parameters_before[0].tobytes()


def test_a_replay_trains_no_further_than_it_must(monkeypatch: pytest.MonkeyPatch) -> None:
    """The steps of one epoch are looked at one after the other: only the first is a way from a recorded position."""
    run = trained(THINNED)
    recorded = [int(position) for position in run.positions if position >= 3000]
    start, after = next(pair for pair in pairwise(recorded) if pair[1] - pair[0] >= 4)
    epochs, honest = [], Loop.train

    def counted(self: Loop, epoch: int, samples: slice = slice(None)) -> None:
        if samples == slice(None):
            epochs.append(epoch)
        honest(self, epoch, samples)

    monkeypatch.setattr(Loop, "train", counted)
    for epoch, replayed in (
        (start + 2, [start, start + 1]),
        (start + 2, []),
        (start + 3, [start + 2]),
        (start + 1, [start]),  # a step back starts again at the recorded position
        (start, []),
        (after, []),
        (start + 2, [start, start + 1]),
    ):
        epochs.clear()
        run.step(epoch, 3)
        assert epochs == replayed, epoch
    epochs.clear()
    run.parameters_at(start + 3)
    assert epochs == [start + 2]


@pytest.mark.parametrize(("route", "dtype"), KINDS)
def test_steps_add_up_to_the_history(route: str, dtype: str) -> None:
    experiment = random_experiment(2, route=route, dtype=dtype)
    run = trained(experiment)
    for epoch in (0, 17, 29):
        steps = [run.step(epoch, sample) for sample in range(experiment.samples)]
        frame = run.history[epoch + 1 : epoch + 2]
        np.testing.assert_allclose(sum(step.loss_sum for step in steps), frame.running_loss[0], rtol=1e-6)
        gradient = sum(step.layers[-1].loss_wrt_weight for step in steps)
        np.testing.assert_allclose(gradient, frame.gradients[0][0, :, :-1], rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize(("route", "dtype"), KINDS)
def test_a_step_holds_together(route: str, dtype: str) -> None:
    """Every number of it can be worked out from the others."""
    experiment = TUTORIAL.replace(route=route, dtype=dtype)
    run = trained(experiment)
    eps = np.finfo(dtype).eps
    for epoch, sample in ((0, 0), (10, 4), (1999, 2)):
        step = run.step(epoch, sample)
        close = {"rtol": 16 * eps, "atol": 64 * eps}
        assert (step.epoch, step.sample) == (epoch, sample)
        assert step.x.tolist() == list(experiment.inputs[sample])
        assert step.y.tolist() == list(experiment.labels[sample])
        np.testing.assert_allclose(
            step.logits, step.parameters_before[0][:, :-1] @ step.x + step.parameters_before[0][:, -1], **close
        )
        np.testing.assert_allclose(step.yhat, 1 / (1 + np.exp(-step.logits)), **close)
        # Here the loss is formed from ŷ, there from z: the rounding errors differ, more so where ŷ is near 1.
        np.testing.assert_allclose(
            step.loss, -np.log(np.where(step.y == 1, step.yhat, 1 - step.yhat)), rtol=1e-3, atol=16 * eps
        )
        assert step.loss_sum == pytest.approx(float(step.loss.astype(float).sum()), rel=1e-12)
        np.testing.assert_allclose(step.loss_wrt_logits_fused, step.yhat - step.y, **close)
        product = step.layers[-1].loss_wrt_output * step.layers[-1].output_wrt_logits
        np.testing.assert_array_equal(step.loss_wrt_logits_chain, product)
        taken = step.loss_wrt_logits_chain if route == "chain" else step.loss_wrt_logits_fused
        np.testing.assert_array_equal(step.layers[-1].loss_wrt_logits, taken)
        lr = experiment.learning_rate
        np.testing.assert_allclose(
            step.parameters_after[0][:, :-1],
            step.parameters_before[0][:, :-1] - lr * step.layers[-1].loss_wrt_weight,
            **close,
        )
        np.testing.assert_allclose(
            step.parameters_after[0][:, -1],
            step.parameters_before[0][:, -1] - lr * step.layers[-1].loss_wrt_bias,
            **close,
        )


def test_a_step_is_read_only() -> None:
    step = trained(TUTORIAL.replace(epochs=3)).step(1, 1)
    found = [v for v in [*vars(step).values(), *vars(step.layers[-1]).values()] if isinstance(v, np.ndarray)]
    assert len(found) == 5 + 8
    assert not any(array.flags.writeable for array in found)


def test_what_is_not_trained_cannot_be_asked_for() -> None:
    run = Run(TUTORIAL)
    with pytest.raises(IndexError, match=r"epoch 0 \(from 0\) is not trained: 0 of 2000 are"):
        run.step(0, 0)
    run.advance(max_epochs=10)
    assert isinstance(run.step(9, 4), Step)
    for epoch in (10, -1):
        with pytest.raises(IndexError, match=f"epoch {epoch} .* 10 of 2000"):
            run.step(epoch, 0)
    for sample in (5, -1):
        with pytest.raises(IndexError, match=f"between 0 and 4, not {sample}"):
            run.step(0, sample)
    run.parameters_at(10)
    for position in (11, -1):
        with pytest.raises(IndexError, match=f"position {position} is not trained: 10 of 2000"):
            run.parameters_at(position)


def test_weights_are_read_only_copies() -> None:
    run = trained(TUTORIAL.replace(epochs=5))
    assert not run.parameters_at(5)[0].flags.writeable


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("seed", [0, 42, 999])
def test_drawn_initial_weights_are_the_generators_own(seed: int, dtype: str) -> None:
    """Bit for bit, W row by row and then b, rounded once to the run's dtype: no digit of float64 is lost on the way."""
    drawn = np.random.RandomState(seed).standard_normal(4 * 3 + 4)
    (matrix,) = Run(TUTORIAL.replace(seed=seed, dtype=dtype)).parameters_at(0)
    assert matrix.dtype == dtype
    assert matrix[:, :-1].tobytes() == drawn[:12].astype(dtype).tobytes()
    assert matrix[:, -1].tobytes() == drawn[12:].astype(dtype).tobytes()


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_given_initial_weights_are_taken(dtype: str) -> None:
    matrix = np.arange(16.0).reshape(4, 4) / 10
    run = trained(TUTORIAL.replace(initial=matrix, dtype=dtype, epochs=20))
    assert run.parameters_at(0)[0].tolist() == matrix.astype(dtype).tolist()
    step = run.step(0, 0)
    np.testing.assert_allclose(step.logits, matrix[:, :3] @ [1, 3, 5] + matrix[:, 3], rtol=1e-6)


@pytest.mark.parametrize(("route", "dtype"), KINDS)
def test_given_weights_equal_to_the_drawn_ones_give_the_same_bits(route: str, dtype: str) -> None:
    drawn = TUTORIAL.replace(route=route, dtype=dtype, epochs=200)
    start = Run(drawn).parameters_at(0)[0]
    assert arrays(trained(drawn.replace(initial=start)).history) == arrays(trained(drawn).history)
    assert arrays(trained(drawn.replace(initial=start, seed=7)).history) == arrays(trained(drawn).history)


@pytest.mark.parametrize(("route", "dtype"), KINDS)
def test_a_change_of_rate_leaves_the_run_up_to_there_untouched(route: str, dtype: str) -> None:
    """Bit for bit, and from there on it is the run that starts from those weights at the other rate."""
    before = TUTORIAL.replace(route=route, dtype=dtype, epochs=700)
    changed = before.with_rate_from(500, 0.1).with_rate_from(600, 0.003)
    old, new = trained(before), trained(changed)
    assert arrays(new.history[:501]) == arrays(old.history[:501])
    assert not np.array_equal(new.history.parameters[0][501], old.history.parameters[0][501])
    for start, stop, rate in ((500, 600, 0.1), (600, 700, 0.003)):
        initial = new.parameters_at(start)[0]
        onward = trained(before.replace(learning_rate=rate, initial=initial, epochs=stop - start)).history
        assert arrays(new.history[start + 1 : stop + 1])["running_loss"] == onward.running_loss[1:].tobytes()
        assert new.history.parameters[0][stop].tobytes() == onward.parameters[0][-1].tobytes()


@pytest.mark.parametrize(("route", "dtype"), KINDS)
@pytest.mark.usefixtures("few_frames")
def test_replay_honours_the_schedule(route: str, dtype: str) -> None:
    schedule = ((5, 0.05), (300, 0.2), (301, 0.01), (444, 0), (900, 1))
    experiment = TUTORIAL.replace(epochs=600, route=route, dtype=dtype, schedule=schedule)
    run, beside = trained(experiment), Run(experiment)
    for position in (4, 5, 6, 299, 300, 301, 302, 443, 444, 599, 600):
        beside.advance(max_epochs=position - beside.position)
        exact = -beside._lanes[0][0].negated[0][0]
        assert run.parameters_at(position)[0].tobytes() == exact.tobytes()
    for epoch, rate in ((4, 0.01), (5, 0.05), (300, 0.2), (301, 0.01), (500, 0)):
        step = run.step(epoch, 1)
        assert step.learning_rate == rate
        moved = step.parameters_before[0][:, :-1].astype(float) - rate * step.layers[-1].loss_wrt_weight
        np.testing.assert_allclose(step.parameters_after[0][:, :-1], moved, atol=1e-5)


def test_a_schedule_is_cut_into_slices_like_everything_else() -> None:
    experiment = THINNED.replace(schedule=((100, 0.1), (101, 0.3), (5000, 0.02)))
    whole, pieces = trained(experiment), Run(experiment)
    rng = np.random.default_rng(0)
    while not pieces.done:
        pieces.advance(max_epochs=int(rng.integers(1, 200)))
    assert arrays(pieces.history) == arrays(whole.history)


@pytest.mark.parametrize(("route", "dtype"), KINDS)
@pytest.mark.parametrize("name", EXTREMES)
def test_whatever_is_accepted_stays_finite_and_silent(name: str, route: str, dtype: str) -> None:
    """Silent because warnings are errors here."""
    run = trained(extreme(name, route, dtype))
    assert run.done
    assert run.divergence is None
    for field, array in vars(run.history).items():
        assert np.isfinite(array[1:] if field == "running_loss" else array).all(), field
    if run.total:
        step = run.step(run.total - 1, run.experiment.samples - 1)
        for array in [*vars(step).values(), *vars(step.layers[-1]).values()]:
            if isinstance(array, np.ndarray):
                assert np.isfinite(array).all()


@pytest.mark.parametrize(("route", "dtype"), KINDS)
@pytest.mark.parametrize("name", EXTREMES)
def test_what_rounds_to_0_or_overflows_is_meant(name: str, route: str, dtype: str) -> None:
    """So also who lets NumPy raise for it can train and replay."""
    silent = trained(extreme(name, route, dtype))
    with np.errstate(all="raise"):
        run = trained(extreme(name, route, dtype))
        for position in {0, run.total // 2, run.total}:
            run.parameters_at(position)
    assert arrays(run.history) == arrays(silent.history)


def test_a_learning_rate_of_0_trains_flat() -> None:
    history = trained(TUTORIAL.replace(learning_rate=0, epochs=20)).history
    assert len(np.unique(history.parameters[0][..., :-1], axis=0)) == 1
    assert len(set(history.running_loss[1:].tolist())) == 1
    assert history.gradients[0][1, :, :-1].any()


@pytest.mark.parametrize(
    ("weight", "bias", "what"),
    [(np.inf, 0, "logits"), (np.nan, 0, "logits"), (0, np.inf, "logits")],
)
def test_divergence_is_a_place_and_not_an_exception(weight: float, bias: float, what: str) -> None:
    """No accepted run comes to it, so the loop's weights are spoilt by hand."""
    run = Run(TUTORIAL)
    run.advance(max_epochs=10)
    run._lanes[0][0].negated[0][0, 2, 1] += weight
    run._lanes[0][0].negated[0][0, 2, -1] += bias
    assert run.advance() == 0
    assert run.divergence == Divergence(epoch=10, sample=0, output=2, what=what)
    assert run.done
    assert run.position == 10
    assert run.history.position.tolist() == list(range(11))
    assert np.isfinite(run.history.running_loss[1:]).all()
    assert run.advance() == 0
    assert isinstance(run.step(9, 4), Step)


def test_whoever_looks_while_a_run_diverges_finds_all_of_it_or_a_run_that_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run, seen = Run(TUTORIAL), []
    spoil(monkeypatch, 7, 4, "weight", (2, 1))
    record = run._recorders[0].record

    def look(*frames: object) -> None:
        seen.append((run.done, len(run.history)))
        record(*frames)  # type: ignore[arg-type]

    monkeypatch.setattr(run._recorders[0], "record", look)
    run.advance()
    assert run.divergence is not None
    assert len(run.history) == 8
    assert seen == [(False, 1)]


def spoil(monkeypatch: pytest.MonkeyPatch, epoch: int, sample: int, what: str, entry: tuple[int, int]) -> None:
    """Let an entry of −[W | b] overflow at one step: before it, so that its logits do, or by it.

    No experiment can have a learning rate at which it would.
    """
    honest = Loop.train

    def spoilt(self: Loop, now: int, samples: slice = slice(None)) -> None:
        if now != epoch:
            honest(self, now, samples)
            return
        for index in range(*samples.indices(5)):
            if index == sample and what == "logits":
                self.negated[0][0, *entry] = np.inf
            honest(self, now, slice(index, index + 1))
            if index == sample and what != "logits":
                self.negated[0][0, *entry] = np.inf

    monkeypatch.setattr(Loop, "train", spoilt)


@pytest.mark.parametrize(
    ("what", "entry"),
    [("logits", (3, 2)), ("logits", (0, -1)), ("weight", (1, 0)), ("weight", (2, 2)), ("bias", (1, -1))],
)
@pytest.mark.parametrize(("epoch", "sample"), [(0, 0), (7, 3), (1199, 4), (4203, 1)])
def test_divergence_names_the_first_step_that_is_not_finite(
    epoch: int, sample: int, what: str, entry: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever in a block it is, and where not every position is recorded: all frames up to there are kept."""
    honest = thinned().history
    spoil(monkeypatch, epoch, sample, what, entry)
    run = Run(THINNED)
    assert run.advance() == epoch
    assert run.divergence == Divergence(epoch=epoch, sample=sample, output=entry[0], what=what)
    assert (run.position, run.done) == (epoch, True)
    kept = int((run.positions <= epoch).sum())
    assert arrays(run.history) == arrays(honest[:kept])
    if epoch:
        assert np.isfinite(run.step(epoch - 1, 4).parameters_after[0][:, :-1]).all()
    # Nothing is trained after it, not even by a thread that was waiting for its turn.
    assert run.advance() == 0
    assert run._train_block(5, deadline=0.0) == 0
    assert run.divergence == Divergence(epoch=epoch, sample=sample, output=entry[0], what=what)
    assert len(run.history) == kept


def test_of_several_outputs_that_diverge_at_once_the_first_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = Loop.train

    def spoilt(self: Loop, epoch: int, samples: slice = slice(None)) -> None:
        honest(self, epoch, samples)
        if epoch == 2 and 4 in range(*samples.indices(5)):
            self.negated[0][0, [1, 3], 0] = np.inf
            self.negated[0][0, 0, -1] = np.nan

    monkeypatch.setattr(Loop, "train", spoilt)
    run = Run(TUTORIAL)
    assert run.advance() == 2
    assert run.divergence == Divergence(epoch=2, sample=4, output=1, what="weight")


def test_seeds_0_to_999_finish_finite(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four seeds to a run, since outputs do not touch each other, and the runs together in lock-step."""
    monkeypatch.setattr("classifier.training.sweep.MAX_MEMBERS", 250)

    def drawn(seed: int) -> np.ndarray:
        return Run(TUTORIAL.replace(seed=seed)).parameters_at(0)[0]

    wide = TUTORIAL.replace(labels=[row * 4 for row in TUTORIAL.labels], label_names=[f"y{i}" for i in range(16)])
    fours = [np.vstack([drawn(seed) for seed in range(first, first + 4)]) for first in range(0, 1000, 4)]
    together = Sweep([wide.replace(initial=four) for four in fours])
    together.advance()
    for number, history in enumerate(together.histories):
        assert history.position[-1] == 2000, number
        assert all(np.isfinite(array[1:]).all() for array in numbers(history).values()), number
        assert history.running_loss[-1] < history.running_loss[1], number
    # One of the four networks must equal the run of its seed alone.
    alone = trained(TUTORIAL.replace(seed=999)).history
    np.testing.assert_allclose(
        history.parameters[0][..., :-1][-1][12:], alone.parameters[0][-1, :, :-1], rtol=1e-4, atol=1e-4
    )


def test_threads_with_seeds_of_their_own_get_their_own_weights() -> None:
    experiments = [TUTORIAL.replace(seed=seed, epochs=20) for seed in range(30)]
    expected = [arrays(trained(experiment).history) for experiment in experiments]
    before = global_generator()
    found: dict[int, dict[str, bytes]] = {}
    together = threading.Barrier(30)

    def session(seed: int) -> None:
        together.wait()
        found[seed] = arrays(trained(experiments[seed]).history)

    threads = [threading.Thread(target=session, args=(seed,)) for seed in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[seed] for seed in range(30)] == expected
    assert global_generator() == before


def test_threads_may_share_a_run() -> None:
    expected = thinned()
    whole = arrays(expected.history)
    step = expected.step(5000, 3).parameters_after[0][:, :-1].tobytes()
    run = Run(THINNED)
    trained_epochs, failures = [], []

    def session(seed: int) -> None:
        rng = np.random.default_rng(seed)
        count = 0
        try:
            while not run.done:
                count += run.advance(max_epochs=int(rng.integers(1, 300)), budget_s=0.005)
                position, history = run.position, run.history
                due = run.positions[run.positions <= position]
                assert history.position[: len(due)].tolist() == due.tolist()
                epoch = int(rng.integers(0, position))
                run.step(epoch, int(rng.integers(0, 5)))
        except BaseException as error:
            failures.append(error)
        trained_epochs.append(count)

    threads = [threading.Thread(target=session, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert sum(trained_epochs) == 6000
    assert arrays(run.history) == whole
    assert run.step(5000, 3).parameters_after[0][:, :-1].tobytes() == step


def test_threads_that_share_a_run_take_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    """An endless advance must not keep a short one waiting: whoever has trained a block queues up behind."""
    order: list[int] = []

    def block(run: Run, epochs: int, deadline: float) -> int:
        order.append(threading.get_ident())
        sleep(0.002)  # long enough for the other thread to be waiting by now
        run.position += 1
        return 1

    monkeypatch.setattr(Run, "_train_block", block)
    run = Run(TUTORIAL.replace(epochs=200))
    threads = [threading.Thread(target=run.advance) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    middle = order[20:180]  # while both are at it
    again = sum(one == other for one, other in pairwise(middle))
    assert again <= 16


@ahead
def memory_of_two_runs() -> list[str]:
    program = """
import resource
from classifier import Experiment, Run
for epochs in (1_000, 200_000):
    run = Run(Experiment([[1.0]], [[1.0]], epochs=epochs))
    assert run.advance() == epochs
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
    printed = subprocess.run(  # noqa: S603  # our own program, by our own interpreter
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3]
    )
    return printed.stdout.split()


def test_two_hundred_thousand_epochs_need_no_more_memory_than_a_thousand() -> None:
    """Of the process, at its highest, in a process of its own: the short run first, then the long one."""
    pytest.importorskip("resource")
    short, long = (int(line) * (1 if sys.platform == "darwin" else 1024) for line in memory_of_two_runs())
    assert long - short <= 5e6


DEEP = [(hidden, activation) for hidden in ((4,), (3, 2), (2, 8, 3)) for activation in ACTIVATIONS]


def random_network(seed: int) -> Experiment:
    """Return a short float64 run of depth 1 to 4, of either route, with a schedule."""
    rng = np.random.default_rng(seed)
    return random_experiment(
        seed,
        samples=int(rng.integers(1, 4)),
        inputs=int(rng.integers(1, 5)),
        outputs=int(rng.integers(1, 4)),
        hidden=rng.integers(1, 7, seed % 4).tolist(),
        activation=list(ACTIVATIONS)[seed % 3],
        route=("fused", "chain")[seed // 2 % 2],
        dtype="float64",
        epochs=4,
        learning_rate=float(rng.uniform(0.05, 0.5)),
        schedule=((2, 0.3), (3, 0.02)),
    )


def close(ours: np.ndarray, theirs: np.ndarray) -> None:
    np.testing.assert_allclose(ours, theirs, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("seed", range(100))
def test_weights_losses_and_every_steps_gradients_are_those_of_the_loss_alone(seed: int) -> None:
    """Against derivatives that know nothing of ours; depth 1 to 4, three activations, both routes, schedules."""
    experiment = random_network(seed)
    run = trained(experiment)
    for epoch, (total, steps, matrices) in enumerate(oracle.train(experiment, run.parameters_at(0))):
        assert run.history.running_loss[epoch + 1] == pytest.approx(total, rel=1e-12, abs=1e-12)
        for k, matrix in enumerate(matrices):
            close(run.history.parameters[k][epoch + 1], matrix)
            close(run.history.gradients[k][epoch + 1], np.sum([step[k] for step in steps], axis=0))
            for sample, step in enumerate(steps):
                close(run.step(epoch, sample).layers[k].gradient, step[k])


def test_weights_losses_and_every_steps_gradients_are_pytorchs() -> None:
    torch = pytest.importorskip("torch")
    for seed in range(100):
        like_pytorch(torch, random_network(seed))


def like_pytorch(torch: ModuleType, experiment: Experiment) -> None:
    run = trained(experiment)
    matrices = [torch.tensor(matrix.copy(), requires_grad=True) for matrix in run.parameters_at(0)]
    bend = {"sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu}[experiment.activation]
    one = torch.ones(1, dtype=torch.float64)
    for epoch in range(experiment.epochs):
        total = 0.0
        for sample in range(experiment.samples):
            a, y = (torch.tensor(array[sample].copy()) for array in (experiment.input_array, experiment.label_array))
            for k, matrix in enumerate(matrices):
                z = matrix @ torch.cat([a, one])
                a = bend(z) if k < len(matrices) - 1 else torch.sigmoid(z)
            loss = torch.nn.functional.binary_cross_entropy_with_logits(z, y, reduction="sum")
            total += loss.item()  # by either route: from ŷ near 1 it would have lost half of its digits
            if experiment.route == "chain":
                loss = torch.nn.functional.binary_cross_entropy(a, y, reduction="sum")
            gradients = torch.autograd.grad(loss, matrices)
            for k, gradient in enumerate(gradients):
                close(run.step(epoch, sample).layers[k].gradient, gradient.numpy())
            with torch.no_grad():
                for matrix, gradient in zip(matrices, gradients, strict=True):
                    matrix -= experiment.rate_at(epoch) * gradient
        assert run.history.running_loss[epoch + 1] == pytest.approx(total, rel=1e-12, abs=1e-12)
        for k, matrix in enumerate(matrices):
            close(run.history.parameters[k][epoch + 1], matrix.detach().numpy())


@pytest.mark.parametrize(("route", "dtype"), KINDS)
@pytest.mark.parametrize(("hidden", "activation"), DEEP)
def test_a_step_is_what_the_loop_did_bit_for_bit(
    hidden: tuple[int, ...], activation: str, route: str, dtype: str, few_frames: int
) -> None:
    """Weights before and after, what goes into each layer and its logits; thinned or not, in any order."""
    experiment = random_experiment(
        1, samples=3, hidden=hidden, activation=activation, route=route, dtype=dtype, epochs=400, learning_rate=0.05
    )
    run = trained(experiment)
    assert len(run.history) == few_frames
    loop, met = Loop([experiment], [run.parameters_at(0)]), {}
    with np.errstate(all="ignore"):
        for epoch in range(400):
            if epoch not in (0, 1, 150, 271, 399):
                loop.train(epoch)
                continue
            for sample in range(3):
                before = loop.parameters()
                loop.train(epoch, slice(sample, sample + 1))
                logits = [-z[sample, 0] for z in loop.negated_logits]
                outputs = [a[sample, 0, :-1].copy() for a in loop.outputs]
                deltas = [delta[sample, 0].copy() for delta in loop.loss_wrt_logits]
                met[epoch, sample] = before, loop.parameters(), logits, outputs, deltas
    for (epoch, sample), (before, after, logits, outputs, deltas) in reversed(met.items()):
        step = run.step(epoch, sample)

        def same(ours: object, theirs: object) -> None:
            assert [each.tobytes() for each in ours] == [each.tobytes() for each in theirs]

        same(step.parameters_before, before)
        same(step.parameters_after, after)
        same([layer.logits for layer in step.layers], logits)
        same([layer.x for layer in step.layers[1:]], outputs)
        same([layer.output for layer in step.layers[:-1]], outputs)
        for layer, delta in zip(step.layers, deltas, strict=False):
            np.testing.assert_allclose(layer.loss_wrt_logits, delta, atol=1000 * np.finfo(dtype).eps)
        if sample == 2:
            same(run.parameters_at(epoch + 1), after)


@pytest.mark.parametrize(("hidden", "activation"), DEEP)
def test_slices_change_no_bit_of_a_hidden_layer(hidden: tuple[int, ...], activation: str) -> None:
    experiment = random_experiment(3, hidden=hidden, activation=activation, epochs=300, schedule=((130, 0.2),))
    whole, pieces = trained(experiment), Run(experiment)
    rng = np.random.default_rng(0)
    while not pieces.done:
        pieces.advance(max_epochs=int(rng.integers(1, 70)))
    assert arrays(pieces.history) == arrays(whole.history)


def test_initial_weights_are_drawn_layer_by_layer_w_before_b() -> None:
    experiment = TUTORIAL.replace(hidden=(2, 5), seed=9, dtype="float64")
    rng = np.random.RandomState(9)
    for matrix, (rows, columns) in zip(Run(experiment).parameters_at(0), ((2, 3), (5, 2), (4, 5)), strict=True):
        assert matrix[:, :-1].tobytes() == rng.standard_normal((rows, columns)).tobytes()
        assert matrix[:, -1].tobytes() == rng.standard_normal(rows).tobytes()


def test_xor_with_four_hidden_units_is_learnt_by_every_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    """200 seeds in one sweep: all four right after 1000 epochs, and most long before."""
    monkeypatch.setattr("classifier.training.sweep.MAX_MEMBERS", 200)
    xor = Experiment(**XOR, hidden=(4,), learning_rate=0.5, epochs=1000)
    sweep = Sweep([xor.replace(seed=seed) for seed in range(200)])
    sweep.advance()
    assert [seed for seed, history in enumerate(sweep.histories) if history.accuracy[-1] < 1] == []


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("hidden", [(4,), (8, 8, 8)])
def test_a_network_that_runs_away_stops_at_a_place_and_shows_finite_numbers(
    hidden: tuple[int, ...], dtype: str
) -> None:
    """ReLU at the largest rate: the bound of one layer does not hold, and warnings are errors here."""
    table = {"inputs": [[1e3, -1e3], [500, 3], [2, 7]], "labels": [[0, 1], [1, 0], [1, 1]]}
    experiment = Experiment(**table, hidden=hidden, activation="relu", learning_rate=100, dtype=dtype, seed=1)
    run = trained(experiment)
    place = run.divergence
    assert place is not None
    assert run.done
    assert place.epoch == run.position == run.history.position[-1]
    assert 0 <= place.output < experiment.sizes[place.layer + 1]
    for name, array in numbers(run.history).items():
        assert np.isfinite(array[1:] if name == "running_loss" else array).all(), name
    if run.position:
        assert isinstance(run.step(run.position - 1, 1), Step)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_whatever_is_accepted_of_hidden_layers_stays_finite_and_silent(activation: str, seed: int) -> None:
    rng = np.random.default_rng(seed)
    experiment = Experiment(
        rng.choice([1e6, -1e6, 1e-300, 0, 1], (3, 2)),
        rng.choice([0, 1, 0.5], (3, 2)),
        hidden=rng.integers(1, 9, int(rng.integers(1, 4))).tolist(),
        activation=activation,
        learning_rate=float(rng.choice([100, 1, 1e-3])),
        route=("fused", "chain")[seed % 2],
        epochs=200,
    )
    if seed > 2:
        shape = [np.full(each.shape, (-1.0) ** k * 1e6) for k, each in enumerate(Run(experiment).parameters_at(0))]
        experiment = experiment.replace(initial=shape)
    for name, array in numbers(trained(experiment).history).items():
        assert np.isfinite(array[1:] if name == "running_loss" else array).all(), name


@pytest.mark.parametrize(
    ("what", "layer", "unit"),
    [("logits", 0, 1), ("logits", 1, 0), ("loss_wrt_logits", 0, 2), ("weight", 0, 1), ("bias", 1, 0)],
)
def test_divergence_names_its_layer(what: str, layer: int, unit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A number that is too large is found where it first stands, though everything else is finite."""
    experiment = Experiment(**XOR, hidden=(3,), epochs=40)
    expected = trained(experiment.replace(epochs=7)).history
    honest = Loop.train

    def spoilt(self: Loop, epoch: int, samples: slice = slice(None)) -> None:
        honest(self, epoch, samples)
        if epoch == 7 and 3 in range(*samples.indices(4)):
            if what in ("logits", "loss_wrt_logits"):
                (self.negated_logits if what == "logits" else self.loss_wrt_logits)[layer][3, 0, unit] = 1.1e16
            else:
                self.negated[layer][0, unit, -1 if what == "bias" else 0] = -1.1e16

    monkeypatch.setattr(Loop, "train", spoilt)
    run = Run(experiment)
    assert run.advance(max_epochs=8) == 7
    assert run.divergence == Divergence(epoch=7, sample=3, output=unit, what=what, layer=layer)
    assert arrays(run.history) == arrays(expected)
