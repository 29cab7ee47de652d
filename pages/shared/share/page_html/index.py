"""The first page of a site of such files: what each of them teaches, and its loss as a small curve."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pages.shared.share.page_html.page_html import document

_STYLE: Final = (Path(__file__).parent / "index.css").read_text("utf-8")
_WIDTH: Final = 240
_HEIGHT: Final = 64
_RIM: Final = 3
_ABOUT: Final = (
    "Hand-written back-propagation, trained one sample at a time. Each page plays a run that was computed beforehand: "
    "press Train, stop anywhere, step back. It needs neither a server nor the internet."
)


@dataclass(frozen=True, eq=False)
class Entry:
    """A page of the site.

    Attributes
    ----------
    address, title, question : str
        Where it is, and what it teaches.
    loss : ndarray of shape (positions,)
        Its running loss from position 1 on.
    """

    address: str
    title: str
    question: str
    loss: NDArray[np.float64]


def index_html(entries: Sequence[Entry], live: str | None = None, *, editable: str | None = None) -> str:
    """Write the list; ``live`` is the address of the app, ``editable`` the playground of this site."""
    links = {editable: "Open the playground, to train your own samples", live: "Open Backprop by Hand, the whole app"}
    if editable is None and live:
        links[live] = "Open Backprop by Hand, to train your own samples"
    link = "".join(f'<p><a href="{escape(address)}">{text}</a></p>' for address, text in links.items() if address)
    body = "\n".join(
        f'<li><a href="{escape(entry.address)}"><h2>{escape(entry.title)}</h2>{_curve(entry.loss)}</a>'
        f"<p>{escape(entry.question)}</p></li>"
        for entry in entries
    )
    head = f'<header class="index-head"><h1>Backprop by Hand</h1>\n<p>{_ABOUT}</p>\n{link}</header>'
    return document("Examples", f'{head}\n<main>\n<ul class="index-list">\n{body}\n</ul>\n</main>', _STYLE)


def _curve(loss: NDArray[np.float64]) -> str:
    """Draw a loss from 0 up: at most a point for each pixel."""
    if len(loss) < 2:
        return ""
    shown = np.unique(np.linspace(0, len(loss) - 1, _WIDTH).round().astype(int))
    x = _RIM + shown / (len(loss) - 1) * (_WIDTH - 2 * _RIM)
    y = _HEIGHT - _RIM - loss[shown] / (loss.max() or 1) * (_HEIGHT - 2 * _RIM)
    points = " ".join(f"{across:.1f},{up:.1f}" for across, up in zip(x, y, strict=True))
    box = f'viewBox="0 0 {_WIDTH} {_HEIGHT}" preserveAspectRatio="none"'
    return f'<svg {box} aria-hidden="true"><polyline points="{points}"/></svg>'
