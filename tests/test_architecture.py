"""Who may import whom. Every arrow of the house is held here, read from the source without running it."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
STANDARD = sys.stdlib_module_names
# Each module imports none but those before it: a reader may stop anywhere.
CORE_ORDER = (
    *("samples", "validation", "rates", "initial", "scaling", "layers", "loss", "network", "experiment"),
    *("step", "loop", "training", "history", "run", "batch_loop", "batch", "diagnosis", "outcomes"),
    *("gradient_check", "wrong_partials", "landscape", "unguarded", "thresholds", "unguarded_run"),
)

PURE = {
    "breaking",
    "breaking_words",
    "cells",
    "compared",
    "data_columns",
    "data_text",
    "derivations",
    "differences",
    "draft",
    "figures",
    "files",
    "forms",
    "formulas",
    "frames",
    "graph",
    "history_csv",
    "iris",
    "links",
    "live",
    "members",
    "palette",
    "picture_frames",
    "pictures",
    "qr",
    "scripts",
    "sentences",
    "sources",
    "start",
    "step_formulas",
    "table",
    "tour",
    "verdicts",
    "walk",
}
OWN = ("classifier", "pages", "tests", "app")


def imports(path: Path) -> set[str]:
    """Return the full names of what a file imports, wherever in the file it does."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: import by full name"
            # `from pages.shared import session` imports pages.shared.session
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def files(pattern: str) -> list[Path]:
    found = sorted(ROOT.glob(pattern))
    assert found, pattern
    return found


def outside(names: set[str]) -> set[str]:
    return {name.split(".")[0] for name in names} - STANDARD - {"__future__"}


def own(names: set[str], prefix: str) -> set[str]:
    """Return the modules of ours below a prefix: own({"pages.shared.figures.loss"}, "pages.shared") is {"figures"}."""
    deep = prefix.count(".") + 1
    return {name.split(".")[deep] for name in names if name.startswith(prefix + ".")}


def test_the_top_level_is_the_owners() -> None:
    visible = {path.name for path in ROOT.iterdir() if not path.name.startswith(".") and path.name != "__pycache__"}
    assert visible - {"LICENSE"} == {"app.py", "classifier", "pages", "tests", "requirements.txt", "README.md"}


def test_app_imports_none_of_our_code() -> None:
    assert outside(imports(ROOT / "app.py")) == {"streamlit", "starlette"}


@pytest.mark.parametrize("path", files("classifier/*.py"), ids=lambda path: path.stem)
def test_the_mathematics_needs_numpy_alone(path: Path) -> None:
    assert outside(imports(path)) <= {"numpy", "classifier"}


def test_the_mathematics_runs_with_numpy_alone() -> None:
    banned = "streamlit", "plotly", "pandas", "torch", "sklearn", "autograd", "jax", "scipy"
    code = (
        "import sys\n"
        f"for name in {banned!r}: sys.modules[name] = None\n"
        "import classifier\n"
        "classifier.Run(classifier.Experiment.tutorial()).advance(max_epochs=1)\n"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], cwd=ROOT, check=True)  # noqa: S603 - our own code


def test_no_arrow_runs_back_in_the_mathematics() -> None:
    assert sorted(CORE_ORDER) == [path.stem for path in files("classifier/*.py") if path.stem != "__init__"]
    for rank, module in enumerate(CORE_ORDER):
        later = set(CORE_ORDER[rank + 1 :])
        assert not own(imports(ROOT / "classifier" / f"{module}.py"), "classifier") & later, module


@pytest.mark.parametrize("path", files("pages/shared/**/*.py"), ids=lambda path: path.stem)
def test_pure_modules_know_no_streamlit(path: Path) -> None:
    names = imports(path)
    module = path.relative_to(ROOT / "pages" / "shared").parts[0].removesuffix(".py")
    if module in PURE:
        assert own(names, "pages.shared") <= PURE
        assert own(names, "pages") <= {"shared"}
    only_one_imports = {"figures": {"plotly"}, "qr": {"segno"}}
    allowed = {"classifier", "numpy", "pages"} | only_one_imports.get(module, set())
    assert outside(names) <= allowed | ({"streamlit"} if module not in PURE else set())


@pytest.mark.parametrize("path", files("pages/stage/*.py"), ids=lambda path: path.stem)
def test_the_stage_knows_no_mathematics(path: Path) -> None:
    assert outside(imports(path)) <= {"streamlit", "numpy"}


def test_only_session_touches_session_state() -> None:
    touching = {
        path.relative_to(ROOT).as_posix()
        for path in files("pages/**/*.py")
        if any(
            isinstance(node, ast.Attribute) and node.attr == "session_state"
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
        )
    }
    assert touching == {"pages/shared/session.py"}


def test_nobody_imports_a_page() -> None:
    pages = {path.stem for path in files("pages/*.py")} - {"__init__"}
    for path in [*files("**/*.py")]:
        if ".venv" in path.parts:
            continue
        names = imports(path)
        assert not own(names, "pages") & pages, path
        assert "app" not in names, path


@pytest.mark.parametrize("path", files("pages/*.py"), ids=lambda path: path.stem)
def test_pages_use_what_is_shared(path: Path) -> None:
    names = imports(path)
    assert outside(names) <= {"streamlit", "numpy", "classifier", "pages"}
    assert own(names, "pages") <= {"shared", "stage"}


@pytest.mark.parametrize("path", files("pages/*.py"), ids=lambda path: path.stem)
def test_no_page_hides_an_installed_module(path: Path) -> None:
    # pages/ is first on sys.path while the app runs.
    code = f"import importlib.util, sys; sys.exit(importlib.util.find_spec({path.stem!r}) is not None)"
    if path.stem != "__init__":
        subprocess.run([sys.executable, "-c", code], cwd="/", check=True)  # noqa: S603 - our own code


def test_no_random_state_is_shared() -> None:
    for path in [*files("classifier/*.py"), *files("pages/**/*.py")]:
        text = path.read_text("utf-8")
        for call in ("np.random.seed", "np.random.rand", "np.random.normal", "np.seterr", "set_state("):
            assert call not in text, f"{path}: {call}"
