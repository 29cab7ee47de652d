"""The code: every function of the graph as it runs, beside its formula and the numbers of the chosen step."""

import streamlit as st

from classifier import ACTIVATIONS, Experiment, Step
from classifier.training.sweep import initial_parameters
from pages.frame import frame
from pages.shared.address.parameters import SAMPLE, Own, flag
from pages.shared.run import steps
from pages.shared.run.steps import LAYER, PHASE, SHOW, layer_count
from pages.shared.session import state, widgets
from pages.shared.text.quoting import escape_markdown
from pages.source_code.functions.function import Function, Moment, Value
from pages.source_code.functions.functions import FUNCTIONS
from pages.source_code.functions.latex import latex_value
from pages.source_code.sources import source

PAGE = "source_code"

DOCSTRING = flag("docstring")
OWN = (SAMPLE, SHOW, DOCSTRING, LAYER)
BENDS = {made.__name__: name for name, made in ACTIVATIONS.items()}  # the class: its name in an experiment
OF_THE_NETWORK = {"Network.forward", "Network.forward_loss"}  # no layer's own


def function(own: Own) -> Function:
    """Draw the choice of the function: its class, then its name."""
    owner, method = own[SHOW].split(".")
    owners = list(dict.fromkeys(name.split(".")[0] for name in FUNCTIONS))
    methods = [name.split(".")[1] for name in FUNCTIONS if name.startswith(f"{owner}.")]

    def keep_owner() -> None:
        # Every class has `forward`, which shows what the class is for.
        own.choose(SHOW, f"{widgets.typed(owner_key)}.forward")

    def keep_method() -> None:
        own.choose(SHOW, f"{owner}.{widgets.typed(method_key)}")

    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="code_controls"):
        owner_key = widgets.standing("code_class", owner)
        kept = widgets.choice(owner_key, keep_owner)
        st.segmented_control("Class", owners, default=owner, required=True, key=owner_key, on_change=kept)
        method_key = widgets.standing(f"code_method_{owner}", method)
        st.segmented_control(
            "Method",
            methods,
            default=method,
            required=True,
            format_func=escape_markdown,  # or __init__ would be bold
            key=method_key,
            on_change=widgets.choice(method_key, keep_method),
        )
    return FUNCTIONS[own[SHOW]]


def layer(own: Own) -> int:
    """Draw the choice of the layer whose numbers are shown, where there are several; give it, from 0."""
    own[LAYER], layers = min(own[LAYER], layer_count(own)), layer_count(own)
    if layers == 1 or own[SHOW].startswith("Binary") or own[SHOW] in OF_THE_NETWORK:
        return layers - 1
    st.segmented_control(
        "Layer", range(1, layers + 1), default=own[LAYER], required=True, **widgets.choosing(own, LAYER, layers)
    )
    return own[LAYER] - 1


def code(chosen: Function, own: Own) -> None:
    """Show the source that runs, where it stands, and what differs from the tutorial."""
    shown = source(chosen.function, docstring=own[DOCSTRING])
    st.code(shown.text, wrap_lines=True)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.caption(f"{shown.file}, lines {shown.first} to {shown.last}", width="content")
        st.toggle("Docstring", own[DOCSTRING], **widgets.choosing(own, DOCSTRING))
    if chosen.differences:
        st.markdown("**Different from the tutorial**\n\n" + "\n".join(f"- {text}" for text in chosen.differences))
    else:
        st.markdown("Written as in the tutorial.")


def numbers(heading: str, values: list[Value]) -> None:
    """Show arrays side by side, as many in a row as fit."""
    if not values:
        return
    with st.container(width="content", gap=None):
        st.markdown(f"**{heading}**")
        with st.container(horizontal=True, gap="small"):
            for value in values:
                st.latex(latex_value(*value), width="content")


def beside(chosen: Function, experiment: Experiment, step: Step, k: int) -> None:
    """Show the formula, the numbers of this step and layer, and the way to the phases in which the function runs."""
    st.latex((experiment.hidden and chosen.deep) or chosen.formula, width="content")
    at = Moment(step, initial_parameters(experiment.replace(initial=None))[k], k)
    bends = BENDS.get(chosen.function.__qualname__.split(".")[0])
    runs = bends in (None, "sigmoid" if at.is_last else experiment.activation)
    with st.container(horizontal=True, gap="medium"):
        for phase in (steps.phase_in(each, k, len(step.layers)) for each in chosen.phases if runs):
            st.page_link(
                "step_by_step/step_by_step.py",
                label=f"Step by step, phase {phase}",
                icon=":material/arrow_forward:",
                query_params=steps.link((PHASE, phase)),
            )
    if not runs:
        st.caption(f"Layer {k + 1} of this network has another activation. This is what it would give there.")
    with st.container(horizontal=True, gap="small"):
        numbers("Given", chosen.given(at))
        numbers(chosen.verb, chosen.result(at))
    if experiment.initial is not None and chosen.function.__name__ == "__init__":
        st.markdown("This experiment replaces them by initial weights of its own.")


with frame.page(PAGE, OWN) as own:
    st.header("Code", anchor=False)
    step = steps.picker(state.experiment())
    chosen = function(own)
    left, right = st.columns([11, 10], gap="medium")
    with left:
        code(chosen, own)
    with right:
        beside(chosen, state.experiment(), step, layer(own))
