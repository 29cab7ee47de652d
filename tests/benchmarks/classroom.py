"""What a class costs its server, and how soon it knows the teacher's position: python -m tests.benchmarks.classroom.

Teacher and students are sockets of this process, the server is the real one; both share the machine's cores. Each
printed line has a limit and, beside it, what was measured.
"""

from __future__ import annotations

import asyncio
import os
import signal
import statistics
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import AsyncExitStack, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from pages.classroom.messages import LIMITS
from pages.classroom.names import room_of
from tests.class_member import STATE, ClassMember, arriving, code_of, following, new_secret, teaching
from tests.server import App, free_port, running_app
from tests.visitor import visiting

ACTIONS = 60
PLAYING_S = 20
CUT_S = 10
GUESSES = 10_000
GUESSING_AT_ONCE = 400
SESSIONS = 200
MEASURED = 30
SHARED = {"STREAMLIT_SERVER_COOKIE_SECRET": "0123456789abcdef" * 4}


def show(what: str, limit: str, measured: str) -> None:
    """Print a line of the table."""
    print(f"| {what} | {limit} | {measured} |")
    sys.stdout.flush()


def milliseconds(times: Sequence[float]) -> str:
    """Write times, which are in seconds, as median, 95th percentile and slowest."""
    p95 = statistics.quantiles(times, n=20)[-1]
    return f"p50 {1e3 * statistics.median(times):.0f} ms, p95 {1e3 * p95:.0f} ms, slowest {1e3 * max(times):.0f} ms"


async def entered(stack: AsyncExitStack, app: App, students: int) -> tuple[str, ClassMember, list[ClassMember]]:
    """Open a class with so many students."""
    secret = new_secret()
    teacher = await stack.enter_async_context(teaching(app.url, secret))
    code = code_of(secret)
    return secret, teacher, [await stack.enter_async_context(following(app.url, code)) for _ in range(students)]


async def arrives(student: ClassMember, position: int, begun: float) -> float:
    """Wait until a student is told a position, and return the seconds since `begun`."""
    while (await student.hear("state"))["position"] != position:
        pass
    return time.perf_counter() - begun


async def tell(
    teacher: ClassMember, students: Sequence[ClassMember], position: float, **changes: object
) -> list[float]:
    """Send a position of the teacher, and return after how many seconds each student has it."""
    begun = time.perf_counter()
    await teacher.say("state", **{**STATE, "position": position, **changes})
    return await asyncio.gather(*(arrives(student, position, begun) for student in students))


async def measure_reach(app: App, students: int, limit: str) -> None:
    """Measure pause, seek and play, in turns."""
    async with AsyncExitStack() as stack:
        _, teacher, members = await entered(stack, app, students)
        times: list[float] = []
        for number in range(ACTIONS):
            changes = ({"paused": True}, {"playing": False}, {"playing": True})[number % 3]
            times += await tell(teacher, members, number, **changes)
            await asyncio.sleep(0.1)
        show(f"pause, seek, play reach {students} students", limit, milliseconds(times))


async def measure_cost(app: App, students: int) -> None:
    """Measure the server's processor time while a class follows: with beats, and while the teacher scrubs."""
    before = app.cpu_seconds()
    await asyncio.sleep(PLAYING_S)
    idle = (app.cpu_seconds() - before) / PLAYING_S
    with visiting(app.url) as visitor:  # a session of the page, beside the sockets
        with suppress(TimeoutError):
            while visitor.socket.recv(timeout=1):
                pass
        async with AsyncExitStack() as stack:
            _, teacher, members = await entered(stack, app, students)
            shares = []
            for pause_s in (LIMITS["seconds_between_beats"], 1 / LIMITS["frames_a_second"]):
                before, begun, position = app.cpu_seconds(), time.perf_counter(), 0
                while time.perf_counter() - begun < PLAYING_S:
                    await tell(teacher, members, position)
                    position += 1
                    await asyncio.sleep(begun + position * pause_s - time.perf_counter())
                shares.append((app.cpu_seconds() - before) / (time.perf_counter() - begun))
        runs = 0
        with suppress(TimeoutError):
            while visitor.socket.recv(timeout=0.1):
                runs += 1
    beats, scrubbing = (f"{100 * share:.1f} %" for share in shares)
    what = f"server's processor time for {students} students"
    show(f"{what} of a playing run", "2 % of a core" if students == 30 else "", f"{beats} (idle {100 * idle:.1f} %)")
    show(f"{what} while the teacher scrubs, {LIMITS['frames_a_second']} a second", "", scrubbing)
    show("messages to a page's own session meanwhile (reruns)", "0", str(runs))


async def measure_arrivals(app: App) -> None:
    """Measure how soon a late student, and one whose connection was cut, know the position."""
    async with AsyncExitStack() as stack:
        secret, teacher, members = await entered(stack, app, 30)
        await tell(teacher, members, 1)
        times = []
        for _ in range(30):
            begun = time.perf_counter()
            async with following(app.url, code_of(secret)) as late:
                times.append(await arrives(late, 1, begun))
        show("state after a late join or reload", "1 s", milliseconds(times))
        for member in members:
            member.socket.transport.abort()
        await tell(teacher, [], 2)
        await asyncio.sleep(CUT_S)

        async def back() -> float:
            begun = time.perf_counter()
            async with following(app.url, code_of(secret)) as member:
                said = await member.hear("state")
                assert said["position"] == 2
                assert abs(said["age"] - 1000 * CUT_S) < 1000
                return time.perf_counter() - begun

        times = await asyncio.gather(*(back() for _ in range(30)))
        show(f"state after {CUT_S} s without the socket, 30 at once", "1 s", milliseconds(times))


async def measure_two(app: App) -> None:
    """Count the messages that a class receives about another class."""
    async with AsyncExitStack() as stack:
        _, first, mine = await entered(stack, app, 30)
        _, second, others = await entered(stack, app, 30)
        strange = 0
        for number in range(20):
            await asyncio.gather(first.say("state", **STATE), tell(second, others, 1000 + number))
        for member in mine:
            with suppress(TimeoutError):
                while message := await asyncio.wait_for(member.next(), 0.1):
                    strange += message.get("position", 0) >= 1000
        show("two classes: what one hears of the other", "nothing", f"{strange} messages")


def guess(url: str) -> set[tuple[int, str]]:
    """Try random codes of classes, and return the answers."""
    left, heard = iter(range(GUESSES)), set()

    async def guesses() -> None:
        for _ in left:
            async with arriving(url, code_of(new_secret())) as guesser:
                await guesser.join()
                heard.add(await guesser.closed())

    async def at_once() -> None:
        await asyncio.gather(*(guesses() for _ in range(GUESSING_AT_ONCE)))

    asyncio.run(at_once())
    return heard


async def measure_guesses(app: App) -> None:
    """Have another process try codes, and measure what the class notices of it."""
    with ProcessPoolExecutor(1, get_context("spawn")) as guesser:
        async with AsyncExitStack() as stack:
            _, teacher, members = await entered(stack, app, 30)
            before, begun = app.cpu_seconds(), time.perf_counter()
            guessing = asyncio.get_running_loop().run_in_executor(guesser, guess, app.url)
            times: list[float] = []
            while not guessing.done():
                times += await tell(teacher, members, len(times))
                await asyncio.sleep(0.5)
            took = time.perf_counter() - begun
            assert await guessing == {(4404, "no such class")}
            cost = (app.cpu_seconds() - before) / took
            answered = f"all of them, in {took:.0f} s, for {100 * cost:.0f} % of a core"
            show(f"{GUESSES} codes tried, {GUESSING_AT_ONCE} at once", "refused", answered)
            show("pause, seek, play reach 30 students meanwhile", "p95 300 ms", milliseconds(times))


def turn_pages(urls: Sequence[str], room: str, line: Connection) -> None:
    """Visit all servers as so many students, and when it is said so open another page in all of them at once."""

    async def run(socket: ClientConnection, page: str) -> float:
        begun, message = time.perf_counter(), BackMsg()
        message.rerun_script.query_string, message.rerun_script.page_name = f"class={room}", page
        await socket.send(message.SerializeToString())
        # The message that a run is done is a short one; the others need not be read, which would take the core.
        while len(said := await socket.recv()) > 64 or finished(said) != b"script_finished":
            pass
        return time.perf_counter() - begun

    def finished(said: str | bytes) -> bytes:
        assert isinstance(said, bytes)
        return str(ForwardMsg.FromString(said).WhichOneof("type")).encode()

    async def visit() -> None:
        async with AsyncExitStack() as stack:
            options: dict[str, Any] = {"compression": None, "max_size": None, "ping_interval": None}
            addresses = [f"{url.replace('http', 'ws', 1)}_stcore/stream" for url in urls]
            sockets = [
                await stack.enter_async_context(connect(address, subprotocols=[Subprotocol("streamlit")], **options))
                for address in addresses
                for _ in range(SESSIONS // len(urls))
            ]
            await asyncio.gather(*(run(socket, "") for socket in sockets))
            line.send("ready")
            await asyncio.to_thread(line.recv)
            line.send(await asyncio.gather(*(run(socket, "step_by_step") for socket in sockets)))

    asyncio.run(visit())


async def drain(member: ClassMember) -> None:
    """Take in what a member is told until the socket is closed."""
    async for _ in member.socket:
        pass


async def scrub(teacher: ClassMember, members: Sequence[ClassMember], line: Connection) -> list[float]:
    """Move as a slider that is dragged until the other process says something; return when each member knew it."""
    times: list[float] = []
    while not line.poll():
        begun = time.perf_counter()
        times += await tell(teacher, members, len(times))
        await asyncio.sleep(begun + 0.08 - time.perf_counter())
    return times


async def measure_page_change(apps: Sequence[App]) -> None:
    """Lead so many students to another page at once, and measure what the class notices of it."""
    context = get_context("spawn")
    here, there = context.Pipe()
    async with AsyncExitStack() as stack:
        secret, teacher, everybody = await entered(stack, apps[0], SESSIONS)
        # The others hear as much, and read none of it: reading takes this process as long as sending takes the server.
        members, others = everybody[:MEASURED], everybody[MEASURED:]
        hearing = [asyncio.create_task(drain(member)) for member in others]
        urls = [app.url for app in apps]
        process = context.Process(target=turn_pages, args=(urls, room_of(secret), there), daemon=True)
        process.start()
        await scrub(teacher, members, here)
        here.recv()
        before, begun = sum(app.cpu_seconds() for app in apps), time.perf_counter()
        here.send("go")
        times = await scrub(teacher, members, here)
        opened, took = here.recv(), time.perf_counter() - begun
        cost = sum(app.cpu_seconds() for app in apps) - before
        what = f"{SESSIONS} students on {len(apps)} processes change the page"
        show(f"{what}: the last one has it", "3 s", f"{max(opened):.1f} s")
        show(f"pause, seek, play reach {MEASURED} of them meanwhile", "p95 300 ms", milliseconds(times))
        load = os.getloadavg()[0]
        show(
            "the servers' processor time meanwhile", "", f"{cost:.1f} s in {took:.1f} s; load of the machine {load:.1f}"
        )
        thrown_out = sum(member.socket.close_code is not None for member in (teacher, *everybody))
        show("members of the class thrown out", "0", str(thrown_out))
        for task in hearing:
            task.cancel()


def measure_restart() -> None:
    """Kill the server, start it again, and measure when the class goes on; then stop the server."""
    options, secret = {"server.port": str(free_port())}, new_secret()
    code = code_of(secret)

    async def before(app: App) -> None:
        async with AsyncExitStack() as stack:
            teacher = await stack.enter_async_context(teaching(app.url, secret))
            members = [await stack.enter_async_context(following(app.url, code)) for _ in range(30)]
            await tell(teacher, members, 1)
            os.kill(app.pid, signal.SIGKILL)
            await asyncio.gather(*(member.closed_without_a_word() for member in members))

    async def after(app: App) -> None:
        begun = time.perf_counter()
        async with AsyncExitStack() as stack:
            arrivals = (stack.enter_async_context(arriving(app.url, code)) for _ in range(30))
            members = await asyncio.gather(*arrivals)
            await asyncio.gather(*(member.join() for member in members))
            teacher = await stack.enter_async_context(teaching(app.url, secret))
            await teacher.say("state", **{**STATE, "position": 2})
            times = await asyncio.gather(*(arrives(member, 2, begun) for member in members))
            show("server killed and restarted: the same room goes on, students first", "1 s", milliseconds(times))
            os.kill(app.pid, signal.SIGTERM)
            begun = time.perf_counter()
            closed = await asyncio.gather(*(member.closed() for member in members))
            while app.runs():
                await asyncio.sleep(0.005)
            took = time.perf_counter() - begun
            show("shutdown with 31 open sockets", "2 s", f"{took:.2f} s, closed with {sorted({c for c, _ in closed})}")

    with running_app(options=options) as app:
        asyncio.run(before(app))
    with running_app(options=options) as app:
        asyncio.run(after(app))


def main() -> None:
    """Print the figures."""
    print("| what | at most | measured |\n|---|---|---|")
    with running_app() as app:
        asyncio.run(measure_reach(app, 30, "p95 300 ms"))
        asyncio.run(measure_reach(app, 300, "1 s"))
        asyncio.run(measure_cost(app, 30))
        asyncio.run(measure_cost(app, 300))
        asyncio.run(measure_arrivals(app))
        asyncio.run(measure_two(app))
        asyncio.run(measure_guesses(app))
        show("tracebacks in the server's log", "0", str(app.said().count("Traceback")))
    measure_restart()
    with running_app(environment=SHARED) as first, running_app(environment=SHARED) as second:
        for _ in range(2):
            asyncio.run(measure_page_change([first, second]))


if __name__ == "__main__":
    main()
