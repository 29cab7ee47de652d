"""Read Streamlit's session state in a place where Streamlit must not end the run.

When the browser sends something new, Streamlit ends the run that is out of date at the next place where it draws
something or uses ``st.session_state``. If the run was about to store something, a part of that is lost: a table's
version counts as read but its text is missing, or a press counts as heard but nothing was done. In a callback Streamlit
even takes such an end for a call of ``st.rerun``. So code that stores something reads with `look`, and runs end only
where they draw.
"""

import streamlit as st
from streamlit.runtime.state.session_state_proxy import get_session_state


def look(key: str, otherwise: object = None) -> object:
    """Give what ``st.session_state`` has under a key, or ``otherwise``. It never ends the run."""
    # Streamlit has no public name for it.
    session = get_session_state()._state
    try:
        return session[key]
    except KeyError:
        return otherwise


def give_way() -> None:
    """Let Streamlit end this run if it is out of date. For work that takes long without drawing anything."""
    st.session_state.get("nothing")
