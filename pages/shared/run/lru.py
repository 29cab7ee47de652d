"""What is made once for everybody, by name; the last few of it.

Streamlit's own caches are one message of a browser away from being empty: anybody's "clear cache" is everybody's.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

_T = TypeVar("_T")


class Lru(Generic[_T]):
    """The values used last, at most so many.

    Examples
    --------
    >>> kept, made = Lru[None](2), []
    >>> for number in (2, 3, 2, 4, 2, 3):
    ...     kept.get(number, lambda: made.append(number))
    >>> made
    [2, 3, 4, 3]
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[Hashable, _T] = OrderedDict()
        # Whoever asks for what is being made waits for it: two of a kind would be trained twice.
        self._lock = threading.Lock()

    def get(self, name: Hashable, make: Callable[[], _T]) -> _T:
        """Give the value of a name; made if it is not kept."""
        with self._lock:
            if name not in self._values:
                self._values[name] = make()
            self._values.move_to_end(name)
            while len(self._values) > self._most:
                self._values.popitem(last=False)
            return self._values[name]
