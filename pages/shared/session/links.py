"""What the address says of an experiment, and links to it."""

from collections.abc import Collection, Mapping, Sequence
from urllib.parse import urlencode

from classifier.experiment.experiment import Experiment
from pages.shared.address.parameters import CLASS, PRESENT
from pages.shared.address.writing import (
    TUTORIAL,
    Params,
    fitting_params,
    is_without_samples,
    least_length,
    left_out,
    to_params,
    write_pin,
)
from pages.shared.session.state import Query, State, current

# A server refuses longer addresses (measured: 64 kB of headers), and a page that cannot be reloaded is worse than
# an address without its table.
MAX_ADDRESS = 60_000
# What proxies commonly let through. Beyond it a link may work or not, which depends on who opens it where.
SAFE_LINK = 8_000
_RUN = "run_"


def here() -> Params | None:
    """Give the whole address of the page, as `address.write` was last called; None if it lacks the samples."""
    state = current()
    if is_without_samples(state.experiment, said(state)):
        return None
    # Without the class: somebody who is sent this link does not join it.
    return {key: value for key, value in state.here.items() if key != CLASS.key}


def to_page(own: Collection[str] = ()) -> Params:
    """Give what the address says of the experiment and the position: for a link to another page.

    Parameters
    ----------
    own : collection of str
        Parameters of that page's own which bear the name of an experiment's; see `beside`.

    Notes
    -----
    A page that had to add something to its address would stand in the browser's history twice, and Back would lead to
    the same page.
    """
    state = current()
    params = beside(said(state), own)
    # The page there must not open this as a new address: a table that is too large for the link would be lost.
    state.known.append(hash_of(params))
    return params | _along(state)


def to_experiment(experiment: Experiment) -> Params | None:
    """Give the address of another experiment, at the same position: for a link that opens it on another page.

    None if the link would be too long for some networks; then use `address.open_experiment`.
    """
    state = current()
    if least_length(experiment) > SAFE_LINK:
        return None
    params = to_params(experiment, min(state.position, experiment.epochs))
    if "pin" in said(state):
        params["pin"] = said(state)["pin"]
    if len(urlencode(params, doseq=True)) > SAFE_LINK:
        return None
    if experiment != state.experiment:
        _forget(state, hash_of(params))
    return params | _along(state)


def to_place(experiment: Experiment, position: int, own: Mapping[str, str], pinned: Experiment | None = None) -> Params:
    """Give the address of an experiment and a position on another page, whatever is open here or there now.

    Parameters
    ----------
    experiment : Experiment
        A named one, or one that differs from such a one a little: it is written out in full otherwise.
    position : int
    own : mapping of str to str
        That page's own parameters.
    pinned : Experiment, optional
        Its curve stays in sight.
    """
    state = current()
    params = to_params(experiment)
    if not params.keys() & {"example", "inputs"}:
        params["example"] = TUTORIAL  # an address that names nothing opens nothing
    if pinned is not None and (pin := write_pin(pinned)) is not None:
        params["pin"] = pin
    if (experiment, pinned) != (state.experiment, state.pin):
        _forget(state, hash_of(params))
    return {**params, "position": str(position), **own, **_along(state)}


def _forget(state: State, query: int) -> None:
    """Forget that the session had an address, so that a link to it is opened again."""
    while query in state.known:
        state.known.remove(query)


def _along(state: State) -> Params:
    """Give what goes along with the visitor to every page, beside the experiment."""
    presenting = {PRESENT.key: PRESENT.write(True)} if state.presenting else {}
    return {**presenting, **({CLASS.key: state.class_code} if state.class_code else {})}


def unsaid(state: State) -> tuple[str, ...]:
    """Give what the address had no room for, as a visitor is told it."""
    return left_out(state.experiment, state.pin, said(state))


def said(state: State) -> Params:
    """Give the query parameters, without the samples if those are too many, and without the pin if that is."""
    known = state.fitting
    if known is None or known[0] is not state.experiment or known[1] is not state.pin:
        fitting = fitting_params(state.experiment, state.pin, MAX_ADDRESS)
        state.fitting = known = (state.experiment, state.pin, fitting)
    return known[2] | ({"position": str(state.position)} if state.position else {})


def query_of(params: Mapping[str, Sequence[str]], own: Sequence[str]) -> Query:
    """Give the part of a query that names an experiment."""
    skipped = ("position", *own)
    return tuple(sorted((key, tuple(values)) for key, values in params.items() if key not in skipped))


def beside(params: Params, own: Collection[str]) -> Params:
    """Write what an address says of the experiment where a page has parameters of its own.

    One of these may bear the name of an experiment's: the seed of a problem is not that of the weights. That of the
    experiment then has another name.

    Examples
    --------
    >>> beside({"lr": "0.1", "seed": "7"}, ("seed", "level"))
    {'lr': '0.1', 'run_seed': '7'}
    """
    return {_RUN * (key in own) + key: value for key, value in params.items()}


def of_experiment(params: Mapping[str, Sequence[str]], own: Collection[str]) -> dict[str, Sequence[str]]:
    """Read what `beside` wrote: what an address says of the experiment, by its own names."""
    theirs = {key: values for key, values in params.items() if key not in own}
    return {key.removeprefix(_RUN) if key.removeprefix(_RUN) in own else key: theirs[key] for key in theirs}


def hash_of(params: Params) -> int:
    """Give a query without a page's own parameters as `State.known` keeps it."""
    return hash(query_of(lists(params), ()))


def lists(params: Mapping[str, str | list[str]]) -> dict[str, list[str]]:
    """Write parameters as a query is read: all values of every key."""
    return {key: [value] if isinstance(value, str) else list(value) for key, value in params.items()}
