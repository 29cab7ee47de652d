"""The mathematics: every derivative of the graph derived line by line, each beside an example that moves."""

from pathlib import Path

import streamlit as st

from classifier import Step
from pages.mathematics import derivations, moving_examples
from pages.mathematics.charts import tangent
from pages.mathematics.derivations import Derivation
from pages.shared.run import steps
from pages.shared.session import address, show, state
from pages.shared.share import share
from pages.shared.text.names import parameter_name
from pages.shared.text.quoting import escape_markdown
from pages.shared.text.shown_numbers import number

PAGE = "mathematics"
_STYLE = Path(__file__).with_name("mathematics.css")

NAMES = {
    "bce": ("ŷ", "L"),
    "sigmoid": ("z", "ŷ"),
    "linear": ("W", "z"),
    "chain": ("W", "L"),
    "outer": ("W", "L"),
    "collapse": ("z", "L"),
    "mean": ("z", "L/N"),
}


def text(derivation: Derivation) -> None:
    """Show the lines of a derivation, and what they lead to."""
    st.markdown(derivation.about)
    shown = [f"{line.why}\n\n$\\displaystyle {line.formula}$" for line in derivation.lines]
    st.markdown("\n\n".join(shown))
    with st.container(border=True, gap="xsmall"):
        st.latex(derivation.result)
        st.caption(f"In the code: {escape_markdown(derivation.code)}", text_alignment="center")


@st.fragment
def example(key: str, step: Step) -> None:
    """Draw the sliders of a derivation, the curve with its tangent, and the slope by formula and by difference."""
    found = EXAMPLES[key](step)
    show.show(tangent((found.x, found.y), (found.at, found.value), found.slope, NAMES[key]), key=f"math_{key}")
    st.markdown("\n\n".join(f"$\\displaystyle {line}$" for line in found.worked))
    difference = abs(found.slope - found.difference)
    st.markdown(
        f"Slope by the formula: **{number(found.slope)}**  \n"
        f"Slope by a difference: **{number(found.difference)}**  \n"
        f":gray[(f(x + h) − f(x − h)) / 2h with h = 10⁻⁵; they differ by {number(difference)}.]"
    )


def of_bce(_: Step) -> moving_examples.PointOnCurve:
    """Choose ŷ and y."""
    with st.container(horizontal=True):
        yhat = st.slider("Prediction ŷ", 0.02, 0.98, 0.3, 0.01, key="math_bce_yhat", width=240)
        y = st.slider("Label y", 0.0, 1.0, 1.0, 0.05, key="math_bce_y", width=240)
    return moving_examples.bce(yhat, y)


def of_sigmoid(_: Step) -> moving_examples.PointOnCurve:
    """Choose z."""
    return moving_examples.sigmoid(st.slider("Logit z", -8.0, 8.0, 1.0, 0.1, key="math_sigmoid_z", width=494))


def of_linear(step: Step) -> moving_examples.PointOnCurve:
    """Choose W₁₁."""
    return moving_examples.linear(step, (0, 0), weight(step, (0, 0), "linear"))


def of_chain(step: Step) -> moving_examples.PointOnCurve:
    """Choose W₁₁."""
    return moving_examples.chain(step, (0, 0), weight(step, (0, 0), "chain"))


def of_outer(step: Step) -> moving_examples.PointOnCurve:
    """Choose a weight, and its value."""
    names = state.experiment()
    outputs, inputs = names.label_names, names.input_names
    shape = f"{len(outputs)}_{len(inputs)}"
    with st.container(horizontal=True):
        row = st.selectbox(
            "Row of W", range(len(outputs)), format_func=outputs.__getitem__, key=f"math_row_{shape}", width=240
        )
        column = st.selectbox(
            "Column", range(len(inputs)), format_func=inputs.__getitem__, key=f"math_column_{shape}", width=240
        )
    # Streamlit takes whatever can be written as an option for one: True, or −1, counted from the end.
    place = (
        row if type(row) is int and 0 <= row < len(outputs) else 0,
        column if type(column) is int and 0 <= column < len(inputs) else 0,
    )
    return moving_examples.outer(step, place, weight(step, place, "outer"))


def of_collapse(_: Step) -> moving_examples.PointOnCurve:
    """Choose z and y."""
    with st.container(horizontal=True):
        z = st.slider("Logit z", -8.0, 8.0, 2.0, 0.1, key="math_collapse_z", width=240)
        y = st.slider("Label y", 0.0, 1.0, 0.0, 0.05, key="math_collapse_y", width=240)
    return moving_examples.collapse(z, y)


def of_mean(_: Step) -> moving_examples.PointOnCurve:
    """Choose z, y and N."""
    with st.container(horizontal=True):
        z = st.slider("Logit z", -8.0, 8.0, 2.0, 0.1, key="math_mean_z", width=154)
        y = st.slider("Label y", 0.0, 1.0, 0.0, 0.05, key="math_mean_y", width=154)
        entries = st.slider("Entries N", 1, 20, 4, key="math_mean_entries", width=154)
    return moving_examples.mean(z, y, entries)


def weight(step: Step, place: tuple[int, int], key: str) -> float:
    """Choose how far one weight of the step is moved from its value."""
    # Not in the slider's label: there a screen reader would hear the signs that keep a typed name from being Markdown.
    st.markdown(escape_markdown(parameter_name(state.experiment(), *place)))
    moved = st.slider("Move this weight by", -2.0, 2.0, 0.0, 0.01, key=f"math_{key}_moved", width=494)
    return float(step.weight_before[place]) + moved


EXAMPLES = {
    "bce": of_bce,
    "sigmoid": of_sigmoid,
    "linear": of_linear,
    "chain": of_chain,
    "outer": of_outer,
    "collapse": of_collapse,
    "mean": of_mean,
}

own = steps.open_page(PAGE)
st.html(_STYLE)
st.header("Mathematics", anchor=False)
address.show_notices()
st.markdown(" · ".join(f"[{derivation.title}](#{derivation.key})" for derivation in derivations.DERIVATIONS))
shown = steps.replay(state.experiment(), *steps.chosen(state.experiment()))
for derivation in derivations.DERIVATIONS:
    st.subheader(derivation.title, anchor=derivation.key)
    left, right = st.columns(2, gap="large")
    with left:
        text(derivation)
    with right, st.container(key=f"math_moving_{derivation.key}"):
        example(derivation.key, shown)
st.caption(
    f"The examples with W use epoch {shown.epoch + 1} and sample {shown.sample + 1} of the experiment that you brought "
    "along, just before that step’s update, in float64."
)
steps.write(own)
share.share()
