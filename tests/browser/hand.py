"""A finger or a mouse that presses a thing where it is seen, as a person does.

Playwright scrolls what it clicks into sight, so it finds what no person would.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

STILL = """async thing => {
  const box = () => thing.getClientRects()[0] ?? new DOMRect(); // a link may go on in the next line
  for (let last = {}, still = 0; still < 3; last = box()) {
    await new Promise(requestAnimationFrame);
    still = ["x", "y", "width", "height"].every(side => box()[side] === last[side]) ? still + 1 : 0;
  }
}"""
"""Waits until a thing stands still."""
# Where a thing is seen: the middle of that part of it that is in the window. Or what is wrong.
_SEEN = """thing => {
  const { left, top, right, bottom } = thing.getClientRects()[0] ?? new DOMRect();
  const x = (Math.max(0, left) + Math.min(innerWidth, right)) / 2;
  const y = (Math.max(0, top) + Math.min(innerHeight, bottom)) / 2;
  const name = element => `<${element.localName}> "${(element.ariaLabel ?? element.textContent).trim().slice(0, 40)}"`;
  if (!(left < innerWidth && right > 0 && top < innerHeight && bottom > 0 && right > left)) {
    return { fault: `${name(thing)} is out of sight, at ${Math.round(left)}, ${Math.round(top)}` };
  }
  let there = document.elementFromPoint(x, y);
  while (there?.shadowRoot) there = there.shadowRoot.elementFromPoint(x, y);
  const owners = [thing, ...(thing.labels ?? [])];
  for (let over = there; over; over = over.parentNode ?? over.host) if (owners.includes(over)) return { x, y };
  return { fault: `on ${name(thing)} lies ${there ? name(there) : "nothing"}, at ${Math.round(x)}, ${Math.round(y)}` };
}"""


def tap(page: Page, x: float, y: float) -> None:
    """Tap at a place, or click there where the screen feels no finger."""
    touched = page.evaluate("navigator.maxTouchPoints > 0")
    (page.touchscreen.tap if touched else page.mouse.click)(x, y)


def press(what: Locator) -> None:
    """Tap what is there once it stands still. Never scrolls.

    Raises
    ------
    AssertionError
        If it is out of sight, or something else lies over it; says what.
    """
    what.wait_for()
    what.evaluate(STILL)
    seen = what.evaluate(_SEEN)
    assert "fault" not in seen, seen["fault"]
    tap(what.page, seen["x"], seen["y"])
