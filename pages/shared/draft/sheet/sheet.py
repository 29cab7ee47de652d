"""The samples' table on the screen: a Streamlit component of plain HTML.

Why not ``st.data_editor``: an icon in each of its headings makes a column at least 55 pixels wide, so that the
tutorial's seven do not fit beside the charts; it draws on a canvas, where nothing can be marked as wrong; and
each added column builds it anew, losing what is being typed. Here the browser owns the table: it adds, removes
and renames at once, and reports the whole table after every change. Python only checks it.
"""

from collections.abc import Sequence
from pathlib import Path

from pages.shared.draft.sheet.sheet_contents import sheet_contents
from pages.shared.draft.table import Problem, Table
from pages.stage.component import component

_HERE = Path(__file__).parent

_component = component(_HERE / "sheet.js", '<div class="sheet" data-testid="sheet"></div>')


def sheet(key: str, *, name: str, table: Table, judged: int, problems: Sequence[Problem], held: str = "") -> None:
    """Show a table, or mark what is wrong in the one that is shown.

    Parameters
    ----------
    key : str
        The component's state is ``st.session_state[key]["table"]``: ``{"name": …, "version": …, "inputs": …,
        "labels": …, "rows": …}``, as `from_payload` reads it. It comes from a browser.
    name : str
        Name of `table`. Under another name than the last, the browser puts `table` in the place of its own.
    table : Table
        Shown when mounted and under a new name; otherwise the browser keeps its own.
    judged : int
        The version of the browser's table that `table` and `problems` belong to. Problems of an older version are
        not marked.
    problems : sequence of Problem
        What is wrong. Those of the table are announced, and marked in its cells and headings.
    held : str
        Name of the large table that the browser says it has. It is not sent again: the largest one is more than a
        megabyte.
    """
    data = sheet_contents(name, table, judged, problems, held)
    _component(key=key, data=data, on_table_change=lambda: None, on_holds_change=lambda: None)
