"""Followers of a class run their pages in turn: a page change would start hundreds of runs at once.

The class's own sockets and the teacher's page are served meanwhile. Whoever waits keeps the page that is there.
"""

from __future__ import annotations

import asyncio
from typing import Final
from urllib.parse import parse_qs

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

AT_ONCE: Final = 2
"""So many runs at once keep a core busy: one of them is sent while the next computes."""
SHARE_S: Final = 1.0
"""After this time a run makes room for the next one, and goes on beside it."""
_SHORT: Final = 64
"""The message that a run is done has fewer bytes, and most others have more: these need not be read."""


class Turns:
    """Who may begin, and who waits for it, in the order in which they came."""

    def __init__(self, at_once: int = AT_ONCE, share_s: float = SHARE_S) -> None:
        self._free, self._share_s = asyncio.Semaphore(at_once), share_s
        self._inside: dict[object, asyncio.TimerHandle] = {}

    async def begin(self, who: object) -> None:
        """Wait until it is somebody's turn."""
        self.end(who)
        await self._free.acquire()
        self._inside[who] = asyncio.get_running_loop().call_later(self._share_s, self.end, who)

    def end(self, who: object) -> None:
        """Let the next one begin, if this one has begun."""
        if (timer := self._inside.pop(who, None)) is not None:
            timer.cancel()
            self._free.release()


class InTurn:
    """Hand on what followers' pages ask Streamlit to run when it is their turn, and everything else at once."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._turns = Turns()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a socket on."""
        if scope["type"] != "websocket" or not scope["path"].endswith("/_stcore/stream"):
            await self.app(scope, receive, send)
            return
        page = object()

        async def receive_in_turn() -> Message:
            message = await receive()
            if _follows(message.get("bytes") or b""):
                await self._turns.begin(page)
            return message

        async def send_and_note(message: Message) -> None:
            await send(message)
            if _is_end(message.get("bytes") or b""):
                self._turns.end(page)

        try:
            await self.app(scope, receive_in_turn, send_and_note)
        finally:
            self._turns.end(page)


def _follows(said: bytes) -> bool:
    """Say whether a browser's message asks for a run of a page that is in a class."""
    if b"class=" not in said:
        return False
    try:
        return "class" in parse_qs(BackMsg.FromString(said).rerun_script.query_string)
    except DecodeError:  # Streamlit refuses it
        return False


def _is_end(said: bytes) -> bool:
    return 0 < len(said) < _SHORT and ForwardMsg.FromString(said).WhichOneof("type") == "script_finished"
