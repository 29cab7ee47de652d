"""Present: the charts take the whole screen, with letters for the far end of a room; by a button, the key P, or a link.

The keys are Streamlit's shortcuts of the one button, as on the step page: they act only while nothing is being typed in
a field or in a cell of the table. Escape undoes what P did.
"""

from pathlib import Path

import streamlit as st

from pages.shared.charts.enlarged import FACTOR, LEAST
from pages.shared.session import state
from pages.stage.component import component

_HERE = Path(__file__).parent
_CSS = (_HERE / "present.css").read_text("utf-8")
_STYLE = f":root {{ --least: {LEAST}px; --enlarged: {FACTOR:.6f}; }}\n{_CSS}"

# Not isolated: it styles the whole page.
_component = component(_HERE / "presented.js", '<div class="presented"></div>', isolate_styles=False)


def present() -> None:
    """Draw the button that begins presenting or, meanwhile, the one that ends it; and style the page for it."""
    on = state.presenting()
    # One button, under one key: what had the focus keeps it.
    st.button(
        "End presenting" if on else "Present",
        icon=":material/close:" if on else ":material/present_to_all:",
        shortcut="Escape" if on else "P",
        type="tertiary",
        key="present",
        # None while presenting: the pointer rests on the button, and the tooltip would cover the page.
        help=None if on else "Present (P): the charts take the screen. Keys are switched off in Share.",
        on_click=state.present,
        args=(not on,),
    )
    _component(key="presented", data={"style": _STYLE if on else ""})
