"""The one function of a browser's own Python: what was done on the page goes in, what is to be shown comes out. Pure.

The page asks once at a time, and each answer takes a moment only: a long run is trained as it is played, or as the page
asks for it. So a newer edit ends an older training.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, TypeAlias
from urllib.parse import parse_qs, urlencode

from numpy.typing import NDArray

from classifier import Experiment, Run
from pages.playground import frames
from pages.playground.chosen_chart import builder, choice
from pages.playground.controls.rates import changed_rate
from pages.playground.controls.texts import shown_start
from pages.playground.in_browser.panel import Panel
from pages.playground.parameters import OWN, ROWS
from pages.playground.screen import OPEN_STEP, PIN, UNPIN, screen
from pages.shared.address.parameters import CLASS, PRESENT, SAMPLE, UNSEEN, Own
from pages.shared.address.reading import from_params
from pages.shared.address.writing import fitting_params, left_out, named_experiments
from pages.shared.charts.chart import bindings, figures
from pages.shared.charts.screen import Screen
from pages.shared.draft.draft import CHOICES, CONTROLS, with_rate_from, without_rate_from
from pages.shared.draft.start import TYPED
from pages.shared.draft.table import from_payload
from pages.shared.run import cache
from pages.shared.text.quoting import quoted
from pages.stage.message import Binding, message
from pages.stage.view import View

_TRAIN_S: Final = 0.4
_CHUNK_BYTES: Final = 4_000_000
_MOST_ADDRESS: Final = 60_000
_CACHE_BYTES: Final = 8_000_000
_APP_ONLY: Final = (PRESENT.key, CLASS.key, UNSEEN.key)
_NEEDS_APP: Final = "{} in the address is ignored: it needs the app."
_DECLARED: Final = (*OWN, SAMPLE)
_Act: TypeAlias = Callable[..., None]


class Visit:
    r"""A page, as long as it is open: what stands in its panel, and what its player was told.

    Examples
    --------
    >>> visit = Visit()
    >>> told = visit.answer(json.dumps({"acts": [["begin", "example=gates", "", 0], ["text", "epochs", "20"]]}))
    >>> told = json.loads(told.partition(b"\n")[0])
    >>> told["address"], told["total"]
    ('example=gates&epochs=20', 20)
    """

    def __init__(self) -> None:
        cache.STORE.most_bytes = _CACHE_BYTES  # there is one visitor, whose present run is held here
        tutorial = Experiment.tutorial()
        self._panel = Panel(tutorial)
        self._run = Run(tutorial)
        self._pinned: Run | None = None
        self._position = self._row = self._sample = self._jump = self._tables = self._heard = self._answered = 0
        self._choice = choice.Choice()
        self._notices: tuple[str, ...] = ()
        self._told = ("", "")  # which run the player was told, and what beside it
        self._acts: dict[str, _Act] = {
            "begin": self._begin,
            "address": self._address,
            "example": self._example,
            "text": self._text,
            "table": self._table,
            "rate": self._rate,
            "drop": self._drop,
        }

    def answer(self, said: str) -> bytes:
        """Do what was done on the page, train for a moment if the player lacks frames, and say what is to be shown.

        Parameters
        ----------
        said : str
            JSON: ``acts``, a list of what was done since the last time, each with its values; ``view`` and ``pressed``,
            what the player reports, see `View`.

        Returns
        -------
        bytes
            A `message` for the player; beside its own contents ``panel`` and ``address``, ``trained`` (the epochs) and
            ``done``.
        """
        asked = json.loads(said)
        view = View.read(asked)
        self._arrive(view)
        for kind, *values in asked.get("acts", ()):
            self._acts[kind](*values)
        self._arrive(view)
        if self._panel.experiment != self._run.experiment:
            self._run, self._notices = Run(self._panel.experiment), ()
        for number, kind, value in View.read_pressed(asked):
            if number > self._heard:
                self._heard = number
                self._press(kind, value)
        data, arrays = self._shown(view)
        return message(data, arrays)

    def _arrive(self, view: View) -> None:
        """Stand where the player stands, if it stands anywhere and has heard where to go."""
        if view.run and view.jump == self._jump:
            self._position = min(view.position, self._panel.experiment.epochs)

    # --- what was done ---
    def _begin(self, query: str, sheet: str, jump: int) -> None:
        """Take over a page that shows this address and its table, under this name; none if it does not yet."""
        self._open(query)
        self._panel.sheet, self._jump = (sheet, 0) if sheet else self._panel.sheet, jump

    def _address(self, query: str) -> None:
        self._open(query)
        self._jump += 1

    def _open(self, query: str) -> None:
        params = parse_qs(query, keep_blank_values=True)
        own = Own(_DECLARED, Experiment.tutorial())
        opened = from_params({key: values for key, values in params.items() if key not in own.keys}, _APP_ONLY)
        self._put(opened.experiment, opened.position or 0)
        own.experiment = opened.experiment
        needing = (_NEEDS_APP.format(quoted(key)) for key in _APP_ONLY if key in params)
        self._notices = (*opened.notices, *needing, *own.read(params, own.keys))
        self._pinned = None if opened.pin is None else Run(opened.pin)
        self._choice, self._row, self._sample = choice.from_address(own), own[ROWS] - 1, own[SAMPLE] - 1

    def _put(self, experiment: Experiment, position: int) -> None:
        self._tables += 1
        self._panel = Panel(experiment, (f"table {self._tables}", 0))
        self._run, self._position, self._notices = Run(experiment), position, ()

    def _example(self, name: str) -> None:
        self._put(named_experiments()[name], 0)
        self._jump += 1

    def _text(self, name: str, text: str) -> None:
        if name not in CONTROLS or text not in CHOICES.get(name, (text,)):
            return
        texts = {name: text}
        if (name, text) == ("start", TYPED) and not self._panel.draft.texts["initial"]:
            texts["initial"] = shown_start(self._run)
        self._panel.edit(texts)

    def _table(self, said: dict[str, Any]) -> None:
        (name, version), newer = self._panel.sheet, said.get("version")
        table = from_payload(said)
        if table is not None and said.get("name") == name and type(newer) is int and newer > version:
            self._panel.sheet = (name, newer)
            self._panel.edit({}, table)

    def _rate(self, text: str) -> None:
        panel = self._panel
        rate, wrong = changed_rate(panel.experiment, self._position, text)
        if rate is not None:
            panel.take(with_rate_from(panel.draft, panel.experiment, self._position, rate))
        panel.rate_said = wrong

    def _drop(self, position: int) -> None:
        self._panel.take(without_rate_from(self._panel.draft, position))

    def _press(self, kind: str, value: str) -> None:
        """Do what the player's buttons ask for, as the app does."""
        experiment = self._run.experiment
        if kind == "choice" and value.startswith("sample="):
            with suppress(ValueError):
                self._sample = max(int(value.removeprefix("sample=")), 0)
        elif kind == "choice":
            builder.choose(self._choice, value, experiment)
        elif kind == "rows":
            with suppress(ValueError):
                self._row = max(int(value), 0)
        elif value in (PIN, UNPIN):
            self._pinned = Run(experiment) if value == PIN else None

    # --- what is to be shown ---
    def _screen(self) -> Screen:
        experiment = self._run.experiment
        self._row = frames.window(experiment, self._row).start
        self._sample = min(self._sample, experiment.samples - 1)
        return screen(self._run, self._row, self._choice, self._pinned, sample=self._sample)

    def _shown(self, view: View) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
        run, pinned = self._run, self._pinned
        if pinned is not None and not pinned.done:
            pinned.advance(budget_s=_TRAIN_S)
        shown = self._screen()
        news = self._told[0] != shown.name or view.question not in (0, self._answered)
        start = view.have if view.run == shown.name else 0
        item = sum(array.nbytes for array in shown.frames(slice(0, 1)).values())
        stop = start + max(1, _CHUNK_BYTES // item) * news
        if len(run.history) < stop and not run.done:
            run.advance(budget_s=_TRAIN_S)
            shown = self._screen()
        drawn = news or self._told[1] != shown.beside
        self._told, self._answered = (shown.name, shown.beside), view.question
        address = self._written()
        data = shown.contents(
            figures=figures(shown.charts) if drawn else None,
            bindings=[Binding(**binding) for binding in bindings(shown.charts)],
            start=start,
            answer=view.question,
            position=self._position,
            jump=self._jump,
            pressed=self._heard,
            notes=[*self._notices, *left_out(run.experiment, self._pin, address), *shown.notes],
            actions=[label for label in shown.actions if label != OPEN_STEP],
        )
        more = {"trained": int(run.history.position[-1]), "done": run.done, "panel": self._panel.contents()}
        stretch = slice(start, min(stop, shown.trained))
        arrays = shown.frames(stretch) if stretch.start < stretch.stop else {}
        return data | more | {"address": urlencode(address, doseq=True)}, arrays

    def _written(self) -> dict[str, str | list[str]]:
        """Write the address, but for what the player writes: position and views."""
        experiment = self._run.experiment
        own = Own(_DECLARED, experiment)
        own[ROWS], own[SAMPLE] = self._row + 1, self._sample + 1
        choice.tell(own, self._choice.settings(experiment))
        said = {key: value for key, value in own.written().items() if value is not None}
        return fitting_params(experiment, self._pin, _MOST_ADDRESS) | said

    @property
    def _pin(self) -> Experiment | None:
        return None if self._pinned is None else self._pinned.experiment
