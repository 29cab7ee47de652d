"""What is wrong with the playground's fields, for the ear: Streamlit's own inputs cannot be tied to a message."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import streamlit as st

from pages.shared.draft.draft import Verdict
from pages.stage.javascript import bundled

LABELS: Final = {
    "learning_rate": "Exact learning rate",
    "epochs": "Epochs",
    "seed": "Seed",
    "initial": "Matrix of initial weights, the bias last",
}
"""Each field by its label on the screen, by which the browser finds it."""

_HERE = Path(__file__).parent

# Registered once in the process, as Streamlit asks. Without style isolation: a field is described by what is beside it.
_component = st.components.v2.component(
    "announced",
    html='<div class="announced" aria-live="polite"></div>',
    css=(_HERE / "announced.css").read_text("utf-8"),
    js=bundled(_HERE / "announced.js"),
    isolate_styles=False,
)


def announce(verdict: Verdict) -> None:
    """Announce what is wrong with each field of the panel, and tie it to the field."""
    problems = {
        label: f"{label}: {' '.join(verdict.problems_of(field))}"
        for field, label in LABELS.items()
        if verdict.problems_of(field)
    }
    tell("panel_announced", tuple(LABELS.values()), problems)


def tell(key: str, labels: Sequence[str], problems: Mapping[str, str]) -> None:
    """Announce what is wrong with fields, and tie it to them. Call it in the panel or the popover that holds them.

    Parameters
    ----------
    key : str
        Constant, another one for each place.
    labels : sequence of str
        The fields, by their labels on the screen.
    problems : mapping
        What is wrong, by label; a field that is not in it is right.
    """
    _component(key=key, data={"name": key, "problems": dict(problems), "labels": list(labels)})
