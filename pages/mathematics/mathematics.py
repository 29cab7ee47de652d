"""The mathematics: every derivative of the graph derived line by line, each beside an example that moves."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import streamlit as st

from classifier import Step
from pages.frame import frame
from pages.mathematics import derivations, moving_examples
from pages.mathematics.charts import tangent
from pages.mathematics.derivations import Derivation
from pages.mathematics.moving_examples import PointOnCurve
from pages.mathematics.sliders import COLUMN, OWN, ROW, SLIDERS, UNIT, draw
from pages.shared.address.parameters import Own, PageParameter
from pages.shared.run import steps, still
from pages.shared.session import address, state, unseen, widgets
from pages.shared.text.names import parameter_name
from pages.shared.text.quoting import escape_markdown
from pages.shared.text.shown_numbers import number

PAGE = "mathematics"
_STYLE = Path(__file__).with_name("mathematics.css")
WIDTHS = {1: 494, 2: 240, 3: 154}  # pixels of a slider, by how many stand side by side


def text(derivation: Derivation) -> None:
    """Show the lines of a derivation, and what they lead to."""
    st.markdown(derivation.about)
    shown = [f"{line.why}\n\n$\\displaystyle {line.formula}$" for line in derivation.lines]
    st.markdown("\n\n".join(shown))
    with st.container(border=True, gap="xsmall"):
        st.latex(derivation.result)
        st.caption(f"In the code: {escape_markdown(derivation.code)}", text_alignment="center")


@st.fragment
def example(key: str, step: Step, own: Own) -> None:
    """Draw the sliders of a derivation, the curve with its tangent, and the slope by formula and by difference.

    The numbers are what a class is asked for, here and on the page of the step that they are those of.
    """
    names, choose = EXAMPLES[key]
    found = choose(step, own)
    still.show(f"math_{key}", [tangent(key, (found.x, found.y), (found.at, found.value), found.slope, names)])
    if not unseen.hidden():
        st.markdown("\n\n".join(f"$\\displaystyle {line}$" for line in found.worked))
        difference = abs(found.slope - found.difference)
        st.markdown(
            f"Slope by the formula: **{number(found.slope)}**  \n"
            f"Slope by a difference: **{number(found.difference)}**  \n"
            f":gray[(f(x + h) − f(x − h)) / 2h with h = 10⁻⁵; they differ by {number(difference)}.]"
        )
    address.write(own)


def of_values(key: str, function: Callable[..., PointOnCurve], _: Step, own: Own) -> PointOnCurve:
    """Choose all that a function takes, each by its slider."""
    names = [name for name in SLIDERS if name.startswith(f"{key}_")]
    with st.container(horizontal=True):
        return function(*(draw(own, name, WIDTHS[len(names)]) for name in names))


def of_weight(
    key: str, function: Callable[[Step, tuple[int, int], float], PointOnCurve], step: Step, own: Own
) -> PointOnCurve:
    """Choose W₁₁."""
    return function(step, (0, 0), weight(step, (0, 0), key, own))


def of_outer(step: Step, own: Own) -> PointOnCurve:
    """Choose a weight, and its value."""
    *_, inputs, outputs = state.experiment().unit_names
    with st.container(horizontal=True):
        place = choose_index("Row of W", own, ROW, outputs), choose_index("Column", own, COLUMN, inputs)
    return moving_examples.outer(step, place, weight(step, place, "outer", own))


def choose_index(label: str, own: Own, parameter: PageParameter[int], names: Sequence[str]) -> int:
    """Choose a row or a column of W, and give it, counted from 0."""
    own[parameter] = min(own[parameter], len(names))  # the experiment may be another one by now
    kept = widgets.choosing(own, parameter, len(names))
    index = own[parameter] - 1
    st.selectbox(label, range(1, len(names) + 1), index, format_func=lambda n: names[n - 1], width=240, **kept)
    return index


def of_down(step: Step, own: Own) -> PointOnCurve:
    """Choose what goes into the last layer: one entry, and its value."""
    *_, inputs, _ = state.experiment().unit_names
    with st.container(horizontal=True):
        entry = choose_index("Entry", own, UNIT, inputs)
        return moving_examples.down(step, entry, draw(own, "down_move", 240))


def weight(step: Step, place: tuple[int, int], key: str, own: Own) -> float:
    """Choose how far one weight of the step is moved from its value."""
    # Not in the slider's label, where a screen reader would read out the backslashes that escape a typed name.
    st.markdown(escape_markdown(parameter_name(state.experiment(), *place, layer=len(step.layers) - 1)))
    return float(step.parameters_before[-1][place]) + draw(own, f"{key}_move", 494)


# By derivation: what lies along the axes of its curve, and what chooses a point of it.
EXAMPLES: dict[str, tuple[tuple[str, str], Callable[[Step, Own], PointOnCurve]]] = {
    "bce": (("ŷ", "L"), partial(of_values, "bce", moving_examples.bce)),
    "sigmoid": (("z", "ŷ"), partial(of_values, "sigmoid", moving_examples.sigmoid)),
    "linear": (("W", "z"), partial(of_weight, "linear", moving_examples.linear)),
    "chain": (("W", "L"), partial(of_weight, "chain", moving_examples.chain)),
    "outer": (("W", "L"), of_outer),
    "collapse": (("z", "L"), partial(of_values, "collapse", moving_examples.collapse)),
    "down": (("a", "L"), of_down),
    "vanish": (("z", "a"), partial(of_values, "vanish", moving_examples.vanish)),
    "mean": (("z", "L/N"), partial(of_values, "mean", moving_examples.mean)),
}


def chosen(own: Own) -> str:
    """Give the first derivation beside which something other than the usual is chosen; empty if there is none."""
    changed = {key.partition("_")[0] for key, text in own.written().items() if text is not None}
    return next((derivation.key for derivation in derivations.DERIVATIONS if derivation.key in changed), "")


with frame.page(PAGE, OWN) as own:
    frame.offer(place=chosen(own))
    st.html(_STYLE)
    st.header("Mathematics", anchor=False)
    st.markdown(" · ".join(f"[{derivation.title}](#{derivation.key})" for derivation in derivations.DERIVATIONS))
    unseen.curtain("The slopes beside the derivations are")
    shown = steps.replay(state.experiment(), *steps.chosen(state.experiment()))
    for derivation in derivations.DERIVATIONS:
        st.subheader(derivation.title, anchor=derivation.key)
        left, right = st.columns(2, gap="large")
        with left:
            text(derivation)
        with right, st.container(key=f"math_moving_{derivation.key}"):
            example(derivation.key, shown, own)
    st.caption(
        f"The examples with W use epoch {shown.epoch + 1} and sample {shown.sample + 1} of the experiment that you "
        "brought along, just before that step’s update, in float64."
        + " W is that of the last layer, whose x is the output of the layer below."
        * (len(shown.layers) > 1)
    )
