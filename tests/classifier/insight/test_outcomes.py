"""A run is called what it is, and the first position below a loss is found."""

from dataclasses import replace

import numpy as np
import pytest

from classifier import Experiment, Run, epochs_to, outcome, zeros_initial

TUTORIAL = Experiment.tutorial()


def became(experiment: Experiment) -> str:
    run = Run(experiment)
    run.advance()
    return outcome(run.history, experiment)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"learning_rate": 0}, "slow"),
        ({"learning_rate": 1e-4}, "slow"),
        ({"learning_rate": 1e-3}, "slow"),
        ({"learning_rate": 0.1}, "converged"),
        ({"epochs": 0}, "slow"),
        ({"epochs": 1}, "slow"),
        ({"epochs": 50}, "slow"),
        ({"learning_rate": 10, "epochs": 50}, "diverged"),
        ({"learning_rate": 10, "epochs": 50, "route": "chain"}, "saturated"),
        ({"learning_rate": 0.3, "epochs": 50}, "diverged"),
        ({"learning_rate": 10}, "converged"),
    ],
)
def test_the_tutorial_at_other_settings(changes: dict[str, object], expected: str) -> None:
    assert became(TUTORIAL.replace(**changes)) == expected


def test_steps_that_cancel_within_an_epoch_are_not_called_converged() -> None:
    xor = Experiment([[1, 0], [1, 1], [0, 0], [0, 1]], [[1], [0], [0], [1]], learning_rate=0.5, epochs=1000)
    assert became(xor.replace(initial=zeros_initial(2, 1))) == "converged"  # it ends above its start, by a little
    assert became(xor.replace(learning_rate=10)) == "diverged"


def test_small_inputs_have_small_gradients_and_are_not_called_converged() -> None:
    small = Experiment([[0.01], [-0.01]], [[1], [0]], epochs=10)
    assert became(small) == became(small.replace(inputs=[[1], [-1]])) == "slow"


def test_labels_that_are_all_alike_converge_though_guessing_them_costs_nothing() -> None:
    assert became(Experiment([[0, 1], [1, 1]], [[0], [0]], learning_rate=0.5)) == "converged"


def test_an_input_that_is_always_0_has_no_say() -> None:
    assert became(Experiment([[0, 1], [0, -1]], [[1], [0]], learning_rate=0.5)) == "converged"


def test_a_saturated_entry_that_comes_free_is_not_called_saturated() -> None:
    """By the fused route it still learns."""
    start = [[0, 1000.0]]
    experiment = Experiment([[0]], [[0]], learning_rate=1, epochs=300, initial=start)
    assert became(experiment) == "slow"
    assert became(experiment.replace(route="chain")) == "saturated"
    assert became(experiment.replace(epochs=3000)) == "converged"


def test_an_entry_that_others_set_free_is_not_called_saturated() -> None:
    """The second sample pulls the weight down, and in epoch 19 of 20 the first one is no longer exactly 1."""
    experiment = Experiment([[1], [0.8]], [[0], [0]], 0.0416, 20, route="chain", initial=[[18, 0]])
    run = Run(experiment)
    run.advance()
    first = run.history.yhat[:, 0, 0]
    assert (first[:18] == 1).all()
    assert first[18] == 1 > first[20]
    assert outcome(run.history, experiment) == "slow"


def test_the_first_position_at_or_below_a_loss() -> None:
    run = Run(TUTORIAL)
    assert epochs_to(run.history, 100) is None
    run.advance()
    losses = run.history.running_loss
    assert epochs_to(run.history, float(losses[318])) == 318
    assert epochs_to(run.history, float(np.nextafter(losses[318], 0))) == 319
    assert epochs_to(run.history, 1000) == 1
    assert epochs_to(run.history, 0.2) is None


@pytest.mark.parametrize(
    ("gradient", "loss", "expected"),
    [
        # of the largest gradient that the inputs allow, and of the loss of guessing
        (0.04, 1.9, "converged"),
        (0.04, 2.1, "diverged"),
        (0.06, 1.9, "slow"),
    ],
)
def test_the_limits_of_standing_still_and_of_guessing(gradient: float, loss: float, expected: str) -> None:
    experiment = Experiment([[1.0], [1.0]], [[1], [0]], epochs=100)
    run = Run(experiment)
    run.advance()
    of_guessing = 2 * np.log(2)
    history = replace(
        run.history,
        running_loss=np.full(101, loss * of_guessing),
        gradients=(np.full((101, 1, 2), 2 * gradient),),
    )
    assert outcome(history, experiment) == expected


@pytest.mark.parametrize(("rise", "expected"), [(1.09, "slow"), (1.11, "diverged")])
def test_a_loss_that_rises_by_more_than_a_tenth_is_not_settling(rise: float, expected: str) -> None:
    experiment = TUTORIAL.replace(learning_rate=1e-3, epochs=100)
    run = Run(experiment)
    run.advance()
    losses = run.history.running_loss.copy()
    losses[-1] = losses[91:-1].min() * rise
    assert outcome(replace(run.history, running_loss=losses), experiment) == expected


def test_what_happened_before_the_last_tenth_does_not_count() -> None:
    experiment = TUTORIAL.replace(learning_rate=1e-3, epochs=100)
    run = Run(experiment)
    run.advance()
    for position, expected in ((85, "slow"), (89, "slow"), (91, "diverged")):
        losses = run.history.running_loss.copy()
        losses[position] *= 3
        assert outcome(replace(run.history, running_loss=losses), experiment) == expected, position


@pytest.mark.parametrize(
    ("label", "z", "expected"),
    [
        (1, -1000, True),
        (0, 1000, True),
        (0.7, -1000, True),
        (0.3, 1000, True),
        (1, 1000, False),
        (0, -1000, False),
        (0.7, 1000, False),
        (0.3, -1000, False),
        (0.5, 1000, False),
    ],
)
@pytest.mark.parametrize("epochs", [1, 40])
def test_saturated_is_what_stands_at_the_end_that_the_label_is_not_near(
    label: float, z: float, expected: bool, epochs: int
) -> None:
    """One epoch is enough to say so."""
    experiment = Experiment([[1]], [[label]], learning_rate=0.01, epochs=epochs, route="chain", initial=[[z, 0]])
    assert (became(experiment) == "saturated") == expected


def standing_still_at(loss: float, experiment: Experiment) -> str:
    """Say what became of a run whose gradient has vanished, at a loss."""
    run = Run(experiment.replace(epochs=100))
    run.advance()
    none = tuple(map(np.zeros_like, run.history.gradients))
    return outcome(replace(run.history, running_loss=np.full(101, loss), gradients=none), run.experiment)


def test_guessing_is_by_column() -> None:
    """Three of five labels of the tutorial's first column are 1, and none of the other three columns."""
    guessing = -(3 * np.log(0.6) + 2 * np.log(0.4))
    assert standing_still_at(1.99 * guessing, TUTORIAL) == "converged"
    assert standing_still_at(2.01 * guessing, TUTORIAL) == "diverged"


def test_where_guessing_costs_nothing_a_tenth_for_each_entry_is_no_divergence() -> None:
    alike = Experiment([[1]] * 5, [[0, 0]] * 5)
    assert standing_still_at(1.0, alike) == "converged"
    assert standing_still_at(1.01, alike) == "diverged"
