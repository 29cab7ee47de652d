"""The gradient check: every hand-written derivative of one step beside the measured one, and ways to break it."""

from pathlib import Path

import numpy as np
import streamlit as st

from classifier import WRONG_PARTIALS, Experiment, Network, Step, check_gradients, largest_errors
from classifier.insight.wrong_partials import possible
from pages.frame import frame
from pages.gradient_check import verdict
from pages.gradient_check.charts import derivatives, errors_by_step
from pages.gradient_check.mistakes import MISTAKES, Mistake
from pages.gradient_check.paper_table import paper_table
from pages.shared.address.parameters import SAMPLE, Own, one_of
from pages.shared.run import steps, still
from pages.shared.session import state, unseen, widgets
from pages.shared.text.quantities import (
    LOSS_WRT_A,
    LOSS_WRT_WEIGHT,
    LOSS_WRT_YHAT,
    LOSS_WRT_Z,
    PASSED_DOWN,
    YHAT,
    YHAT_WRT_Z,
    partial,
)
from pages.shared.text.shown_numbers import power_of_ten

PAGE = "gradient_check"
_STYLE = Path(__file__).with_name("gradient_check.css")

NOTHING = "nothing"  # what is broken at first
MISTAKE = one_of("break", (NOTHING, *WRONG_PARTIALS), NOTHING)
POWERS = range(-12, 0)
POWER = one_of("eps", POWERS, -6, lambda power: f"1e{power}")
OWN = (SAMPLE, MISTAKE, POWER)
# Two to a decade: enough for the shape of the curve, few enough for 1040 parameters at a click.
SWEEP = np.logspace(-12, -1, 23)

ANALYTIC = {
    "fused": rf"{LOSS_WRT_WEIGHT} = ({YHAT} - y) \, x^\top",
    "chain": rf"{LOSS_WRT_WEIGHT} = \left({LOSS_WRT_YHAT} \cdot {YHAT_WRT_Z}\right) x^\top",
}
BY_LAYER = (
    rf"{LOSS_WRT_WEIGHT} = {LOSS_WRT_Z} \, x^\top, \quad {PASSED_DOWN}, \quad {LOSS_WRT_Z} = {LOSS_WRT_A} \odot f'(z)"
)
NUMERIC = partial("L", "w") + r" \approx \frac{L(w + h) - L(w - h)}{2h}"


def network_of(experiment: Experiment, step: Step) -> Network:
    """Return the network before the step's update."""
    return Network(step.parameters_before, activation=experiment.activation, route=experiment.route)


def break_it(own: Own, network: Network) -> Mistake | None:
    """Draw the choice of the mistakes that this network allows."""
    options = (NOTHING, *(name for name in MISTAKES if possible(name, network)))
    if own[MISTAKE] not in options:
        own[MISTAKE] = NOTHING
    st.selectbox(
        "Break it",
        options,
        options.index(own[MISTAKE]),
        format_func=lambda name: MISTAKES[name].name if name in MISTAKES else "Nothing",
        **widgets.choosing(own, MISTAKE),
    )
    return MISTAKES.get(own[MISTAKE])


def difference_step(own: Own) -> None:
    """Draw the choice of ε."""
    kept = widgets.choosing(own, POWER)
    st.select_slider("Difference step ε", POWERS, own[POWER], format_func=power_of_ten, **kept)


def formulas(experiment: Experiment, mistake: Mistake | None) -> None:
    """Show what is compared: two ways to a derivative, or the right formula and its broken twin."""
    pair = ("Analytic", "Numeric") if mistake is None else ("Right", ":red[Broken]")
    analytic = ANALYTIC[experiment.route] if not experiment.hidden else BY_LAYER
    texts = (analytic, NUMERIC) if mistake is None else (mistake.right, mistake.wrong)
    with st.container(horizontal=True, gap="medium"):
        for name, text in zip(pair, texts, strict=True):
            with st.container(width="content", gap=None):
                st.markdown(f"**{name}**")
                st.latex(text, width="content")


def check(experiment: Experiment, step: Step, own: Own, mistake: Mistake | None) -> None:
    """Compare at this step, and show what came out."""
    power = own[POWER]
    eps = float(POWER.write(power))
    network = network_of(experiment, step)
    fused = Network(step.parameters_before, activation=experiment.activation)
    backward = Network.backward if mistake is None else WRONG_PARTIALS[own[MISTAKE]]
    at = (network, step.x, step.y)
    checked = check_gradients(*at, eps, backward=backward)

    told = verdict.verdict(checked, experiment)
    reason = verdict.explanation(
        checked,
        experiment,
        power,
        mistake,
        right=check_gradients(*at, eps),
        usual=check_gradients(*at),
        fused=check_gradients(fused, step.x, step.y),
    )
    (st.success if verdict.passed(checked) else st.error)(f"{told} {reason}")

    right = largest_errors(*at, SWEEP)
    errors = right if mistake is None else largest_errors(*at, SWEEP, backward=backward)
    here = float(largest_errors(*at, [eps], backward=backward)[0])
    largest = errors_by_step(SWEEP, errors, (eps, here), right)
    for layer, each in enumerate(checked):  # a row each, the first on top
        beside = [largest] if layer == 0 else []
        still.show(f"check_charts{layer or ''}", [*derivatives(experiment, each, layer), *beside])

    st.caption(
        "Each derivative is measured by moving its parameter alone, by h = ε / max(1, |x|) up and down, in float64, "
        "at this step’s weights before the update. It agrees if |analytic − numeric| ≤ 10⁻⁵ + 10⁻³ · |numeric|; "
        "× marks where it does not."
    )
    table = verdict.rows(checked, experiment, step.parameters_before)
    if state.current().presenting:
        st.table(table, border="horizontal", hide_index=True)  # the letters of a dataframe cannot be enlarged
    else:
        numbers = {name: st.column_config.TextColumn(alignment="right") for name in list(table)[1:-1]}
        st.dataframe(table, hide_index=True, column_config=numbers, key="check_table")
        st.html(paper_table(table))


with frame.page(PAGE, OWN) as own:
    st.html(_STYLE)
    st.header("Gradient check", anchor=False)
    step = steps.picker(state.experiment())
    controls = st.columns([8, 8, 14])
    with controls[0]:
        mistake = break_it(own, network_of(state.experiment(), step))
    with controls[1]:
        difference_step(own)
    with controls[2]:
        formulas(state.experiment(), mistake)
    if not unseen.curtain("What the check finds is"):
        check(state.experiment(), step, own, mistake)
