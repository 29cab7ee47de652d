"""A class in real browsers: a teacher and two students, each in a window of his own."""

from __future__ import annotations

import json
import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np

from classifier import Run
from pages.shared.address.writing import named_experiments
from tests.browser.axe import AXE, violations
from tests.browser.conftest import TIMEOUT_MS, Stage, note_faults
from tests.browser.test_layout import faults_by_width, faults_of
from tests.browser.test_present import is_dark, measured
from tests.contrast import contrast
from tests.server import running_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page, WebSocket, WebSocketRoute

    from tests.server import App


# The console's words, the browser's and Streamlit's, when a connection is cut.
_CUT = "WebSocket|ERR_|status of|when disconnected from server"
# What a screen reader makes of a field: whether it is wrong, by which words, and how they are announced.
TOLD = """field => {
    const words = document.getElementById(field.getAttribute("aria-describedby"));
    return [field.getAttribute("aria-invalid"), words?.textContent, words?.role || words?.ariaLive];
}"""

# Whether the ring is around the middle of a thing.
RINGED = """what => {
    const [ring, thing] = [".class-ring", what].map(each => document.querySelector(each).getBoundingClientRect());
    return ["x", "y"].every((side, i) => {
        const size = ["width", "height"][i];
        return ring.width && Math.abs(ring[side] + ring[size] / 2 - thing[side] - thing[size] / 2) < 3;
    });
}"""


def as_said(value: object) -> str:
    return str(value).lower() if type(value) is bool else str(value)


class Person(Stage):
    """A member of a class: the page, and what the page's element tells of the class."""

    asked: list[str]

    def open(self, path: str = "") -> Person:
        super().open(path)
        return self

    def join(self, code: str, **said: object) -> Person:
        self.page.goto(f"{self.app.url}?class={code}")
        return self.until(role="student", code=code, **said)

    def until(self, **said: object) -> Person:
        """Wait until the class's element has these values in its dataset."""
        marks = "".join(
            f'[data-{name}="{str(value).lower() if type(value) is bool else value}"]' for name, value in said.items()
        )
        self.page.wait_for_selector(f'[data-testid="class"]{marks}', state="attached")
        return self

    @property
    def bar(self) -> Locator:
        return self.page.get_by_test_id("class").locator(".class-bar")

    def button(self, label: str) -> Locator:
        return self.page.get_by_test_id("class").get_by_role("button", name=label, exact=True)

    def do(self, label: str) -> None:
        self.button(label).click()

    def start(self) -> str:
        """Start a class, and give its code."""
        self.do("Class")
        self.do("Start a class")
        named = self.page.locator('[data-testid="class"][data-role="teacher"]:not([data-code=""])')
        code = named.get_attribute("data-code")
        assert code is not None
        return code

    def there(self, **said: object) -> None:
        """Wait until the player's element has these values in its dataset."""
        for name, value in said.items():
            self.wait("d[a[0]] === a[1]", [name, as_said(value)])

    def scrub(self, position: int) -> None:
        self.page.get_by_label("Epochs trained", exact=True).fill(str(position))

    def reads(self, text: str) -> None:
        self.bar.get_by_text(text).wait_for()

    def hears(self, text: str) -> None:
        self.page.get_by_test_id("class").locator("[aria-live]").get_by_text(text).wait_for(state="attached")

    @contextmanager
    def without_a_rerun(self) -> Iterator[None]:
        """Assert that the page sends nothing to Streamlit meanwhile."""
        self.asked.clear()
        yield
        assert not self.asked

    def watch(self, socket: WebSocket) -> None:
        if "_stcore" in socket.url:
            socket.on("framesent", lambda _: self.asked.append(socket.url))


@contextmanager
def people(browser: Browser, app: App, count: int, *, expected: str | None = None) -> Iterator[list[Person]]:
    """Give each person a browser window. No fault may be noted in any of them but those that match `expected`."""
    everybody, contexts = [], []
    for _ in range(count):
        context = browser.new_context(viewport={"width": 1280, "height": 720})
        context.set_default_timeout(TIMEOUT_MS)
        contexts.append(context)
        person = Person(context.new_page(), app)
        person.asked = []
        person.page.on("websocket", person.watch)
        note_faults(person.page, person.faults)
        everybody.append(person)
    yield everybody
    for context in contexts:
        context.close()
    faults = [fault for person in everybody for fault in person.faults]
    assert [fault for fault in faults if expected is None or not re.search(expected, fault)] == []


def test_students_see_the_teachers_frame_while_it_moves(browser: Browser, app: App) -> None:
    with people(browser, app, 3) as (teacher, anna, ben):
        teacher.open("?lr=0.02&present=1&position=5")
        teacher.page.get_by_role("button", name="End presenting").click()
        teacher.page.wait_for_function("() => !location.search.includes('present')")
        code = teacher.start()
        panel = teacher.page.get_by_test_id("class").locator(".class-panel")
        link = panel.get_by_role("link").inner_text()
        assert re.fullmatch(re.escape(f"{app.url}?class={code}") + "[A-Z2-7]{44}", link)
        picture = panel.get_by_role("img", name="QR code of the link to the class")
        picture.wait_for()
        teacher.do("Show to the room")
        sheet = teacher.page.get_by_role("dialog")
        for width, height, least in ((390, 844, 300), (1024, 768, 560), (1280, 720, 600)):
            teacher.page.set_viewport_size({"width": width, "height": height})
            shown = sheet.evaluate(
                """e => {
                    const { clientWidth, width } = e.querySelector("canvas");
                    const parts = [...e.querySelectorAll("canvas, p, button")].map(e => e.getBoundingClientRect());
                    const within = ({ left, top, right, bottom }) =>
                        left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
                    return [width > 0 ? clientWidth : 0, parts.every(within) && e.scrollHeight <= innerHeight];
                }"""
            )
            assert shown[0] > least, (width, shown)
            assert shown[1], width
        assert sheet.get_by_text(f"{app.url}?class={code}", exact=True).is_visible()
        teacher.do("Close")
        assert picture.is_visible()
        teacher.page.keyboard.press("Escape")
        anna.join(code, following=True)
        anna.page.wait_for_url("**lr=0.02**")
        anna.there(position=5)
        anna.hears("You follow the class.")
        assert re.search(r"present|position=5.*lr", anna.page.url) is None
        teacher.until(present=1)
        with anna.without_a_rerun():
            teacher.page.get_by_label("Speed", exact=True).select_option("50")
            teacher.play()
            anna.there(playing=True)
            assert anna.page.get_by_label("Speed", exact=True).input_value() == "50"
            # A student joins late, while the player plays
            ben.join(code, following=True)
            ben.there(playing=True)
            ben.wait("Number(d.position) > 5")
            teacher.press("Pause")
            for student in (anna, ben):
                student.at(teacher.position)
            teacher.scrub(777)
            teacher.page.get_by_role("button", name="log", exact=True).click()
            for student in (anna, ben):
                student.at(777)
                student.page.wait_for_function("() => location.search.includes('view=loss.log')")
        ben.page.reload()
        ben.ready().until(role="student", following=True)
        ben.at(777)
        # A student who uses the player no longer follows; the other student does.
        ben.key("ArrowRight")
        ben.until(following=False)
        ben.hears("You look around on your own.")
        teacher.key("Home")
        anna.at(0)
        ben.at(778)
        ben.do("Back to the class")
        ben.until(following=True)
        ben.at(0)
        # Who opens Share still follows. With reduced motion the position follows the teacher without playing
        ben.page.get_by_role("button", name="Share", exact=True).click()
        ben.page.get_by_role("button", name="NumPy script", exact=True).click()
        ben.page.emulate_media(reduced_motion="reduce")
        teacher.play()
        ben.wait("Number(d.position) > 10 && d.playing === 'false'")
        ben.until(following=True)


def test_what_is_pressed_while_a_class_goes_to_another_page_brings_none_back(browser: Browser, app: App) -> None:
    with people(browser, app, 2) as (teacher, anna):
        # By a script, because a press of her own would let her go
        anna.page.add_init_script(
            """window.moments = new Set(["told", "led"]);
            const report = (moment) => {
                const box = document.querySelector("[data-testid=stage] select[title='Chart shown here']");
                if (!box || !moments.delete(moment)) return;
                box.value = "decision";
                box.dispatchEvent(new Event("change"));
            };
            const Real = WebSocket;
            WebSocket = class extends Real {
                constructor(...said) {
                    super(...said);
                    this.addEventListener("message", ({ data }) => {
                        if (String(data).includes('"page":"compare"')) report("told");
                    });
                }
            };
            addEventListener("popstate", () => setTimeout(() => {
                if (location.pathname.endsWith("compare")) report("led");
            }));"""
        )
        anna.join(teacher.open("?epochs=500").start(), following=True).there(total=500)
        run = anna.data("run")
        teacher.page.get_by_role("link", name="Compare").click()
        anna.wait("d.run !== a && d.ready === 'true'", run)
        assert anna.page.evaluate("window.moments.size") == 0
        anna.there(run=teacher.data("run"))
        anna.until(following=True)


def test_another_experiment_is_followed_and_its_player(browser: Browser, app: App) -> None:
    with people(browser, app, 2) as (teacher, anna):
        code = teacher.open("?epochs=500").start()
        # Her own experiment, before she types the code
        anna.open("?lr=0.5&position=3")
        anna.do("Class")
        field = anna.page.get_by_label("Code of a class")
        field.fill("abc")
        anna.do("Join")
        assert field.evaluate(TOLD) == ["true", "A code has 8 letters or digits from 2 to 7.", "alert"]
        field.fill(code.lower())
        anna.do("Join")
        anna.until(role="student", following=True)
        anna.there(total=500, position=0)
        # Another experiment, edited while it is presented
        teacher.page.get_by_label("Epochs", exact=True).fill("300")
        teacher.page.keyboard.press("Enter")
        anna.there(total=300)
        teacher.key("p")
        teacher.page.get_by_role("button", name="End presenting").click()
        # Compare, in the same frame
        run = teacher.data("run")
        teacher.page.get_by_role("link", name="Compare").click()
        teacher.page.wait_for_url("**/compare**epochs=300**")
        teacher.wait("d.run !== a && d.ready === 'true'", run)  # not the player of the page before
        teacher.play()
        anna.page.wait_for_url("**/compare**")
        anna.there(playing=True)
        teacher.press("Pause")
        anna.at(teacher.position)


def lead(teacher: Person, anna: Person, page: str) -> None:
    """Have the class go to a page without a player."""
    teacher.page.get_by_role("link", name=page).click()
    anna.page.wait_for_url(f"**/{page.lower().replace(' ', '_')}**")
    anna.page.get_by_role("heading", name=page, exact=True).wait_for()
    anna.page.get_by_test_id("stSidebar").wait_for(state="detached")  # for which the page may run once more


def test_a_step_is_followed_until_one_presses_something(browser: Browser, app: App) -> None:
    with people(browser, app, 2) as (teacher, anna):
        code = teacher.open("?epochs=300").start()
        anna.join(code, following=True).there(total=300)
        lead(teacher, anna, "Mathematics")
        # A step: sample, phase and cell. Another page costs one rerun
        anna.asked.clear()
        lead(teacher, anna, "Step by step")
        anna.page.get_by_role("heading", name="1 · ").wait_for()
        assert len(anna.asked) == 1
        # The server's word on her address from before she was led on comes late. It must not count then.
        anna.page.evaluate(
            """() => {
                const { pushState, replaceState } = history;
                const hold = (put) => (...said) => { if (said[2] instanceof URL) put.apply(history, said); };
                const letGo = () => Object.assign(history, { pushState, replaceState });
                addEventListener("popstate", () => {
                    if (window.late || !location.search.includes("phase=2")) return;
                    window.late = letGo;
                    Object.assign(history, { pushState: hold(pushState), replaceState: hold(replaceState) });
                    const old = new URL(location);
                    old.searchParams.set("phase", 5);
                    setTimeout(() => history.replaceState(history.state, "", old));
                });
            }"""
        )
        teacher.page.get_by_role("button", name="Next").click()
        teacher.page.wait_for_url("**phase=2**")
        anna.page.get_by_role("heading", name="2 · ").wait_for()
        anna.page.wait_for_url("**/step_by_step**phase=2**")
        anna.page.evaluate("() => window.late()")
        assert "present" not in anna.page.url
        assert f"class={code}" in anna.page.url
        # When she presses a button she no longer follows, and stays on this page
        anna.page.get_by_role("button", name="Next").click()
        anna.page.wait_for_url("**phase=3**")
        anna.until(following=False)
        anna.hears("You look around on your own.")
        teacher.page.get_by_role("link", name="Where it breaks").click()
        teacher.page.get_by_role("radio", name="float64").click()
        teacher.page.wait_for_url("**/where_formulas_break**precision=float64**")
        assert "/step_by_step" in anna.page.url
        anna.do("Back to the class")
        anna.page.wait_for_url("**/where_formulas_break**precision=float64**")
        anna.do("Look around on my own")
        anna.page.wait_for_url("**/step_by_step**phase=3**")
        anna.do("Back to the class")
        anna.page.wait_for_url("**/where_formulas_break**")


def test_a_paused_class_sees_nothing_but_that(browser: Browser, app: App) -> None:
    with people(browser, app, 2) as (teacher, anna):
        anna.join(teacher.open("?epochs=300").start(), following=True).there(total=300)
        lead(teacher, anna, "Mathematics")
        # The lesson answers what is still to be asked, so nobody is taken to it.
        teacher.page.get_by_role("link", name="Teach").click()
        teacher.reads("Your students stay where they were: this page holds the answers.")
        # The teacher pauses the class
        teacher.do("Pause the class")
        anna.until(paused=True)
        assert "/mathematics" in anna.page.url
        anna.hears("Eyes on the teacher")
        overlay = anna.page.get_by_role("dialog", name="Eyes on the teacher")
        overlay.wait_for()
        covered = "() => !!document.elementFromPoint(300, 200)?.closest('dialog')"
        anna.page.evaluate(
            f"""() => {{
                const covered = {covered};
                const look = () => {{
                    window.seen = (window.seen ?? 0) + !covered();
                    requestAnimationFrame(look);
                }};
                look();
            }}"""
        )
        teacher.page.get_by_role("link", name="Code", exact=True).click()
        anna.page.wait_for_url("**/source_code**")
        anna.page.get_by_role("heading", name="Code", exact=True, include_hidden=True).wait_for()
        assert anna.page.evaluate("() => window.seen") == 0, "so many pictures of the page were seen"
        anna.page.keyboard.press("Escape")
        anna.page.keyboard.press("Escape")
        anna.page.keyboard.press("p")
        assert anna.page.evaluate(covered)
        assert anna.page.evaluate("() => window.seen") == 0, "nor does a key show one"
        assert overlay.is_visible()
        teacher.do("Go on")
        overlay.wait_for(state="hidden")
        teacher.do("Let go")
        anna.until(following=False)
        anna.hears("The class lets you go on alone.")
        assert "/source_code" in anna.page.url
        anna.do("Back to the class")  # before anybody is called
        anna.until(following=True)
        anna.hears("You follow the class again.")
        teacher.do("Call back")
        teacher.do("Let go")
        anna.until(following=False)
        teacher.do("Call back")
        anna.until(following=True)


def test_what_a_teacher_brings_is_seen_once_it_is_open(browser: Browser, app: App) -> None:
    with people(browser, app, 2) as (teacher, anna):
        anna.join(teacher.open("?epochs=300").start(), following=True).there(total=300)
        # Only the teacher sees the table he reads, and he is told so. Once it is open in the playground, all do
        lead(teacher, anna, "Your data")
        table = teacher.page.get_by_label("Or paste a table")
        table.fill("a;b;c\n1;2;0\n3;4;1\n5;6;1")
        teacher.page.keyboard.press("Control+Enter")
        teacher.reads("Your students do not see what you bring here.")
        assert anna.page.get_by_text("Your students do not see").count() == 0
        teacher.page.get_by_role("button", name="Open in the playground").click()
        teacher.ready()
        anna.page.wait_for_url(re.compile("inputs=1.2_3.4_5.6"))
        anna.ready().there(run=teacher.data("run"))
        # When the class returns to a page with a player, its run comes with the page
        lead(teacher, anna, "Mathematics")
        anna.asked.clear()
        teacher.page.get_by_role("link", name="Playground").click()
        anna.ready().there(run=teacher.ready().data("run"))
        assert len(anna.asked) == 1


def test_what_is_ones_own_waits(browser: Browser, app: App) -> None:
    with people(browser, app, 2) as (teacher, anna):
        anna.join(teacher.open("?epochs=300").start(), following=True).there(total=300)
        # Also what is still being typed
        teacher.do("Let go")
        anna.until(following=False)
        anna.page.get_by_label("Seed", exact=True).fill("77")
        anna.page.keyboard.press("Enter")
        anna.page.wait_for_url("**seed=77**")
        anna.page.get_by_label("Epochs", exact=True).fill("250")
        teacher.page.get_by_role("link", name="Mathematics").click()
        teacher.do("Call back")
        anna.until(following=True)
        anna.page.wait_for_url("**/mathematics**")
        anna.do("Look around on my own")
        anna.page.wait_for_url(re.compile("epochs=250.*seed=77"))
        anna.there(total=250)
        anna.do("Back to the class")
        anna.page.wait_for_url("**/mathematics**")


def test_a_class_ends_when_it_is_meant(browser: Browser, app: App) -> None:
    with people(browser, app, 2) as (teacher, anna):
        anna.join(teacher.open("?epochs=300").start(), following=True).there(total=300)
        # The end is asked about, and can be taken back
        teacher.button("End").dblclick()
        teacher.reads("End the class for everybody?")
        teacher.do("Do not end it")
        teacher.do("End")
        teacher.do("End the class")
        anna.reads("The class has ended. What you see stays.")
        anna.until(following=False)
        teacher.page.get_by_role("link", name="Mathematics").click()
        teacher.do("Take it back")
        anna.until(following=True)
        anna.page.wait_for_url("**/mathematics**")
        for label in ("End", "End the class", "Close"):
            teacher.do(label)
        teacher.until(role="none")
        anna.page.get_by_test_id("class").get_by_text("The class has ended. What you see stays.").first.wait_for()
        anna.page.locator(".class-bar").get_by_role("button", name="Leave the class").click()
        anna.until(role="none")
        anna.page.wait_for_url(lambda url: "class=" not in url)


def loses_the_first_answer(page: Page) -> None:
    """Let a page's socket lose everything from the first answer on, without either side noticing."""
    lost = []

    def lose(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def pass_on(said: str | bytes) -> None:
            if '"answer"' in str(said) and not lost:
                lost.append(said)
            else:
                server.send(said)

        socket.on_message(pass_on)

    page.route_web_socket("**/class/*", lose)


def predicting(teacher: Person, *students: Person) -> None:
    """Open a step whose results are predicted, and have students follow."""
    teacher.page.goto(f"{teacher.app.url}step_by_step?example=exercise&position=1&predict=1")
    teacher.page.get_by_role("heading", name="Step by step").wait_for()
    code = teacher.start()
    for student in students:
        student.join(code, following=True)
    teacher.until(present=len(students))
    teacher.page.keyboard.press("Escape")


def test_the_class_predicts_before_it_sees(browser: Browser, app: App) -> None:
    with people(browser, app, 3) as (teacher, anna, ben):
        loses_the_first_answer(ben.page)
        predicting(teacher, anna, ben)
        # A double click must not press what takes the place of the button.
        teacher.button("Ask").dblclick()
        for student, answer in ((anna, "0,000"), (ben, "3")):
            student.until(question=1)
            student.hears("Question: ")
            # The page's own field would show the answer.
            student.page.get_by_label("Your guess for").wait_for(state="hidden")
            field = student.page.get_by_role("textbox", name="Your answer")
            for typed in ("one", answer):
                field.fill(typed)
                student.do("Send")
                if typed == "one":
                    assert field.evaluate(TOLD) == ["true", "That is no number.", "polite"]
        assert "Let go" in teacher.page.get_by_test_id("class").inner_text()
        ben.page.get_by_text("Your answer: 3. It is on its way to the class.").wait_for()
        teacher.until(answers=2)
        teacher.page.get_by_test_id("class").get_by_text("2 of 2 have answered.").wait_for()
        chart = teacher.page.locator("[data-figure=class_answers]")
        assert chart.count() == 0
        # After a reload the question and the answer are still there, and a new answer replaces the old one
        ben.page.reload()
        ben.page.get_by_test_id("class").get_by_text("Your answer: 3. You can change it").wait_for()
        ben.page.get_by_role("textbox", name="Your answer").fill("1/2")
        ben.do("Send")
        ben.hears("Your answer: 0.5. You can change it until the answers are revealed.")
        # While the class is paused, messages are announced inside the dialog: a screen reader reads nothing beneath it
        place = teacher.button("Pause the class").bounding_box()
        teacher.do("Pause the class")
        anna.until(paused=True)
        assert teacher.button("Go on").bounding_box() == place
        teacher.do("Reveal")
        heard = anna.page.get_by_role("dialog").locator("[aria-live]")
        heard.get_by_text("The answers are revealed.").wait_for(state="attached")
        # The page may be seen beside the question, but not through the question.
        ground = "e => [getComputedStyle(e).backgroundColor, getComputedStyle(document.body).backgroundColor]"
        assert len(set(anna.page.get_by_role("group", name="Question to the class").evaluate(ground))) == 1
        teacher.do("Go on")
        anna.until(paused=False)
        for student, answer in ((anna, "0"), (ben, "0.5")):
            student.page.get_by_text(f"Right is 0: 1 of 2. Your answer: {answer}.").wait_for()
            # The line of the right value is named beside what the dots are, not above a wrong one.
            legend = student.page.locator("[data-figure=class_answers] .legendtext")
            legend.get_by_text("your answer").wait_for()
            assert legend.all_text_contents() == ["right", *(["an answer"] if student is anna else []), "your answer"]
        chart.wait_for()
        # However much of the window the bar takes, somebody who comes late can be shown the way in.
        teacher.do("Class")
        bar = teacher.bar.bounding_box()
        assert bar is not None
        for part in (teacher.button("Show to the room"), teacher.page.locator(".class-panel")):
            box = part.bounding_box()
            assert box is not None
            assert box["y"] + box["height"] < bar["y"]
        for label in ("Show to the room", "Close"):
            teacher.do(label)
        teacher.page.keyboard.press("Escape")
        # In a narrow window
        anna.page.set_viewport_size({"width": 390, "height": 844})
        anna.page.wait_for_function("() => document.querySelector('.class-chart .main-svg').clientWidth < 390")
        assert anna.page.locator(".class-chart").evaluate("e => e.clientHeight") > 150
        # The result is shown on the screens of all
        teacher.page.get_by_role("heading", name="Step by step").click()
        teacher.page.keyboard.press("p")
        teacher.page.wait_for_url("**present=1**")
        assert measured(teacher.page) == []
        assert faults_of(teacher.page) == []
        teacher.page.get_by_role("button", name="End presenting").click()
        assert faults_by_width(anna.page, (320, 390, 640, 768, 1024, 1280, 1920)) == {}
        if AXE.exists():
            assert violations(anna.page) + violations(teacher.page) == []
        teacher.do("Put away")
        anna.until(question="")
        # The page shows the result, too, without a guess of the teacher's. The next result waits for a guess again.
        anna.page.wait_for_url("**revealed=1**")
        assert anna.page.get_by_label("Your guess for").count() == 0
        teacher.page.get_by_role("button", name="Next").click()
        for person in (teacher, anna):
            person.page.wait_for_url("**phase=2**")
            person.page.get_by_label("Your guess for").wait_for()
        assert "revealed" not in anna.page.url


def test_a_question_goes_along_to_another_page_with_half_an_answer(browser: Browser, app: App) -> None:
    with people(browser, app, 2) as (teacher, anna):
        predicting(teacher, anna)
        # A result that is revealed on another page is shown to all on return. A message right after it loses nothing.
        teacher.do("Ask")
        anna.until(question=1)
        # Half an answer goes along, and so does the focus, also into a pause and out of it.
        field = anna.page.get_by_role("textbox", name="Your answer")
        field.press_sequentially("0.")
        teacher.page.get_by_role("link", name="Mathematics").click()
        teacher.page.get_by_role("heading", name="Mathematics").wait_for()
        teacher.page.wait_for_url("**/mathematics**")
        anna.page.get_by_role("heading", name="Mathematics").wait_for()
        for label in ("Pause the class", "Go on"):
            teacher.do(label)
            anna.until(paused=label != "Go on")
            anna.page.keyboard.press("5")
        assert field.input_value() == "0.55"
        reveal = teacher.page.get_by_test_id("class").get_by_role("button", name="Reveal", exact=True)
        reveal.evaluate("e => { e.click(); document.querySelector('.st-key-present button').click(); }")
        teacher.page.wait_for_url("**/mathematics**present=1**")
        teacher.page.get_by_role("button", name="End presenting").click()
        teacher.page.get_by_role("link", name="Step by step").click()
        teacher.page.wait_for_url("**/step_by_step**revealed=1**")
        anna.page.wait_for_url("**/step_by_step**revealed=1**")
        assert [person.page.get_by_label("Your guess for").count() for person in (teacher, anna)] == [0, 0]
        teacher.do("Put away")
        anna.until(question="")


def test_a_question_about_the_next_run_waits_for_it(browser: Browser, app: App) -> None:
    with people(browser, app, 3) as (teacher, anna, ben):
        code = teacher.open("?position=2000").start()
        teacher.page.keyboard.press("Escape")
        for student in (anna, ben):
            student.join(code, following=True)
            student.at(2000)
        teacher.do("Ask")
        for student in (anna, ben):
            student.until(question=1)
        anna.do("not a number")
        ben.do("higher")
        teacher.until(answers=2)
        # It can be revealed once there is a next run, from any page
        teacher.reads("Change something first: the question is about the next run.")
        assert not teacher.button("Reveal").is_visible()
        teacher.page.get_by_role("textbox", name="Learning rate").first.fill("0.001")
        teacher.page.keyboard.press("Enter")
        # and nobody reads how it ends before: it begins at its beginning
        for person in (anna, ben, teacher):
            person.page.wait_for_url("**lr=0.001**")
            person.at(0)
        assert anna.page.locator(".stage-readouts dd").nth(1).inner_text() == "–"
        teacher.page.get_by_role("link", name="Compare").click()  # a narrow navigation hides others
        anna.page.wait_for_url("**/compare**")
        teacher.do("Reveal")
        anna.page.get_by_text("Right is higher: 1 of 2. Your answer: not a number.").wait_for()


def test_a_question_of_ones_own_is_asked_twice_and_the_lessons_is_ready(browser: Browser, app: App) -> None:
    with people(browser, app, 3) as (teacher, anna, ben):
        # Drawn up before there is a class, and kept
        teacher.open()
        teacher.do("Class")
        teacher.do("Your questions")
        dialog = teacher.page.get_by_role("dialog", name="Your questions")
        dialog.get_by_label("Question", exact=True).fill("Which way is down?")
        for number, choice in enumerate(("along the gradient", "against the gradient"), 1):
            dialog.get_by_label(f"Choice {number}", exact=True).fill(choice)
        dialog.get_by_label("Choice 2 is right").check()
        dialog.get_by_role("button", name="Keep", exact=True).click()
        dialog.get_by_role("button", name="Change").wait_for()
        teacher.page.reload()
        code = teacher.ready().start()
        teacher.page.keyboard.press("Escape")
        for student in (anna, ben):
            student.join(code, following=True)
        teacher.page.get_by_role("link", name="Compare").click()
        anna.page.wait_for_url("**/compare**")
        teacher.do("Your questions")
        # Nothing in the list says what is right: it may be on the projector.
        listed = dialog.get_by_role("listitem").inner_text().split("\n")
        assert listed == ["Which way is down?", "Ask", "Change", "Delete"]
        dialog.get_by_role("button", name="Ask", exact=True).click()
        for student, choice in ((anna, "along the gradient"), (ben, "against the gradient")):
            student.until(question=1, round=1)
            student.do(choice)
        teacher.until(answers=2)
        teacher.do("Ask again")
        for student in (anna, ben):
            student.until(round=2)
            student.hears("Asked again: Which way is down?")
            student.do("against the gradient")
        teacher.until(answers=2, round=2)
        teacher.do("Reveal")
        said = "Right is against the gradient: 1 of 2 at first, 2 of 2 when asked again."
        anna.reads(f"{said} Your answer: against the gradient.")
        for person in (teacher, anna):
            person.page.locator("[data-figure=class_answers]").wait_for()
            bars = [person.trace("class_answers", i, "text") for i in (0, 1)]
            assert bars == [["first 1 · 50 %"] * 2, ["again 0 · 0 %", "again 2 · 100 %"]]
        anna.page.set_viewport_size({"width": 320, "height": 720})
        narrow = "() => document.querySelector('[data-figure=class_answers] .main-svg').clientWidth < 320"
        anna.page.wait_for_function(narrow)
        assert anna.page.locator(".class-asked").evaluate("e => e.scrollWidth - e.clientWidth") == 0
        # Revealed by mistake
        teacher.do("Hide the answers")
        anna.reads("Your answer: against the gradient. You can change it until the answers are revealed.")
        teacher.do("Withdraw")
        anna.until(question="")
        # A line of the lesson brings its question along
        teacher.page.get_by_role("link", name="Teach").click()
        teacher.page.get_by_role("link", name="The loss falls").click()
        teacher.reads("Ready to ask: Will the loss fall in every epoch, or only on the whole?")
        teacher.do("Ask")
        anna.until(question=2)
        anna.do("in every epoch")
        teacher.until(answers=1)
        teacher.do("Reveal")
        anna.reads("Right is in every epoch: 1 of 1. Your answer: in every epoch.")
        for label in ("End", "End the class"):
            teacher.do(label)
        with teacher.page.expect_download() as saved:
            teacher.do("Answers and runs as CSV")
        rows = saved.value.path().read_text("utf-8").splitlines()
        assert rows[1:5] == [
            f"question,1,Which way is down?,{row}"
            for row in (
                "1,along the gradient,1,50,no,",
                "1,against the gradient,1,50,yes,",
                "2,along the gradient,0,0,no,",
                "2,against the gradient,2,100,yes,",
            )
        ]
        teacher.do("Take it back")
        if AXE.exists():
            assert violations(anna.page) + violations(teacher.page) == []


def test_a_class_outlives_a_cut_and_its_server(browser: Browser) -> None:
    with running_app() as app, people(browser, app, 3, expected=_CUT) as (teacher, anna, other):
        code = teacher.open().start()
        other.open("?lr=0.5").start()
        anna.join(code, following=True)
        teacher.until(present=1)
        # A member of another class sees nothing of this one
        other.scrub(999)
        other.until(present=0)
        teacher.scrub(40)
        anna.at(40)
        assert "lr=0.5" not in anna.page.url
        # Her network is cut, and comes back
        anna.page.context.set_offline(True)
        anna.reads("The connection is lost.")
        teacher.until(present=0)
        teacher.scrub(60)
        anna.page.context.set_offline(False)
        anna.at(60)
        teacher.until(present=1)
        # After a long time with a locked screen the socket may be dead, so the page opens a new one
        with anna.page.expect_websocket(lambda socket: "/class/" in socket.url):
            anna.page.evaluate(
                """() => {
                    const real = performance.now.bind(performance);
                    Object.defineProperty(document, "hidden", { configurable: true, get: () => true });
                    document.dispatchEvent(new Event("visibilitychange"));
                    performance.now = () => real() + 5000;
                    delete document.hidden;
                    document.dispatchEvent(new Event("visibilitychange"));
                    performance.now = real;
                }"""
            )
        teacher.scrub(70)
        anna.at(70)
        teacher.page.keyboard.press("Escape")
        teacher.do("Ask")
        anna.do("lower")
        teacher.until(answers=1)
        # The server is killed, and starts again without any class
        os.kill(app.pid, signal.SIGKILL)
        for person in (teacher, anna):
            person.reads("The connection is lost.")
        with running_app(options={"server.port": app.url.split(":")[2].strip("/")}):
            teacher.until(code=code, present=1, answers=1)
            anna.until(following=True, question=1)
            teacher.scrub(80)
            anna.at(80)
            teacher.page.get_by_role("textbox", name="Learning rate").first.fill("0.001")
            teacher.page.keyboard.press("Enter")
            teacher.do("Reveal")
            anna.reads("Right is higher: 0 of 1. Your answer: lower.")


def test_without_a_class_there_is_a_page(browser: Browser, app: App) -> None:
    with people(browser, app, 2, expected="WebSocket") as (anna, ben):
        anna.join("AAAAAAAA", following=False)
        anna.reads("There is no class with this code, or it has ended. The page works without it.")
        anna.ready().key("ArrowRight")
        anna.at(1)
        anna.page.locator(".class-bar").get_by_role("button", name="Leave the class").click()
        anna.until(role="none")
        anna.page.wait_for_url(lambda url: "class=" not in url)
        # She is refused by a full class, and then by a full server
        for code, words in (
            (4409, "This class is full. The page works without it."),
            (4413, "This server holds as many visitors of classes as it can. The page works without it."),
        ):
            anna.page.route_web_socket("**/class/*", lambda socket, code=code: socket.close(code=code))
            anna.join("AAAAAAAA", following=False)
            anna.reads(words)
            anna.ready().key("ArrowRight")
            anna.at(1)
        anna.page.goto(app.url)
        anna.ready()
        anna.do("Class")
        anna.do("Start a class")
        anna.reads("This server holds as many classes as it can. Try again later.")
        # A network that blocks web sockets
        ben.page.add_init_script(
            """const Real = window.WebSocket;
            window.WebSocket = class extends Real {
                constructor(address, ...more) { super(String(address).replace("/class/", "/nowhere/"), ...more); }
            };"""
        )
        ben.join("AAAAAAAA")
        ben.reads(
            "This network lets no live connection through, so the class cannot be followed here. Links still work."
        )
        ben.ready().key("ArrowRight")
        ben.at(1)


def test_a_second_window_waits_until_it_is_asked_and_a_locked_class_takes_nobody_in(browser: Browser, app: App) -> None:
    slow = "closed before the connection is established"  # on a busy machine a new socket is tried again
    with people(browser, app, 3, expected=slow) as (teacher, window, anna):
        code = teacher.open("?position=333").start()
        kept = teacher.page.evaluate("() => sessionStorage.getItem('backprop.teacher')")
        window.page.add_init_script(f"sessionStorage.setItem('backprop.teacher', {kept!r})")
        window.open("?position=222").until(role="teacher", code=code)
        window.reads("led from another window")
        anna.join(code, following=True).there(position=333)
        window.do("Take over")
        anna.there(position=222)
        teacher.do("Take over")
        anna.there(position=333)
        teacher.until(present=1)
        teacher.do("Class")
        teacher.do("Lock the class")
        teacher.do("Remove who joined last")
        anna.reads("You are no longer in this class.")
        anna.page.reload()
        anna.reads("This class takes nobody in any more.")
        teacher.until(present=0)


def test_in_a_class_nothing_is_seen_before_it_is_shown(browser: Browser, app: App) -> None:
    with people(browser, app, 2) as (teacher, anna):
        code = teacher.open("?example=xor").start()
        teacher.page.keyboard.press("Escape")
        teacher.page.wait_for_url("**unseen=1**")
        anna.join(code, following=True)
        anna.page.wait_for_url("**unseen=1**")
        anna.there(ready=True, total=1000)
        for person in (teacher, anna):
            assert person.trace("loss", 0, "y") == []
        # What the class has played is seen, and nothing of what comes after
        teacher.scrub(300)
        anna.at(300)
        assert len(anna.trace("loss", 0, "y")) == len(anna.trace("loss", 1, "y")) == 300
        assert not anna.page.get_by_role("button", name="Show", exact=True).is_visible()
        anna.until(following=True)
        teacher.press("Show")
        for person in (teacher, anna):
            person.page.wait_for_function("() => !location.search.includes('unseen')")
            person.page.wait_for_function(
                "() => document.querySelector('[data-figure=loss]').data[0].y.length === 1000"
            )
        # Another page is hidden anew, with what was found there
        teacher.page.get_by_role("link", name="Gradient check").click()
        anna.page.wait_for_url("**/gradient_check**unseen=1**")
        anna.page.get_by_text("What the check finds is hidden until shown.").wait_for()
        teacher.page.get_by_role("button", name="Show", exact=True).click()
        anna.page.get_by_text("agree").first.wait_for()
        for label in ("End", "End the class", "Close"):
            teacher.do(label)
        teacher.until(role="none")
        teacher.page.get_by_role("link", name="Compare").click()
        teacher.page.get_by_role("table").wait_for()


def test_everybody_has_a_run_of_ones_own(browser: Browser, app: App) -> None:
    with people(browser, app, 3) as (teacher, anna, ben):
        teacher.page.set_viewport_size({"width": 1280, "height": 720})
        code = teacher.open("?example=xor-two-units").start()
        teacher.page.keyboard.press("Escape")
        place = teacher.button("End").bounding_box()
        for number, student in enumerate((anna, ben), 1):
            student.join(code, following=True)
            teacher.until(present=number)
            # However long its words get, what is pressed in a hurry stays where it is
            assert teacher.button("End").bounding_box() == place
        teacher.page.get_by_label("What differs").select_option("seed")
        teacher.do("Give everybody their own")
        for number, student in enumerate((anna, ben), 1):
            student.until(own="seed")
            student.page.wait_for_url(f"**seed={number}**")
            student.reads(f"Following the class · your seed: {number}")
        # The numbers are the core's
        teacher.reads("2 of 2 trained.")
        chart = teacher.page.locator("[data-figure=own_runs]")
        chart.wait_for()
        found = teacher.page.evaluate(
            """() => document.querySelector('[data-figure=own_runs]').data
                .flatMap(({ customdata, y }) => customdata.map((number, i) => [number, y[i]])).sort()"""
        )
        for number, loss in found:
            run = Run(named_experiments()["xor-two-units"].replace(seed=number))
            run.advance()
            assert loss == float(run.history.running_loss[-1])
        assert [number for number, _ in found] == [1, 2]
        # A question beside them is whole
        teacher.do("Ask")
        withdraw = teacher.button("Withdraw").bounding_box()
        assert withdraw is not None
        assert place is not None
        assert withdraw["y"] + withdraw["height"] <= place["y"]
        at = [withdraw["x"] + withdraw["width"] / 2, withdraw["y"] + withdraw["height"] - 2]
        assert teacher.page.evaluate("at => document.elementFromPoint(...at).textContent", at) == "Withdraw"
        assert teacher.button("End").bounding_box() == place
        shown = "div => Math.abs(div._fullLayout.width - div.clientWidth) < 1"
        teacher.page.wait_for_function(shown, arg=chart.element_handle())
        beside = chart.bounding_box()
        assert beside is not None
        assert beside["y"] + beside["height"] <= place["y"], "and so is what became of the runs"
        teacher.do("Withdraw")
        # While the teacher is asked whether to end, they are away, however the bar's size changes
        teacher.do("End")
        teacher.page.evaluate(
            """async () => {
                for (const _ of [1, 2, 3, 4]) await new Promise((done) => requestAnimationFrame(done));
            }"""
        )
        assert not chart.is_visible()
        teacher.do("Do not end it")
        chart.wait_for()
        # They are played together
        teacher.scrub(200)
        for student in (anna, ben):
            student.at(200)
            student.until(following=True)
        # A reload changes nothing, and who comes late has a run, too
        ben.page.reload()
        ben.page.wait_for_url("**seed=2**")
        with people(browser, app, 1) as (late,):
            late.join(code, own="seed")
            late.page.wait_for_url("**seed=3**")
            teacher.reads("3 of 3 trained.")
        teacher.until(present=2)
        teacher.reads("3 of 3 trained.")
        # One of them is shown to all
        teacher.page.get_by_label("Open a run for everybody").select_option("2")
        for person in (teacher, anna, ben):
            person.until(own="")
            person.page.wait_for_url("**seed=2**")
        if AXE.exists():
            assert violations(teacher.page) + violations(anna.page) == []


def test_the_projector_does_what_the_console_says_and_everybody_sees_where_it_points(
    browser: Browser, app: App
) -> None:
    with people(browser, app, 2) as (teacher, anna):
        code = teacher.open().start()
        secret = teacher.page.evaluate("() => JSON.parse(sessionStorage['backprop.teacher']).secret")
        with teacher.page.context.expect_page() as opened:
            teacher.do("Open the console")
        console = Person(opened.value, app)
        console.until(role="teacher", code=code)
        teacher.page.keyboard.press("Escape")
        anna.join(code, following=True)
        console.reads("Console · Class")
        assert secret not in console.page.url
        console.page.get_by_label("Line of the lesson").select_option(label="The loss falls")
        teacher.reads("Ready to ask: Will the loss fall in every epoch")
        console.do("Ask")
        anna.until(question=1)
        anna.do("in every epoch")
        console.until(answers=1)
        console.do("Ask again")
        anna.until(round=2)
        anna.do("only on the whole")
        console.until(answers=1, round=2)
        console.do("Reveal")
        for person in (anna, teacher, console):
            person.reads("Right is in every epoch: 1 of 1 at first, 0 of 1 when asked again.")
        console.do("Put away")
        anna.until(question="")
        console.do("Show")
        anna.page.wait_for_function("() => !location.search.includes('unseen')")
        console.do("Next line")
        anna.page.wait_for_url("**/step_by_step**")
        console.do("Pause the class")
        anna.until(paused=True)
        console.do("Go on")
        anna.until(paused=False)
        # What the teacher's pointer rests on
        console.page.get_by_label("Line of the lesson").select_option(label="What no line can do")
        for person in (teacher, anna):
            person.page.wait_for_url("**example=xor**")
            person.ready()
        # Where the other screen is smaller, and on a phone, where the player's buttons stand in two lines.
        for size, pointed in (
            ((1024, 768), "[data-figure=loss]"),
            ((390, 844), ".stage-forward"),
            ((390, 844), ".stage-speed"),
        ):
            anna.page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))  # type: ignore[arg-type]
            teacher.page.locator(pointed).hover()
            anna.page.wait_for_function(RINGED, arg=pointed)
        assert not [each for each in (anna.page.url, teacher.page.url, app.said()) if secret in each]
        if AXE.exists():
            assert violations(console.page) + violations(teacher.page) == []


def read_off(picture: Locator) -> str:
    """Decode a QR code that is on a canvas, one pixel a module."""
    import zxingcpp  # beyond README's packages, as the browser is

    pixels = picture.evaluate(
        """canvas => {
            const { width, height } = canvas;
            return [height, width, ...canvas.getContext("2d").getImageData(0, 0, width, height).data];
        }"""
    )
    dark = np.array(pixels[2:], dtype=np.uint8).reshape(pixels[0], pixels[1], 4)[:, :, 0]
    (found,) = zxingcpp.read_barcodes(np.kron(dark, np.ones((4, 4), dtype=np.uint8)))
    return found.text


def test_a_phone_gets_the_console_by_a_code_and_what_it_says_waits_for_the_projector(
    browser: Browser, app: App
) -> None:
    with people(browser, app, 3, expected=_CUT) as (teacher, phone, anna):
        sent: list[str] = []
        teacher.page.on("request", lambda request: sent.append(f"{request.url} {request.post_data_buffer!r}"))
        teacher.page.on("websocket", lambda socket: socket.on("framesent", lambda said: sent.append(str(said))))
        code = teacher.open().start()
        panel = teacher.page.get_by_test_id("class").locator(".class-panel")
        link = panel.get_by_role("link").inner_text()
        picture = panel.get_by_role("img", name="QR code of the link to the class")
        picture.wait_for()
        assert read_off(picture) == link
        secret = teacher.page.evaluate("() => JSON.parse(sessionStorage['backprop.teacher']).secret")
        scan = teacher.button("Show the console’s code")
        scan.click()
        sheet = teacher.page.get_by_role("dialog", name="The way to the console")
        picture = sheet.get_by_role("img", name="QR code of the console’s link")
        picture.wait_for()
        link = f"{app.url}teach#console={secret}"
        assert read_off(picture) == link
        # Nothing but the greeting, by which the class's own socket knows its teacher, has the secret.
        assert [json.loads(said)["type"] for said in sent if secret in said] == ["teach"]
        # It is gone once it was used, and cannot be opened on a projector.
        phone.page.goto(link)
        phone.until(role="teacher", code=code)
        sheet.wait_for(state="hidden")
        assert (
            teacher.page.locator("dialog[aria-label='The way to the console'] canvas").evaluate("it => it.width") == 0
        )
        teacher.page.keyboard.press("p")
        scan.wait_for(state="hidden")
        anna.join(code, following=True)
        # What the projector does not hear is done once when it is back, the newest of each kind.
        teacher.page.context.set_offline(True)
        teacher.reads("The connection is lost.")
        for _ in range(3):
            phone.do("Pause the class")
        phone.reads("The projector has not answered yet: the pause.")
        teacher.page.context.set_offline(False)
        anna.until(paused=True)
        phone.bar.get_by_text("The projector has not answered yet").wait_for(state="hidden")
        teacher.until(paused=True)


def test_a_problem_is_asked_and_the_class_sees_how_many_fell_for_what(browser: Browser, app: App) -> None:
    with people(browser, app, 3) as (tom, ann, ben):
        tom.page.goto(f"{app.url}practise?level=2&seed=7")
        code = tom.start()
        tom.page.keyboard.press("Escape")
        for student in (ann, ben):
            student.join(code, following=True)
            student.page.get_by_role("group", name="Problem 2/7").wait_for()
        tom.do("Ask")
        for student, answer in ((ann, "0.886"), (ben, "-0,8859")):
            student.reads("Level 2: what is ∂L/∂z[1]?")
            student.page.get_by_role("textbox", name="Your answer", exact=True).fill(answer)
            student.do("Send")
        tom.until(answers=2)
        tom.do("Reveal")
        tom.reads("1 of 2. What came out: 1 with the other sign.")


# Size of the letters and contrast with what is behind them, of each text of these elements.
READABLE = """found => {
    const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const painted = (...colours) => {
        for (const colour of colours) { context.fillStyle = colour; context.fillRect(0, 0, 1, 1); }
        return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    return found.filter(e => e.checkVisibility() && e.textContent.trim()).map(e => {
        const behind = [];
        for (let it = e; it; it = it.parentElement) behind.unshift(getComputedStyle(it).backgroundColor);
        const { fontSize, color, fill } = getComputedStyle(e);
        const ink = e.ownerSVGElement ? fill : color;
        return [e.textContent, parseFloat(fontSize), painted("#fff", ...behind, ink), painted("#fff", ...behind)];
    });
}"""
PRESENTED = (
    ".class-where, .class-question, .class-said, .class-result, .stage-readouts :is(dt, dd), .class-chart svg text"
)


def test_question_counts_and_loss_are_read_from_the_last_row(browser: Browser, app: App) -> None:
    run = Run(named_experiments()["tutorial"])
    run.advance(max_epochs=1)
    loss = f"{run.history.running_loss[1]:.6g}"
    with people(browser, app, 2) as (teacher, anna):
        teacher.page.goto(f"{app.url}teach")
        code = teacher.start()
        teacher.page.keyboard.press("Escape")
        anna.join(code, following=True)
        teacher.page.get_by_role("link", name="The loss falls").click()
        teacher.reads("Ready to ask: Will the loss fall in every epoch")
        teacher.do("Ask")
        anna.do("in every epoch")
        teacher.until(answers=1)
        teacher.page.set_viewport_size({"width": 1920, "height": 1080})
        teacher.key("p")
        teacher.page.wait_for_url("**present=1**")
        teacher.key("ArrowRight")
        teacher.at(1)
        for scheme in ("light", "dark"):
            if scheme == "dark":
                teacher.page.emulate_media(color_scheme="dark")
                is_dark(teacher.page)
            for there, words in (("Reveal", "1 of 1 have answered."), ("Hide the answers", "1 · 100 %")):
                teacher.page.get_by_test_id("class").get_by_text(words).first.wait_for()
                found = teacher.page.locator(PRESENTED).evaluate_all(READABLE)
                said = " ".join(text for text, *_ in found)
                assert [part for part in ("Will the loss", words, "running loss", loss) if part not in said] == []
                assert [row for row in found if row[1] < 24 or contrast(row[2], row[3]) < 7] == []
                teacher.do(there)
