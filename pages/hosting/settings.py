"""What a host may set, by environment variables: read once, and checked before the app starts."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from importlib.util import find_spec
from typing import Any

_PREFIX = "BACKPROP_"
# A source of a Content-Security-Policy: a scheme and a host, whose first label may be any, and perhaps a port.
_SOURCE = re.compile(r"https?://(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:([0-9]{1,5}|\*))?")


class SettingError(ValueError):
    """At least one variable has a bad value. The message has a line for each of them, with its rule."""


def _frame_ancestors(text: str) -> tuple[str, ...]:
    if text == "*":
        return ()
    sources = tuple(text.split())
    if text == "none":
        return ("'none'",)
    if not sources or any(source != "self" and not _SOURCE.fullmatch(source) for source in sources):
        raise ValueError("* for everybody, none, or addresses such as https://moodle.example.org, and self")
    return tuple("'self'" if source == "self" else source for source in sources)


def _redis_url(text: str) -> str:
    if not re.fullmatch(r"rediss?://[^\s/]+(/[0-9]+)?", text):
        raise ValueError("the address of a Redis or Valkey server, such as redis://host:6379/0")
    if find_spec("redis") is None:
        raise ValueError("used with the package redis alone: pip install redis")
    return text


def _whole_number(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch("[0-9]{1,12}", text) or not low <= int(text) <= high:
            raise ValueError(f"a whole number from {low} to {high}")
        return int(text)

    return read


def _set_by(read: Callable[[str], object], default: Any) -> Any:  # noqa: ANN401 - as `field`
    """Declare a setting: how its text is read, where ValueError says the rule, and its default."""
    return field(default=default, metadata={"read": read})


@dataclass(frozen=True)
class Settings:
    """All settings. The variable of each is its name in capitals behind ``BACKPROP_``.

    Attributes
    ----------
    frame_ancestors : tuple of str
        Which sites may show the app in a frame, as Content-Security-Policy writes them; empty: all.
    redis_url : str
        Where several processes meet that have members of the same classes; empty: each process has its own classes.
    cache_mb : int
        Megabytes (of 2²⁰ bytes) of runs, comparisons and landscapes that are kept for everybody.
    max_samples, max_inputs, max_outputs, max_epochs, max_steps : int or None
        Limits of an experiment's size that are lower than the classifier's own; None leaves those.
    """

    frame_ancestors: tuple[str, ...] = _set_by(_frame_ancestors, ())
    redis_url: str = _set_by(_redis_url, "")
    cache_mb: int = _set_by(_whole_number(16, 1_000_000), 256)
    # From what the examples need to what the classifier allows; a test holds both.
    max_samples: int | None = _set_by(_whole_number(150, 1_000), None)
    max_inputs: int | None = _set_by(_whole_number(4, 64), None)
    max_outputs: int | None = _set_by(_whole_number(4, 16), None)
    max_epochs: int | None = _set_by(_whole_number(2_000, 1_000_000), None)
    max_steps: int | None = _set_by(_whole_number(30_000, 20_000_000), None)

    @property
    def limits(self) -> dict[str, int | None]:
        """The limits of an experiment's size, by the classifier's names."""
        return {name.removeprefix("max_"): limit for name, limit in vars(self).items() if name.startswith("max_")}

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Settings:
        """Read the settings; an empty variable counts as not set.

        Raises
        ------
        SettingError
            If a value breaks its rule.

        Examples
        --------
        >>> Settings.read({"BACKPROP_FRAME_ANCESTORS": "self https://*.example.org"}).frame_ancestors
        ("'self'", 'https://*.example.org')
        """
        values, faults = {}, []
        for setting in fields(cls):
            variable = _PREFIX + setting.name.upper()
            text = environment.get(variable, "").strip()
            if text:
                try:
                    values[setting.name] = setting.metadata["read"](text)
                except ValueError as rule:
                    faults.append(f"{variable} is {text!r}. It may be {rule}.")
        if faults:
            raise SettingError("\n".join(faults))
        return cls(**values)


def unknown(environment: Mapping[str, str]) -> list[str]:
    """Return the variables that look like settings and are none: misspelt ones, or a container host's own."""
    known = {_PREFIX + setting.name.upper() for setting in fields(Settings)}
    return sorted(name for name in environment if name.startswith(_PREFIX) and name not in known)


@cache
def settings() -> Settings:
    """Return what this process was started with.

    Raises
    ------
    SettingError
        If it was started with a value that breaks its rule.
    """
    return Settings.read(os.environ)
