"""The switch for the keys of one letter that act anywhere on a page.

WCAG 2.1.4 asks for it: speech input can press letters that nobody meant. Keys that act only where the focus is, such as
those of the player and of the table, stay on.
"""

from pathlib import Path

from pages.stage.component import component

_TEXT = "P presents. On the step page N is Next, B is Back, A is Show all."
_HTML = (
    '<div class="keys"><label><input type="checkbox" role="switch" disabled aria-describedby="keys-said">'
    f' Keys of one letter</label><small id="keys-said">{_TEXT}</small></div>'
)

# Not isolated: it marks the page and listens to it.
_component = component(Path(__file__).with_suffix(".js"), _HTML, isolate_styles=False)


def keys_switch() -> None:
    """Draw the switch. The browser remembers it, and `corner.js` does as it says."""
    _component(key="keys_switch")
