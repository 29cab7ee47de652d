"""The function that a browser's own Python calls: address and edits in, the app's numbers and words out."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import numpy as np
import pytest

from classifier import TUTORIAL_LOSSES, Experiment, Run
from classifier.experiment.limits import LIMITS
from pages.playground import frames
from pages.playground.controls.rates import STOPS
from pages.playground.in_browser import visit
from pages.playground.in_browser.visit import Visit
from pages.playground.screen import PIN, UNPIN
from pages.shared.address.writing import named_experiments, to_params
from pages.shared.run.cache import STORE
from pages.shared.run.runs import finished, shared_run
from pages.shared.text.messages import LAST_GOOD

TUTORIAL = Experiment.tutorial()


class Browser:
    """What stands on the other side: a player that takes chunks, and a panel."""

    def __init__(self, query: str = "") -> None:
        self.visit, self.view, self.pressed, self.told = Visit(), {}, [], {}  # type: ignore[var-annotated]
        self.frames: dict[str, np.ndarray] = {}
        self.do(["begin", query, "table", 0])

    def do(self, *acts: list[Any], **view: int) -> dict[str, Any]:
        self.view |= view
        said = json.dumps({"acts": acts, "view": self.view, "pressed": self.pressed})
        head, _, body = self.visit.answer(said).partition(b"\n")
        self.told = told = json.loads(head)
        if told["run"] != self.view.get("run"):
            assert told["figures"]
            assert told["start"] == 0
            self.frames, self.view = {}, {"run": told["run"], "position": told["position"], "jump": told["jump"]}
        for name, coded in told["frames"].items():
            count = int(np.prod(coded["shape"]))
            part = np.frombuffer(body, "<" + coded["dtype"], count, coded["at"]).reshape(coded["shape"])
            self.frames[name] = np.concatenate([self.frames[name], part]) if told["start"] else part
        self.view["have"] = len(self.frames["running_loss"])
        return told

    def text(self, name: str, text: str) -> dict[str, Any]:
        return self.do(["text", name, text])

    def press(self, kind: str, value: str) -> dict[str, Any]:
        self.pressed = [[len(self.pressed) + 1, kind, value], *self.pressed]
        return self.do()

    def to_the_end(self) -> None:
        while self.told["end"] is None or self.view["have"] <= self.told["end"]:
            self.do(question=self.view.get("question", 0) + 1)


def trained(experiment: Experiment) -> Run:
    return finished(shared_run(experiment))


@pytest.mark.parametrize("name", named_experiments())
def test_an_example_has_the_apps_frames_bit_for_bit(name: str) -> None:
    browser, run = Browser(f"example={name}"), trained(named_experiments()[name])
    browser.to_the_end()
    for array, values in frames.run_frames(run.experiment, run.history).items():
        np.testing.assert_array_equal(browser.frames[array], values)
    assert browser.told["panel"]["example"] == name


def test_a_long_run_comes_as_it_is_asked_for_and_an_edit_ends_it() -> None:
    browser = Browser("example=iris&epochs=6000")
    assert not browser.told["done"]
    before = browser.told["trained"]
    assert 0 < before < browser.do(question=1)["trained"] < 6000
    told = browser.text("epochs", "20")
    assert (told["total"], told["start"], told["end"], told["done"]) == (20, 0, 20, True)
    assert told["address"] == "example=iris&epochs=20"


def test_what_a_link_asks_for_is_there_and_is_written_again() -> None:
    query = (
        "lr=0.1%2C0.5%4040&epochs=60&seed=7&route=chain&inputs=1+3_0.5+9&labels=1_0&hidden=4_3&activation=tanh"
        "&input_name=a&input_name=b&label_name=c&pin=lr%3D0.1&chart=landscape&across=1-2&up=2.3-b&sample=2"
    )
    browser = Browser(f"{query}&position=30&view=loss.log")
    assert browser.told["address"] == query
    assert (browser.told["position"], browser.told["total"], browser.told["actions"]) == (30, 60, [UNPIN, PIN])
    assert browser.told["panel"]["course"] == "Then 0.5 from position 40"
    assert Browser("example=iris&rows=95").told["address"] == "example=iris&rows=91"
    notes = Browser("lr=x&present=1&class=ABCDEFGH&nonsense=<b>").told["notes"]
    assert [note.partition(" in")[0] for note in notes[:4]] == ['"lr"', '"nonsense"', '"present"', '"class"']
    assert notes[2].endswith("it needs the app.")
    assert Browser("unseen=1").told["notes"][0] == '"unseen" in the address is ignored: it needs the app.'


def test_what_an_address_has_no_room_for_is_said() -> None:
    browser, large = Browser(), Experiment([[0.125] * 10] * 1000, [[0]] * 1000, epochs=2)
    browser.do(["address", urlencode(to_params(large), doseq=True)])
    assert browser.told["address"] == "epochs=2"
    browser.press("action", PIN)
    samples, pin = browser.told["notes"][:2]
    assert samples.startswith("This table is too large for an address.")
    assert pin.startswith("The pinned run is too large for the address.")


def test_a_bad_text_stays_and_is_named_and_the_last_good_run_goes_on() -> None:
    browser = Browser()
    browser.do(position=318)
    run = browser.told["run"]
    told = browser.text("epochs", "many")
    assert (told["run"], told["panel"]["texts"]["epochs"], told["frames"]) == (run, "many", {})
    assert told["panel"]["problems"]["epochs"] == ['Epochs: "many" is not a whole number.', LAST_GOOD]
    told = browser.do(["text", "learning_rate", "0,5"], ["text", "epochs", "100"], ["text", "nothing", "1"])
    assert (told["address"], told["position"]) == ("lr=0.5&epochs=100", 100)
    assert not any(told["panel"]["problems"].values())
    refused = browser.text("learning_rate", "1000000")["panel"]
    assert (refused["rate"], STOPS[refused["stop"]], refused["texts"]["learning_rate"]) == ("0.5", 0.5, "1000000")
    told = browser.text("learning_rate", "0,5")
    assert browser.text("route", "magic")["address"] == told["address"]
    over = browser.text("epochs", str(LIMITS.epochs + 1))["panel"]["problems"]["epochs"][0]
    assert str(LIMITS.epochs) in over.replace("\u202f", "").replace(" ", "")


def test_a_table_is_judged_and_trained_and_an_old_one_is_passed_over() -> None:
    browser = Browser()
    table = {"name": "table", "version": 1, "inputs": ["<b>"], "labels": ["=1+1"], "rows": [["1", "1"], ["2", "x"]]}
    sheet = browser.do(["table", table])["panel"]["sheet"]
    assert sheet["judged"] == 1
    assert sheet["problems"] == [[1, 1, '"x" is not a number.']]
    told = browser.do(["table", table | {"version": 2, "rows": [["1", "1"], ["2", "0"]]}])
    assert told["address"] == "inputs=1_2&labels=1_0&input_name=%3Cb%3E&label_name=%3D1%2B1"
    assert browser.do(["table", table | {"version": 1}])["address"] == told["address"]
    assert browser.do(["table", table | {"name": "another", "version": 9}])["address"] == told["address"]
    rows = [[str(row), "1"] for row in range(LIMITS.samples + 1)]
    assert "more than" in browser.do(["table", table | {"version": 3, "rows": rows}])["panel"]["problems"]["table"][0]


def test_the_rate_changes_from_here_on_and_back() -> None:
    browser = Browser()
    told = browser.do(["rate", "0.5"], position=100)
    assert (told["address"], told["panel"]["changes"]) == (
        "lr=0.01%2C0.5%40100",
        [[100, "Remove 0.5 from position 100"]],
    )
    run = trained(TUTORIAL.with_rate_from(100, 0.5))
    browser.to_the_end()
    np.testing.assert_array_equal(browser.frames["weights_1"], run.history.parameters[0])
    assert browser.do(["rate", "0.5"])["panel"]["rateSaid"] == "At position 100 the rate is 0.5 already."
    assert browser.do(["rate", "<i>"])["panel"]["rateSaid"] == '"<i>" is not a number.'
    assert browser.do(["drop", 100])["address"] == ""
    assert browser.do(["rate", "0.2"], position=0)["panel"]["texts"]["learning_rate"] == "0.2"


def test_initial_weights_begin_as_those_shown() -> None:
    browser = Browser("example=xor-hidden")
    told = browser.text("start", "typed")
    first = [
        [round(float(w), 3) for w in row] for row in Run(named_experiments()["xor-hidden"]).history.parameters[0][0]
    ]
    typed = told["panel"]["texts"]["initial"].partition("\n\n")[0]
    assert [[float(part) for part in line.split()] for line in typed.splitlines()] == first
    told = browser.text("hidden", "2")
    assert told["panel"]["leftOut"].startswith("Left out: the samples need 2 rows of 3 numbers")
    assert (told["panel"]["newSeedOff"], browser.text("start", "zeros")["panel"]["newSeedOff"]) == (False, True)


def test_what_is_pressed_in_the_player_is_done_once() -> None:
    browser = Browser("example=iris")
    assert "pin=" in browser.press("action", PIN)["address"]
    assert browser.press("rows", "20")["address"].endswith("&rows=21")
    assert browser.press("choice", "sample=4")["address"].endswith("&sample=5")
    assert "chart=decision" in browser.press("choice", "decision")["address"]
    assert "up=3" in browser.press("choice", "up=3")["address"]
    assert "pin=" not in browser.press("action", UNPIN)["address"]
    assert browser.told["pressed"] == 6
    browser.press("choice", "sample=many")
    assert "sample=5" in browser.press("rows", "99999")["address"]


def test_another_example_or_address_moves_the_player() -> None:
    browser = Browser()
    browser.do(position=500)
    told = browser.do(["example", "gates"])
    assert (told["position"], told["jump"], told["panel"]["sheet"]["table"]["labels"]) == (0, 1, ["AND", "OR", "NAND"])
    browser.view["position"] = 700
    told = browser.do(["address", "seed=7&position=20"])
    assert (told["position"], told["jump"], told["address"]) == (20, 2, "seed=7")


def test_many_edits_keep_no_more_than_what_a_browser_has_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visit, "_CACHE_BYTES", 500_000)
    monkeypatch.setattr(STORE, "_places", type(STORE._places)())
    browser = Browser("epochs=20&chart=landscape")
    for seed in range(40):  # without a bound, 1.3 MB
        browser.text("seed", str(seed))
    assert 300_000 < STORE.nbytes < 500_000
    assert browser.told["address"].startswith("epochs=20&seed=39")


def test_the_tutorial_ends_at_the_published_loss() -> None:
    browser = Browser()
    browser.to_the_end()
    last = max(TUTORIAL_LOSSES)
    assert browser.frames["running_loss"][last + 1] == pytest.approx(TUTORIAL_LOSSES[last], rel=1e-6)
