"""A page in any engine, used as a visitor uses it: elements are found by their names, and used by pointer and keys."""

from __future__ import annotations

import json
import time
from typing import Any

from tests.engines.engines import Engine, EngineError

SECONDS = 40
CONTROL, ENTER, HOME = "\ue009", "\ue007", "\ue011"

# `all(selector)` looks into shadow roots, too. `named` gives those of them that are visible and have a name.
_HELPERS = """
const all = (selector, root = document) => [...root.querySelectorAll("*")].flatMap((element) => [
    ...(element.matches(selector) ? [element] : []), ...(element.shadowRoot ? all(selector, element.shadowRoot) : [])]);
const nameOf = (element) => element.getAttribute("aria-label") ?? element.innerText.trim().split("\\n")[0];
const seen = (element) => element.checkVisibility() && element.getClientRects().length > 0;
const named = (selector, name) => all(selector).filter((element) =>
    seen(element) && (name === null || nameOf(element) === name));
const plain = (key, value) => ArrayBuffer.isView(value) ? Array.from(value) : value;
const stage = () => document.querySelector('[data-testid="stage"]')?.dataset ?? {};
"""

# Faults that nobody catches are kept, from the moment when the page is looked at first.
_WATCH = """() => {
    if (window.faultsSeen) return;
    window.faultsSeen = [];
    window.addEventListener("error", ({ message }) => {
        // No fault: a box that grows as it opens, as Streamlit's popovers do, is told its size a picture later.
        if (!message.includes("ResizeObserver loop completed")) faultsSeen.push(message);
    });
    window.addEventListener("unhandledrejection", (event) => faultsSeen.push(String(event.reason)));
}"""

# Where to press it: its middle, if nothing lies over that and it has come to rest.
_PLACE = """(selector, name, across) => {
    const [element, ...others] = named(selector, name);
    if (!element) return null;
    if (others.length) throw new Error(`${1 + others.length} × ${selector} ${name}`);
    const inView = () => {
        const { left, right, top, bottom } = element.getBoundingClientRect();
        return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
    };
    // Within the window it may still be cut off by a list that scrolls.
    element.scrollIntoView({ block: inView() ? "nearest" : "center", inline: "nearest", behavior: "instant" });
    const { left, top, width, height } = element.getBoundingClientRect();
    const [x, y] = [Math.round(left + width * across), Math.round(top + height / 2)];
    const upmost = element.getRootNode().elementFromPoint(x, y);
    return upmost && (element.contains(upmost) || upmost.contains(element)) ? [x, y] : null;
}"""


class Page:
    """What a test does with the page that an engine shows."""

    def __init__(self, engine: Engine) -> None:
        """Take the window as it is."""
        self.engine = engine

    def open(self, url: str) -> None:
        """Go to an address. The page has the keyboard, as it has for a visitor: its fields are entered and left."""
        self.engine.open(url)
        self.run(_WATCH)
        self.until("() => document.hasFocus()")

    def reload(self) -> None:
        """Load the page again."""
        self.engine.reload()
        self.run(_WATCH)

    def run(self, function: str, *arguments: object) -> Any:  # noqa: ANN401 - whatever it returns
        """Call a JavaScript function; what it returns has to be what JSON knows."""
        called = f"({function})(...{json.dumps(arguments)})"
        return json.loads(
            self.engine.evaluate(f"(() => {{ {_HELPERS} return JSON.stringify({called} ?? null, plain) }})()")
        )

    def until(self, function: str, *arguments: object) -> Any:  # noqa: ANN401 - whatever it returns
        """Wait until a JavaScript function returns something that is true, and give it."""
        deadline = time.monotonic() + SECONDS
        while True:
            try:
                found: Any = self.run(function, *arguments)
            except EngineError as error:  # between two pages there is no document
                found, fault = None, str(error)
            else:
                fault = f"{found!r}"
            if found:
                return found
            if time.monotonic() > deadline:
                msg = f"{function} {arguments}: {fault}\n{self.run('() => [location.href, document.body.innerText]')}"
                raise AssertionError(msg)
            time.sleep(0.05)

    def whole(self) -> None:
        """Wait until all of a page stands there: Share is drawn last, and nothing moves any more."""
        self.until(
            """() => document.querySelector(".st-key-share_corner button")
                && !document.querySelector("[data-testid=stStatusWidget], [data-testid$=Skeleton]")"""
        )

    def says(self, text: str) -> None:
        """Wait until a text stands on the page."""
        self.until("(text) => all('body, [data-testid=sheet]').some((part) => part.innerText.includes(text))", text)

    def address(self, part: str) -> None:
        """Wait until the address holds something."""
        self.until("(part) => location.href.includes(part)", part)

    def place(self, selector: str, name: str | None = None, across: float = 0.5) -> tuple[int, int]:
        """Wait until a thing can be pressed, and give the point: by default its middle."""
        before = None
        while True:
            x, y = self.until(_PLACE, selector, name, across)
            if (x, y) == before:
                return x, y
            before = (x, y)
            time.sleep(0.2)  # if it is at the same place after that, it is at rest

    def click(self, selector: str, name: str | None = None) -> None:
        """Press a thing with the mouse."""
        self.drag(self.place(selector, name))

    def drag(self, *points: tuple[int, int]) -> None:
        """Press the mouse at the first point, and let it go at the last."""
        moves = [
            {"type": "pointerMove", "x": x, "y": y, "origin": "viewport", "duration": 100 if at else 0}
            for at, (x, y) in enumerate(points)
        ]
        down, up = ({"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp"))
        pointer = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}}
        self.engine.act([pointer | {"actions": [moves[0], down, *moves[1:], up]}])

    def type(self, *keys: str, holding: str = "") -> None:
        """Press keys, each character of a text by itself."""
        strokes = [{"type": kind, "value": key} for text in keys for key in text for kind in ("keyDown", "keyUp")]
        held = [[{"type": kind, "value": holding}] if holding else [] for kind in ("keyDown", "keyUp")]
        self.engine.act([{"type": "key", "id": "keyboard", "actions": [*held[0], *strokes, *held[1]]}])

    def replace(self, selector: str, name: str, text: str) -> None:
        """Type over what stands in a field."""
        self.click(selector, name)
        self.type("a", holding=CONTROL)
        self.type(text)

    def copy(self, text: str) -> None:
        """Put a text into the clipboard, by the keys that do so."""
        self.run(
            """(text) => {
                const field = Object.assign(document.createElement("textarea"), { value: text, id: "to_copy" });
                field.style.cssText = "position: fixed; z-index: 9999999; inset: 0 auto auto 0";
                document.body.append(field);
                field.focus(); // not every engine's select() does that
                field.select();
            }""",
            text,
        )
        self.type("c", holding=CONTROL)
        self.run("() => document.querySelector('#to_copy').remove()")

    def trace(self, figure: str, trace: int, attribute: str) -> Any:  # noqa: ANN401 - whatever Plotly holds
        """Read what a chart holds, as nested lists."""
        return self.run(
            """(figure, trace, attribute) =>
                document.querySelector(`[data-figure="${figure}"]`).data[trace][attribute]""",
            figure,
            trace,
            attribute,
        )

    def position(self) -> int:
        """Give the position, once the player stands still and the address has it."""
        return int(
            self.until(
                """() => stage().ready === "true" && stage().playing === "false" && stage().position > 0
                    && new URLSearchParams(location.search).get("position") === stage().position && stage().position"""
            )
        )

    def faults(self) -> list[str]:
        """Return the faults that nobody caught, and those that the page shows itself."""
        shown = self.run("() => all('.stException').map((element) => element.innerText)")
        return [*self.run("() => faultsSeen"), *shown]
