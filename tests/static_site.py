"""The site with its playground, written once, and served by a plain web server under a path. For browser tests."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from pages.__main__ import main

PYODIDE = os.environ.get("PYODIDE", "")
"""The folder of Pyodide's files, which .ci/browsers fetches."""
PLACE = "some/school"


@dataclass
class Served:
    """Where the site is, and what it was asked for."""

    url: str
    folder: Path
    asked: list[str] = field(default_factory=list)


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *given: object, asked: list[str], directory: str) -> None:
        self._asked = asked
        super().__init__(*given, directory=directory)  # type: ignore[arg-type]

    def log_message(self, *said: object) -> None:
        self._asked.append(self.path)


@contextmanager
def served_site(root: Path) -> Iterator[Served]:
    """Write the site below a folder, and serve it until the block ends."""
    folder = root / PLACE
    main(["--all", str(folder), "--editable", "--pyodide", PYODIDE, "--live", "https://example.org/app"])
    asked: list[str] = []
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, asked=asked, directory=str(root))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Served(f"http://127.0.0.1:{server.server_port}/{PLACE}/", folder, asked)
        server.shutdown()
