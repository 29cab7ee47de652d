"""What travels to a player: figures (Plotly JSON), frames (arrays whose first axis is the frame), bindings.

Nothing here needs Streamlit: a page in a file holds the same.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

_DTYPES = {"float32": "f4", "float64": "f8", "int32": "i4", "int16": "i2", "uint8": "u1"}


@dataclass(frozen=True)
class Binding:
    """What a chart shows of an array at the position of the player.

    Attributes
    ----------
    figure : str
        Name of the figure.
    trace : int
        Number of the trace in that figure.
    attribute : str
        Plotly attribute of the trace, for example "z", "y" or "marker.opacity".
    array : str or tuple of str
        Name of the frames array. Several names: their values side by side on a new last axis (for customdata).
    how : {"at", "up_to", "all"}
        The present frame alone, every frame up to the present one, or every frame that has arrived.
    first : int or tuple of int
        First frame at which each array has a value. Before it, the chart shows a gap.
    scale : float or tuple of float
        Factor on the values of each array, for quantities that are a constant times another one.
    links : mapping, optional
        Of a trace that draws lines for those of many values that lie in a range: ``cells`` (for each line, which of the
        arrays and which of its values), ``points`` (y of the points of each line, one line after the other) and
        ``within`` (more than the first number, at most the second). The other lines are left out.
    """

    figure: str
    trace: int
    attribute: str
    array: str | tuple[str, ...]
    how: Literal["at", "up_to", "all"] = "at"
    first: int | tuple[int, ...] = 0
    scale: float | tuple[float, ...] = 1.0
    links: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Readout:
    """A number above the charts that follows the player.

    Attributes
    ----------
    label : str
        What the number is.
    array : str
        Name of a frames array of shape (frames,).
    kind : {"significant", "percent"}
        Six significant digits, or a share in [0, 1] shown in per cent.
    first : int
        First frame at which the array has a value; a dash stands before it.
    spoken : str
        Name of the number in the announcement for screen readers; empty leaves it out.
    """

    label: str
    array: str
    kind: Literal["significant", "percent"] = "significant"
    first: int = 0
    spoken: str = ""


@dataclass(frozen=True)
class Note:
    """A sentence above the charts that holds for a part of the run.

    Attributes
    ----------
    text : str
        Plain text.
    first, last : int
        Positions at which it holds; None for the last one is the end of the run.
    """

    text: str
    first: int = 0
    last: int | None = None


def encode(array: NDArray[Any]) -> dict[str, Any]:
    """Write an array in Plotly's own typed-array form: dtype, base64 data, shape.

    Parameters
    ----------
    array : ndarray of float32, float64, int32, int16 or uint8
        Finite values, any shape.

    Returns
    -------
    dict
        ``{"dtype": "f4", "bdata": "…", "shape": [frames, …]}``

    Raises
    ------
    ValueError
        If the dtype has no such form, or a value is not finite: a NaN would become a silent gap in a chart.
    """
    _check(array)
    return packed(array)


def packed(array: NDArray[Any]) -> dict[str, Any]:
    """Write an array as `encode` does, but without a check: in a figure NaN is a gap that is wanted."""
    return {
        "dtype": _DTYPES[array.dtype.name],
        "bdata": base64.b64encode(_little_endian(array).data).decode("ascii"),
        "shape": list(array.shape),
    }


def _check(array: NDArray[Any]) -> None:
    if array.dtype.name not in _DTYPES:
        msg = f"the stage takes arrays of {', '.join(_DTYPES)}, not of {array.dtype.name}"
        raise ValueError(msg)
    if not np.isfinite(array).all():
        msg = "the stage takes finite numbers; use a binding's `first` for frames that have no value"
        raise ValueError(msg)


def _little_endian(array: NDArray[Any]) -> NDArray[Any]:
    return np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))


def contents(
    *,
    run: str,
    total: int,
    positions: NDArray[np.int32],
    end: int | None,
    start: int,
    figures: Mapping[str, Mapping[str, Any]] | None,
    bindings: Sequence[Binding],
    readouts: Sequence[Readout],
    position: int,
    jump: int,
    answer: int,
    dark: Mapping[str, str],
    notes: Sequence[str | Note] = (),
    words: Mapping[str, str] | None = None,
    actions: Sequence[str] = (),
    leads: Sequence[str] = (),
    below: int = 0,
    pressed: int = 0,
) -> dict[str, Any]:
    """Gather what a player is to show, or what is new to it. The frames go beside it, see `message`.

    Parameters
    ----------
    run : str
        Identity of what is played. Another value starts over at frame 0 and keeps the position.
    total : int
        Epochs of the whole run.
    positions : ndarray of int32, shape (all frames,)
        Number of epochs trained at each frame of the whole run, ascending from 0. Travels with frame 0 only.
    end : int or None
        Last frame there will ever be, if the run ended before the last of ``positions``.
    start : int
        Number of the first frame of the chunk; the browser takes a chunk only if it is the next one.
    figures : mapping of str to dict, or None
        Plotly figure JSON by name, in the order of the screen; None keeps those that the browser has. ``layout.meta``
        may hold ``span`` (columns), ``views`` (name → layout changes, chosen by buttons over the chart), ``rows``
        (first, count, step and total of rows shown in part, with buttons to the rest), ``empty`` (words
        before the first frame that has values), ``choice`` (label, options as pairs of value and text, and chosen of a
        box that asks for another figure in this place), ``settings`` (a list of such boxes, each with a name: it asks
        for "name=value"), ``points`` (samples that can be added, moved and removed in the plot:
        ``columns`` and ``names`` of x, y and label in the table, and ``samples``: number, x, y and label of each),
        ``marks`` (the units of a network, each with its layer, number and ends: a press on one or on a link marks its
        cells in the charts that say ``marked``),
        ``seeks`` (whether a press in the plot goes to the position there: x is epochs trained) and
        ``label`` (accessible name).
    bindings, readouts : sequences
        Which array goes where.
    position : int
        Where a newly mounted player stands.
    jump : int
        Another value moves a mounted player to ``position``, for example because another experiment was opened.
    answer : int
        The `View.question` that this answers, even if it brings nothing new.
    dark : mapping of str to str
        For each colour of the figures, its twin on a dark page.
    notes : sequence of str or Note
        Sentences shown above the charts, as plain text: of those that hold at the position, the first one.
    words : mapping of str to str, optional
        Words in the notes and readouts that explain themselves, and how.
    actions : sequence of str
        Labels of buttons beside the readouts; `View.read_pressed` has those that were pressed.
    leads : sequence of str
        Those of the actions that lead to another page.
    below : int
        Pixels of the window to leave for what stands below the player; the end of the page if 0.
    pressed : int
        Number of the last press that was heard. The browser sends later ones again.
    """
    noted = [note if isinstance(note, Note) else Note(note) for note in notes]
    return {
        "run": run,
        "total": total,
        "positions": encode(positions) if start == 0 else None,
        "end": end,
        "start": start,
        "figures": figures,
        "bindings": [{key: value for key, value in vars(each).items() if value is not None} for each in bindings],
        "readouts": [vars(readout) for readout in readouts],
        "position": position,
        "jump": jump,
        "answer": answer,
        "dark": dark,
        "notes": [note.text for note in noted],
        "times": [(note.first, note.last) for note in noted],
        "words": words or {},
        "actions": list(actions),
        "leads": list(leads),
        "below": below,
        "pressed": pressed,
    }


def message(data: Mapping[str, Any], frames: Mapping[str, NDArray[Any]]) -> bytes:
    """Write what travels to a player: a line of JSON, and behind it the bytes of the frames.

    In JSON the frames would be a third longer. To write, check and read them there took a tenth of a rerun's time.

    Parameters
    ----------
    data : mapping
        Its `contents`.
    frames : mapping of str to ndarray of shape (chunk, …)
        The chunk.

    Raises
    ------
    ValueError
        As `encode` does.
    """
    told, parts, place = {}, [], 0
    for name, array in frames.items():
        _check(array)
        part = _little_endian(array)
        told[name] = {"dtype": _DTYPES[array.dtype.name], "shape": list(array.shape), "at": place}
        parts.append(part.data.cast("B") if part.size else b"")
        place += part.nbytes
    # json.dumps writes no line break, so the first one ends the JSON.
    return b"".join([json.dumps({**data, "frames": told}).encode("ascii"), b"\n", *parts])
