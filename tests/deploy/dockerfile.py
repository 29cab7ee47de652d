"""Read a Dockerfile, and carry out its instructions without a container: in a folder with a Python environment."""

from __future__ import annotations

import fnmatch
import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from tests.server import ROOT

DOCKERFILE = ROOT / ".deploy" / "Dockerfile"
IGNORED = ROOT / ".deploy" / "Dockerfile.dockerignore"


class Instruction(NamedTuple):
    """One instruction: its name, and what follows."""

    name: str
    text: str


def instructions() -> list[Instruction]:
    """Return the instructions. Each is one line; comments and empty lines are left out."""
    lines = [line.strip() for line in DOCKERFILE.read_text("utf-8").splitlines()]
    parts = [line.partition(" ") for line in lines if line and not line.startswith("#")]
    return [Instruction(name, text.strip()) for name, _, text in parts]


def command(text: str) -> list[str]:
    """Return the words of a CMD or HEALTHCHECK, which are in the form that needs no shell."""
    words = json.loads(text[text.index("[") :])
    assert all(isinstance(word, str) for word in words)
    return list(words)


def copied(text: str) -> tuple[list[str], str]:
    """Return what a COPY takes and where it goes."""
    *sources, target = [word for word in shlex.split(text) if not word.startswith("--")]
    return sources, target


def in_context(path: str) -> bool:
    """Say whether a file of the checkout is sent to the builder: the last pattern that holds for it decides."""
    sent = True
    for line in IGNORED.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            pattern = line.removeprefix("!")
            parents = ["/".join(path.split("/")[: end + 1]) for end in range(path.count("/") + 1)]
            tails = ["/".join(parent.split("/")[-(pattern.count("/")) :]) for parent in parents]
            if pattern.startswith("**/"):
                holds = any(fnmatch.fnmatch(tail.split("/")[-1], pattern[3:]) for tail in tails)
            else:
                holds = any(fnmatch.fnmatch(parent, pattern) for parent in parents)
            sent = line.startswith("!") if holds else sent
    return sent


@dataclass
class Image:
    """What a Dockerfile makes, with a folder in place of the root.

    Attributes
    ----------
    root : path
        In the place of ``/``.
    environment : dict
        What ENV has set.
    directory : path
        The last WORKDIR.
    commands : dict
        Words of CMD and HEALTHCHECK.
    """

    root: Path
    environment: dict[str, str] = field(default_factory=dict)
    directory: Path = Path()
    commands: dict[str, list[str]] = field(default_factory=dict)

    def build(self) -> None:
        """Do all instructions in their order."""
        subprocess.run([sys.executable, "-m", "venv", self.root / "python"], check=True)  # noqa: S603 - our own
        for name, text in instructions():
            if name == "FROM":
                self.environment = {"PATH": f"{self.root / 'python' / 'bin'}:/usr/local/bin:/usr/bin:/bin"}
                self.directory = self.root
            elif name == "RUN":
                subprocess.run(  # noqa: S602 - what the file says, as the builder does it
                    self.below(text), shell=True, check=True, cwd=self.directory, env=self.build_environment()
                )
            elif name == "COPY":
                self.copy(text)
            elif name == "ENV":
                for word in shlex.split(text):
                    variable, _, value = word.partition("=")
                    self.environment[variable] = self.below(value).replace("$PATH", self.environment["PATH"])
            elif name == "WORKDIR":
                self.directory = self.root / text.lstrip("/")
                self.directory.mkdir(parents=True)
            elif name in ("CMD", "HEALTHCHECK"):
                self.commands[name] = command(text)
            else:
                assert name in ("USER", "EXPOSE"), name

    def build_environment(self) -> dict[str, str]:
        # Of this machine's variables only those for pip and for the network are passed on, as a builder has them.
        own = {name: value for name, value in os.environ.items() if name.startswith("PIP_") or "proxy" in name.lower()}
        own.pop("PIP_CONSTRAINT", None)
        return own | {"HOME": os.environ.get("HOME", "/"), "TMPDIR": str(self.root)} | self.environment

    def below(self, text: str) -> str:
        """Put the folder before the paths of an instruction."""
        for path in ("/venv", "/app"):
            text = text.replace(path, str(self.root) + path)
        # Here pip may use its cache, to load less from the network.
        return text.replace("--no-cache-dir ", "")

    def copy(self, text: str) -> None:
        sources, target = copied(text)
        if "--from=" in text:
            assert sources == [target]  # nothing to copy: all stages share one folder
            return
        for source in sources:
            to = self.directory / target
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, to, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / source, to)

    def command(self, name: str, user: Sequence[str] = ()) -> list[str]:
        """Return a command as it starts here."""
        program, *arguments = self.commands[name]
        return [*user, program, *arguments]


def without_privileges() -> list[str]:
    """Return a prefix for a command. It takes root's right to write everywhere, so that file permissions count."""
    if os.geteuid() == 0:
        return ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner"]
    return []
