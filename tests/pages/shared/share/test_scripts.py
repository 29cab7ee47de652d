"""The programs that a visitor takes away run by themselves and reproduce our losses."""

from __future__ import annotations

import numpy as np
import pytest

from classifier import Experiment, Run
from pages.shared.share.scripts import numpy_script, torch_script
from tests.isolated import printed_lines

TUTORIAL = Experiment.tutorial().replace(epochs=300)
EXPERIMENTS = {
    "tutorial": TUTORIAL,
    "chain": TUTORIAL.replace(route="chain", dtype="float64", seed=7),
    "saturated": TUTORIAL.replace(route="chain", learning_rate=10, epochs=40),
    "schedule": TUTORIAL.replace(schedule=((50, 0.05), (200, 0.001)), seed=3),
    "given": Experiment(
        [[0, 1], [1, 0], [1, 1]],
        [[0.25, 1], [1, 0], [0, 0]],
        learning_rate=0.5,
        epochs=200,
        initial=[[0.5, -1, 0], [1e-3, 0, 2]],
        route="chain",
        input_names=['"""\' # {x}', "\\n"],
        label_names=["=1+1", "%s"],
        scaling=[[5.843, 0.828], [0, 1]],
    ),
    "hidden": Experiment(
        [[0, 1], [1, 0], [1, 1]],
        [[0.25, 1], [1, 0], [0, 0]],
        hidden=(4, 2),
        activation="tanh",
        learning_rate=0.3,
        epochs=90,
        dtype="float64",
    ),
    "deep chain": TUTORIAL.replace(hidden=(3, 8, 2), epochs=60, route="chain", dtype="float64", schedule=((5, 0.2),)),
    "hidden, given": Experiment(
        [[0, 1], [1, 0]],
        [[1], [0]],
        hidden=(2,),
        activation="relu",
        epochs=50,
        learning_rate=0.1,
        initial=[[[1, 2, 0], [-1, 0.5, 0.25]], [[1, -2, 0.5]]],
    ),
    "one cell": Experiment([[2]], [[1]], learning_rate=0, epochs=2),
}


def printed_losses(script: str) -> list[float]:
    """Run a program and give the losses it prints."""
    lines = [line.split() for line in printed_lines(script)]
    assert [int(epochs) for epochs, _ in lines] == list(range(1, len(lines) + 1))
    return [float(loss) for _, loss in lines]


def ours(experiment: Experiment) -> np.ndarray:
    run = Run(experiment)
    run.advance()
    return run.history.running_loss[1:]


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_the_numpy_program_reproduces_every_loss(name: str) -> None:
    script = numpy_script(EXPERIMENTS[name])
    np.testing.assert_allclose(printed_losses(script), ours(EXPERIMENTS[name]), rtol=1e-5)


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_the_pytorch_program_reproduces_every_loss(name: str) -> None:
    pytest.importorskip("torch")
    script = torch_script(EXPERIMENTS[name])
    np.testing.assert_allclose(printed_losses(script), ours(EXPERIMENTS[name]), rtol=1e-5)


@pytest.mark.parametrize("write", [numpy_script, torch_script])
@pytest.mark.parametrize("name", EXPERIMENTS)
def test_every_program_is_python_and_leaves_no_gap(name: str, write: type) -> None:
    script = write(EXPERIMENTS[name])
    compile(script, "experiment.py", "exec")
    assert not any(line != line.rstrip() for line in script.splitlines())
    assert "\n\n\n\n" not in script


def test_a_saturated_run_is_the_same_in_the_program() -> None:
    experiment = TUTORIAL.replace(learning_rate=10, epochs=40, dtype="float64")
    np.testing.assert_allclose(printed_losses(numpy_script(experiment)), ours(experiment), rtol=1e-5, atol=1e-9)
