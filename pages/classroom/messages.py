"""Checks what travels between a browser and a class: the messages of messages.json only, as messages.js does."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

_TABLE: Final = json.loads((Path(__file__).parent / "messages.json").read_text("utf-8"))
PATH: Final[str] = _TABLE["path"]
LIMITS: Final[dict[str, int]] = _TABLE["limits"]
CLOSING_CODES: Final[dict[str, int]] = {reason: int(code) for code, reason in _TABLE["closed"].items()}
"""The WebSocket close code of each reason."""

_LARGEST: Final = 1.7e308
"""No number in a message is larger than this, so that a browser reads none of them as infinity."""


class Refused(ValueError):  # noqa: N818 - the word that the browser hears
    """A frame is not one of the messages that its sender may send."""


def read(frame: str | None, sender: str) -> dict[str, Any]:
    """Read a frame.

    Parameters
    ----------
    frame : str or None
        The text; None stands for a binary frame, which is no message.
    sender : str
        Whose messages it may be: "first", "teacher", "student", "server".

    Returns
    -------
    dict
        "type" and exactly the fields of that message, each of its type and within its bounds.

    Raises
    ------
    Refused
        If it is anything else.
    """
    if frame is None or len(frame.encode(errors="surrogatepass")) > LIMITS["bytes_a_frame"]:
        raise Refused
    try:
        message = json.loads(frame)
    except (ValueError, RecursionError):  # numbers of thousands of digits, brackets in brackets
        raise Refused from None
    kinds = _TABLE[sender]
    if not isinstance(message, dict) or not isinstance(message.get("type"), str) or message["type"] not in kinds:
        raise Refused
    kind, names = message["type"], kinds[message["type"]]
    if message.keys() != {"type", *names} or not all(_fits(message[name], rule_of(kind, name)) for name in names):
        raise Refused
    return message


def rule_of(kind: str, name: str) -> dict[str, Any]:
    """Return the rule of a field, which a kind of message may have for itself."""
    fields: dict[str, dict[str, Any]] = _TABLE["fields"]
    return fields.get(f"{kind}.{name}", fields[name])


def write(kind: str, /, **fields: object) -> str:
    """Return the text of a message, in ASCII, so that a lone surrogate, which JSON allows, can be sent as well."""
    return json.dumps({"type": kind, **fields}, separators=(",", ":"))


def _fits(value: object, rule: dict[str, Any]) -> bool:
    """Say whether a value is of a field's type, and within its bounds."""
    kind: str = rule["is"]
    if isinstance(value, bool):
        return kind == "boolean"
    if isinstance(value, str):
        fits = kind in ("text", "number or text") and len(value) <= rule["longest"]
        return fits and ("pattern" not in rule or re.fullmatch(rule["pattern"], value) is not None)
    if isinstance(value, int | float):
        fits = kind in ("number", "number or text") or (kind == "integer" and isinstance(value, int))
        # Not a number lies within no bounds.
        return fits and bool(rule.get("least", -_LARGEST) <= value <= rule.get("most", _LARGEST))
    if isinstance(value, list):
        return kind == "list" and len(value) <= rule["longest"] and all(_fits(item, rule["of"]) for item in value)
    return False
