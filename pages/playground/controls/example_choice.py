"""The choice of an example: experiments that teach, each with a question and its answer."""

import streamlit as st

from pages.playground.controls.texts import example_title
from pages.shared.address.writing import example_name, named_experiments
from pages.shared.examples import EXAMPLES
from pages.shared.session import address, state, widgets


def pick_example() -> None:
    """Draw the choice; what is chosen takes the place of the present experiment, from position 0.

    It shows which example the session's experiment is, so that a link or an edit changes it too.
    """
    # Of a choice whose value is None, Streamlit offers to clear it, which would do nothing.
    name = example_name(state.experiment()) or ""
    options = [*([] if name else [""]), *EXAMPLES]
    st.selectbox(
        "Example",
        options,
        options.index(name),
        format_func=example_title,
        **widgets.keeping("example", name, _open),
    )


def _open(name: object) -> None:
    if isinstance(name, str) and name in EXAMPLES:
        address.open_experiment(named_experiments()[name])
