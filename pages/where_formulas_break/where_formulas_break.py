"""Where it breaks: unguarded, guarded chain and fused form against the logit, and a training of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st

from classifier import Experiment, diagnose
from classifier.experiment.experiment import DTYPES
from classifier.insight.unguarded_run import UnguardedRun, train_unguarded
from pages.shared.charts import palette, show
from pages.shared.charts.show import Figure
from pages.shared.run import runs, steps
from pages.shared.session import choices, session
from pages.shared.share import share
from pages.shared.text.quoting import escape_markdown, quoted
from pages.shared.text.shown_numbers import signed
from pages.shared.text.typed_numbers import format_number, parse_number
from pages.where_formulas_break import exact_values, explanations, value_list
from pages.where_formulas_break.charts import Curve, against_logit, trainings

PAGE = "where_formulas_break"

EPOCHS = 200
RATES = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.3, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)
RATE = 0.3
KEPT_TRAININGS = 64


@dataclass
class Choice:
    """What the visitor chose: kept when another page is looked at."""

    dtype: str
    y: int = 1
    z: float | None = None  # None: where the page begins
    rate: float = RATE

    @property
    def logit(self) -> float:
        """The logit that is shown."""
        return exact_values.begin(self.dtype, self.y) if self.z is None else self.z


def opened() -> Choice:
    """Take experiment, position and the page's own choices from the address."""
    news = steps.open_address(PAGE, extra=("precision", "label", "z", "rate"))
    default = session.experiment().dtype
    choice = session.kept(PAGE, lambda: Choice(default))
    dtype = choices.read(news, "precision", DTYPES, default)
    choice.dtype = choice.dtype if dtype is None else dtype
    label = choices.read(news, "label", ("0", "1"), "1")
    choice.y = choice.y if label is None else int(label)
    if "z" in news or dtype is not None:
        z = read_number(news, "z", exact_values.RANGES[choice.dtype])
        choice.z = None if z is None else exact_values.rounded(z, choice.dtype)
    if "rate" in news:
        rate = read_number(news, "rate", (0, 100))
        choice.rate = RATE if rate is None else rate
    return choice


def read_number(news: Mapping[str, Sequence[str]], key: str, span: tuple[float, float]) -> float | None:
    """Read a number out of the address; what is none, or out of range, is ignored with a notice."""
    values = news.get(key, ())
    try:
        if len(values) > 1:
            raise ValueError(f"it stands there {len(values)} times.")
        value = parse_number(values[0]) if values else None
        if value is not None and not span[0] <= value <= span[1]:
            low, high = map(format_number, span)
            raise ValueError(f"{quoted(values[0])} is not between {low} and {high}.")
    except ValueError as error:
        session.add_notice(f"{quoted(key)} in the address is ignored: {error}")
        return None
    return value


def write_address(choice: Choice) -> None:
    """Write to the address what is not as the page begins."""
    steps.write_address(
        precision=None if choice.dtype == session.experiment().dtype else choice.dtype,
        label=None if choice.y == 1 else str(choice.y),
        z=None if choice.z is None else format_number(choice.z),
        rate=None if choice.rate == RATE else format_number(choice.rate),
    )


def controls(choice: Choice) -> None:
    """Draw precision, label, z, and a button for each threshold."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        key, dtype = session.standing("break_precision", choice.dtype)

        def keep_dtype(key: str = key) -> None:
            chosen = str(session.widget(key))
            choice.z, choice.dtype = exact_values.carried(choice.logit, choice.y, choice.dtype, chosen), chosen

        st.segmented_control("Precision", DTYPES, default=dtype, required=True, key=key, on_change=keep_dtype)
        key, y = session.standing("break_label", choice.y)

        def keep_label(key: str = key) -> None:
            choice.z, choice.y = choice.logit, int(session.widget(key) == 1)

        st.segmented_control("Label y", (0, 1), default=y, required=True, key=key, on_change=keep_label)
        # Texts: Streamlit takes floats for one that differ in their last digit, as both sides of a threshold do.
        key, z = session.standing(f"break_z_{choice.dtype}", format_number(choice.logit))

        def keep_z(key: str = key) -> None:
            choice.z = float(str(session.widget(key)))

        stops = [format_number(stop) for stop in exact_values.stops(choice.dtype, choice.logit)]
        st.select_slider("Logit z", stops, z, format_func=signed, key=key, on_change=keep_z)

    def go(z: float) -> None:
        choice.z = z

    with st.container(horizontal=True, gap="small"):
        for mark in exact_values.marks(choice.dtype, choice.y):
            here = mark.z == choice.logit
            st.button(
                f"{explanations.KINDS[mark.kind]} · {explanations.short(mark.z)}",
                key=f"break_go_{mark.kind}_{choice.dtype}_{choice.y}",
                on_click=go,
                args=(mark.z,),
                type="primary" if here else "secondary",
                help=f"z = {explanations.exact(mark.z)}; still good at {explanations.exact(mark.before)}.",
            )


@st.fragment
def formulas(choice: Choice, drawn: str) -> None:
    """Show what each form gives at z: five quantities side by side, the curve above the values."""
    if choice.dtype != drawn:
        st.rerun()  # the training below has another precision, too
    controls(choice)
    dtype, z, y = choice.dtype, choice.logit, choice.y
    st.markdown(escape_markdown(explanations.meaning(dtype, z, y)))
    low, high = exact_values.window(dtype, z)
    figures = panels(dtype, y, (low, high))
    at = exact_values.shown_values(dtype, z, y)
    st.html(value_list.style(palette.DARK if st.context.theme.type == "dark" else {}))
    for column, (name, symbol) in zip(st.columns(len(figures), gap="small"), explanations.SYMBOLS.items(), strict=True):
        with column:
            with st.container(gap=None):
                st.html(value_list.line_at((z - low) / (high - low)))
                show.show(figures[name], key=f"break_{name}")
            st.html(value_list.listed(symbol, at[name]))
    write_address(choice)


@st.cache_resource(max_entries=16, show_spinner=False)
def panels(dtype: str, y: int, shown: tuple[float, float]) -> dict[str, Figure]:
    """Draw each quantity by each form: once in a server's life, for z is drawn behind."""
    x, values = exact_values.curves(dtype, y, shown)
    marks = [mark.z for mark in exact_values.marks(dtype, y) if shown[0] <= mark.z <= shown[1]]
    return {
        name: against_logit(
            symbol,
            [
                Curve(form, x, np.asarray(of, np.float64))
                for form in reversed(exact_values.FORMS)
                if (of := getattr(values[form], name)) is not None
            ],
            marks,
            log=name in exact_values.LOGARITHMIC,
            span=exact_values.span(name, y, values["fused"]),
        )
        for name, symbol in explanations.SYMBOLS.items()
    }


@st.cache_data(max_entries=KEPT_TRAININGS, show_spinner=False)
def unguarded_training(rate: float, dtype: str) -> UnguardedRun:
    """Train the tutorial's samples by the tutorial's formulas: once in a server's life."""
    return train_unguarded(tutorial(rate, dtype))


def tutorial(rate: float, dtype: str) -> Experiment:
    """Give the tutorial's experiment at another learning rate."""
    return Experiment.tutorial().replace(learning_rate=rate, dtype=dtype, epochs=EPOCHS)


@st.fragment
def training(choice: Choice) -> None:
    """Train the tutorial's samples by all three, and show how far each of them comes."""
    st.subheader("The tutorial’s own data", anchor=False)
    key, rate = session.standing("break_rate", choice.rate)

    def keep() -> None:
        chosen = session.widget(key)
        choice.rate = chosen if isinstance(chosen, float) else choice.rate

    text, chart = st.columns([2, 3], gap="medium")
    epochs = np.arange(1.0, EPOCHS + 1)
    guarded: dict[str, Curve] = {}
    with text:
        options = sorted({*RATES, choice.rate})
        st.select_slider("Learning rate", options, rate, format_func=format_number, key=key, on_change=keep)
        experiment = tutorial(choice.rate, choice.dtype)
        unguarded = unguarded_training(choice.rate, choice.dtype)
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
        show.show(trainings(drawn, None if unguarded.death is None else (lived, ended)), key="break_training")
    st.caption(
        f"The tutorial’s samples and initial weights (seed 42), {EPOCHS} epochs in {choice.dtype}. "
        "The unguarded loss is clipped to 100 an entry, as in the tutorial."
    )
    write_address(choice)


choice = opened()
st.header("Where it breaks", anchor=False)
for notice in session.notices():
    st.warning(escape_markdown(notice))
formulas(choice, choice.dtype)
training(choice)
write_address(choice)
share.share()
