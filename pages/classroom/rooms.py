"""Classes: who is in each, and what each member has to be told next. Without sockets, and in memory only.

A room is named by the whole hash of its teacher's secret. So the server need not remember who the teacher is: after a
restart the secret opens the same room again, and nobody else's does. What is typed, the code, is only looked up among
the rooms that are there.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from pages.classroom.messages import LIMITS, Refused, write

__all__ = ["Member", "Room", "Rooms", "code_of", "is_code", "room_of"]

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


_BEAT: Final = write("beat")
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


def key_of(secret: str) -> str:
    """Return what signs the places of a room's students: another process may know it, and cannot teach with it."""
    return hashlib.sha256(f"places of {secret}".encode()).hexdigest()


def code_of(secret: str) -> str:
    """Return what is typed to find the room whose teacher has this secret: 40 bits of its name.

    Examples
    --------
    >>> code_of("00112233445566778899aabbccddeeff")
    'VD5O22V3'
    """
    return room_of(secret)[:_CODE]


def is_code(name: str) -> bool:
    """Say whether a room is named by what is typed, and not by its whole name."""
    return len(name) == _CODE


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


def _number(place: str) -> int:
    """Return how many places had been given when this one was: it tells the members of a room apart."""
    return int(place.split(".")[1])


class _Elsewhere(Member):
    """A member whose socket another process has: what is to be sent there, that process sends."""

    def __init__(self, role: Role, place: str, window: str) -> None:
        super().__init__(role, lambda: None, place, window)

    def put(self, kind: str, message: str | _State) -> None:
        """Leave it to the other process."""


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
    """What was asked, what was answered in each round, by place, and the message that revealed it."""

    said: dict[str, Any]
    rounds: list[dict[str, float | str]] = field(default_factory=list)
    revealed: str = ""

    def __post_init__(self) -> None:
        """Have as many rounds as were asked: after a restart of the server the second one may be the first heard of."""
        self.rounds += [{} for _ in range(self.said["round"])]

    @property
    def answers(self) -> dict[str, float | str]:
        """Return those of the present round."""
        return self.rounds[-1]

    def is_asked_again_by(self, said: dict[str, Any]) -> bool:
        """Say whether this asks the same question for the next round."""
        return said == self.said | {"round": self.said["round"] + 1}

    def answer(self, member: Member, round_: int, value: float | str, present: set[str]) -> None:
        """Count an answer: one for each place, the last that it gives. Who has left gives way to who is here."""
        # A text must be one of the choices, because everybody will read it.
        if value not in self.said["choices"] if isinstance(value, str) else self.said["kind"] != "number":
            raise Refused
        if round_ > len(self.rounds):
            return
        answers = self.rounds[round_ - 1]
        if member.place not in answers and len(answers) >= LIMITS["sockets_a_room"]:
            del answers[next(place for place in answers if place not in present)]
        # The first round is over once there is a second: only a restarted server hears of it for the first time.
        if answers is self.answers or member.place not in answers:
            answers[member.place] = value
        member.put("noted", write("noted", question=self.said["question"], round=round_, value=value))

    def reveal(self, **said: object) -> str:
        """Write the message that shows everybody the right answer, and what was answered in each round."""
        first = list(self.rounds[0].values()) if len(self.rounds) > 1 else []
        self.revealed = write("revealed", **said, first=first, answers=list(self.answers.values()))
        return self.revealed

    def counted(self) -> str:
        return write("counted", question=self.said["question"], answers=len(self.answers))


@dataclass(eq=False)
class Room:
    """One class.

    Attributes
    ----------
    key : str
        Made of the teacher's secret. It signs the places of students, so that these hold after a restart of the server,
        too, and on other processes.
    began : int
        When the room was opened, in milliseconds since 1970. If it is another than before, a browser knows that the
        server has lost the answers.
    opened_by : str
        The address from which it was opened; empty for this machine.
    leader : Member or None
        The teacher's window whose position everybody follows.
    locked : bool
        Whether nobody is let in who has no place yet.
    others : callable
        Is told what the other processes have to do as well.
    apart : bool
        Whether those cannot be reached.
    """

    name: str
    key: str
    began: int
    clock: Callable[[], float]
    opened_by: str = ""
    teachers: list[Member] = field(default_factory=list)
    students: set[Member] = field(default_factory=set)
    leader: Member | None = None
    locked: bool = False
    empty_since: float = 0.0
    _state: _State | None = None
    _question: _Question | None = None
    _given: int = 0
    _removed: set[str] = field(default_factory=set)
    others: Callable[[dict[str, Any]], None] = lambda _: None
    apart: bool = False
    _elsewhere: dict[str, tuple[float, dict[str, Any]]] = field(default_factory=dict)
    _closed: int = 0  # number of the last question that was taken back or put away
    _present: str = ""

    @property
    def members(self) -> list[Member]:
        """Return everybody in it."""
        return [*self.teachers, *self.students]

    @property
    def places(self) -> set[str]:
        """Return the places of the students who are here: two windows of one browser share a place."""
        return {student.place for student in self.students}

    def knows(self, place: str) -> bool:
        """Say whether this room has given a place, now or before a restart of the server."""
        began, _, rest = place.partition(".")
        number = rest.partition(".")[0]
        return place != "" and hmac.compare_digest(place, self._place(began, number))

    def _place(self, began: object, number: object) -> str:
        said = f"{began}.{number}"
        return f"{said}.{hmac.digest(bytes.fromhex(self.key), said.encode(), 'sha256').hex()[:32]}"

    def join(self, member: Member, number: int = 0) -> str:
        """Take somebody in, and tell this member what the others know.

        Parameters
        ----------
        member : Member
        number : int
            Of the place that a new student gets, if other processes give some, too.

        Returns
        -------
        str
            Empty, or the reason why the member is not let in.
        """
        member.heard = self.clock()
        if reason := self._admit(member, number) if member.role == "student" else self._seat(member):
            return reason
        leads = member is self.leader
        told = {"role": member.role, "room": self.name, "began": self.began, "place": member.place, "leads": leads}
        member.put("welcome", write("welcome", **told))
        if self._state:
            member.put("state", self._state)
        if question := self._question:
            member.put("asked", write("asked", **question.said))
            if question.revealed:
                member.put("revealed", question.revealed)
            elif member.role == "teacher":
                member.put("counted", question.counted())
        if member.role == "teacher":
            member.put("locked", write("locked", locked=self.locked))
            if self.apart:
                member.put("apart", write("apart", apart=True))
            self._present = ""  # so that this teacher hears it as well
        self.tell_present()
        self.others({"here": self.presence()})
        return ""

    def _admit(self, student: Member, number: int) -> str:
        """Give a student a place, or the one that is claimed; return a reason if there is none."""
        if student.place in self._removed:
            return "removed"
        if not self.knows(student.place):
            if self.locked:
                return "class locked"
            student.place = ""
        if len(self.students) >= LIMITS["sockets_a_room"] - LIMITS["teachers_a_room"]:
            return "class full"
        if student.place:  # after a restart of the server nobody else is given the same number
            self._given = max(self._given, _number(student.place))
        else:
            self._given = number or self._given + 1
            student.place = self._place(self.began, self._given)
        self.students.add(student)
        return ""

    def _seat(self, teacher: Member) -> str:
        """Take a teacher's window in. It leads if no other does: two would drag the class to and fro."""
        leader = self.leader
        same = [other for other in self.teachers if other.window == teacher.window]
        if (leader is not None and leader.window == teacher.window) or (
            teacher.lead and (leader is None or self._is_silent(leader))
        ):
            self.leader = teacher
            self._tell_elsewhere(teacher, {"type": "lead"}, leads=True)
            for other in self.teachers:
                other.put("leads", write("leads", leads=False))
        # What this window had is dead: it was not yet noticed. Else the oldest that does not lead gives way.
        rest = [other for other in self.teachers if other is not self.leader]
        for other in same or rest[: len(self.teachers) - LIMITS["teachers_a_room"] + 1]:
            self.teachers.remove(other)
            other.dismiss("class full")
        self.teachers.append(teacher)
        return ""

    def _is_silent(self, member: Member) -> bool:
        return self.clock() - member.heard > LIMITS["seconds_of_silence"]

    def leave(self, member: Member) -> None:
        """Let somebody go. The member's answer still counts: a phone that locks its screen does not take it back."""
        if member in self.teachers:
            self.teachers.remove(member)
        if member is self.leader:  # another window does not lead by itself: this one may be loading its page anew
            self.leader = None
        self.students.discard(member)
        self.empty_since = self.clock()
        self.tell_present()
        self.others({"here": self.presence()})

    def hear(self, member: Member, message: dict[str, Any]) -> None:
        """Do what a member's message says, which `messages.read` has checked. A message that is too late has no effect.

        Raises
        ------
        Refused
            If an answer does not fit the present question.
        """
        member.heard = self.clock()
        leads = member is self.leader
        self._do(member, message)
        if message["type"] != "beat":
            self._tell_elsewhere(member, message, leads=leads)

    def _do(self, member: Member, message: dict[str, Any]) -> None:
        said = {name: value for name, value in message.items() if name != "type"}
        if message["type"] in ("lead", "lock", "remove", "beat", "command", "did", "point"):
            getattr(self, f"_{message['type']}")(member, **said)
        elif message["type"] == "state" and member is self.leader:
            self._state = _State(write("state", **said), self.clock(), self.clock)
            self._tell("state", self._state, but=member)
        elif message["type"] != "state":
            self._hear_of_question(member, message, said)

    def _lead(self, member: Member) -> None:
        """Follow this window of the teacher from now on."""
        self.leader = member
        for teacher in self.teachers:
            teacher.put("leads", write("leads", leads=teacher is member))

    def _command(self, member: Member, **said: object) -> None:
        """Have the window that leads do what is said in another one of the teacher's: it says it until it is done."""
        if self.leader is not None and self.leader is not member:
            self.leader.put(f"command {said['order']}", write("command", **said))

    def _did(self, member: Member, **said: object) -> None:
        """Let the other windows of the teacher know what the one that leads has done."""
        for teacher in self.teachers:
            if member is self.leader and teacher is not member:
                teacher.put(f"did {said['id']}", write("did", **said))

    def _point(self, member: Member, **said: object) -> None:
        """Show everybody what the pointer of the window that leads rests on."""
        if member is self.leader:
            self._tell("point", write("point", **said), but=member)

    def _lock(self, _: Member, *, locked: bool) -> None:
        """Let nobody in, or somebody again, who has no place yet."""
        self.locked = locked
        for teacher in self.teachers:
            teacher.put("locked", write("locked", locked=locked))

    def _remove(self, _: Member, *, count: int) -> None:
        """Send away those who have got their places last, and forget what they have answered."""
        latest = sorted(self.places, key=lambda place: tuple(map(int, place.split(".")[:2])))[-count:]
        self._removed.update(latest)
        for student in self.students:
            if student.place in self._removed:
                student.dismiss("removed")
        question = self._question
        if question is not None and not question.revealed:
            for answers in question.rounds:
                for place in latest:
                    answers.pop(place, None)
            self._tell_count(question)

    def _beat(self, member: Member, *, following: bool = True) -> None:
        """Note that somebody is there."""
        member.following = following

    def _hear_of_question(self, member: Member, message: dict[str, Any], said: dict[str, Any]) -> None:
        question = self._question
        if message["type"] == "ask":
            self._ask(member, said)
        elif question is None or said["question"] != question.said["question"]:
            return
        elif message["type"] == "withdraw":
            self._question, self._closed = None, max(self._closed, said["question"])
            self._tell("withdrawn", write("withdrawn", **said))
        elif message["type"] == "conceal" and question.revealed:
            question.revealed = ""
            self._tell("concealed", write("concealed", **said))
        elif message["type"] == "answer" and not question.revealed:
            question.answer(member, said["round"], said["value"], self.places)
            self._tell_count(question)
        elif message["type"] == "reveal" and not question.revealed:
            self._tell("revealed", question.reveal(**said))

    def _ask(self, member: Member, said: dict[str, Any]) -> None:
        question = self._question
        if question is None or said["question"] != question.said["question"]:
            question = self._question = _Question(said)
        elif question.is_asked_again_by(said):
            question.said, question.revealed = said, ""
            question.rounds.append({})
        elif said != question.said:
            # Two windows of a teacher have asked at the same time: the first question counts, and the other is told.
            member.put("asked", write("asked", **question.said))
            member.put("counted", question.counted())
            return
        else:
            return  # as after a reload
        self._tell("asked", write("asked", **said), but=member)
        self._tell_count(question)

    # --- members on other processes ---
    def _tell_elsewhere(self, member: Member, message: dict[str, Any], *, leads: bool) -> None:
        revealed = self._question.revealed if self._question is not None and message["type"] == "reveal" else ""
        who = {"role": member.role, "place": member.place, "window": member.window, "leads": leads}
        self.others({"said": message, "who": who, "revealed": revealed})

    def hear_elsewhere(self, event: dict[str, Any]) -> None:
        """Do what somebody has said to another process, as that one has done."""
        who, message = event["who"], event["said"]
        member = self._known(_Elsewhere(who["role"], who["place"], who["window"]), leads=who["leads"])
        if message["type"] == "reveal":
            if self._question is not None and event["revealed"]:
                self._question.revealed = event["revealed"]
                self._tell("revealed", self._question.revealed)
            return
        with suppress(Refused):
            self._do(member, message)

    def _known(self, teacher: _Elsewhere, *, leads: bool) -> Member:
        """Return the member itself or, if it leads, the one that is known to."""
        leader = self.leader
        if not leads:
            return teacher
        if leader is None or leader.window != teacher.window:
            self._lead(teacher)
            leader = teacher
        leader.heard = self.clock()
        return leader

    def presence(self) -> dict[str, Any]:
        """Say who is here on this process: places, which follow and are silent; the teacher's windows, who leads."""
        heard = {student.place: student for student in sorted(self.students, key=lambda student: student.heard)}
        leader = "" if self.leader is None or isinstance(self.leader, _Elsewhere) else self.leader.window
        places = {place: [student.following, self._is_silent(student)] for place, student in heard.items()}
        return {"places": places, "leader": leader, "windows": len(self.teachers)}

    def hear_presence(self, process: str, here: dict[str, Any]) -> None:
        """Note who is on another process."""
        self._elsewhere[process] = self.clock(), here
        if here["leader"] and (self.leader is None or isinstance(self.leader, _Elsewhere)):
            self._known(_Elsewhere("teacher", "", here["leader"]), leads=True)
        self.tell_present()

    def tell_apart(self, *, apart: bool) -> None:
        """Tell the teachers whether the other processes can be reached."""
        self.apart = apart
        for teacher in self.teachers:
            teacher.put("apart", write("apart", apart=apart))

    def snapshot(self) -> dict[str, Any]:
        """Return the room as it stands, for a process that does not know it, or has not heard of it for a while."""
        state, question = self._state, self._question
        asked = None if question is None else [question.said, question.rounds, question.revealed]
        return {
            "name": self.name,
            "key": self.key,
            "began": self.began,
            "given": self._given,
            "locked": self.locked,
            "removed": sorted(self._removed),
            "closed": self._closed,
            "question": asked,
            "leader": "" if self.leader is None or self._is_silent(self.leader) else self.leader.window,
            "state": None if state is None else [state.text, time.time() - (self.clock() - state.since)],
        }

    def take(self, told: dict[str, Any]) -> None:
        """Have what another process has of this room: the newer state, the later question, everybody's answers."""
        self.began, self._given = min(self.began, told["began"]), max(self._given, told["given"])
        self._removed.update(told["removed"])
        if self.leader is None and told["leader"]:
            self._known(_Elsewhere("teacher", "", told["leader"]), leads=True)
        if told["locked"] and not self.locked:
            self._lock(_Elsewhere("teacher", "", ""), locked=True)
        if told["state"] is not None:
            text, then = told["state"]
            since = self.clock() - max(0.0, time.time() - then)
            if self._state is None or since > self._state.since:
                self._state = _State(text, since, self.clock)
                self._tell("state", self._state, but=self.leader)
        self._take_question(told["question"], told["closed"])

    def _take_question(self, told: list[Any] | None, closed: int) -> None:
        mine = self._question
        if mine is not None and mine.said["question"] <= closed:
            self._question = None
            self._tell("withdrawn", write("withdrawn", question=mine.said["question"]))
        self._closed = max(self._closed, closed)
        if told is None or told[0]["question"] <= self._closed:
            return
        said, rounds, revealed = told
        mine = self._question
        if mine is None or mine.said["question"] < said["question"]:
            mine = self._question = _Question(said)
        elif mine.said["question"] > said["question"]:
            return
        if said["round"] > mine.said["round"]:
            mine.said = said
            mine.rounds += [{} for _ in range(said["round"] - len(mine.rounds))]
        for ours, theirs in zip(mine.rounds, rounds, strict=False):
            ours.update({place: value for place, value in theirs.items() if place not in ours})
        mine.revealed = mine.revealed or revealed
        self._tell("asked", write("asked", **mine.said))
        if mine.revealed:
            self._tell("revealed", mine.revealed)
        self._tell_count(mine)

    def beat(self) -> None:
        """Let everybody know that the class is still there, and the teachers who of it is."""
        self._tell("beat", _BEAT)
        self.tell_present()

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

    def tell_present(self) -> None:
        """Tell the teachers how many students are here, look around on their own, or have gone silent, if it is new."""
        gone = self.clock() - LIMITS["seconds_of_silence"]
        self._elsewhere = {process: known for process, known in self._elsewhere.items() if known[0] > gone}
        here = {place: known for _, there in self._elsewhere.values() for place, known in there["places"].items()}
        here |= self.presence()["places"]
        silent = sum(is_silent for _, is_silent in here.values())
        alone = sum(not follows and not is_silent for follows, is_silent in here.values())
        places = sorted({_number(place) for place in here})
        windows = len(self.teachers) + sum(there["windows"] for _, there in self._elsewhere.values())
        present = write("present", students=len(here), alone=alone, silent=silent, places=places, windows=windows)
        if present != self._present:
            self._present = present
            for teacher in self.teachers:
                teacher.put("present", present)


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
        self.begun: Callable[[Room], None] = lambda _: None
        """Is told each room that begins here."""

    def __len__(self) -> int:
        """Return how many rooms there are."""
        return len(self._rooms)

    def __iter__(self) -> Iterator[Room]:
        """Go through them; one may be forgotten meanwhile."""
        return iter(list(self._rooms.values()))

    def adopt(self, told: dict[str, Any]) -> None:
        """Have a room that another process has."""
        if told["name"] not in self._rooms and len(self._rooms) < LIMITS["rooms"]:
            room = Room(told["name"], told["key"], told["began"], self._clock, empty_since=self._clock())
            room.take(told)
            self._rooms[room.name] = room
            self.begun(room)

    def find(self, name: str) -> Room | None:
        """Return the room of a name or of a typed code, if it is there.

        A code that two rooms share leads to neither: one of them may have been made to lure students.
        """
        self.forget()
        if not is_code(name):
            return self._rooms.get(name)
        found = [room for room in self._rooms.values() if room.name.startswith(name)]
        return found[0] if len(found) == 1 else None

    def open(self, secret: str, opened_by: str = "") -> Room | None:
        """Return the room of this secret, a new one if need be; None if there are too many, or of this address."""
        name = room_of(secret)
        room = self.find(name)
        if room is None:
            others = sum(room.opened_by == opened_by for room in self._rooms.values())
            if opened_by and others >= LIMITS["rooms_an_address"]:
                return None
            if len(self._rooms) >= LIMITS["rooms"]:
                empty = [room for room in self._rooms.values() if not room.members]
                if not empty:
                    return None
                del self._rooms[min(empty, key=lambda room: room.empty_since).name]
            room = Room(
                name, key_of(secret), time.time_ns() // 10**6, self._clock, opened_by, empty_since=self._clock()
            )
            self._rooms[name] = room
            self.begun(room)
        return room

    def end(self, room: Room) -> None:
        """Send everybody of a room away, and forget it."""
        self._rooms.pop(room.name, None)
        room.end()

    def beat(self) -> None:
        """Have every room beat."""
        for room in self._rooms.values():
            room.beat()

    def forget(self) -> None:
        """Drop the rooms that have been empty for long enough."""
        gone = self._clock() - LIMITS["seconds_that_an_empty_room_stays"]
        for room in list(self._rooms.values()):
            if not room.members and room.empty_since <= gone:
                del self._rooms[room.name]
