"""Runs programs that are given to others, one after the other, where nothing of ours can be imported."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from typing import IO, cast

# Python and NumPy start once for all programs: that takes ten times as long as most of them.
_READS_AND_RUNS = """
import contextlib, io, json, sys, traceback
for line in sys.stdin:
    said, wrong = io.StringIO(), ""
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            exec(compile(json.loads(line), "program.py", "exec"), {"__name__": "__main__"})
    except BaseException:
        wrong = traceback.format_exc()
    print(json.dumps([said.getvalue(), wrong]), flush=True)
"""


@cache
def _interpreter() -> subprocess.Popen[str]:
    run = [sys.executable, "-W", "error", "-I", "-X", "utf8", "-c", _READS_AND_RUNS]
    return subprocess.Popen(run, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")  # noqa: S603


def printed_lines(program: str) -> list[str]:
    """Run a program and give the lines it prints; its warnings are errors, and an error fails the test."""
    process = _interpreter()
    to, back = cast(IO[str], process.stdin), cast(IO[str], process.stdout)
    to.write(json.dumps(program) + "\n")
    to.flush()
    said, wrong = json.loads(back.readline())
    assert not wrong, wrong
    return said.splitlines()
