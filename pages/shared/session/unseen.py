"""What is hidden until it is shown: whoever is to predict something must not see it before.

A link with ``unseen=1``, as a lesson's, opens a page so. In a class every page and every experiment is hidden anew,
until the teacher shows it; the students' pages follow the teacher's address.
"""

from typing import Final

import streamlit as st

from pages.shared.session.state import current

SHOW: Final = "Show"


def hidden() -> bool:
    """Say whether the present page hides what comes after the question."""
    state = current()
    return state.unseen or (state.teaches and state.seen != (state.experiment, state.page))


def show() -> None:
    """Show it, until the link that hides it is opened again or, in a class, another page or experiment."""
    state = current()
    state.unseen = False
    state.seen = (state.experiment, state.page or "")


def teach(*, on: bool) -> None:
    """Begin or end a class, in which pages are hidden."""
    state = current()
    state.teaches, state.seen = on, None


def curtain(what: str) -> bool:
    """Stand in for a part of a page while it is hidden, with the button that shows it, and say whether it is hidden.

    Parameters
    ----------
    what : str
        The part, as the beginning of a sentence: "The outcomes are".
    """
    if not hidden():
        return False
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="curtain"):
        st.button(SHOW, key="curtain_show", type="primary", on_click=show)
        st.markdown(f"{what} hidden until shown.", width="content")
    return True
