"""Values that are made once for all visitors, by name: those used last, as many as there is memory for.

Streamlit's own caches will not do: one visitor's "clear cache" empties them for everybody.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from pages.hosting.settings import settings

_T = TypeVar("_T")

_OWN_BYTES: Final = 2_000
"""What a value costs beside its arrays, at least."""


@dataclass(eq=False)
class _Place:
    """Where a value is, or will be: a thread that asks for one that is being made waits for it."""

    making: threading.Lock = field(default_factory=threading.Lock)
    values: list[Any] = field(default_factory=list)  # none until it is made
    nbytes: int = 0


class Store:
    """The values used last, of whatever kinds, at most so many bytes; the last one in any case.

    May be shared by threads. A value that is dropped lives on for those who hold it.

    Parameters
    ----------
    most_bytes : int, optional
        The host's setting if left out. It is read when it is first needed, because this module is imported before the
        settings have been checked.

    Examples
    --------
    >>> store, made = Store(1), []
    >>> for number in (2, 3, 3, 2):
    ...     store.get(number, lambda: made.append(number), lambda _: 0)
    >>> made
    [2, 3, 2]
    """

    def __init__(self, most_bytes: int | None = None) -> None:
        self.most_bytes = most_bytes
        self._places: OrderedDict[Hashable, _Place] = OrderedDict()
        self._lock = threading.RLock()

    @property
    def nbytes(self) -> int:
        """Bytes of all that is kept."""
        with self._lock:
            return sum(place.nbytes for place in self._places.values())

    def get(self, name: Hashable, make: Callable[[], _T], weigh: Callable[[_T], int]) -> _T:
        """Give the value of a name; made, and weighed in all the bytes it will ever hold, if it is not kept."""
        with self._lock:
            place = self._places.setdefault(name, _Place())
            self._places.move_to_end(name)
        with place.making:
            if not place.values:
                value = make()
                place.nbytes = _OWN_BYTES + weigh(value)
                place.values.append(value)
                self._keep(name, place)
            made: _T = place.values[0]
        return made

    def find(self, name: Hashable) -> Any:  # noqa: ANN401 - whatever was made
        """Give the value of a name; None if it is not kept."""
        with self._lock:
            place = self._places.get(name)
            return place.values[0] if place and place.values else None

    def _keep(self, name: Hashable, place: _Place) -> None:
        """Let what was just made be the last one, and drop the oldest for it."""
        with self._lock:
            self._places[name] = place  # again: it may have been dropped while it was being made
            self._places.move_to_end(name)
            left, most = self.nbytes, self.most_bytes
            if most is None:
                most = settings().cache_mb * 2**20
            while left > most and len(self._places) > 1:
                left -= self._places.popitem(last=False)[1].nbytes


STORE: Final = Store()
"""All that this process keeps for everybody: a name begins with the kind of its value."""
