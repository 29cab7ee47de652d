"""Change a line, and see whether a test notices: ``python -m tests.benchmarks.mutants classifier pages/shared/run``.

It works in copies of the checkout. First it runs the tests once, and records which tests reach which line. Then, for
each mutant (a copy with one change), a fork of this process runs those tests until one fails; the process has imported
everything but this project. The same seed chooses the same mutants. Mutants that survive are printed: either a test is
missing, or the change makes no difference.
"""

from __future__ import annotations

import argparse
import ast
import gc
import importlib
import json
import os
import random
import re
import resource
import shutil
import signal
import sys
import tempfile
import traceback
import warnings
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import _lru_cache_wrapper
from pathlib import Path
from time import monotonic, sleep
from typing import Any, NamedTuple

import coverage
import pytest

ROOT = Path(__file__).parents[2]
OURS = ("classifier", "pages", "tests")
LIMIT_S = 20.0  # the recorded time of the tests for one mutant is at most this
MEMORY = 8 * 2**30
COMPARED: dict[type, tuple[type, ...]] = {
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
}  # fmt: skip
COMPUTED: dict[type, type] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv, ast.Pow: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
NAMED = {
    one: other
    for pair in ("min max", "any all", "minimum maximum", "argmin argmax", "floor ceil", "zeros ones", "append extend")
    for one, other in (pair.split(), pair.split()[::-1])
}


class Mutant(NamedTuple):
    """A change of a source: the bytes from start to stop are replaced."""

    start: int
    stop: int
    new: bytes
    lines: range  # of the statement


def mutants(source: bytes) -> list[Mutant]:
    """List every mutant of a source that still compiles."""
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    found = []
    tree = ast.parse(source)
    for node, parent, field, whole, statement in walk(tree, tree, tree):
        for change in changes(node, field):
            new = written(node, change, parent, field, whole)
            first = whole if isinstance(whole, ast.JoinedStr) else node
            start, stop = (
                starts[first.lineno - 1] + first.col_offset,
                starts[first.end_lineno - 1] + first.end_col_offset,
            )
            body = getattr(statement, "body", None)
            last = body[0].lineno - 1 if body else statement.end_lineno
            mutant = Mutant(start, stop, new, range(statement.lineno, max(last, statement.lineno) + 1))
            with suppress(SyntaxError):
                compile(applied(source, mutant), "mutant", "exec")
                found.append(mutant)
    return found


def applied(source: bytes, mutant: Mutant) -> bytes:
    """Put a mutant into its source."""
    return source[: mutant.start] + mutant.new + source[mutant.stop :]


def walk(node: ast.AST, whole: ast.AST, statement: ast.AST) -> Iterator[tuple[ast.AST, ast.AST, str, ast.AST, ast.AST]]:
    """Visit the nodes that may be changed: no annotation, decorator, docstring or text of an error.

    With each node come its parent, its field there, the f-string around it (whose parts have no positions of their own)
    and its statement.
    """
    for field, value in ast.iter_fields(node):
        if field in {"annotation", "returns", "decorator_list", "bases"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or skipped(child, node):
                continue
            inside = child if isinstance(child, ast.stmt | ast.excepthandler) else statement
            around = whole if isinstance(whole, ast.JoinedStr) else child
            if hasattr(child, "lineno"):
                yield child, node, field, around, inside
            yield from walk(child, around, inside)


def skipped(node: ast.AST, parent: ast.AST) -> bool:
    """Say whether no test should depend on a node: documentation, exports, types."""
    match node:
        case ast.Expr(ast.Constant()) | ast.Import() | ast.ImportFrom():
            return True
        case (
            ast.Assign(targets=[ast.Name("__all__" | "__version__")]) | ast.AnnAssign(annotation=ast.Name("TypeAlias"))
        ):
            return True
        case ast.If(test=ast.Name("TYPE_CHECKING")) | ast.Call(ast.Name("TypeVar" | "cast" | "NewType" | "overload")):
            return True
        case ast.keyword("strict"):
            return True  # it only checks lengths, and changes no result
        case ast.Constant(str()):
            return isinstance(parent, ast.JoinedStr) or not re.fullmatch(r"[\w.-]+", node.value)
    return False


def changes(node: ast.AST, field: str) -> Iterator[ast.AST]:  # noqa: C901 - one table, a case for each form
    """Give the nodes that may replace a node."""
    match node:
        case ast.Compare():
            for i, op in enumerate(node.ops):
                for other in COMPARED[type(op)]:
                    yield ast.Compare(node.left, [*node.ops[:i], other(), *node.ops[i + 1 :]], node.comparators)
        case ast.BinOp() if type(node.op) in COMPUTED:
            yield ast.BinOp(node.left, COMPUTED[type(node.op)](), node.right)
        case ast.BoolOp():
            yield ast.BoolOp(ast.And() if isinstance(node.op, ast.Or) else ast.Or(), node.values)
        case ast.UnaryOp():
            yield node.operand
        case ast.Constant(bool()):
            yield ast.Constant(not node.value)
        case ast.Constant(int()):
            yield ast.Constant(node.value + 1)
        case ast.Constant(float()):
            yield ast.Constant(node.value * 2 or 1.0)
        case ast.Constant(str()):
            yield ast.Constant(f"{node.value}_")
        case ast.Return(ast.expr() as value) if not isinstance(value, ast.Constant):
            yield ast.Return(ast.Constant(None))
        case ast.Expr(ast.Call()) | ast.AugAssign() | ast.Raise() | ast.Continue():
            yield ast.Pass()
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield ast.Pass()
        case ast.Call():
            for keyword in node.keywords:
                if keyword.arg not in {None, "strict"}:
                    yield ast.Call(node.func, node.args, [other for other in node.keywords if other is not keyword])
        case ast.Name(str() as name, ast.Load()) if name in NAMED:
            yield ast.Name(NAMED[name], ast.Load())
        case ast.Attribute(value, str() as name, ast.Load()) if name in NAMED:
            yield ast.Attribute(value, NAMED[name], ast.Load())
    if field in {"test", "ifs"} and not isinstance(node, ast.Compare | ast.UnaryOp):
        yield ast.UnaryOp(ast.Not(), node)


def written(node: ast.AST, change: ast.AST, parent: ast.AST, field: str, whole: ast.AST) -> bytes:
    """Write a change as source text; in an f-string, the whole string."""
    if not isinstance(whole, ast.JoinedStr):
        text = ast.unparse(change)
        return (text if isinstance(change, ast.stmt) else f"({text})").encode()
    value = getattr(parent, field)
    setattr(parent, field, [change if other is node else other for other in value] if value is not node else change)
    text = ast.unparse(whole)
    setattr(parent, field, value)
    return text.encode()


class Chosen:
    """A plugin that runs only the chosen tests, the quickest first, and ends a test that takes far too long."""

    def __init__(self, seconds: dict[str, float]) -> None:
        self.seconds = seconds

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted((i for i in items if i.nodeid in self.seconds), key=lambda i: self.seconds[i.nodeid])

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        signal.signal(signal.SIGALRM, lambda *_: os._exit(9))
        signal.setitimer(signal.ITIMER_REAL, 10 + 10 * self.seconds[item.nodeid])
        try:
            return (yield)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)


class Recorder:
    """A plugin that notes which test reaches which line, and how long each takes."""

    def __init__(self, files: Sequence[str]) -> None:
        self.coverage = coverage.Coverage(data_file=None, include=files, config_file=False)
        self.seconds: dict[str, float] = defaultdict(float)
        self.failed: list[str] = []

    def pytest_sessionstart(self) -> None:
        self.coverage.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        for name, module in list(sys.modules.items()):
            for value in vars(module).values() if name.partition(".")[0] in OURS[:2] else ():
                if isinstance(value, _lru_cache_wrapper):
                    value.cache_clear()
        self.coverage.switch_context(item.nodeid)
        try:
            return (yield)
        finally:
            self.coverage.switch_context("")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid] += report.duration
        if report.failed:
            self.failed.append(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        self.coverage.stop()
        data = self.coverage.get_data()
        reached = {file: data.contexts_by_lineno(file) for file in data.measured_files()}
        imported = [name for name in sys.modules if name.partition(".")[0] not in (*OURS, "__main__")]
        record = {"reached": reached, "seconds": self.seconds, "failed": self.failed, "imported": imported}
        Path("record.json").write_text(json.dumps(record), "utf-8")


def forked(copy: Path, arguments: Sequence[str], plugin: object) -> int:
    """Run pytest in a copy of the checkout, in a fork of this process, and return its id."""
    child = os.fork()
    if child:
        return child
    try:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        silent = os.open(copy / "output", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        os.chdir(copy)
        for name in [name for name in sys.modules if name.partition(".")[0] in OURS]:
            del sys.modules[name]
        sys.path[0] = str(copy)
        code = int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", *arguments], [plugin]))
        sys.stdout.flush()
        os._exit(code)
    except BaseException:
        traceback.print_exc()
        os._exit(8)


def record(copy: Path, files: Sequence[str], tests: Sequence[str]) -> dict[str, Any]:
    """Run the tests once, and say which of them reach which line of the files, and what they import."""
    examples = [file for file in files if b">>>" in (copy / file).read_bytes()]
    child = forked(copy, ["--maxfail=9", *tests, *examples], Recorder([str(copy / file) for file in files]))
    os.waitpid(child, 0)
    found: dict[str, Any] = json.loads((copy / "record.json").read_text("utf-8"))
    if found["failed"]:
        sys.exit(f"these tests fail without a mutant: {found['failed']}")
    return found


def chosen(mutant: Mutant, file: str, found: dict[str, Any], copy: Path) -> dict[str, float]:
    """Choose the tests that reach a mutant, then the others of their files, which may use a result cached by the first.

    For a line that runs only at import, take the tests of its module.
    """
    own, left, seconds = f"test_{Path(file).stem}.py", LIMIT_S, {}
    by_line = {int(line): tests for line, tests in found["reached"].get(str(copy / file), {}).items()}
    tests = {test for line in mutant.lines for test in by_line.get(line, ()) if test}
    if not tests:
        tests = {test for contexts in by_line.values() for test in contexts if test}
        tests |= {test for test in found["seconds"] if own in test}
    beside = {test.partition("::")[0] for test in tests}
    every = [test for test in found["seconds"] if test.partition("::")[0] in beside]
    for test in sorted(every, key=lambda test: (test not in tests, own not in test, found["seconds"][test], test)):
        if (left := left - found["seconds"][test]) < 0 and seconds:
            break
        seconds[test] = found["seconds"][test]
    return seconds


def module_files(names: Sequence[str]) -> list[str]:
    """Find the modules in folders; a name may be a path or a dotted name."""
    files: list[Path] = []
    for name in names:
        path = ROOT / (name if "/" in name or name.endswith(".py") else name.replace(".", "/"))
        files += sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")]
    return [str(file.relative_to(ROOT)) for file in files]


def shown(source: bytes, mutant: Mutant) -> str:
    """Write a mutant for a reader."""
    old, new = (" ".join(text.decode().split()) for text in (source[mutant.start : mutant.stop], mutant.new))
    line = source[: mutant.start].count(b"\n") + 1
    return f"{line}  {old[:90]} → {new[:90]}"


def survivors(file: str, source: bytes, todo: list[Mutant], found: dict[str, Any], copies: list[Path]) -> list[Mutant]:
    """Run the tests of every mutant, one at a time in each copy, and return those that no test noticed."""
    running: dict[int, tuple[Path, Mutant]] = {}
    free, alive, waiting = list(copies), [], list(todo)
    while waiting or running:
        while waiting and free:
            mutant = waiting.pop()
            seconds = chosen(mutant, file, found, copies[0])
            tests = list(dict.fromkeys(test.partition("::")[0] for test in seconds))
            if not tests:
                alive.append(mutant)
                continue
            copy = free.pop()
            (copy / file).write_bytes(applied(source, mutant))
            running[forked(copy, tests, Chosen(seconds))] = copy, mutant
        for child in list(running):
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended:
                copy, mutant = running.pop(child)
                free.append(copy)
                if status == 0:
                    alive.append(mutant)
        sleep(0.01)
    for copy in copies:
        (copy / file).write_bytes(source)
    return sorted(alive, key=lambda mutant: mutant.start)


def main() -> None:
    """Print, by module, how many mutants are killed, and which survive."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("modules", nargs="*", default=["classifier"])
    parser.add_argument("--sample", type=int, default=40, help="mutants of each module; 0 takes all")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--tests", nargs="+", help="files or folders of tests; else those of the package")
    said = parser.parse_args()
    files = module_files(said.modules)
    tests = said.tests or sorted({f"tests/{file.partition('/')[0]}" for file in files})
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    with tempfile.TemporaryDirectory() as folder:
        copies = [Path(folder, "one"), Path(folder, "other")]
        shutil.copytree(ROOT, copies[0], ignore=shutil.ignore_patterns(".git", "__pycache__", "node_modules"))
        started = monotonic()
        found = record(copies[0], files, tests)
        print(f"{len(found['seconds'])} tests recorded in {monotonic() - started:.0f} s", flush=True)
        with warnings.catch_warnings(action="ignore"):
            for name in found["imported"]:
                with suppress(Exception):
                    importlib.import_module(name)
        sys.dont_write_bytecode = True  # no compiled mutant may be kept, or be taken for the next one
        shutil.copytree(*copies)  # with the files that are compiled by now
        sources = {file: (copies[0] / file).read_bytes() for file in files}
        nothing = Mutant(0, 0, b"", range(0))
        if not survivors(files[0], sources[files[0]], [nothing], found, copies):
            sys.exit(f"the tests fail without a mutant:\n{(copies[-1] / 'output').read_text('utf-8')[-2000:]}")
        gc.freeze()
        killed = total = 0
        for file, source in sources.items():
            every = mutants(source)
            sample = random.Random(f"{said.seed} {Path(file).stem}").sample(  # noqa: S311  # no secret
                every, min(said.sample or len(every), len(every))
            )
            if not sample:
                continue
            started = monotonic()
            alive = survivors(file, source, sample, found, copies)
            share = 1 - len(alive) / len(sample)
            each = (monotonic() - started) / len(sample)
            print(f"{file}: {len(sample) - len(alive)} of {len(sample)} killed, {share:.0%}, {each:.1f} s each")
            for mutant in alive:
                print(f"    {file}:{shown(source, mutant)}", flush=True)
            killed, total = killed + len(sample) - len(alive), total + len(sample)
        print(f"all: {killed} of {total} killed, {killed / max(total, 1):.1%}")


if __name__ == "__main__":
    main()
