"""A class without browsers: its teacher and its students over sockets, right and forged. For tests and benchmarks."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from pages.classroom.messages import read, write
from pages.classroom.names import room_of

TIMEOUT_S = 30
STATE = {
    "page": "",
    "address": "lr=0.5&position=7",
    "position": 7.5,
    "playing": True,
    "speed": 100,
    "paused": False,
    "free": False,
    "over": False,
    "own": "",
    "told": 5,
}


def code_of(secret: str) -> str:
    """Return what is typed to find the room whose teacher has this secret."""
    return room_of(secret)[:8]


class ClassMember:
    """One socket of a class. Every message of the server is checked against messages.json."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    async def say(self, kind: str, /, **fields: object) -> None:
        await self.socket.send(write(kind, **fields))

    async def next(self) -> dict[str, Any]:
        """Wait for the next message; skip the beats, which come all the time."""
        while True:
            said = await asyncio.wait_for(self.socket.recv(), TIMEOUT_S)
            assert isinstance(said, str)
            if (message := read(said, "server"))["type"] != "beat":
                return message

    async def hear(self, kind: str) -> dict[str, Any]:
        """Wait for a message of this kind; skip the others."""
        while (message := await self.next())["type"] != kind:
            pass
        return message

    async def closed(self) -> tuple[int, str]:
        """Wait until the server closes the socket, and give code and reason."""
        with suppress(ConnectionClosed):
            while True:
                await asyncio.wait_for(self.socket.recv(), TIMEOUT_S)
        assert self.socket.close_code is not None
        return self.socket.close_code, self.socket.close_reason or ""

    async def join(self, place: str = "") -> None:
        """Join as a student, whose browser has a place in the class or, by default, none yet."""
        await self.say("join", place=place)

    async def teach(self, secret: str) -> None:
        """Come as the teacher, in a window of its own."""
        await self.say("teach", secret=secret, window=new_secret(), lead=True)

    async def closed_without_a_word(self) -> None:
        """Wait until the connection breaks without a closing message (code 1006)."""
        with suppress(ConnectionClosed):
            while True:
                await asyncio.wait_for(self.socket.recv(), TIMEOUT_S)
        assert self.socket.close_code == 1006


@asynccontextmanager
async def arriving(url: str, room: str, **options: Any) -> AsyncIterator[ClassMember]:  # noqa: ANN401 - websockets' own
    """Open a socket to a class as a page of the app does, and send nothing yet."""
    parts = urlsplit(url)
    origin = f"{parts.scheme}://{parts.netloc}"
    address = f"ws://{parts.netloc}{parts.path}class/{room}"
    # Who has sixteen messages unread would not hear that the socket is closed, and would wait for the time-out.
    usual = {"origin": origin, "max_queue": None, "compression": None, "ping_interval": None, "close_timeout": 1}
    async with connect(address, **{**usual, **options}) as socket:
        yield ClassMember(socket)


def new_secret() -> str:
    return secrets.token_hex(16)


@asynccontextmanager
async def teaching(url: str, secret: str, **options: Any) -> AsyncIterator[ClassMember]:  # noqa: ANN401 - websockets' own
    """Open a class, or return to it, as its teacher."""
    async with arriving(url, room_of(secret), **options) as member:
        await member.teach(secret)
        assert (await member.next())["role"] == "teacher"
        yield member


@asynccontextmanager
async def following(url: str, room: str, **options: Any) -> AsyncIterator[ClassMember]:  # noqa: ANN401 - websockets' own
    """Join a class as a student, by the name of its room or by its code."""
    async with arriving(url, room, **options) as member:
        await member.join()
        assert (await member.next())["role"] == "student"
        yield member
