"""A host's limits: they hold at every door of the app, and whoever meets one reads whose it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from classifier import LIMITS, Experiment, ExperimentError
from pages.hosting.settings import Settings
from pages.shared.draft.draft import edited, judge, write_draft
from pages.shared.draft.table import Table
from pages.shared.share.experiment_file import FileError, read_experiment, write_experiment
from pages.your_data.pasted_text import read_grid
from pages.your_data.samples import put, read_samples
from tests.page_data import player_data

ROOT = Path(__file__).parents[3]
HOST = Settings(max_samples=150, max_inputs=4, max_outputs=4, max_epochs=3_000, max_steps=30_000)
WIDE = Experiment([[1.0] * 5], [[1.0]])


def component(page: AppTest, key: str) -> dict[str, Any]:
    """Give what a component was told."""
    (proto,) = [each.proto for each in page.get("bidi_component") if each.proto.id.endswith(f"-{key}")]
    return player_data(proto.bytes) if key == "stage" else json.loads(proto.json)


@pytest.fixture
def small_host() -> Iterator[None]:
    """Be on a host that lowers every limit."""
    before = asdict(LIMITS)
    LIMITS.lower(**HOST.limits)
    yield
    vars(LIMITS).update(before)


def test_a_limit_can_only_be_lowered(small_host: None) -> None:
    for bounds in ({"steps": 30_001}, {"steps": 0}, {"rows": 5}):
        with pytest.raises(ValueError, match=r"limit rows|is not below 30000"):
            LIMITS.lower(**bounds)
    LIMITS.lower(steps=30_000, epochs=None)
    assert (LIMITS.steps, LIMITS.epochs) == (30_000, 3_000)


@pytest.mark.parametrize(
    ("inputs", "outputs", "samples", "epochs", "said"),
    [
        (1, 1, 151, 1, "151 rows. It may have at most 150 (this host’s limit)."),
        (5, 1, 1, 1, "5 inputs. A sample may have at most 4 (this host’s limit)."),
        (1, 5, 1, 1, "5 labels. A sample may have at most 4 (this host’s limit)."),
        (1, 1, 1, 3_001, "3000 (this host’s limit)"),
        (1, 1, 100, 301, "at most 30000 (this host’s limit): that is 300 epochs of this table."),
    ],
)
def test_no_experiment_is_larger(
    inputs: int, outputs: int, samples: int, epochs: int, said: str, small_host: None
) -> None:
    with pytest.raises(ExperimentError) as error:
        Experiment([[1.0] * inputs] * samples, [[1.0] * outputs] * samples, epochs=epochs)
    assert said in str(error.value)


def test_a_file_that_was_written_elsewhere_is_refused(small_host: None) -> None:
    with pytest.raises(FileError) as error:
        read_experiment(write_experiment(WIDE, 0).encode())
    assert "(this host’s limit)" in str(error.value.problems)


def test_a_typed_table_and_typed_epochs_are_refused(small_host: None) -> None:
    draft = write_draft(Experiment.tutorial())
    for texts, said in (({"epochs": "3001"}, "3000 (this"), ({"epochs": "999999"}, "3000 (this")):
        verdict = judge(edited(draft, draft.table, texts))
        assert said in "".join(verdict.problems_of("epochs"))
    rows = (("1", "1"),) * 151
    verdict = judge(edited(draft, Table(("a",), ("b",), rows), {}))
    assert verdict.problems_of("table") == ["The table has more than 150 (this host’s limit) rows. Remove some."]


def test_samples_are_trained_for_as_many_epochs_as_the_host_allows(small_host: None) -> None:
    grid = read_grid("a;b\n" + "".join(f"{row};{row % 2}\n" for row in range(20)))
    experiment, notes = put(read_samples(grid, (0,), (1,), standardised=False), Experiment.tutorial())
    assert experiment.epochs == 1_500
    assert any("30000 (this host’s limit) steps" in note for note in notes)


@pytest.mark.parametrize(
    ("key", "value"),
    [("epochs", "3001"), ("inputs", "_".join(["1"] * 151)), ("inputs", "1 1 1 1 1"), ("labels", "1 1 1 1 1")],
)
def test_an_address_is_told_and_the_sheet_knows(key: str, value: str, small_host: None) -> None:
    page = AppTest.from_file(ROOT / "pages" / "router.py", default_timeout=60)
    page.query_params[key] = value
    if key != "epochs":
        page.query_params["labels" if key == "inputs" else "inputs"] = "1"
    page.run()
    assert not page.exception
    assert "(this host’s limit)" in json.dumps(component(page, "stage")["notes"], ensure_ascii=False)
    sheet = component(page, "samples")
    assert sheet["limits"] == {"rows": 150, "inputs": 4, "labels": 4}
    assert sheet["limitsTold"]["rows"] == "150 (this host’s limit)"
