"""One class on several processes, with a Redis server of the test's own that comes and goes."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from starlette.routing import WebSocketRoute

from pages.classroom.messages import write
from pages.classroom.names import room_of
from pages.classroom.route import class_route
from tests.class_member import STATE, new_secret
from tests.pages.classroom.test_route import ROOM, SECRET, Socket
from tests.redis_server import needs_redis, redis_server
from tests.server import free_port

pytestmark = needs_redis
ASK = {"question": 1, "kind": "choice", "text": "Which?", "choices": ["a", "b"], "round": 1}
REVEAL = write("reveal", question=1, right="a", within=0)
SETTLED_S = 0.3  # what is said in the very last moment before a process dies is said again by the browser


@pytest.fixture
def port() -> int:
    return free_port()


def two_processes(port: int) -> list[WebSocketRoute]:
    return [class_route("", f"redis://127.0.0.1:{port}/0") for _ in range(2)]


def played(scene: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(asyncio.wait_for(scene(), 30))


async def heard(socket: Socket, kind: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - of the message
    """Wait for a message with these fields."""
    while True:
        said: dict[str, Any] = json.loads(await socket.hear(kind))
        if fields.items() <= said.items():
            return said


async def taught(route: WebSocketRoute, secret: str = SECRET, *, leads: bool = True) -> Socket:
    teacher = Socket(route, room_of(secret))
    teacher.say(write("teach", secret=secret, window=new_secret(), lead=True))
    await heard(teacher, "welcome", leads=leads)
    return teacher


async def joined(route: WebSocketRoute, place: str = "", room: str = ROOM) -> tuple[Socket, str]:
    student = Socket(route, room)
    student.say(write("join", place=place))
    return student, json.loads(await student.hear("welcome"))["place"]


def test_members_of_one_class_are_on_any_process(port: int, tmp_path: Path) -> None:
    async def scene() -> None:
        one, two = two_processes(port)
        teacher = await taught(one)
        teacher.say(write("state", **STATE))
        here, first = await joined(one)
        there, second = await joined(two, room=ROOM[:8])  # by its code
        assert {place.split(".")[1] for place in (first, second)} == {"1", "2"}, "no number is given twice"
        assert (await heard(there, "state"))["position"] == STATE["position"]
        await heard(teacher, "present", students=2, places=[1, 2])
        teacher.say(write("state", **{**STATE, "position": 77}))
        for student in (here, there):
            await heard(student, "state", position=77)
        teacher.say(write("ask", **ASK))
        for student, value in ((here, "a"), (there, "b")):
            await heard(student, "asked", text="Which?")
            student.say(write("answer", question=1, round=1, value=value))
        await heard(teacher, "counted", answers=2)
        teacher.say(write("ask", **{**ASK, "round": 2}))
        await heard(there, "asked", round=2)
        there.say(write("answer", question=1, round=2, value="a"))
        await heard(teacher, "counted", answers=1)
        teacher.say(REVEAL)
        for member in (here, there, teacher):
            said = await heard(member, "revealed")
            assert (sorted(said["first"]), said["answers"]) == (["a", "b"], ["a"])
        teacher.say(write("end"))
        assert await there.closed() == await here.closed() == "ended"

    with redis_server(port, tmp_path):
        played(scene)


def test_a_process_that_dies_loses_nobody_and_nothing(port: int, tmp_path: Path) -> None:
    async def scene() -> None:
        one, two = two_processes(port)
        teacher = await taught(one)
        teacher.say(write("state", **STATE))
        teacher.say(write("ask", **ASK))
        student, place = await joined(one)
        await student.hear("asked")
        student.say(write("answer", question=1, round=1, value="a"))
        await heard(teacher, "counted", answers=1)
        await asyncio.sleep(SETTLED_S)
        for socket in (teacher, student):
            socket.task.cancel()
        began = time.monotonic()
        back, again = await joined(two, place)
        assert again == place
        await heard(back, "state", position=STATE["position"])
        await heard(back, "asked")
        new = await taught(two)
        await heard(new, "counted", answers=1)
        assert time.monotonic() - began < 5
        new.say(REVEAL)
        assert (await heard(back, "revealed"))["answers"] == ["a"]

    with redis_server(port, tmp_path):
        played(scene)


def test_while_redis_is_away_each_process_goes_on_and_says_so_and_they_come_together_again(
    port: int, tmp_path: Path
) -> None:
    async def scene() -> None:
        one, two = two_processes(port)
        with redis_server(port, tmp_path):
            teacher = await taught(one)
            here, _ = await joined(one)
            there, _ = await joined(two)
            teacher.say(write("ask", **ASK))
            await heard(there, "asked")
        await heard(teacher, "apart", apart=True)
        teacher.say(write("state", **{**STATE, "position": 5}))
        await heard(here, "state", position=5)
        for student, value in ((here, "a"), (there, "b")):
            student.say(write("answer", question=1, round=1, value=value))
            await heard(student, "noted", value=value)
        late, _ = await joined(one)
        await heard(late, "asked")
        with redis_server(port, tmp_path):
            await heard(teacher, "apart", apart=False)
            await heard(there, "state", position=5)
            await heard(teacher, "counted", answers=2)
            await heard(teacher, "present", students=3)

    played(scene)


def test_a_window_on_another_process_commands_and_takes_over(port: int, tmp_path: Path) -> None:
    async def scene() -> None:
        one, two = two_processes(port)
        first = await taught(one)
        student, _ = await joined(one)
        await asyncio.sleep(SETTLED_S)
        second = await taught(two, leads=False)
        second.say(write("command", order="ask", page="", address="", question="", id="0" * 32))
        await heard(first, "command", order="ask")
        await heard(first, "present", windows=2)
        first.say(write("did", id="0" * 32))
        await heard(second, "did", id="0" * 32)
        second.say(write("state", **{**STATE, "position": 5}))
        second.say(write("lead"))
        await heard(first, "leads", leads=False)
        second.say(write("state", **{**STATE, "position": 9}))
        assert (await heard(student, "state"))["position"] == 9

    with redis_server(port, tmp_path):
        played(scene)


def test_two_classes_hear_nothing_of_each_other(port: int, tmp_path: Path) -> None:
    async def scene() -> None:
        one, two = two_processes(port)
        secret = new_secret()
        teacher, stranger = await taught(one), await taught(two, secret)
        await asyncio.sleep(SETTLED_S)
        own, _ = await joined(one, room=room_of(secret))
        teacher.say(write("state", **{**STATE, "position": 5}))
        stranger.say(write("state", **{**STATE, "position": 9}))
        assert (await heard(own, "state"))["position"] == 9

    with redis_server(port, tmp_path):
        played(scene)
