"""The playground as a file: a run from its first position to its last, with every chart and every row there is."""

from dataclasses import replace
from typing import Final

from classifier import Experiment
from pages.playground import charts, frames, pinned_run
from pages.playground.charts.layer_gradients import layer_gradients
from pages.playground.charts.samples import labels, predictions
from pages.playground.chosen_chart import settings
from pages.playground.chosen_chart.choice import CHARTS, Choice
from pages.playground.contents import notes, readouts
from pages.playground.controls import example_choice
from pages.shared.run import runs
from pages.shared.share.page_html import Page, Part

_FIRST: Final = slice(0, frames.WINDOW)


def page(
    experiment: Experiment,
    position: int,
    live: str | None = None,
    *,
    rows: slice = _FIRST,
    choice: Choice | None = None,
    pinned: Experiment | None = None,
) -> Page:
    """Put together the playground of an experiment as a file holds it. Trains the run to its end.

    Parameters
    ----------
    experiment : Experiment
    position : int
        Where the player stands at first.
    live : str, optional
        The address of this experiment in the app.
    rows : slice
        The samples whose predictions are shown at first.
    choice : Choice, optional
        The chart that is shown at first in the place where there is a choice, and the settings of each.
    pinned : Experiment, optional
        Whose loss is drawn behind this one's.
    """
    choice = choice or Choice()
    run = runs.finished(runs.shared_run(experiment))
    history = run.history
    pin = None if pinned is None else pinned_run.beside(runs.finished(runs.shared_run(pinned)), experiment)
    shown = charts.RunShown(experiment, history, rows, pin)

    def of_choice(name: str) -> Part:
        chosen = replace(choice, chart=name).settings(experiment)
        chart = settings.chart(experiment, history, chosen, finished=True, live=False) or layer_gradients(shown)
        return Part([chart], frames.chosen_frames(experiment, history, chosen))

    def of_samples(first: int) -> Part:
        window = replace(shown, rows=frames.window(experiment, first))
        return Part([predictions(window), labels(window)], frames.sample_frames(experiment, history, window.rows))

    choices = {name: of_choice(name) for name in CHARTS}
    windows = {str(first): of_samples(first) for first in range(0, experiment.samples, frames.WINDOW)}
    alternatives = [chart.name for part in choices.values() for chart in part.charts]
    own = {*alternatives, *(chart.name for chart in windows[str(rows.start)].charts)}
    every = charts.build(shown)
    example = example_choice.current(experiment)
    return Page(
        title="An experiment" if example is None else example.title,
        experiment=experiment,
        positions=run.positions,
        end=len(history) - 1,
        position=position,
        readouts=readouts(experiment),
        notes=notes(run),
        parts={
            "run": {"": Part([c for c in every if c.name not in own], frames.run_frames(experiment, history))},
            "choice": choices,
            "rows": windows,
        },
        chosen={"run": "", "choice": choice.chart, "rows": str(rows.start)},
        order=[name for c in every for name in (alternatives if c.name in alternatives else [c.name])],
        live=live,
    )
