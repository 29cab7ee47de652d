"""Everybody's own run: what became of one experiment with many values of one thing, for the teacher of a class."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qs

from classifier import Experiment
from pages.shared.address.fields import FIELD
from pages.shared.address.reading import from_params
from pages.shared.run import runs
from pages.shared.session import state

MOST: Final = 500
_TRAIN_S: Final = 0.5
"""Each rerun of the page trains for so long: shorter ones would draw the page more often than train."""
_LONGEST: Final = 80_000
_KEYS: Final = {"seed": "seed", "lr": "lr", "initial": "seed"}


@dataclass
class OwnRuns:
    """The runs that a class has, and what became of those that are trained.

    Attributes
    ----------
    experiments : dict
        By the value as the address of a student's page writes it.
    results : dict
        The loss of the last epoch, "nan" if it is no number, and whether every ŷ is right.
    """

    said: tuple[str, str] = ("", "")
    experiments: dict[str, Experiment] = field(default_factory=dict)
    results: dict[str, tuple[float | str, bool]] = field(default_factory=dict)

    def ask(self, text: str) -> None:
        """Take what the browser of a teacher says: the address of the experiment, what differs, and its values."""
        try:
            said: Any = json.loads(text) if len(text) <= _LONGEST else None
            kind, address, values = str(said["kind"]), str(said["address"]), list(said["values"])[:MOST]
            key = _KEYS[kind]
        except (ValueError, TypeError, KeyError, RecursionError):
            return
        if (kind, address) != self.said:
            self.said, self.experiments, self.results = (kind, address), {}, {}
        params = parse_qs(address, max_num_fields=1000) | ({"initial": ["none"]} if kind == "initial" else {})
        for value in values:
            if isinstance(value, str) and value not in self.experiments and len(self.experiments) < MOST:
                self.experiments[value] = from_params(params | {key: [value]}).experiment

    def told(self) -> dict[str, object] | None:
        """Train on for a while, and say what is known by then, and of how many runs it is not."""
        if not self.experiments:
            return None
        end = time.monotonic() + _TRAIN_S
        for value in [value for value in self.experiments if value not in self.results]:
            run = runs.shared_run(self.experiments[value])
            runs.train(run, budget_s=max(0.01, end - time.monotonic()))
            if not run.done:
                break
            loss = runs.last_loss(run) if self.experiments[value].epochs else "nan"
            self.results[value] = (loss, bool(run.history.accuracy[-1] == 1))
            if time.monotonic() > end:
                break
        return {"of": self.said, "results": self.results, "waits": len(self.experiments) - len(self.results)}


def asked() -> OwnRuns:
    """Give what this visitor has asked for as a teacher."""
    return state.kept("class_runs", OwnRuns)


def differs(experiment: Experiment) -> list[str]:
    """Say what can differ from student to student. Where the weights are given, a seed draws none."""
    return ["seed" if experiment.initial is None else "initial", FIELD["learning_rate"].key]
