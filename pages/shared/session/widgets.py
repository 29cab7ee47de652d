"""Widgets that show what is kept elsewhere, and what they say."""

from typing import Any, TypeVar

import streamlit as st

from pages.shared.address.parameters import Own, PageParameter
from pages.shared.session.held import mounted as mounts
from pages.shared.session.state import current

_T = TypeVar("_T")


def standing(name: str, value: _T) -> tuple[str, _T]:
    """Give the key of a widget that shows a value kept elsewhere, and the value that it starts with.

    It is mounted anew only if it shows something else: a slider that is being dragged stays in the hand. For the
    widget's ``on_change`` to keep what was chosen.

    Parameters
    ----------
    name : str
        Constant; another one for other bounds or options.
    value : any
        What the widget must show.
    """
    state = current()
    mounted, start = state.standing.get(name, (mounts(state.held, key_of(name, "")) or 0, value))
    if st.session_state.get(key_of(name, mounted), start) != value:
        mounted, start = mounted + 1, value
    state.standing[name] = (mounted, start)
    return key_of(name, mounted), start  # type: ignore[return-value]  # a start is a value of the same name


def stands(name: str, key: str) -> bool:
    """Say whether a widget of `standing`, or the "slider", is the one that was mounted last. Ask it in a callback.

    A browser that is typed into faster than it draws tells once more what the one before showed, as if it were chosen.
    """
    state = current()
    mounted = state.slider[0] if name == "slider" else state.standing.get(name, (0, None))[0]
    return key == key_of(name, mounted)


def widget(key: str) -> object:
    """Give the value of a widget, None if it has none."""
    value = st.session_state.get(key)
    return current().held.get(key) if value is None else value


def typed(key: str, otherwise: str = "") -> str:
    """Give the text in a widget, another one if it has none: a browser may put anything there."""
    text = widget(key)
    return text if isinstance(text, str) else otherwise


def choosing(own: Own, parameter: PageParameter[_T]) -> tuple[_T, dict[str, Any]]:
    """Give what a widget for one of a page's own parameters starts with, and its key and callback."""
    key, start = standing(f"own_{parameter.key}", own[parameter])
    return start, {"key": key, "on_change": lambda: own.choose(parameter, widget(key))}


def key_of(name: str, mounted: int | str) -> str:
    """Give the key of a widget that was mounted so often."""
    return f"control_{name}_{mounted}"
