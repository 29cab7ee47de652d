"""Your data: a table from a file or from the clipboard becomes the samples of the playground."""

from functools import partial
from typing import Any

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from classifier import LIMITS
from classifier.experiment.validation import counted
from pages.frame import frame
from pages.shared.session import address, links, state, widgets
from pages.shared.session.framed import framed
from pages.shared.text.messages import problems
from pages.shared.text.quoting import escape_markdown, quoted, shortened
from pages.your_data.advice import HIDDEN, advice
from pages.your_data.brought_table import BroughtTable
from pages.your_data.csv_rows import SEPARATORS
from pages.your_data.grid import DataError, Grid
from pages.your_data.pasted_text import MAX_MB, decode
from pages.your_data.samples import put
from pages.your_data.sets import SETS

PAGE = "your_data"
PREVIEW_ROWS = 3
PREVIEW_LETTERS = 40
PASTED = "The pasted text"
TO_PASTE = "Or paste a table, from a spreadsheet or a text"
FILE = "A CSV file"
ROLES = {"inputs": "Inputs", "labels": "Labels"}
EXAMPLE = "height;weight;fits\n1,72;68,5;yes\n1,81;92;no"
UNSEEN = "Your students do not see what you bring here. Opened in the playground, everybody has it."
DECIMALS = {",": "decimal comma", ".": "decimal point", "": "no decimals"}


def data() -> BroughtTable:
    """Give what this visitor brought."""
    return state.kept(PAGE, BroughtTable)


def uploaded(key: str) -> None:
    """Read a file."""
    file = widgets.widget(key)
    if not isinstance(file, UploadedFile):
        return
    source = quoted(file.name)
    try:
        text, encoding = decode(file.getvalue())
    except DataError as error:
        data().refuse(error, source)
    else:
        data().bring(text, f"{source}, {encoding}")


def pasted(key: str) -> None:
    """Read what was pasted. A text that is far too long is not kept: it would be sent with every rerun."""
    text = widgets.typed(key)
    data().pasted = text if len(text) <= 2 * MAX_MB * 2**20 else ""
    # A press of the button also leaves the field, so this runs twice: the second time keeps the choices made already.
    if text.strip() and (data().text, data().source) != (text, PASTED):
        data().bring(text, PASTED)
    elif not text.strip() and data().source == PASTED:
        data().let_go()


def choose(name: str, said: object) -> None:
    """Keep a choice; another separator or heading reads the text anew."""
    mine = data()
    if name == "separator":
        mine.separator = said if isinstance(said, str) and said in SEPARATORS else ""
    elif name in ("header", "standardised", "both"):
        setattr(mine, name, said is True)
    elif mine.grid is not None:
        columns = [column for column in said if isinstance(column, str)] if isinstance(said, list) else []
        # In the order in which they were chosen: with another order the box would be mounted anew.
        setattr(mine, name, [column for column in dict.fromkeys(columns) if column in mine.grid.names])
    if name in ("separator", "header"):
        data().read()


def choosing(name: str, value: object) -> dict[str, Any]:
    """Give key and callback of a widget for a choice about the present text. Start it with the value."""
    return widgets.keeping(f"data_{name}_{data().brought}", value, partial(choose, name))


def bring() -> None:
    """Draw the two ways to bring a table."""
    # With another key after each file the field is empty again, so that a file can be corrected and brought again.
    key = f"data_file_{data().brought}"
    st.file_uploader(FILE, max_upload_size=MAX_MB, key=key, on_change=uploaded, args=(key,))
    framed(", or paste the table")
    key = widgets.standing("data_pasted", data().pasted)
    st.text_area(
        TO_PASTE,
        data().pasted,
        key=key,
        height=150,
        # The browser takes no longer text: the server would refuse it, without a message of ours (maxWidgetStateSize).
        max_chars=8 * MAX_MB * 2**20,
        placeholder=EXAMPLE,
        on_change=widgets.choice(key, pasted, key),
    )
    st.button("Read the text", key="data_read", help="So does Ctrl + Enter.", on_click=pasted, args=(key,))
    st.caption(
        "A line for each sample, a column for each input and each label, with commas, semicolons or tabs between them. "
        f"At most {LIMITS.inputs} inputs, {LIMITS.outputs} outputs, {MAX_MB} MB; "
        f"of more than {LIMITS.samples} rows, the first {int(LIMITS.samples)} are taken. "
        "The first line may hold the names."
    )


def sets() -> None:
    """Offer tables to try."""
    for name, offered in SETS.items():
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button(offered.title, key=f"data_set_{name}", on_click=take, args=(name,))
            st.caption(offered.about, width="content")


def take(name: str) -> None:
    """Read a table to try."""
    data().bring(SETS[name].text(), SETS[name].title)


def recognised(grid: Grid) -> None:
    """Say how the text was read, and show its first rows."""
    rows, columns = counted(len(grid.rows), "row"), counted(len(grid.names), "column")
    if grid.left_out:
        rows = f"the first {len(grid.rows)} of {len(grid.rows) + grid.left_out} rows"
    how = f"{SEPARATORS[grid.separator]} between the columns, {DECIMALS[grid.decimal]}"
    st.markdown(f"**{escape_markdown(data().source)}:** {rows}, {columns}; {how}.")
    shown = {
        escape_markdown(name): [cut(row[column]) for row in grid.rows[:PREVIEW_ROWS]]
        for column, name in enumerate(grid.names)
    }
    st.table(shown, hide_index=True)
    if len(grid.rows) > PREVIEW_ROWS:
        st.caption(f"The first {PREVIEW_ROWS} of {counted(len(grid.rows), 'row')}.")


def cut(text: str) -> str:
    """Write a cell as text that is no Markdown, not too long for a table."""
    return escape_markdown(shortened(text, PREVIEW_LETTERS))


def reading() -> None:
    """Draw what can be changed about the reading."""
    grid = data().grid
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        options, separator = ["", *SEPARATORS], data().separator
        st.selectbox(
            "Separator",
            options,
            options.index(separator),
            format_func=lambda sign: SEPARATORS.get(sign, "as recognised"),
            width=180,
            **choosing("separator", separator),
        )
        if grid is not None:
            st.checkbox("The first line holds the names", grid.header, **choosing("header", grid.header))


def roles(grid: Grid) -> None:
    """Draw the choice of columns."""
    for name, label in ROLES.items():
        chosen = getattr(data(), name)
        st.multiselect(label, grid.names, chosen, placeholder="Choose columns", **choosing(name, chosen))
    standardised = data().standardised
    st.checkbox(
        "Standardise the inputs",
        standardised,
        help="(value − mean) / standard deviation, to three decimals. Mean and deviation stay with the experiment.",
        **choosing("standardised", standardised),
    )


def offer_to(text: str, label: str, name: str, *, on: bool) -> None:
    """Say what would help, or what was done, and offer to do it, or to take it back."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(label, key=f"data_{name}_{on}_{data().brought}", on_click=setattr, args=(data(), name, on))
        st.caption(escape_markdown(text), width=440)


def say_wrong() -> None:
    """Announce the problems, tied to the field to be changed: a choice of columns that is empty, or else the source."""
    mine = data()
    lacking = [label for name, label in ROLES.items() if mine.grid is not None and not getattr(mine, name)]
    field = (lacking or [TO_PASTE if mine.source == PASTED else FILE])[0]
    frame.announce((TO_PASTE, *ROLES.values()), {field: " ".join(mine.wrong())})


def outcome(grid: Grid) -> None:
    """Say what the columns become, and offer to go on with it."""
    samples = data().samples(grid)
    if isinstance(samples, DataError):
        st.markdown(problems(samples.problems))
        return
    if samples.two_classes:
        both = data().both
        st.checkbox("Two classes become two outputs", both, **choosing("both", both))
    sizes = (
        counted(len(samples.inputs), "sample"),
        counted(len(samples.input_names), "input"),
        counted(len(samples.label_names), "output"),
    )
    before = state.experiment()
    found = advice(samples, before.learning_rate, deep=bool(before.hidden))
    bends = data().hidden and not before.hidden
    if bends:
        before = before.replace(hidden=HIDDEN, initial=None)
    experiment, dropped = put(samples, before)
    st.markdown(f"**{', '.join(sizes)}**")
    for note in (*grid.notes, *samples.notes, *dropped):
        st.caption(escape_markdown(note))
    for it in found:
        if it.kind != "hidden" or not bends:
            offer_to(it.text, it.label, it.kind, on=True)
    if data().mixed:
        offer_to("The rows are mixed.", "In their own order", "mixed", on=False)
    if bends:
        offer_to(f"A hidden layer of {HIDDEN[0]} units comes with them.", "Without it", "hidden", on=False)
    # The key names the text, so a press that arrives after another text was brought does nothing.
    if st.button("Open in the playground", type="primary", key=f"leads_data_{data().brought}"):
        address.open_experiment(experiment)
        for note in dropped:
            address.add_notice(note)
        st.switch_page("playground/playground.py", query_params=links.to_page())


with frame.page(PAGE) as own:
    st.header("Your data", anchor=False)
    left, right = st.columns([2, 3], gap="large")
    grid = data().grid
    with left:
        bring()
        if data().text:
            reading()
        if data().source:
            with st.expander("Tables to try"):
                sets()
    with right:
        if grid is not None:
            recognised(grid)
        elif data().source:
            st.markdown(f"**{escape_markdown(data().source)}** cannot be read.")
            st.markdown(problems(data().problems))
        else:
            st.markdown("Nothing is read yet. To see how it goes, take one of these:")
            sets()
        if grid is not None:
            roles(grid)
            outcome(grid)
    say_wrong()
    frame.offer(unseen=UNSEEN if data().source else "")
