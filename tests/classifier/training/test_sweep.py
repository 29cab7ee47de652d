"""A sweep is its single runs, only faster."""

import threading
from itertools import pairwise

import numpy as np
import pytest

from classifier import MAX_MEMBERS, Divergence, Experiment, History, Run, Sweep, zeros_initial
from classifier.training.history import MAX_BYTES
from classifier.training.loop import Loop
from tests.classifier.tables import (
    KINDS,
    TABLE,
    WithMomentum,
    arrays,
    extreme,
    global_generator,
    numbers,
    random_experiment,
)

TUTORIAL = Experiment.tutorial()
# Measured: no bit differs. Vectorised functions may round their last digits by their place in an array on other
# machines; what such a difference can grow to in these runs is below this many eps.
UNITS = 1000


def members(base: Experiment) -> list[Experiment]:
    """Return 12 experiments that differ in everything that they may."""
    start = zeros_initial(base.in_features, base.out_features)
    return [
        base,
        base.replace(route="chain"),
        base.replace(learning_rate=0.1),
        base.replace(learning_rate=0, route="chain"),
        base.replace(seed=7, route="chain"),
        base.replace(seed=8),
        base.replace(initial=start),
        base.replace(initial=np.array(start) - 0.5, route="chain"),
        base.replace(schedule=((5, 0.2), (9, 0.01))),
        base.replace(schedule=((1, 0), (2, 0.3), (9, 0.05)), route="chain"),
        base.replace(schedule=((10**5, 3),)),
        base.replace(route="chain", learning_rate=1),
    ]


def trained(sweep: Sweep) -> Sweep:
    sweep.advance()
    return sweep


def single(experiment: Experiment) -> History:
    run = Run(experiment)
    run.advance()
    return run.history


def same(history: History, expected: History, dtype: str) -> None:
    """Compare a member's history with that of its run, at the positions that the sweep has."""
    frames = np.searchsorted(expected.position, history.position)
    np.testing.assert_array_equal(expected.position[frames], history.position)
    tolerance = UNITS * np.finfo(dtype).eps
    theirs_by_name = numbers(expected)
    for name, values in numbers(history).items():
        theirs = theirs_by_name[name][frames]
        scale = tolerance * (1 + np.nanmax(np.abs(theirs), initial=0))
        np.testing.assert_allclose(values, theirs, rtol=tolerance, atol=scale, err_msg=name)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("size", [(5, 3, 4), (1, 1, 1), (7, 2, 1), (3, 30, 5), (40, 5, 3)])
def test_each_member_is_its_own_run(size: tuple[int, int, int], dtype: str) -> None:
    samples, inputs, outputs = size
    base = random_experiment(11, samples=samples, inputs=inputs, outputs=outputs, dtype=dtype, learning_rate=0.02)
    experiments = members(base)
    histories = trained(Sweep(experiments)).histories
    assert len(histories) == len(experiments) == MAX_MEMBERS
    for history, experiment in zip(histories, experiments, strict=True):
        assert len(history) == 31
        same(history, single(experiment), dtype)


def test_the_default_run_with_all_its_epochs() -> None:
    experiments = [TUTORIAL.replace(learning_rate=0.001 * 2**i, route=("fused", "chain")[i % 2]) for i in range(12)]
    sweep = trained(Sweep(experiments))
    assert sweep.positions.tolist() == list(range(2001))
    for history, experiment in zip(sweep.histories, experiments, strict=True):
        same(history, single(experiment), "float32")


def test_both_ways_to_keep_the_rates_give_the_same_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    experiments = members(random_experiment(3))
    expanded = [arrays(history) for history in trained(Sweep(experiments)).histories]
    monkeypatch.setattr("classifier.training.loop._EXPANDED_BYTES", 0)
    assert [arrays(history) for history in trained(Sweep(experiments)).histories] == expanded


def test_it_advances_as_much_as_it_is_told_and_slices_change_no_bit() -> None:
    experiments = members(TUTORIAL.replace(epochs=6000))
    whole, pieces = Sweep(experiments), Sweep(experiments)
    assert (whole.position, whole.total, whole.done) == (0, 6000, False)
    assert whole.advance() == 6000
    assert (whole.done, whole.advance()) == (True, 0)
    rng = np.random.default_rng(0)
    while not pieces.done:
        before = pieces.position
        asked = int(rng.integers(1, 900))
        assert pieces.advance(max_epochs=asked) == min(asked, 6000 - before)
        due = pieces.positions[pieces.positions <= pieces.position]
        assert all(history.position.tolist() == due.tolist() for history in pieces.histories)
    assert pieces.advance(budget_s=0) == 0
    assert [arrays(h) for h in pieces.histories] == [arrays(h) for h in whole.histories]


def test_a_budget_is_kept_roughly() -> None:
    sweep = Sweep(members(TUTORIAL.replace(epochs=1_000_000)))
    assert 1 <= sweep.advance(budget_s=0.01) < 100_000
    assert sweep.advance(budget_s=0) == 1


@pytest.mark.parametrize(
    "name", ["largest rate", "largest inputs", "largest everything", "smallest inputs", "no epoch"]
)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_whatever_is_accepted_stays_finite_and_silent(name: str, dtype: str) -> None:
    both = [extreme(name, route, dtype) for route in ("fused", "chain")]
    for history in trained(Sweep(both)).histories:
        for field, array in numbers(history).items():
            assert np.isfinite(array[1:] if field == "running_loss" else array).all(), field


def test_all_histories_together_keep_within_the_memory_of_one() -> None:
    experiment = random_experiment(0, samples=50, inputs=60, outputs=10, epochs=20_000, dtype="float64")
    sweep = Sweep([experiment.replace(seed=seed) for seed in range(12)])
    frame = sum(array[:1].nbytes for history in sweep.histories for array in numbers(history).values())
    assert frame * len(sweep.positions) <= MAX_BYTES


def test_what_a_sweep_must_share_is_named() -> None:
    for field, value in (("labels", np.ones((5, 4))), ("inputs", np.ones((5, 3))), ("epochs", 3), ("dtype", "float64")):
        with pytest.raises(ValueError, match=f"share their {field}; that of number 2 differs"):
            Sweep([TUTORIAL, TUTORIAL.replace(**{field: value})])
    for number in (0, MAX_MEMBERS + 1):
        with pytest.raises(ValueError, match=f"1 to {MAX_MEMBERS} experiments, not {number}"):
            Sweep([TUTORIAL] * number)
    assert len(Sweep([TUTORIAL]).histories) == 1


def test_threads_may_share_a_sweep() -> None:
    experiments = members(TUTORIAL.replace(epochs=1500))
    expected = [arrays(history) for history in trained(Sweep(experiments)).histories]
    before = global_generator()
    sweep, failures, counts = Sweep(experiments), [], []

    def session() -> None:
        count = 0
        try:
            while not sweep.done:
                count += sweep.advance(max_epochs=50)
                lengths = {len(history) for history in sweep.histories}
                assert len(lengths) == 1
        except BaseException as error:
            failures.append(error)
        counts.append(count)

    threads = [threading.Thread(target=session) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert sum(counts) == 1500
    assert [arrays(history) for history in sweep.histories] == expected
    assert global_generator() == before


def test_rates_hold_exactly_between_changes_of_any_member() -> None:
    """Asked for in any order, as each member's own schedule says."""
    experiments = members(random_experiment(5))
    shape = experiments[0].out_features, experiments[0].in_features + 1
    loop = Loop(experiments, [(np.zeros(shape, "f4"),)] * len(experiments))
    for one, other in pairwise((0, 1, 12, 9, 2, 0, 5, 4, 100_000, 8)):
        for epoch in (one, other):
            with np.errstate(all="ignore"):
                loop.train(epoch)
            rates = loop._scaled[0, :, 0, -1]  # lr · 1, the bias's
            assert rates.tolist() == [np.float32(e.rate_at(epoch)) for e in experiments]


@pytest.mark.parametrize("number", range(4))
def test_divergence_of_a_member_names_it(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its place among the experiments, wherever the loop has its rows; the others end there, too, finite."""
    experiments = [TUTORIAL.replace(route=("chain", "fused")[i % 2], seed=i) for i in range(4)]
    row = sorted(range(4), key=lambda i: i % 2 == 0).index(number)  # the fused ones first
    honest = Loop.train

    def spoilt(self: Loop, epoch: int, samples: slice = slice(None)) -> None:
        honest(self, epoch, samples)
        if epoch == 7 and 4 in range(*samples.indices(5)):
            self.negated[0][row, 2, 1] = np.inf

    expected = Sweep(experiments)
    expected.advance(max_epochs=7)
    monkeypatch.setattr(Loop, "train", spoilt)
    sweep = Sweep(experiments)
    assert sweep.advance() == 7
    assert sweep.divergence == Divergence(epoch=7, sample=4, output=2, what="weight", member=number)
    assert (sweep.done, sweep.advance()) == (True, 0)
    assert [*map(arrays, sweep.histories)] == [*map(arrays, expected.histories)]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_members_may_have_other_networks(dtype: str) -> None:
    """Also thirteen kinds in any order: each trains as its own run does, and all have the same positions."""
    base = random_experiment(11, samples=4, inputs=2, outputs=2, dtype=dtype, learning_rate=0.02)
    kinds = [(), (4,), (2, 3), (4,), (), (8, 8, 8), (4,), (1,), (4,), (2, 3), (3, 2), (4,)]
    experiments = [
        base.replace(
            hidden=hidden,
            activation=("sigmoid", "tanh", "relu")[i % 3],
            route=("chain", "fused")[i % 2],
            seed=i,
            learning_rate=0.01 * (1 + i),
        )
        for i, hidden in enumerate(kinds)
    ]
    sweep = trained(Sweep(experiments))
    for history, experiment in zip(sweep.histories, experiments, strict=True):
        same(history, single(experiment), dtype)
    alike = [base.replace(hidden=(3,), seed=i, route=("chain", "fused")[i % 2]) for i in range(6)]
    for history, experiment in zip(trained(Sweep(alike)).histories, alike, strict=True):
        same(history, single(experiment), dtype)


def test_divergence_of_a_member_with_hidden_layers_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    experiments = [
        TUTORIAL.replace(hidden=hidden, seed=i, epochs=20) for i, hidden in enumerate(((), (2,), (3,), (2,)))
    ]
    honest = Loop.train

    def spoilt(self: Loop, epoch: int, samples: slice = slice(None)) -> None:
        honest(self, epoch, samples)
        if epoch == 5 and len(self.outputs) == 1 and self.outputs[0].shape[1:] == (2, 3):
            self.negated[1][1, 2, 0] = np.nan

    monkeypatch.setattr(Loop, "train", spoilt)
    sweep = trained(Sweep(experiments))
    assert sweep.divergence == Divergence(epoch=5, sample=0, output=2, what="weight", member=3, layer=1)
    assert {len(history) for history in sweep.histories} == {6}


@pytest.mark.parametrize("what", ["logits", "weight"])
def test_either_of_logits_and_weights_is_reason_enough_to_stop(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = Loop.train

    def spoilt(self: Loop, epoch: int, samples: slice = slice(None)) -> None:
        honest(self, epoch, samples)
        if epoch == 3 and 2 in range(*samples.indices(5)):
            (self.negated_logits[0][2] if what == "logits" else self.negated[0][..., 0])[0, 1] = np.inf

    monkeypatch.setattr(Loop, "train", spoilt)
    sweep = Sweep([TUTORIAL])
    assert sweep.advance(max_epochs=4) == 3
    assert sweep.divergence == Divergence(epoch=3, sample=2, output=1, what=what)


def test_a_field_that_training_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="training does not know the field momentum"):
        Sweep([Experiment(**TABLE), WithMomentum(**TABLE, momentum=0.5)])


def before_there_were_hidden_layers(experiment: Experiment) -> tuple[np.ndarray, np.ndarray]:
    """Train as version 1.5 did, operation by operation; return −[W | b] after each epoch and −z of each step."""
    x, y, dtype = experiment.input_array, experiment.label_array, experiment.dtype
    augmented = np.column_stack([x, np.ones(len(x), dtype)])
    negated = -Run(experiment).parameters_at(0)[0]
    weights, logits = [negated.copy()], []
    with np.errstate(all="ignore"):
        for epoch in range(experiment.epochs):
            scaled = augmented * np.array(experiment.rate_at(epoch)).astype(dtype)
            for i in range(len(x)):
                logits.append(negated.dot(augmented[i]))
                yhat = np.reciprocal(np.exp(logits[-1]) + np.array(1, dtype))
                delta = yhat - y[i]
                if experiment.route == "chain":
                    slope = yhat * (1 - yhat)
                    delta = delta / np.maximum(slope, np.array(1e-12, dtype)) * slope
                negated = negated + delta[:, None] * scaled[i]
            weights.append(negated.copy())
    return np.array(weights), np.array(logits)


@pytest.mark.parametrize(("route", "dtype"), KINDS)
def test_without_hidden_layers_no_bit_has_changed(route: str, dtype: str) -> None:
    """The tutorial, and twelve members at once, as they were trained before layers were data."""
    base = TUTORIAL.replace(route=route, dtype=dtype, epochs=400, schedule=((100, 0.3), (250, 0.02)))
    weights, logits = before_there_were_hidden_layers(base)
    assert single(base).parameters[0].tobytes() == (-weights).tobytes()
    run = Run(base)
    run.advance()
    assert run.step(399, 4).logits.tobytes() == (-logits[-1]).tobytes()
    experiments = [base.replace(seed=i, learning_rate=0.01 * (i + 1)) for i in range(12)]
    for history, experiment in zip(trained(Sweep(experiments)).histories, experiments, strict=True):
        # a member's product is one of many at once: the last digits of its sum may be another machine's
        tolerance = UNITS * np.finfo(dtype).eps
        expected = -before_there_were_hidden_layers(experiment)[0]
        np.testing.assert_allclose(history.parameters[0], expected, rtol=tolerance, atol=tolerance)
