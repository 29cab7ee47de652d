"""The README's command starts the app, in an interpreter of its own and with nothing but its requirements."""

from __future__ import annotations

import gzip
import os
import re
import shlex
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.server import ROOT, free_port

TIMEOUT_S = 60


def fetched(url: str) -> tuple[dict[str, str], bytes]:
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})  # noqa: S310 - http on this machine
    with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:  # noqa: S310 - http on this machine
        return {name.lower(): value for name, value in answer.headers.items()}, answer.read()


def test_the_command_serves_the_pages_and_plotly_js_from_here(tmp_path: Path) -> None:
    command = re.search(
        r"^    pip install -r requirements\.txt && (.* app\.py)$", (ROOT / "README.md").read_text(), re.M
    )
    assert command is not None
    program, *arguments = shlex.split(command[1])
    port = free_port()
    settings = {"STREAMLIT_SERVER_PORT": str(port), "STREAMLIT_SERVER_HEADLESS": "true"}
    log = tmp_path / "app.log"
    with (
        log.open("wb") as output,
        subprocess.Popen(  # noqa: S603 - our own app, by our own interpreter
            [sys.executable, "-m", program, *arguments],
            cwd=ROOT,
            env=os.environ | settings,
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            url = f"http://127.0.0.1:{port}"
            deadline = time.monotonic() + TIMEOUT_S
            while True:
                try:
                    fetched(f"{url}/_stcore/health")
                    break
                except OSError:
                    if time.monotonic() > deadline or process.poll() is not None:
                        pytest.fail(f"the app did not come up:\n{log.read_text()}")
                    time.sleep(0.1)
            headers, page = fetched(f"{url}/step_by_step?position=318")
            assert b"<html" in gzip.decompress(page)
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
            plotly_js = re.findall(b'"[.]/(files/plotly[^"]+)"', gzip.decompress(page))[0].decode()
            headers, script = fetched(f"{url}/{plotly_js}")
            assert headers["content-encoding"] == "gzip"
            assert "immutable" in headers["cache-control"]
            assert len(script) < 600_000 < len(gzip.decompress(script))
        finally:
            process.terminate()


def test_every_picture_and_section_that_it_points_to_is_there() -> None:
    readme, hosting = ((ROOT / path).read_text("utf-8") for path in ("README.md", ".github/HOSTING.md"))
    badge, *pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", readme)
    pictures += [f".github/{path}" for path in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", hosting)]
    # Where the code is hosted, the badge is beside it.
    workflow = re.fullmatch(r"\.\./\.\./actions/workflows/(.+)/badge\.svg", badge)
    assert workflow is not None
    assert (ROOT / ".github" / "workflows" / workflow[1]).is_file()
    assert pictures == [path for path in pictures if (ROOT / path).is_file()]
    assert {(ROOT / path).name for path in pictures} == {path.name for path in (ROOT / ".github/images").iterdir()}
    for text in (readme, hosting):
        headings = re.findall(r"^#+ (.+)$", text, re.M)
        anchors = {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}
        assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= anchors


def test_it_stays_short() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 215


def test_the_moving_picture_is_no_load() -> None:
    picture = (ROOT / ".github/images/training.webp").read_bytes()
    assert len(picture) <= 1_500_000
    assert picture.count(b"ANMF") > 20, "so many pictures follow each other"
