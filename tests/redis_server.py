"""Debian's Redis server, for classes whose members are on several processes."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from shutil import which

import pytest

needs_redis = pytest.mark.skipif(
    which("redis-server") is None or find_spec("redis") is None,
    reason="apt-get install redis-server; pip install -r tests/requirements.txt",
)


@contextmanager
def redis_server(port: int, folder: Path) -> Iterator[None]:
    quiet = ["--save", "", "--appendonly", "no", "--dir", str(folder), "--bind", "127.0.0.1"]
    ping = ["redis-cli", "-p", str(port), "ping"]
    command = ["redis-server", "--port", str(port), *quiet]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:  # noqa: S603 - as above
        try:
            while subprocess.run(ping, capture_output=True, check=False).stdout != b"PONG\n":  # noqa: S603 - our own
                time.sleep(0.02)
            yield
        finally:
            server.kill()
