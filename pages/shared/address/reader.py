"""Single parameters of an address, and a notice for each that is ignored. Pure; no widget, no session."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from pages.shared.address.fields import BY_KEY
from pages.shared.text.quoting import quoted

_T = TypeVar("_T")


class Reader:
    """Reads single parameters and collects what is wrong with them.

    Parameters
    ----------
    params : mapping of str to sequence of str
        All values of every key.

    Attributes
    ----------
    notices : list of str
        Plain text that quotes the address, a sentence or two for each parameter that is ignored.

    Examples
    --------
    >>> reader = Reader({"seed": ["7", "8"], "epochs": ["9"]})
    >>> reader.read("epochs", int), reader.read("lr", float), reader.read("seed", int), reader.notices
    (9, None, None, ['"seed" in the address is ignored: it stands there 2 times.'])
    """

    def __init__(self, params: Mapping[str, Sequence[str]]) -> None:
        self._params = params
        self.notices: list[str] = []

    def values(self, key: str) -> list[str]:
        """Give all values of a key, [] without it."""
        return list(self._params.get(key, ()))

    def ignore(self, key: str, reason: str) -> None:
        """Note that a parameter is ignored."""
        self.notices.append(f"{quoted(key)} in the address is ignored: {reason}")

    def read(self, key: str, parse: Callable[[str], _T]) -> _T | None:
        """Parse the one value of a key; None without it or, with a notice, if there are several or that fails."""
        values = self.values(key)
        if len(values) > 1:
            self.ignore(key, f"it stands there {len(values)} times.")
        elif values:
            try:
                return parse(values[0])
            except ValueError as error:  # ExperimentError is one
                reason = str(error)
                for field in BY_KEY.get(key, ()):  # the key says already which it is
                    reason = reason.removeprefix(f"{field.label}: ")
                self.ignore(key, reason)
        return None
