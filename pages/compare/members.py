"""The experiments of a comparison: what differs, and its values as typed. Pure text in, experiments out."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from classifier import MAX_MEMBERS, MAX_SEED, Experiment, zeros_initial
from pages.shared.address.fields import FIELD, rule_of
from pages.shared.text.quoting import quoted
from pages.shared.text.typed_numbers import is_number, parse_whole_number

MAX_TEXT: Final = 600
_RANGE: Final = re.compile(r"([0-9]{1,10})[-–]([0-9]{1,10})")
_THOUSANDS: Final = re.compile(r"[1-9][0-9]{0,2}(,[0-9]{3})+")


@dataclass(frozen=True)
class Member:
    """One experiment of a comparison, named by the value in which it differs."""

    name: str
    experiment: Experiment


@dataclass(frozen=True)
class Variation:
    """Something in which experiments can differ.

    Attributes
    ----------
    label : str
    short : str
        Stands before a value where the label has no room; empty if the values speak for themselves.
    hint : str
        What may stand in the field.
    default : callable
        The values to start with, for an experiment.
    make : callable
        The experiment of one value; raises ValueError.
    left_out : callable
        What of the experiment a comparison of this kind leaves out, as a sentence; empty if nothing.
    """

    label: str
    short: str
    hint: str
    default: Callable[[Experiment], str]
    make: Callable[[Experiment, str], Member]
    left_out: Callable[[Experiment], str] = lambda _: ""


def _field(name: str, **also: Any) -> Callable[[Experiment, str], Member]:  # noqa: ANN401 - values of other fields
    """Give what makes an experiment of a value of one field; what cannot stay beside any value is set, too."""
    field = FIELD[name]

    def make(base: Experiment, text: str) -> Member:
        value = field.read(text)
        return Member(field.write(value), base.replace(**{name: value}, **also))

    return make


def _initial(base: Experiment, text: str) -> Member:
    if text == "zeros":
        return Member(text, base.replace(initial=zeros_initial(*base.sizes)))
    if text == "own":
        if base.initial is None:
            raise ValueError("this experiment has no initial weights of its own.")
        return Member(text, base)
    try:
        seed = parse_whole_number(text)
    except ValueError:
        raise ValueError(f"{quoted(text)} is not zeros, own or a seed.") from None
    return Member(f"seed {seed}", base.replace(seed=seed, initial=None))


def _default_starts(base: Experiment) -> str:
    seeds = [str(base.seed), *(str(seed) for seed in range(4) if seed != base.seed)]
    own = base.initial not in (None, zeros_initial(*base.sizes))
    return ", ".join(["zeros", *(["own"] if own else []), *seeds[:3]])


def _without_initial(why: str) -> Callable[[Experiment], str]:
    left_out = f"{why}: those given to this experiment are left out."
    return lambda base: left_out if base.initial is not None else ""


VARIATIONS: Final[dict[str, Variation]] = {
    "lr": Variation(
        FIELD["learning_rate"].label,
        "lr",
        "Learning rates: 0.001, 0.01, 0.1",
        lambda _: "0.001, 0.01, 0.1, 1",
        _field("learning_rate", schedule=()),
        lambda base: (
            "Each learning rate holds throughout: the changes of this experiment’s rate are left out."
            if base.schedule
            else ""
        ),
    ),
    "seed": Variation(
        FIELD["seed"].label,
        "seed",
        "Seeds: 1, 2, 3 or 0-11",
        lambda _: "0-11",
        _field("seed", initial=None),
        _without_initial("Each seed draws its own initial weights"),
    ),
    "hidden": Variation(
        FIELD["hidden"].label,
        "hidden",
        "Units of each hidden layer: none, 2, 4, or 4_3 for two",
        lambda _: "none, 2, 4, 8",
        _field("hidden", initial=None),
        _without_initial("Each network draws its initial weights by the seed"),
    ),
    "activation": Variation(
        FIELD["activation"].label,
        "",
        "Activations: sigmoid, tanh, relu",
        lambda _: "sigmoid, tanh, relu",
        _field("activation"),
        lambda base: "" if base.hidden else "There is no hidden layer, so the activation has no effect here.",
    ),
    "route": Variation(FIELD["route"].label, "", "Routes: fused, chain", lambda _: "fused, chain", _field("route")),
    "initial": Variation(FIELD["initial"].label, "", "Starts: zeros, own, or seeds", _default_starts, _initial),
}


def read_members(kind: str, text: str, base: Experiment) -> tuple[Member, ...]:
    """Read the values of a comparison.

    Parameters
    ----------
    kind : str
        A key of `VARIATIONS`.
    text : str
        Values between commas, semicolons or spaces. Seeds may be a range, 0-11.
    base : Experiment
        What all members share but for their value.

    Returns
    -------
    tuple of Member
        1 to `MAX_MEMBERS`, all different.

    Raises
    ------
    ValueError
        If a value is none of its kind, is there twice, or there are too many. The message names its place.

    Examples
    --------
    >>> tutorial = Experiment.tutorial()
    >>> [member.name for member in read_members("lr", "0,5; 1/4; 1e-3", tutorial)]
    ['0.5', '0.25', '0.001']
    >>> [member.name for member in read_members("seed", "7, 0-2", tutorial)]
    ['7', '0', '1', '2']
    """
    if len(text) > MAX_TEXT:
        raise ValueError(f"The text has {len(text)} characters. It may have at most {MAX_TEXT}.")
    members: list[Member] = []
    for value in _values(text, ranges=kind in ("seed", "initial"), decimals=kind == "lr"):
        place = f"Value {len(members) + 1}"
        if len(members) == MAX_MEMBERS:
            raise ValueError(f"There are more than {MAX_MEMBERS} values. Up to {MAX_MEMBERS} are compared.")
        try:
            member = VARIATIONS[kind].make(base, value)
        except ValueError as error:
            raise ValueError(f"{place}: {rule_of(error)}") from None
        same = next((n for n, other in enumerate(members, 1) if other.experiment == member.experiment), None)
        if same is not None:
            raise ValueError(f"{place}: {quoted(value)} is the same as value {same}.")
        members.append(member)
    if not members:
        raise ValueError("There is no value.")
    return tuple(members)


def to_address(kind: str, text: str, members: Sequence[Member]) -> str:
    """Write values that were read as the address holds them: a comma between any two, no decimal commas."""
    return ",".join([member.name for member in members] if kind == "lr" else re.split(r"[;,\s]+", text.strip(" ,;")))


def from_address(text: str) -> str:
    """Write values of an address as the field shows them."""
    return re.sub(r"\s*,\s*", ", ", text)


def _parted(text: str) -> list[str]:
    """Split a text at semicolons, at commas with a space, and at spaces; "1 / 2" is one value."""
    whole = re.sub(r"\s*/\s*", "/", text)
    # A comma with something right behind it may be a decimal comma.
    return [part for part in re.split(r"[;\s]+|,(?=[;\s]|$)", whole) if part]


def _values(text: str, *, ranges: bool, decimals: bool) -> Iterator[str]:
    parts = _parted(text)
    for part in parts:
        # One comma is a decimal comma if there are other values besides, as in "0,5; 1". Alone, "0,5" is ambiguous.
        is_decimal = decimals and part.count(",") == 1 and is_number(part)
        if _THOUSANDS.fullmatch(part) or (is_decimal and len(parts) == 1):
            raise ValueError(f"{quoted(part)} has two readings. Put a space behind a comma that parts two values.")
        for piece in [part] if is_decimal else part.split(","):
            span = _RANGE.fullmatch(piece) if ranges else None
            if span is None:
                yield piece.strip()
                continue
            first, last = int(span[1]), int(span[2])
            if last < first or last > MAX_SEED:
                raise ValueError(f"{quoted(piece)} is not a range of seeds, from the smaller to the larger.")
            yield from map(str, range(first, last + 1))  # read_members stops after a dozen
