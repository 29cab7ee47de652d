"""Python for a browser, and NumPy for it: which files, from where, and how they are known to be the right ones.

Pyodide's own files are those of its npm package, whose pyodide-lock.json names NumPy's and its hash. For another
version, put its files into a folder; `python -m pages.playground.in_browser.pyodide FOLDER` prints what to write here.
"""

import hashlib
import sys
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

VERSION: Final = "314.0.3"
HOST: Final = "https://cdn.jsdelivr.net"
FOLDER: Final = "pyodide"
"""Where a site keeps files of its own."""
_NPM: Final = f"{HOST}/npm/pyodide@{VERSION}/"
_BUILT: Final = f"{HOST}/pyodide/v{VERSION}/full/"


@dataclass(frozen=True)
class File:
    """A file that the page fetches: its name, its SHA-256 in hexadecimal, its bytes, and where it is published."""

    name: str
    sha256: str
    size: int
    published: str

    def fetched(self, address: str) -> dict[str, Any]:
        """Say to the page where it gets this file, and what it must be."""
        digest = b64encode(bytes.fromhex(self.sha256)).decode("ascii")
        return {"name": self.name, "address": address, "size": self.size, "integrity": f"sha256-{digest}"}


NUMPY: Final = "numpy-2.4.3-cp314-cp314-pyemscripten_2026_0_wasm32.whl"
FILES: Final = (
    File("pyodide.mjs", "5cfc46f5dcbaf2a16f26e2363f441873eb424762609cc03db00d6a2ace4d00e5", 17_880, _NPM),
    File("pyodide.asm.mjs", "1a9775427ef6e8abaa7db88ece0515422d1886915ae5c9093776410c865dfd8d", 1_249_447, _NPM),
    File("pyodide.asm.wasm", "e7f8fac36f8bf11085309cbc5c829b3ec3057c18bf1d73b05a6741612d63cdbf", 9_596_462, _NPM),
    File("python_stdlib.zip", "444c770dfd75a32097fc0a7d5c1413fd3140601f49c3a1f2e9af0376fcd124b4", 2_545_106, _NPM),
    File(NUMPY, "0cad9c1b91f0082e4f959bc0e0bf5835a2efbba6ab3b1e9d1fe6e7e564cca98e", 2_916_023, _BUILT),
)
# What Pyodide must know to take the one package, in its own form.
LOCK: Final = {
    "info": {"abi_version": "2026_0", "arch": "wasm32", "platform": "emscripten_5_0_3", "python": "3.14.0"},
    "packages": {
        "numpy": {
            "name": "numpy",
            "version": "2.4.3",
            "file_name": NUMPY,
            "install_dir": "site",
            "sha256": FILES[-1].sha256,
            "package_type": "package",
            "imports": ["numpy"],
            "depends": [],
            "unvendored_tests": False,
        }
    },
}


class WrongFileError(ValueError):
    """A file that is not the one of this version; the message says which, and what it must be."""


def checked(folder: Path) -> list[tuple[File, bytes]]:
    """Read Pyodide's files out of a folder.

    Raises
    ------
    OSError
        If one is missing.
    WrongFileError
        If one is another than published.
    """
    found = [(file, (folder / file.name).read_bytes()) for file in FILES]
    for file, content in found:
        if hashlib.sha256(content).hexdigest() != file.sha256:
            raise WrongFileError(
                f"{folder / file.name}: not that of Pyodide {VERSION}, whose SHA-256 is {file.sha256}."
            )
    return found


if __name__ == "__main__":
    for each in sorted(Path(sys.argv[1]).iterdir()):
        read = each.read_bytes()
        sys.stdout.write(f"{each.name} {hashlib.sha256(read).hexdigest()} {len(read)}\n")
