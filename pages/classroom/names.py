"""Names of rooms and of the places in them: both follow from the teacher's secret, and no list of them is kept.

A room is named by the whole hash of its teacher's secret. So the server need not remember who the teacher is: after a
restart the secret opens the same room again, and nobody else's does. What is typed, the code, is only looked up among
the rooms that are there.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Final

_CODE: Final = 8
"""Letters of a code, which is typed: the first ones of its room's name, 40 bits."""


def room_of(secret: str) -> str:
    """Return the name of the room whose teacher has this secret.

    Parameters
    ----------
    secret : str
        128 bits in hexadecimal digits.

    Returns
    -------
    str
        base32(sha256(bytes of the secret)): 52 letters or digits, 256 bits.
    """
    return base64.b32encode(hashlib.sha256(bytes.fromhex(secret)).digest()).decode().rstrip("=")


def key_of(secret: str) -> str:
    """Return what signs the places of a room's students: another process may know it, and cannot teach with it."""
    return hashlib.sha256(f"places of {secret}".encode()).hexdigest()


def is_code(name: str) -> bool:
    """Say whether a room is named by what is typed, and not by its whole name."""
    return len(name) == _CODE


def place(key: str, began: object, number: object) -> str:
    """Return a student's place: when its room began, its number in the room, and the signature of both."""
    said = f"{began}.{number}"
    return f"{said}.{hmac.digest(bytes.fromhex(key), said.encode(), 'sha256').hex()[:32]}"


def number_of(place: str) -> int:
    """Return how many places had been given when this one was: it tells the members of a room apart."""
    return int(place.split(".")[1])
