"""What a maintainer relies on: one version number, pinned packages for the checks, and each check defined once."""

from __future__ import annotations

import importlib.metadata
import re
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from streamlit.testing.v1 import AppTest

import classifier

ROOT = Path(__file__).parent.parent
YAML_FILES = [
    ROOT / ".pre-commit-config.yaml",
    *sorted((ROOT / ".github").rglob("*.yml")),
    *sorted((ROOT / ".github").rglob("*.cff")),
]


def requirements(path: str) -> list[Requirement]:
    lines = (line.partition("#")[0].strip() for line in (ROOT / path).read_text("utf-8").splitlines())
    return [Requirement(line) for line in lines if line]


def constraints() -> dict[str, str]:
    """Return the exact version of each package that the checks run with."""
    pinned = {}
    for requirement in requirements(".deploy/constraints.txt"):
        (pin,) = requirement.specifier
        assert (pin.operator, requirement.extras, requirement.marker) == ("==", set(), None), requirement
        pinned[canonicalize_name(requirement.name)] = pin.version
    return pinned


def read_yaml(path: str) -> Any:  # noqa: ANN401 - whatever the file holds
    yaml = pytest.importorskip("yaml", reason="PyYAML is not installed: pip install -r tests/requirements.txt")
    return yaml.safe_load((ROOT / path).read_text("utf-8"))


def test_the_version_is_the_changelogs_newest() -> None:
    released = re.findall(
        r"^## (\d+\.\d+\.\d+) \(\d{4}-\d{2}-\d{2}\)$", (ROOT / ".github/CHANGELOG.md").read_text(), re.M
    )
    assert released[0] == classifier.__version__
    assert released == sorted(released, key=lambda version: [int(part) for part in version.split(".")], reverse=True)


def test_the_citation_has_the_changelogs_version_and_date() -> None:
    citation = (ROOT / ".github/CITATION.cff").read_text("utf-8")
    version = re.search(r"^version: (\S+)$", citation, re.M)
    date = re.search(r"^date-released: (\S+)$", citation, re.M)
    assert version is not None
    assert date is not None
    assert version[1] == classifier.__version__
    assert f"\n## {version[1]} ({date[1]})\n" in (ROOT / ".github/CHANGELOG.md").read_text("utf-8")


def test_the_menu_tells_the_version_and_the_licence(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[dict[str, Any]] = []
    monkeypatch.setattr("streamlit.set_page_config", lambda **config: told.append(config))
    page = AppTest.from_file(ROOT / "pages" / "router.py", default_timeout=60).run()
    assert not page.exception
    (config,) = told
    about = config["menu_items"]["About"]
    assert f"**Backprop by Hand** {classifier.__version__}\n" in about
    licence = (ROOT / "LICENSE").read_text("utf-8").splitlines()[0]
    assert licence == "MIT License"
    assert licence in about


@pytest.mark.parametrize("path", ["requirements.txt", "tests/requirements.txt", "tests/engines/requirements.txt"])
def test_the_checks_run_with_versions_that_the_requirements_allow(path: str) -> None:
    pinned = constraints()
    for requirement in requirements(path):
        assert requirement.specifier.contains(pinned[canonicalize_name(requirement.name)]), requirement


def test_the_constraints_name_the_dependencies_of_dependencies() -> None:
    # Only packages installed in the pinned version can be judged: another version may need other packages.
    pinned = constraints()
    seen = set()
    for name, version in pinned.items():
        try:
            if importlib.metadata.version(name) != version:
                continue
        except importlib.metadata.PackageNotFoundError:
            continue
        seen.add(name)
        for requirement in map(Requirement, importlib.metadata.requires(name) or ()):
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                needed = pinned.get(canonicalize_name(requirement.name))
                assert needed is not None, f"{name} needs {requirement}"
                assert requirement.specifier.contains(needed), f"{name} needs {requirement}"
    asked = {canonicalize_name(requirement.name) for requirement in requirements("requirements.txt")}
    if all(importlib.metadata.version(name) == pinned[name] for name in asked):
        assert asked <= seen


def test_the_checks_take_the_constraints_and_once_a_week_the_newest() -> None:
    assert 'PIP_CONSTRAINT="${PIP_CONSTRAINT-.deploy/constraints.txt}"' in (ROOT / ".ci/environment").read_text("utf-8")
    weekly = read_yaml(".github/workflows/newest.yml")
    (job,) = weekly["jobs"].values()
    checks = [step for step in job["steps"] if step.get("run") == "bash .ci/run"]
    assert [step["env"] for step in checks] == [{"PIP_CONSTRAINT": ""}]
    every_push = read_yaml(".github/workflows/checks.yml")
    (job,) = every_push["jobs"].values()
    assert {"run": "bash .ci/run"} in job["steps"]


def test_the_three_browsers_have_a_job_of_their_own() -> None:
    job = read_yaml(".github/workflows/browsers.yml")
    # YAML reads the bare word "on" as true.
    assert job[True]["push"] == {"branches": ["main"]}
    assert [len(entry["cron"].split()) for entry in job[True]["schedule"]] == [5]
    assert {"run": "bash .ci/browsers"} in job["jobs"]["browsers"]["steps"]
    assert "tests/engines" not in (ROOT / ".ci/run").read_text("utf-8")
    assert "--ignore=tests/engines" in (ROOT / ".pytest.ini").read_text("utf-8")


def test_the_hooks_of_a_commit_are_the_quick_checks() -> None:
    # Each command without its redirections.
    lines = [re.split(r" [>|&]", line)[0] for line in (ROOT / ".ci/run").read_text("utf-8").splitlines()]
    quick = [line for line in lines if re.match(r"(ruff|mypy|eslint|npx|npm run)\b", line)]
    config = read_yaml(".pre-commit-config.yaml")
    assert [repository["repo"] for repository in config["repos"]] == ["local"]
    hooks = config["repos"][0]["hooks"]
    assert [hook["entry"] for hook in hooks] == quick
    assert len(quick) >= 3
    assert all(hook["language"] == "system" and hook["pass_filenames"] is False for hook in hooks)


@pytest.mark.parametrize("path", YAML_FILES, ids=lambda path: path.name)
def test_what_machines_read_can_be_read(path: Path) -> None:
    assert isinstance(read_yaml(path.relative_to(ROOT).as_posix()), dict)


@pytest.mark.parametrize("path", sorted((ROOT / ".github/ISSUE_TEMPLATE").iterdir()), ids=lambda path: path.stem)
def test_a_form_asks_each_thing_once_and_says_what(path: Path) -> None:
    form = read_yaml(path.relative_to(ROOT).as_posix())
    assert form["name"]
    assert form["description"]
    asked = [field["id"] for field in form["body"]]
    assert len(set(asked)) == len(asked)
    assert {field["type"] for field in form["body"]} <= {"input", "textarea", "dropdown", "checkboxes"}
    assert all(field["attributes"]["label"] for field in form["body"])
    assert any(field.get("validations", {}).get("required") for field in form["body"])
