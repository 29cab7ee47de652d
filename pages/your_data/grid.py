"""A table of texts, and the error for a text that is no table."""

from dataclasses import dataclass

from pages.shared.text.messages import first_few
from pages.shared.text.quoting import quoted
from pages.shared.text.typed_numbers import is_number, parse_number


class DataError(ValueError):
    """A text that is no table of samples.

    Attributes
    ----------
    problems : tuple of str
        Plain text that may quote the table: where, what, and the rule. The first few, and how many more there are.
    """

    def __init__(self, *problems: str) -> None:
        self.problems = first_few(problems)
        super().__init__(" ".join(self.problems))


@dataclass(frozen=True)
class Grid:
    r"""A table of texts.

    Attributes
    ----------
    names : tuple of str
        One for each column, unique, short enough for an experiment.
    rows : tuple of tuple of str
        Without the names and without empty lines; white space around a text is gone. As many of
        the first ones as an experiment may have samples.
    lines : tuple of int
        The line of the text in which each row begins, from 1.
    separator : {"\t", ";", ","}
    decimal : {",", ".", ""}
        The decimal sign; "" if no number has one.
    header : bool
        Whether the names come from the text.
    notes : tuple of str
        What was done without being asked. May quote the table.
    left_out : int
        How many rows the text has behind these.
    """

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    separator: str
    decimal: str
    header: bool
    notes: tuple[str, ...]
    left_out: int = 0

    def number(self, row: int, column: int) -> float:
        """Read a cell as a number, by the decimal sign of the whole text.

        Raises
        ------
        ValueError
            If it is none; the message says where it stands.
        """
        text = self.rows[row][column]
        if not text:
            raise ValueError(f"{self.where(row, column)} is empty. It needs a number.")
        try:
            return parse_number(text.replace(",", ".") if self.decimal == "," else text)
        except ValueError as error:
            reason = f"{quoted(text)} is not a number." if "not a number" in str(error) else str(error)
            raise ValueError(f"{self.where(row, column)}: {reason}") from None

    def where(self, row: int, column: int) -> str:
        """Say where a cell stands."""
        return f"Line {self.lines[row]}, {quoted(self.names[column])}"

    def is_number(self, row: int, column: int) -> bool:
        """Say whether a cell is a number by at least one reading of its comma."""
        return looks_like_a_number(self.rows[row][column])


def looks_like_a_number(cell: str) -> bool:
    """Say whether a text is a number by at least one reading of its comma."""
    return is_number(cell.replace(",", "."))
