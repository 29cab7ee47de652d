"""Requests that do not come to an end; test_served.py of the class has the messages that do not."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

import h11
import pytest
import uvicorn
from streamlit.web.server.starlette.starlette_server import _bind_socket
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState

from pages.hosting.connections import MESSAGE_BYTES, _set_deadline, bound

HEAD = b"PUT / HTTP/1.1\r\nHost: here\r\nContent-Length: 2\r\n"


class Loop:
    """Timers that run when a test says so."""

    def __init__(self) -> None:
        self.timers: list[tuple[float, Any]] = []

    def call_later(self, delay: float, act: Any, *given: object) -> SimpleNamespace:  # noqa: ANN401 - any callable
        entry = (delay, lambda: act(*given))
        self.timers.append(entry)
        return SimpleNamespace(cancel=lambda: self.timers.remove(entry))


@pytest.mark.parametrize(
    ("parts", "patience"),
    [
        ([], 15),
        ([HEAD, HEAD[:0], b"X: 1\r\n"], 15),
        ([HEAD + b"\r\n", b"a"], 120),
        ([HEAD + b"\r\n", b"a", b"b"], None),
    ],
)
def test_the_rest_of_a_request_is_awaited_for_so_long_whatever_comes_of_it(
    parts: list[bytes], patience: float | None
) -> None:
    closed: list[int] = []
    protocol = SimpleNamespace(conn=h11.Connection(h11.SERVER), loop=Loop(), timeout_keep_alive_task=None)
    protocol.transport = SimpleNamespace(get_protocol=lambda: protocol, close=lambda: closed.append(1))
    _set_deadline(protocol)
    for part in parts:
        protocol.conn.receive_data(part) if part else None
        while protocol.conn.next_event() not in (h11.NEED_DATA, h11.PAUSED):
            pass
        _set_deadline(protocol)
    assert [delay for delay, _ in protocol.loop.timers] == ([] if patience is None else [patience])
    for _, act in protocol.loop.timers:
        act()
        protocol.transport.get_protocol = lambda: None  # it has become a socket
        act()
    assert closed == ([] if patience is None else [1])


@pytest.fixture
def bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bound uvicorn's own classes, until the test is over."""
    for kind in (H11Protocol, WebSocketsSansIOProtocol):
        for method in ("__init__", "connection_made", "data_received", "handle_connect"):
            if hasattr(kind, method):
                monkeypatch.setattr(kind, method, getattr(kind, method))
    bound(MESSAGE_BYTES)


@asynccontextmanager
async def connected(protocol: Any, address: str) -> AsyncIterator[None]:  # noqa: ANN401 - one of uvicorn's
    """Connect from this machine by IPv4 to a protocol that listens to an address as Streamlit does."""
    loop = asyncio.get_running_loop()
    async with await loop.create_server(lambda: protocol, sock=_bind_socket(address, 0, 1)) as server:
        _, writer = await asyncio.open_connection("127.0.0.1", server.sockets[0].getsockname()[1])
        while protocol.transport is None:
            await asyncio.sleep(0)
        yield
        writer.close()
        await writer.wait_closed()


@pytest.mark.usefixtures("bounded")
def test_a_small_message_does_not_wait_until_the_one_before_is_confirmed() -> None:
    async def play() -> None:
        protocol = H11Protocol(uvicorn.Config(lambda: None), ServerState(), {})
        async with connected(protocol, "127.0.0.1"):
            assert protocol.transport.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)

    asyncio.run(play())


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="this machine has no IPv6")
@pytest.mark.parametrize("kind", [H11Protocol, WebSocketsSansIOProtocol])
@pytest.mark.usefixtures("bounded")
def test_a_server_of_both_kinds_of_addresses_names_a_visitor_of_ipv4_as_one(kind: Any) -> None:  # noqa: ANN401
    async def play() -> None:
        protocol = kind(uvicorn.Config(lambda: None), ServerState(), {})
        async with connected(protocol, "::"):
            assert protocol.client[0] == "127.0.0.1"

    asyncio.run(play())
