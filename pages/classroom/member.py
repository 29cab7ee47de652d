"""A member of a class, and what this member has to be told next: of each kind of message only the latest one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

Role = Literal["teacher", "student"]
# Kinds of messages that need not be sent any more once one of this kind is to be sent.
_OUTDATES: Final = {
    "asked": ("revealed", "concealed", "withdrawn", "counted", "noted"),
    "revealed": ("concealed",),
    "concealed": ("revealed",),
    "withdrawn": ("asked", "revealed", "concealed", "counted", "noted"),
    "ended": (
        *("state", "present", "asked", "revealed", "concealed", "withdrawn", "point"),
        *("counted", "noted", "beat", "leads", "locked"),
    ),
}


@dataclass(frozen=True)
class State:
    """Where the teacher was, and when."""

    text: str
    since: float
    clock: Callable[[], float]

    def now(self) -> str:
        """Write it with the age that it has by now."""
        now = self.clock()
        age = max(0, round(1000 * (now - self.since)))
        return f'{self.text[:-1]},"age":{age},"clock":{round(1000 * now)}}}'


class Member:
    """Somebody in a room, and the messages still to be sent to this member: of each kind only the latest one.

    Parameters
    ----------
    role : "teacher" or "student"
    wake : callable
        Called when there is something to tell.
    place : str, optional
        A student's place in the room, if the student claims one that this room has given.
    window : str, optional
        The name that a teacher's window has given itself.
    lead : bool
        Whether the teacher's window wants to lead if no other does.

    Attributes
    ----------
    dismissed : str
        Why the socket is to be closed when all messages have been sent; empty if it is not.
    heard : float
        When this member last said something.
    following : bool
        Whether a student is where the teacher is.
    """

    def __init__(
        self, role: Role, wake: Callable[[], None], place: str = "", window: str = "", *, lead: bool = True
    ) -> None:
        self.role: Role = role
        self.place, self.window, self.lead = place, window, lead
        self.dismissed = ""
        self.heard, self.following = 0.0, True
        self._wake = wake
        self._slots: dict[str, str | State] = {}

    def put(self, kind: str, message: str | State) -> None:
        """Have a message sent, in place of an older one of its kind."""
        for outdated in (kind, *_OUTDATES.get(kind, ())):
            self._slots.pop(outdated, None)
        self._slots[kind] = message
        self._wake()

    def dismiss(self, reason: str) -> None:
        """Have the member's socket closed."""
        self.dismissed = reason
        self._wake()

    def take(self) -> str | None:
        """Return the next message to send, None if there is none; a state with the age that it has by now."""
        if not self._slots:
            return None
        message = self._slots.pop(next(iter(self._slots)))
        return message if isinstance(message, str) else message.now()


class Elsewhere(Member):
    """A member whose socket another process has: what is to be sent there, that process sends."""

    def __init__(self, role: Role, place: str = "", window: str = "") -> None:
        super().__init__(role, lambda: None, place, window)

    def put(self, kind: str, message: str | State) -> None:
        """Leave it to the other process."""
