"""Problems on paper: a page for each, with a code that opens it, and the key with every number. Pure HTML."""

from collections.abc import Callable
from html import escape

from classifier.insight.practise.problems import LEVELS, Problem, problem
from pages.practise.worked import givens, worked
from pages.shared.share.qr import qr_image
from pages.shared.text.names import ACTIVATION_NAMES

MOST = 60


def sheets(level: int, seed: int, count: int, link: Callable[[int, int], str], *, key: bool = False) -> str:
    """Write worksheets of a level, or the one key to them.

    Parameters
    ----------
    level : int
    seed : int
        Of the first problem; each further one has the next seed.
    count : int
        From 1 to `MOST`.
    link : callable
        Gives the address of a problem from its level and seed.
    key : bool
        Write the solutions in place of the room for them.
    """
    pages = (_sheet(level, each, link(level, each), key=key) for each in range(seed, seed + count))
    return f'<div class="sheets{" key" * key}" data-testid="sheets">{"".join(pages)}</div>'


def _sheet(level: int, seed: int, link: str, *, key: bool) -> str:
    shown = problem(level, seed)
    code = None if key else qr_image(link)
    image = f'<img src="{escape(code)}" alt="Code of the link to this problem">' if code else ""
    address = "" if key else f'<p class="address">{escape(link)}</p>'
    solved = {entry: worked(shown, entry) for entry in shown.entries} if key else {}
    rounded = "<p>Formed with all digits, shown with four: by hand the last ones may differ.</p>" if key else ""
    lines = "".join(f"<li>{escape(solved.get(entry, f'{entry.name} ='))}</li>" for entry in shown.entries)
    return (
        f"<section><header><h3>Level {level}, sheet {seed}: {escape(LEVELS[level].title)}</h3>{image}</header>"
        f'<div class="given">{_given(shown)}</div><ul>{lines}</ul>{rounded}{address}</section>'
    )


def _given(shown: Problem) -> str:
    def row(cells: list[str]) -> str:
        return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"

    tables = (
        f"<table><caption>{name}</caption><tbody>{''.join(map(row, rows))}</tbody></table>"
        for name, rows in givens(shown)
    )
    return "".join(tables) + "".join(f"<p>{escape(note)}</p>" for note in notes(shown))


def notes(shown: Problem) -> list[str]:
    """Say what else is given: the learning rate where it counts, and what the hidden layer's f is."""
    rate = [f"Learning rate {shown.at.lr:g}"] if any("after" in asked for asked in shown.asked) else []
    return rate + [f"Hidden layer: f = {ACTIVATION_NAMES[shown.experiment.activation]}"] * bool(shown.experiment.hidden)
