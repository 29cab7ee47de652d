"""Debian's nginx with the project's own file, before processes of the app on this machine."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.server import ROOT, free_port

CONFIGURATION = ROOT / ".deploy" / "nginx.conf"
NGINX = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
TIMEOUT_S = 60


@dataclass(frozen=True)
class Served:
    """An answered request: its path, the process that answered, the status, and the visitor."""

    path: str
    process: str
    status: int
    visitor: str


@dataclass(frozen=True)
class Proxy:
    """A running proxy."""

    url: str
    log: Path

    def served(self, below: str, least: int) -> list[Served]:
        """Return the answered requests below a path, once there are so many: nginx notes a request after its answer.

        A socket counts as answered when it is closed.
        """
        deadline = time.monotonic() + TIMEOUT_S
        while True:
            lines = [line.split("\t") for line in self.log.read_text("utf-8").splitlines()]
            # If nginx asked several processes, the last one has answered.
            found = [Served(path, asked.split(", ")[-1], int(status), who) for path, asked, status, who in lines]
            found = [served for served in found if served.path.startswith(below)]
            if len(found) >= least:
                return found
            assert time.monotonic() < deadline, found
            time.sleep(0.02)


def local(folder: Path, port: int, processes: Sequence[str]) -> str:
    """Return the project's configuration with this machine's names and paths, and with a log of what is served."""
    text = CONFIGURATION.read_text("utf-8")
    changes = {
        "/tmp/": f"{folder}/",  # noqa: S108 - the container's own
        "listen 8080": f"listen 127.0.0.1:{port}",
        "access_log off": f"log_format told '$uri\t$upstream_addr\t$status\t$visitor'; access_log {folder}/log told",
        **{f"app-{number}:8501": process for number, process in enumerate(processes, 1)},
    }
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    assert not re.search(r"app-\d|8501", text)
    return text


@contextmanager
def running_proxy(folder: Path, processes: Sequence[str]) -> Iterator[Proxy]:
    """Run nginx before processes that are at these addresses (host:port)."""
    assert NGINX is not None
    port = free_port()
    configuration = folder / "nginx.conf"
    configuration.write_text(local(folder, port, processes), "utf-8")
    # Here it may be root's; then its workers are too, or they could not write into a test's folder.
    command = [NGINX, "-c", str(configuration), "-e", "stderr", "-g", "daemon off; user root;"]
    with (folder / "said").open("wb") as output, subprocess.Popen(command, stderr=output) as process:  # noqa: S603
        try:
            deadline = time.monotonic() + TIMEOUT_S
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port)).close()
                    break
                except OSError:
                    assert process.poll() is None, (folder / "said").read_text("utf-8")
                    assert time.monotonic() < deadline
                    time.sleep(0.02)
            yield Proxy(f"http://127.0.0.1:{port}/", folder / "log")
        finally:
            process.terminate()
            process.wait(TIMEOUT_S)


def cookie_of(url: str) -> str:
    """Open the first page as a browser that has never been here, and return the cookie that it gets."""
    with urllib.request.urlopen(url, timeout=TIMEOUT_S) as answer:  # noqa: S310 - our own proxy
        (cookie,) = answer.headers.get_all("Set-Cookie")
    return str(cookie).partition(";")[0]
