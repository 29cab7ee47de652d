"""Say what is wrong with a page's fields to screen readers: Streamlit's own inputs cannot be tied to a message."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from pages.stage.component import component

_HERE = Path(__file__).parent

# Not isolated: in a shadow root the messages could not be tied to the fields, which are outside it.
_component = component(_HERE / "announced.js", '<div class="announced" aria-live="polite"></div>', isolate_styles=False)


def announce(key: str, labels: Sequence[str], problems: Mapping[str, str]) -> None:
    """Announce what is wrong with fields, and tie it to them.

    Called in the panel, the popover or the page that holds them.

    Parameters
    ----------
    key : str
        Constant, another one for each place.
    labels : sequence of str
        The fields, by their labels on the screen.
    problems : mapping
        What is wrong, by label; a field that is not in it, or has nothing to say, is right.
    """
    said = {label: f"{label}: {text}" for label, text in problems.items() if text}
    _component(key=key, data={"name": key, "problems": said, "labels": list(labels)})
