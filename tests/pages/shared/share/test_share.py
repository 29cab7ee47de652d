"""The link to a screen, and the popover that offers it beside everything that can be taken away."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import numpy as np
import pytest
import segno
from streamlit.testing.v1 import AppTest

from classifier import Experiment
from pages.hosting.missing import FIRST_PAGE, PAGES
from pages.shared.address.reading import from_params
from pages.shared.address.writing import to_params
from pages.shared.session import links
from pages.shared.share import share
from pages.shared.share.experiment_file import write_experiment
from pages.shared.share.qr import MAX_QR, qr_image
from tests.page_data import PageData

ROOT = Path(__file__).parents[4]
TUTORIAL = Experiment.tutorial()
HOST = "https://backprop-by-hand.example.org"


def table(rows: int, inputs: int, outputs: int, digits: int) -> Experiment:
    rng = np.random.RandomState(1)
    return Experiment(rng.normal(0, 9, (rows, inputs)).round(digits), rng.randint(0, 2, (rows, outputs)))


@pytest.fixture
def page() -> AppTest:
    return AppTest.from_file(ROOT / "pages" / "router.py", default_timeout=60).run()


def opened(page: AppTest) -> AppTest:
    page.session_state[share.KEY] = True
    page.run()
    assert not page.exception
    return page


def link_of(page: AppTest) -> str:
    (code,) = page.code
    return code.value


def test_links_are_short() -> None:
    changed = TUTORIAL.replace(learning_rate=0.123, seed=99_999, route="chain", dtype="float64")
    for experiment in (TUTORIAL, changed):
        assert len(share.link(HOST, to_params(experiment, 1999) | {"view": "loss.log"})) < 300
    assert len(share.link(HOST, to_params(table(30, 4, 3, 2), 1999))) < 2_000


def test_a_link_is_the_screen() -> None:
    experiment = table(30, 4, 3, 2).replace(schedule=((5, 0.5),))
    address = urlsplit(share.link(HOST + "/", to_params(experiment, 318) | {"view": "loss.log"}))
    assert (address.scheme, address.netloc, address.path) == ("https", HOST.split("//")[1], "/")
    params = parse_qs(address.query)
    assert params["view"] == ["loss.log"]
    read = from_params(params, extra=("view",))
    assert (read.experiment, read.position, read.notices) == (experiment, 318, ())
    assert share.link(HOST, {}) == HOST + "/"
    assert share.link(HOST + "/step_by_step", {"phase": "7"}) == HOST + "/step_by_step?phase=7"


# What an address of a page says beside the experiment; of the others nothing.
OWN = {
    "playground": {"view": "loss.log", "chart": "decision"},
    "compare": {"vary": "seed", "values": "1,2,3"},
    "step_by_step": {"sample": "2", "phase": "7"},
    "gradient_check": {"break": "flip_sign", "sample": "3"},
    "where_formulas_break": {"precision": "float64", "z": "-44"},
    "source_code": {"show": "Sigmoid.backward"},
}


@pytest.mark.parametrize("name", sorted(PAGES | {FIRST_PAGE}))
def test_every_page_is_shared_as_it_stands(name: str) -> None:
    page = AppTest.from_file(ROOT / "pages" / "router.py", default_timeout=60).run()
    asked = {"seed": "7", "epochs": "50", "position": "30", **OWN.get(name, {})}
    page.query_params.update(asked)
    page.switch_page(f"{name}/{name}.py")
    opened(page.run())
    link = next(code.value for code in page.code if code.value.startswith("/"))
    assert parse_qs(urlsplit(link).query) == {key: [value] for key, value in asked.items()}


def test_a_qr_code_is_dark_on_light_with_a_margin() -> None:
    image = qr_image(HOST)
    assert image is not None
    head, _, coded = image.partition(",")
    assert head.startswith("data:image/svg+xml")
    assert "#fff" in image or "%23fff" in image or b"#fff" in base64.b64decode(coded, validate=False)
    # Of this link, as the library itself draws it, and of no other.
    code = segno.make(HOST, error="l", micro=False, mask=0)
    assert image == code.svg_data_uri(border=4, dark="#000", light="#fff", omitsize=True) != qr_image(HOST + "/")
    assert qr_image("x" * MAX_QR) is not None
    assert qr_image("x" * (MAX_QR + 1)) is None


def test_nothing_is_made_before_it_is_opened(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not page.code
    made: list[str] = []
    for name in ("write_experiment", "numpy_script", "torch_script", "notebook", "page_html"):
        monkeypatch.setattr(share, name, lambda *_, name=name: made.append(name))
    monkeypatch.setattr(share.history_file, "text", lambda *_: made.append("history"))
    opened(page)
    labels = [button.label for button in page.get("download_button")]
    assert len(labels) == 1 + len(share._FILES)
    assert labels[:7] == [
        "Page (HTML)",
        "Experiment",
        "History",
        "NumPy script",
        "PyTorch script",
        "Notebook",
        "Notebook, solved",
    ]
    assert made == []


@pytest.mark.parametrize(
    ("name", "query", "title", "host"),
    [
        ("playground", {"seed": "7"}, "An experiment", HOST),
        ("compare", {"vary": "seed", "values": "3,4"}, "Seed: 3, 4", HOST),
        ("playground", {"example": "gates"}, "An experiment", "http://127.0.0.1:8501"),
    ],
)
def test_a_page_with_a_player_is_a_file(
    name: str, query: dict[str, str], title: str, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: dict[str, Callable[[], str]] = {}
    monkeypatch.setattr(share.st, "download_button", lambda label, data, *_, **__: made.update({label: data}))
    monkeypatch.setattr(share, "link", lambda _, params: f"{host}/{name}?{urlencode(params)}")
    page = AppTest.from_file(ROOT / "pages" / "router.py", default_timeout=60).run()
    page.query_params.update({"epochs": "50", "position": "30", **query})
    page.switch_page(f"{name}/{name}.py")
    opened(page.run())
    file = PageData(made["Page (HTML)"]())
    assert title in file.text
    assert (file.data["player"]["total"], file.data["player"]["position"]) == (50, 30)
    assert len(file.links) == (host == HOST), "nobody else can open an address of this machine"
    assert file.data["live"] == (file.links[0] if file.links else None)
    page.switch_page("gradient_check/gradient_check.py")
    made.clear()
    opened(page.run())
    assert "Page (HTML)" not in made


def test_the_link_follows_the_experiment_and_the_position(page: AppTest) -> None:
    next(field for field in page.text_input if field.label == "Seed").set_value("7").run()
    run = {"run": "", "have": 0, "question": 1, "jump": 0, "position": 318}
    page.session_state["stage"] = {"view": run}
    opened(page)
    assert parse_qs(urlsplit(link_of(page)).query)["seed"] == ["7"]
    next(field for field in page.text_input if field.label == "Seed").set_value("8").run()
    assert parse_qs(urlsplit(link_of(page)).query)["seed"] == ["8"]


def test_the_view_goes_with_the_link() -> None:
    page = AppTest.from_file(ROOT / "pages" / "router.py", default_timeout=60)
    page.query_params["view"] = "loss.log"
    page.query_params["position"] = "318"
    opened(page.run())
    assert link_of(page) == "/?position=318&view=loss.log"
    assert any("position 318" in markdown.value for markdown in page.markdown)


@pytest.mark.parametrize("limit", ["link", "proxy"])
def test_beyond_a_limit_it_says_so_and_offers_the_file(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page = AppTest.from_file(ROOT / "pages" / "router.py", default_timeout=60)
    page.query_params["inputs"] = "_".join(["1.234567 2.345678"] * 250)
    page.query_params["labels"] = "_".join(["1"] * 250)
    page.query_params["epochs"] = "3"
    if limit == "link":
        monkeypatch.setattr(links, "MAX_ADDRESS", 4_000)
    monkeypatch.setattr(links, "SAFE_LINK", 4_500)
    opened(page.run())
    said = " ".join([*(element.value for element in page.markdown), *(element.value for element in page.caption)])
    assert "No QR code holds this much" in said
    assert ("too large for a link" in said) == (limit == "link") == (not page.code)
    assert ("Some networks refuse" in said) == (limit == "proxy")
    assert page.get("download_button")


def upload(page: AppTest, data: bytes, name: str = "experiment.json") -> AppTest:
    (uploader,) = page.file_uploader
    uploader.upload(name, data, "application/json").run()
    assert not page.exception
    return page


def test_an_uploaded_file_is_opened(page: AppTest) -> None:
    experiment = TUTORIAL.replace(learning_rate=0.5, initial=[[0.0] * 4] * 4, schedule=[(9, 0.1)], epochs=50)
    upload(opened(page), write_experiment(experiment, 20).encode())
    shown: Any = parse_qs(urlsplit(link_of(page)).query)
    read = from_params(shown)
    assert (read.experiment, read.position) == (experiment, 20)
    assert any(caption.value.startswith("Opened experiment") for caption in page.caption)
    next(button for button in page.button if button.label == "Reset to the tutorial").click().run()
    assert link_of(page) == "/"
    assert not any("Opened" in caption.value for caption in page.caption)


def test_a_bad_file_changes_nothing_and_is_named(page: AppTest) -> None:
    upload(opened(page), write_experiment(TUTORIAL).replace("0.01", '"<b>fast</b>"').encode())
    assert link_of(page) == "/"
    (problem,) = [markdown.value for markdown in page.markdown if "fast" in markdown.value]
    assert "Learning rate" in problem
    assert "<b>" not in problem
