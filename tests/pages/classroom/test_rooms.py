"""Rooms without sockets: who is in, what each is told, and when a room is gone."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from pages.classroom.member import Member, Role
from pages.classroom.messages import LIMITS, Refused, read
from pages.classroom.names import room_of
from pages.classroom.rooms import Room, Rooms
from tests.class_member import STATE, code_of, new_secret

ASK = {"type": "ask", "question": 1, "kind": "number", "text": "∂L/∂W[0, 1]?", "choices": [], "round": 1}
SECRET = "0" * 32
ROOM = room_of(SECRET)
OTHER = "f" * 32
CHOICES = {
    "type": "ask",
    "question": 1,
    "kind": "choice",
    "text": "The loss?",
    "choices": ["Lower", "Higher"],
    "round": 1,
}


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def opened(rooms: Rooms, secret: str = SECRET) -> Room:
    room = rooms.open(secret)
    assert room is not None
    return room


@pytest.fixture
def room(clock: Clock) -> Room:
    return opened(Rooms(clock))


def joined(room: Room, role: Role, place: str = "", window: str = "", *, lead: bool = True) -> Member:
    member = Member(role, lambda: None, place, window or new_secret(), lead=lead)
    assert room.join(member) == ""
    told(member)
    return member


def present(alone: int, silent: int, places: list[int], windows: int = 1) -> dict[str, Any]:
    said = {"students": len(places), "alone": alone, "silent": silent, "places": places, "windows": windows}
    return {"type": "present", **said}


def revealed(right: float | str, answers: list[float | str], first: Sequence[float | str] = ()) -> dict[str, Any]:
    said = {"question": 1, "right": right, "within": 0, "first": [*first], "answers": answers}
    return {"type": "revealed", **said}


def told(member: Member) -> list[dict[str, Any]]:
    """Take all that a member has not been told."""
    said = []
    while (text := member.take()) is not None:
        said.append(read(text, "server"))
    return said


def state(position: float, **changes: object) -> dict[str, Any]:
    return {"type": "state", **STATE, "position": position, **changes}


def test_a_room_and_its_code_are_what_the_design_says() -> None:
    secret = new_secret()
    digest = hashlib.sha256(int(secret, 16).to_bytes(16)).digest()
    assert room_of(secret) == base64.b32encode(digest).decode()[:52]
    assert code_of(secret) == room_of(secret)[:8]
    assert code_of("00112233445566778899aabbccddeeff") == "VD5O22V3"


def test_a_student_hears_every_state_and_the_teacher_who_sent_it_none(room: Room) -> None:
    teacher, student = joined(room, "teacher"), joined(room, "student")
    told(teacher)
    room.hear(teacher, state(5))
    assert told(student) == [{**state(5), "age": 0, "clock": 1000000}]
    assert told(teacher) == []


def test_of_what_a_slow_student_has_missed_he_hears_the_last(room: Room, clock: Clock) -> None:
    teacher, quick, slow = joined(room, "teacher"), joined(room, "student"), joined(room, "student")
    for position in range(50):
        room.hear(teacher, state(position))
        assert told(quick) == [{**state(position), "age": 0, "clock": 1000000}]
    room.hear(teacher, ASK)
    room.hear(teacher, {"type": "reveal", "question": 1, "right": 0.5, "within": 0})
    room.hear(teacher, {**ASK, "question": 2})
    clock.now += 1.5
    # The first question is over, so the slow member gets only the second one, and the state with its present age.
    assert told(slow) == [{**state(49), "age": 1500, "clock": 1001500}, {**ASK, "type": "asked", "question": 2}]
    assert told(slow) == []


def test_who_comes_late_knows_where_the_teacher_is_now(room: Room, clock: Clock) -> None:
    teacher = joined(room, "teacher")
    room.hear(teacher, state(5))
    room.hear(teacher, CHOICES)
    clock.now += 2.25
    late = Member("student", lambda: None)
    room.join(late)
    welcome, *rest = told(late)
    assert welcome == {
        "type": "welcome",
        "role": "student",
        "room": ROOM,
        "began": room.members.began,
        "place": late.place,
        "leads": False,
    }
    assert rest == [{**state(5), "age": 2250, "clock": 1002250}, {**CHOICES, "type": "asked"}]
    room.hear(late, {"type": "answer", "question": 1, "round": 1, "value": "Lower"})
    room.hear(teacher, {"type": "reveal", "question": 1, "right": "Lower", "within": 0})
    later = Member("student", lambda: None)
    room.join(later)
    assert told(later)[-1] == revealed("Lower", ["Lower"])


def test_a_teacher_who_reloads_knows_what_his_class_knows(room: Room, clock: Clock) -> None:
    teacher, student = joined(room, "teacher"), joined(room, "student")
    room.hear(teacher, state(5, paused=True))
    room.hear(teacher, ASK)
    room.hear(student, {"type": "answer", "question": 1, "round": 1, "value": 2})
    room.leave(teacher)
    clock.now += 1
    again = Member("teacher", lambda: None)
    room.join(again)
    assert told(again)[1:] == [
        {**state(5, paused=True), "age": 1000, "clock": 1001000},
        {**ASK, "type": "asked"},
        {"type": "counted", "question": 1, "answers": 1},
        {"type": "locked", "locked": False},
        present(0, 0, [1]),
    ]


def test_the_teacher_hears_how_many_are_present(room: Room) -> None:
    teacher = joined(room, "teacher")
    students = [joined(room, "student") for _ in range(3)]
    assert told(teacher) == [present(0, 0, [1, 2, 3])]
    room.leave(students[0])
    assert told(teacher) == [present(0, 0, [2, 3])]
    assert all(message["type"] != "present" for student in students for message in told(student))


def test_an_answer_counts_once_a_browser_and_the_last_one_stands(room: Room) -> None:
    teacher, *students = joined(room, "teacher"), joined(room, "student"), joined(room, "student")
    room.hear(teacher, ASK)
    for value in (1, 2, 0.5):
        room.hear(students[0], {"type": "answer", "question": 1, "round": 1, "value": value})
    room.hear(students[1], {"type": "answer", "question": 1, "round": 1, "value": 7})
    assert told(teacher)[-1] == {"type": "counted", "question": 1, "answers": 2}
    # Students hear that their own answer was counted, and nothing about the answers of others.
    assert told(students[0])[-1] == {"type": "noted", "question": 1, "round": 1, "value": 0.5}
    # The same browser connects again before the server has noticed that its first connection is gone.
    again = joined(room, "student", students[1].place)
    room.hear(again, {"type": "answer", "question": 1, "round": 1, "value": 8})
    assert told(teacher)[-1] == {"type": "counted", "question": 1, "answers": 2}
    for gone in (students[1], again):
        room.leave(gone)
    room.hear(teacher, {"type": "reveal", "question": 1, "right": 0.5, "within": 0})
    assert told(teacher)[-1] == told(students[0])[-1] == revealed(0.5, [0.5, 8])


def test_of_two_windows_that_ask_at_once_the_first_ones_question_stands(room: Room) -> None:
    first, second, student = joined(room, "teacher"), joined(room, "teacher"), joined(room, "student")
    for teacher in (first, second):
        told(teacher)
    room.hear(first, ASK)
    room.hear(student, {"type": "answer", "question": 1, "round": 1, "value": 2})
    told(second)  # these messages are already sent
    room.hear(second, {**ASK, "text": "another"})
    assert told(second) == [{**ASK, "type": "asked"}, {"type": "counted", "question": 1, "answers": 1}]
    room.hear(second, ASK)  # asked again, as after a reload
    assert told(second) == []
    assert told(student)[0]["text"] == ASK["text"]


def test_what_comes_too_late_or_for_another_question_is_passed_over(room: Room) -> None:
    teacher, student = joined(room, "teacher"), joined(room, "student")
    answer = {"type": "answer", "question": 1, "round": 1, "value": 1}
    reveal = {"type": "reveal", "question": 1, "right": 1, "within": 0}
    told(teacher)
    for message in (answer, reveal, {"type": "withdraw", "question": 1}):
        room.hear(teacher if message is not answer else student, message)
    assert told(teacher) == told(student) == []
    room.hear(teacher, ASK)
    room.hear(student, {**answer, "question": 2})
    room.hear(teacher, {**reveal, "question": 2})
    room.hear(teacher, {**ASK, "text": "Asked again after a reload: the answers stay."})
    room.hear(student, answer)
    room.hear(teacher, reveal)
    told(teacher), told(student)
    room.hear(student, {**answer, "value": 3})
    room.hear(teacher, {**reveal, "right": 2})
    assert told(teacher) == told(student) == []


def test_a_question_that_is_withdrawn_is_gone(room: Room) -> None:
    teacher, student = joined(room, "teacher"), joined(room, "student")
    room.hear(teacher, ASK)
    room.hear(student, {"type": "answer", "question": 1, "round": 1, "value": 1})
    room.hear(teacher, {"type": "withdraw", "question": 1})
    assert told(student) == [{"type": "withdrawn", "question": 1}]
    late = Member("student", lambda: None)
    room.join(late)
    assert [message["type"] for message in told(late)] == ["welcome"]
    room.hear(teacher, ASK)
    told(teacher)
    room.hear(teacher, {"type": "reveal", "question": 1, "right": 1, "within": 0})
    assert told(teacher)[-1]["answers"] == []


@pytest.mark.parametrize(("question", "value"), [(ASK, "NaN"), (CHOICES, 1), (CHOICES, "lower"), (CHOICES, "")])
def test_an_answer_in_words_of_ones_own_is_refused(room: Room, question: dict[str, Any], value: float | str) -> None:
    teacher, student = joined(room, "teacher"), joined(room, "student")
    room.hear(teacher, question)
    with pytest.raises(Refused):
        room.hear(student, {"type": "answer", "question": 1, "round": 1, "value": value})
    assert told(teacher)[-1] == {"type": "counted", "question": 1, "answers": 0}


def test_a_number_may_be_answered_by_what_the_teacher_offers_beside_it(room: Room) -> None:
    teacher, student = joined(room, "teacher"), joined(room, "student")
    room.hear(teacher, {**ASK, "choices": ["Not a number"]})
    room.hear(student, {"type": "answer", "question": 1, "round": 1, "value": "Not a number"})
    assert told(teacher)[-1] == {"type": "counted", "question": 1, "answers": 1}


def test_answers_of_those_who_left_give_way_to_one_who_is_here(room: Room) -> None:
    teacher, honest = joined(room, "teacher"), joined(room, "student")
    room.hear(teacher, ASK)
    for value in range(LIMITS["sockets_a_room"]):
        student = joined(room, "student")
        room.hear(student, {"type": "answer", "question": 1, "round": 1, "value": value})
        room.leave(student)
    room.hear(honest, {"type": "answer", "question": 1, "round": 1, "value": -7})
    room.hear(teacher, {"type": "reveal", "question": 1, "right": 1, "within": 0})
    answers = told(teacher)[-1]["answers"]
    assert (len(answers), answers[-1]) == (LIMITS["sockets_a_room"], -7)


def test_a_full_room_takes_no_student_more_but_its_teacher(room: Room) -> None:
    places = LIMITS["sockets_a_room"] - LIMITS["teachers_a_room"]
    students = [joined(room, "student") for _ in range(places)]
    assert room.join(Member("student", lambda: None)) == "class full"
    teachers = [joined(room, "teacher") for _ in range(LIMITS["teachers_a_room"] + 1)]
    assert len(room.members) == LIMITS["sockets_a_room"]
    assert [teacher.dismissed for teacher in teachers] == ["", "class full"] + [""] * (LIMITS["teachers_a_room"] - 1)
    room.leave(students[0])
    joined(room, "student")


def test_a_room_is_gone_two_minutes_after_its_last_socket(clock: Clock) -> None:
    rooms = Rooms(clock)
    room = opened(rooms)
    teacher, student = joined(room, "teacher"), joined(room, "student")
    room.hear(teacher, state(5))
    room.leave(teacher)
    clock.now += 3600
    assert rooms.find(ROOM) is room, "a class goes on without its teacher"
    room.leave(student)
    clock.now += 119
    assert rooms.find(ROOM) is room
    back = joined(room, "student")
    clock.now += 3600
    assert rooms.find(ROOM) is room
    room.leave(back)
    clock.now += 120
    assert rooms.find(ROOM) is None
    assert list(rooms) == []
    new = opened(rooms)
    assert new is not room
    late = Member("student", lambda: None)
    new.join(late)
    assert [message["type"] for message in told(late)] == ["welcome"], "nothing is left of it"


def test_a_code_is_looked_up_and_leads_to_neither_of_two_rooms_that_share_it(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    rooms = Rooms(clock)
    room, forged = rooms.open(SECRET), ROOM[:8] + "B" * 44
    for name in (ROOM, ROOM[:8]):
        assert rooms.find(name) is room
    for name in (ROOM[:7], ROOM[:9], ROOM[:-1], forged, ""):
        assert rooms.find(name) is None
    monkeypatch.setattr("pages.classroom.rooms.room_of", lambda _: forged)
    other = rooms.open(OTHER)
    assert other is not room
    assert (rooms.find(ROOM), rooms.find(forged), rooms.find(ROOM[:8])) == (room, other, None)


def test_a_place_is_the_servers_to_give_and_holds_after_a_restart(room: Room, clock: Clock) -> None:
    student = joined(room, "student")
    began, number, _ = student.place.split(".")
    for forged in ("", f"{began}.{number}.{'0' * 32}", f"{began}.2.{student.place.rpartition('.')[2]}"):
        other = joined(room, "student", forged)
        assert other.place not in ("", forged, student.place)
    restarted = opened(Rooms(clock))
    assert joined(restarted, "student", student.place).place == student.place
    assert joined(restarted, "student").place.split(".")[1] != number, "nobody else is given that number"
    stranger = opened(Rooms(clock), OTHER)
    assert joined(stranger, "student", student.place).place != student.place


def test_one_window_leads_and_another_takes_over_when_it_is_asked(room: Room) -> None:
    first, student = joined(room, "teacher", window="a"), joined(room, "student")
    second = joined(room, "teacher", window="b")
    assert room.members.leader is first
    room.hear(second, state(222))
    assert told(student) == []
    for teacher in (first, second):
        told(teacher)
    room.hear(second, {"type": "lead"})
    assert told(first) == [{"type": "leads", "leads": False}]
    assert told(second) == [{"type": "leads", "leads": True}]
    room.hear(first, state(333))
    room.hear(second, state(222))
    assert [message["position"] for message in told(student)] == [222]


def test_who_leads_after_a_reload_a_lost_line_and_a_silence(room: Room, clock: Clock) -> None:
    first, second = joined(room, "teacher", window="a"), joined(room, "teacher", window="b", lead=False)
    again = joined(room, "teacher", window="a")  # its first connection is dead, and not yet noticed
    assert (room.members.leader, first.dismissed) == (again, "class full")
    room.leave(first)
    room.leave(again)
    assert room.members.leader is None, "the other window waits until it is asked"
    back = joined(room, "teacher", window="c")  # a page that was loaded anew
    clock.now += 4
    assert joined(room, "teacher", window="d") is not room.members.leader
    clock.now += 2
    assert joined(room, "teacher", window="e", lead=False) is not room.members.leader
    assert room.members.leader is back
    late = joined(room, "teacher", window="f")
    assert (room.members.leader, told(second)[-1]) == (late, {"type": "leads", "leads": False})


def test_a_console_stays_while_the_projector_loads_its_page_anew(room: Room) -> None:
    projector = joined(room, "teacher", window="a")
    consoles = [joined(room, "teacher", lead=False) for _ in range(2)]
    room.leave(projector)
    joined(room, "teacher", window="a")
    assert [console.dismissed for console in consoles] == ["", ""]


def test_a_teacher_hears_who_looks_around_and_who_is_silent(room: Room, clock: Clock) -> None:
    teacher, *students = joined(room, "teacher"), *(joined(room, "student") for _ in range(3))
    told(teacher)
    for student, following in zip(students, (True, False, True), strict=True):
        room.hear(student, {"type": "beat", "following": following})
    room.beat()
    assert told(teacher)[-1] == present(1, 0, [1, 2, 3])
    clock.now += 6
    room.hear(students[0], {"type": "beat", "following": True})
    room.beat()
    assert told(teacher)[-1] == present(0, 2, [1, 2, 3])
    joined(room, "student", students[1].place)  # a new connection of the same browser
    assert told(teacher)[-1] == present(0, 1, [1, 2, 3])
    assert {message["type"] for message in told(students[0])} == {"beat"}


def test_a_locked_class_lets_in_whom_it_knows(room: Room) -> None:
    teacher, student = joined(room, "teacher"), joined(room, "student")
    room.hear(teacher, {"type": "lock", "locked": True})
    assert told(teacher)[-1] == {"type": "locked", "locked": True}
    assert room.join(Member("student", lambda: None)) == "class locked"
    room.leave(student)
    assert joined(room, "student", student.place).place == student.place
    room.hear(teacher, {"type": "lock", "locked": False})
    joined(room, "student")


def test_who_joined_last_is_removed_with_the_answer_and_does_not_come_back(room: Room) -> None:
    teacher, *students = joined(room, "teacher"), *(joined(room, "student") for _ in range(12))
    room.hear(teacher, ASK)
    for student in students:
        room.hear(student, {"type": "answer", "question": 1, "round": 1, "value": 1})
    room.hear(teacher, {"type": "remove", "count": 1})
    assert [student.dismissed for student in students] == [""] * 11 + ["removed"]
    assert room.join(Member("student", lambda: None, students[-1].place)) == "removed"
    room.hear(teacher, {"type": "remove", "count": 10})  # though the socket of the one before is still there
    assert [student.dismissed for student in students] == [""] + ["removed"] * 11
    assert [message for message in told(teacher) if message["type"] == "counted"][-1]["answers"] == 1


def test_no_address_takes_all_rooms(clock: Clock) -> None:
    rooms = Rooms(clock)
    taken = [rooms.open(new_secret(), "203.0.113.7") for _ in range(LIMITS["rooms_an_address"] + 1)]
    assert (None in taken[:-1], taken[-1]) == (False, None)
    assert rooms.open(new_secret(), "203.0.113.8") is not None
    assert all(rooms.open(new_secret()) for _ in range(LIMITS["rooms_an_address"] + 1)), "this machine's own"


def test_there_are_so_many_rooms_and_an_empty_one_gives_way(clock: Clock) -> None:
    rooms, taken = Rooms(clock), []
    secrets = [new_secret() for _ in range(LIMITS["rooms"])]
    for secret in secrets:
        room = opened(rooms, secret)
        taken.append((room, joined(room, "teacher")))
    assert rooms.open(OTHER) is None
    assert rooms.open(secrets[0]) is taken[0][0]
    for room, teacher in (taken[9], taken[4]):
        clock.now += 1
        room.leave(teacher)
    assert rooms.open(OTHER) is not None
    assert rooms.find(room_of(secrets[9])) is None, "the one that has been empty for longest"
    assert rooms.find(room_of(secrets[4])) is not None
    assert len(list(rooms)) == LIMITS["rooms"]


def test_the_end_sends_everybody_away(clock: Clock) -> None:
    rooms = Rooms(clock)
    room = opened(rooms)
    members = [joined(room, "teacher"), joined(room, "student"), joined(room, "student")]
    room.hear(members[0], state(1))
    rooms.end(room)
    assert [told(member) for member in members] == [[{"type": "ended"}]] * 3
    assert {member.dismissed for member in members} == {"ended"}
    assert rooms.find(ROOM) is None
    for member in members:
        room.leave(member)
    assert rooms.find(ROOM) is None


def test_whoever_is_told_something_is_woken(room: Room) -> None:
    woken: list[int] = []
    student = Member("student", lambda: woken.append(1))
    room.join(student)
    assert len(woken) == 1
    room.hear(joined(room, "teacher"), state(1))
    assert len(woken) == 2
    assert json.loads(student.take() or "")["type"] == "welcome"


def test_a_question_that_is_asked_again_keeps_the_answers_of_both_rounds_also_over_a_restart(clock: Clock) -> None:
    again, value = {**CHOICES, "round": 2}, {"type": "answer", "question": 1}
    before, after = (opened(Rooms(clock)) for _ in range(2))
    teacher, student = joined(before, "teacher"), joined(before, "student")
    told(teacher)
    before.hear(teacher, CHOICES)
    before.hear(student, {**value, "round": 1, "value": "Lower"})
    before.hear(student, {**value, "round": 2, "value": "Lower"})  # not asked yet
    before.hear(teacher, again)
    assert told(teacher)[-1] == {"type": "counted", "question": 1, "answers": 0}
    assert told(student) == [{**again, "type": "asked"}]
    before.hear(student, {**value, "round": 2, "value": "Higher"})
    before.hear(student, {**value, "round": 1, "value": "Higher"})  # that round is over
    before.hear(teacher, again)  # as after a reload
    # The restarted server hears of the second round first, and of the first answers from those who gave them.
    new, back = joined(after, "teacher"), joined(after, "student", student.place)
    after.hear(new, again)
    for number, choice in ((2, "Higher"), (1, "Lower")):
        after.hear(back, {**value, "round": number, "value": choice})
    for room, asking in ((before, teacher), (after, new)):
        room.hear(asking, {"type": "reveal", "question": 1, "right": "Higher", "within": 0})
        assert told(asking)[-1] == revealed("Higher", ["Higher"], ["Lower"])


def test_what_was_revealed_can_be_concealed_and_is_open_again(room: Room) -> None:
    teacher, student = joined(room, "teacher"), joined(room, "student")
    room.hear(teacher, ASK)
    room.hear(teacher, {"type": "conceal", "question": 1})  # nothing to take back
    room.hear(student, {"type": "answer", "question": 1, "round": 1, "value": 1})
    told(student)
    room.hear(teacher, {"type": "reveal", "question": 1, "right": 1, "within": 0})
    room.hear(teacher, {"type": "conceal", "question": 1})
    assert told(student) == [{"type": "concealed", "question": 1}]
    late = Member("student", lambda: None)
    room.join(late)
    assert [message["type"] for message in told(late)] == ["welcome", "asked"]
    room.hear(student, {"type": "answer", "question": 1, "round": 1, "value": 2})
    room.hear(teacher, {"type": "reveal", "question": 1, "right": 1, "within": 0})
    assert told(teacher)[-1]["answers"] == [2]


def test_the_window_that_leads_does_what_the_console_says_in_its_order_and_points(room: Room) -> None:
    leader, student = joined(room, "teacher"), joined(room, "student")
    console = joined(room, "teacher", lead=False)
    assert told(leader)[-1] == present(0, 0, [1], windows=2)
    told(console)
    orders = [
        {"type": "command", "order": order, "page": "", "address": "", "question": "", "id": number * 32}
        for order, number in (("ask", "1"), ("show", "2"), ("ask", "3"))
    ]
    for order in orders:
        room.hear(console, order)
        room.hear(leader, order)  # itself it needs no console
    did = {"type": "did", "id": "2" * 32}
    room.hear(console, did)
    room.hear(leader, did)
    assert told(console) == [did]
    point = {"type": "point", "where": "figure:loss", "x": 0.5, "y": 0.25}
    room.hear(console, point)
    room.hear(leader, {**point, "x": 0})
    room.hear(leader, point)
    assert told(leader) == [*orders[1:], did]  # of each kind the newest
    assert told(student) == [point]
    late = Member("student", lambda: None)
    room.join(late)
    assert [message["type"] for message in told(late)] == ["welcome"]
    room.leave(leader)
    room.hear(console, orders[0])  # nobody is there to do it
    assert [message["type"] for message in told(console)] == ["point", "present", "present"][:2]


@pytest.fixture
def processes(clock: Clock) -> tuple[Room, Room]:
    """Return one class as two processes have it, which hear each other at once."""

    def tells(room: Room, process: str) -> Callable[[dict[str, Any]], None]:
        def tell(event: dict[str, Any]) -> None:
            event = json.loads(json.dumps(event))
            if "here" in event:
                room.members.hear_presence(process, event["here"])
            else:
                room.hear_elsewhere(event)

        return tell

    first, second = Rooms(clock), Rooms(clock)
    here = opened(first)
    second.adopt(here.snapshot())
    there = second.find(ROOM)
    assert there is not None
    here.others, there.others = tells(there, "first"), tells(here, "second")
    return here, there


def test_members_on_two_processes_are_one_class(processes: tuple[Room, Room]) -> None:
    here, there = processes
    teacher, near = joined(here, "teacher"), joined(here, "student")
    far = Member("student", lambda: None)
    there.join(far, 2)
    assert told(teacher)[-1] == present(0, 0, [1, 2])
    told(far)
    here.hear(teacher, state(5))
    here.hear(teacher, CHOICES)
    assert [said["type"] for said in told(far)] == ["state", "asked"]
    there.hear(far, {"type": "answer", "question": 1, "round": 1, "value": "Higher"})
    here.hear(near, {"type": "answer", "question": 1, "round": 1, "value": "Lower"})
    assert {"type": "counted", "question": 1, "answers": 2} in told(teacher)
    here.hear(teacher, {"type": "reveal", "question": 1, "right": "Lower", "within": 0})
    assert sorted(told(far)[-1]["answers"]) == ["Higher", "Lower"]
    # A window there commands, and is not followed until it leads.
    window = joined(there, "teacher")
    order = {"type": "command", "order": "ask", "page": "", "address": "", "question": "", "id": SECRET}
    there.hear(window, order)
    assert "command" in [said["type"] for said in told(teacher)]
    told(near)
    there.hear(window, state(8))
    assert told(near) == []
    there.hear(window, {"type": "lead"})
    there.hear(window, state(9))
    assert told(near)[-1]["position"] == 9
    assert told(teacher)[-1]["type"] in ("state", "leads")


def test_who_joined_last_is_removed_on_whichever_process(processes: tuple[Room, Room]) -> None:
    here, there = processes
    teacher = joined(here, "teacher")
    students = [Member("student", lambda: None) for _ in range(3)]
    for number, (room, student) in enumerate(zip((here, there, here), students, strict=True), start=1):
        room.join(student, number)
    for left in ([1, 2], [1]):
        here.hear(teacher, {"type": "remove", "count": 1})
        assert [student.dismissed for student in students] == [""] * len(left) + ["removed"] * (3 - len(left))
        for room, student in zip((here, there, here), students, strict=True):
            if student.dismissed:
                room.leave(student)


def test_a_class_on_two_processes_is_no_larger_and_hears_every_answer(processes: tuple[Room, Room]) -> None:
    here, there = processes
    teacher = joined(here, "teacher")
    students = [Member("student", lambda: None) for _ in range(LIMITS["sockets_a_room"] - LIMITS["teachers_a_room"])]
    for number, student in enumerate(students, start=1):
        assert (here, there)[number % 2].join(student, number) == ""
    assert [room.join(Member("student", lambda: None), 999) for room in processes] == ["class full"] * 2
    assert told(teacher)[-1]["students"] == len(students)
    # As many have answered as may; of those who are gone, one gives way to one who is new.
    here.hear(teacher, ASK)
    gone = [Member("student", lambda: None, f"gone{number}") for number in range(LIMITS["teachers_a_room"])]
    here.leave(students[-1])
    late = Member("student", lambda: None)
    there.join(late, 999)
    for value, student in enumerate([*students, *gone, late]):
        here.hear(student, {"type": "answer", "question": 1, "round": 1, "value": value})
    here.hear(teacher, {"type": "reveal", "question": 1, "right": 1, "within": 0})
    left = len(students) - 1
    assert told(teacher)[-1]["answers"] == [value for value in range(LIMITS["sockets_a_room"] + 1) if value != left]


def test_what_two_processes_have_heard_alone_comes_together(clock: Clock) -> None:
    here, there = (opened(Rooms(clock)) for _ in range(2))
    here.tell_apart(apart=True)
    teacher, near = Member("teacher", lambda: None), joined(here, "student")
    here.join(teacher)
    assert {"type": "apart", "apart": True} in told(teacher)
    far = joined(there, "student", near.place)
    here.hear(teacher, state(5))
    here.hear(teacher, {"type": "lock", "locked": True})
    here.hear(teacher, CHOICES)
    here.hear(near, {"type": "answer", "question": 1, "round": 1, "value": "Lower"})
    here.hear(teacher, {**CHOICES, "round": 2})
    clock.now += 1
    there.take(json.loads(json.dumps(here.snapshot())))
    assert there.members.locked
    position, asked = told(far)
    assert asked["round"] == 2
    assert position["age"] == pytest.approx(1000, abs=500), "between processes a state has the time of day"
    there.hear(far, {"type": "answer", "question": 1, "round": 2, "value": "Higher"})
    here.take(there.snapshot())
    here.hear(teacher, {"type": "reveal", "question": 1, "right": "Lower", "within": 0})
    assert told(near)[-1] == revealed("Lower", ["Higher"], ["Lower"])
    there.take(here.snapshot())
    assert told(far)[-1] == revealed("Lower", ["Higher"], ["Lower"])
    here.hear(teacher, {"type": "withdraw", "question": 1})
    there.take(here.snapshot())
    assert {"type": "withdrawn", "question": 1} in told(far)
