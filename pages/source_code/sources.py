"""The source of a function that runs, as inspect reads it, with or without its docstring."""

import ast
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any


@dataclass(frozen=True)
class Source:
    """The text of a function, and where it stands.

    Attributes
    ----------
    text : str
    file : str
        Its folders and name.
    first, last : int
        Lines of the file, from 1.
    """

    text: str
    file: str
    first: int
    last: int


def source(function: Callable[..., Any], *, docstring: bool) -> Source:
    """Read the source of a function that runs.

    Parameters
    ----------
    function : callable
        Written in Python.
    docstring : bool
        Whether it is kept. Every other line is, comments included.
    """
    lines, first = inspect.getsourcelines(function)
    path = Path(inspect.getsourcefile(function) or "")
    text = dedent("".join(lines))
    shown = text if docstring else _without_docstring(text)
    return Source(shown, "/".join(path.parts[-3:]), first, first + len(lines) - 1)


def _without_docstring(text: str) -> str:
    """Leave out the lines of the docstring of the one function in a text."""
    first = getattr(ast.parse(text).body[0], "body", [None])[0]
    if not (isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)):
        return text
    lines = text.splitlines(keepends=True)
    return "".join(lines[: first.lineno - 1] + lines[first.end_lineno :])
