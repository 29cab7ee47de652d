"""Pages as files by command: one, or a site of all examples; what cannot be done is said, with code 2."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from classifier import Experiment
from pages.__main__ import main
from pages.shared.examples import EXAMPLES
from pages.shared.share.experiment_file import write_experiment
from tests.ahead import ahead
from tests.page_data import PageData

ROOT = Path(__file__).parents[2]


def written(capsysbinary: pytest.CaptureFixture[bytes], *arguments: str) -> PageData:
    main(list(arguments))
    said = capsysbinary.readouterr()
    assert said.err == b""
    return PageData(said.out.decode())


def test_an_experiment_becomes_a_page(capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    path = tmp_path / "experiment.json"
    path.write_text(write_experiment(Experiment.tutorial().replace(seed=7, epochs=50), 30), "utf-8")
    page = written(capsysbinary, str(path), "--live", "https://example.org/class/")
    assert (page.data["player"]["total"], page.data["player"]["position"]) == (50, 30)
    assert page.links == ["https://example.org/class/?epochs=50&seed=7"]


def test_an_example_becomes_a_page_and_a_comparison(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    page = written(capsysbinary, "--example", "gates", "--live", "https://example.org")
    assert EXAMPLES["gates"].title in page.text
    assert page.links == ["https://example.org/?example=gates"]
    page = written(capsysbinary, "--example", "gates", "--vary", "seed", "--values", "3,4", "--live", "http://a.b")
    assert "Seed: 3, 4" in page.text
    assert page.links == ["http://a.b/compare?example=gates&vary=seed&values=3%2C4"]
    assert "Learning rate: 0.001, 0.01, 0.1, 1" in written(capsysbinary, "--example", "gates", "--vary", "lr").text


@ahead
def command() -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-W", "error", "-m", "pages", "--example", "exercise"]
    return subprocess.run(command, cwd=ROOT, check=False, capture_output=True)  # noqa: S603 - our own code


def test_it_is_a_command() -> None:
    done = command()
    assert done.stderr == b""
    assert EXAMPLES["exercise"].title in PageData(done.stdout.decode()).text


def test_all_examples_become_a_site(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    folder = tmp_path / "a" / "site"
    main(["--all", str(folder)])
    assert capsysbinary.readouterr().out == b""
    index = PageData((folder / "index.html").read_text("utf-8"))
    assert index.links == [f"{name}.html" for name in EXAMPLES]
    assert {path.name for path in folder.iterdir()} == {"index.html", "plotly.min.js", *index.links}
    for name, example in EXAMPLES.items():
        assert example.question in index.text
        page = (folder / f"{name}.html").read_text("utf-8")
        assert '<script src="plotly.min.js"></script>' in page
        assert PageData(page).links == ["index.html"]
    assert (folder / "tutorial.html").stat().st_size < 1_500_000


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "one of the arguments EXPERIMENT.json --example --all is required"),
        (["x.json", "--example", "iris"], "not allowed with argument"),
        (["--example", "nobody\u202e"], "argument --example: invalid choice: 'nobody\\u202e' (choose from "),
        (["{tmp}/none.json"], "none.json: No such file or directory"),
        (["{tmp}"], ": Is a directory"),
        (["{tmp}/bad.json"], "Line 1, column 2: this is not JSON."),
        (["{tmp}/seed.json"], "Seed: 'seven' is not a number."),
        (["--all", "{tmp}/bad.json"], "bad.json: File exists"),
        (["--all", "{tmp}/bad.json/site"], "Not a directory"),
        (["--all", ""], "argument --all: the name is empty"),
        (["--all", "{tmp}", "--editable", "--pyodide", ""], "argument --pyodide: the name is empty"),
        (["--all", "{tmp}", "--vary", "lr"], "--vary goes with one experiment, not with --all."),
        (["--example", "iris", "--vary", "luck"], "argument --vary: invalid choice: 'luck' (choose from "),
        (["--example", "iris", "--vary", "lr", "--values", "1,x"], 'Value 2: "x" is not a number.'),
        (["--example", "iris", "--values", "1"], "--values needs --vary."),
        (["--example", "iris", "--live", "javascript:1"], "--live: an address begins with http:// or https://."),
    ],
)
def test_what_cannot_be_done_is_said(
    arguments: list[str], message: str, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "bad.json").write_text("{", "utf-8")
    seed = write_experiment(Experiment.tutorial()).replace('"seed": 42', '"seed": "seven"')
    (tmp_path / "seed.json").write_text(seed, "utf-8")
    with pytest.raises(SystemExit) as ended:
        main([argument.replace("{tmp}", str(tmp_path)) for argument in arguments])
    assert ended.value.code == 2
    said = capsysbinary.readouterr()
    assert message in said.err.decode()
    assert said.out == b""
