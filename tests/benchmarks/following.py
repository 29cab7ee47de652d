"""How soon and how exactly a student's browser is where the teacher's is: python -m tests.benchmarks.following.

Two windows of Chromium use the real server, all on the cores of one machine. Both pages note, at each frame that they
draw, what they show and when. Each printed line has a limit and, beside it, what was measured.
"""

from __future__ import annotations

import os
import random
import signal
import statistics
import time
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.benchmarks.classroom import milliseconds, show
from tests.browser.proxy import proxy
from tests.server import CHROMIUM, CHROMIUM_FLAGS, App, free_port, running_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

JOINS = 5
CUT_S = 10
ACTIONS = 40
LIMIT = "1 s after the page is up"
# Noted at each change: milliseconds since 1970, position, whether the player plays and is ready, whether the page
# follows, the page, and how long the frame before took. Also noted: when Streamlit's own connection was there.
NOTING = """
window.noted = [];
window.connected = [];
const now = () => performance.timeOrigin + performance.now();
window.WebSocket = class extends WebSocket {
    constructor(address, ...more) {
        super(address, ...more);
        if (String(address).includes("_stcore")) this.addEventListener("open", () => connected.push(now()));
    }
};
let last = "", then = now();
const look = () => {
    const at = now(), took = at - then;
    then = at;
    const stage = document.querySelector("[data-testid=stage]")?.dataset ?? {};
    const room = document.querySelector("[data-testid=class]")?.dataset ?? {};
    const page = document.querySelector("[data-testid=stage]") ? location.pathname + location.search : "";
    const seen = [Number(stage.position ?? -1), stage.playing === "true", stage.ready === "true",
        room.following === "true", page];
    if (String(seen) !== last) noted.push([at, ...seen, took]);
    last = String(seen);
    requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""
DO = """([what, value]) => {
    const stage = document.querySelector("[data-testid=stage]");
    const named = (name) => stage.querySelector(`[aria-label="${name}"]`);
    const now = performance.timeOrigin + performance.now();
    if (what === "scrub") {
        named("Epochs trained").value = value;
        named("Epochs trained").dispatchEvent(new Event("input"));
    } else if (what === "speed") {
        named("Speed").value = value ?? named("Speed").lastElementChild.value;
        named("Speed").dispatchEvent(new Event("change"));
        return Number(named("Speed").value);
    } else {
        (named(what) ?? stage.querySelector(".stage-train")).click();
    }
    return now;
}"""


@dataclass(frozen=True)
class Seen:
    """What a page shows from a moment on."""

    at: float
    position: int
    playing: bool
    ready: bool
    following: bool
    page: str
    took: float  # milliseconds since the frame before


class Window:
    """A page that notes what it shows."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.add_init_script(NOTING)

    def do(self, what: str, value: object = None) -> float:
        """Use the player, and return the time of it."""
        return float(self.page.evaluate(DO, [what, value]))

    def noted(self) -> list[Seen]:
        return [Seen(*entry) for entry in self.page.evaluate("() => window.noted")]

    def connected(self, since: float) -> float:
        """Return the first time after a moment at which Streamlit's own connection was there."""
        times: list[float] = self.page.evaluate("() => window.connected")
        return min(at for at in times if at >= since)

    def first(self, is_it: Callable[[Seen], bool], since: float = 0.0, patience_s: float = 30.0) -> float:
        """Wait until the page has shown what is asked for, and return when it first did."""
        deadline = time.monotonic() + patience_s
        while time.monotonic() < deadline:
            found = [seen.at for seen in self.noted() if seen.at >= since and is_it(seen)]
            if found:
                return found[0]
            time.sleep(0.2)
        msg = f"it was not seen; last was {self.noted()[-1]}"
        raise AssertionError(msg)


def now() -> float:
    """Return the milliseconds since 1970, as the pages count them."""
    return 1000 * time.time()


@contextmanager
def window(browser: Browser, url: str) -> Iterator[Window]:
    """Open a page in a window of its own."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    context.set_default_timeout(60_000)
    opened = Window(context.new_page())
    opened.page.goto(url)
    yield opened
    context.close()


@contextmanager
def taught(browser: Browser, app: App, query: str = "") -> Iterator[tuple[Window, str]]:
    """Start a class."""
    with window(browser, app.url + query) as teacher:
        teacher.first(lambda seen: seen.ready)
        room = teacher.page.get_by_test_id("class")
        room.get_by_role("button", name="Class", exact=True).click()
        room.get_by_role("button", name="Start a class").click()
        named = '[data-testid="class"][data-role="teacher"]:not([data-code=""])'
        teacher.page.wait_for_selector(named, state="attached")
        teacher.page.keyboard.press("Escape")
        yield teacher, room.get_attribute("data-code") or ""


def arrival(student: Window, begun: float, position: int) -> tuple[float, float]:
    """Return after how many seconds a page was ready, and after how many it showed the teacher's position."""
    up = student.first(lambda seen: seen.ready, begun)
    right = student.first(lambda seen: seen.ready and seen.following and seen.position == position, begun)
    return (up - begun) / 1000, (right - begun) / 1000


def tell_arrivals(what: str, arrivals: Sequence[tuple[float, float]]) -> None:
    late = max(max(0.0, right - up) for up, right in arrivals)
    ups, rights = (statistics.median(times) for times in zip(*arrivals, strict=True))
    show(what, LIMIT, f"{late:.2f} s at most; page up after {ups:.2f} s, right after {rights:.2f} s (medians)")


def measure_arrivals(browser: Browser, app: App, query: str, what: str) -> None:
    """Measure how soon a student who joins late, or reloads the page, shows the teacher's position."""
    with taught(browser, app, query) as (teacher, code):
        teacher.do("scrub", 77)
        teacher.first(lambda seen: seen.position == 77)
        joins, reloads = [], []
        for _ in range(JOINS):
            begun = now()
            with window(browser, f"{app.url}?class={code}") as student:
                joins.append(arrival(student, begun, 77))
                time.sleep(1)
                begun = now()
                student.page.reload()
                reloads.append(arrival(student, begun, 77))
        tell_arrivals(f"joins by link, {what}", joins)
        tell_arrivals(f"reloads, {what}", reloads)


def measure_cut(browser: Browser, app: App) -> None:
    """Measure a student whose connection was cut while the teacher went on.

    A position needs only the class's own socket. Another page needs Streamlit's, too, which tries to connect again up
    to four seconds apart; until then no page can be shown.
    """
    port = int(app.url.split(":")[2].strip("/"))
    for what, label in (("another position", ""), *3 * [("another page", "Compare")]):
        with (
            proxy(port) as wire,
            taught(browser, app) as (teacher, code),
            window(browser, f"http://127.0.0.1:{wire.port}/?class={code}") as student,
        ):
            student.first(lambda seen: seen.ready and seen.following)
            wire.cut()
            if label:
                before = teacher.page.get_attribute("[data-testid=stage]", "data-run")
                teacher.page.get_by_role("link", name=label).click()
                # For a moment the player of the page before is still there.
                other = f'[data-testid="stage"][data-ready="true"]:not([data-run="{before}"])'
                teacher.page.wait_for_selector(other)
            teacher.do("scrub", 88)
            time.sleep(CUT_S)
            wire.mend()
            mended = now()
            place = f"/{label.lower()}?"
            right = student.first(lambda seen, place=place: seen.position == 88 and place in seen.page, mended)
            up = student.connected(mended) if label else mended
            waited = f", which Streamlit's connection took {(up - mended) / 1000:.2f} s for" if label else ""
            limit = LIMIT if label else "1 s"
            show(f"{CUT_S} s without a line, {what} meanwhile", limit, f"{(right - up) / 1000:.2f} s{waited}")


def measure_restart(browser: Browser) -> None:
    """Kill the server, start it again, and measure when the students show the teacher's position."""
    options = {"server.port": str(free_port())}
    with (
        running_app(options=options) as app,
        taught(browser, app) as (teacher, code),
        window(browser, f"{app.url}?class={code}") as student,
    ):
        student.first(lambda seen: seen.ready and seen.following)
        os.kill(app.pid, signal.SIGKILL)
        teacher.do("scrub", 99)
        time.sleep(2)
        with running_app(options=options):
            answers = now()
            right = student.first(lambda seen: seen.position == 99)
            show("server killed and restarted", "1 s", f"{(right - answers) / 1000:.2f} s after it answers")


def measure_reach(browser: Browser, app: App) -> None:
    """Measure how soon a student shows what the teacher does with the player."""
    with taught(browser, app) as (teacher, code), window(browser, f"{app.url}?class={code}") as student:
        student.first(lambda seen: seen.ready and seen.following)
        scrubs, pauses = [], []
        for number in range(ACTIONS):
            goal, done = 100 + number, teacher.do("scrub", 100 + number)
            scrubs.append((student.first(lambda seen, goal=goal: seen.position == goal, done) - done) / 1000)
        for _ in range(ACTIONS // 2):
            teacher.do("To start")  # at its end a run would pause by itself, and the press of Pause would play it
            done = teacher.do("Play")
            student.first(lambda seen: seen.playing, done)
            time.sleep(random.uniform(0.2, 0.6))  # noqa: S311 - no secret
            done = teacher.do("Pause")
            pauses.append((student.first(lambda seen: not seen.playing, done) - done) / 1000)
        show("a scrub is seen by a student", "p95 300 ms", milliseconds(scrubs))
        show("a pause is seen by a student", "p95 300 ms", milliseconds(pauses))


def apart(teacher: Sequence[Seen], student: Sequence[Seen]) -> list[tuple[float, float]]:
    """Return by how many epochs a student's frames differ from where the teacher was at that moment.

    Also return how many milliseconds the slower page took for its frame then: a position is only seen in a frame, so
    the difference cannot be smaller than the steps of one frame.
    """
    shown = [seen for seen in teacher if seen.playing]
    moments = [seen.at for seen in shown]
    found = []
    for seen in student:
        after = bisect_right(moments, seen.at)
        if not seen.playing or not 0 < after < len(shown):
            continue
        one, other = shown[after - 1], shown[after]
        share = (seen.at - one.at) / (other.at - one.at)
        difference = seen.position - (one.position + share * (other.position - one.position))
        found.append((difference, max(seen.took, one.took, other.took)))
    return found


def measure_playing(browser: Browser, app: App, speed: int | None, runs: int, length_s: float) -> None:
    """Measure where a student is while the teacher's player plays."""
    with taught(browser, app) as (teacher, code), window(browser, f"{app.url}?class={code}") as student:
        student.first(lambda seen: seen.ready and seen.following)
        rate, found = 0.0, []
        for _ in range(runs):
            teacher.do("To start")
            rate = teacher.do("speed", speed)
            since = teacher.do("Play")
            time.sleep(length_s)
            teacher.page.evaluate("() => document.querySelector('[data-testid=stage] [aria-label=Pause]')?.click()")
            time.sleep(0.5)
            both = [[seen for seen in one.noted() if seen.at >= since] for one in (teacher, student)]
            found += apart(*both)
        sizes = sorted(abs(difference) for difference, _ in found)
        tooks = sorted(took for _, took in found)
        limit = max(0.02 * rate, 1.0)
        strict = sum(size <= limit for size in sizes) / len(sizes)
        within = sum(abs(size) <= max(limit, rate * took / 1000) for size, took in found) / len(found)
        show(
            f"playing at {rate:.0f} epochs a second: student against teacher, in epochs",
            f"{limit:g}, or one frame",
            f"median {statistics.median(sizes):.1f}, p95 {sizes[int(0.95 * len(sizes))]:.1f}, most {sizes[-1]:.1f}; "
            f"mean {statistics.mean(difference for difference, _ in found):+.1f}; of {len(sizes)} frames "
            f"{100 * strict:.0f} % within {limit:g}, {100 * within:.0f} % within that or one frame, which took "
            f"{statistics.median(tooks):.0f} ms in the median, p95 {tooks[int(0.95 * len(tooks))]:.0f}",
        )


def main() -> None:
    """Print the figures."""
    from playwright.sync_api import sync_playwright

    print("| what | at most | measured |\n|---|---|---|")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=CHROMIUM_FLAGS)
        with running_app() as app:
            measure_arrivals(browser, app, "", "the tutorial")
            measure_arrivals(browser, app, "?example=iris", "another experiment")
            measure_reach(browser, app)
            measure_playing(browser, app, 20, 1, 15)
            measure_playing(browser, app, None, 8, 1.5)
            measure_cut(browser, app)
            show("tracebacks in the server's log", "0", str(app.said().count("Traceback")))
        measure_restart(browser)
        browser.close()


if __name__ == "__main__":
    main()
