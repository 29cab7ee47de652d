"""Which step is shown: one epoch and one sample, the same on every page that looks at single steps.

The position is shared with the playground. Position k ≥ 1 shows the epoch that ended there, "Epoch k"; position 0
shows the first epoch, too, because nothing was trained before it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from classifier import Experiment, Run, Step
from pages.shared.address.query import Params
from pages.shared.run.runs import shared_run
from pages.shared.session import session
from pages.shared.text.quoting import escape_markdown, quoted
from pages.shared.text.typed_numbers import parse_whole_number

__all__ = ["address", "chosen", "go", "last_epoch", "open_address", "picker", "read_number", "replay", "write_address"]

# More samples than this are chosen by number: their buttons would not fit beside the slider.
_BUTTONS = 10
# What a visitor waits without a word, and between two words.
_TRAIN_S = 0.3


def open_address(page: str, extra: Sequence[str] = ()) -> dict[str, list[str]]:
    """Take from the address what it asks for, the sample included. Call it first on the page.

    Parameters
    ----------
    page : str
        Name of the page, constant.
    extra : sequence of str
        Further query parameters that the page reads itself, with `read_number` for example.

    Returns
    -------
    dict of str to list of str
        Those of ``extra`` that are news; see `session.open_address`.
    """
    news = session.open_address(page, extra=("sample", *extra))
    sample = read_number(news, "sample", session.experiment().samples, "the samples of this experiment")
    if sample is not None:
        session.set_sample(sample - 1)
    return {key: values for key, values in news.items() if key in extra}


def write_address(**own: str | None) -> None:
    """Write experiment, position and sample to the address, if they are not there. Call it last on the page."""
    position = session.position()
    session.write_address(position=str(position) if position else None, sample=_sample_param(), **own)


def address(**own: str) -> Params:
    """Give the whole address of a page that shows steps, for a link to it, with the page's own parameters."""
    sample = _sample_param()
    return {**session.address(), **({"sample": sample} if sample else {}), **own}


def _sample_param() -> str | None:
    sample = session.sample()
    return str(sample + 1) if sample else None


def read_number(news: Mapping[str, Sequence[str]], key: str, highest: int, what: str) -> int | None:
    """Read a number from 1 on out of the address; what is no such number is ignored with a notice.

    Parameters
    ----------
    news : mapping
        As `session.open_address` gives it.
    key : str
        Name of the parameter.
    highest : int
    what : str
        What is counted, for the notice.

    Returns
    -------
    int or None
        1 if the address was opened and does not say; None if there is no news.
    """
    if key not in news:
        return None
    values = news[key]
    if not values:
        return 1
    try:
        if len(values) > 1:
            raise ValueError(f"it stands there {len(values)} times.")
        number = parse_whole_number(values[0])
        if not 1 <= number <= highest:
            raise ValueError(f"{quoted(values[0])} is not between 1 and {highest}, {what}.")
    except ValueError as error:
        session.add_notice(f"{quoted(key)} in the address is ignored: {error}")
        return 1
    return number


def last_epoch(experiment: Experiment) -> int:
    """Give the index of the last epoch that can be shown: 0 for an experiment of no epochs, see `picker`."""
    return max(experiment.epochs, 1) - 1


def chosen(experiment: Experiment) -> tuple[int, int]:
    """Give the indices of the epoch and the sample shown, each from 0."""
    epoch = min(max(session.position() - 1, 0), last_epoch(experiment))
    return epoch, min(session.sample(), experiment.samples - 1)


def go(epoch: int, sample: int) -> None:
    """Show another step; indices from 0. Within its epoch the position stays: 0 is not taken for 1."""
    if epoch != chosen(session.experiment())[0]:
        session.set_position(epoch + 1)
    session.set_sample(sample)


def replay(experiment: Experiment, epoch: int, sample: int) -> Step:
    """Give every number of a step, trained as far as needed; says so if that takes its time.

    An experiment of no epochs shows the step that a first epoch would take.
    """
    run = shared_run(experiment if experiment.epochs else experiment.replace(epochs=1))
    said = None
    while run.position <= epoch and not run.done:
        run.advance(max_epochs=epoch + 1 - run.position, budget_s=_TRAIN_S)
        if run.position <= epoch and not run.done:
            said = said or st.empty()
            # Drawing something also lets Streamlit end this run when the visitor wants something else.
            said.progress(run.position / (epoch + 1), f"Training: epoch {run.position} of {epoch + 1}")
    if said is not None:
        said.empty()
    return _reached(run, epoch, sample)


def _reached(run: Run, epoch: int, sample: int) -> Step:
    if run.divergence is not None and epoch >= run.position:
        st.warning(f"The run stopped in epoch {run.position + 1}: a number left the range of {run.experiment.dtype}.")
        epoch = run.position - 1
    return run.step(epoch, sample)


def picker(experiment: Experiment) -> Step:
    """Draw the controls for epoch and sample, and give the step they choose.

    What the visitor must be told about the address is said above them.
    """
    for notice in session.notices():
        st.warning(escape_markdown(notice))
    epoch, sample = chosen(experiment)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", width="content"):
        _epoch(experiment, epoch + 1)
        _sample(experiment, sample + 1)
    if experiment.epochs == 0:
        st.caption("This experiment has 0 epochs: shown is the step that a first epoch would take.")
    return replay(experiment, epoch, sample)


def _epoch(experiment: Experiment, epoch: int) -> None:
    epochs = experiment.epochs
    if epochs < 2:
        return
    key, start = session.standing(f"step_epoch_{epochs}", epoch)
    label = f"Epoch {epoch} of {epochs}"
    st.slider(label, 1, epochs, start, key=key, on_change=_pick_epoch, args=(key,), width=180)
    key, start = session.standing(f"step_exact_epoch_{epochs}", epoch)
    st.number_input(
        "Exact epoch",
        *(1, epochs, start),
        key=key,
        on_change=_pick_epoch,
        args=(key,),
        width=120,
        label_visibility="collapsed",
    )


def _sample(experiment: Experiment, sample: int) -> None:
    samples = experiment.samples
    if samples < 2:
        return
    key, start = session.standing(f"step_sample_{samples}", sample)
    label = f"Sample {sample} of {samples}"
    if samples <= _BUTTONS:
        st.segmented_control(
            label, range(1, samples + 1), default=start, required=True, key=key, on_change=_pick_sample, args=(key,)
        )
    else:
        st.number_input(label, 1, samples, start, key=key, on_change=_pick_sample, args=(key,), width=150)


def _pick_epoch(key: str) -> None:
    session.set_position(session.widget(key))


def _pick_sample(key: str) -> None:
    sample = session.widget(key)
    if isinstance(sample, int):
        session.set_sample(sample - 1)
