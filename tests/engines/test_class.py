"""A student joins a class by its link, follows, and lets go, in Chromium, Firefox and WebKit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from websockets.sync.client import ClientConnection, connect

from pages.classroom.messages import read, write
from pages.classroom.names import room_of
from tests.class_member import STATE, new_secret
from tests.engines.page import Page
from tests.server import App, running_app

SECRET = new_secret()
ROOM = room_of(SECRET)
FOLLOWS = "() => document.querySelector('[data-testid=class]')?.dataset.following === 'true'"


@pytest.fixture
def app() -> Iterator[App]:
    with running_app() as app:
        yield app
        assert "Traceback" not in app.said(), app.said()


@pytest.fixture
def teacher(app: App) -> Iterator[ClientConnection]:
    host = urlsplit(app.url).netloc
    # Nothing is read of what it hears: the queue is as long as it becomes, or its line is taken for dead.
    given: Any = {"origin": f"http://{host}", "max_queue": None}
    with connect(f"ws://{host}/class/{ROOM}", **given) as socket:
        socket.send(write("teach", secret=SECRET, window=SECRET, lead=True))
        assert read(str(socket.recv()), "server")["role"] == "teacher"
        yield socket


def test_a_student_follows_and_lets_go(page: Page, app: App, teacher: ClientConnection) -> None:
    def tell(**changes: object) -> None:
        here = {"address": "example=tutorial&lr=0.05", "position": 77, "playing": False}
        teacher.send(write("state", **{**STATE, **here, **changes}))

    def at(position: int) -> None:
        page.until("(at) => stage().ready === 'true' && stage().position === String(at)", position)

    tell()
    page.open(f"{app.url}?class={ROOM}")
    page.until(FOLLOWS)
    page.address("lr=0.05")
    at(77)
    tell(position=300)
    at(300)
    tell(position=300, playing=True)
    page.until("() => stage().playing === 'true' && stage().position > 320")
    tell(position=500)
    at(500)
    # Another page, where everything rests for a while
    tell(page="step_by_step", address="example=tutorial&lr=0.05&phase=2&position=500", paused=True)
    page.says("2 · ")
    page.address("phase=2")
    covered = "() => !!document.elementFromPoint(300, 200)?.closest('dialog')"
    page.until(covered)
    tell(position=500)
    page.until(f"() => stage().ready === 'true' && !({covered})()")
    page.until("() => all('h1')[0]?.innerText === 'Playground'")
    page.whole()
    page.click("button", "Look around on my own")
    page.until(f"() => !({FOLLOWS})()")
    tell(position=600)
    page.click("button", "Step forward")
    at(501)
    page.click("button", "Back to the class")
    at(600)
    assert page.run(FOLLOWS)
    assert page.faults() == []
