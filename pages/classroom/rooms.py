"""Classes: what is said in each, and which there are. Without sockets, and in memory only."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from pages.classroom.member import Elsewhere, Member, State
from pages.classroom.members import Members
from pages.classroom.messages import LIMITS, Refused, write
from pages.classroom.names import is_code, key_of, room_of
from pages.classroom.question import Questions

_BEAT: Final = write("beat")


@dataclass(eq=False)
class Room:
    """One class.

    Attributes
    ----------
    opened_by : str
        The address from which it was opened; empty for this machine.
    others : callable
        Is told what the other processes have to do as well.
    apart : bool
        Whether those cannot be reached.
    """

    name: str
    members: Members
    opened_by: str = ""
    others: Callable[[dict[str, Any]], None] = lambda _: None
    apart: bool = False
    empty_since: float = field(init=False)
    _state: State | None = None

    def __post_init__(self) -> None:
        """Begin with nobody in it."""
        self.empty_since = self.members.clock()
        self._questions = Questions(self.members)

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
        if reason := self.members.join(member, number):
            return reason
        leads = member is self.members.leader
        if leads:
            self._tell_elsewhere(member, {"type": "lead"}, leads=True)
        told = {"role": member.role, "room": self.name, "began": self.members.began, "place": member.place}
        member.put("welcome", write("welcome", **told, leads=leads))
        if self._state:
            member.put("state", self._state)
        self._questions.greet(member)
        if member.role == "teacher":
            member.put("locked", write("locked", locked=self.members.locked))
            if self.apart:
                member.put("apart", write("apart", apart=True))
        self.members.tell_present()
        self.others({"here": self.members.presence()})
        return ""

    def leave(self, member: Member) -> None:
        """Let somebody go. The member's answer still counts: a phone that locks its screen does not take it back."""
        self.members.leave(member)
        self.empty_since = self.members.clock()
        self.others({"here": self.members.presence()})

    def hear(self, member: Member, message: dict[str, Any]) -> None:
        """Do what a member's message says, which `messages.read` has checked. A message that is too late has no effect.

        Raises
        ------
        Refused
            If an answer does not fit the present question.
        """
        member.heard = self.members.clock()
        leads = member is self.members.leader
        if message["type"] == "remove":  # the same students on every process
            message = {"type": "remove", "places": self.members.latest(message["count"])}
        self._do(member, message)
        if message["type"] != "beat":
            self._tell_elsewhere(member, message, leads=leads)

    def _do(self, member: Member, message: dict[str, Any]) -> None:
        said = {name: value for name, value in message.items() if name != "type"}
        leader = self.members.leader
        match message["type"]:
            case "beat":
                member.following = said.get("following", True)
            case "lead":
                self.members.lead(member)
            case "lock":
                self.members.lock(**said)
            case "remove":
                self.members.remove(said["places"])
                self._questions.forget(said["places"])
            case "command" if leader is not None and leader is not member:
                leader.put(f"command {said['order']}", write("command", **said))  # said again until it is done
            case "did" if member is leader:
                self.members.tell_teachers(f"did {said['id']}", write("did", **said))
            case "point" if member is leader:
                self.members.tell("point", write("point", **said), but=member)
            case "state" if member is leader:
                self._state = State(write("state", **said), self.members.clock(), self.members.clock)
                self.members.tell("state", self._state, but=member)
            case "command" | "did" | "point" | "state":
                pass  # from a window that does not lead, or to one
            case kind:
                self._questions.hear(member, kind, said)

    def beat(self) -> None:
        """Let everybody know that the class is still there, and the teachers who of it is."""
        self.members.tell("beat", _BEAT)
        self.members.tell_present()

    def end(self) -> None:
        """Send everybody away."""
        for member in self.members:
            member.put("ended", write("ended"))
            member.dismiss("ended")

    # --- members on other processes ---
    def _tell_elsewhere(self, member: Member, message: dict[str, Any], *, leads: bool) -> None:
        revealed = self._questions.revealed if message["type"] == "reveal" else ""
        who = {"role": member.role, "place": member.place, "window": member.window, "leads": leads}
        self.others({"said": message, "who": who, "revealed": revealed})

    def hear_elsewhere(self, event: dict[str, Any]) -> None:
        """Do what somebody has said to another process, as that one has done."""
        who, message = event["who"], event["said"]
        member = self.members.known(Elsewhere(who["role"], who["place"], who["window"]), leads=who["leads"])
        if message["type"] == "reveal":
            self._questions.reveal_as(event["revealed"])
            return
        with suppress(Refused):
            self._do(member, message)

    def tell_apart(self, *, apart: bool) -> None:
        """Tell the teachers whether the other processes can be reached."""
        self.apart = apart
        self.members.tell_teachers("apart", write("apart", apart=apart))

    def snapshot(self) -> dict[str, Any]:
        """Return the room as it stands, for a process that does not know it, or has not heard of it for a while."""
        state = self._state
        since = None if state is None else [state.text, time.time() - (self.members.clock() - state.since)]
        return {"name": self.name, "state": since, **self.members.snapshot(), **self._questions.snapshot()}

    def take(self, told: dict[str, Any]) -> None:
        """Have what another process has of this room: the newer state, the later question, everybody's answers."""
        self.members.take(told)
        if told["state"] is not None:
            text, then = told["state"]
            since = self.members.clock() - max(0.0, time.time() - then)
            if self._state is None or since > self._state.since:
                self._state = State(text, since, self.members.clock)
                self.members.tell("state", self._state, but=self.members.leader)
        self._questions.take(told)


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

    def __iter__(self) -> Iterator[Room]:
        """Go through them; one may be forgotten meanwhile."""
        return iter(list(self._rooms.values()))

    def adopt(self, told: dict[str, Any]) -> None:
        """Have a room that another process has."""
        if told["name"] not in self._rooms and len(self._rooms) < LIMITS["rooms"]:
            room = Room(told["name"], Members(told["key"], told["began"], self._clock))
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
            room = Room(name, Members(key_of(secret), time.time_ns() // 10**6, self._clock), opened_by)
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
