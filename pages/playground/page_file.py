"""The playground as a file: a run from its first position to its last, with every chart and every row there is."""

from classifier import Experiment
from pages.playground.chosen_chart.choice import Choice
from pages.playground.screen import screen
from pages.shared.address.writing import example_name
from pages.shared.examples import EXAMPLES
from pages.shared.run import runs
from pages.shared.share.page_html.page_html import Page


def page(
    experiment: Experiment,
    position: int,
    live: str | None = None,
    *,
    row: int = 0,
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
    row, choice, pinned : optional
        What is shown at first, see `screen`.
    """
    run = runs.finished(runs.shared_run(experiment))
    pin = None if pinned is None else runs.finished(runs.shared_run(pinned))
    name = example_name(experiment)
    return Page(
        title="An experiment" if name is None else EXAMPLES[name].title,
        screen=screen(run, row, choice or Choice(), pin, live=False),
        position=position,
        live=live,
    )
