"""A connection between browser and server that a test can cut. A browser's own offline mode leaves sockets open."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator


class Proxy:
    """Forwards every connection to a port of this machine."""

    def __init__(self, goal: int) -> None:
        self.goal = goal
        self.whole = True
        self.ends: set[socket.socket] = set()
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.door.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def cut(self) -> None:
        """Close every connection, those that are open and those that come."""
        self.whole = False
        for end in list(self.ends):
            self._close(end)

    def mend(self, goal: int | None = None) -> None:
        """Forward again, perhaps to another server."""
        self.goal = goal or self.goal
        self.whole = True

    def _listen(self) -> None:
        while True:
            try:
                near, _ = self.door.accept()
                far = socket.create_connection(("127.0.0.1", self.goal)) if self.whole else None
            except OSError:
                if self.door.fileno() < 0:
                    return
                far = None
            if far is None:
                self._close(near)
                continue
            self.ends |= {near, far}
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(source, sink), daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)
        for end in (source, sink):
            self._close(end)

    def _close(self, end: socket.socket) -> None:
        self.ends.discard(end)
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()


@contextlib.contextmanager
def proxy(goal: int) -> Iterator[Proxy]:
    """Stand between a browser and a port for the length of a with-block."""
    wire = Proxy(goal)
    try:
        yield wire
    finally:
        wire.cut()
        wire.door.close()
