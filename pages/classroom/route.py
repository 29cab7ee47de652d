"""A class's address: one WebSocket for each browser, from its handshake to its end.

Streamlit protects no route but its own, so everything is judged here: where a page comes from, how much it says and
how often, and what it may say.
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
from pages.classroom.rooms import Member, Room, Rooms, code_of

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Pace", "class_route", "is_own_page"]

_FAREWELL_S: Final = 2.0
"""So long may it take to say why a socket is closed; a client that reads nothing does not hold its place."""


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
    """How many frames a socket may send: so many a second, and what two seconds of a stalled network hold back."""

    def __init__(self, now: float) -> None:
        self._most: Final = 2.0 * LIMITS["frames_a_second"]
        self._left, self._then = self._most, now

    def allows(self, now: float) -> bool:
        """Count a frame, and say whether it was one too many."""
        self._left = min(self._most, self._left + LIMITS["frames_a_second"] * (now - self._then)) - 1.0
        self._then = now
        return self._left >= 0.0


class _Closing(Exception):  # noqa: N818 - no error: the end of every conversation
    """The socket has to be closed, for a reason in messages.json."""


class _Door:
    """Everybody comes in here: first waits, unnamed, then is in a room."""

    def __init__(self) -> None:
        self._rooms = Rooms()
        self._inside = 0
        # Who has not been let in, and what he waits for: the room of a code, or only for his answer. The oldest first.
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
        with suppress(WebSocketDisconnect, RuntimeError, TimeoutError):  # gone already, or deaf
            async with asyncio.timeout(_FAREWELL_S):
                await websocket.close(closing_code(reason), reason)

    async def _admitted(self, websocket: WebSocket, pace: Pace) -> tuple[Room, Member, asyncio.Event]:
        """Wait until somebody has said who he is, and take him in.

        Wrong codes, ended ones and wrong secrets are answered alike, and late: who guesses learns little, slowly. A
        student whose teacher comes meanwhile, as after a restart, is let in at once.
        """
        code = websocket.path_params["code"]
        self._make_place()
        try:
            message = await self._first_message(websocket, pace)
            teaches = message["type"] == "teach"
            if teaches and code_of(message["secret"]) != code:
                await self._wait(websocket, pace, "")
                raise _Closing("no such class")
            if not teaches and self._rooms.find(code) is None:
                await self._wait(websocket, pace, code)
        finally:
            self._waiting.pop(websocket, None)
        room = self._rooms.open(code) if teaches else self._rooms.find(code)
        if room is None:
            raise _Closing("too many classes" if teaches else "no such class")
        spoken = asyncio.Event()
        member = Member("teacher", spoken.set) if teaches else Member("student", spoken.set, message["who"])
        if reason := room.join(member):
            raise _Closing(reason)
        if teaches:
            self._call(code)
        return room, member, spoken

    def _make_place(self) -> None:
        """Let who has waited longest give way where too many wait: whoever knows what he wants says it at once."""
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

    async def _wait(self, websocket: WebSocket, pace: Pace, code: str) -> None:
        """Wait until a wrong code is answered, or the room of this code is there."""
        # Not all after the same time: a class that comes back, or who guesses in hundreds, would come again in step.
        wait_s = LIMITS["seconds_until_a_wrong_code_is_answered"] * (1.0 + random())  # noqa: S311 - no secret
        with suppress(TimeoutError):
            async with asyncio.timeout(wait_s) as patience:
                self._waiting[websocket] = patience, code
                await _frame(websocket, pace)
                raise Refused  # it has been told nothing to answer

    def _call(self, code: str) -> None:
        """Let in who waits for the room of this code."""
        for patience, wanted in self._waiting.values():
            if wanted == code:
                _end(patience)

    async def _converse(
        self, websocket: WebSocket, pace: Pace, room: Room, member: Member, spoken: asyncio.Event
    ) -> None:
        """Hear what a member says and tell him what he has to know, neither waiting for the other."""
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
            # The next visitor would find it gone; this is for when none comes.
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
    """Send a member what he has to be told, as fast as he takes it."""
    with suppress(WebSocketDisconnect, RuntimeError):  # gone: whoever listens to him hears it too
        while True:
            await spoken.wait()
            spoken.clear()
            while (text := member.take()) is not None:
                await websocket.send_text(text)
            if member.dismissed:
                await websocket.close(closing_code(member.dismissed), member.dismissed)
                return
