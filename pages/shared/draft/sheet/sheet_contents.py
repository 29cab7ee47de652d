"""What travels to the samples' table: the table, what is wrong in it, and the limits. Pure; no widget."""

from collections.abc import Sequence
from typing import Any

from classifier.experiment.limits import LIMITS
from classifier.experiment.validation import MAX_NAME_LENGTH
from pages.shared.draft.table import Problem, Table, to_payload

_LARGE = 2_000  # cells: a larger table is sent once, and the browser says that it has it
_TOLD = 200  # problems that are sent with their texts; of further ones only the cells are marked


def sheet_contents(name: str, table: Table, judged: int, problems: Sequence[Problem], held: str = "") -> dict[str, Any]:
    """Gather what a table is to show. The arguments are those of `sheet`."""
    ours = (problem for problem in problems if problem.field == "table")
    found = [[p.row, p.column, _told(p, table) if i < _TOLD else ""] for i, p in enumerate(ours)]
    limits = {"rows": LIMITS.samples, "inputs": LIMITS.inputs, "labels": LIMITS.outputs}
    is_large = len(table.rows) * len(table.names) > _LARGE
    return {
        "name": name,
        "table": None if is_large and held == name else to_payload(table),
        "large": is_large,
        "judged": judged,
        "problems": found,
        "limits": limits,
        "limitsTold": {part: str(limit) for part, limit in limits.items()},
        "nameLength": MAX_NAME_LENGTH,
    }


def _told(problem: Problem, table: Table) -> str:
    """Give a problem's text without its place: it is shown at its cell."""
    if problem.row is None or problem.column is None:
        return problem.text
    text = problem.text.removeprefix(table.place(problem.row, problem.column)).removeprefix(":").strip()
    return text[:1].upper() + text[1:]
