"""Where Plotly.js comes from: its own smaller bundle, or the installed package, and nothing else."""

import hashlib
import re
from pathlib import Path

import pytest
from plotly.offline import get_plotlyjs

from pages.stage import plotly_js

SMALL = Path(plotly_js.__file__).parent / "plotly"
# Of the file in the package plotly.js-cartesian-dist-min of npm
VERSION, SHA256 = "4.1.1", "79542150855a52c567260e3137095dbe2b744e6d702a5cabe67da246942fba7a"


def test_the_bundle_is_plotlys_own_as_it_was_published() -> None:
    bundle = SMALL / "plotly-cartesian.min.js"
    assert hashlib.sha256(bundle.read_bytes()).hexdigest() == SHA256
    assert plotly_js.version_of(bundle) == VERSION
    assert f"plotly.js v{VERSION}" in get_plotlyjs()[:100], "fetch the bundle of the installed package's version"
    assert plotly_js.plotly_source() == bundle.read_text("utf-8")
    assert "MIT License" in (SMALL / "LICENSE").read_text("utf-8")


def test_the_bundle_has_every_trace_that_is_drawn() -> None:
    sources = "".join(path.read_text("utf-8") for path in SMALL.parents[1].rglob("*.py"))
    drawn = set(re.findall(r'\btrace\(\s*"([a-z0-9]+)"', sources))
    drawn |= {name.lower() for name in re.findall(r"\bgo\.([A-Z]\w+)\(", sources)} - {"figure", "layout"}
    assert drawn >= {"scatter", "heatmap", "contour"}
    bundle = "bar box contour heatmap histogram histogram2d histogram2dcontour image pie scatter scatterternary violin"
    assert drawn <= set(bundle.split())


def test_where_the_versions_differ_the_packages_own_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    other = tmp_path / "other.js"
    other.write_text(plotly_js.plotly_source().replace("v4.1.1", "v4.1.0", 1), "utf-8")
    monkeypatch.setattr(plotly_js, "_SMALL", other)
    assert plotly_js.plotly_source.__wrapped__() == get_plotlyjs()


def test_without_the_package_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plotly_js, "find_spec", lambda _name: None)
    with pytest.raises(FileNotFoundError, match="plotly is not installed"):
        plotly_js.plotly_source.__wrapped__()
