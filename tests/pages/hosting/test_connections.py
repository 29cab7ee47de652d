"""Requests that do not come to an end; test_served.py of the class has the messages that do not."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import h11
import pytest

from pages.hosting.connections import _set_deadline

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
