"""The code: every function of the graph as it runs, beside its formula and the numbers of the chosen step."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from classifier import Experiment, Step
from classifier.training.sweep import initial_weights
from pages.shared.run import steps
from pages.shared.session import choices, session
from pages.shared.share import share
from pages.shared.text.quoting import escape_markdown
from pages.source_code.functions import FUNCTIONS, Function, Moment, Value, latex_value
from pages.source_code.sources import source

PAGE = "source_code"

FIRST = next(iter(FUNCTIONS))


@dataclass
class Choice:
    """What the visitor chose: kept when another page is looked at."""

    name: str = FIRST
    docstring: bool = False


def opened() -> Choice:
    """Take experiment, step and function from the address."""
    choice = session.kept(PAGE, Choice)
    name = choices.read(steps.open_address(PAGE, extra=("show",)), "show", list(FUNCTIONS), FIRST)
    choice.name = choice.name if name is None else name
    return choice


def function(choice: Choice) -> Function:
    """Draw the choice of the function: its class, then its name."""
    owner, method = choice.name.split(".")
    owners = list(dict.fromkeys(name.split(".")[0] for name in FUNCTIONS))
    methods = [name.split(".")[1] for name in FUNCTIONS if name.startswith(f"{owner}.")]

    def keep_owner() -> None:
        # The class's forward pass, if it has one, says what it is for.
        chosen = str(session.widget(owner_key))
        choice.name = next(name for name in (f"{chosen}.forward", *FUNCTIONS) if name.startswith(f"{chosen}."))

    def keep_method() -> None:
        choice.name = f"{owner}.{session.widget(method_key)}"

    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        owner_key, start = session.standing("code_class", owner)
        st.segmented_control("Class", owners, default=start, required=True, key=owner_key, on_change=keep_owner)
        method_key, start = session.standing(f"code_method_{owner}", method)
        st.segmented_control(
            "Method",
            methods,
            default=start,
            required=True,
            format_func=escape_markdown,  # or __init__ would be bold
            key=method_key,
            on_change=keep_method,
        )
    return FUNCTIONS[choice.name]


def code(chosen: Function, choice: Choice) -> None:
    """Show the source that runs, where it stands, and what differs from the tutorial."""
    shown = source(chosen.function, docstring=choice.docstring)
    st.code(shown.text, wrap_lines=True)
    key, start = session.standing("code_docstring", choice.docstring)

    def keep_docstring() -> None:
        choice.docstring = bool(session.widget(key))

    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.caption(f"{shown.file}, lines {shown.first} to {shown.last}", width="content")
        st.toggle("Docstring", start, key=key, on_change=keep_docstring)
    if chosen.differences:
        st.markdown("**Different from the tutorial**\n\n" + "\n".join(f"- {text}" for text in chosen.differences))
    else:
        st.markdown("Written as in the tutorial.")


def numbers(heading: str, values: list[Value]) -> None:
    """Show arrays beside each other, as far as there is room."""
    if not values:
        return
    with st.container(width="content", gap=None):
        st.markdown(f"**{heading}**")
        with st.container(horizontal=True, gap="small"):
            for value in values:
                st.latex(latex_value(*value), width="content")


def beside(chosen: Function, experiment: Experiment, step: Step) -> None:
    """Show the formula, this step's numbers, and the way to the phases in which the function runs."""
    st.latex(chosen.formula, width="content")
    with st.container(horizontal=True, gap="medium"):
        for phase in chosen.phases:
            st.page_link(
                "step_by_step/step_by_step.py",
                label=f"Step by step, phase {phase}",
                icon=":material/arrow_forward:",
                query_params=steps.address(phase=str(phase)),
            )
    at = Moment(step, *initial_weights(experiment.replace(initial=None)))
    with st.container(horizontal=True, gap="small"):
        numbers("Given", chosen.given(at))
        numbers(chosen.verb, chosen.result(at))
    if experiment.initial is not None and chosen.function.__name__ == "__init__":
        st.markdown("This experiment replaces them by initial weights of its own.")


choice = opened()
st.header("Code", anchor=False)
step = steps.picker(session.experiment())
chosen = function(choice)
left, right = st.columns([11, 10], gap="medium")
with left:
    code(chosen, choice)
with right:
    beside(chosen, session.experiment(), step)
steps.write_address(show=None if choice.name == FIRST else choice.name)
share.share()
