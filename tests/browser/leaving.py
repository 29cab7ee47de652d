"""An edit and a click that leaves the page at once: every kind of control, every way of leaving, playing or not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
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


def press(page: Page, what: Locator, how: str) -> None:
    """Press where something stands, as a finger or a mouse does: nothing is awaited in between."""
    what.scroll_into_view_if_needed()
    if how == "touch":
        box = what.bounding_box()
        assert box is not None
        page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    else:
        what.click(delay=int(how.split()[0]), no_wait_after=True)


def field(label: str, text: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        page.get_by_label(label, exact=True).first.click()
        page.keyboard.press("Control+a")
        page.keyboard.type(text)

    return act


def slide(page: Page) -> None:
    page.get_by_role("slider", name="Learning rate").focus()
    page.keyboard.press("Home")


def cell(page: Page) -> None:
    samples.cell(page, 1, "x₁").click()
    page.keyboard.type("7")


def heading(page: Page) -> None:
    samples.heading(page, "x₁").click()
    page.keyboard.type("age")


def matrix(page: Page) -> None:
    page.get_by_text("Advanced", exact=True).click()
    box = page.get_by_role("textbox", name="Matrix of initial weights, the bias last")
    while not box.count():
        page.get_by_text("Typed in", exact=True).click()
        page.wait_for_timeout(300)
    box.click()
    page.keyboard.press("Control+Home")
    page.keyboard.type("1")


@dataclass(frozen=True)
class Edit:
    """How something is typed or chosen, and how an address says that it counted."""

    page: str
    act: Callable[[Page], None]
    holds: Callable[[Experiment, dict[str, list[str]]], bool]


EDITS = {
    "learning rate": Edit("", field("Exact learning rate", "0.25"), lambda e, _: e.learning_rate == 0.25),
    "slider": Edit("", slide, lambda e, _: e.learning_rate == 0.001),
    "epochs": Edit("", field("Epochs", "1234"), lambda e, _: e.epochs == 1234),
    "seed": Edit("", field("Seed", "123"), lambda e, _: e.seed == 123),
    "cell": Edit("", cell, lambda e, _: e.inputs[0][0] == 7),
    "heading": Edit("", heading, lambda e, _: e.input_names[0] == "age"),
    "initial weights": Edit("", matrix, lambda e, _: e.initial is not None and e.initial[0][0] > 1),
    "epoch of the step": Edit("step_by_step", field("Exact epoch", "77"), lambda _, q: q.get("position") == ["77"]),
    "values": Edit("compare", field("Values", "0.5; 0.75"), lambda _, q: "0.75" in q.get("values", [""])[0]),
    "loss to reach": Edit("compare", field("Loss to reach", "0.33"), lambda _, q: q.get("reach") == ["0.33"]),
}
# A page's own parameters are not in the address of another page: one looks when one is back.
OWN = ("values", "loss to reach")
# What is chosen counts at once, and Back takes it back.
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


def by_navigation(page: Page, how: str, edit: str) -> str:
    press(page, page.get_by_test_id("stTopNavLink").filter(has_text="Mathematics"), how)
    if not gone(page, "/mathematics"):
        return "click"
    return back_on_its_page(page, edit) if edit in OWN else kept(page, edit)


def by_link(page: Page, how: str, edit: str) -> str:
    """Follow a link inside the page."""
    links = page.get_by_test_id("stPageLink-NavLink")
    link = links.filter(has_text="lr 0.01") if EDITS[edit].page == "compare" else links.first
    path = "/" if EDITS[edit].page == "compare" else "/source_code"
    press(page, link, how)
    if not gone(page, path):
        return "click"
    return back_on_its_page(page, edit) if edit in OWN else kept(page, edit)


def by_button(page: Page, how: str, edit: str) -> str:
    """Press a button that makes Python switch the page."""
    press(page, page.get_by_role("button", name="Open this step"), how)
    return kept(page, edit) if gone(page, "/step_by_step") else "click"


def by_share(page: Page, how: str, edit: str) -> str:
    press(page, page.get_by_role("button", name="Share"), how)
    code = page.get_by_test_id("stCode")
    if not soon(page, lambda: code.count() > 0):
        return "click"

    def said() -> bool:
        query = parse_qs(urlsplit(code.first.inner_text().strip()).query)
        return EDITS[edit].holds(from_params(query).experiment, query)

    return "" if soon(page, said) else "edit"


def by_back(page: Page, how: str, edit: str) -> str:
    """Go back, and forward again: what was typed is there. What was chosen before it may be an entry of its own."""
    assert how
    start, entries = urlsplit(page.url).path, 3 if edit in CHOSEN else 1
    for steps in range(1, entries + 1):
        page.go_back(wait_until="commit")
        if soon(page, lambda: urlsplit(page.url).path != start, SECONDS if steps == entries else 2):
            break
    else:
        return "click"
    page.wait_for_function(
        "() => [...document.querySelectorAll('[data-testid=stTopNavLink][aria-current]')]"
        ".some(link => link.pathname === location.pathname)"
    )
    for _ in range(steps + 1):
        page.go_forward(wait_until="commit")
        if not gone(page, start):
            return "way back"
        if soon(page, lambda: counted(page, EDITS[edit]), SECONDS if edit not in CHOSEN else 3):
            return ""
    return "edit"


def back_on_its_page(page: Page, edit: str) -> str:
    page.get_by_test_id("stTopNavLink").filter(has_text="Compare").click()
    return kept(page, edit) if gone(page, f"/{EDITS[edit].page}") else "way back"


def kept(page: Page, edit: str) -> str:
    return "" if soon(page, lambda: counted(page, EDITS[edit])) else "edit"


WAYS: dict[str, Callable[[Page, str, str], str]] = {
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


def open_page(page: Page, app: App, case: Case) -> None:
    """Open the page of an edit, on the way by which it is left."""
    edit, way, _, plays = case
    start = {"": "Playground", "compare": "Compare", "step_by_step": "Step by step"}[EDITS[edit].page]
    path = f"/{EDITS[edit].page}"
    through = plays and path == "/step_by_step"  # a page without a player is come to from one that plays
    page.goto("about:blank")
    if way == "Back":
        page.goto(f"{app.url}where_formulas_break?seed=5")
        page.get_by_test_id("stSlider").first.wait_for()
        page.get_by_test_id("stTopNavLink").filter(has_text="Playground" if through else start).click()
        assert gone(page, "/" if through else path)
        page.wait_for_function("() => location.search.includes('seed=5')")
    else:
        page.goto(f"{app.url}{'' if through else path[1:]}?seed=5")
    page.get_by_role("button", name="Share").wait_for()  # drawn last
    if plays or path != "/step_by_step":
        page.wait_for_selector('[data-testid="stage"][data-ready="true"]')
    if plays:
        page.get_by_test_id("stage").get_by_role("button", name="Train", exact=True).click()
        page.wait_for_function("() => document.querySelector('[data-testid=stage]').dataset.position > 5")
    if through:
        page.get_by_role("button", name="Open this step").click()
        assert gone(page, path)
    if path == "/step_by_step":
        page.get_by_label("Exact epoch").first.wait_for()


def visit(page: Page, app: App, case: Case) -> str:
    """Edit and leave once; say what was lost, nothing if nothing was."""
    edit, way, how, _ = case
    open_page(page, app, case)
    EDITS[edit].act(page)
    lost = WAYS[way](page, how, edit)
    panel = page.get_by_test_id("stSidebar")
    if not lost and not soon(page, lambda: panel.count() == (urlsplit(page.url).path == "/")):
        return "empty panel"
    return lost
