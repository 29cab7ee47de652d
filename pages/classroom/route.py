"""The address of a class: one WebSocket for each browser, from its handshake to its end.

Streamlit protects only its own routes, so everything is checked here: where a page comes from, how large and how
frequent its messages are, and which messages it may send.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from random import random
from typing import TYPE_CHECKING, Any, Final

from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from pages.classroom.messages import LIMITS, PATH, Refused, closing_code, read
from pages.classroom.rooms import Member, Room, Rooms, room_of

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Pace", "class_route", "is_own_page"]

_FAREWELL_S: Final = 2.0
"""How long the message that closes a socket may take: a client that reads nothing must not keep its place."""


def class_route(base: str) -> WebSocketRoute:
    """Return the route of all classes of this server; ``base`` is what its addresses begin with, as "/app" or empty."""
    return WebSocketRoute(f"{base}/{PATH}", _Door().enter)


def is_own_page(headers: Mapping[str, str]) -> bool:
    """Say whether a handshake comes from a page of this server, and not from another site's.

    Examples
    --------
    >>> is_own_page({"host": "example.org:8501", "origin": "http://example.org:8501"})
    True
    >>> is_own_page({"host": "example.org:8501", "origin": "http://example.org"})
    False
    >>> is_own_page({"host": "example.org"})
    False
    """
    host = headers.get("host", "")
    scheme, _, origin = headers.get("origin", "").partition("://")
    return scheme in ("http", "https") and host != "" and origin.lower() == host.lower()


class Pace:
    """How many frames a socket may send: so many a second, and at once as many as two seconds of a stalled network."""

    def __init__(self, now: float) -> None:
        self._most: Final = 2.0 * LIMITS["frames_a_second"]
        self._left, self._then = self._most, now

    def allows(self, now: float) -> bool:
        """Count a frame, and say whether it is allowed."""
        self._left = min(self._most, self._left + LIMITS["frames_a_second"] * (now - self._then)) - 1.0
        self._then = now
        return self._left >= 0.0


class _Closing(Exception):  # noqa: N818 - no error: the end of every conversation
    """The socket has to be closed, for a reason in messages.json."""


class _Door:
    """The entrance of all sockets: each first waits until it has said what it wants, and then is in a room."""

    def __init__(self) -> None:
        self._rooms = Rooms()
        self._inside = 0
        # The sockets that are not in a room, the oldest first: the timeout of each, and the name or the code of
        # the room that it waits for, or "".
        self._waiting: dict[WebSocket, tuple[asyncio.Timeout, str]] = {}

    async def enter(self, websocket: WebSocket) -> None:
        """Serve one socket until it is closed."""
        if not is_own_page(websocket.headers):
            await websocket.close()  # before it was accepted: the handshake is answered with 403
            return
        await websocket.accept()
        pace = Pace(time.monotonic())
        try:
            room, member, spoken = await self._admitted(websocket, pace)
            self._inside += 1
            try:
                await self._converse(websocket, pace, room, member, spoken)
            finally:
                self._inside -= 1
                self._let_go(room, member)
        except WebSocketDisconnect:
            return
        except Refused:
            reason = "refused"
        except _Closing as closing:
            reason = str(closing)
        with suppress(WebSocketDisconnect, RuntimeError, TimeoutError):  # it is gone already, or reads nothing
            async with asyncio.timeout(_FAREWELL_S):
                await websocket.close(closing_code(reason), reason)

    async def _admitted(self, websocket: WebSocket, pace: Pace) -> tuple[Room, Member, asyncio.Event]:
        """Wait until somebody has said what they want, and take them in.

        Wrong codes, codes of ended classes and wrong secrets get the same answer, and late, so that guessing is slow
        and tells little. A student whose teacher comes meanwhile, as after a restart, is let in at once.
        """
        name = websocket.path_params["room"]
        self._make_place()
        try:
            message = await self._first_message(websocket, pace)
            teaches = message["type"] == "teach"
            if teaches and room_of(message["secret"]) != name:
                await self._wait(websocket, pace, "")
                raise _Closing("no such class")
            if not teaches and self._rooms.find(name) is None:
                await self._wait(websocket, pace, name)
        finally:
            self._waiting.pop(websocket, None)
        room = self._rooms.open(name) if teaches else self._rooms.find(name)
        if room is None:
            raise _Closing("too many classes" if teaches else "no such class")
        spoken = asyncio.Event()
        member = Member("teacher", spoken.set) if teaches else Member("student", spoken.set, message["who"])
        if reason := room.join(member):
            raise _Closing(reason)
        if teaches:
            self._call(name)
        return room, member, spoken

    def _make_place(self) -> None:
        """If too many wait, close the socket that has waited longest: a real browser says at once what it wants."""
        everybody = self._inside + len(self._waiting)
        if len(self._waiting) < LIMITS["sockets_waiting_to_join"] and everybody < LIMITS["sockets"]:
            return
        if not self._waiting:
            raise _Closing("too many classes")
        patience, _ = self._waiting.pop(next(iter(self._waiting)))
        _end(patience)

    async def _first_message(self, websocket: WebSocket, pace: Pace) -> dict[str, Any]:
        try:
            async with asyncio.timeout(LIMITS["seconds_to_join"]) as patience:
                self._waiting[websocket] = patience, ""
                return read(await _frame(websocket, pace), "first")
        except TimeoutError:
            raise _Closing("no such class") from None

    async def _wait(self, websocket: WebSocket, pace: Pace, name: str) -> None:
        """Wait until a wrong code is answered, or the room of this name or code is there."""
        # A random time: a class that comes back, or a hundred guesses, must not all try again at the same moment.
        wait_s = LIMITS["seconds_until_a_wrong_code_is_answered"] * (1.0 + random())  # noqa: S311 - no secret
        with suppress(TimeoutError):
            async with asyncio.timeout(wait_s) as patience:
                self._waiting[websocket] = patience, name
                await _frame(websocket, pace)
                raise Refused  # it has not been let in, so it may send nothing

    def _call(self, name: str) -> None:
        """Let in the students who wait for this room."""
        for patience, wanted in self._waiting.values():
            if wanted and name.startswith(wanted):
                _end(patience)

    async def _converse(
        self, websocket: WebSocket, pace: Pace, room: Room, member: Member, spoken: asyncio.Event
    ) -> None:
        """Receive a member's messages and send those for the member, neither waiting for the other."""
        telling = asyncio.create_task(_tell(websocket, member, spoken))
        try:
            while True:
                message = read(await _frame(websocket, pace), member.role)
                if message["type"] == "end":
                    self._rooms.end(room)
                else:
                    room.hear(member, message)
        finally:
            telling.cancel()
            with suppress(asyncio.CancelledError):
                await telling

    def _let_go(self, room: Room, member: Member) -> None:
        room.leave(member)
        if not room.members:
            # The next visitor would drop it as well. This drops it if there is none.
            wait_s = LIMITS["seconds_that_an_empty_room_stays"] + 1
            asyncio.get_running_loop().call_later(wait_s, self._rooms.forget)


def _end(patience: asyncio.Timeout) -> None:
    """End a wait now, if it does not end by itself."""
    if not patience.expired():
        patience.reschedule(asyncio.get_running_loop().time())


async def _frame(websocket: WebSocket, pace: Pace) -> str | None:
    """Wait for a frame; None if it is a binary one."""
    message = await websocket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code", 1005))
    if not pace.allows(time.monotonic()):
        raise _Closing("too fast")
    text: str | None = message.get("text")
    return text


async def _tell(websocket: WebSocket, member: Member, spoken: asyncio.Event) -> None:
    """Send a member's messages, as fast as its socket takes them."""
    with suppress(WebSocketDisconnect, RuntimeError):  # it is gone, which `_converse` notices, too
        while True:
            await spoken.wait()
            spoken.clear()
            while (text := member.take()) is not None:
                await websocket.send_text(text)
            if member.dismissed:
                await websocket.close(closing_code(member.dismissed), member.dismissed)
                return
