"""Work that is done by one thread at a time, in turns."""

from threading import Lock
from types import TracebackType


class Turns:
    """A lock that goes round: whoever gives it back gets it again after one who waits for it.

    A plain one mostly goes to the thread that has just given it back, for the others must wake first.

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
        """End it."""
        self._turn.release()
