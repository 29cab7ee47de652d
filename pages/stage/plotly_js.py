"""Plotly.js: Plotly's own bundle of what draws in x and y, a third of the whole, if it has the package's version.

`npm pack plotly.js-cartesian-dist-min@VERSION` fetches another version of what is in `plotly/`.
"""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_SMALL = Path(__file__).parent / "plotly" / "plotly-cartesian.min.js"


@cache
def plotly_source() -> str:
    """Read Plotly.js: 1.5 MB; out of the installed plotly package, 4.8 MB, if that has another version."""
    whole = package_data("plotly.min.js")
    return (_SMALL if version_of(_SMALL) == version_of(whole) else whole).read_text("utf-8")


def package_data(name: str) -> Path:
    """Give the path of a file that the installed plotly package holds."""
    spec = find_spec("plotly")  # finds the folder; imports nothing
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("plotly is not installed")
    return Path(spec.submodule_search_locations[0], "package_data", name)


def version_of(path: Path) -> str:
    """Read from the head of a file which version of Plotly.js it is."""
    with path.open(encoding="utf-8") as file:
        found = re.search(r"plotly\.js .*?v(\d+\.\d+\.\d+)", file.read(200))
    return found[1] if found else ""
