"""Names of columns: the text's own, or numbers; unique, and short enough for an experiment."""

from collections.abc import Sequence

from classifier import MAX_NAME_LENGTH
from pages.shared.text.quoting import quoted
from pages.your_data.grid import DataError


def named(first: tuple[int, list[str]], *, header: bool) -> tuple[tuple[str, ...], list[str]]:
    """Name the columns; say which names are not those of the text."""
    line, cells = first
    if not header:
        return tuple(f"column {column}" for column in range(1, len(cells) + 1)), []
    given = [" ".join(cell.split()) for cell in cells]
    hidden = [
        f"Line {line}, column {column}: {quoted(name)} has an invisible character."
        for column, name in enumerate(given, start=1)
        if not name.isprintable()
    ]
    if hidden:
        raise DataError(*hidden)
    whole = [name or f"column {column}" for column, name in enumerate(given, start=1)]
    twice = [
        f"Line {line}: columns {whole.index(name) + 1} and {column} are both called {quoted(name)}. Names differ."
        for column, name in enumerate(whole, start=1)
        if whole.index(name) + 1 < column
    ]
    if twice:
        raise DataError(*twice)
    short, notes = fitted(whole)
    unnamed = [str(column) for column, name in enumerate(given, start=1) if not name]
    if unnamed:
        notes.insert(0, f"Line {line} has no name for column {', '.join(unnamed)}.")
    return short, notes


def fitted(names: Sequence[str], taken: Sequence[str] = ()) -> tuple[tuple[str, ...], list[str]]:
    """Shorten names that are too long for an experiment, each to one of its own, and say so.

    Parameters
    ----------
    names : sequence of str
        Unique.
    taken : sequence of str, optional
        Further names that none may have.

    Examples
    --------
    >>> fitted(["x", "the length of the sepal in cm", "the length of the sepal in inches"])[0]
    ('x', 'the length of the sepal…', 'the length of the sep… 3')
    """
    short: list[str] = []
    notes = []
    for place, name in enumerate(names, start=1):
        kept = name
        if len(name) > MAX_NAME_LENGTH:
            kept, number = name[: MAX_NAME_LENGTH - 1] + "…", place
            while kept in short or kept in names or kept in taken:
                end = f"… {number}"
                kept, number = name[: MAX_NAME_LENGTH - len(end)] + end, number + 1
            notes.append(f"{quoted(name)} is called {quoted(kept)}: a name has at most {MAX_NAME_LENGTH} letters.")
        short.append(kept)
    return tuple(short), notes
