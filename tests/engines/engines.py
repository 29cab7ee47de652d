"""Three browsers as Debian brings them, each by the WebDriver that it speaks by itself.

Chromium and WebKit come with a driver that listens to HTTP; Firefox speaks WebDriver BiDi through a socket. What is
done with a pointer and with keys is written the same in both.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol
from urllib.error import HTTPError

from websockets.sync.client import ClientConnection, connect

from tests.server import CHROMIUM, CHROMIUM_FLAGS, free_port

START_SECONDS = 60
# A page of all its charts, on two busy cores.
ANSWER_SECONDS = 60
SIZE = (1280, 900)
HEADLESS = "--headless=new"


class EngineError(Exception):
    """A browser's answer that is an error."""


class Engine(Protocol):
    """One window of one browser."""

    version: str

    def open(self, url: str) -> None:
        """Go to an address and wait until the page is loaded."""

    def reload(self) -> None:
        """Load the page again and wait until it is there."""

    def evaluate(self, expression: str) -> str:
        """Give the value of a JavaScript expression, a string."""

    def act(self, sources: list[dict[str, Any]]) -> None:
        """Do what a pointer or a keyboard does, in the form of WebDriver's actions."""


class Classic:
    """WebDriver through HTTP, as chromedriver and WebKitWebDriver have it."""

    def __init__(self, port: int, options: Mapping[str, Any]) -> None:
        """Begin a session with what the browser's own options say."""
        self._base = f"http://127.0.0.1:{port}/session"
        begun = self._ask("POST", "", {"capabilities": {"alwaysMatch": dict(options)}})
        self._base += f"/{begun['sessionId']}"
        self.version = f"{begun['capabilities']['browserName']} {begun['capabilities']['browserVersion']}"
        self._ask("POST", "/window/rect", {"width": SIZE[0], "height": SIZE[1]})

    def _ask(self, method: str, path: str, body: Mapping[str, Any]) -> Any:  # noqa: ANN401 - the protocol's
        data = json.dumps(body).encode() if method == "POST" else None
        request = urllib.request.Request(  # noqa: S310 - http on this machine
            self._base + path, data, {"Content-Type": "application/json"}, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=ANSWER_SECONDS) as answer:  # noqa: S310 - the same
                return json.load(answer)["value"]
        except HTTPError as error:
            value = json.load(error)["value"]
            msg = f"{value['error']}: {value['message']}"
            raise EngineError(msg) from None

    def open(self, url: str) -> None:
        self._ask("POST", "/url", {"url": url})

    def reload(self) -> None:
        self._ask("POST", "/refresh", {})

    def evaluate(self, expression: str) -> str:
        return str(self._ask("POST", "/execute/sync", {"script": f"return {expression}", "args": []}))

    def act(self, sources: list[dict[str, Any]]) -> None:
        self._ask("POST", "/actions", {"actions": sources})

    def close(self) -> None:
        """End the session, and with it the browser."""
        self._ask("DELETE", "", {})


class Bidi:
    """WebDriver BiDi through a socket, as Firefox has it."""

    def __init__(self, socket: ClientConnection) -> None:
        """Begin a session in the window that is open."""
        self._socket = socket
        self._asked = 0
        begun = self._ask("session.new", capabilities={})
        self.version = f"{begun['capabilities']['browserName']} {begun['capabilities']['browserVersion']}"
        self._context = self._ask("browsingContext.getTree")["contexts"][0]["context"]
        viewport = {"width": SIZE[0], "height": SIZE[1]}
        self._ask("browsingContext.setViewport", context=self._context, viewport=viewport)

    def _ask(self, method: str, **params: Any) -> Any:  # noqa: ANN401 - the protocol's
        self._asked += 1
        self._socket.send(json.dumps({"id": self._asked, "method": method, "params": params}))
        while True:
            answer = json.loads(self._socket.recv(timeout=ANSWER_SECONDS))
            if answer.get("id") != self._asked:
                continue
            if answer["type"] == "error":
                msg = f"{answer['error']}: {answer['message']}"
                raise EngineError(msg)
            return answer["result"]

    def open(self, url: str) -> None:
        self._ask("browsingContext.navigate", context=self._context, url=url, wait="complete")

    def reload(self) -> None:
        self._ask("browsingContext.reload", context=self._context, wait="complete")

    def evaluate(self, expression: str) -> str:
        target = {"context": self._context}
        answer = self._ask("script.evaluate", expression=expression, target=target, awaitPromise=False)
        if answer["type"] == "exception":
            raise EngineError(answer["exceptionDetails"]["text"])
        return str(answer["result"]["value"])

    def act(self, sources: list[dict[str, Any]]) -> None:
        self._ask("input.performActions", context=self._context, actions=sources)


def _until(ready: Callable[[], Any], process: subprocess.Popen[bytes], log: Path) -> Any:  # noqa: ANN401 - what comes
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            found = ready()
        except (OSError, ValueError):
            found = None
        if found:
            return found
        time.sleep(0.05)
    msg = f"{process.args!r} did not come up:\n{log.read_text('utf-8', 'replace')}"
    raise RuntimeError(msg)


@contextmanager
def _program(command: list[str], log: Path, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program and whatever it starts, for the length of a with-block."""
    with (
        log.open("wb") as output,
        subprocess.Popen(  # noqa: S603 - Debian's programs
            command, stdout=output, stderr=output, env=os.environ | environment, start_new_session=True
        ) as process,
    ):
        try:
            yield process
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)


@contextmanager
def _classic(driver: list[str], folder: Path, options: Mapping[str, Any], **environment: str) -> Iterator[Engine]:
    port, log = free_port(), folder / "driver.log"

    def answers() -> bool:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/status", timeout=5):
            return True

    with _program([*driver, f"--port={port}"], log, **environment) as process:
        _until(answers, process, log)
        engine = Classic(port, options)
        try:
            yield engine
        finally:
            engine.close()


@contextmanager
def chromium(folder: Path) -> Iterator[Engine]:
    """Run Chromium, without a window on a screen."""
    flags = [*CHROMIUM_FLAGS, HEADLESS, f"--user-data-dir={folder / 'profile'}"]
    options = {"goog:chromeOptions": {"binary": str(CHROMIUM), "args": flags}}
    with _classic(["chromedriver"], folder, options) as engine:
        yield engine


@contextmanager
def webkit(folder: Path) -> Iterator[Engine]:
    """Run WebKit's small browser. It needs a screen, so it gets a virtual one."""
    (binary,) = Path("/usr/lib").glob("*/webkit2gtk-4.1/MiniBrowser")
    options = {"webkitgtk:browserOptions": {"binary": str(binary), "args": ["--automation"]}}
    log = folder / "screen.log"
    screen = ["Xvfb", "-displayfd", "1", "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24", "-nolisten", "tcp"]
    with _program(screen, log) as process:
        # It chooses a free number, and prints it after a message for each number in use.
        number = _until(lambda: re.search(r"^(\d+)\n", log.read_text("utf-8"), re.MULTILINE), process, log)[1]
        with _classic(["WebKitWebDriver"], folder, options, DISPLAY=f":{number}", HOME=str(folder)) as engine:
            yield engine


# Keeps Firefox from sending requests of its own to Mozilla's servers.
_QUIET = """
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("app.normandy.enabled", false);
user_pref("extensions.update.enabled", false);
"""


@contextmanager
def firefox(folder: Path) -> Iterator[Engine]:
    """Run Firefox, without a window on a screen."""
    profile, log = folder / "profile", folder / "firefox.log"
    profile.mkdir()
    (profile / "user.js").write_text(_QUIET, "utf-8")
    options = ["--headless", "--no-remote", "--remote-debugging-port=0", "--profile", str(profile)]
    # Without a first page the cursor would stay in the address bar, and no field of a page would ever lose the focus.
    command = ["firefox-esr", *options, "data:text/html,"]
    told = profile / "WebDriverBiDiServer.json"
    with _program(command, log, HOME=str(folder)) as process:
        port = _until(lambda: json.loads(told.read_text("utf-8"))["ws_port"], process, log)
        # No limit of size: answers hold whole charts.
        with connect(f"ws://127.0.0.1:{port}/session", max_size=None, compression=None) as socket:
            yield Bidi(socket)


ENGINES = {"chromium": chromium, "firefox": firefox, "webkit": webkit}
NEEDED = {"chromium": ("chromedriver",), "firefox": ("firefox-esr",), "webkit": ("WebKitWebDriver", "Xvfb")}


def missing(name: str) -> list[str]:
    """Return the programs that an engine needs and this machine lacks."""
    return [program for program in NEEDED[name] if shutil.which(program) is None]
