"""Classes whose members are on several processes: what one process hears, the others hear through Redis or Valkey.

Every process has a room for those whom it serves itself. What somebody says is done there at once, and told to the
other processes, which do the same. The room as it stands is kept in Redis for as long as an empty room stays: a process
that has nobody in it yet takes it from there. While Redis is away each process goes on with what it knows, and says so
to the teacher; when it is back, each tells its rooms, and all of them have what any of them had.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Awaitable, Coroutine
from contextlib import suppress
from typing import Any, Final, TypeVar

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from pages.classroom.messages import LIMITS
from pages.classroom.names import is_code
from pages.classroom.rooms import Room, Rooms

_ROOM: Final = "backprop:room:"
_GIVEN: Final = "backprop:given:"
_SAID: Final = "backprop:said:"
_STAYS_S: Final = LIMITS["seconds_that_an_empty_room_stays"]
_PATIENCE_S: Final = 1.0
_AGAIN_S: Final = 0.5
_T = TypeVar("_T")


async def _then_closed(work: Coroutine[Any, Any, None], redis: Redis) -> None:
    try:
        await work
    finally:
        with suppress(RedisError, OSError):
            await redis.aclose()


def _end_if_cancelled() -> None:
    """End a task that is to end: the client may take that for a timeout, or for nothing at all."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError


class Others:
    """The other processes, as one process knows them.

    Parameters
    ----------
    url : str
        Of the server, as redis://host:6379/0.
    rooms : Rooms
        Of this process.
    """

    def __init__(self, url: str, rooms: Rooms) -> None:
        self._url, self._rooms = url, rooms
        self._process = secrets.token_hex(8)
        self._tasks: list[asyncio.Task[None]] = []
        self._is_apart = True  # until it is connected
        self._hears = False
        rooms.begun = self._begun

    def start(self) -> None:
        """Connect, in the loop that runs now; once."""
        if self._tasks:
            return
        never = Retry(NoBackoff(), 0)  # a subscription that came back by itself would have missed something
        self._redis = Redis.from_url(
            self._url,
            socket_timeout=_PATIENCE_S,
            socket_connect_timeout=_PATIENCE_S,
            decode_responses=True,
            retry=never,
        )
        # It may be silent for as long as nobody says anything.
        self._subscribed = Redis.from_url(
            self._url, socket_timeout=None, socket_connect_timeout=_PATIENCE_S, decode_responses=True, retry=never
        )
        self._outbox: asyncio.Queue[tuple[Room, dict[str, Any]]] = asyncio.Queue()
        pairs = (self._send(), self._redis), (self._listen(), self._subscribed)
        self._tasks = [asyncio.create_task(_then_closed(work, redis)) for work, redis in pairs]

    async def fetch(self, name: str) -> None:
        """Have a room here that another process has, by its name or its code."""
        if self._rooms.find(name) is None:
            for text in await self._asked(self._found(name), []):
                self._rooms.adopt(json.loads(text))

    async def number(self, room: Room) -> int:
        """Give a place's number, which no process gives a second time; without Redis, one that hardly any gives."""
        key = _GIVEN + room.name
        given: int = await self._asked(self._redis.incr(key), 0)
        if not given:
            return LIMITS["sockets_a_room"] + secrets.randbelow(10**8)
        await self._asked(self._redis.expire(key, 100 * _STAYS_S), False)
        return given

    def beat(self) -> None:
        """Tell who is here, and keep the rooms."""
        if self._is_apart and self._hears:  # only something that was said has failed, or was too slow
            self._meet()
        for room in self._rooms:
            if room.members:
                self._put(room, {"here": room.members.presence()})

    def _begun(self, room: Room) -> None:
        room.others = lambda event: self._put(room, event)
        room.apart = self._is_apart

    def _put(self, room: Room, event: dict[str, Any]) -> None:
        if self._tasks and not self._is_apart:
            self._outbox.put_nowait((room, event))

    async def _found(self, name: str) -> list[str]:
        keys = [_ROOM + name]
        if is_code(name):
            keys = [key async for key in self._redis.scan_iter(match=f"{_ROOM}{name}*", count=1000)]
        return [str(text) for key in keys if (text := await self._redis.get(key))]

    async def _asked(self, answer: Awaitable[_T], otherwise: _T) -> _T:
        try:
            async with asyncio.timeout(_PATIENCE_S):
                got = await answer
        except (RedisError, OSError, TimeoutError):
            _end_if_cancelled()
            self._part()
            return otherwise
        _end_if_cancelled()
        return got

    async def _send(self) -> None:
        while True:
            room, event = await self._outbox.get()
            text = json.dumps({"from": self._process, **event})
            await self._asked(self._redis.publish(_SAID + room.name, text), 0)
            if "end" in event:
                await self._asked(self._redis.delete(_ROOM + room.name, _GIVEN + room.name), 0)
            elif not any(later is room for later, _ in self._outbox._queue):  # type: ignore[attr-defined]
                await self._asked(self._redis.set(_ROOM + room.name, json.dumps(room.snapshot()), ex=_STAYS_S), None)

    async def _listen(self) -> None:
        while True:
            with suppress(RedisError, OSError):
                async with self._subscribed.pubsub() as channel:
                    await channel.psubscribe(f"{_SAID}*")
                    await self._redis.connection_pool.disconnect(inuse_connections=False)  # those from before are dead
                    self._hears = True
                    self._meet()
                    async for said in channel.listen():
                        if said["type"] == "pmessage":
                            self._take(said["channel"].removeprefix(_SAID), json.loads(said["data"]))
            _end_if_cancelled()
            self._hears = False
            self._part()
            await asyncio.sleep(_AGAIN_S)

    def _take(self, name: str, event: dict[str, Any]) -> None:
        """Do what somebody has said to another process."""
        room = self._rooms.find(name)
        if room is None or event["from"] == self._process:
            return
        if "end" in event:
            self._rooms.end(room)
        elif "room" in event:
            room.take(event["room"])
            if not event["answers"]:  # whoever has met the others first was heard by none
                self._put(room, {"room": room.snapshot(), "answers": True})
        elif "here" in event:
            room.members.hear_presence(event["from"], event["here"])
        else:
            room.hear_elsewhere(event)

    def _part(self) -> None:
        self._tell_apart(apart=True)
        while not self._outbox.empty():  # all of it is told when it is back
            self._outbox.get_nowait()

    def _meet(self) -> None:
        self._tell_apart(apart=False)
        for room in self._rooms:
            self._put(room, {"room": room.snapshot(), "answers": False})

    def _tell_apart(self, *, apart: bool) -> None:
        if apart != self._is_apart:
            self._is_apart = apart
            for room in self._rooms:
                room.tell_apart(apart=apart)
