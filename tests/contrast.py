"""The contrast of two colours, as WCAG 2 defines it."""

from __future__ import annotations

from collections.abc import Sequence


def channels(colour: str) -> tuple[float, ...]:
    """Read #rrggbb: red, green and blue, from 0 to 255."""
    return tuple(bytes.fromhex(colour[1:]))


def contrast(one: Sequence[float], other: Sequence[float]) -> float:
    """Give the contrast of two colours, each by its channels: from 1, of equal ones, to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Sequence[float]) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (value / 255 for value in colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
