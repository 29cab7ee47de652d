"""The address of a class: one WebSocket for each browser, from its handshake to its end.

Streamlit protects only its own routes, so everything is checked here: where a page comes from, how large and how
frequent its messages are, and which messages it may send. What a socket sends too fast stays in the network until it is
due: a server that was kept busy finds many frames at once, and nobody is sent away for that.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from contextlib import suppress
from random import random
from typing import TYPE_CHECKING, Any, Final

from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from pages.classroom.member import Member
from pages.classroom.messages import CLOSING_CODES, LIMITS, PATH, Refused, read
from pages.classroom.names import room_of
from pages.classroom.pace import Address, Addresses, Pace
from pages.classroom.rooms import Room, Rooms

if TYPE_CHECKING:
    from pages.classroom.others import Others

_FAREWELL_S: Final = 2.0
"""How long the message that closes a socket may take: a client that reads nothing must not keep its place."""


def class_route(base: str, redis_url: str = "") -> WebSocketRoute:
    """Return the route of all classes of this server.

    Parameters
    ----------
    base : str
        What its addresses begin with, as "/app", or empty.
    redis_url : str
        Where this process meets others that have members of the same classes; empty if there are none.
    """
    return WebSocketRoute(f"{base}/{PATH}", _Door(redis_url).enter)


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


class _Closing(Exception):  # noqa: N818 - no error: the end of every conversation
    """The socket has to be closed, for a reason in messages.json."""


class _Line:
    """A socket, and how fast it is read."""

    def __init__(self, websocket: WebSocket, address: Address) -> None:
        self.websocket, self.address = websocket, address
        own = Pace(LIMITS["frames_at_once"], LIMITS["frames_a_second"], time.monotonic())
        self._paces = [own, address.frames] if address.name else [own]

    async def frame(self) -> str | None:
        """Wait for a frame, and until it is due; None if it is a binary one."""
        message = await self.websocket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code", 1005))
        now = time.monotonic()
        if early_s := max(pace.wait(now) for pace in self._paces):
            await asyncio.sleep(early_s)
        text: str | None = message.get("text")
        return text


class _Door:
    """The entrance of all sockets: each first waits until it has said what it wants, and then is in a room."""

    def __init__(self, redis_url: str) -> None:
        self._rooms = Rooms()
        self._others = _others(redis_url, self._rooms) if redis_url else None
        self._addresses = Addresses()
        self._inside = 0
        self._beating: asyncio.Task[None] | None = None
        # The sockets that are not in a room, the oldest first: the timeout of each, and the name or the code of
        # the room that it waits for, or "".
        self._waiting: dict[WebSocket, tuple[asyncio.Timeout, str]] = {}

    async def enter(self, websocket: WebSocket) -> None:
        """Serve one socket until it is closed."""
        if not is_own_page(websocket.headers):
            await websocket.close()  # before it was accepted: the handshake is answered with 403
            return
        await websocket.accept()
        address = self._addresses.of(websocket.client.host if websocket.client else "", time.monotonic())
        address.sockets += 1
        line = _Line(websocket, address)
        try:
            room, member, spoken = await self._admitted(line)
            self._inside += 1
            if self._beating is None:
                self._beating = asyncio.create_task(self._beat())
            try:
                await self._converse(line, room, member, spoken)
            finally:
                self._inside -= 1
                self._let_go(room, member)
        except WebSocketDisconnect:
            return
        except Refused:
            reason = "refused"
        except _Closing as closing:
            reason = str(closing)
        finally:
            address.sockets -= 1
        with suppress(WebSocketDisconnect, RuntimeError, TimeoutError):  # it is gone already, or reads nothing
            async with asyncio.timeout(_FAREWELL_S):
                await websocket.close(CLOSING_CODES[reason], reason)

    async def _beat(self) -> None:
        """Have the rooms beat while anybody is in one."""
        while self._inside:
            await asyncio.sleep(LIMITS["seconds_between_beats"])
            self._rooms.beat()
            if self._others is not None:
                self._others.beat()
        self._beating = None

    async def _admitted(self, line: _Line) -> tuple[Room, Member, asyncio.Event]:
        """Wait until somebody has said what they want, and take them in.

        A teacher's secret names the room, whatever the address says. Wrong codes and codes of ended classes get one
        answer, and late, so that guessing is slow and tells little. A student whose teacher comes meanwhile, as after a
        restart, is let in at once.
        """
        name = line.websocket.path_params["room"]
        self._make_place(line.address)
        if self._others is not None:
            self._others.start()
        try:
            message = await self._first_message(line)
            if teaches := message["type"] == "teach":
                name = room_of(message["secret"])
            await self._fetch(name)
            if not teaches and self._rooms.find(name) is None:
                await self._wait(line, name)
                await self._fetch(name)
        finally:
            self._waiting.pop(line.websocket, None)
        room = self._rooms.open(message["secret"], line.address.name) if teaches else self._rooms.find(name)
        if room is None:
            raise _Closing("too many classes" if teaches else "no such class")
        spoken = asyncio.Event()
        if teaches:
            member = Member("teacher", spoken.set, window=message["window"], lead=message["lead"])
        else:
            member = Member("student", spoken.set, message["place"])
        is_new = not teaches and not room.members.knows(member.place)
        if is_new and line.address.name and not line.address.joins.allows(time.monotonic()):
            raise _Closing("too fast")
        number = await self._others.number(room) if is_new and self._others is not None else 0
        if reason := room.join(member, number):
            raise _Closing(reason)
        if teaches:
            self._call(name)
        return room, member, spoken

    async def _fetch(self, name: str) -> None:
        if self._others is not None:
            await self._others.fetch(name)

    def _make_place(self, address: Address) -> None:
        """If too many wait, close the socket that has waited longest: a real browser says at once what it wants."""
        if address.name and address.sockets > LIMITS["sockets_an_address"]:
            raise _Closing("too many classes")
        everybody = self._inside + len(self._waiting)
        if len(self._waiting) < LIMITS["sockets_waiting_to_join"] and everybody < LIMITS["sockets"]:
            return
        if not self._waiting:
            raise _Closing("too many classes")
        patience, _ = self._waiting.pop(next(iter(self._waiting)))
        _end(patience)

    async def _first_message(self, line: _Line) -> dict[str, Any]:
        try:
            async with asyncio.timeout(LIMITS["seconds_to_join"]) as patience:
                self._waiting[line.websocket] = patience, ""
                return read(await line.frame(), "first")
        except TimeoutError:
            raise _Closing("no such class") from None

    async def _wait(self, line: _Line, name: str) -> None:
        """Wait until a wrong code is answered, or the room of this name or code is there."""
        # A random time: a class that comes back, or a hundred guesses, must not all try again at the same moment.
        wait_s = LIMITS["seconds_until_a_wrong_code_is_answered"] * (1.0 + random())  # noqa: S311 - no secret
        with suppress(TimeoutError):
            async with asyncio.timeout(wait_s) as patience:
                self._waiting[line.websocket] = patience, name
                await line.frame()
                raise Refused  # it has not been let in, so it may send nothing

    def _call(self, name: str) -> None:
        """Let in the students who wait for this room."""
        for patience, wanted in self._waiting.values():
            if wanted and name.startswith(wanted):
                _end(patience)

    async def _converse(self, line: _Line, room: Room, member: Member, spoken: asyncio.Event) -> None:
        """Receive a member's messages and send those for the member, neither waiting for the other."""
        telling = asyncio.create_task(_tell(line.websocket, member, spoken))
        try:
            while True:
                message = read(await line.frame(), member.role)
                if message["type"] == "end":
                    room.others({"end": True})
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
            wait_s = LIMITS["seconds_that_an_empty_room_stays"] + 0.1
            asyncio.get_running_loop().call_later(wait_s, self._rooms.forget)


def _others(redis_url: str, rooms: Rooms) -> Others:
    from pages.classroom.others import Others  # its package is needed where there are several processes only

    return Others(redis_url, rooms)


def _end(patience: asyncio.Timeout) -> None:
    """End a wait now, if it does not end by itself."""
    if not patience.expired():
        patience.reschedule(asyncio.get_running_loop().time())


async def _tell(websocket: WebSocket, member: Member, spoken: asyncio.Event) -> None:
    """Send a member's messages, as fast as its socket takes them."""
    with suppress(WebSocketDisconnect, RuntimeError):  # it is gone, which `_converse` notices, too
        while True:
            await spoken.wait()
            spoken.clear()
            while (text := member.take()) is not None:
                await websocket.send_text(text)
            if member.dismissed:
                await websocket.close(CLOSING_CODES[member.dismissed], member.dismissed)
                return
