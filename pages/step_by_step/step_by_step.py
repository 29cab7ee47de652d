"""One step, phase by phase: the graph with its values, each formula with its numbers, the outer product by cells."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

import streamlit as st

from classifier import Experiment, ExperimentError
from classifier.insight.practise.problems import one_step
from pages.frame import frame
from pages.shared.address.parameters import SAMPLE, Own, flag
from pages.shared.charts.chart import Chart
from pages.shared.run import runs, steps, still
from pages.shared.run.revealed import is_revealed, place_name, reveal
from pages.shared.run.steps import LAYER, LEVEL, PHASE, PREDICT, SHOW, STEP, last_phase, layer_count
from pages.shared.session import links, state, unseen, widgets
from pages.shared.text.messages import problem
from pages.shared.text.names import column_names, row_names
from pages.shared.text.shown_numbers import number
from pages.step_by_step.cell import CELL, in_address, layer_of, read_cell
from pages.step_by_step.charts.changes import changes
from pages.step_by_step.charts.outer_product import outer_product, passed_down
from pages.step_by_step.formulas.backward import cell_product, cell_update, unit_sum
from pages.step_by_step.formulas.order import Kind, order
from pages.step_by_step.formulas.phases import entry, note, phases_of, shape
from pages.step_by_step.formulas.shown_step import ShownStep
from pages.step_by_step.graph import graph
from pages.step_by_step.progress import Progress, Spot, Visit, after, before

PAGE = "step_by_step"
ALL = flag("all")  # the phases from the first to the last, as "Show all" does
REVEALED = flag("revealed")  # the result is shown, though it was to be predicted first
# Rows and columns of "Who moved what" that stay readable on a projector.
_ROWS, _COLUMNS = 12, 24
# The level that practises a phase; the others lead to ∂L/∂z, of the last layer or below it.
_LEVELS: Final[Mapping[Kind, int]] = {"z": 1, "output": 1, "loss": 1, "gradient": 3, "update": 4}
OWN = (SAMPLE, PHASE, PREDICT, LAYER, CELL, ALL, REVEALED)


def progress() -> Progress:
    """Give where this visitor stands within the step."""
    return state.kept("progress", Progress)


def place() -> Spot:
    """Give epoch, sample and phase shown."""
    return *steps.chosen(state.experiment()), progress().phase


def neighbours(experiment: Experiment) -> tuple[Spot | None, Spot | None]:
    """Give the places that Back and Next lead to."""
    samples, last = experiment.samples, last_phase(experiment)
    return before(place(), samples, last), after(place(), samples, max(experiment.epochs, 1), last)


def visit() -> Visit:
    """Give the place shown, with what else Back must restore."""
    return Visit(runs.identity(state.experiment()), state.position(), place(), progress().in_order)


def go(target: Spot, *, in_order: bool = False) -> None:
    """Show another place."""
    steps.go(*target[:2])
    progress().go(target[2], in_order=in_order)


def waits(run: str, at: Spot) -> bool:
    """Tell whether the result of the phase reached waits for a guess. A result revealed to the class does not."""
    return progress().hidden(run, at) and not is_revealed(place_name(run, *at))


def go_forth() -> None:
    """Follow Next."""
    left, (_, target) = visit(), neighbours(state.experiment())
    # Checked again: a browser that has not drawn the last change yet may show Next as enabled.
    if target is not None and not waits(left.run, left.place):
        go(target)
        progress().went(left, visit())


def go_back() -> None:
    """Undo Next where it led here; else show the place before."""
    left, (target, _) = progress().way_back(visit()), neighbours(state.experiment())
    if left is not None:
        go(left.place, in_order=left.in_order)
        state.set_position(left.position)
    elif target is not None:
        go(target)


def predict(key: str) -> None:
    """Hide results until they were guessed, or no longer."""
    progress().predicting = widgets.widget(key) is True


def buttons(experiment: Experiment, shown: ShownStep, hidden: bool) -> None:
    """Draw what leads from phase to phase."""
    mine, (back, forth) = progress(), neighbours(experiment)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", width="content"):
        st.button("Back", shortcut="B", disabled=back is None, on_click=go_back, key="step_back")
        st.button(
            "Next",
            shortcut="N",
            type="primary",
            disabled=forth is None or hidden,
            on_click=go_forth,
            key="step_next",
        )
        st.button(
            "Show all",
            shortcut="A",
            on_click=mine.go,
            args=(last_phase(experiment),),
            kwargs={"in_order": True},
            key="step_show_all",
        )
        key = widgets.standing("step_predict", mine.predicting)
        st.toggle("Predict first", mine.predicting, key=key, on_change=widgets.choice(key, predict, key))
        if not shown.is_small:
            choose("Output", row_names(experiment, shown.layer), shown.cell[0], "output")


def practise(experiment: Experiment, shown: ShownStep) -> None:
    """Lead to this step as a problem, at the level of the phase shown."""
    kind, layer = order(shown.symbols.layers)[progress().phase - 1]
    is_last = layer == len(experiment.hidden)
    level = _LEVELS.get(kind, 2 if is_last else 5) if is_last or kind != "gradient" else 6
    try:
        step = STEP.write(one_step(shown.step, experiment))
    except ExperimentError:  # its weights are beyond those that a run may begin with
        return
    if 0 < len(step) < links.SAFE_LINK // 2:
        own = {STEP.key: step} if level == LEVEL.default else {LEVEL.key: str(level), STEP.key: step}
        there = {**links.to_page(("seed",)), **own}
        st.page_link("practise/practise.py", label="Practise this step", icon=":material/edit:", query_params=there)


def choose(label: str, names: Sequence[str], at: int, which: str) -> None:
    """Draw a choice of an output or of a column of W."""
    key = widgets.standing(f"step_{which}_{len(names)}", at)
    st.selectbox(
        label,
        list(range(len(names))),
        at,
        format_func=lambda index: (
            f"{index + 1} · {names[index]}" if index < len(names) - (which == "column") else names[-1]
        ),
        key=key,
        on_change=widgets.choice(key, lambda: progress().look(**{which: widgets.widget(key)})),
        width=170,
    )


def phase_block(index: int, shown: ShownStep, *, hidden: bool = False) -> None:
    """Draw one phase: formula, formula with numbers, result, and what it says."""
    phase = phases_of(shown)[index - 1]
    with st.container(gap=None, key=f"step_phase_{index}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"### {index} · {phase.title}", width="content")
            is_last = phase.layer == shown.symbols.layers - 1
            there = steps.link((SHOW, phase.code), *([] if is_last else [(LAYER, phase.layer + 1)]))
            st.page_link("source_code/source_code.py", label=phase.code, icon=":material/code:", query_params=there)
            if index == progress().phase:
                practise(state.experiment(), shown)
            st.markdown(phase.says, width="content")
        st.latex(phase.formula, width="content")
        for at in phase.shown(shown):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.latex(phase.numbers(at), width="content")
                if not hidden:
                    st.latex(phase.result(at), width="content")
        said = note(index, shown)
        if said:
            st.caption(said)
        if phase.kind == "loss_wrt_z" and is_last and not hidden:
            st.caption(f"This run takes the {state.experiment().route} route.")


def guess_field(index: int, shown: ShownStep, run: str, at: Spot) -> None:
    """Ask for a guess of one entry of the result."""
    mine, (name, _) = progress(), entry(index, shown)
    key = f"step_guess_{'_'.join(map(str, (*at, *shown.cell)))}"
    label = f"Your guess for {name}"
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input(
            label,
            placeholder="then Next goes on",
            key=key,
            on_change=lambda: mine.guess(run, at, widgets.typed(key)),
            width=220,
        )
        # For a teacher whose class guesses, too.
        st.button("Show without a guess", key="step_show", on_click=reveal, args=(place_name(run, *at),))
    if mine.problem:
        st.markdown(problem(mine.problem))
    frame.announce((label,), {label: mine.problem})


def guessed(index: int, shown: ShownStep, run: str, at: Spot) -> None:
    """Show a guess beside the value that it was for."""
    guess = progress().guesses.get((run, at))
    if guess is not None:
        name, value = entry(index, replace(shown, cell=guess.cell))
        st.markdown(
            f"{name}: your guess **{number(guess.value)}**, the value **{number(value)}**, "
            f"difference {number(guess.value - value)}"
        )


def one_layer(own: Own) -> None:
    """Draw the choice of the layer whose cells are shown with the update, where there are several."""
    if layer_count(own) > 1:
        layers = range(1, layer_count(own) + 1)
        kept = widgets.choosing(own, LAYER, len(layers))
        st.segmented_control("Layer", layers, default=own[LAYER], required=True, **kept)


def one_cell(experiment: Experiment, shown: ShownStep, *, updated: bool) -> None:
    """Show how the chosen cell's gradient is formed, and what it does to its weight."""
    # For a large network the phase itself shows the chosen cell.
    if updated and shown.is_small:
        st.latex(cell_update(shown, solved=True), width="content")
    if updated or shown.is_small:
        st.latex(cell_product(shown, solved=True), width="content")
    with st.container(horizontal=True, gap="small"):
        if shown.is_small:
            choose("Output", row_names(experiment, shown.layer), shown.cell[0], "output")
        choose("Input", column_names(experiment, shown.layer), shown.cell[1], "column")


def one_unit(experiment: Experiment, shown: ShownStep) -> None:
    """Show the sum that comes down to the chosen unit."""
    st.latex(unit_sum(shown, solved=True), width="content")
    if shown.is_small:
        choose("Unit", row_names(experiment, shown.layer), shown.cell[0], "output")


def moves(experiment: Experiment, shown: ShownStep) -> Chart:
    """Chart each sample's change of each weight of a layer in this epoch: of many weights, those of one output."""
    step = shown.step
    outputs = range(len(shown.before)) if shown.before.size <= _COLUMNS else [shown.cell[0]]
    taken = [steps.replay(experiment, step.epoch, sample) for sample in rows_beside(experiment, step.sample)]
    return changes(experiment, taken, step.sample, outputs, shown.layer)


def rows_beside(experiment: Experiment, sample: int) -> range:
    """Give the samples that are shown together with one."""
    first = max(0, min(sample - _ROWS // 2, experiment.samples - _ROWS))
    return range(first, min(first + _ROWS, experiment.samples))


def pick(layer: int, chart: str, column: int, row: int) -> None:
    """Choose the cell that was pressed in a product of a layer, or go to the step of a row. It may not exist."""
    experiment = state.experiment()
    epoch, sample, _ = place()
    rows, sizes = rows_beside(experiment, sample), experiment.sizes
    if chart.startswith("changes") and row < len(rows):
        steps.go(epoch, rows[row])
    elif chart == "outer_product" and row < sizes[layer + 1] and column <= sizes[layer]:
        progress().look(row, column)
    elif chart == "passed_down" and column < sizes[layer + 1]:
        progress().look(column)


def newest(index: int, own: Own, shown: ShownStep, *, hidden: bool) -> None:
    """Draw the phase just reached, and what can be chosen in it."""
    experiment = own.experiment
    run, at, phase = runs.identity(experiment), place(), phases_of(shown)[index - 1]
    down = phase.kind == "loss_wrt_output" and not shown.symbols.is_last
    updates = phase.kind == "update"
    # A chart stands beside its phase. The update has two matrices, which need the whole width.
    beside = st.columns([5, 4], gap="medium") if (phase.kind == "gradient" or down) and not hidden else None
    with beside[0] if beside else st.container():
        phase_block(index, shown, hidden=hidden)
        (guess_field if hidden else guessed)(index, shown, run, at)
    if beside or updates:
        chart, details = (beside[1], beside[1]) if beside else st.columns([3, 2], gap="medium")
        with chart:
            product = (
                passed_down(experiment, shown.step, shown.cell[0], shown.layer)
                if down
                else outer_product(experiment, shown.step, shown.cell, shown.layer)
            )
            still.show(f"step_{'passed_down' if down else 'outer_product'}", [product], partial(pick, shown.layer))
        with details:
            if updates:
                one_layer(own)
            if down:
                one_unit(experiment, shown)
            else:
                one_cell(experiment, shown, updated=updates and not hidden)
    if updates and not hidden and not unseen.curtain("Who moved what is"):
        still.show("step_moves", [moves(experiment, layer) for layer in phase.shown(shown)], partial(pick, 0))
        st.caption("Click a row to go to that step. Its numbers appear where the pointer rests.")


def question(shown: ShownStep, phase: int) -> Mapping[str, object] | None:
    """Give the question that a class can be asked in Predict first: an entry of a phase that is not shown yet."""
    if phase > len(phases_of(shown)):
        return None
    # Of the update, the last layer is shown first.
    shown = shown.at(shown.layer if phase == progress().phase else phases_of(shown)[phase - 1].layer)
    (name, right), title = entry(phase, shown), phases_of(shown)[phase - 1].title
    text = f"{title}: what is {name}? Epoch {shown.step.epoch + 1}, sample {shown.step.sample + 1}."
    at = place_name(runs.identity(state.experiment()), shown.step.epoch, shown.step.sample, phase)
    return {"kind": "number", "text": text, "right": right, "at": at} if math.isfinite(right) else None


with frame.page(PAGE, OWN) as own:
    experiment = state.experiment()
    mine = progress()
    if own.is_news(PHASE):
        mine.go(own[PHASE], in_order=own.is_news(ALL) and own[ALL])
    if own.is_news(PREDICT):
        mine.predicting = own[PREDICT]
    if own.is_news(CELL):
        mine.cell = read_cell(own[CELL], own)
    if own.is_news(REVEALED) and own[REVEALED]:
        reveal(place_name(runs.identity(experiment), *place()))
    last = last_phase(experiment)
    own[PHASE] = mine.phase = min(mine.phase, last)
    own[LAYER] = min(own[LAYER], layer_count(own)) if mine.phase == last else layer_count(own)

    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="heading_row"):
        st.header("Step by step", anchor=False, width="content")
        step = steps.picker(experiment)
        shown = ShownStep(step, mine.cell, activation=experiment.activation).at(layer_of(own))
        hidden = waits(runs.identity(experiment), place())
        buttons(experiment, shown, hidden)

    name, value = entry(mine.phase, shown)
    result = "Its result waits for a guess." if hidden else f"{name} is {number(value)}."
    frame.offer(
        spoken=f"Epoch {step.epoch + 1}, sample {step.sample + 1}, phase {mine.phase} of {last}: "
        f"{phases_of(shown)[mine.phase - 1].title}. Shape {shape(mine.phase, shown)}. {result}"
    )
    st.html(graph(experiment, shown, mine.phase - hidden, mine.phase))
    for index in range(1, last + 1) if mine.in_order else range(last, 0, -1):
        # A phase not reached gets an empty container, so that the others keep their places and are not drawn anew.
        with st.container():
            if index < mine.phase:
                phase_block(index, shown)
            elif index == mine.phase:
                newest(index, own, shown, hidden=hidden)
    st.caption("Numbers are rounded to six significant digits; the run itself rounds to its own precision only.")
    own[PREDICT] = mine.predicting
    own[CELL] = in_address(shown.cell, experiment.sizes[shown.layer])
    own[ALL], own[REVEALED] = mine.in_order, mine.predicting and not mine.in_order and not hidden
    frame.offer(
        question=question(replace(shown, cell=mine.cell), mine.phase + (not hidden)) if mine.predicting else None
    )
