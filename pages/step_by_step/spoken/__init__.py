"""The step page for the ear and the keyboard: what Next showed is said, and N, B and A act in the step alone."""

from pathlib import Path

from pages.stage.javascript import component

_HERE = Path(__file__).parent

# Not isolated: it asks which part of the page it is in.
_component = component(_HERE / "spoken.js", '<p class="spoken" aria-live="polite"></p>', isolate_styles=False)


def spoken(text: str) -> None:
    """Say what is shown now, once for each text."""
    _component(key="step_spoken", data={"said": text})
