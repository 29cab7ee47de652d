"""The files that the app serves have the hash of what is in them in their names."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from pages.stage import files
from pages.stage.javascript import is_entry

PAGES = Path(files.__file__).parents[1]


def test_every_component_has_one_file() -> None:
    entries = [path.stem for path in PAGES.rglob("*.js") if is_entry(path)]
    assert len(entries) == len(set(entries)), "two components of one name"
    for name in entries:
        address = files.address_of(name)
        assert address.startswith(f"files/{name}.")
        assert files.file_named(address.removeprefix("files/")) == files.program(name)


def test_the_style_of_every_page_is_a_file_too() -> None:
    assert files.file_named(files.STYLE_CSS.removeprefix("files/")) == (PAGES / "every_page.css").read_text("utf-8")


def test_what_draws_codes_is_served_as_lean_qr_2_7_4_was_published() -> None:
    published = (
        "0ce41cd6f92cc23cf057a1df7e1b3876767d678665dd65af4e1d22b4fad967dc"  # of its index.mjs, in the package of npm
    )
    source = files.file_named(files.QR_JS.removeprefix("files/"))
    assert source is not None
    assert hashlib.sha256(source.encode()).hexdigest() == published
    assert "MIT License" in (PAGES / "stage" / "qr" / "LICENSE").read_text("utf-8")


@pytest.mark.parametrize("name", ["", "stage", "stage.js", "stage.0123456789abcdef.js", "../stage.js", "element.js"])
def test_no_other_file_is_there(name: str) -> None:
    assert files.file_named(name) is None


def test_another_style_has_another_address(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    entry = tmp_path / "stage.js"
    entry.write_text("export default function () {}\n", "utf-8")
    monkeypatch.setattr(files, "_ENTRIES", {"stage": entry})
    addresses = set()
    for style in ("a {}", "b {}"):
        entry.with_suffix(".css").write_text(style, "utf-8")
        files.program.cache_clear()
        files.address_of.cache_clear()
        addresses.add(files.address_of("stage"))
    files.program.cache_clear()
    files.address_of.cache_clear()
    assert len(addresses) == 2


@pytest.mark.skipif(not shutil.which("node"), reason="Debian's package nodejs reads JavaScript")
def test_a_program_styles_its_component_once_and_runs_at_every_message(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    entry = tmp_path / "one.js"
    entry.write_text("export default function ({ data }) {\n  return data + 1;\n}\n", "utf-8")
    entry.with_suffix(".css").write_text('a::after { content: "</style>\\2028"; }', "utf-8")
    monkeypatch.setattr(files, "_ENTRIES", {"one": entry})
    (tmp_path / "made.mjs").write_text(files.program.__wrapped__("one"), "utf-8")
    code = """
        const made = (getRootNode) => ({ styles: [], append(style) { this.styles.push(style); }, getRootNode });
        const head = made();
        globalThis.document = { createElement: (tag) => ({ tag }), head };
        const isolated = made(() => isolated);
        const [one, other] = [made(() => document), made(() => document)];
        const { default: run } = await import("./made.mjs");
        const returned = [1, 5].map((data) => run({ data, parentElement: isolated }));
        for (const parentElement of [one, other, one]) run({ data: 0, parentElement });
        if (one.styles.length || other.styles.length || head.styles.length !== 1) throw new Error("styled elsewhere");
        console.log(JSON.stringify([returned, isolated.styles]));
    """
    done = subprocess.run(  # noqa: S603 - our own code
        ["node", "--input-type=module", "-e", code],  # noqa: S607
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == (
        '[[2,6],[{"tag":"style","textContent":"a::after { content: \\"</style>\\\\2028\\"; }"}]]'
    )
