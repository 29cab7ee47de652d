"""The hidden layers' controls: a layer more or less, a unit more or less in each, and their activation."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from classifier.experiment.hidden import Hidden, raised
from classifier.experiment.limits import MAX_HIDDEN, MAX_UNITS
from classifier.experiment.validation import counted
from pages.playground.controls.texts import ABOUT_ACTIVATION, ABOUT_HIDDEN, FIRST_UNITS
from pages.shared.address.fields import FIELD
from pages.shared.draft.draft import CHOICES
from pages.shared.session import controls
from pages.shared.text.names import ACTIVATION_NAMES


def hidden_layers() -> None:
    """Draw the controls."""
    hidden = _hidden()
    with st.container(key="control_hidden", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            st.markdown(f"**{FIELD['hidden'].label}**", width="content", help=ABOUT_HIDDEN)
            _button("Remove the last hidden layer", "layer_less", _fewer_layers, not hidden)
            _button("Add a hidden layer", "layer_more", _more_layers, len(hidden) == MAX_HIDDEN)
        if not hidden:
            return
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            for layer, units in enumerate(hidden):
                name = "h" if len(hidden) == 1 else "h" + raised(layer + 1)
                with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", width="content"):
                    less, more = f"less_{layer}", f"more_{layer}"
                    _button(f"Remove a unit from {name}", less, partial(_resize, layer, -1), units == 1)
                    st.markdown(f"{name}: {counted(units, 'unit') if len(hidden) == 1 else units}", width="content")
                    _button(f"Add a unit to {name}", more, partial(_resize, layer, 1), units == MAX_UNITS)
            key, chosen = controls.field("activation")
            options = CHOICES["activation"]
            st.selectbox(
                FIELD["activation"].label,
                options,
                options.index(chosen),
                format_func=lambda name: ACTIVATION_NAMES.get(name, name),
                key=key,
                label_visibility="collapsed",
                width=112,
                help=ABOUT_ACTIVATION,
            )


def _button(label: str, name: str, act: Callable[[], None], off: bool) -> None:
    icon = ":material/remove:" if "less" in name else ":material/add:"
    st.button(label, icon=icon, key=f"control_hidden_{name}", help=label, on_click=act, disabled=off)


# Each begins with what stands there at the press: presses can follow each other faster than the page is drawn.
def _hidden() -> Hidden:
    hidden: Hidden = FIELD["hidden"].read(controls.field("hidden")[1])
    return hidden


def _choose(hidden: Hidden) -> None:
    controls.set_field("hidden", FIELD["hidden"].write(hidden))


def _fewer_layers() -> None:
    _choose(_hidden()[:-1])


def _more_layers() -> None:
    hidden = _hidden()
    if len(hidden) < MAX_HIDDEN:
        _choose((*hidden, hidden[-1] if hidden else FIRST_UNITS))


def _resize(layer: int, by: int) -> None:
    sizes = list(_hidden())
    if layer < len(sizes):
        sizes[layer] = min(max(sizes[layer] + by, 1), MAX_UNITS)
        _choose(tuple(sizes))
