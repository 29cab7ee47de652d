"""What stands around every page: its address, the notices about it, and the corner with present, class and Share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

import streamlit as st

from pages.frame.corner import Offer, corner
from pages.shared.address.parameters import Own, PageParameter
from pages.shared.session import address, leaving

# Not of the session: a run that was stopped and the next one overlap for a moment.
_OFFER: Final[ContextVar[Offer]] = ContextVar("offer")


@contextmanager
def page(name: str, declared: Sequence[PageParameter[Any]] = ()) -> Iterator[Own]:
    """Open the address of a page, let the page be drawn, write its address, and draw the corner.

    A page that runs again, or leads to another one, ends at that place: no address is written then.

    Parameters
    ----------
    name : str
        Name of the page, constant.
    declared : sequence of PageParameter
        The page's own parameters.

    Yields
    ------
    Own
        Their values; see `address.open_page`.

    Examples
    --------
    >>> with page("teach") as own:  # doctest: +SKIP
    ...     st.header("Teach")
    """
    offered = Offer()
    _OFFER.set(offered)
    # The corner's place comes first, on every page and whatever the page draws: what moves in the page is mounted anew.
    place = st.container(key="share_corner", width="content", horizontal=True, gap="xsmall")
    own = address.open_page(name, declared)
    if not own.players:  # a player shows the notices itself
        address.show_notices()
    yield own
    address.write(own)
    leaving.follow()
    corner(offered, place)


def offer(**given: Any) -> None:  # noqa: ANN401 - whatever the field takes
    """Give the frame what this page has for it, by the names of `Offer`. Call it while the page is drawn."""
    vars(_OFFER.get()).update(given)


def announce(labels: Sequence[str], problems: Mapping[str, str]) -> None:
    """Announce to screen readers what is wrong with fields, and tie it to them.

    Parameters
    ----------
    labels : sequence of str
        The fields, by their labels on the screen.
    problems : mapping
        What is wrong, by label; a field that is not in it, or has nothing to say, is right.
    """
    offered = _OFFER.get()
    offered.labels += labels
    offered.problems |= {label: f"{label}: {text}" for label, text in problems.items() if text}
