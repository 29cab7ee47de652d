"""Start this project's own app on a free port of this machine, and stop it again. For browser tests and benchmarks."""

from __future__ import annotations

import multiprocessing
import os
import socket
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from types import ModuleType
from unittest import mock

ROOT = Path(__file__).parent.parent
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]


@dataclass(frozen=True)
class App:
    """A running app: where it is, what it has said, which process it is."""

    url: str
    log: Path
    pid: int

    def said(self) -> str:
        """Return all that the server has printed."""
        return self.log.read_text("utf-8")

    def runs(self) -> bool:
        """Say whether it has not ended (Linux)."""
        try:
            return Path(f"/proc/{self.pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
        except FileNotFoundError:
            return False

    def resident_mb(self) -> float:
        """Return the memory that the server has, in megabytes of 2²⁰ bytes (Linux)."""
        status = Path(f"/proc/{self.pid}/status").read_text("utf-8")
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def cpu_seconds(self) -> float:
        """Return the processor time that the server has used, user and system (Linux)."""
        fields = Path(f"/proc/{self.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


METRICS = "METRICS_FOR_A_TEST"
"""A variable of the environment with which the app answers for its metrics: nobody is told them otherwise."""
ANSWERED_SOON = "ANSWERED_SOON_FOR_A_TEST"
"""One with which a wrong code of a class is answered after so many seconds, so that a test need not wait for it."""


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


# Every server is forked from one process that has already imported the large packages, which takes two seconds. NumPy
# is one of them, so the setting that app.py makes before it imports NumPy must be made here.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
_SERVERS = multiprocessing.get_context("forkserver")
_SERVERS.set_forkserver_preload(
    [
        *("pytest", "streamlit.web.cli", "streamlit.web.server.starlette", "uvicorn", "pandas", "plotly.offline"),
        *("classifier", "pages.playground.charts.charts"),
    ]
)


@contextmanager
def running_app(
    script: Path | str = "app.py",
    options: Mapping[str, str] | None = None,
    environment: Mapping[str, str] | None = None,
) -> Iterator[App]:
    """Run an app as `streamlit run` does, for the length of a with-block.

    Parameters
    ----------
    script : path
        The app, relative to the checkout.
    options : mapping, optional
        Streamlit options, for example {"server.baseUrlPath": "class"}.
    environment : mapping, optional
        Environment variables beside this process's own.

    Raises
    ------
    RuntimeError
        If it does not answer within a minute; the message holds its output.
    """
    settings = {
        "server.port": str(free_port()),
        "server.address": "127.0.0.1",
        "server.headless": "true",
        **(options or {}),
    }
    arguments = ["run", str(script), *(part for name, value in settings.items() for part in (f"--{name}", value))]
    base = settings.get("server.baseUrlPath", "")
    url = f"http://127.0.0.1:{settings['server.port']}/{base + '/' if base else ''}"
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "app.log"
        log.touch()
        process = _SERVERS.Process(target=_serve, args=(arguments, log, dict(environment or {})), daemon=True)
        # A new process imports the module that is __main__ here. After AppTest that is a page, so an empty one is put.
        with mock.patch.dict(sys.modules, {"__main__": ModuleType("__main__")}):
            process.start()
        assert process.pid is not None
        try:
            _wait_until_healthy(process, f"{url}_stcore/health", log)
            yield App(url, log, process.pid)
        finally:
            process.kill()  # how it ends by itself is tested where that is the point
            process.join()


def _serve(arguments: list[str], log: Path, environment: dict[str, str]) -> None:
    """Run the command `streamlit` in this process, with its output in a file."""
    os.environ.update(environment)
    if METRICS in environment:
        from pages.hosting import missing

        missing._METRICS = ""
    if ANSWERED_SOON in environment:
        from pages.classroom.messages import LIMITS

        LIMITS["seconds_until_a_wrong_code_is_answered"] = float(environment[ANSWERED_SOON])
    with log.open("ab") as output:
        os.dup2(output.fileno(), 1)
        os.dup2(output.fileno(), 2)
    os.chdir(ROOT)
    sys.argv = ["streamlit", *arguments]

    import streamlit.web.cli

    streamlit.web.cli.main()


def _wait_until_healthy(process: ForkServerProcess, url: str, log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.is_alive():
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - http on this machine
                return
        except OSError:
            time.sleep(0.05)
    msg = f"the app did not come up:\n{log.read_text('utf-8')}"
    raise RuntimeError(msg)
