"""The keys of one letter that act anywhere on a page: what they do, and a switch to turn them off.

WCAG 2.1.4 asks for the switch: speech input can press letters that nobody meant. Keys that act only where the focus is,
such as those of the player and of the table, stay on.
"""

from pathlib import Path

from pages.stage.component import component

_HERE = Path(__file__).parent
_TEXT = "P presents. On the step page N is Next, B is Back, A is Show all."
_HTML = (
    '<div class="keys" hidden><label><input type="checkbox" role="switch" aria-describedby="keys-said">'
    f' Keys of one letter</label><small id="keys-said">{_TEXT}</small></div>'
)

# Not isolated: it marks the page and listens to it.
_component = component(_HERE / "keys.js", _HTML, isolate_styles=False)


def keys(*, switch: bool = False) -> None:
    """Keep the keys as the browser remembers them. Call it on every page.

    Parameters
    ----------
    switch : bool
        Draw the switch, in this place.
    """
    _component(key="keys_switch" if switch else "keys", data={"shown": switch})
