"""An edit and a click that leaves the page at once: every kind of control, every way of leaving, playing or not."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import parse_qs, urlsplit

from classifier import Experiment
from pages.shared.address.reading import from_params
from tests.browser import samples
from tests.server import App

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

Case: TypeAlias = tuple[str, str, str, bool]
"""Which edit, which way of leaving, how it is pressed, and whether the player plays."""

PRESSES = ("0 ms", "5 ms", "50 ms", "touch")
SECONDS = 30
# The page to which a visit leaves. It is the quickest one, because there are hundreds of visits.
ELSEWHERE, ELSEWHERE_PATH = "Teach", "/teach"


def press(page: Page, what: Locator, how: str) -> None:
    """Press at the place of an element, as a finger or a mouse does, without waiting for the page in between."""
    what.scroll_into_view_if_needed()
    if how == "touch":
        box = what.bounding_box()
        assert box is not None
        page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    else:
        what.click(delay=int(how.split()[0]), no_wait_after=True)


def field(label: str) -> Callable[[Page, str], None]:
    def act(page: Page, text: str) -> None:
        page.get_by_label(label, exact=True).first.click()
        page.keyboard.press("Control+a")
        page.keyboard.type(text)

    return act


def slide(page: Page, text: str) -> None:
    page.get_by_role("slider", name="Learning rate").focus()
    page.keyboard.press("Home")
    if float(text) > 0.001:
        page.keyboard.press("ArrowRight")


def first_heading(page: Page) -> Locator:
    """Give the heading that `heading` may have renamed."""
    return samples.grid(page).get_by_role("columnheader", name=re.compile("^(x₁|age|size)$"))


def cell(page: Page, text: str) -> None:
    place = first_heading(page).get_attribute("data-column")
    samples.grid(page).locator(f'[data-row="0"][data-column="{place}"]').click()
    page.keyboard.type(text)


def heading(page: Page, text: str) -> None:
    first_heading(page).click()
    page.keyboard.type(text)


def matrix(page: Page, text: str) -> None:
    page.get_by_text("Advanced", exact=True).click()
    box = page.get_by_role("textbox", name="Matrix of initial weights, the bias last")
    while not box.count():
        page.get_by_text("Typed in", exact=True).click()
        page.wait_for_timeout(300)
    box.click()
    page.keyboard.press("Control+Home")
    page.keyboard.type(text)


@dataclass(frozen=True)
class Edit:
    """How a test types or chooses something, and how it sees in the address that this counted."""

    name: str
    page: str
    write: Callable[[Page, str], None]
    says: Callable[[Experiment, dict[str, list[str]], str], bool]
    texts: tuple[str, ...]  # the first is typed, or another one if the first is there already

    def act(self, page: Page) -> None:
        self.write(page, self.texts[0])

    def holds(self, experiment: Experiment, query: dict[str, list[str]]) -> bool:
        return self.says(experiment, query, self.texts[0])

    def other(self) -> Edit:
        return replace(self, texts=self.texts[::-1])


_EDITS = (
    Edit(
        "learning rate", "", field("Exact learning rate"), lambda e, _, t: e.learning_rate == float(t), ("0.02", "0.03")
    ),
    Edit("slider", "", slide, lambda e, _, t: e.learning_rate == float(t), ("0.001", "0.00112")),
    Edit("epochs", "", field("Epochs"), lambda e, _, t: e.epochs == int(t), ("1234", "1567")),
    Edit("seed", "", field("Seed"), lambda e, _, t: e.seed == int(t), ("123", "124")),
    Edit("cell", "", cell, lambda e, _, t: e.inputs[0][0] == float(t), ("7", "8")),
    Edit("heading", "", heading, lambda e, _, t: e.input_names[0] == t, ("age", "size")),
    Edit("initial weights", "", matrix, lambda e, *_: e.initial is not None and e.initial[0][0][0] > 1, ("1",)),
    Edit(
        "epoch of the step",
        "step_by_step",
        field("Exact epoch"),
        lambda _, q, t: q.get("position") == [t],
        ("77", "78"),
    ),
    Edit(
        "values",
        "compare",
        field("Values"),
        lambda _, q, t: t[-4:] in q.get("values", [""])[0],
        ("0.5; 0.75", "0.5; 0.85"),
    ),
    Edit("loss to reach", "compare", field("Loss to reach"), lambda _, q, t: q.get("reach") == [t], ("0.33", "0.44")),
)
EDITS = {edit.name: edit for edit in _EDITS}
# These are a page's own parameters, which the address of another page does not hold: the test returns to look.
OWN = ("values", "loss to reach")
# A choice counts at once, as an entry of the history, so Back undoes it.
CHOSEN = ("slider", "initial weights")


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query, keep_blank_values=True)


def counted(page: Page, edit: Edit) -> bool:
    return edit.holds(from_params(query(page)).experiment, query(page))


def soon(page: Page, holds: Callable[[], bool], seconds: float = SECONDS) -> bool:
    for _ in range(int(seconds * 20)):
        if holds():
            return True
        page.wait_for_timeout(50)
    return False


def gone(page: Page, path: str) -> bool:
    return soon(page, lambda: urlsplit(page.url).path == path)


def by_navigation(page: Page, how: str, edit: Edit) -> str:
    press(page, page.get_by_test_id("stTopNavLink").filter(has_text=ELSEWHERE), how)
    if not gone(page, ELSEWHERE_PATH):
        return "click"
    return back_on_its_page(page, edit) if edit.name in OWN else kept(page, edit)


def by_link(page: Page, how: str, edit: Edit) -> str:
    """Follow a link inside the page."""
    links = page.get_by_test_id("stPageLink-NavLink")
    text, path = (r"lr \d", "/") if edit.page == "compare" else (r"\.(for|back)ward", "/source_code")
    link = links.filter(has_text=re.compile(text)).first
    press(page, link, how)
    if not gone(page, path):
        return "click"
    return back_on_its_page(page, edit) if edit.name in OWN else kept(page, edit)


def by_button(page: Page, how: str, edit: Edit) -> str:
    """Press a button that makes Python switch the page."""
    press(page, page.get_by_role("button", name="Open this step"), how)
    return kept(page, edit) if gone(page, "/step_by_step") else "click"


def by_share(page: Page, how: str, edit: Edit) -> str:
    press(page, page.get_by_role("button", name="Share"), how)
    code = page.get_by_test_id("stCode")
    if not soon(page, lambda: code.count() > 0):
        return "click"

    def said() -> bool:
        query = parse_qs(urlsplit(code.first.inner_text().strip()).query)
        return edit.holds(from_params(query).experiment, query)

    return "" if soon(page, said) else "edit"


def by_back(page: Page, how: str, edit: Edit) -> str:
    """Go back, and forward again: what was typed is there. What was chosen before it may be an entry of its own."""
    assert how
    start, entries = urlsplit(page.url).path, 3 if edit.name in CHOSEN else 1
    for steps in range(1, entries + 1):
        page.go_back(wait_until="commit")
        # A Back that has not led away yet may still do so, and a second one would lead too far: so wait.
        if soon(page, lambda: urlsplit(page.url).path != start, SECONDS if steps == entries else 10):
            break
    else:
        return "click"
    page.wait_for_function(
        "() => [...document.querySelectorAll('[data-testid=stTopNavLink][aria-current]')]"
        ".some(link => link.pathname === location.pathname)"
    )
    for step in range(steps + 1):
        page.go_forward(wait_until="commit")
        if not gone(page, start):
            return "way back"
        # The edit may be in the entry after this one.
        if soon(page, lambda: counted(page, edit), SECONDS if step == steps else 3):
            return ""
    return "edit"


def back_on_its_page(page: Page, edit: Edit) -> str:
    page.get_by_test_id("stTopNavLink").filter(has_text="Compare").click()
    return kept(page, edit) if gone(page, f"/{edit.page}") else "way back"


def kept(page: Page, edit: Edit) -> str:
    return "" if soon(page, lambda: counted(page, edit)) else "edit"


WAYS: dict[str, Callable[[Page, str, Edit], str]] = {
    "navigation": by_navigation,
    "link": by_link,
    "button": by_button,
    "Share": by_share,
    "Back": by_back,
}


def fits(edit: str, way: str, how: str, plays: bool) -> bool:
    page = EDITS[edit].page
    return not (way == "button" and page) and not (way == "link" and not page) and not (way == "Back" and how != "0 ms")


CASES: list[Case] = [
    (edit, way, how, plays)
    for edit in EDITS
    for way in WAYS
    for how in PRESSES
    for plays in (False, True)
    if fits(edit, way, how, plays)
]


def name(case: Case) -> str:
    edit, way, how, plays = case
    return f"{edit}-{way}-{how}-{'playing' if plays else 'still'}"


def navigate(page: Page, title: str) -> None:
    """Go to a page by the navigation, and wait until it is drawn and nothing is under way."""
    link = page.get_by_test_id("stTopNavLink").filter(has_text=title)
    path = urlsplit(link.evaluate("link => link.href")).path
    link.click()
    assert gone(page, path), f"{title} was not gone to"
    page.wait_for_function(
        """path => document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'
            && [...document.querySelectorAll('[data-testid=stTopNavLink][aria-current]')]
                .some(link => link.pathname === path)""",
        arg=path,
    )


def open_page(page: Page, app: App, case: Case, fresh: bool = True) -> None:
    """Open the page of an edit, on the way by which it is left; in a fresh tab or in one that is used already."""
    edit, way, _, plays = case
    start = {"": "Playground", "compare": "Compare", "step_by_step": "Step by step"}[EDITS[edit].page]
    path = f"/{EDITS[edit].page}"
    through = plays and path == "/step_by_step"  # a page without a player is reached from a page that plays
    first = "Playground" if through else start
    if not fresh:
        if urlsplit(page.url).path != ELSEWHERE_PATH:
            navigate(page, ELSEWHERE)
        navigate(page, first)
        page.wait_for_function("() => location.search.includes('seed=')")
    elif way == "Back":
        page.goto(f"{app.url}teach?seed=5")
        page.get_by_role("button", name="Share").wait_for()
        navigate(page, first)
        page.wait_for_function("() => location.search.includes('seed=5')")
    else:
        page.goto(f"{app.url}{'' if through else path[1:]}?seed=5")
    page.get_by_role("button", name="Share").wait_for()  # drawn last
    if plays or path != "/step_by_step":
        page.wait_for_selector('[data-testid="stage"][data-ready="true"]')
    if plays:
        page.get_by_test_id("stage").get_by_role("button", name=re.compile("^(Train|Continue)$")).click()
        page.wait_for_function(
            """() => { const { dataset } = document.querySelector('[data-testid=stage]');
                return dataset.playing === 'true' && dataset.position > 5; }"""
        )
    if through:
        page.get_by_role("button", name="Open this step").click()
        assert gone(page, path)
    if path == "/step_by_step":
        page.get_by_label("Exact epoch").first.wait_for()


def visit(page: Page, app: App, case: Case, fresh: bool = True) -> str:
    """Edit and leave once; say what was lost, nothing if nothing was."""
    name, way, how, _ = case
    open_page(page, app, case, fresh)
    edit = EDITS[name].other() if counted(page, EDITS[name]) else EDITS[name]
    edit.act(page)
    lost = WAYS[way](page, how, edit)
    panel = page.get_by_test_id("stSidebar")
    if not lost and not soon(page, lambda: panel.count() == (urlsplit(page.url).path == "/")):
        return "empty panel"
    return lost
