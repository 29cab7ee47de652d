"""Who is in a class: who is let in, which of the teacher's windows leads, who is silent, and who is elsewhere."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator
from typing import Any

from pages.classroom.member import Elsewhere, Member, State
from pages.classroom.messages import LIMITS, write
from pages.classroom.names import number_of, place


class Members:
    """The members of one room.

    Parameters
    ----------
    key : str
        Made of the teacher's secret. It signs the places of students, so that these hold after a restart of the server,
        too, and on other processes.
    began : int
        When the room was opened, in milliseconds since 1970. If it is another than before, a browser knows that the
        server has lost the answers.
    clock : callable
        Seconds, never backwards.

    Attributes
    ----------
    leader : Member or None
        The teacher's window whose position everybody follows.
    locked : bool
        Whether nobody is let in who has no place yet.
    """

    def __init__(self, key: str, began: int, clock: Callable[[], float]) -> None:
        self.key, self.began, self.clock = key, began, clock
        self.teachers: list[Member] = []
        self.students: set[Member] = set()
        self.leader: Member | None = None
        self.locked = False
        self._given = 0
        self._removed: set[str] = set()
        self._elsewhere: dict[str, tuple[float, dict[str, Any]]] = {}
        self._present = ""

    def __iter__(self) -> Iterator[Member]:
        """Go through everybody; one may leave meanwhile."""
        return iter([*self.teachers, *self.students])

    def __len__(self) -> int:
        """Return how many are served by this process."""
        return len(self.teachers) + len(self.students)

    @property
    def places(self) -> set[str]:
        """Return the places of the students, on whichever process: two windows of one browser share a place."""
        return {student.place for student in self.students} | self._far.keys()

    @property
    def _far(self) -> dict[str, list[bool]]:
        """Of each place on another process, whether it follows and is silent."""
        return {place: known for _, there in self._elsewhere.values() for place, known in there["places"].items()}

    def knows(self, claimed: str) -> bool:
        """Say whether this room has given a place, now or before a restart of the server."""
        began, _, rest = claimed.partition(".")
        number = rest.partition(".")[0]
        return claimed != "" and hmac.compare_digest(claimed, place(self.key, began, number))

    def is_silent(self, member: Member) -> bool:
        """Say whether nothing was heard of somebody for so long that the line may be dead."""
        return self.clock() - member.heard > LIMITS["seconds_of_silence"]

    def join(self, member: Member, number: int) -> str:
        """Take somebody in; return a reason if that cannot be. `Room.join` says what the number is."""
        member.heard = self.clock()
        return self._admit(member, number) if member.role == "student" else self._seat(member)

    def _admit(self, student: Member, number: int) -> str:
        """Give a student a place, or the one that is claimed; return a reason if there is none."""
        if student.place in self._removed:
            return "removed"
        if not self.knows(student.place):
            if self.locked:
                return "class locked"
            student.place = ""
        if len(self.students) + len(self._far) >= LIMITS["sockets_a_room"] - LIMITS["teachers_a_room"]:
            return "class full"
        if student.place:  # after a restart of the server nobody else is given the same number
            self._given = max(self._given, number_of(student.place))
        else:
            self._given = number or self._given + 1
            student.place = place(self.key, self.began, self._given)
        self.students.add(student)
        return ""

    def _seat(self, teacher: Member) -> str:
        """Take a teacher's window in. It leads if no other does: two would drag the class to and fro."""
        leader = self.leader
        same = [other for other in self.teachers if other.window == teacher.window]
        if (leader is not None and leader.window == teacher.window) or (
            teacher.lead and (leader is None or self.is_silent(leader))
        ):
            self.lead(teacher)
        # What this window had is dead: it was not yet noticed. Else the oldest that does not lead gives way.
        rest = [other for other in self.teachers if other is not self.leader]
        for other in same or rest[: max(0, len(self.teachers) - LIMITS["teachers_a_room"] + 1)]:
            self.teachers.remove(other)
            other.dismiss("class full")
        self.teachers.append(teacher)
        self._present = ""  # so that this teacher hears it as well
        return ""

    def leave(self, member: Member) -> None:
        """Let somebody go."""
        if member in self.teachers:
            self.teachers.remove(member)
        if member is self.leader:  # another window does not lead by itself: this one may be loading its page anew
            self.leader = None
        self.students.discard(member)
        self.tell_present()

    # --- what the teacher has done with them ---
    def lead(self, member: Member) -> None:
        """Follow this window of the teacher from now on."""
        self.leader = member
        for teacher in self.teachers:
            teacher.put("leads", write("leads", leads=teacher is member))

    def lock(self, *, locked: bool) -> None:
        """Let nobody in, or somebody again, who has no place yet."""
        self.locked = locked
        self.tell_teachers("locked", write("locked", locked=locked))

    def latest(self, count: int) -> list[str]:
        """Return the places that were given last, of those who are not sent away."""
        return sorted(self.places - self._removed, key=lambda place: tuple(map(int, place.split(".")[:2])))[-count:]

    def remove(self, places: list[str]) -> None:
        """Send away those who have these places."""
        self._removed.update(places)
        for student in self.students:
            if student.place in self._removed:
                student.dismiss("removed")

    # --- what they are told ---
    def tell(self, kind: str, message: str | State, but: Member | None = None) -> None:
        """Tell everybody, or everybody but one."""
        for member in self:
            if member is not but:
                member.put(kind, message)

    def tell_teachers(self, kind: str, message: str) -> None:
        """Tell the teacher, in every window."""
        for teacher in self.teachers:
            teacher.put(kind, message)

    def tell_present(self) -> None:
        """Tell the teachers how many students are here, look around on their own, or have gone silent, if it is new."""
        gone = self.clock() - LIMITS["seconds_of_silence"]
        self._elsewhere = {process: known for process, known in self._elsewhere.items() if known[0] > gone}
        here = self._far | self.presence()["places"]
        silent = sum(is_silent for _, is_silent in here.values())
        alone = sum(not follows and not is_silent for follows, is_silent in here.values())
        places = sorted({number_of(place) for place in here})
        windows = len(self.teachers) + sum(there["windows"] for _, there in self._elsewhere.values())
        present = write("present", students=len(here), alone=alone, silent=silent, places=places, windows=windows)
        if present != self._present:
            self._present = present
            self.tell_teachers("present", present)

    # --- members on other processes ---
    def known(self, teacher: Elsewhere, *, leads: bool) -> Member:
        """Return the member itself or, if it leads, the one that is known to."""
        leader = self.leader
        if not leads:
            return teacher
        if leader is None or leader.window != teacher.window:
            self.lead(teacher)
            leader = teacher
        leader.heard = self.clock()
        return leader

    def presence(self) -> dict[str, Any]:
        """Say who is here on this process: which places follow and are silent, the teacher's windows, who leads."""
        heard = {student.place: student for student in sorted(self.students, key=lambda student: student.heard)}
        leader = "" if self.leader is None or isinstance(self.leader, Elsewhere) else self.leader.window
        places = {place: [student.following, self.is_silent(student)] for place, student in heard.items()}
        return {"places": places, "leader": leader, "windows": len(self.teachers)}

    def hear_presence(self, process: str, here: dict[str, Any]) -> None:
        """Note who is on another process."""
        self._elsewhere[process] = self.clock(), here
        if here["leader"] and (self.leader is None or isinstance(self.leader, Elsewhere)):
            self.known(Elsewhere("teacher", window=here["leader"]), leads=True)
        self.tell_present()

    def snapshot(self) -> dict[str, Any]:
        """Return what another process has to know of them."""
        return {
            "key": self.key,
            "began": self.began,
            "given": self._given,
            "locked": self.locked,
            "removed": sorted(self._removed),
            "leader": "" if self.leader is None or self.is_silent(self.leader) else self.leader.window,
        }

    def take(self, told: dict[str, Any]) -> None:
        """Have what another process knows of them."""
        self.began, self._given = min(self.began, told["began"]), max(self._given, told["given"])
        self._removed.update(told["removed"])
        if self.leader is None and told["leader"]:
            self.known(Elsewhere("teacher", window=told["leader"]), leads=True)
        if told["locked"] and not self.locked:
            self.lock(locked=True)
