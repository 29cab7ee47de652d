"""What to do where a page stands inside another site's: a browser may not let it send files, and says nothing."""

from pathlib import Path
from typing import Final

import streamlit as st

from pages.stage.javascript import bundled

_HERE = Path(__file__).parent
_TEXT: Final = "A browser may not let a page inside another site send files. Then open it in a tab of its own"

# Registered once in the process, as Streamlit asks. Without style isolation: it is a caption like the page's own.
_component = st.components.v2.component(
    "framed",
    html='<small class="framed" hidden></small>',
    css=(_HERE / "framed.css").read_text("utf-8"),
    js=bundled(_HERE / "framed.js"),
    isolate_styles=False,
)


def framed(key: str, otherwise: str = "") -> None:
    """Say in any frame what to do if a file does not arrive; elsewhere nothing. Only the browser knows which it is.

    Parameters
    ----------
    key : str
        Constant, another one for each place.
    otherwise : str
        What else leads there, with what it begins with.
    """
    _component(key=key, data={"text": f"{_TEXT}{otherwise}."})
