"""The playground as a file holds all that the page can show of a run."""

from __future__ import annotations

import numpy as np

from classifier import Experiment, Run
from pages.playground.chosen_chart.choice import Choice, Decision
from pages.playground.page_file import page
from pages.shared.address.writing import named_experiments
from pages.shared.share.page_html.page_html import page_html
from tests.page_data import PageData, decoded

TUTORIAL = Experiment.tutorial()


def test_every_sample_is_in_one_of_the_windows() -> None:
    iris = named_experiments()["iris"]
    run = Run(iris)
    run.advance()
    file = PageData(page_html(page(iris, 50, row=140)))
    windows = file.data["parts"]["rows"]
    assert list(windows) == [str(first) for first in range(0, 150, 10)]
    yhat = np.concatenate([file.array("rows", first, "yhat") for first in windows], axis=1)
    np.testing.assert_array_equal(yhat, run.history.yhat)
    np.testing.assert_array_equal(decoded(file.data["player"]["positions"]), run.positions)
    assert file.data["chosen"] == {"run": "", "choice": "layers", "rows": "140"}
    rows = [part["figures"]["predictions"]["layout"]["meta"]["rows"]["first"] for part in windows.values()]
    assert rows == list(range(0, 150, 10))


def test_every_chart_to_choose_is_there_with_its_settings() -> None:
    choice = Choice("decision", Decision(output=2, across=1, up=0))
    file = PageData(page_html(page(TUTORIAL, 0, choice=choice)))
    parts = file.data["parts"]["choice"]
    assert [list(part["figures"]) for part in parts.values()] == [["layer_gradients"], ["decision"], ["landscape"]]
    assert file.data["chosen"]["choice"] == "decision"
    assert file.data["order"][:8] == [
        *("network", "predictions", "loss", "weights", "gradients"),
        *("layer_gradients", "decision", "landscape"),
    ]
    assert "ŷ of y₃" in parts["decision"]["figures"]["decision"]["layout"]["title"]["text"]
    assert parts["landscape"]["figures"]["landscape"]["data"][0]["z"], "the surface, because the run is finished"
    for name, part in parts.items():
        (figure,) = part["figures"].values()
        assert figure["layout"]["meta"]["choice"]["chosen"] == name


def test_every_bound_array_is_there_whatever_is_chosen() -> None:
    for experiment in (TUTORIAL, TUTORIAL.replace(schedule=((5, 0.5),)), named_experiments()["iris"]):
        data = PageData(page_html(page(experiment, 0))).data
        common = data["parts"]["run"][""]
        for part in (*data["parts"]["choice"].values(), *data["parts"]["rows"].values()):
            held = {"position", *common["frames"], *part["frames"]}
            for binding in (*common["bindings"], *part["bindings"]):
                names = binding["array"]
                assert {names} if isinstance(names, str) else set(names) <= held


def test_the_lesson_the_settings_and_the_pinned_run_are_told() -> None:
    file = PageData(page_html(page(TUTORIAL, 7, "https://example.org/", pinned=TUTORIAL.replace(seed=7))))
    assert file.data["player"]["notes"][1].startswith("y₁ is x₁, and the other labels are 0. ")
    assert "lr 0.01, 2000 epochs, seed 42, fused, float32" in file.text
    assert "5 samples, 3 inputs, 4 outputs" in file.text
    assert file.data["player"]["position"] == 7
    assert file.links == ["https://example.org/"]
    pinned = [trace for trace in file.data["parts"]["run"][""]["figures"]["loss"]["data"] if "seed 7" in str(trace)]
    assert len(pinned) == 1
    assert "seed 42, fused, float32, sigmoid" not in file.text
    assert "An experiment" in PageData(page_html(page(TUTORIAL.replace(seed=7, epochs=5), 0))).text
