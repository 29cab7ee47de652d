"""Work that is done by one thread at a time, in turns."""

from threading import Lock
from types import TracebackType


class Turns:
    """A fair lock: a thread that releases it while another waits does not get it back before that one.

    A plain lock mostly goes to the thread that has just released it, because the others must wake up first.

    Examples
    --------
    >>> turns = Turns()
    >>> with turns:
    ...     "alone"
    'alone'
    """

    def __init__(self) -> None:
        self._turn, self._next = Lock(), Lock()

    def __enter__(self) -> None:
        """Wait for a turn."""
        with self._next:  # held by the thread whose turn is next
            self._turn.acquire()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the turn."""
        self._turn.release()
