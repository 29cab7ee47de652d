"""Which step is shown: one epoch and one sample, the same on every page that looks at single steps.

The position is shared with the playground. Position k ≥ 1 shows the epoch that ended there, "Epoch k"; position 0
shows the first epoch, too, because nothing was trained before it.
"""

from dataclasses import replace
from inspect import isfunction
from typing import Any, Final

import streamlit as st

from classifier import BinaryCrossEntropyLoss, Experiment, Linear, Network, ReLU, Run, Sigmoid, Step, Tanh
from classifier.insight.practise.problems import LEVELS
from pages.shared.address.parameters import SAMPLE, Own, PageParameter, count, flag, one_of
from pages.shared.address.reading import read_run
from pages.shared.address.writing import Params, write_pin
from pages.shared.run import runs
from pages.shared.run.duration import duration
from pages.shared.session import leaving, links, state, widgets

# More samples than this are chosen by number: their buttons would not fit beside the slider.
_BUTTONS = 10
# Seconds until a visitor is shown the progress, and from one picture of it to the next.
_TRAIN_S = 0.3

FUNCTION_NAMES: Final = tuple(
    function.__qualname__
    # The tutorial has the loss first, then the layers, then the network.
    for owner in (BinaryCrossEntropyLoss, Linear, Sigmoid, Tanh, ReLU, Network)
    for name, function in vars(owner).items()
    # An alias is told of where its function is; a copy computes nothing.
    if isfunction(function) and name == function.__name__ != "copy"
)
"""The functions of the graph as an address names them, in the tutorial's order."""


def last_phase(experiment: Experiment) -> int:
    """Give the last phase of a step, counted from 1: six for each layer, and the loss and the update."""
    return 6 * (len(experiment.hidden) + 1) + 2


def phase_in(phase: int, layer: int, layers: int) -> int:
    """Give the phase in which a layer, counted from 0, does what a network of one layer does in a phase.

    Examples
    --------
    >>> [phase_in(phase, 0, 1) for phase in range(1, 9)], [phase_in(phase, 0, 2) for phase in range(1, 9)]
    ([1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 5, 10, 11, 12, 13, 14])
    """
    if phase < 3:
        return 2 * layer + phase
    if phase == 3:
        return 2 * layers + 1
    return 2 * layers + 1 + 4 * (layers - 1 - layer) + phase - 3 if phase < 8 else 6 * layers + 2


def layer_count(own: Own) -> int:
    """Give the number of layers."""
    return len(own.experiment.hidden) + 1


# Each belongs to one page, and is here because links on another page name it.
PHASE: Final = count("phase", lambda own: last_phase(own.experiment), "the phases of a step")
PREDICT: Final = flag("predict")
LAYER: Final = replace(count("layer", layer_count, "the layers of this network"), default=layer_count)
_NAMED: Final = one_of("show", FUNCTION_NAMES, FUNCTION_NAMES[0])
# Older links name the network by its class of one layer.
SHOW: Final = replace(_NAMED, read=lambda text, own: _NAMED.read(text.replace("LinearClassifier.", "Network."), own))
LEVEL: Final = one_of("level", tuple(LEVELS), 1)


def _read_step(text: str, _: Own) -> Experiment:
    """Read a step to practise."""
    found = read_run(text, "step")
    if found.samples != 1 or found.initial is None:
        raise ValueError("a step has one sample, and its weights are given.")
    return found


STEP: Final = PageParameter[Experiment | None]("step", None, _read_step, lambda found: write_pin(found) or "")


def link(*own: tuple[PageParameter[Any], Any]) -> Params:
    """Give the address of another page that shows steps, with parameters of its own and what they shall be."""
    sample = state.sample()
    said = [*([(SAMPLE, sample + 1)] if sample else []), *own]
    return {**links.to_page(), **{parameter.key: parameter.write(value) for parameter, value in said}}


def chosen(experiment: Experiment) -> tuple[int, int]:
    """Give the indices of the epoch and the sample shown, each from 0."""
    # Of an experiment of no epochs the first one is shown, see `picker`.
    epoch = min(max(state.position() - 1, 0), max(experiment.epochs - 1, 0))
    return epoch, min(state.sample(), experiment.samples - 1)


def go(epoch: int, sample: int) -> None:
    """Show another step; indices from 0. Within the same epoch the position stays, so that 0 does not become 1."""
    if epoch != chosen(state.experiment())[0]:
        state.set_position(epoch + 1)
    state.set_sample(sample)


def replay(experiment: Experiment, epoch: int, sample: int) -> Step:
    """Give every number of a step, trained as far as needed; shows the progress if that takes long.

    An experiment of no epochs shows the step that a first epoch would take.
    """
    run = runs.shared_run(experiment if experiment.epochs else experiment.replace(epochs=1))
    said = None
    while run.position <= epoch and not run.done:
        runs.train(run, epoch + 1 - run.position, _TRAIN_S)
        if run.position <= epoch and not run.done:
            leaving.follow()  # whoever leaves waits for no training
            said = said or st.empty()
            # Drawing something also lets Streamlit end this run when the visitor wants something else.
            takes = duration(run)
            whole = f". All {run.total} take {takes}" if takes else ""
            said.progress(run.position / (epoch + 1), f"Training: epoch {run.position} of {epoch + 1}{whole}")
    if said is not None:
        said.empty()
    return _reached(run, epoch, sample)


def _reached(run: Run, epoch: int, sample: int) -> Step:
    if run.divergence is not None and epoch >= run.position:
        left = "ran away" if run.experiment.hidden else f"left the range of {run.experiment.dtype}"
        st.warning(f"The run stopped in epoch {run.position + 1}: a number {left}.")
        if run.position == 0:
            st.stop()  # no epoch was finished, so there is no step to show
        epoch = run.position - 1
    return runs.step(run, epoch, sample)


def picker(experiment: Experiment) -> Step:
    """Draw the controls for epoch and sample, and give the step they choose."""
    epoch, sample = chosen(experiment)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", width="content", key="step_picker"):
        _epoch(experiment, epoch + 1)
        _sample(experiment, sample + 1)
    if experiment.epochs == 0:
        st.caption("This experiment has 0 epochs: shown is the step that a first epoch would take.")
    return replay(experiment, epoch, sample)


def _epoch(experiment: Experiment, epoch: int) -> None:
    epochs = experiment.epochs
    if epochs < 2:
        return
    kept = widgets.keeping(f"step_epoch_{epochs}", epoch, state.set_position)
    st.slider(f"Epoch {epoch} of {epochs}", 1, epochs, epoch, width=180, **kept)
    kept = widgets.keeping(f"step_exact_epoch_{epochs}", epoch, state.set_position)
    st.number_input("Exact epoch", 1, epochs, epoch, width=120, label_visibility="collapsed", **kept)


def _sample(experiment: Experiment, sample: int) -> None:
    samples = experiment.samples
    if samples < 2:
        return
    kept = widgets.keeping(f"step_sample_{samples}", sample, _pick_sample)
    label = f"Sample {sample} of {samples}"
    if samples <= _BUTTONS:
        st.segmented_control(label, range(1, samples + 1), default=sample, required=True, **kept)
    else:
        st.number_input(label, 1, samples, sample, width=150, **kept)


def _pick_sample(sample: object) -> None:
    if type(sample) is int and sample > 0:
        state.set_sample(sample - 1)
