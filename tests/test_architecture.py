"""Which file may import which. The rules are by folder, so they hold for a new file, too.

The imports are read from the source, which is not run.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.ahead import ahead

ROOT = Path(__file__).parent.parent
STANDARD = sys.stdlib_module_names

# Each folder imports only those before it, so a reader may stop after any of them.
MATHEMATICS = ("graph", "experiment", "training", "insight")
SHARED = ("text", "charts", "examples", "address", "draft", "session", "run", "share")
# These work on strings, arrays and figures, and can be used without a page.
WITHOUT_STREAMLIT = ("text", "charts", "examples", "address", "draft")
# Besides those, everything that these need: a page in a file, a page without a server and a test use them alone.
ALSO_WITHOUT_STREAMLIT = (
    "pages/*/screen.py",
    "pages/*/in_browser/*.py",
    "pages/stage/message.py",
    "classifier/**/*.py",
)
# The exception: the samples' table, a component that is put on a page.
DRAWN = ("pages/shared/draft/sheet/sheet.py",)
# The two files of the player that put something on a page. What travels to a player, and comes back, needs no page.
MOUNTING = ("pages/stage/component.py", "pages/stage/mounting.py")
# The host's settings. Every file of pages/ may import them; classifier/ gets what it needs as arguments.
SETTINGS = "pages/hosting/settings.py"
# Packages that only one file may import.
ONLY = {"pages/shared/share/qr.py": {"segno"}, "pages/classroom/others.py": {"redis"}}


def files(pattern: str) -> list[Path]:
    """Return our own files of a pattern, none of an environment that stands in the checkout."""
    found = sorted(path for path in ROOT.glob(pattern) if not path.relative_to(ROOT).parts[0].startswith("."))
    assert found, pattern
    return found


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def imports(path: Path) -> frozenset[str]:
    """Return the full names of what a file imports, wherever in the file it does."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)}: import by full name"
            # `from pages.shared import text` imports pages.shared.text
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(found)


def outside(path: Path) -> set[str]:
    """Return the packages that a file imports, ours included, Python's own left out."""
    return {module.split(".")[0] for module in imports(path)} - STANDARD - {"__future__"}


def below(path: Path, package: str) -> set[str]:
    """Return what a file imports of a package of ours: {"text"} for pages.shared.text.quoting below pages.shared."""
    deep = package.count(".") + 1
    return {module.split(".")[deep] for module in imports(path) if module.startswith(package + ".")}


@cache
def own_module(module: str) -> Path | None:
    """Return our file that an import of a name reads, None for what is not ours."""
    parts = module.split(".")
    bases = [ROOT.joinpath(*parts[:length]) for length in range(len(parts), 0, -1)]
    found = (file for base in bases for file in (base.with_suffix(".py"), base / "__init__.py") if file.is_file())
    return next(found, None)


def own_modules(path: Path) -> set[Path]:
    """Return our files that a file imports."""
    return {file for module in imports(path) if (file := own_module(module))}


def rooms() -> list[Path]:
    others = "frame", "shared", "stage", "classroom", "hosting", "__pycache__"
    return [path for path in files("pages/*") if path.is_dir() and path.name not in others]


def ran(code: str) -> subprocess.CompletedProcess[str]:
    """Run Python code in an interpreter of its own."""
    command = [sys.executable, "-W", "error", "-c", code]
    return subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)  # noqa: S603 - our own code


def code(*patterns: str) -> list[Path]:
    return [path for pattern in patterns for path in files(pattern)]


def test_the_top_level_is_the_owners() -> None:
    visible = {path.name for path in ROOT.iterdir() if not path.name.startswith(".") and path.name != "__pycache__"}
    assert visible - {"LICENSE"} == {"app.py", "classifier", "pages", "tests", "requirements.txt", "README.md"}


def test_app_imports_none_of_the_pages() -> None:
    assert outside(ROOT / "app.py") == {"streamlit", "starlette", "classifier", "pages"}
    assert below(ROOT / "app.py", "pages") == {"classroom", "hosting", "shared", "stage"}


@pytest.mark.parametrize("path", files("pages/hosting/**/*.py"), ids=name)
def test_hosting_knows_no_page(path: Path) -> None:
    if name(path) == SETTINGS:
        assert outside(path) == set()
    # The last three are what Streamlit itself is served and understood by.
    server = {"uvicorn", "h11", "google"}
    assert outside(path) <= {"starlette", "streamlit", "classifier", "pages"} | server
    assert below(path, "pages") <= {"hosting"}


def test_one_file_reads_the_environment() -> None:
    reading = {
        name(path) for path in code("classifier/**/*.py", "pages/**/*.py") if "os.environ" in path.read_text("utf-8")
    }
    assert reading == {SETTINGS}


@pytest.mark.parametrize("path", files("classifier/**/*.py"), ids=name)
def test_the_mathematics_needs_numpy_alone(path: Path) -> None:
    assert outside(path) <= {"numpy", "classifier"}


@ahead
def mathematics_with_numpy_alone() -> subprocess.CompletedProcess[str]:
    banned = "streamlit", "plotly", "pandas", "torch", "sklearn", "autograd", "jax", "scipy"
    code = (
        "import sys\n"
        f"for name in {banned!r}: sys.modules[name] = None\n"
        "import classifier\n"
        "classifier.Run(classifier.Experiment.tutorial()).advance(max_epochs=1)\n"
    )
    return ran(code)


def test_the_mathematics_runs_with_numpy_alone() -> None:
    done = mathematics_with_numpy_alone()
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("package", "order"), [("classifier", MATHEMATICS), ("pages.shared", SHARED)])
def test_no_arrow_runs_back(package: str, order: tuple[str, ...]) -> None:
    folder = ROOT.joinpath(*package.split("."))
    present = {path.relative_to(folder).parts[0].removesuffix(".py") for path in folder.rglob("*.py")} - {"__init__"}
    assert present == set(order), "every folder has its place in the order"
    for rank, place in enumerate(order):
        within = [*folder.glob(f"{place}.py"), *folder.glob(f"{place}/**/*.py")]
        for path in within:
            assert below(path, package) <= set(order[: rank + 1]), name(path)


def reached(path: Path) -> set[Path]:
    """Return our files that run when one is imported: what it imports, what these import, and their packages."""
    found: set[Path] = set()
    todo = [path]
    while todo:
        file = todo.pop()
        if file not in found:
            found.add(file)
            packages = [folder / "__init__.py" for folder in file.parents if folder.is_relative_to(ROOT)]
            todo += [*own_modules(file), *(package for package in packages if package.is_file())]
    return found


@pytest.mark.parametrize(
    "path",
    [
        path
        for pattern in (*(f"pages/shared/{place}*/**/*.py" for place in WITHOUT_STREAMLIT), *ALSO_WITHOUT_STREAMLIT)
        for path in sorted(ROOT.glob(pattern))
        if path.relative_to(ROOT).as_posix() not in DRAWN
    ],
    ids=name,
)
def test_what_is_on_a_screen_needs_no_streamlit(path: Path) -> None:
    assert not [name(file) for file in reached(path) if "streamlit" in outside(file)]


@ahead
def screen_with_numpy_alone() -> subprocess.CompletedProcess[str]:
    code = (
        "import sys\n"
        "for name in ('streamlit', 'pandas', 'starlette'): sys.modules[name] = None\n"
        "from classifier import Experiment, Run\n"
        "from pages.playground.chosen_chart.choice import Choice\n"
        "from pages.playground.screen import screen\n"
        "from pages.stage.message import message\n"
        "import pages.compare.screen, pages.shared.address.reading, pages.shared.address.parameters\n"
        "shown = screen(Run(Experiment.tutorial()), 0, Choice())\n"
        "drawn = {chart.name: chart.draw() for chart in shown.charts}\n"
        "contents = shown.contents(figures=drawn, bindings=(), start=0, position=0, jump=0, answer=0)\n"
        "assert message(contents, shown.frames(slice(0, 1)))\n"
        "assert 'plotly' not in sys.modules\n"
    )
    return ran(code)


def test_a_screen_is_made_with_numpy_alone() -> None:
    done = screen_with_numpy_alone()
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", files("pages/**/__init__.py"), ids=name)
def test_a_folder_holds_no_code_of_its_own(path: Path) -> None:
    """Whoever imports one file of it gets that one and nothing else."""
    assert len(ast.parse(path.read_text("utf-8")).body) <= 1


def test_no_two_files_import_each_other() -> None:
    arrows = {path: own_modules(path) - {path} for path in code("classifier/**/*.py", "pages/**/*.py")}
    TopologicalSorter(arrows).prepare()  # raises CycleError, which names the files of a cycle


@pytest.mark.parametrize("path", files("pages/shared/**/*.py"), ids=name)
def test_what_is_shared_knows_no_page(path: Path) -> None:
    assert below(path, "pages") <= {"shared", "stage", "hosting"}
    assert below(path, "pages.hosting") <= {"settings"}
    folder = path.relative_to(ROOT / "pages" / "shared").parts[0].removesuffix(".py")
    allowed = {"classifier", "numpy", "pages"} | ONLY.get(name(path), set())
    if folder not in WITHOUT_STREAMLIT or name(path) in DRAWN:
        allowed |= {"streamlit"}
    assert outside(path) <= allowed


@pytest.mark.parametrize("path", files("pages/stage/**/*.py"), ids=name)
def test_the_stage_knows_no_mathematics(path: Path) -> None:
    assert outside(path) <= ({"streamlit"} if name(path) in MOUNTING else set()) | {"numpy", "pages"}
    assert below(path, "pages") <= {"stage"}


@pytest.mark.parametrize("path", files("pages/classroom/**/*.py"), ids=name)
def test_the_server_of_a_class_needs_starlette_alone(path: Path) -> None:
    assert outside(path) <= {"starlette", "pages"} | ONLY.get(name(path), set())
    assert below(path, "pages") <= {"classroom"}


@pytest.mark.parametrize("path", files("pages/frame/**/*.py"), ids=name)
def test_the_frame_knows_no_page(path: Path) -> None:
    assert outside(path) <= {"streamlit", "classifier", "pages"}
    assert below(path, "pages") <= {"frame", "classroom", "shared", "stage"}


@pytest.mark.parametrize("room", rooms(), ids=lambda room: room.name)
def test_a_room_is_one_pages_own(room: Path) -> None:
    assert (room / f"{room.name}.py").is_file(), "Streamlit knows a page by the name of its file"
    for path in room.rglob("*.py"):
        assert outside(path) <= {"streamlit", "numpy", "classifier", "pages"}, name(path)
        assert below(path, "pages") <= {"frame", "shared", "stage", "hosting", room.name}, name(path)
        assert below(path, "pages.hosting") <= {"settings"}


def test_the_router_names_every_room_and_does_nothing_else() -> None:
    router = ROOT / "pages" / "router.py"
    named = {
        node.value
        for node in ast.walk(ast.parse(router.read_text("utf-8")))
        if isinstance(node, ast.Constant) and str(node.value).endswith(".py")
    }
    assert named == {f"{room.name}/{room.name}.py" for room in rooms()}
    assert below(router, "pages") == {"stage"}, "where the style of every page is served"


def test_the_command_puts_rooms_together_and_nothing_else() -> None:
    command = ROOT / "pages" / "__main__.py"
    assert outside(command) == {"pages"}
    assert below(command, "pages") <= {"shared", "stage", *(room.name for room in rooms())}


def test_a_chart_is_a_function_from_data_to_json() -> None:
    """Plotly's Python objects hold the same, but take milliseconds to build, and a browser's Python lacks them."""
    assert not [name(path) for path in code("pages/**/*.py") if "plotly" in outside(path)]


def test_only_session_touches_session_state() -> None:
    """Beside it the components' own flag: whether this browser reaches their files."""
    touching = {
        name(path.parent)
        for path in files("pages/**/*.py")
        if any(
            isinstance(node, ast.Attribute) and node.attr == "session_state"
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
        )
    }
    assert touching == {"pages/shared/session", "pages/stage"}


@pytest.mark.parametrize("room", rooms(), ids=lambda room: room.name)
def test_a_page_is_drawn_in_its_frame_and_nowhere_else(room: Path) -> None:
    """So its address is opened and written, and its notices and its corner are there, whatever the page does."""
    *rest, last = ast.parse((room / f"{room.name}.py").read_text("utf-8")).body
    own = ", OWN" if any(re.search(r"\bOWN\b", ast.unparse(line)) for line in rest) else ""
    assert ast.unparse(last).startswith(f"with frame.page(PAGE{own})")
    declarations = ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign, ast.FunctionDef, ast.ClassDef
    assert [line.lineno for line in rest[1:] if not isinstance(line, declarations)] == []


@pytest.mark.parametrize("room", rooms(), ids=lambda room: room.name)
def test_a_page_shows_nothing_by_accident(room: Path) -> None:
    """Streamlit writes on the screen what stands alone in a page's file, a text beneath a constant included."""
    _, *lines = ast.parse((room / f"{room.name}.py").read_text("utf-8")).body
    lines += lines[-1].body if isinstance(lines[-1], ast.With) else []
    assert not [line.lineno for line in lines if isinstance(line, ast.Expr) and not isinstance(line.value, ast.Call)]


def test_nobody_imports_a_page() -> None:
    pages = {f"pages.{room.name}.{room.name}" for room in rooms()} | {"pages.router", "app"}
    for path in code("*.py", "classifier/**/*.py", "pages/**/*.py", "tests/**/*.py"):
        assert not {module for module in imports(path) if any(f"{module}.".startswith(f"{page}.") for page in pages)}


def test_no_page_hides_an_installed_module() -> None:
    # pages/ is first on sys.path while the app runs.
    modules = [path.stem for path in files("pages/*") if not path.stem.startswith("__")]
    code = f"import importlib.util; print([name for name in {modules!r} if importlib.util.find_spec(name)])"
    found = subprocess.run([sys.executable, "-c", code], cwd="/", check=True, capture_output=True, text=True)  # noqa: S603 - our own code
    assert found.stdout.strip() == "[]"


def test_tests_mirror_the_tree() -> None:
    for path in code("tests/classifier/**/test_*.py", "tests/pages/**/test_*.py"):
        folder = path.parent.relative_to(ROOT / "tests")
        assert (ROOT / folder).is_dir(), f"{name(path)} is beside no code"


def test_no_random_state_is_shared() -> None:
    for path in code("classifier/**/*.py", "pages/**/*.py"):
        text = path.read_text("utf-8")
        for call in ("np.random.seed", "np.random.rand", "np.random.normal", "np.seterr", "set_state("):
            assert call not in text, f"{name(path)}: {call}"
