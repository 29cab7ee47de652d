"""What went wrong is found, at its place, and nothing is found where all is well."""

from dataclasses import fields

import numpy as np
import pytest

from classifier import Experiment, Finding, LinearClassifier, Run, diagnose
from classifier.insight.diagnosis import _rounded_away
from tests.classifier.tables import KINDS

TUTORIAL = Experiment.tutorial()


def findings(run: Run) -> dict[str, Finding]:
    run.advance()
    found = {finding.kind: finding for finding in diagnose(run)}
    assert len(found) == len(diagnose(run))
    return found


@pytest.mark.parametrize(("route", "dtype"), KINDS)
def test_the_tutorial_is_well(route: str, dtype: str) -> None:
    run = Run(TUTORIAL.replace(route=route, dtype=dtype))
    assert diagnose(run) == ()
    assert findings(run) == {}


def test_an_unstable_run_is_placed_where_it_first_jumps_at_the_worst_entry() -> None:
    inputs = [[0.2, 120], [0.9, 140], [0.4, 160], [0.8, 180], [0.1, 200], [0.7, 220]]
    run = Run(Experiment(inputs, [[0], [1]] * 3, seed=1))
    assert findings(run)["unstable"].position == 2 < np.nanargmax(run.history.running_loss)
    run = Run(TUTORIAL.replace(learning_rate=2, epochs=200))
    finding, losses = findings(run)["unstable"], run.history.running_loss
    assert losses[finding.position] > losses[1]
    each = np.stack([run.step(finding.position - 1, sample).loss for sample in range(5)])
    assert np.unravel_index(each.argmax(), each.shape) == (finding.sample, finding.output)
    assert finding.value == each.max()
    assert finding.bound == 8 / (1 + 81 + 25 + 1)


def test_no_run_below_the_bound_is_called_unstable() -> None:
    """Two samples that contradict each other make the loss rise at a small rate too, without overshooting."""
    rising = Run(Experiment([[0], [0]], [[1], [0]], learning_rate=4, epochs=9, initial=[[0, 0]]))
    assert "unstable" not in findings(rising)
    losses = rising.history.running_loss[1:]
    assert losses.max() > 1.1 * losses[0]
    # the bound of inputs that are 0 is 8: a rate that is just that does not exceed it
    assert "unstable" not in findings(Run(rising.experiment.replace(learning_rate=8)))
    assert "unstable" in findings(Run(rising.experiment.replace(learning_rate=8.001)))


def test_a_rate_raised_on_the_way_counts_where_it_holds() -> None:
    raised = Run(TUTORIAL.replace(epochs=200, schedule=((100, 2),)))
    finding = findings(raised)["unstable"]
    assert finding.position > 100
    never = Experiment([[0], [0]], [[1], [0]], learning_rate=4, epochs=9, initial=[[0, 0]], schedule=((9, 50),))
    assert "unstable" not in findings(Run(never))
    assert "unstable" in findings(Run(never.replace(epochs=12)))
    # between two recorded positions, too
    brief = Run(never.replace(schedule=((9_001, 50), (9_002, 4)), epochs=30_000))
    assert findings(brief)["unstable"].position > 9_001
    assert not np.isin((9_001, 9_002), brief.history.position).any()


def test_below_the_bound_a_step_cannot_overshoot() -> None:
    """The claim of the docstring: below 8 / (|x|² + 1) a step on one sample never raises its loss."""
    rng = np.random.default_rng(0)
    for _ in range(300):
        x, y = rng.normal(0, 3, 3), rng.random(2)
        network = LinearClassifier(3, 2, rng=rng, dtype=np.float64)
        before = network.forward_loss(x, y)
        network.update_weights(x, y, lr=0.999 * 8 / (x @ x + 1))
        assert network.forward_loss(x, y) <= before + 1e-12


def test_above_the_bound_it_can() -> None:
    network = LinearClassifier.from_weights([[0.0]], [0.01])
    x, y = np.array([3.0]), np.array([0.5])
    before = network.forward_loss(x, y)
    network.update_weights(x, y, lr=1.05 * 2 * 4 / (9 + 1))
    assert network.forward_loss(x, y) > before


@pytest.mark.parametrize(("route", "dtype"), KINDS)
@pytest.mark.parametrize(("sign", "label"), [(1, 0), (-1, 1)])
def test_a_saturated_entry_is_placed_at_its_first_position(sign: int, label: int, route: str, dtype: str) -> None:
    z = 200 if dtype == "float32" else 800
    experiment = Experiment([[0], [1]], [[0, 0], [0, label]], 0.01, 5, 42, route, dtype)
    run = Run(experiment.replace(initial=[[0, 0], [sign * z, 0]]))
    finding = findings(run)["saturated"]
    assert (finding.position, finding.sample, finding.output, finding.value) == (0, 1, 1, 1 - label)
    moved = run.parameters_at(5)[0][1, 0] - run.parameters_at(0)[0][1, 0]
    assert (moved != 0) == (route == "fused")


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("sign", [1, -1])
def test_the_bound_of_saturation_is_where_yhat_turns_0_or_1(sign: int, dtype: str) -> None:
    def found(z: float) -> dict[str, Finding]:
        experiment = Experiment([[1]], [[int(sign < 0)]], 0, 1, 42, "fused", dtype)
        return findings(Run(experiment.replace(initial=[[sign * z, 0]])))

    bound = found(2000)["saturated"].bound
    assert bound is not None
    assert "saturated" in found(bound * 1.001)
    assert "saturated" not in found(bound * 0.999)


def test_a_saturated_entry_that_is_right_is_no_finding() -> None:
    assert findings(Run(Experiment([[1]], [[1]], epochs=1, initial=[[500, 0]]))) == {}
    assert findings(Run(Experiment([[1]], [[0]], epochs=1, initial=[[-500, 0]]))) == {}
    assert findings(Run(Experiment([[1]], [[0.5]], epochs=0, initial=[[-500, 0]]))) == {}


@pytest.mark.parametrize(
    ("label", "sign", "wrong"), [(0.7, -1, True), (0.3, 1, True), (0.6, 1, False), (0.4, -1, False)]
)
def test_of_a_soft_label_the_nearer_end_is_right(label: float, sign: int, wrong: bool) -> None:
    run = Run(Experiment([[1]], [[label]], epochs=0, initial=[[sign * 500, 0]]))
    assert ("saturated" in findings(run)) == wrong


def test_a_large_rate_alone_is_no_fault() -> None:
    """A loss that never rises above that of the first epoch is not unstable, however large the rate."""
    run = Run(Experiment([[3]], [[1]], learning_rate=10, epochs=20, initial=[[-0.1, 0]]))
    assert findings(run) == {}
    assert run.history.running_loss[1:].argmax() == 0


def test_a_diverged_run_is_found() -> None:
    run = Run(TUTORIAL)
    run.advance(max_epochs=4)
    run._lanes[0][0].negated[0][0, 2, 0] = np.inf
    finding = findings(run)["diverged"]
    assert (finding.position, finding.sample, finding.output) == (4, 0, 2)


def test_a_finding_is_plain_and_finite() -> None:
    """It goes into links and messages: no array, no NaN."""
    for finding in findings(Run(TUTORIAL.replace(learning_rate=10, epochs=50))).values():
        for field in fields(finding):
            value = getattr(finding, field.name)
            assert type(value) in (str, int, float, type(None))
            if isinstance(value, float):
                assert np.isfinite(value)


WIDE = Experiment([[3.01, 3, 5], [1, 9, 5.1], [2, 5, 0], [9, 5, 0], [0, 0, 5]], [[1, 0, 0]] * 3 + [[0, 0, 0]] * 2)


@pytest.mark.parametrize(
    ("experiment", "lasts"),
    [
        (TUTORIAL.replace(learning_rate=0.3, route="chain"), False),
        (TUTORIAL.replace(learning_rate=1, route="chain"), True),
        (WIDE, False),  # of the initial weights alone
        (WIDE.replace(seed=8), False),
    ],
)
def test_of_a_saturated_entry_it_is_told_since_when_and_until_when(experiment: Experiment, lasts: bool) -> None:
    """By the chain route its own gradient is 0; a step on another sample that shares its inputs may free it."""
    run = Run(experiment)
    finding = findings(run)["saturated"]
    assert (finding.until is None) == lasts
    y = experiment.label_array
    wrong = (run.history.yhat == 1 - y) & np.isin(y, (0, 1))
    assert wrong[-1].any() == lasts
    until = run.position if finding.until is None else finding.until
    entry = wrong[:, finding.sample, finding.output]
    assert entry[finding.position : until + 1].all()
    assert not entry[finding.position - 1 : finding.position].any()
    assert not entry[until + 1 : until + 2].any()


def test_of_several_saturated_entries_one_that_is_so_at_the_end_is_named() -> None:
    """The first output is freed at once; the second, at z = 500, is not within thirty epochs."""
    finding = findings(Run(Experiment([[0], [1]], [[0, 0], [0, 0]], 1, 30, initial=[[0, 20], [500, 0]])))["saturated"]
    assert (finding.position, finding.sample, finding.output, finding.until) == (0, 1, 1, None)
    finding = findings(Run(Experiment([[0], [1]], [[0, 0], [0, 1]], 1, 30, initial=[[0, 20], [500, 0]])))["saturated"]
    assert (finding.position, finding.sample, finding.output) == (0, 0, 0)
    assert finding.until is not None


def held(dtype: str, **changes: object) -> Experiment:
    """One sample and two large weights: a step is less than half of their last digit."""
    if dtype == "float32":
        experiment = Experiment([[1]], [[1]], 1e-5, 5000, initial=[[64, -62]])
    else:
        experiment = Experiment([[1e6, 1e6]], [[1]], 4e-16, 3000, initial=[[1e6, -1e6 + 2e-6, 0]])
    return experiment.replace(dtype=dtype, **changes)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_run_that_rounding_holds_back_is_found(dtype: str) -> None:
    run = Run(held(dtype))
    assert findings(run) == {"rounded": Finding("rounded", 0)}
    assert run.history.running_loss[-1] == pytest.approx(run.history.running_loss[1], rel=1e-6)


def test_the_same_run_moves_in_more_digits_or_at_a_larger_rate() -> None:
    more = Run(held("float32").replace(dtype="float64"))
    assert findings(more) == {}
    assert more.history.running_loss[-1] < 0.99 * more.history.running_loss[1]
    assert findings(Run(held("float32", learning_rate=1e-4))) == {}
    assert findings(Run(held("float64", learning_rate=1e-14))) == {}


def test_where_a_lower_rate_holds_a_run_back_is_told() -> None:
    finding = findings(Run(held("float32", learning_rate=1e-3, schedule=((700, 1e-5),), epochs=60_000)))["rounded"]
    run = Run(held("float32", learning_rate=1e-3, schedule=((700, 1e-5),), epochs=60_000))
    run.advance()
    assert finding.position == 700
    assert (run.history.parameters[0][..., :-1][700:] == run.history.parameters[0][700, :, :-1]).all()
    assert run.history.parameters[0][699, :, :-1] != run.history.parameters[0][700, :, :-1]


def test_a_change_too_small_to_matter_in_so_many_epochs_is_not_missed() -> None:
    """It is not told to be rounded away: in more digits the loss would hardly fall either."""
    assert set(findings(Run(held("float32", epochs=3000)))) == {"still"}


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("rate", [1e-8, 1e-9, 1e-12, 1e-14, 1e-16, 1e-20, 1e-300])
def test_a_rate_that_moves_nothing_is_found_and_none_that_moves_the_loss(rate: float, dtype: str) -> None:
    run = Run(TUTORIAL.replace(learning_rate=rate, dtype=dtype))
    found, history = findings(run).get("still"), run.history
    moved = (history.parameters[0][-1] != history.parameters[0][0]).sum()
    seen = np.ptp(history.running_loss[1:]) > 1e-6 * history.running_loss[1]
    assert (found is None) == (seen and moved > 0)
    assert found is None or (found.value == moved and findings(Run(run.experiment.replace(learning_rate=0.05))) == {})
    half = Run(run.experiment)
    half.advance(max_epochs=5)
    assert ("still" in {finding.kind for finding in diagnose(half)}) == (moved == 0), "what moves may yet be seen"


@pytest.mark.parametrize(
    "experiment",
    [
        TUTORIAL.replace(learning_rate=0),
        TUTORIAL.replace(epochs=0, learning_rate=1e-20),
        TUTORIAL.replace(learning_rate=1e-20, schedule=((10, 0.01),)),
        Experiment([[1], [1]], [[1], [0]], 1e-9, initial=[[0, 0]]),  # in balance: no rate lowers the loss
        Experiment([[1]], [[1]], 1e-9, initial=[[0, 200]]),  # right to the last digit
    ],
)
def test_where_no_rate_or_another_would_help_nothing_is_said_of_its_size(experiment: Experiment) -> None:
    assert findings(Run(experiment)) == {}


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_what_has_found_its_balance_is_not_held_back(dtype: str) -> None:
    """Its weights come back to the same digits in every epoch, but not because steps are lost."""
    xor = Experiment([[1, 0], [1, 1], [0, 0], [0, 1]], [[1], [0], [0], [1]], 0.5, 1000, dtype=dtype)
    run = Run(xor)
    assert findings(run) == {}
    assert (run.history.parameters[0][-1, :, :-1] == run.history.parameters[0][-2, :, :-1]).all()
    assert findings(Run(Experiment([[0], [1]], [[0.2], [0.8]], 0.1, 2000, dtype=dtype))) == {}


@pytest.mark.parametrize("rate", [0.01, 0.3, 10])
def test_of_one_epoch_what_it_asked_for_is_known_however_it_jumps(rate: float) -> None:
    run = Run(TUTORIAL.replace(learning_rate=rate, epochs=300, dtype="float64"))
    run.advance()
    assert _rounded_away(run.history, run.experiment).max() < 1e-9


def test_a_run_that_jumps_to_and_fro_is_not_held_back() -> None:
    """Frames that are epochs apart show no change where it has come round; one epoch shows it."""
    inputs = [[0.2, 120], [0.9, 140], [0.4, 160], [0.8, 180], [0.1, 200], [0.7, 220]]
    for epochs in (4090, 4101):
        run = Run(Experiment(inputs, [[0], [1]] * 3, epochs=epochs))
        assert "rounded" not in findings(run)


XOR = {"inputs": [[0, 0], [0, 1], [1, 0], [1, 1]], "labels": [[0], [1], [1], [0]]}


def test_a_relu_that_is_0_for_every_sample_is_found_with_its_place_and_the_epoch() -> None:
    start = [[[1, 1, 0], [-1, -1, -0.5], [1, -1, 0]], [[1, 1, 1, 0]]]
    run = Run(Experiment(**XOR, hidden=(3,), activation="relu", initial=start, learning_rate=0.1, epochs=50))
    assert findings(run)["dead"] == Finding("dead", 0, output=1, layer=0, value=1.0)
    dying = Run(Experiment(**XOR, hidden=(4,), activation="relu", learning_rate=1, epochs=200, seed=0))
    found = findings(dying)["dead"]
    assert found.position > 0
    died = dying.history.position > found.position
    assert not dying.history.gradients[found.layer][died, found.output].any()
    assert dying.history.gradients[found.layer][~died, found.output][-1].any()
    for experiment in (
        Experiment(**XOR, hidden=(4,), activation="tanh", epochs=50),
        Experiment(**XOR, activation="relu", epochs=50),
        Experiment(
            [[1]], [[1]], hidden=(1,), activation="relu", initial=[[[-1, 0]], [[1, 1]]], epochs=50
        ),  # it is right
    ):
        assert "dead" not in findings(Run(experiment))


def test_a_relu_that_gives_something_is_not_dead_though_no_gradient_reaches_it() -> None:
    start = [[[1, 1, 0], [1, -1, 0]], [[-1, -1, -1], [-2, -1, 0]], [[1, 1, -0.5]]]
    run = Run(Experiment(**XOR, hidden=(2, 2), activation="relu", initial=start, learning_rate=0.1, epochs=50))
    assert findings(run)["dead"] == Finding("dead", 0, output=0, layer=1, value=2.0)  # not the two below them
    assert not run.history.gradients[0][1:].any()


def test_too_large_a_rate_of_hidden_layers_is_measured_by_the_last_layers_inputs() -> None:
    for rate, found in ((1.5, False), (20, True)):
        run = Run(Experiment(**XOR, hidden=(4,), activation="tanh", learning_rate=rate, epochs=300, seed=3))
        unstable = findings(run).get("unstable")
        assert (unstable is not None) is found
    assert unstable is not None
    assert unstable.bound == 8 / 5
