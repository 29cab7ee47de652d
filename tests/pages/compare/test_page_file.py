"""A comparison as a file holds all its runs, and what became of them."""

from __future__ import annotations

import numpy as np

from classifier import Experiment, Sweep
from pages.compare.members import read_members
from pages.compare.page_file import page
from pages.shared.share.page_html.page_html import page_html
from tests.page_data import PageData

TUTORIAL = Experiment.tutorial().replace(epochs=300)


def test_all_runs_are_there_to_their_end() -> None:
    members = read_members("lr", "0.001, 0.1", TUTORIAL)
    sweep = Sweep([member.experiment for member in members])
    sweep.advance()
    file = PageData(page_html(page("lr", TUTORIAL, members, 2.0, 30, "https://example.org/compare?vary=lr")))
    for number, history in enumerate(sweep.histories):
        np.testing.assert_array_equal(file.array("run", "", f"loss_{number}")[1:], history.running_loss[1:])
        np.testing.assert_array_equal(
            file.array("run", "", f"weights_{number}_1")[..., :-1], history.parameters[0][..., :-1]
        )
    assert file.data["order"] == ["loss", "weights"]
    assert "Learning rate: 0.001, 0.1" in file.text
    assert "300 epochs, seed 42, fused, float32" in file.text
    assert "lr 0.01" not in file.text, "each run has its own"
    assert "Epochs to a loss of 2" in file.text
    assert "Final running loss" in file.text
    assert file.links == ["https://example.org/compare?vary=lr"]


def test_what_is_left_out_is_said() -> None:
    base = TUTORIAL.replace(schedule=((5, 0.5),))
    file = PageData(page_html(page("lr", base, read_members("lr", "0.1", base), 2.0, 0)))
    assert "are left out" in file.data["player"]["notes"][0]
