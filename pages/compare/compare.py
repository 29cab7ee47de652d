"""Compare: several experiments that differ in one thing, trained in lock-step and played together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import streamlit as st

from classifier import Experiment, Sweep
from pages.compare import charts, members
from pages.compare.frames import frames, frames_per_chunk
from pages.compare.members import KINDS, Member
from pages.compare.table import OUTCOMES, default_goal, rows
from pages.shared.charts import palette
from pages.shared.charts.chart import bindings, figures
from pages.shared.run import runs
from pages.shared.session import choices, session
from pages.shared.share import share
from pages.shared.text.messages import LAST_GOOD, problem
from pages.shared.text.quoting import escape_markdown
from pages.shared.text.typed_numbers import format_number, parse_number
from pages.stage import Binding, Readout, View, stage

PAGE: Final = "compare"
STAGE: Final = "compare_stage"
VIEWS: Final = ("loss.linear",)
OPEN: Final = ":material/arrow_forward:"

# The browser waits for an answer: it gets what has been trained after this long, and asks again.
TRAIN_S: Final = 0.25
# What of the window the player leaves to the table, at most: it keeps its own smallest height in any case.
TABLE_ROW_PX, TABLE_PX = 38, 260

READOUTS: Final = (
    Readout("lowest running loss", "lowest", first=1, spoken="lowest loss"),
    Readout("highest running loss", "highest", first=1, spoken="highest loss"),
)


@dataclass
class Choice:
    """What the visitor chose, kept when another page is looked at: texts as typed, and the last good ones."""

    kind: str = "lr"
    typed: dict[str, str] = field(default_factory=dict)  # by kind; a kind that was not touched has its default
    good: dict[str, str] = field(default_factory=dict)
    goal: str = ""  # empty for the default

    def text(self, base: Experiment) -> str:
        """Give what stands in the field of the values."""
        return self.typed.get(self.kind, KINDS[self.kind].default(base))


@dataclass(frozen=True)
class Shown:
    """What is compared, and the text that says so."""

    text: str
    members: tuple[Member, ...]


@dataclass
class Sent:
    """What the player of this visitor was last told: which runs, and the answer to which question."""

    run: str = ""
    question: int = 0


def opened() -> Choice:
    """Take the experiment and the page's own choices from the address."""
    choice = session.kept(PAGE, Choice)
    news = session.open_address(PAGE, extra=("vary", "values", "reach", "view"))
    choices.read(news, "view", VIEWS, "")  # the player reads it
    kind = choices.read(news, "vary", tuple(KINDS), "lr")
    choice.kind = choice.kind if kind is None else kind
    for key, keep in (("values", keep_values), ("reach", keep_goal)):
        if key not in news:
            continue
        try:
            if len(news[key]) > 1:
                raise ValueError(f"it stands there {len(news[key])} times.")
            keep(choice, news[key][0] if news[key] else None)
        except ValueError as error:
            keep(choice, None)
            session.add_notice(f'"{key}" in the address is ignored: {error}')
    return choice


def keep_values(choice: Choice, text: str | None) -> None:
    """Keep the values of an address; None is the default."""
    if text is None:
        choice.typed.pop(choice.kind, None)
        return
    shown = members.from_address(text[: members.MAX_TEXT + 1])
    members.read_members(choice.kind, shown, session.experiment())
    choice.typed[choice.kind] = shown


def keep_goal(choice: Choice, text: str | None) -> None:
    """Keep the loss to reach that an address names; None is the default."""
    if text is not None:
        read_goal(text)
    choice.goal = text or ""


def read_goal(text: str) -> float:
    """Read a loss to reach."""
    goal = parse_number(text)
    if goal < 0:
        raise ValueError("A running loss is not below 0.")
    return goal


def controls(choice: Choice, base: Experiment) -> tuple[Shown, float]:
    """Draw what differs, its values and the loss to reach, and give what they mean; the last good ones if nothing."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.header("Compare", anchor=False, width="content")
        key, start = session.standing("compare_vary", choice.kind)

        def keep_kind(key: str = key) -> None:
            choice.kind = str(session.widget(key))

        st.segmented_control(
            "What differs",
            tuple(KINDS),
            default=start,
            required=True,
            format_func=lambda name: KINDS[name].label,
            key=key,
            on_change=keep_kind,
        )
        key, start = session.standing(f"compare_values_{choice.kind}", choice.text(base))

        def keep_typed(key: str = key, kind: str = choice.kind) -> None:
            choice.typed[kind] = str(session.widget(key))

        st.text_input(
            "Values",
            start,
            key=key,
            on_change=keep_typed,
            width=240,
            help=KINDS[choice.kind].hint,
        )
        key, start = session.standing("compare_goal", choice.goal or format_number(default_goal(base)))

        def keep_reach(key: str = key) -> None:
            choice.goal = str(session.widget(key))

        st.text_input("Loss to reach", start, key=key, on_change=keep_reach, width=120)
    return chosen(choice, base), goal_of(choice, base)


def chosen(choice: Choice, base: Experiment) -> Shown:
    """Give the experiments to compare. What is wrong is said; then those of the last good values are compared."""
    typed = choice.text(base)
    try:
        found = Shown(typed, members.read_members(choice.kind, typed, base))
    except ValueError as error:
        show_problem(str(error))
    else:
        choice.good[choice.kind] = typed
        return found
    try:
        good = choice.good[choice.kind]
        return Shown(good, members.read_members(choice.kind, good, base))
    except (KeyError, ValueError):  # nothing was good yet, or it was for another experiment
        usual = KINDS[choice.kind].default(base)
        return Shown(usual, members.read_members(choice.kind, usual, base))


def goal_of(choice: Choice, base: Experiment) -> float:
    """Give the loss to reach; the default while something is wrong with it."""
    try:
        return read_goal(choice.goal) if choice.goal.strip() else default_goal(base)
    except ValueError as error:
        show_problem(f"Loss to reach: {error}", "The table counts to the usual one.")
        return default_goal(base)


def show_problem(text: str, instead: str = LAST_GOOD) -> None:
    """Say what is wrong with the controls, and what is shown instead."""
    st.markdown(problem(text, instead))


def moved() -> None:
    """Keep the position at which the browser stands."""
    view = View.read(session.widget(STAGE))
    if view.jump == session.openings():
        session.set_position(view.position)


def player(kind: str, base: Experiment, shown: tuple[Member, ...]) -> Sweep:
    """Train as far as the browser asks, and hand it what it lacks; see the playground's."""
    view, sent = View.read(session.widget(STAGE)), session.kept(STAGE, Sent)
    experiments = [member.experiment for member in shown]
    name, sweep = runs.identity(*experiments), runs.shared_sweep(experiments)
    more = sent.run != name or view.question not in (0, sent.question)
    start = view.have if view.run == name else 0
    stop = start + frames_per_chunk(base, len(shown)) if more else start
    if len(sweep.histories[0]) < stop:
        sweep.advance(budget_s=TRAIN_S)
    # In this order: another visitor's rerun may train the same sweep to its end in between.
    done, histories = sweep.done, sweep.histories
    chunks = [history[start:stop] for history in histories]
    names = [member.name for member in shown]
    shown_charts = charts.build(charts.Comparison(base, names, KINDS[kind].short, histories))
    left_out = KINDS[kind].left_out(base)
    stage(
        STAGE,
        run=name,
        total=base.epochs,
        positions=sweep.positions.astype(np.int32),
        end=len(histories[0]) - 1 if done else None,
        start=start,
        frames=frames(chunks) if len(chunks[0]) else {},
        figures=figures(shown_charts) if more else None,
        bindings=[Binding(**binding) for binding in bindings(shown_charts)],
        readouts=READOUTS,
        position=session.position(),
        jump=session.openings(),
        answer=view.question,
        dark=palette.DARK,
        notes=[*session.notices(), *([left_out] if left_out else [])],
        below=min(TABLE_PX, TABLE_ROW_PX * (len(shown) + 2)),
        on_view=moved,
    )
    sent.run, sent.question = name, view.question
    return sweep


def table(kind: str, shown: tuple[Member, ...], sweep: Sweep, goal: float) -> None:
    """Say what became of each, and lead to it."""
    done, histories = sweep.done, sweep.histories
    became = rows([m.name for m in shown], [m.experiment for m in shown], histories, goal, done=done)
    columns = {
        KINDS[kind].label: [row.name for row in became],
        "Final running loss" if done else f"Running loss, epoch {histories[0].position[-1]}": [
            row.loss for row in became
        ],
        "Accuracy": [row.accuracy for row in became],
        f"Epochs to a loss of {format_number(goal)}": [row.epochs for row in became],
        "Outcome": [row.outcome for row in became],
    }
    cells = {escape_markdown(name): [escape_markdown(text) for text in texts] for name, texts in columns.items()}
    st.table(cells, border="horizontal", hide_index=True, alt="What became of each experiment")
    if not done:
        st.caption("So far. The player trains on as it plays; “To end” trains all epochs.")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown("Open in the playground:", width="content")
        for number, member in enumerate(shown):
            label, params = f"{KINDS[kind].short} {member.name}".strip(), session.address_of(member.experiment)
            if params and params.keys() - {"position"}:
                st.page_link("playground/playground.py", label=label, icon=OPEN, query_params=params, width="content")
            # For the tutorial there is only the button: a link that names nothing keeps the present experiment.
            elif st.button(label, icon=OPEN, key=f"compare_open_{number}", type="tertiary"):
                session.open_experiment(member.experiment, session.position())
                st.switch_page("playground/playground.py", query_params=session.address())
    with st.expander("What the outcomes mean"):
        st.markdown("\n".join(f"- **{word}**: {escape_markdown(meaning)}" for word, meaning in OUTCOMES.items()))


def write_address(choice: Choice, base: Experiment, shown: Shown, goal: float) -> None:
    """Write to the address what is not as the page begins."""
    usual = KINDS[choice.kind].default(base)
    view = st.query_params.get("view")
    session.write_address(
        vary=None if choice.kind == "lr" else choice.kind,
        values=None if shown.text == usual else members.to_address(choice.kind, shown.text, shown.members),
        reach=None if goal == default_goal(base) else format_number(goal),
        view=view if view in VIEWS else None,
    )


choice = opened()
base = session.experiment()
shown, goal = controls(choice, base)
sweep = player(choice.kind, base, shown.members)
table(choice.kind, shown.members, sweep, goal)
write_address(choice, base, shown, goal)
share.share()
