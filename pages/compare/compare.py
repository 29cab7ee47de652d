"""Compare: several experiments that differ in one thing, trained in lock-step and played together."""

from dataclasses import dataclass, field
from functools import partial
from typing import Final

import streamlit as st

from classifier import Experiment, Sweep
from pages.compare import members, page_file
from pages.compare.members import VARIATIONS, Member
from pages.compare.screen import screen
from pages.compare.table import OUTCOMES, columns, default_goal
from pages.frame import frame
from pages.shared.address.parameters import CLASS, PRESENT, Own, PageParameter, one_of, view
from pages.shared.run import player, runs
from pages.shared.session import address, links, state, unseen, widgets
from pages.shared.text.messages import LAST_GOOD, problem
from pages.shared.text.quoting import escape_markdown
from pages.shared.text.typed_numbers import format_number, parse_number

PAGE: Final = "compare"
STAGE: Final = "compare_stage"
OPEN: Final = ":material/arrow_forward:"
VALUED: Final = "Values"
REACHED: Final = "Loss to reach"
USUAL_GOAL: Final = "The table counts to the usual one."


def read_values(text: str, own: Own) -> str:
    """Read the values of an address, as it holds them."""
    members.read_members(own[VARY], members.from_address(text[: members.MAX_TEXT + 1]), own.experiment)
    return text


def read_goal(text: str) -> float:
    """Read a loss to reach."""
    goal = parse_number(text)
    if goal < 0:
        raise ValueError("A running loss is not below 0.")
    return goal


VARY: Final = one_of("vary", tuple(VARIATIONS), "lr")
VALUES: Final = PageParameter[str | None]("values", None, read_values)
REACH: Final = PageParameter[float | None]("reach", None, lambda text, _: read_goal(text), format_number)
OWN: Final = (VARY, VALUES, REACH, view(("loss.linear",)))


@dataclass
class Choice:
    """What the visitor chose, kept when another page is looked at: texts as typed, and the last good ones."""

    typed: dict[str, str] = field(default_factory=dict)  # by kind; a kind that was not touched has its default
    good: dict[str, str] = field(default_factory=dict)
    goal: str = ""  # empty for the default

    def text(self, kind: str, base: Experiment) -> str:
        """Give what stands in the field of the values."""
        return self.typed.get(kind, VARIATIONS[kind].default(base))


def opened(own: Own) -> Choice:
    """Take the page's own choices from the address."""
    choice = state.kept(PAGE, Choice)
    if own.is_news(VALUES):
        choice.typed.pop(own[VARY], None)
        if (values := own[VALUES]) is not None:
            choice.typed[own[VARY]] = members.from_address(values)
    if own.is_news(REACH):
        reach = own[REACH]
        choice.goal = "" if reach is None else format_number(reach)
    return choice


def controls(own: Own, choice: Choice, base: Experiment) -> tuple[str, tuple[Member, ...], float]:
    """Draw what differs, its values and the loss to reach, and give what they mean; while one is bad, the last good."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="heading_row"):
        st.header("Compare", anchor=False, width="content")
        st.segmented_control(
            "What differs",
            tuple(VARIATIONS),
            default=own[VARY],
            required=True,
            format_func=lambda name: VARIATIONS[name].label,
            **widgets.choosing(own, VARY),
        )
        kind = own[VARY]
        values = choice.text(kind, base)

        def keep_typed(text: object) -> None:
            choice.typed[kind] = text if isinstance(text, str) else choice.text(kind, base)

        kept = widgets.keeping(f"compare_values_{kind}", values, keep_typed)
        st.text_input(VALUED, values, width=240, help=VARIATIONS[kind].hint, **kept)
        reach = choice.goal or format_number(default_goal(base))

        def keep_reach(text: object) -> None:
            choice.goal = text if isinstance(text, str) else choice.goal

        st.text_input(REACHED, reach, width=120, **widgets.keeping("compare_goal", reach, keep_reach))
    (text, shown, wrong), (goal, wrong_goal) = chosen(choice, kind, base), goal_of(choice, base)
    for said, instead in ((wrong, LAST_GOOD), (wrong_goal and f"{REACHED}: {wrong_goal}", USUAL_GOAL)):
        if said:
            st.markdown(problem(said, instead))
    frame.announce((VALUED, REACHED), {VALUED: wrong, REACHED: wrong_goal})
    return text, shown, goal


def chosen(choice: Choice, kind: str, base: Experiment) -> tuple[str, tuple[Member, ...], str]:
    """Give the values to compare, their experiments, and what is wrong: while something is, they are the last good."""
    usual, wrong = VARIATIONS[kind].default(base), ""
    for text in (choice.text(kind, base), choice.good.get(kind, usual)):
        try:
            found = members.read_members(kind, text, base)
        except ValueError as error:
            wrong = wrong or str(error)
            continue
        if not wrong:
            choice.good[kind] = text
        return text, found, wrong
    return usual, members.read_members(kind, usual, base), wrong  # the last good ones were for another experiment


def goal_of(choice: Choice, base: Experiment) -> tuple[float, str]:
    """Give the loss to reach, the default while something is wrong with it, and what is wrong."""
    try:
        return read_goal(choice.goal) if choice.goal.strip() else default_goal(base), ""
    except ValueError as error:
        return default_goal(base), str(error)


def table(kind: str, shown: tuple[Member, ...], sweep: Sweep, goal: float) -> None:
    """Show the table of outcomes, and a link to each experiment."""
    done, became = sweep.done, columns(kind, shown, sweep, goal)
    cells = {escape_markdown(name): [escape_markdown(text) for text in texts] for name, texts in became}
    st.table(cells, border="horizontal", hide_index=True, alt="What became of each experiment")
    if not done:
        st.caption(
            f"So far trained: {sweep.histories[0].position[-1]} epochs, which may be ahead of those shown. "
            "The player trains on as it plays; “To end” trains all."
        )
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="compare_leads"):
        st.markdown("Open in the playground:", width="content")
        for number, member in enumerate(shown):
            label, params = f"{VARIATIONS[kind].short} {member.name}".strip(), links.to_experiment(member.experiment)
            if params and params.keys() - {"position", PRESENT.key, CLASS.key}:
                st.page_link("playground/playground.py", label=label, icon=OPEN, query_params=params, width="content")
            # The tutorial's address is empty, and following an empty one keeps the present experiment: so a button.
            elif st.button(label, icon=OPEN, key=f"leads_compare_{number}", type="tertiary"):
                address.open_experiment(member.experiment, state.position())
                st.switch_page("playground/playground.py", query_params=links.to_page())
    with st.expander("What the outcomes mean"):
        st.markdown("\n".join(f"- **{word}**: {escape_markdown(meaning)}" for word, meaning in OUTCOMES.items()))


with frame.page(PAGE, OWN) as own:
    choice = opened(own)
    base = state.experiment()
    text, shown, goal = controls(own, choice, base)
    sweep = runs.shared_sweep([member.experiment for member in shown])
    player.player(STAGE, sweep, lambda: screen(own[VARY], base, shown, sweep))
    if not unseen.hidden():  # the player has the button that shows it
        table(own[VARY], shown, sweep, goal)
    # What is shown, not what is typed.
    is_usual = text == VARIATIONS[own[VARY]].default(base)
    own[VALUES] = None if is_usual else members.to_address(own[VARY], text, shown)
    own[REACH] = None if goal == default_goal(base) else goal
    frame.offer(file=partial(page_file.page, own[VARY], base, shown, goal))
