"""The table that a visitor brought: its text, how it is read, and what was chosen about its columns. Pure."""

from dataclasses import dataclass, field

from pages.your_data.columns import guess
from pages.your_data.grid import DataError, Grid
from pages.your_data.pasted_text import MAX_MB, read_grid
from pages.your_data.samples import Samples, read_samples


@dataclass
class BroughtTable:
    """The table that this visitor brought last, and what was chosen about it."""

    source: str = ""  # in words; empty before anything came
    text: str = ""
    pasted: str = ""
    grid: Grid | None = None
    problems: tuple[str, ...] = ()
    separator: str = ""  # as recognised
    header: bool | None = None
    inputs: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    standardised: bool = False
    both: bool = False  # two classes are two outputs
    mixed: bool = False  # the rows
    hidden: bool = False  # a hidden layer comes with them
    brought: int = 0  # how often a text was read; it is part of the keys of the widgets, so each text has new ones
    judged: tuple[object, Samples | DataError] | None = None  # what was chosen, and what came of it

    def bring(self, text: str, source: str) -> None:
        """Take another text in the place of the last one."""
        self.source, self.text, self.separator, self.header = source, text, "", None
        self.mixed = self.hidden = False
        self.read()
        if len(text) > MAX_MB * 2**20:
            self.text = ""  # it was refused, and is too large to be kept

    def refuse(self, error: DataError, source: str) -> None:
        """Keep what is wrong with a file that is no text."""
        self.source, self.text, self.grid, self.problems = source, "", None, error.problems
        self.brought += 1

    def let_go(self) -> None:
        """Forget a text that could not be read; a table that was read stays."""
        if self.grid is None:
            self.source, self.text, self.problems = "", "", ()

    def read(self) -> None:
        """Read the text anew, and guess what its columns are."""
        self.brought += 1
        self.grid, self.problems = None, ()
        try:
            grid = self.grid = read_grid(self.text, self.separator or None, header=self.header)
        except DataError as error:
            self.problems = error.problems
            return
        self.inputs, self.labels = ([grid.names[column] for column in columns] for columns in guess(grid))

    def wrong(self) -> tuple[str, ...]:
        """Say what is wrong with the text, or with the columns that are chosen of it."""
        judged = None if self.grid is None else self.samples(self.grid)
        return judged.problems if isinstance(judged, DataError) else self.problems

    def samples(self, grid: Grid) -> Samples | DataError:
        """Read the chosen columns, once for each choice: a large table takes half a second."""
        choice = (self.brought, tuple(self.inputs), tuple(self.labels), self.standardised, self.both, self.mixed)
        if self.judged is None or self.judged[0] != choice:
            inputs, labels = ([grid.names.index(name) for name in names] for names in (self.inputs, self.labels))
            try:
                samples = read_samples(
                    grid, inputs, labels, standardised=self.standardised, both=self.both, mixed=self.mixed
                )
                self.judged = choice, samples
            except DataError as error:
                self.judged = choice, error
        return self.judged[1]
