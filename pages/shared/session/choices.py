"""One of a few, as a page's own parameter in the address names it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pages.shared.session import session
from pages.shared.text.quoting import quoted

__all__ = ["read"]


def read(news: Mapping[str, Sequence[str]], key: str, options: Sequence[str], default: str) -> str | None:
    """Read which of some options the address names; what is none of them is ignored with a notice.

    Parameters
    ----------
    news : mapping
        As `session.open_address` gives it.
    key : str
        Name of the parameter.
    options : sequence of str
    default : str
        What an address means that does not say.

    Returns
    -------
    str or None
        None if there is no news.
    """
    if key not in news:
        return None
    values = news[key]
    if not values:
        return default
    if len(values) > 1:
        session.add_notice(f"{quoted(key)} in the address is ignored: it stands there {len(values)} times.")
        return default
    if values[0] not in options:
        session.add_notice(
            f"{quoted(key)} in the address is ignored: {quoted(values[0])} is not one of {', '.join(options)}."
        )
        return default
    return values[0]
