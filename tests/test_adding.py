"""Adding things takes what CONTRIBUTING.md says and no more: one of each is added in a copy, and found on the screen.

A field of an experiment is added in tests/pages/shared/address/test_fields.py.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from tests.ahead import ahead

ROOT = Path(__file__).parent.parent

CHART = """
from pages.playground.charts.run_shown import RunShown
from pages.shared.charts.chart import Chart, figure, trace


def shares(run: RunShown) -> Chart:
    arrays = {"x": "position", "y": "accuracy"}
    bound = [{"trace": 0, "attribute": axis, "array": name, "how": "up_to"} for axis, name in arrays.items()]
    return Chart("shares", lambda: figure([trace("scatter")], {"meta": {"label": "Accuracy"}}), bound)
"""
EXAMPLE = """
        "not-x2": Example(
            "Logic: NOT",
            "What will it do?",
            "This.",
            {"inputs": ((0, 1), (1, 1)), "labels": ((1,), (0,)), "epochs": 7},
        ),
"""
PAGE = """
import streamlit as st

from pages.frame import frame
from pages.shared.session import state

with frame.page("weights_only"):
    st.header(f"Seed {state.experiment().seed}")
"""
DOWNLOAD = """
from classifier import Experiment


def sizes(experiment: Experiment) -> str:
    return f"{experiment.samples} samples"
"""

# The lines that CONTRIBUTING.md asks for beside the new files: the file, the line before which they go, and the lines.
LINES = (
    (
        "pages/playground/charts/charts.py",
        "from pages.playground.charts.samples import",
        "from pages.playground.charts.shares import shares\n",
    ),
    ("pages/playground/charts/charts.py", ')\n"""A further chart', "    shares,\n"),
    ("pages/shared/examples.py", '        "iris": Example(', EXAMPLE.lstrip("\n")),
    (
        "pages/router.py",
        '        st.Page("source_code/',
        '        st.Page("weights_only/weights_only.py", title="Weights"),\n',
    ),
    ("pages/shared/share/share.py", "from pages.shared.text import", "from pages.shared.share.sizes import sizes\n"),
    (
        "pages/shared/share/share.py",
        ')\n"""What the popover gives',
        '    ("Sizes", "sizes.txt", "How large it is.", lambda experiment, *_: sizes(experiment)),\n',
    ),
    ("pages/gradient_check/gradient_check.py", "OWN = (", 'HAND = one_of("hand", ("left", "right"), "left")\n'),
)
FILES = {
    "pages/playground/charts/shares.py": CHART,
    "pages/weights_only/__init__.py": "",
    "pages/weights_only/weights_only.py": PAGE,
    "pages/shared/share/sizes.py": DOWNLOAD,
}

# Visits pages of the copy, and tells what is there.
PROGRAM = """
import json

import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.shared.address.reading import from_params
from pages.shared.address.writing import to_params
from pages.shared.share import share

# What a press of each download makes: AppTest presses none.
files, draw = {}, st.download_button


def kept(label, made, *args, **options):
    files[label] = made
    return draw(label, made, *args, **options)


st.download_button = kept


def visit(name, **query):
    page = AppTest.from_file("pages/router.py", default_timeout=60)
    page.switch_page(f"{name}/{name}.py")
    page.query_params.update(query)
    page.session_state[share.KEY] = True
    page.run()
    assert not page.exception, page.exception
    return page


def texts(elements):
    return [element.value for element in elements]


def params(page):
    return {key: value if isinstance(value, str) else value[0] for key, value in page.query_params.items()}


playground = visit("playground", example="not-x2")
(stage,) = [e.proto for e in playground.get("bidi_component") if e.proto.component_name == "stage"]
stage = json.loads(stage.bytes.partition(b"\\n")[0])
opened = from_params({"example": ["not-x2"]})
own = visit("gradient_check", hand="right")
again = visit("gradient_check", hand="<both>")
added = visit("weights_only", seed="7")
print(json.dumps({
    "figures": list(stage["figures"]),
    "bound": [b["array"] for b in stage["bindings"] if b["figure"] == "shares"],
    "frames": stage["frames"]["accuracy"]["shape"][0] > 0,
    "choice": playground.selectbox[0].value,
    "choices": playground.selectbox[0].options,
    "notes": stage["notes"],
    "example": [opened.experiment.epochs, opened.notices, to_params(opened.experiment)],
    "downloads": [button.label for button in playground.get("download_button")],
    "file": files["Sizes"](),
    "own": [texts(own.warning), params(own), texts(own.code)],
    "hostile": [texts(again.warning), params(again), texts(again.code)],
    "page": [texts(added.header), params(added), texts(added.code)],
}))
"""


def before(path: Path, line: str, text: str) -> None:
    source = path.read_text("utf-8")
    assert source.count(line) == 1, f"{path.name} has another {line}"
    path.write_text(source.replace(line, text + line), "utf-8")


@ahead
def added() -> dict[str, Any]:
    with TemporaryDirectory() as folder:
        return _added(Path(folder))


def _added(folder: Path) -> dict[str, Any]:
    for name in ("classifier", "pages"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name, text in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    for name, line, text in LINES:
        before(folder / name, line, text)
    path = folder / "pages" / "gradient_check" / "gradient_check.py"
    path.write_text(path.read_text("utf-8").replace("OWN = (", "OWN = (HAND, "), "utf-8")
    run = [sys.executable, "-B", "-c", PROGRAM]
    done = subprocess.run(run, cwd=folder, check=False, capture_output=True, text=True)  # noqa: S603 - our own code
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.fixture
def seen() -> dict[str, Any]:
    return added()


def test_a_chart_is_one_builder(seen: dict[str, Any]) -> None:
    assert seen["figures"] == ["network", "predictions", "loss", "weights", "gradients", "decision", "shares"]
    assert seen["bound"] == ["position", "accuracy"]
    assert seen["frames"]


def test_an_example_is_one_entry(seen: dict[str, Any]) -> None:
    assert seen["choice"] == "not-x2"
    assert "Logic: NOT" in seen["choices"]
    assert seen["notes"] == ["This.", "What will it do?"]
    assert seen["example"] == [7, [], {"example": "not-x2"}]


def test_a_page_is_its_folder_and_a_line(seen: dict[str, Any]) -> None:
    assert seen["page"] == [["Seed 7"], {"seed": "7"}, ["/?seed=7"]]


def test_a_download_is_its_file_and_a_line(seen: dict[str, Any]) -> None:
    assert seen["downloads"][-1] == "Sizes"
    assert seen["file"] == "5 samples"


def test_a_pages_own_parameter_is_its_declaration(seen: dict[str, Any]) -> None:
    assert seen["own"] == [[], {"hand": "right"}, ["/?hand=right"]]
    notice = '"hand" in the address is ignored: "<both>" is not one of left, right.'
    said, params, links = seen["hostile"]
    assert [text.replace("\\", "") for text in said] == [notice]
    assert (params, links) == ({}, ["/"])
