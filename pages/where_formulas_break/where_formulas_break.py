"""Where it breaks: unguarded, guarded chain and fused form against the logit, and a training of each."""

import numpy as np
import streamlit as st

from classifier import diagnose
from classifier.experiment.experiment import DTYPES
from pages.frame import frame
from pages.shared.address.parameters import SAMPLE, Own, PageParameter, between, one_of
from pages.shared.run import runs, still
from pages.shared.session import address, unseen, widgets
from pages.shared.text.quoting import escape_markdown
from pages.shared.text.shown_numbers import signed
from pages.shared.text.typed_numbers import format_number
from pages.where_formulas_break import exact_values, explanations, value_list
from pages.where_formulas_break.charts import Curve, panel, trainings
from pages.where_formulas_break.once import EPOCHS, panels, tutorial, unguarded_training

PAGE = "where_formulas_break"

RATES = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.3, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)

DTYPE = one_of("precision", DTYPES, lambda own: own.experiment.dtype)
LABEL = one_of("label", (0, 1), 1)
# A text: which number it means depends on the precision.
Z = PageParameter[str | None](
    "z",
    None,  # then exact_values.begin
    lambda text, own: exact_values.written(between(text, *exact_values.RANGES[own[DTYPE]]), own[DTYPE]),
)
RATE = PageParameter("rate", 0.3, lambda text, _: between(text, 0, 100), format_number)
OWN = (SAMPLE, DTYPE, LABEL, Z, RATE)


def logit(own: Own) -> float:
    """Give the logit that is shown."""
    z = own[Z]
    return exact_values.begin(own[DTYPE], own[LABEL]) if z is None else exact_values.rounded(float(z), own[DTYPE])


def go(own: Own, z: float) -> None:
    """Show a logit."""
    own[Z] = exact_values.written(z, own[DTYPE])


def controls(own: Own) -> None:
    """Draw precision, label, z, and a button for each threshold."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="break_controls"):
        key = widgets.standing("break_precision", own[DTYPE])

        def keep_dtype(key: str = key) -> None:
            before, z = own[DTYPE], logit(own)
            own.choose(DTYPE, widgets.widget(key))
            go(own, exact_values.carried(z, own[LABEL], before, own[DTYPE]))

        kept = widgets.choice(key, keep_dtype)
        st.segmented_control("Precision", DTYPES, default=own[DTYPE], required=True, key=key, on_change=kept)
        key = widgets.standing("break_label", own[LABEL])

        def keep_label(key: str = key) -> None:
            go(own, logit(own))
            own.choose(LABEL, widgets.widget(key))

        kept = widgets.choice(key, keep_label)
        st.segmented_control("Label y", (0, 1), default=own[LABEL], required=True, key=key, on_change=kept)
        # Texts: Streamlit takes two floats for the same if they differ only in the last digit, as at a threshold.
        z = exact_values.written(logit(own), own[DTYPE])
        key = widgets.standing(f"break_z_{own[DTYPE]}", z)
        stops = [exact_values.written(stop, own[DTYPE]) for stop in exact_values.stops(own[DTYPE], logit(own))]

        def keep_z(key: str = key) -> None:
            said = widgets.widget(key)
            if isinstance(said, str) and said in stops:
                own[Z] = said

        st.select_slider("Logit z", stops, z, format_func=signed, key=key, on_change=widgets.choice(key, keep_z))

    with st.container(horizontal=True, gap="small"):
        for mark in exact_values.marks(own[DTYPE], own[LABEL]):
            here = mark.z == logit(own)
            st.button(
                f"{explanations.MARK_NAMES[mark.kind]} · {signed(f'{mark.z:.2f}')}",
                key=f"break_go_{mark.kind}_{own[DTYPE]}_{own[LABEL]}",
                on_click=go,
                args=(own, mark.z),
                # Not by its type: a browser makes another button of it, and the focus is lost.
                icon=f":material/radio_button_{'checked' if here else 'unchecked'}:",
                help=signed(f"z = {format_number(mark.z)}; still good at {format_number(mark.before)}."),
            )


@st.fragment
def formulas(own: Own, drawn: str) -> None:
    """Show what each form gives at z: five quantities side by side, the curve above the values."""
    if own[DTYPE] != drawn:
        st.rerun()  # the whole page, for the training below has another precision, too
    controls(own)
    dtype, z, y = own[DTYPE], logit(own), own[LABEL]
    if unseen.curtain("What the formulas give is"):
        address.write(own)
        return
    st.markdown(escape_markdown(explanations.meaning(dtype, z, y)))
    figures = panels(dtype, y, exact_values.window(dtype, z))
    at = exact_values.shown_values(dtype, z, y)
    st.html(value_list.style())
    with st.container(key="break_panels"):
        columns = st.columns(len(figures), gap="small")
    for column, (name, symbol) in zip(columns, explanations.SYMBOLS.items(), strict=True):
        with column:
            still.show(f"break_{name}", [panel(name, figures[name], z)])
            st.html(value_list.listed(symbol, at[name]))
    address.write(own)


@st.fragment
def training(own: Own) -> None:
    """Train the tutorial's samples by all three, and show how far each of them comes."""
    st.subheader("The tutorial’s own data", anchor=False)
    text, chart = st.columns([2, 3], gap="medium")
    epochs = np.arange(1.0, EPOCHS + 1)
    guarded: dict[str, Curve] = {}
    with text:
        options = sorted({*RATES, own[RATE]})
        kept = widgets.choosing(own, RATE)
        st.select_slider("Learning rate", options, own[RATE], format_func=format_number, **kept)
        experiment = tutorial(own[RATE], own[DTYPE])
        unguarded = unguarded_training(own[RATE], own[DTYPE])
        ended = explanations.died(unguarded, experiment)
        st.markdown((":red[**Unguarded**]" if unguarded.death else "**Unguarded**") + " " + escape_markdown(ended))
        for route in ("chain", "fused"):
            run = runs.shared_run(experiment.replace(route=route))
            run.advance()
            guarded[route] = Curve(route, epochs, run.history.running_loss[1:])
            saturated = next((finding for finding in diagnose(run) if finding.kind == "saturated"), None)
            st.markdown(f"**{route.capitalize()}** " + escape_markdown(explanations.lived(run, saturated)))
    lived = len(unguarded.running_loss)
    drawn = [guarded["fused"], guarded["chain"], Curve("unguarded", epochs[:lived], unguarded.running_loss)]
    with chart:
        still.show("break_training", [trainings(drawn, None if unguarded.death is None else (lived, ended))])
    st.caption(
        f"The tutorial’s samples and initial weights (seed 42), {EPOCHS} epochs in {own[DTYPE]}. "
        "The unguarded loss is clipped to 100 an entry, as in the tutorial. This page keeps to one layer: what "
        "breaks is the sigmoid and the loss, with which a network of any depth ends."
    )
    address.write(own)


with frame.page(PAGE, OWN) as own:
    if own.is_news(DTYPE) and not own.is_news(Z):
        own[Z] = None  # the old one belongs to the other precision
    st.header("Where it breaks", anchor=False)
    formulas(own, own[DTYPE])
    if not unseen.hidden():
        training(own)
