"""How often something may be done: by one socket, and by all that come from one address."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address
from typing import Final

from pages.classroom.messages import LIMITS

_KNOWN: Final = 4096
"""So many addresses are remembered before those that have no socket are forgotten."""


class Pace:
    """So many at once, and then so many a second.

    Parameters
    ----------
    at_once, a_second : float
    now : float
        Seconds of the clock that `wait` and `allows` are given.
    """

    def __init__(self, at_once: float, a_second: float, now: float) -> None:
        self._most: Final = at_once
        self._a_second: Final = a_second
        self._left, self._then = at_once, now

    def wait(self, now: float) -> float:
        """Count one more, and return how many seconds it comes too early."""
        self._left = min(self._most, self._left + self._a_second * (now - self._then)) - 1.0
        self._then = now
        return max(0.0, -self._left / self._a_second)

    def allows(self, now: float) -> bool:
        """Count one more if it does not come too early, and say so."""
        if early := self.wait(now) > 0.0:
            self._left += 1.0
        return not early


class Address:
    """What comes from one address: a school behind its router, or a script.

    Attributes
    ----------
    name : str
        Empty for this machine itself, which has no limit: what a tunnel brings comes from there, too.
    sockets : int
        How many are open.
    joins, frames : Pace
        Of students whom the class does not know yet, and of all frames.
    """

    def __init__(self, name: str, now: float) -> None:
        self.name = name
        self.sockets = 0
        self.joins = Pace(LIMITS["joins_an_address"], LIMITS["joins_an_address_a_second"], now)
        self.frames = Pace(2 * LIMITS["frames_an_address_a_second"], LIMITS["frames_an_address_a_second"], now)


class Addresses:
    """The addresses of all sockets."""

    def __init__(self) -> None:
        self._known: dict[str, Address] = {}

    def of(self, host: str, now: float) -> Address:
        """Return the address of a socket's other end. Of IPv6 it is the network, of which a household has one."""
        try:
            address = ip_address(host)
        except ValueError:  # a socket without a network, as in tests
            return Address("", now)
        if address.is_loopback:
            return Address("", now)
        name = str(IPv6Address(int(address) >> 64 << 64)) if address.version == 6 else host
        if name not in self._known:
            if len(self._known) >= _KNOWN:
                self._known = {name: known for name, known in self._known.items() if known.sockets}
            self._known[name] = Address(name, now)
        return self._known[name]
