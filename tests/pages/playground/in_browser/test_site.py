"""The site's playground: its files, what its page may fetch, and Python with NumPy alone that runs what is packed."""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from classifier import TUTORIAL_LOSSES
from pages.__main__ import main
from pages.playground.in_browser import pyodide
from pages.playground.in_browser.pyodide import File
from pages.playground.in_browser.site import modules, site
from pages.shared.address.writing import named_experiments
from tests.page_data import PageData

HERE = Path(__file__).parents[4] / "pages" / "playground" / "in_browser"
POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]*)"')


def sources(page: bytes) -> dict[str, list[str]]:
    found = POLICY.search(page.decode())
    assert found is not None
    return {name: given for name, *given in (part.split() for part in found[1].split(";"))}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder of files that stand for Pyodide's."""
    files = []
    for file in pyodide.FILES:
        (tmp_path / file.name).write_bytes(file.name.encode())
        digest = hashlib.sha256(file.name.encode()).hexdigest()
        files.append(File(file.name, digest, len(file.name), file.published))
    monkeypatch.setattr(pyodide, "FILES", tuple(files))
    return tmp_path


def test_one_host_is_named_and_every_file_by_version_and_hash() -> None:
    files = site("examples.html")
    page = PageData(files["index.html"].decode())
    policy = sources(files["index.html"])
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == ["'self'", "blob:", "'wasm-unsafe-eval'"]
    assert policy["connect-src"] == ["'self'", "https://cdn.jsdelivr.net"]
    *fetched, ours = page.data["engine"]["files"]
    for file in fetched:
        assert re.fullmatch(r"https://cdn\.jsdelivr\.net/(npm/pyodide@|pyodide/v)314\.0\.3/[\w./-]+", file["address"])
    assert all(re.fullmatch(r"sha256-[\w+/]{43}=", file["integrity"]) for file in (*fetched, ours))
    for name, content in files.items():
        if name != "index.html":
            assert name.split(".")[1] == hashlib.sha256(content).hexdigest()[:16]
    assert page.links == ["examples.html"]
    assert set(page.data["panels"]) == set(named_experiments())


def test_with_a_folder_no_host_is_named(folder: Path) -> None:
    files = site("examples.html", folder, "https://example.org/app")
    assert b"jsdelivr" not in files["index.html"]
    assert sources(files["index.html"])["connect-src"] == ["'self'"]
    for file in pyodide.FILES:
        assert files[f"pyodide/{file.name}"] == file.name.encode()
    page = PageData(files["index.html"].decode())
    assert page.links == ["examples.html", "https://example.org/app"]
    assert page.data["live"] == "https://example.org/app/"
    (folder / "pyodide.mjs").write_bytes(b"another")
    with pytest.raises(pyodide.WrongFileError, match=r"pyodide.mjs: not that of Pyodide 314\.0\.3, whose SHA-256 is"):
        site("examples.html", folder)


def test_the_command_writes_it_at_the_root(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    some = {name: named_experiments()[name] for name in ("tutorial", "gates")}  # test_command.py writes them all
    monkeypatch.setattr("pages.__main__.named_experiments", lambda: some)
    out = tmp_path / "site"
    main(["--all", str(out), "--editable", "--pyodide", str(folder)])
    index = PageData((out / "index.html").read_text("utf-8"))
    (python,) = out.glob("python.*.zip")
    assert index.data["engine"]["modules"] == python.name
    examples = PageData((out / "examples.html").read_text("utf-8"))
    assert examples.links == ["index.html", *(f"{name}.html" for name in some)]
    assert PageData((out / "gates.html").read_text("utf-8")).links == ["examples.html"]
    assert {path.name for path in (out / "pyodide").iterdir()} == {file.name for file in pyodide.FILES}


def test_python_with_numpy_alone_runs_what_is_packed(tmp_path: Path) -> None:
    packed = modules()
    assert packed == modules()
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        archive.extractall(tmp_path)
    code = (
        "import json, sys\n"
        "for name in ('streamlit', 'pandas', 'starlette'): sys.modules[name] = None\n"
        "import time; del time.thread_time\n"
        "from pages.playground.in_browser.visit import Visit\n"
        f"assert sys.modules['classifier'].__file__.startswith({str(tmp_path)!r})\n"
        "visit = Visit()\n"
        "iris = visit.answer(json.dumps({'acts': [['begin', 'example=iris', 't', 0]]}))\n"
        "assert json.loads(iris.partition(b'\\n')[0])['panel']['example'] == 'iris'\n"
        "visit.answer(json.dumps({'acts': [['example', 'tutorial']]}))\n"
        "while not visit._run.done: visit._run.advance(budget_s=0.1)\n"
        "print(visit._run.history.running_loss[-1])\n"
    )
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-W", "error", "-c", code], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    assert float(done.stdout) == pytest.approx(TUTORIAL_LOSSES[1999], rel=1e-6)


def test_no_formula_is_in_javascript() -> None:
    """Everything that is computed comes from Python: of mathematics the page counts bytes, and keeps within bounds."""
    for path in HERE.glob("*.js"):
        text = path.read_text("utf-8")
        assert set(re.findall(r"Math\.(\w+)", text)) <= {"min", "max"}, path.name
        assert not re.search(r"\*\*|sigmoid|tanh|relu|gradient", text, re.IGNORECASE), path.name
