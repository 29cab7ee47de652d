"""What uvicorn does not see to: how large a message becomes, how long a request takes to come, who has sent it.

Streamlit starts uvicorn itself, with one limit for all sockets, and after uvicorn has looked up its classes. So what is
missing is put into these classes.
"""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

MESSAGE_BYTES: Final = 65_536
"""The largest message of a socket, unless it is Streamlit's own."""
_PATIENCE_S: Final = {h11.IDLE: 15.0, h11.SEND_BODY: 120.0}
"""How long the head of a request may take, and its body."""


def bound(streamlit_bytes: int) -> None:
    """Bound the messages, the requests and the waits of this process. Call it before anybody visits.

    Parameters
    ----------
    streamlit_bytes : int
        The largest message of Streamlit's own socket.
    """
    sockets: Any = WebSocketsSansIOProtocol

    def begin(self: Any, *_: object) -> None:  # noqa: ANN401 - uvicorn's own
        # Before the address is known, too: a message may come together with the handshake.
        self.conn.max_message_size = MESSAGE_BYTES

    def admit(self: Any, request: Any) -> None:  # noqa: ANN401
        if request.path.partition("?")[0].endswith("/_stcore/stream"):
            self.conn.max_message_size = streamlit_bytes

    sockets.__init__ = _then(sockets.__init__, begin)
    sockets.handle_connect = _then(sockets.handle_connect, admit)
    # A text that is no UTF-8 closes its socket, and is no error of the server.
    logging.getLogger("uvicorn.error").addFilter(lambda record: not str(record.msg).startswith("Invalid UTF-8"))

    requests: Any = H11Protocol
    for event in ("connection_made", "data_received"):
        setattr(requests, event, _then(getattr(requests, event), _set_deadline))
    requests.connection_made = _then(requests.connection_made, _send_at_once)
    for protocol in (requests, sockets):
        protocol.connection_made = _then(protocol.connection_made, _name_plainly)


def _then(first: Callable[..., None], then: Callable[..., None]) -> Callable[..., None]:
    @wraps(first)
    def both(self: object, *given: object, **named: object) -> None:
        first(self, *given, **named)
        then(self, *given)

    return both


def _set_deadline(protocol: Any, *_: object) -> None:  # noqa: ANN401 - uvicorn's own
    """Set until when the rest of a request must be here: parts that come now and then put it off no further."""
    awaited = protocol.conn.their_state
    before, timer = getattr(protocol, "deadline", (None, None))
    if awaited is before:
        return
    if timer is not None:
        timer.cancel()
    patience_s = _PATIENCE_S.get(awaited)
    timer = None if patience_s is None else protocol.loop.call_later(patience_s, _give_up, protocol)
    protocol.deadline = awaited, timer


def _send_at_once(protocol: Any, *_: object) -> None:  # noqa: ANN401 - uvicorn's own
    """Have the network send a small message though the one before is not confirmed.

    asyncio sees to it where a socket says that it is TCP; Streamlit's says nothing, so the second message of an answer
    waited for a round trip, and with a client that confirms late for 40 ms.
    """
    protocol.transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _name_plainly(protocol: Any, *_: object) -> None:  # noqa: ANN401 - uvicorn's own
    """Give a visitor of IPv4 the name that is counted and that a trusted proxy has.

    A server that listens to IPv6 as well, as Streamlit's does where it is given no address, sees ::ffff:192.0.2.7.
    """
    if protocol.client:
        host, port = protocol.client
        protocol.client = host.removeprefix("::ffff:"), port


def _give_up(protocol: Any) -> None:  # noqa: ANN401 - uvicorn's own
    """Close a connection, unless it has become a socket, or waits for its next request, which uvicorn bounds."""
    if protocol.transport.get_protocol() is protocol and protocol.timeout_keep_alive_task is None:
        protocol.transport.close()
