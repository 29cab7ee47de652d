"""What a player's browser reports. It is not taken on trust."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


def reported(state: object, name: str) -> object:
    """Give what a component's state has under a name; None if it has nothing there, or is no state."""
    return state.get(name) if isinstance(state, Mapping) else None


@dataclass(frozen=True)
class View:
    """What the browser reported last.

    Attributes
    ----------
    run : str
        The run that it plays; empty before it has said anything.
    have : int
        Number of frames that it has of that run.
    question : int
        Number of the question for more frames that is still open; 0 if none is.
    position : int
        Number of epochs trained that it shows.
    jump : int
        The last `jump` that it was given.
    """

    run: str = ""
    have: int = 0
    question: int = 0
    position: int = 0
    jump: int = 0

    @classmethod
    def read(cls, state: object) -> View:
        """Read the component's state. It comes from a browser, so nothing about it is taken on trust."""
        said = reported(state, "view")
        if not isinstance(said, Mapping):
            return cls()
        return cls(
            run=str(said.get("run", ""))[:64],
            **{name: _count(said.get(name)) for name in ("have", "question", "position", "jump")},
        )

    @staticmethod
    def read_pressed(state: object) -> list[tuple[int, str, str]]:
        """Read from the component's state what was pressed: number, kind and value of each press, perhaps again.

        The kind is "action" for a button beside the readouts, "choice" for another figure or setting, and "rows" for
        other rows of a chart that shows a part of them: its value is the first of them.
        """
        said = reported(state, "pressed")
        return [
            (entry[0], entry[1], entry[2]) for entry in (said if isinstance(said, list) else []) if _is_press(entry)
        ]

    @staticmethod
    def lost(state: object) -> bool:
        """Read from a component's state whether an address of ours has just been found to lead elsewhere."""
        return reported(state, "lost") is True


def _is_press(said: object) -> bool:
    return isinstance(said, list) and [type(part) for part in said] == [int, str, str] and 0 < said[0] < 2**53


def _count(value: object) -> int:
    return value if type(value) is int and 0 <= value < 2**31 else 0
