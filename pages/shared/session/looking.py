"""Looking into Streamlit's session without being ended by it.

When a browser has said something new, Streamlit ends the run that is out of date, wherever this draws something or uses
``st.session_state``. What is half kept then is lost: a table's version counts as read, its text is not there; a press
is acknowledged and not acted upon; a callback of which Streamlit takes the end for a call of ``st.rerun``. So whoever
keeps something looks with `look`, and runs end where they draw.
"""

import streamlit as st
from streamlit.runtime.state.session_state_proxy import get_session_state


def look(key: str, otherwise: object = None) -> object:
    """Give what ``st.session_state`` has under a key, something else if it has nothing there. It never ends the run."""
    # Streamlit has no public name for it.
    session = get_session_state()._state
    try:
        return session[key]
    except KeyError:
        return otherwise


def give_way() -> None:
    """Let Streamlit end this run if it is out of date. For what takes long without drawing anything."""
    st.session_state.get("nothing")
