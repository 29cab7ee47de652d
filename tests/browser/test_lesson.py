"""A lesson of 45 minutes by its lines alone: a projector, the teacher's console, a student, and 27 more over sockets.

With PICTURES=FOLDER there is a picture of every window before and after each reveal, for somebody to look at.
"""

from __future__ import annotations

import asyncio
import os
import re
import threading
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from websockets.exceptions import ConnectionClosed

from pages.classroom.messages import LIMITS
from pages.shared.run.steps import PHASE
from pages.teach.lesson import LESSON, Line
from tests.browser.test_class import Person, people
from tests.class_member import ClassMember, following

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.server import App

CLASSMATES = 27
PREMISE = {"736.047"}  # the loss that stands still, of which a line asks whether the training is done
SIZES = {"projector": (1920, 1080), "console": (1280, 800), "student": (1366, 768)}
NUMBER = re.compile(r"−?\d+\.\d{3,}")
# All that can be read in a window, in its charts as well.
READ = """() => [document.body.innerText, ...[...document.querySelectorAll("svg text")]
    .filter(text => text.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
    .map(text => text.textContent)].join("\\n")"""
# How many epochs of the run the chart of the loss shows, in its pale rest or in what was played; 0 without the chart.
DRAWN = """() => Math.max(0, ...(document.querySelector("[data-figure=loss]")?.data ?? [])
    .filter(({ name, line }) => name !== "pinned" && line?.width !== 0).map(trace => trace.y?.length ?? 0))"""
STANDS = "() => !!document.querySelector('[data-testid=stApp][data-test-script-state=notRunning]')"
UNREADABLE = """() => [...document.querySelectorAll(".class button")].filter(button => {
    const { color, backgroundColor } = getComputedStyle(button);
    return button.checkVisibility() && color === backgroundColor;
}).map(button => button.textContent)"""


async def attend(member: ClassMember, number: int) -> None:
    """Answer whatever is asked until the class ends."""

    async def beat() -> None:
        while True:
            await member.say("beat", following=True)
            await asyncio.sleep(LIMITS["seconds_between_beats"])

    beating = asyncio.create_task(beat())
    with suppress(ConnectionClosed):
        while True:
            asked = await member.hear("asked")
            choices = asked["choices"]
            value = choices[number % len(choices)] if choices else number / 2
            await member.say("answer", question=asked["question"], round=asked["round"], value=value)
    beating.cancel()


@contextmanager
def classmates(url: str, code: str) -> Iterator[None]:
    """Have students in the class who have no browser."""

    async def all_attend() -> None:
        async with AsyncExitStack() as stack:
            members = [await stack.enter_async_context(following(url, code)) for _ in range(CLASSMATES)]
            await asyncio.gather(*(attend(member, number) for number, member in enumerate(members)))

    thread = threading.Thread(target=asyncio.run, args=(all_attend(),))
    thread.start()
    yield
    thread.join()


class Lesson:
    """The windows of a lesson."""

    def __init__(self, projector: Person, console: Person, student: Person) -> None:
        self.projector, self.console, self.student = projector, console, student
        self.seen = projector, student
        for person, (width, height) in zip((projector, console, student), SIZES.values(), strict=True):
            person.page.set_viewport_size({"width": width, "height": height})

    def keep(self, name: str) -> None:
        if folder := os.environ.get("PICTURES"):
            for window, person in zip(SIZES, (self.projector, self.console, self.student), strict=True):
                person.page.screenshot(path=Path(folder) / f"{name}-{window}.png")

    def reach(self, line: Line) -> None:
        """Bring the class to the next line."""
        self.console.do("Next line")
        assert self.console.page.evaluate(UNREADABLE) == []
        place = re.compile(rf"/{'' if line.page == 'playground' else line.page}\?(?=.*\bunseen=1\b)")
        for person in self.seen:
            person.page.wait_for_url(place)
            if line.page in ("playground", "compare"):
                person.wait("d.ready === 'true' && d.position === a", str(line.position))
            else:
                # Of the page before; Streamlit may keep two of them for a moment.
                person.page.wait_for_function("() => !document.querySelector('[data-testid=stage]')")
            if PHASE.key in line.own:
                person.page.get_by_role("heading", name=f"{line.own[PHASE.key]} · ").wait_for()
            person.page.wait_for_function(STANDS)
        if line.question:
            self.projector.reads(f"Ready to ask: {line.question.text or line.ask}")

    def hides(self, line: Line) -> None:
        """Check that neither the room nor the student sees what a line asks."""
        asked = {*NUMBER.findall(line.ask), *(line.question.choices if line.question else ()), *PREMISE}
        told = set(NUMBER.findall(line.show + line.answer)) - asked
        for person in self.seen:
            read = person.page.evaluate(READ)
            assert told & set(NUMBER.findall(read)) == set()
            assert not re.search(r"Right is|agree|lowest in epoch|reached", read), line.title
            assert person.page.evaluate(DRAWN) in (0, line.position)
            assert person.page.locator("[data-figure=class_answers]").count() == 0

    def ask(self, line: Line, number: int) -> None:
        """Ask what the line asks, or the page, and have everybody answer."""
        self.console.do("Ask")
        self.student.until(question=number)
        if line.question and line.question.choices:
            self.student.do(line.question.choices[0])
        else:
            self.student.page.get_by_role("textbox", name="Your answer", exact=True).fill("0.5")
            self.student.do("Send")
        # Nobody but the teacher has a button that would show it.
        shows = self.student.page.get_by_role("button", name=re.compile("^Show( without a guess)?$"))
        assert not any(button.is_visible() for button in shows.all())
        self.console.until(answers=CLASSMATES + 1)

    def reveal(self, line: Line) -> None:
        self.console.do("Reveal")
        names = line.question.choices if line.question else ()
        for person in self.seen:
            person.reads(f" of {CLASSMATES + 1}.")
            chart = person.page.locator("[data-figure=class_answers]")
            chart.locator(".main-svg").first.wait_for()
            texts = chart.locator(".ytick text:visible").all_text_contents()
            named = [re.sub(r"(right)?(, )?(your answer)?$", "", text).replace(" ", "") for text in texts]
            assert named == [choice.replace(" ", "") for choice in names]

    def show(self, line: Line) -> None:
        """Show what comes after: now it is there to be seen."""
        self.console.do("Put away")
        self.student.until(question="")
        self.console.do("Show")
        for person in self.seen:
            person.page.wait_for_function("() => !location.search.includes('unseen=1')")
            if line.page in ("playground", "compare"):
                person.page.wait_for_function(f"() => ({DRAWN})() >= 100")


def test_a_lesson_is_held_by_its_lines_alone(browser: Browser, app: App) -> None:
    with people(browser, app, 2) as (projector, student):
        code = projector.open().start()
        with projector.page.context.expect_page() as opened:
            projector.do("Open the console")
        lesson = Lesson(projector, Person(opened.value, app), student)
        projector.page.keyboard.press("Escape")
        projector.key("p")
        student.join(code, following=True)
        with classmates(app.url, code):
            lesson.console.until(role="teacher", code=code, present=CLASSMATES + 1)
            for number, line in enumerate(LESSON, 1):
                lesson.reach(line)
                lesson.keep(f"{number:02}-1-there")
                lesson.hides(line)
                if line is LESSON[-1]:
                    break
                lesson.ask(line, number)
                lesson.hides(line)
                lesson.keep(f"{number:02}-2-asked")
                lesson.reveal(line)
                lesson.keep(f"{number:02}-3-revealed")
                lesson.show(line)
                lesson.keep(f"{number:02}-4-shown")
            lesson.console.do("Let go")
            student.until(following=False)
            lesson.keep("99-let-go")
            for label in ("End", "End the class", "Close"):
                projector.do(label)
