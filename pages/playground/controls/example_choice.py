"""The choice of an example: experiments that teach, each with a question and its answer."""

import streamlit as st

from pages.shared.address.writing import example_name, named_experiments
from pages.shared.examples import EXAMPLES
from pages.shared.session import address, state, widgets

_OWN = "Your own experiment"


def pick_example() -> None:
    """Draw the choice; what is chosen takes the place of the present experiment, from position 0.

    It shows which example the session's experiment is, so that a link or an edit changes it too.
    """
    # Of a choice whose value is None, Streamlit offers to clear it, which would do nothing.
    name = example_name(state.experiment()) or ""
    key = widgets.standing("example", name)
    options = in_groups() if name else ["", *in_groups()]
    st.selectbox(
        "Example",
        options,
        options.index(name),
        format_func=_title,
        key=key,
        on_change=widgets.choice(key, _open, key),
    )


def in_groups() -> list[str]:
    """List the examples as they are offered: those of one group together, the groups as they first appear."""
    groups = list(dict.fromkeys(_group(name) for name in EXAMPLES))
    return sorted(EXAMPLES, key=lambda name: groups.index(_group(name)))


def _group(name: str) -> str:
    return EXAMPLES[name].title.partition(":")[0]


def _title(name: str) -> str:
    return EXAMPLES[name].title if name else _OWN


def _open(key: str) -> None:
    name = widgets.widget(key)
    if isinstance(name, str) and name in EXAMPLES:
        address.open_experiment(named_experiments()[name])
