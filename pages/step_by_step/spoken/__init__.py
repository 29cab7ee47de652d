"""The step page for screen readers and keys: what Next shows is announced, and N, B and A act only in the page."""

from pathlib import Path

from pages.stage.component import component

_HERE = Path(__file__).parent

# Not isolated: it looks for the part of the page that it is in.
_component = component(_HERE / "spoken.js", '<p class="spoken" aria-live="polite"></p>', isolate_styles=False)


def spoken(text: str) -> None:
    """Announce what is shown now, once for each text."""
    _component(key="step_spoken", data={"said": text})
