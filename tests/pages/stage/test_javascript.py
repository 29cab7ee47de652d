"""The modules of a component become one text, in order, and what cannot be joined is refused by line."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from pages.stage.javascript import as_function, bundled

PAGES = Path(__file__).parents[3] / "pages"
ENTRIES = sorted(path for path in PAGES.rglob("*.js") if "\nexport default " in path.read_text("utf-8"))
MAIN = "export default function () { return one; }\n"


def written(folder: Path, **modules: str) -> Path:
    for name, text in modules.items():
        (folder / f"{name}.js").write_text(text, "utf-8")
    return folder / "main.js"


def test_modules_come_after_those_that_they_need_and_once(tmp_path: Path) -> None:
    entry = written(
        tmp_path,
        main='// Entry.\n\nimport { two } from "./two.js";\nimport { one, three } from "./one.js";\n\n' + MAIN,
        two='import { one } from "./one.js";\nexport function two() {\n  // inside\n  return one; // one\n}\n',
        one="export const one = 1;\nconst hidden = 2;\nexport class three {}\n",
        unused="export const unused = 1;\n",
    )
    assert bundled(entry) == (
        "const one = 1;\nconst hidden = 2;\nclass three {}\n"
        "function two() {\n  return one; // one\n}\n"
        "export default function () { return one; }\n"
    )


def test_a_file_of_data_is_joined_as_a_constant(tmp_path: Path) -> None:
    (tmp_path / "table.json").write_text('{"one": [1, "a`b"]}', "utf-8")
    of_data = 'import one from "./table.json" with { type: "json" };\n'
    assert bundled(written(tmp_path, main=of_data + MAIN)) == f'const one = {{"one": [1, "a`b"]}};\n{MAIN}'
    with pytest.raises(ValueError, match=r"line 1: .*\nthis form cannot be joined"):
        bundled(written(tmp_path, main=of_data.replace("table", "other") + MAIN))


@pytest.mark.parametrize(("folder", "up"), [("class", ".."), ("shared/draft/sheet", "../../..")])
def test_a_module_of_the_stage_is_joined_into_others(tmp_path: Path, folder: str, up: str) -> None:
    for each in ("stage", folder):
        (tmp_path / each).mkdir(parents=True)
    one = 'import { two } from "./two.js";\nexport const one = two;'
    written(tmp_path / "stage", one=one, two="export const two = 2;")
    # Of a name that is there twice
    imports = f'import {{ one }} from "{up}/stage/one.js";\nimport {{ other }} from "./two.js";\n'
    entry = written(tmp_path / folder, main=imports + MAIN, two="export const other = 1;")
    assert bundled(entry) == f"const two = 2;\nconst one = two;\nconst other = 1;\n{MAIN}"


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda path: path.stem)
def test_a_component_is_joined_whole(entry: Path) -> None:
    text = bundled(entry)
    for path in {*entry.parent.glob("*.js")} - {entry.parent / "worker.js"}:  # which is a program of its own
        begins = "export default " if path == entry else "export "
        code = [line for line in path.read_text("utf-8").splitlines() if line.startswith(begins)]
        assert code, path.name
        assert code[0].removeprefix("export " if path != entry else "") in text, f"{path.name} is not used"
    assert text.count("\nexport ") == 1
    assert "\nimport " not in text


@pytest.mark.skipif(not shutil.which("node"), reason="Debian's package nodejs reads JavaScript")
@pytest.mark.parametrize("entry", ENTRIES, ids=lambda path: path.stem)
def test_what_is_joined_is_javascript(entry: Path, tmp_path: Path) -> None:
    (tmp_path / "joined.mjs").write_text(bundled(entry), "utf-8")
    code = "import('./joined.mjs').then(m => process.exit(typeof m.default === 'function' ? 0 : 1))"
    subprocess.run(["node", "-e", code], cwd=tmp_path, check=True)  # noqa: S603, S607 - our own code


@pytest.mark.skipif(not shutil.which("node"), reason="Debian's package nodejs reads JavaScript")
def test_two_components_become_functions_beside_each_other(tmp_path: Path) -> None:
    texts = [f"const name = {number};\nexport default function (x) {{ return name + x; }}\n" for number in (1, 20)]
    one, two = map(as_function, texts)
    code = f"const name = 300; const one = {one}, two = {two}; console.log(one(4) + two(5) + name)\n"
    code += "\n".join(f"console.log(typeof {as_function(bundled(entry))})" for entry in ENTRIES)
    # By the standard input: it is longer than an argument may be.
    said = subprocess.run(["node", "-"], input=code, text=True, cwd=tmp_path, check=True, capture_output=True).stdout  # noqa: S607 - our own code
    assert said.split() == ["330", *["function"] * len(ENTRIES)]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda path: path.stem)
def test_nothing_is_styled_that_is_not_there(entry: Path) -> None:
    made = bundled(entry) + "".join(path.read_text("utf-8") for path in entry.parent.glob("*.py"))
    styles = re.sub(r"/\*.*?\*/", "", entry.with_suffix(".css").read_text("utf-8"), flags=re.DOTALL)
    classes = set(re.findall(r"\.([a-z][\w-]*)(?=[^{}]*\{)", styles))
    assert classes
    assert {name for name in classes if not re.search(rf'"([\w-]+ )*{name}( [\w-]+)*"', made)} == set()


@pytest.mark.parametrize("sheet", sorted(PAGES.rglob("*.css")), ids=lambda path: path.name)
def test_no_rule_asks_the_whole_page(sheet: Path) -> None:
    """A browser asks `:root:has()` of each element anew whenever one is added: of a long page, in 30 ms."""
    assert re.findall(r":root\S*:has\(", sheet.read_text("utf-8")) == []


def test_there_are_components() -> None:
    assert {path.stem for path in ENTRIES} >= {"stage", "sheet", "chart_files"}


@pytest.mark.parametrize(
    ("modules", "fault"),
    [
        ({"main": "const one = 1;"}, "main.js: there is no `export default`"),
        (
            {
                "main": 'import { one } from "./one.js";\nconst two = 1;\n' + MAIN,
                "one": "export const one = 1;\nlet two;",
            },
            "main.js, line 2: const two = 1;\ntwo is declared in one.js as well",
        ),
        (
            {
                "main": 'import { one } from "./one.js";\n' + MAIN,
                "one": 'import { two } from "./two.js";\nexport const one = 1;',
                "two": '\nimport { one } from "./one.js";\nexport const two = 1;',
            },
            "two.js, line 2: .*\na circle: main.js → one.js → two.js → one.js",
        ),
        ({"main": MAIN + "const text = `a\nb`;"}, "line 2: const text = `a\na text over several lines"),
        (
            {"main": 'import { one } from "./one.js";\n' + MAIN, "one": "export const one = 1;\nexport default one;"},
            "one.js, line 2: .*\nthis form cannot be joined",
        ),
    ],
)
def test_what_cannot_be_joined_is_refused(tmp_path: Path, modules: dict[str, str], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        bundled(written(tmp_path, **modules))


@pytest.mark.parametrize(
    "line",
    [
        'import * as one from "./one.js";',
        'import one from "./one.js";',
        'import "./one.js";',
        "import { one } from './one.js';",
        'import { one as other } from "./one.js";',
        'import { one } from "https://example.org/one.js";',
        '  import { one } from "./one.js";',
        "import {",
        'export { one } from "./one.js";',
        'export * from "./one.js";',
        "export { one };",
        "export const { one } = {};",
        "const { one } = {};",
        "const [one] = [];",
        "var one = 1;",
        "export var one = 1;",
    ],
)
def test_other_forms_are_refused(tmp_path: Path, line: str) -> None:
    entry = written(tmp_path, main=f"{line}\n{MAIN}", one="export const one = 1;\n")
    with pytest.raises(ValueError, match=r"main\.js, line 1: .*\nthis form cannot be joined"):
        bundled(entry)


def test_code_that_only_resembles_an_import_stays(tmp_path: Path) -> None:
    load = 'async function load() {\n  await import("./x.js");\n  import("./y.js");\n}\n'
    lines = f"const important = 1;\n{load}exportAll();\n"
    assert bundled(written(tmp_path, main=lines + MAIN)) == lines + MAIN
