"""One socket of a class, without a server: what is judged before anybody is let in, and who gets a place."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from starlette.routing import Match, WebSocketRoute

from pages.classroom.messages import CLOSING_CODES, LIMITS, write
from pages.classroom.names import room_of
from pages.classroom.route import class_route, is_own_page
from tests.class_member import STATE, new_secret

SECRET = new_secret()
ROOM = room_of(SECRET)


def teach(secret: str) -> str:
    return write("teach", secret=secret, window=new_secret(), lead=True)


TEACH = teach(SECRET)
JOIN = write("join", place="")


class Socket:
    """What a server hands to a route, without a network."""

    def __init__(self, route: WebSocketRoute, room: str = ROOM, client: str = "") -> None:
        self.heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.said: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.heard.put_nowait({"type": "websocket.connect"})
        headers = [(b"host", b"here"), (b"origin", b"http://here")]
        scope: Any = {"type": "websocket", "path": f"/class/{room}", "headers": headers, "query_string": b""}
        scope["client"] = (client, 1) if client else None
        match, child = route.matches(scope)
        assert match is Match.FULL
        self.task = asyncio.create_task(route.handle({**scope, **child}, self.heard.get, self.said.put))

    def say(self, frame: str | bytes) -> None:
        kind = "text" if isinstance(frame, str) else "bytes"
        self.heard.put_nowait({"type": "websocket.receive", kind: frame})

    def leave(self) -> None:
        self.heard.put_nowait({"type": "websocket.disconnect", "code": 1001})

    async def next(self) -> dict[str, Any]:
        return await asyncio.wait_for(self.said.get(), 10)

    async def hear(self, kind: str) -> str:
        """Wait for a message of a class."""
        while f'"type":"{kind}"' not in (text := (await self.next()).get("text", "")):
            pass
        return str(text)

    async def closed(self) -> str:
        """Wait until it is closed, and say why; its code is the one of this reason."""
        while (message := await self.next())["type"] != "websocket.close":
            pass
        reason = str(message["reason"])
        assert message["code"] == CLOSING_CODES[reason]
        self.leave()
        await asyncio.wait_for(self.task, 10)
        return reason


async def entered(route: WebSocketRoute, first: str = TEACH, client: str = "") -> Socket:
    """Come in as the teacher, or with another first message, and be welcomed."""
    socket = Socket(route, client=client)
    socket.say(first)
    await socket.hear("welcome")
    return socket


Play = Callable[[WebSocketRoute], Awaitable[None]]


def played(play: Play) -> None:
    """Run a scene on a route of its own; nobody's task may be left over, or have failed."""

    async def scene() -> None:
        await play(class_route(""))
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        for result in await asyncio.gather(*others, return_exceptions=True):
            assert result is None or isinstance(result, asyncio.CancelledError)

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("base", "path"), [("", "/class/{room}"), ("/base", "/base/class/{room}"), ("/a/b", "/a/b/class/{room}")]
)
def test_the_path_is_below_the_base_path(base: str, path: str) -> None:
    assert class_route(base).path == path


@pytest.mark.parametrize(
    ("host", "origin", "own"),
    [
        ("here", "https://here", True),
        ("here:8501", "http://HERE:8501", True),
        ("[::1]:8501", "http://[::1]:8501", True),
        ("here", "http://there", False),
        ("here", "http://here.there", False),
        ("here", "http://there/here", False),
        ("here", "http://here@there", False),
        ("here", "http://here:8501", False),
        ("here:8501", "http://here", False),
        ("here", "file://here", False),
        ("here", "http://[", False),
        ("here", "here", False),
        ("here", "null", False),
        ("here", "", False),
        ("", "http://", False),
        ("", "", False),
    ],
)
def test_a_page_is_our_own_by_its_origin(host: str, origin: str, own: bool) -> None:
    assert is_own_page({"host": host, "origin": origin}) is own


def test_what_is_sent_too_fast_waits_and_nobody_is_sent_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIMITS, "frames_a_second", 800)

    async def play(route: WebSocketRoute) -> None:
        teacher, student = await entered(route), Socket(route)
        begun = time.monotonic()
        for position in range(300):  # as a server finds them that was busy for a while
            teacher.say(write("state", **{**STATE, "position": position}))
        student.say(JOIN)
        while f'"position":{299}' not in await student.hear("state"):
            pass
        assert 0.9 * 200 / 800 < time.monotonic() - begun < 10
        assert not teacher.task.done()

    played(play)


def test_a_script_that_joins_again_and_again_is_slowed_and_a_class_with_its_places_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(LIMITS, "joins_an_address", 3)

    async def play(route: WebSocketRoute) -> None:
        await entered(route)
        places = []
        for client in ("203.0.113.7", "2001:db8::1", "127.0.0.1"):
            for number in range(5):
                name = client.replace("::1", f"::{number}")  # of one network
                student = Socket(route, client=name)
                student.say(JOIN)
                if number < 3 or client == "127.0.0.1":
                    places.append(json.loads(await student.hear("welcome"))["place"])
                else:
                    assert await student.closed() == "too fast"
        for place in places:
            await entered(route, write("join", place=place), "203.0.113.7")

    played(play)


def test_no_address_takes_all_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIMITS, "sockets_an_address", 2)

    async def play(route: WebSocketRoute) -> None:
        await entered(route)
        inside = [await entered(route, JOIN, "203.0.113.7") for _ in range(2)]
        assert await Socket(route, client="203.0.113.7").closed() == "too many classes"
        await entered(route, JOIN, "203.0.113.8")
        inside[0].leave()
        await inside[0].task
        await entered(route, JOIN, "203.0.113.7")

    played(play)


def test_a_class_beats_for_everybody_though_its_teacher_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIMITS, "seconds_between_beats", 0)

    async def play(route: WebSocketRoute) -> None:
        teacher, student = Socket(route), Socket(route)
        for socket, first in ((teacher, TEACH), (student, JOIN)):
            socket.say(first)
            await socket.hear("beat")

    played(play)


def test_wrong_codes_are_answered_alike_and_late(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIMITS, "seconds_until_a_wrong_code_is_answered", 0.3)

    async def play(route: WebSocketRoute) -> None:
        await entered(route)

        async def guess(code: str) -> None:
            guesser = Socket(route, code)
            begun = time.monotonic()
            guesser.say(JOIN)
            assert (await guesser.next())["type"] == "websocket.accept"
            assert await guesser.closed() == "no such class"
            took = time.monotonic() - begun
            assert 0.95 < took / LIMITS["seconds_until_a_wrong_code_is_answered"] < 4

        other = room_of(new_secret())
        wrong = (other, other[:8], ROOM.lower(), ROOM[:-1], ROOM[:7], "A" * 5000, "%00")
        await asyncio.gather(*map(guess, wrong))

    played(play)


def test_a_secret_names_its_own_class_and_no_other() -> None:
    async def play(route: WebSocketRoute) -> None:
        for path, first in (("new", TEACH), (ROOM, teach(new_secret()))):
            teacher = Socket(route, path)
            teacher.say(first)
            assert (json.loads(await teacher.hear("welcome"))["room"] == ROOM) is (first is TEACH)

    played(play)


def test_who_says_nothing_does_not_keep_his_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIMITS, "seconds_to_join", 0)

    async def play(route: WebSocketRoute) -> None:
        assert await Socket(route).closed() == "no such class"

    played(play)


@pytest.mark.parametrize("first", ["", "{}", b"{}", '{"type":"teach","secret":"ab"}', write("end"), "[" * 60_000])
def test_a_first_frame_that_is_none_is_refused(first: str | bytes) -> None:
    async def play(route: WebSocketRoute) -> None:
        socket = Socket(route)
        socket.say(first)
        assert await socket.closed() == "refused"

    played(play)


def test_who_waits_has_nothing_to_say() -> None:
    async def play(route: WebSocketRoute) -> None:
        socket = Socket(route)
        socket.say(JOIN)
        socket.say(write("answer", question=1, round=1, value=1))
        assert await socket.closed() == "refused"

    played(play)


def test_students_who_are_back_before_their_teacher_are_let_in_with_him(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIMITS, "seconds_until_a_wrong_code_is_answered", 60)

    async def play(route: WebSocketRoute) -> None:
        students = [Socket(route) for _ in range(3)]
        other = Socket(route, room_of(new_secret()))
        for student in (*students, other):
            student.say(JOIN)
        await asyncio.sleep(0.1)
        assert not any(student.said.qsize() > 1 for student in students)
        teacher = Socket(route)
        teacher.say(TEACH)
        for student in students:
            assert '"role":"student"' in await student.hear("welcome")
        assert not other.task.done()

    played(play)


def test_a_class_that_ended_is_one_that_never_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIMITS, "seconds_until_a_wrong_code_is_answered", 0.1)

    async def play(route: WebSocketRoute) -> None:
        teacher, student = await entered(route), await entered(route, JOIN)
        teacher.say(write("end"))
        await student.hear("ended")
        assert await student.closed() == "ended"
        assert await teacher.closed() == "ended"
        late = Socket(route)
        late.say(JOIN)
        assert await late.closed() == "no such class"

    played(play)


def test_of_too_many_that_wait_the_oldest_gives_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIMITS, "sockets_waiting_to_join", 3)
    monkeypatch.setitem(LIMITS, "seconds_until_a_wrong_code_is_answered", 60)
    monkeypatch.setitem(LIMITS, "seconds_to_join", 60)

    async def play(route: WebSocketRoute) -> None:
        waiting = [Socket(route, room_of(new_secret())) for _ in range(3)]
        for socket in waiting:
            socket.say(JOIN)
        await asyncio.sleep(0.05)
        await entered(route)
        assert await waiting[0].closed() == "no such class"
        assert not waiting[1].task.done()
        silent = [Socket(route) for _ in range(4)]
        assert await silent[0].closed() == "no such class"

    played(play)


def test_a_server_has_so_many_sockets_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIMITS, "sockets", 3)

    async def play(route: WebSocketRoute) -> None:
        inside = [await entered(route, first) for first in (TEACH, JOIN, JOIN)]
        for first in (JOIN, TEACH):
            late = Socket(route)
            late.say(first)
            assert await late.closed() == "too many classes"
        inside[1].leave()
        await inside[1].task
        guesser = Socket(route, room_of(new_secret()))
        guesser.say(JOIN)
        await asyncio.sleep(0.05)
        await entered(route, JOIN)
        assert await guesser.closed() == "no such class"

    played(play)


def test_a_full_class_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIMITS, "sockets_a_room", LIMITS["teachers_a_room"] + 1)

    async def play(route: WebSocketRoute) -> None:
        await entered(route)
        student, late = await entered(route, JOIN), Socket(route)
        late.say(JOIN)
        assert await late.closed() == "class full"
        student.leave()
        await student.task
        await entered(route, JOIN)

    played(play)


def test_a_server_has_so_many_classes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIMITS, "rooms", 1)

    async def play(route: WebSocketRoute) -> None:
        teacher, secret = Socket(route), new_secret()
        teacher.say(TEACH)
        await teacher.hear("welcome")
        other = Socket(route, room_of(secret))
        other.say(teach(secret))
        assert await other.closed() == "too many classes"

    played(play)


def test_an_empty_room_is_dropped_though_nobody_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIMITS, "seconds_that_an_empty_room_stays", 0)

    async def play(route: WebSocketRoute) -> None:
        teacher = await entered(route)
        teacher.leave()
        await teacher.task
        rooms = route.endpoint.__self__._rooms
        assert len(list(rooms)) == 1
        await asyncio.sleep(0.2)
        assert list(rooms) == []

    played(play)
