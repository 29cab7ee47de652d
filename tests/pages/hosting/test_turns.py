"""Followers' runs in turn: how many at once, in which order, and what is handed on without waiting."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from pages.hosting.turns import AT_ONCE, InTurn, Turns

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Scope, Send


def test_so_many_begin_at_once_and_the_others_in_their_order() -> None:
    async def play() -> None:
        turns, begun = Turns(at_once=2), []

        async def begin(who: str) -> None:
            await turns.begin(who)
            begun.append(who)

        tasks = [asyncio.create_task(begin(who)) for who in "abcdef"]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert begun == ["a", "b"]
        tasks[2].cancel()  # its page is gone
        for who in ("b", "b", "a"):
            turns.end(who)
        await asyncio.gather(*tasks[3:5])
        assert begun == ["a", "b", "d", "e"]
        turns.end("d")
        await tasks[5]

    asyncio.run(asyncio.wait_for(play(), 10))


def test_a_long_run_does_not_hold_up_the_others() -> None:
    async def play() -> None:
        turns = Turns(at_once=1, share_s=0.01)
        for who in range(3):
            await turns.begin(who)

    asyncio.run(asyncio.wait_for(play(), 10))


def rerun(query: str) -> Message:
    said = BackMsg()
    said.rerun_script.query_string = query
    return {"type": "websocket.receive", "bytes": said.SerializeToString()}


def ended() -> Message:
    said = ForwardMsg(hash="0" * 32, script_finished=ForwardMsg.FINISHED_SUCCESSFULLY)
    return {"type": "websocket.send", "bytes": said.SerializeToString()}


def test_a_follower_waits_and_nobody_else_does() -> None:
    async def play() -> None:
        running: list[str] = []
        leave = asyncio.Event()

        async def streamlit(scope: Scope, receive: Receive, send: Send) -> None:
            while True:
                message = await receive()
                if message["type"] == "websocket.disconnect":
                    return
                running.append(scope["page"])
                if scope["page"] == "first":
                    await leave.wait()
                    await send(ended())

        app = InTurn(streamlit)

        async def visit(page: str, *said: Any) -> None:  # noqa: ANN401 - ASGI's own
            left = [*said, {"type": "websocket.disconnect"}]

            async def receive() -> Message:
                message: Message = left.pop(0)
                return message

            async def send(_: Message) -> None:
                return

            await app({"type": "websocket", "path": "/base/_stcore/stream", "page": page}, receive, send)

        first = [asyncio.create_task(visit("first", rerun("class=A"))) for _ in range(AT_ONCE)]
        await asyncio.sleep(0.05)
        waiting = asyncio.create_task(visit("waits", rerun("lr=0.5&class=A")))
        others = [rerun("lr=0.5"), rerun("lr=class="), {"type": "websocket.receive", "bytes": b"class=\xff"}]
        await visit("other", *others, {"type": "websocket.receive", "text": "class="})
        await asyncio.sleep(0.05)
        assert running == ["first"] * AT_ONCE + ["other"] * 4
        leave.set()
        await asyncio.gather(waiting, *first)
        assert running[-1] == "waits"

    asyncio.run(asyncio.wait_for(play(), 10))
