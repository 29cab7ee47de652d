"""A whole table for paper: Streamlit's own is a canvas that holds only the rows in sight. Pure."""

from collections.abc import Mapping, Sequence
from html import escape


def paper_table(columns: Mapping[str, Sequence[str]]) -> str:
    """Write columns of texts as HTML that shows on paper only.

    Parameters
    ----------
    columns : mapping
        Each heading, and the texts below it, all equally many.

    Examples
    --------
    >>> paper_table({"a": ["<"]}).partition("<tbody>")[2]
    '<tr><td>&lt;</td></tr></tbody></table>'
    """

    def row(cells: Sequence[str], tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>"

    body = "".join(row(cells, "td") for cells in zip(*columns.values(), strict=True))
    return f'<table class="paper-table"><thead>{row(list(columns), "th")}</thead><tbody>{body}</tbody></table>'
