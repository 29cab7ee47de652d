"""The table of an experiment's fields: none is missing, and a new one is everywhere by its one line there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from classifier import Experiment, ExperimentError
from pages.shared.address.fields import BY_KEY, FIELD, FIELDS, NAMES, read_key, rule_of, write_key
from pages.shared.address.writing import named_experiments

ROOT = Path(__file__).parents[4]
EXPERIMENT, TABLE = Path("classifier/experiment/experiment.py"), Path("pages/shared/address/fields.py")

DEFAULT = "    scaling: Scaling | None = None\n"
RULE = '        self._set("schedule", check_schedule(self.schedule))\n'
LINES = "FIELDS: Final = (\n"
NEW_DEFAULT = "    momentum: float = 0.0\n"
NEW_RULE = (
    '        self._set("momentum", check_rate(self.momentum, title("momentum"), field="momentum"))\n'  # a range will do
)
NEW_LINE = '    Field("momentum", "momentum", parse_number, format_number, phrase="momentum {}", is_typed=True),\n'

# Everything that an experiment is written to, read from or changed by.
PROGRAM = """
import json
from urllib.parse import parse_qs, urlencode

from classifier import Experiment
from pages.compare.members import VARIATIONS, read_members
from pages.playground.difference import difference
from pages.shared.address.fields import FIELD
from pages.shared.address.reading import from_params
from pages.shared.address.writing import to_params, write_pin
from pages.shared.draft.draft import edited, judge, write_draft
from pages.shared.draft.table import Table
from pages.shared.share.experiment_file import read_experiment, write_experiment
from pages.shared.share.scripts import numpy_script, torch_script
from pages.your_data.samples import put, read_samples
from pages.your_data.pasted_text import read_grid


def refusal(write, experiment):
    try:
        return write(experiment)
    except ValueError as error:
        return str(error)


tutorial = Experiment.tutorial()
experiment = tutorial.replace(momentum=0.5)
params = parse_qs(urlencode(to_params(experiment), doseq=True))
draft = write_draft(experiment)
other_table = Table(("a",), ("y",), (("1", "0"), ("2", "1")))
samples = read_samples(read_grid("a;y\\n1;0\\n2;1"), (0,), (1,), standardised=False)
typed = judge(edited(draft, draft.table, {"momentum": "1/4"} if FIELD["momentum"].is_typed else {}))
bad = judge(edited(draft, draft.table, {"momentum": "101"} if FIELD["momentum"].is_typed else {}))
members = [member for kind, variation in VARIATIONS.items()
           for member in read_members(kind, variation.default(experiment), experiment)]
print(json.dumps({
    "label": FIELD["momentum"].label,
    "parameters": params,
    "address": from_params(params).experiment.momentum,
    "pin": from_params({"pin": [write_pin(experiment)]}).pin.momentum,
    "file": read_experiment(write_experiment(experiment).encode()).experiment.momentum,
    "another table": judge(edited(draft, other_table, {})).experiment.momentum,
    "another text": judge(edited(draft, draft.table, {"learning_rate": "0.5"})).experiment.momentum,
    "typed": typed.experiment.momentum,
    "typed badly": bad.problems_of("momentum"),
    "pasted data": put(samples, experiment)[0].momentum,
    "comparison": sorted({member.experiment.momentum for member in members}),
    "difference": difference(experiment, tutorial),
    "no script": [refusal(write, experiment) for write in (numpy_script, torch_script)],
    "a script": "SEED = 42" in numpy_script(tutorial),
}))
"""


def put(path: Path, after: str, text: str) -> None:
    source = path.read_text("utf-8")
    assert source.count(after) == 1, f"{path.name} has another {after.strip()}"
    path.write_text(source.replace(after, after + text), "utf-8")


def copied(to: Path, line: str) -> Path:
    """Copy the project, with a new field in Experiment and a line in the table."""
    skipped = shutil.ignore_patterns("__pycache__", "node_modules")
    for folder in ("classifier", "pages", "tests/pages/shared/address"):
        shutil.copytree(ROOT / folder, to / folder, ignore=skipped)
    put(to / EXPERIMENT, DEFAULT, NEW_DEFAULT)
    put(to / EXPERIMENT, RULE, NEW_RULE)
    put(to / TABLE, LINES, line)
    return to


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    run = [sys.executable, "-B", *arguments]
    # Not with what the outer tests are run with: what covers them would count the copy as well.
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV"))}
    return subprocess.run(run, cwd=folder, env=own, check=False, capture_output=True, text=True)  # noqa: S603 - our own


def found(folder: Path) -> dict[str, Any]:
    done = run("-c", PROGRAM, folder=folder)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def test_a_new_field_is_everywhere(tmp_path: Path) -> None:
    assert found(copied(tmp_path, NEW_LINE)) == {
        "label": "Momentum",
        "parameters": {"momentum": ["0.5"]},
        "address": 0.5,
        "pin": 0.5,
        "file": 0.5,
        "another table": 0.5,
        "another text": 0.5,
        "typed": 0.25,
        "typed badly": ["101 is out of range. The learning rate lies between 0 and 100."],
        "pasted data": 0.5,
        "comparison": [0.5],
        "difference": "momentum 0.5",
        "no script": ["No script can say this yet: Momentum."] * 2,
        "a script": True,
    }


def test_a_new_field_without_a_control_survives_and_is_silent_where_its_line_says_so(tmp_path: Path) -> None:
    line = NEW_LINE.replace('phrase="momentum {}", is_typed=True', "")
    seen = found(copied(tmp_path, line))
    survives = ("address", "pin", "file", "another table", "another text", "typed", "pasted data")
    assert {place: seen[place] for place in survives} == dict.fromkeys(survives, 0.5)
    assert (seen["comparison"], seen["difference"]) == ([0.5], "")


def test_a_new_field_without_its_line_is_missed_by_name(tmp_path: Path) -> None:
    (copied(tmp_path, "") / ".pytest.ini").write_text("[pytest]\npythonpath = .\n", "utf-8")
    test = f"tests/pages/shared/address/test_fields.py::{test_every_field_has_its_line.__name__}"
    done = run("-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", ".pytest.ini", test, folder=tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "without a line: {'momentum'}" in done.stdout


def test_every_field_has_its_line() -> None:
    names = {field.name for field in fields(Experiment)}
    assert names == set(FIELD), f"without a line: {names - set(FIELD)}, no field: {set(FIELD) - names}"
    assert len(FIELD) == len(FIELDS), "one line each"


@pytest.mark.parametrize(
    ("name", "label"),
    [("learning_rate", "Learning rate"), ("dtype", "Precision"), ("initial", "Initial weights"), ("seed", "Seed")],
)
def test_a_field_has_one_label(name: str, label: str) -> None:
    assert FIELD[name].label == label


@pytest.mark.parametrize("key", [key for key, (field, *_) in BY_KEY.items() if field.name not in NAMES])
def test_what_a_parameter_says_is_read_as_it_was_written(key: str) -> None:
    for experiment in (
        named_experiments()["exercise"],
        named_experiments()["lower-rate"].replace(scaling=[[1, 1 / 3]]),
    ):
        text = write_key(key, experiment)
        assert isinstance(text, str)
        assert read_key(key, text) == {field.name: getattr(experiment, field.name) for field in BY_KEY[key]}


def test_too_many_changes_are_counted_before_they_are_read() -> None:
    with pytest.raises(ValueError, match="more than 32 changes"):
        read_key("lr", "1" + ",0.1@5" * 33)


def test_a_rule_stands_without_the_name_of_its_field() -> None:
    with pytest.raises(ExperimentError) as caught:
        Experiment.tutorial().replace(seed=-1)
    assert rule_of(caught.value) == "-1 is out of range. It lies between 0 and 4294967295."
    assert rule_of(ValueError("of any other error: all that it says")) == "of any other error: all that it says"


def test_hidden_layers_and_their_initial_weights_travel_in_an_address() -> None:
    deep = Experiment(
        [[1, 2]], [[1]], hidden=(2, 1), activation="tanh", initial=[[[1, 0.5, 0], [-2, 3, 1e-3]], [[1, 2, 3]], [[4, 5]]]
    )
    written = {key: write_key(key, deep) for key in ("hidden", "activation", "initial")}
    assert written == {"hidden": "2_1", "activation": "tanh", "initial": "1 0.5 0_-2 3 0.001__1 2 3__4 5"}
    for key, text in written.items():
        assert read_key(key, text) == {key: getattr(deep, key)}
    assert (write_key("hidden", Experiment.tutorial()), read_key("hidden", "none")) == ("none", {"hidden": ()})
    with pytest.raises(ValueError, match="more than 3 layers"):
        read_key("hidden", "1_2_3_4")
