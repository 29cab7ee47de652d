"""What the playground shows of a run: charts, arrays, readouts, notes and buttons. No page, no visitor."""

from dataclasses import replace
from typing import Final

from classifier import Experiment, Run, diagnose, is_one_class_each
from classifier.experiment.validation import counted
from pages.playground import findings, frames
from pages.playground.charts import charts
from pages.playground.charts.network import network_frames
from pages.playground.charts.run_shown import Pinned, RunShown
from pages.playground.charts.samples import predictions
from pages.playground.chosen_chart import builder
from pages.playground.chosen_chart.choice import CHARTS, Choice, name_of
from pages.playground.difference import difference, rates
from pages.shared.address.writing import example_name
from pages.shared.charts.screen import RUN, Part, Screen
from pages.shared.examples import EXAMPLES
from pages.shared.run import duration
from pages.shared.run.runs import identity
from pages.stage.message import Note, Readout

OPEN_STEP: Final = "Open this step"
PIN: Final = "Pin this run"
UNPIN: Final = "Unpin"


def screen(
    run: Run,
    row: int,
    choice: Choice,
    pinned: Run | None = None,
    *,
    sample: int = 0,
    live: bool = True,
    hides: bool = False,
) -> Screen:
    """Give what the playground shows of a run, as far as it is trained.

    Parameters
    ----------
    run : Run
    row : int
        A sample, from 0: those of its window have their predictions shown.
    choice : Choice
        The chart that is shown in the place where there is a choice, and the settings of each.
    pinned : Run, optional
        Whose loss is drawn behind this one's, as far as it is trained.
    sample : int
        The sample, from 0, on which the network is shown at work.
    live : bool
        Whether Python answers what is pressed. A file cannot change the settings of a chart.
    hides : bool
        Whether the end of the run is still to be predicted.
    """
    experiment, rows = run.experiment, frames.window(run.experiment, row)
    # In this order: another visitor's rerun may train the same run to its end in between.
    done, history = run.done, run.history
    finished = not hides and (done or int(history.position[-1]) == experiment.epochs)
    beside, pin = "", None
    if pinned is not None:
        pin = _beside(pinned, experiment)
        beside = f"{identity(pinned.experiment)}:{len(pin.history)}:{pin.name}"
    shown = RunShown(experiment, history, rows, pin, sample=sample, live=live)

    def of_choice(name: str) -> Part:
        chosen = replace(choice, chart=name).settings(experiment)
        chart = builder.chart(experiment, history, chosen, finished=finished, hides=hides, live=live)
        return Part([chart], lambda stretch: frames.chosen_frames(experiment, history[stretch], chosen))

    def of_samples(first: int) -> Part:
        window = frames.window(experiment, first)
        drawn = replace(shown, rows=window)
        return Part(
            [predictions(drawn)],
            lambda stretch: frames.sample_frames(experiment, history[stretch], window),
        )

    choices = {name: of_choice(name) for name in CHARTS}
    windows = {str(first): of_samples(first) for first in range(0, experiment.samples, frames.WINDOW)}
    alternatives = [chart.name for part in choices.values() for chart in part.charts]
    own = {*alternatives, *(chart.name for chart in windows[str(rows.start)].charts)}
    every = charts.build(shown)
    chosen = choice.settings(experiment)
    return Screen(
        # Another chart has other arrays, so it is played as another run: the position stays, as it does for an edit.
        name=f"{identity(experiment)}{name_of(chosen)}:{rows.start}.{sample}",
        experiment=experiment,
        positions=run.positions,
        trained=len(history),
        done=done,
        parts={
            RUN: {
                "": Part(
                    [chart for chart in every if chart.name not in own],
                    lambda stretch: (
                        frames.run_frames(experiment, history[stretch])
                        | network_frames(experiment, history[stretch], sample)
                    ),
                )
            },
            "choice": choices,
            "rows": windows,
        },
        chosen={RUN: "", "choice": choice.shown(experiment), "rows": str(rows.start)},
        order=[name for c in every for name in (alternatives if c.name in alternatives else [c.name])],
        readouts=_readouts(experiment),
        notes=[*_notes(run), *(builder.notes(experiment, chosen) if live else [])],
        actions=[
            *([UNPIN] if pinned is not None else []),
            *([PIN] if pinned is None or pinned.experiment != experiment else []),
            OPEN_STEP,
        ],
        leads=[OPEN_STEP],
        beside=beside,
    )


def _beside(run: Run, experiment: Experiment) -> Pinned:
    """Show the pinned run beside an experiment, named by what it has that the experiment has not."""
    pinned, history = run.experiment, run.history
    # With another column name it is another experiment, but there is no difference in words.
    name = difference(pinned, experiment) or ("this run" if pinned == experiment else rates(pinned))
    if not run.done:
        name += f", up to epoch {history.position[-1]}"
    return Pinned(name, history)


def _readouts(experiment: Experiment) -> list[Readout]:
    """List the numbers above the charts. Each accuracy says what it counts; that of samples needs classes as labels."""
    # Short labels, because all of them must fit into one row on a projector.
    accuracies = [Readout(f"accuracy of {experiment.samples * experiment.out_features} ŷ", "accuracy", kind="percent")]
    if is_one_class_each(experiment.label_array):
        accuracies.append(Readout(f"of {counted(experiment.samples, 'sample')}", "class_accuracy", kind="percent"))
    return [
        Readout("running loss", "running_loss", first=1, spoken="loss"),
        *accuracies,
        Readout("largest |∂L/∂W|", "largest_loss_wrt_weight"),
    ]


def _notes(run: Run) -> list[str | Note]:
    """Say why nothing may happen in a run, what was found in it, and what there is to learn: the most important first.

    An example asks its question before the end and answers it there, and nothing is told before the run has shown it.
    """
    experiment, epochs = run.experiment, run.experiment.epochs
    example = EXAMPLES.get(example_name(experiment) or "")
    end = int(run.history.position[-1]) if run.done else epochs
    found = diagnose(run)
    return [
        *duration.warnings(run),
        *findings.nothing_to_see(experiment),
        *([] if example is None else [Note(example.answer, max(end, 1))]),
        *(Note(findings.explain(finding, run), max(finding.position, example is not None)) for finding in found),
        *([] if example is None else [Note(example.question, 0, max(end - 1, 0))]),
        *([findings.learned(experiment)] if example is None and not found else []),
    ]
