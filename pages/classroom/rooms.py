"""Classes: who is in each, and what each member has to be told next. Without sockets, and in memory only.

A room is named by the whole hash of its teacher's secret. So the server need not remember who the teacher is: after a
restart the secret opens the same room again, and nobody else's does. What is typed, the code, is only looked up among
the rooms that are there.
"""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from pages.classroom.messages import LIMITS, Refused, write

__all__ = ["Member", "Room", "Rooms", "code_of", "room_of"]

Role = Literal["teacher", "student"]
# Kinds of messages that need not be sent any more once one of this kind is to be sent.
_OUTDATES: Final = {
    "asked": ("revealed", "withdrawn", "counted", "noted"),
    "withdrawn": ("asked", "revealed", "counted", "noted"),
    "ended": ("state", "present", "asked", "revealed", "withdrawn", "counted", "noted"),
}


_CODE: Final = 8
"""Letters of a code: the first ones of its room's name."""


def room_of(secret: str) -> str:
    """Return the name of the room whose teacher has this secret.

    Parameters
    ----------
    secret : str
        128 bits in hexadecimal digits.

    Returns
    -------
    str
        base32(sha256(bytes of the secret)): 52 letters or digits, 256 bits.
    """
    return base64.b32encode(hashlib.sha256(bytes.fromhex(secret)).digest()).decode().rstrip("=")


def code_of(secret: str) -> str:
    """Return what is typed to find the room whose teacher has this secret: 40 bits of its name.

    Examples
    --------
    >>> code_of("00112233445566778899aabbccddeeff")
    'VD5O22V3'
    """
    return room_of(secret)[:_CODE]


class Member:
    """Somebody in a room, and the messages still to be sent to this member: of each kind only the latest one.

    Parameters
    ----------
    role : "teacher" or "student"
    wake : callable
        Called when there is something to tell.
    who : str, optional
        The name that a student's browser has given itself in this class. It stays the same after a lost connection.

    Attributes
    ----------
    dismissed : str
        Why the socket is to be closed when all messages have been sent; empty if it is not.
    """

    def __init__(self, role: Role, wake: Callable[[], None], who: str = "") -> None:
        self.role: Role = role
        self.who = who
        self.dismissed = ""
        self._wake = wake
        self._slots: dict[str, str | _State] = {}

    def put(self, kind: str, message: str | _State) -> None:
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


@dataclass(frozen=True)
class _State:
    """Where the teacher was, and when."""

    text: str
    since: float
    clock: Callable[[], float]

    def now(self) -> str:
        now = self.clock()
        age = max(0, round(1000 * (now - self.since)))
        return f'{self.text[:-1]},"age":{age},"clock":{round(1000 * now)}}}'


@dataclass
class _Question:
    """What was asked, what was answered, and the message that revealed it."""

    said: dict[str, Any]
    answers: dict[str, float | str] = field(default_factory=dict)
    revealed: str = ""

    def answer(self, member: Member, value: float | str) -> None:
        """Count an answer: one for each browser, the last that it gives."""
        # A text must be one of the choices, because everybody will read it.
        if value not in self.said["choices"] if isinstance(value, str) else self.said["kind"] != "number":
            raise Refused
        if member.who in self.answers or len(self.answers) < LIMITS["sockets_a_room"]:
            self.answers[member.who] = value
            member.put("noted", write("noted", question=self.said["question"], value=value))

    def counted(self) -> str:
        return write("counted", question=self.said["question"], answers=len(self.answers))


@dataclass(eq=False)
class Room:
    """One class.

    Attributes
    ----------
    began : int
        When the room was opened, in milliseconds since 1970. If it is another than before, a browser knows that the
        server has lost the answers.
    """

    name: str
    began: int
    clock: Callable[[], float]
    teachers: list[Member] = field(default_factory=list)
    students: set[Member] = field(default_factory=set)
    empty_since: float = 0.0
    _state: _State | None = None
    _question: _Question | None = None

    @property
    def members(self) -> list[Member]:
        """Return everybody in it."""
        return [*self.teachers, *self.students]

    def join(self, member: Member) -> str:
        """Take somebody in, and tell this member what the others know.

        Returns
        -------
        str
            Empty, or the reason why the member is not let in.
        """
        if member.role == "student":
            if len(self.students) >= LIMITS["sockets_a_room"] - LIMITS["teachers_a_room"]:
                return "class full"
            self.students.add(member)
        else:
            # There may be several: a connection that broke is noticed only after a minute. The oldest gives way.
            if len(self.teachers) >= LIMITS["teachers_a_room"]:
                self.teachers.pop(0).dismiss("class full")
            self.teachers.append(member)
        member.put("welcome", write("welcome", role=member.role, room=self.name, began=self.began))
        if self._state:
            member.put("state", self._state)
        if question := self._question:
            member.put("asked", write("asked", **question.said))
            if question.revealed:
                member.put("revealed", question.revealed)
            elif member.role == "teacher":
                member.put("counted", question.counted())
        self._tell_present()
        return ""

    def leave(self, member: Member) -> None:
        """Let somebody go. The member's answer still counts: a phone that locks its screen does not take it back."""
        if member in self.teachers:
            self.teachers.remove(member)
        self.students.discard(member)
        self.empty_since = self.clock()
        self._tell_present()

    def hear(self, member: Member, message: dict[str, Any]) -> None:
        """Do what a member's message says, which `messages.read` has checked. A message that is too late has no effect.

        Raises
        ------
        Refused
            If an answer does not fit the present question.
        """
        said = {name: value for name, value in message.items() if name != "type"}
        question = self._question
        if message["type"] == "state":
            self._state = _State(write("state", **said), self.clock(), self.clock)
            self._tell("state", self._state, but=member)
        elif question is None or said["question"] != question.said["question"]:
            if message["type"] == "ask":
                self._question = _Question(said)
                self._tell("asked", write("asked", **said), but=member)
                self._tell_count(self._question)
        elif message["type"] == "ask" and said != question.said:
            # Two windows of a teacher have asked at the same time: the first question counts, and the other is told.
            member.put("asked", write("asked", **question.said))
            member.put("counted", question.counted())
        elif message["type"] == "withdraw":
            self._question = None
            self._tell("withdrawn", write("withdrawn", **said))
        elif message["type"] == "answer" and not question.revealed:
            question.answer(member, said["value"])
            self._tell_count(question)
        elif message["type"] == "reveal" and not question.revealed:
            question.revealed = write("revealed", **said, answers=list(question.answers.values()))
            self._tell("revealed", question.revealed)

    def end(self) -> None:
        """Send everybody away."""
        for member in self.members:
            member.put("ended", write("ended"))
            member.dismiss("ended")

    def _tell(self, kind: str, message: str | _State, but: Member | None = None) -> None:
        for member in self.members:
            if member is not but:
                member.put(kind, message)

    def _tell_count(self, question: _Question) -> None:
        for teacher in self.teachers:
            teacher.put("counted", question.counted())

    def _tell_present(self) -> None:
        for teacher in self.teachers:
            teacher.put("present", write("present", students=len(self.students)))


class Rooms:
    """Every class of this server.

    Parameters
    ----------
    clock : callable, optional
        Seconds, never backwards.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._rooms: dict[str, Room] = {}

    def __len__(self) -> int:
        """Return how many rooms there are."""
        return len(self._rooms)

    def find(self, name: str) -> Room | None:
        """Return the room of a name or of a typed code, if it is there.

        A code that two rooms share leads to neither: one of them may have been made to lure students.
        """
        self.forget()
        if len(name) != _CODE:
            return self._rooms.get(name)
        found = [room for room in self._rooms.values() if room.name.startswith(name)]
        return found[0] if len(found) == 1 else None

    def open(self, name: str) -> Room | None:
        """Return the room of this name whose secret is known, a new one if need be; None if there are too many."""
        room = self.find(name)
        if room is None:
            if len(self._rooms) >= LIMITS["rooms"]:
                empty = [room for room in self._rooms.values() if not room.members]
                if not empty:
                    return None
                del self._rooms[min(empty, key=lambda room: room.empty_since).name]
            room = Room(name, time.time_ns() // 10**6, self._clock, empty_since=self._clock())
            self._rooms[name] = room
        return room

    def end(self, room: Room) -> None:
        """Send everybody of a room away, and forget it."""
        self._rooms.pop(room.name, None)
        room.end()

    def forget(self) -> None:
        """Drop the rooms that have been empty for long enough."""
        gone = self._clock() - LIMITS["seconds_that_an_empty_room_stays"]
        for room in list(self._rooms.values()):
            if not room.members and room.empty_since <= gone:
                del self._rooms[room.name]
