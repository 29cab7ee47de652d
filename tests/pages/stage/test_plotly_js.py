"""Where Plotly.js comes from: the installed package, and nothing else."""

from importlib.metadata import version

import pytest

from pages.stage import plotly_js


def test_the_source_is_the_installed_packages_own() -> None:
    source = plotly_js.plotly_source()
    assert source.lstrip().startswith("/**\n* plotly.js v")
    assert len(source) > 4_000_000
    assert plotly_js.PLOTLY_JS.endswith(f"?v={version('plotly')}")


def test_without_the_package_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plotly_js, "find_spec", lambda _name: None)
    with pytest.raises(FileNotFoundError, match="plotly is not installed"):
        plotly_js.plotly_source()
