"""A component of a page: its HTML, and the JavaScript and the style that lie beside each other in its folder.

Streamlit sends a component's program again at every rerun. So what it sends is a loader of two lines; the program comes
once, from an address of ours. Where a proxy lets that address lead elsewhere, the program travels as Streamlit would
send it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import streamlit as st

from pages.stage.files import address_of, program

_LOST: Final = "files_lost"
_LOADER: Final = """const file = import(new URL("{}", document.baseURI));
export default await file.then((it) => it.default, () => ({{ setTriggerValue }}) => setTriggerValue("lost", true));
"""


def component(entry: Path, html: str, *, isolate_styles: bool = True) -> Callable[..., Any]:
    """Register a component that a JavaScript module draws, with the style sheet of the same name beside it.

    Streamlit asks for this once in a process, so call it at the top level of a Python module.

    Parameters
    ----------
    entry : Path
        The entry module, as `bundled` takes it; its name is the component's.
    html : str
    isolate_styles : bool
        False for a component that reads, styles or describes the page around it.
    """
    served, sent = (
        st.components.v2.component(entry.stem + kind, html=html, js=js, isolate_styles=isolate_styles)
        for kind, js in (("", _LOADER.format(address_of(entry.stem))), ("_sent", program(entry.stem)))
    )

    def mount(**given: Any) -> Any:  # noqa: ANN401 - as Streamlit's own
        return (sent if files_lost() else served)(on_lost_change=_lose, **given)

    return mount


def files_lost() -> bool:
    """Say whether an address of ours was found to lead elsewhere: some proxies let none through but Streamlit's."""
    return _LOST in st.session_state


def _lose() -> None:
    st.session_state[_LOST] = True
