"""Every page opens for any network, and no way out of the app loses a part of one."""

from __future__ import annotations

import ast
from urllib.parse import urlencode

import numpy as np
import pytest

from classifier import Experiment
from classifier.experiment.hidden import shapes
from pages.hosting import missing
from pages.shared.address.reading import from_params
from pages.shared.address.writing import to_params
from pages.shared.draft.draft import judge, write_draft
from pages.shared.share.experiment_file import read_experiment, write_experiment
from pages.shared.share.scripts import numpy_script, torch_script
from tests.opening import opened

PAGES = sorted(missing.PAGES | {missing.FIRST_PAGE})


@pytest.mark.parametrize("sizes", [(2, 4, 1), (3, 4, 4), (4, 8, 8, 8, 3)])
@pytest.mark.parametrize("name", PAGES)
def test_it_opens(name: str, sizes: tuple[int, ...]) -> None:
    random = np.random.default_rng(0)
    inputs, labels = random.integers(-3, 4, (4, sizes[0])), random.integers(0, 2, (4, sizes[-1]))
    experiment = Experiment(inputs, labels, hidden=sizes[1:-1], activation="tanh", epochs=3)
    page = opened(name, urlencode(to_params(experiment), doseq=True))
    assert page.query_params["hidden"] in ("_".join(map(str, sizes[1:-1])), ["_".join(map(str, sizes[1:-1]))])


def drawn(seed: int) -> Experiment:
    """Draw an experiment with hidden layers, or without."""
    rng = np.random.default_rng(seed)
    rows, inputs, outputs = (int(rng.integers(1, most)) for most in (6, 5, 4))
    hidden = tuple(int(units) for units in rng.integers(1, 9, rng.integers(0, 4)))
    matrices = [rng.normal(0, 10.0 ** rng.integers(-6, 5), shape) for shape in shapes((inputs, *hidden, outputs))]
    rates = [(int(epoch), float(rng.random() ** 6)) for epoch in np.unique(rng.integers(1, 900, rng.integers(0, 6)))]
    return Experiment(
        rng.normal(0, 10.0 ** rng.integers(-6, 5), (rows, inputs)).tolist(),
        rng.choice([0, 1, float(rng.random())], (rows, outputs)).tolist(),
        hidden=hidden,
        activation=str(rng.choice(["sigmoid", "tanh", "relu"])),
        learning_rate=float(10 ** rng.uniform(-6, 1.9)),
        epochs=int(rng.integers(0, 1000)),
        seed=int(rng.integers(0, 2**32)),
        route=str(rng.choice(["fused", "chain"])),
        dtype=str(rng.choice(["float32", "float64"])),
        schedule=rates,
        initial=[matrix.tolist() for matrix in matrices] if rng.random() < 0.5 else None,
    )


def told(script: str) -> dict[str, object]:
    """Read the constants at the head of a program."""
    lines = (line for line in ast.parse(script).body if isinstance(line, ast.Assign))
    return {line.targets[0].id: ast.literal_eval(line.value) for line in lines if _is_constant(line)}  # type: ignore[attr-defined]


def _is_constant(line: ast.Assign) -> bool:
    return isinstance(line.targets[0], ast.Name) and line.targets[0].id in {
        "INPUTS", "LABELS", "EPOCHS", "RATES", "SEED", "HIDDEN", "INITIAL",
    }  # fmt: skip


def test_two_hundred_networks_come_back_from_a_link_a_file_a_draft_and_two_programs() -> None:
    seen = set()
    for experiment in map(drawn, range(200)):
        opened = from_params({key: [text] for key, text in to_params(experiment).items()})
        assert (opened.experiment, opened.notices) == (experiment, ())
        assert read_experiment(write_experiment(experiment).encode()).experiment == experiment
        assert judge(write_draft(experiment)).experiment == experiment
        for script in (numpy_script(experiment), torch_script(experiment)):
            said = told(script)
            assert said["INPUTS"] == [list(row) for row in experiment.inputs]
            assert said["LABELS"] == [list(row) for row in experiment.labels]
            assert said["RATES"] == [[0, experiment.learning_rate], *map(list, experiment.schedule)]
            assert (said["EPOCHS"], said["SEED"]) == (experiment.epochs, experiment.seed)
            assert said.get("HIDDEN", []) == list(experiment.hidden)
            given = experiment.initial and [[list(row) for row in matrix] for matrix in experiment.initial]
            assert said["INITIAL"] == given
            assert f"DTYPE = np.{experiment.dtype}" in script
            named = {"sigmoid": "Sigmoid()", "tanh": "Tanh()", "relu": "ReLU()"}
            others = {name for name in named if name != experiment.activation and name != "sigmoid"}
            assert not experiment.hidden or named[experiment.activation] in script
            assert not any(named[other] in script for other in others)
        seen.add((len(experiment.hidden), experiment.activation, experiment.route, bool(experiment.schedule)))
    assert len(seen) >= 40, "of 48 kinds"
