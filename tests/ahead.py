"""Processes that a test waits for: each runs while other tests do, on the core that would stand idle."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

_T = TypeVar("_T")
_ONE_BY_ONE = ThreadPoolExecutor(1)


def ahead(work: Callable[[], _T]) -> Callable[[], _T]:
    """Decorate a function that waits for a process: it begins as its file is read, and each call gives its outcome.

    Where several workers test, no core is idle and each of them reads all files: there it begins when it is called.
    """
    return cache(work) if "PYTEST_XDIST_WORKER" in os.environ else _ONE_BY_ONE.submit(work).result
