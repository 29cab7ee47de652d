"""The container: its file keeps the rules, and its steps make an app that runs where nothing can be written."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.deploy.dockerfile import Image, command, copied, in_context, instructions, without_privileges
from tests.server import ROOT, free_port
from tests.visitor import visiting

TIMEOUT_S = 60


def said(name: str) -> list[str]:
    return [text for instruction, text in instructions() if instruction == name]


def last_stage() -> list[str]:
    names = [name for name, _ in instructions()]
    return names[len(names) - names[::-1].index("FROM") :]


def test_it_is_a_slim_python_without_root_and_without_tools() -> None:
    assert {text.split(" AS ")[0] for text in said("FROM")} == {"python:3.12-slim"}
    (user,) = said("USER")
    assert [int(number) > 0 for number in user.split(":")] == [True, True]
    # All that is written is written before, by root.
    stage = last_stage()
    assert not {"RUN", "COPY", "ADD", "WORKDIR"} & set(stage[stage.index("USER") :])
    assert not {"ADD", "VOLUME", "SHELL"} & {name for name, _ in instructions()}
    steps = " ".join(said("RUN"))
    assert not re.search(r"apt|curl|wget|gcc|http", steps)
    assert "--without-pip" in steps
    assert "pip uninstall" in said("RUN")[-1]


def test_it_has_the_versions_of_the_checks_as_wheels() -> None:
    (install,) = [step for step in said("RUN") if " install " in step]
    assert "--only-binary :all:" in install
    assert "-c constraints.txt" in install
    assert "requirements.txt .deploy/constraints.txt ./" in said("COPY")


def test_its_health_is_asked_by_python() -> None:
    (check,) = said("HEALTHCHECK")
    program, option, text = command(check)
    assert (program, option) == ("python", "-c")
    assert "_stcore/health" in text
    compile(text, "HEALTHCHECK", "exec")
    (start,) = said("CMD")
    assert "exec streamlit run app.py" in command(start)[-1]  # the signal to stop reaches the app


def test_what_it_copies_is_sent_to_the_builder_and_nothing_else() -> None:
    taken = [source for text in said("COPY") if "--from" not in text for source in copied(text)[0]]
    # Only files that git lists are part of the checkout; without git, all files are.
    git = ["git", "ls-files"]
    listed = subprocess.run(git, cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()  # noqa: S603
    present = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
    files = listed or [path.as_posix() for path in present if "__pycache__" not in path.parts]
    for path in files:
        is_copied = any(path == source or path.startswith(f"{source}/") for source in taken)
        assert in_context(path) == is_copied, path
    assert len([path for path in files if in_context(path)]) > 100
    for path in (
        "pages/__pycache__/router.cpython-312.pyc",
        "classifier/graph/__pycache__/a.pyc",
        ".git/config",
        ".env",
    ):
        assert not in_context(path), path


@contextmanager
def running(image: Image, environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run the app of an image as its user may."""
    with (
        log.open("wb") as output,
        subprocess.Popen(  # noqa: S603 - what the file says
            image.command("CMD", without_privileges()),
            cwd=image.directory,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            yield process
        finally:
            process.terminate()
            process.wait(TIMEOUT_S)


def written_since(folder: Path, then: float) -> list[Path]:
    return [path for path in folder.rglob("*") if path.lstat().st_mtime > then or path.lstat().st_ctime > then]


@pytest.mark.skipif(not os.environ.get("CONTAINER_STEPS"), reason="installs anew: set CONTAINER_STEPS")
@pytest.mark.skipif(os.geteuid() == 0 and not shutil.which("setpriv"), reason="setpriv is not installed (util-linux)")
def test_its_steps_make_an_app_that_runs_where_only_tmp_can_be_written(tmp_path: Path) -> None:
    image = Image(tmp_path / "root")
    image.root.mkdir()
    image.build()
    assert {path.name for path in (image.root / "app").iterdir()} == {
        *("app.py", ".streamlit", "classifier", "pages", "__pycache__")
    }
    installed = {path.name.split("-")[0] for path in (image.root / "venv").glob("lib/*/site-packages/*.dist-info")}
    assert {"streamlit", "numpy", "plotly", "segno"} <= installed
    assert not {"pytest", "pip", "setuptools", "wheel"} & installed
    assert not list((image.root / "python").glob("lib/*/site-packages/pip"))

    writable = Path(tempfile.mkdtemp(dir=tmp_path))
    for path in (image.root, *image.root.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode & ~0o222)
    begun = time.time()
    port = free_port()
    environment = image.environment | {
        "PORT": str(port),
        "STREAMLIT_SERVER_BASE_URL_PATH": "demo",
        "HOME": str(image.root / "nowhere"),
        "TMPDIR": str(writable),
    }
    healthy = image.command("HEALTHCHECK")
    ask = {"args": healthy, "env": environment, "cwd": image.directory, "capture_output": True, "check": False}
    log = tmp_path / "log"
    with running(image, environment, log) as process:
        deadline = time.monotonic() + TIMEOUT_S
        while subprocess.run(**ask).returncode != 0:  # type: ignore[call-overload]
            assert time.monotonic() < deadline, log.read_text("utf-8")
            assert process.poll() is None, log.read_text("utf-8")
        with visiting(f"http://127.0.0.1:{port}/demo/") as visitor:
            assert visitor.put(visitor.upload_address(), bytes(1_900_000)) == 204
            assert {message.script_finished for message in visitor.run() if message.HasField("script_finished")} == {0}
        process.terminate()
        assert process.wait(TIMEOUT_S) in (0, -15)
    assert subprocess.run(**ask).returncode != 0  # type: ignore[call-overload]
    # The app prints nothing. Streamlit would print its public address, which it asks another host for.
    assert log.read_text("utf-8") == ""
    assert written_since(image.root, begun) == []
    assert list(writable.iterdir()) == []
    for path in (image.root, *image.root.rglob("*")):  # so that it can be removed
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)
