"""Classes on the real server: what one socket sends is noticed by those it is for, and by nobody else."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, suppress
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from pages.classroom.messages import LIMITS, write
from pages.classroom.names import room_of
from tests.class_member import STATE, ClassMember, arriving, code_of, following, new_secret, teaching
from tests.server import ANSWERED_SOON, App, free_port, running_app

WRONG_CODE_S = 0.3
# Several tests share the machine; python -m tests.benchmarks.classroom says how soon it really is.
SOON_S = 2


@pytest.fixture(scope="module")
def app() -> Iterator[App]:
    """Give the app under a base path, for all tests of this file; none may leave a word in its log."""
    with running_app(options={"server.baseUrlPath": "lectures"}, environment={ANSWERED_SOON: str(WRONG_CODE_S)}) as app:
        yield app
        assert "Traceback" not in app.said()
        assert "ERROR" not in app.said()


def played(play: Callable[[], Awaitable[None]]) -> None:
    """Run a scene."""

    async def scene() -> None:
        async with asyncio.timeout(60):
            await play()

    asyncio.run(scene())


async def reaches(teacher: ClassMember, student: ClassMember, position: float) -> float:
    """Say where the teacher is, and return after how many seconds a student knows it."""
    begun = time.monotonic()
    await teacher.say("state", **{**STATE, "position": position})
    while (await student.hear("state"))["position"] != position:
        pass
    return time.monotonic() - begun


def test_a_lecture_from_its_beginning_to_its_end(app: App) -> None:
    async def play() -> None:
        secret = new_secret()
        code = code_of(secret)
        async with teaching(app.url, secret) as teacher, following(app.url, code) as student:
            while (await teacher.hear("present"))["students"] != 1:
                pass
            await teacher.say("state", **STATE)
            said = await student.next()
            assert {**said, "age": 0, "clock": 0} == {"type": "state", **STATE, "age": 0, "clock": 0}
            assert said["age"] < 1000
            await asyncio.sleep(0.1)
            async with following(app.url, code) as late:
                said = await late.next()
                assert {**said, "age": 0, "clock": 0} == {"type": "state", **STATE, "age": 0, "clock": 0}
                assert 100 <= said["age"] < 2000
                ask = {"question": 1, "kind": "number", "text": "∂L/∂b", "choices": [], "round": 1}
                await teacher.say("ask", **ask)
                assert await student.next() == await late.next() == {"type": "asked", **ask}
                for answer in (1, 0.25):
                    await student.say("answer", question=1, round=1, value=answer)
                    assert await student.next() == {"type": "noted", "question": 1, "round": 1, "value": answer}
                await late.say("answer", question=1, round=1, value=-3)
                while (await teacher.hear("counted"))["answers"] != 2:
                    pass
                await student.say("answer", question=1, round=1, value=0.5)
                await student.say("answer", question=9, round=1, value=8)  # an answer to another question is ignored
                await student.hear("noted")
                await teacher.say("reveal", question=1, right=0.5, within=0)
                expected = {
                    "type": "revealed",
                    "question": 1,
                    "right": 0.5,
                    "within": 0,
                    "first": [],
                    "answers": [0.5, -3],
                }
                assert await student.next() == await late.hear("revealed") == await teacher.hear("revealed") == expected
                await teacher.say("end")
                for member in (teacher, student, late):
                    await member.hear("ended")
                    assert await member.closed() == (1000, "ended")
        async with arriving(app.url, code) as late:
            await late.join()
            assert await late.closed() == (4404, "no such class")

    played(play)


def test_two_classes_at_once_hear_nothing_of_each_other(app: App) -> None:
    async def play() -> None:
        async with AsyncExitStack() as stack:
            secrets = [new_secret(), new_secret()]
            teachers = [await stack.enter_async_context(teaching(app.url, secret)) for secret in secrets]
            students = [await stack.enter_async_context(following(app.url, code_of(secret))) for secret in secrets]
            for number, teacher in enumerate(teachers):
                await teacher.say("state", **{**STATE, "position": number})
                await teacher.say("ask", question=1 + number, kind="number", text=f"of {number}", choices=[], round=1)
            for number, (teacher, student) in enumerate(zip(teachers, students, strict=True)):
                assert (await student.next())["position"] == number
                assert (await student.next())["text"] == f"of {number}"
                await student.say("answer", question=1 + number, round=1, value=number)
                while (await teacher.hear("counted"))["answers"] != 1:
                    pass
                await teacher.say("reveal", question=1 + number, right=0, within=0)
                assert (await student.hear("revealed"))["answers"] == [number]
            await teachers[0].say("end")
            assert await students[0].closed() == (1000, "ended")
            assert await reaches(teachers[1], students[1], 5) < SOON_S

    played(play)


@pytest.mark.parametrize("origin", ["http://elsewhere.org", "null", None, "http://127.0.0.1"])
def test_another_sites_page_is_turned_away(app: App, origin: str | None) -> None:
    async def play() -> None:
        with pytest.raises(InvalidStatus) as refused:
            async with arriving(app.url, "AAAAAAAA", origin=origin):
                pass
        assert refused.value.response.status_code == 403

    played(play)


FORGED: list[str | bytes] = [
    write("join", place=""),
    "[" * 60_000,
    write("answer", question=1, round=1, value="x").replace('"x"', "9" * 5000),
    " " * (LIMITS["bytes_a_frame"] + 1),
    "a" * 2**20,
    b"\x00" * 2**20,
    b"",
]
STUDENTS = [*FORGED, write("state", **STATE), write("end")]
"""What a student must not say; the judgement of single messages is held by test_messages.py."""


async def refused(forger: ClassMember, frame: str | bytes) -> bool:
    """Send a frame, and wait until it is refused; one that is too large, before it is whole."""
    too_large = len(frame) > LIMITS["bytes_a_frame"]
    with suppress(ConnectionClosed):
        await forger.socket.send(frame)
    # What is still on its way when the server closes the socket may break it before its reason has arrived.
    return (await forger.closed())[0] in ((1009, 1006) if too_large else (4400,))


def test_forged_frames_are_refused_and_noticed_by_nobody(app: App) -> None:
    async def play() -> None:
        secret = new_secret()
        code = code_of(secret)
        async with teaching(app.url, secret) as teacher, following(app.url, code) as student:
            await teacher.say("ask", question=1, kind="choice", text="", choices=["Lower", "Higher"], round=1)
            await student.hear("asked")

            async def forged(frame: str | bytes) -> None:
                async with following(app.url, code) as forger:
                    assert await refused(forger, frame), frame[:60]

            await asyncio.gather(*map(forged, STUDENTS))
            teach = write("teach", secret=secret, window=secret, lead=True)
            for frame in (*FORGED, write("answer", question=1, round=1, value=1), teach):
                async with teaching(app.url, secret) as forger:
                    assert await refused(forger, frame), frame[:60]
            # A free text as an answer, which the whole class would read.
            async with following(app.url, code) as forger:
                await forger.say("answer", question=1, round=1, value="Teacher is a …")
                assert await forger.closed() == (4400, "refused")
            assert await reaches(teacher, student, 77) < SOON_S
            await teacher.say("reveal", question=1, right="Lower", within=0)
            heard = await student.next()
            assert heard == {
                "type": "revealed",
                "question": 1,
                "right": "Lower",
                "within": 0,
                "first": [],
                "answers": [],
            }

    played(play)


def test_a_frame_that_never_ends_takes_no_memory(app: App) -> None:
    async def play() -> None:
        before = app.resident_mb()
        async with AsyncExitStack() as stack:
            forgers = [await stack.enter_async_context(arriving(app.url, room_of(new_secret()))) for _ in range(4)]
            for forger in forgers:
                forger.socket.transport.write(b"\x01\xff" + (2**27).to_bytes(8) + bytes(4))  # its length: 128 MB
                with suppress(ConnectionError, ConnectionClosed):
                    for _ in range(160):
                        forger.socket.transport.write(bytes(2**16))
                        await asyncio.sleep(0)
                assert (await forger.closed())[0] in (1006, 1009)
            assert app.resident_mb() - before < 10

    played(play)


def test_a_text_that_is_no_utf_8_is_no_error_of_the_server(app: App) -> None:
    async def play() -> None:
        async with arriving(app.url, room_of(new_secret())) as forger:
            await forger.socket.send(b"\xff\xfe", text=True)
            assert (await forger.closed())[0] == 1007
        assert "UTF-8" not in app.said()

    played(play)


def test_a_thousand_frames_a_second_are_noticed_by_nobody(app: App) -> None:
    async def play() -> None:
        secret = new_secret()
        code = code_of(secret)
        async with teaching(app.url, secret) as teacher, following(app.url, code) as student:
            await teacher.say("ask", question=1, kind="number", text="", choices=[], round=1)

            async def flood() -> None:
                async with following(app.url, code) as flooder:
                    begun, late = time.monotonic(), 0.5  # seconds that the last one waits
                    last = LIMITS["frames_at_once"] + int(late * LIMITS["frames_a_second"])
                    for value in range(last + 1):
                        await flooder.say("answer", question=1, round=1, value=value)
                    while (await flooder.hear("noted"))["value"] != last:
                        pass
                    assert time.monotonic() - begun > 0.9 * late

            flooding = asyncio.gather(*(flood() for _ in range(3)))
            times = []
            while not flooding.done():
                times.append(await reaches(teacher, student, len(times)))
                await asyncio.sleep(0.06)
            await flooding
            assert max(times) < SOON_S

    played(play)


def test_while_codes_are_guessed_a_class_goes_on_and_others_come_in(app: App) -> None:
    async def play() -> None:
        secret = new_secret()
        code = code_of(secret)
        answers = set()
        async with teaching(app.url, secret) as teacher, following(app.url, code) as student:

            async def guess() -> None:
                async with arriving(app.url, code_of(new_secret())) as guesser:
                    await guesser.join()
                    answers.add(await guesser.closed())

            begun = time.monotonic()
            guessing = asyncio.gather(*(guess() for _ in range(200)))
            times: list[float] = []
            while not guessing.done():
                times.append(await reaches(teacher, student, len(times)))
                async with following(app.url, code) as late:
                    assert (await late.hear("state"))["position"] == len(times) - 1
                await asyncio.sleep(0.06)
            await guessing
            assert time.monotonic() - begun >= WRONG_CODE_S
            assert answers == {(4404, "no such class")}
            assert sorted(times)[len(times) // 2] < SOON_S
            # When the teacher reloads the page during this, that does not count as a guess.
            async with teaching(app.url, secret) as again:
                assert (await again.hear("state"))["position"] == len(times) - 1

    played(play)


def test_a_student_who_reads_nothing_delays_nobody_and_hears_the_last(app: App) -> None:
    async def play() -> None:
        secret = new_secret()
        code = code_of(secret)
        narrow = socket.create_connection(("127.0.0.1", urlsplit(app.url).port or 0))
        narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2**17)
        async with AsyncExitStack() as stack:
            teacher = await stack.enter_async_context(teaching(app.url, secret))
            quick = await stack.enter_async_context(following(app.url, code))
            deaf = await stack.enter_async_context(following(app.url, code, max_queue=1, sock=narrow))
            # Far more than the buffers of the network hold.
            last = LIMITS["frames_at_once"] - 1
            for position in range(last + 1):
                state = {**STATE, "address": "x" * 60_000, "position": position}
                begun = time.monotonic()
                await teacher.say("state", **state)
                assert (await quick.hear("state"))["position"] == position
                assert time.monotonic() - begun < SOON_S
            heard = [await deaf.hear("state")]
            while heard[-1]["position"] != last:
                heard.append(await deaf.hear("state"))
            assert len(heard) < last, "some were never sent"
            assert heard[-1]["age"] > 0

    played(play)


def test_a_killed_server_that_is_started_again_carries_on_with_the_next_message() -> None:
    options = {"server.port": str(free_port())}
    secret, began = new_secret(), []
    code = code_of(secret)

    async def before(app: App) -> None:
        async with teaching(app.url, secret) as teacher, arriving(app.url, code) as student:
            await student.join()
            began.append((await student.next())["began"])
            await reaches(teacher, student, 5)
            os.kill(app.pid, signal.SIGKILL)
            await student.closed_without_a_word()
            await teacher.closed_without_a_word()

    async def after(app: App) -> None:
        async with AsyncExitStack() as stack:
            # The students are back before their teacher.
            students = [await stack.enter_async_context(arriving(app.url, code)) for _ in range(3)]
            for student in students:
                await student.join()
            teacher = await stack.enter_async_context(teaching(app.url, secret))
            welcomes = [await student.next() for student in students]
            assert {(welcome["role"], welcome["room"]) for welcome in welcomes} == {("student", room_of(secret))}
            assert welcomes[0]["began"] > began[0], "so a browser knows that its answer is lost"
            for student in students:
                assert await reaches(teacher, student, 9) < SOON_S

    with running_app(options=options) as app:
        asyncio.run(before(app))
    with running_app(options=options) as app:
        asyncio.run(after(app))


def test_a_server_that_stops_closes_thirty_sockets_and_is_gone_in_time() -> None:
    async def play(app: App) -> None:
        secret = new_secret()
        code = code_of(secret)
        async with AsyncExitStack() as stack:
            teacher = await stack.enter_async_context(teaching(app.url, secret))
            students = [await stack.enter_async_context(following(app.url, code)) for _ in range(27)]
            waiting = [await stack.enter_async_context(arriving(app.url, code_of(new_secret()))) for _ in range(2)]
            await waiting[0].join()
            assert await reaches(teacher, students[-1], 5) < SOON_S
            begun = time.monotonic()
            os.kill(app.pid, signal.SIGTERM)
            closed = await asyncio.gather(*(member.closed() for member in (teacher, *students, *waiting)))
            assert {code for code, _ in closed} == {1012}
            while app.runs():
                await asyncio.sleep(0.01)
            assert time.monotonic() - begun <= 2

    with running_app() as app:
        asyncio.run(play(app))
        assert "Traceback" not in app.said()


def test_nothing_of_a_class_is_in_the_servers_log(app: App) -> None:
    async def play() -> None:
        secret = new_secret()
        async with teaching(app.url, secret) as teacher, following(app.url, code_of(secret)) as student:
            await reaches(teacher, student, 1)
        for kept in (secret, code_of(secret), str(STATE["address"])):
            assert kept not in app.said()

    played(play)
