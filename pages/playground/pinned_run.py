"""The pinned run: an experiment whose loss stays in sight behind those of the next ones."""

from classifier import Experiment, Run
from pages.playground.charts.run_shown import Pinned
from pages.playground.difference import difference, rates
from pages.shared.run.runs import identity, shared_run, train
from pages.shared.session import state

_PIN = "Pin this run"
_UNPIN = "Unpin"


def actions(experiment: Experiment) -> list[str]:
    """List the buttons that would do something."""
    pinned = state.pinned()
    return [*([_UNPIN] if pinned is not None else []), *([_PIN] if pinned != experiment else [])]


def act(action: str, experiment: Experiment) -> None:
    """Do what one of these buttons says. Call it in a callback."""
    if action in (_PIN, _UNPIN):
        state.pin(experiment if action == _PIN else None)


def shown(experiment: Experiment, budget_s: float) -> tuple[str, Pinned | None]:
    """Give the pinned run as a chart shows it beside an experiment, trained on for a while if that is needed.

    Returns
    -------
    str
        Changes with what is to be drawn; empty if nothing is.
    Pinned or None
        Named by what it has that the experiment has not.
    """
    pinned = state.pinned()
    if pinned is None:
        return "", None
    run = shared_run(pinned)
    train(run, budget_s=budget_s)
    pin = beside(run, experiment)
    return f"{identity(pinned)}:{len(pin.history)}:{pin.name}", pin


def beside(run: Run, experiment: Experiment) -> Pinned:
    """Show the pinned run beside an experiment, named by what it has that the experiment has not."""
    pinned, history = run.experiment, run.history
    # With another column name it is another experiment, but there is no difference in words.
    name = difference(pinned, experiment) or ("this run" if pinned == experiment else rates(pinned))
    if not run.done:
        name += f", up to epoch {history.position[-1]}"
    return Pinned(name, history)
