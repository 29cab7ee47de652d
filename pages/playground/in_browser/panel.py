"""What the panel of a page without a server shows: plain values for its fields, and every message in words. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from classifier import Experiment
from pages.playground import findings
from pages.playground.controls.rates import STOPS, course, nearest_stop, removal, shown_rate, too_late
from pages.playground.controls.texts import LABELS, SHOWN_PROBLEMS, about_seed, left_out, scaled
from pages.shared.address.fields import FIELD
from pages.shared.address.writing import example_name
from pages.shared.draft.draft import Draft, Verdict, edited, judge, write_draft
from pages.shared.draft.sheet.sheet_contents import sheet_contents
from pages.shared.draft.start import TYPED
from pages.shared.draft.table import Table
from pages.shared.text.messages import LAST_GOOD, first_few
from pages.shared.text.typed_numbers import format_number

_NAMED: Final = ("epochs", "seed", "initial")
"""Fields that share a place for what is wrong with them: the message says which it is."""


@dataclass
class Panel:
    """What stands in the panel, and the experiment that it means.

    Attributes
    ----------
    experiment : Experiment
        The last good one.
    sheet : tuple of (str, int)
        Name of the table in the browser, and the version of it that was read last.
    rate_said : str
        What was wrong with the last rate that was asked for from here on.
    """

    experiment: Experiment
    sheet: tuple[str, int] = ("", 0)
    rate_said: str = ""
    draft: Draft = field(init=False)
    verdict: Verdict = field(init=False)

    def __post_init__(self) -> None:  # noqa: D105 - the rest of what stands there
        self.draft = write_draft(self.experiment)
        self.verdict = judge(self.draft)

    def edit(self, texts: Mapping[str, str], table: Table | None = None) -> None:
        """Put another table or other texts into the panel, and take their experiment if they mean one."""
        self.take(edited(self.draft, self.draft.table if table is None else table, texts))

    def take(self, draft: Draft) -> None:
        """Take another draft, and its experiment if it means one."""
        if draft != self.draft:
            self.draft, self.verdict = draft, judge(draft)
            self.experiment = self.verdict.experiment or self.experiment
            self.rate_said = ""

    def contents(self) -> dict[str, Any]:
        """Gather what the fields show, and what is said beside them."""
        experiment, verdict, texts = self.experiment, self.verdict, dict(self.draft.texts)
        rate = shown_rate(texts["learning_rate"], verdict, experiment)
        meant = verdict.experiment if texts["start"] == TYPED else None
        return {
            "texts": texts,
            "example": example_name(experiment) or "",
            "sheet": sheet_contents(self.sheet[0], self.draft.table, self.sheet[1], verdict.problems),
            "problems": {name: self._problems(name) for name in ("table", *LABELS)},
            "notes": verdict.notes,
            "scaled": [f"{name} = {value}" for name, value in scaled(experiment)],
            "stop": STOPS.index(nearest_stop(rate)),
            "rate": format_number(rate),
            "course": course(experiment) if experiment.schedule else "",
            "changes": [(position, removal(position, rate)) for position, rate in experiment.schedule],
            "late": too_late(experiment),
            "rateSaid": self.rate_said,
            # A seed without effect is shown, because it may have one again later. A bad one can still be corrected.
            "seedOff": experiment.initial is not None and not verdict.problems_of("seed"),
            "newSeedOff": experiment.initial is not None,
            "aboutSeed": about_seed(experiment),
            "leftOut": left_out(meant) if meant is not None and meant.initial is None else "",
            "check": findings.tutorial_check() if experiment == Experiment.tutorial() else "",
        }

    def _problems(self, name: str) -> list[str]:
        """Say what is wrong with a field: the first few, and once, at the first field, what the charts show then."""
        of = f"{FIELD[name].label}: " if name in _NAMED else ""
        shown = first_few([of + text for text in self.verdict.problems_of(name)], most=SHOWN_PROBLEMS)
        is_first = bool(shown) and self.verdict.problems[0].field == name
        return [*shown, *([LAST_GOOD] if is_first else [])]
