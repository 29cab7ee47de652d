"""What a host sets by environment variables: each is read, judged and documented; a bad one stops the start."""

from __future__ import annotations

import dataclasses
import os
import re
import subprocess
import sys

import pytest
from streamlit.config import get_config_options

from classifier import MAX_EPOCHS, MAX_INPUTS, MAX_OUTPUTS, MAX_SAMPLES, MAX_STEPS
from pages.__main__ import named_experiments
from pages.hosting.settings import SettingError, Settings, unknown
from tests.ahead import ahead
from tests.server import ROOT

EXPERIMENTS = tuple(named_experiments().values())
VARIABLES = [f"BACKPROP_{setting.name.upper()}" for setting in dataclasses.fields(Settings)]


def test_without_variables_and_with_empty_ones_all_is_as_it_was() -> None:
    assert Settings.read({"PATH": "/bin"}) == Settings.read(dict.fromkeys(VARIABLES, " ")) == Settings()


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("*", ()),
        ("none", ("'none'",)),
        ("self", ("'self'",)),
        ("https://moodle.example.org", ("https://moodle.example.org",)),
        (" self  http://localhost:8080 ", ("'self'", "http://localhost:8080")),
        ("https://*.example.org:* https://a.b", ("https://*.example.org:*", "https://a.b")),
    ],
)
def test_who_may_show_the_app_in_a_frame(text: str, sources: tuple[str, ...]) -> None:
    assert Settings.read({"BACKPROP_FRAME_ANCESTORS": text}).frame_ancestors == sources


@pytest.mark.parametrize(
    "text",
    [
        "moodle.example.org",
        "* self",
        "none self",
        "https://a.b; script-src *",
        "https://a.b, https://c.d",
        "https://é.org",
    ],
)
def test_what_is_no_address_is_refused_with_the_rule(text: str) -> None:
    with pytest.raises(SettingError) as error:
        Settings.read({"BACKPROP_FRAME_ANCESTORS": text})
    assert str(error.value).startswith(f"BACKPROP_FRAME_ANCESTORS is {text!r}. It may be * for everybody, none, or")


BOUNDS = {
    "CACHE_MB": (16, 1_000_000),
    "MAX_SAMPLES": (max(each.samples for each in EXPERIMENTS), MAX_SAMPLES),
    "MAX_INPUTS": (max(each.in_features for each in EXPERIMENTS), MAX_INPUTS),
    "MAX_OUTPUTS": (max(each.out_features for each in EXPERIMENTS), MAX_OUTPUTS),
    "MAX_EPOCHS": (max(each.epochs for each in EXPERIMENTS), MAX_EPOCHS),
    "MAX_STEPS": (max(each.samples * each.epochs for each in EXPERIMENTS), MAX_STEPS),
}


@pytest.mark.parametrize("name", BOUNDS)
def test_a_limit_lies_between_what_the_examples_need_and_what_there_is(name: str) -> None:
    variable, (low, high) = f"BACKPROP_{name}", BOUNDS[name]
    for number in (low, high):
        assert getattr(Settings.read({variable: f" {number} "}), name.lower()) == number
    for text in (str(low - 1), str(high + 1), "-5", "1e6", "1_000", "٢٠٠٠", "lots", "9" * 5_000):
        with pytest.raises(SettingError) as error:
            Settings.read({variable: text})
        assert str(error.value) == f"{variable} is {text!r}. It may be a whole number from {low} to {high}."


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(SettingError) as error:
        Settings.read({"BACKPROP_MAX_STEPS": "few", "BACKPROP_CACHE_MB": "0", "BACKPROP_MAX_INPUTS": "5"})
    assert [line.split()[0] for line in str(error.value).splitlines()] == ["BACKPROP_CACHE_MB", "BACKPROP_MAX_STEPS"]


def test_misspelt_variables_are_named() -> None:
    misspelt = {"BACKPROP_FRAME_ANCESTOR": "self", "BACKPROP_frame_ancestors": "", "OTHER": ""}
    assert unknown(misspelt | dict.fromkeys(VARIABLES, "")) == ["BACKPROP_FRAME_ANCESTOR", "BACKPROP_frame_ancestors"]


@ahead
def refused_start() -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true", "--server.port", "0"]
    environment = os.environ | {"BACKPROP_FRAME_ANCESTORS": "moodle", "BACKPROP_FRAMES": ""}
    return subprocess.run(  # noqa: S603 - our own app
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def test_the_app_does_not_start_with_a_setting_that_cannot_be() -> None:
    done = refused_start()
    assert done.returncode != 0
    assert "BACKPROP_FRAME_ANCESTORS is 'moodle'. It may be" in done.stderr
    assert "Traceback" not in done.stderr


def test_every_variable_is_documented() -> None:
    text = (ROOT / ".github/HOSTING.md").read_text("utf-8")
    rows = re.findall(r"^\| `(BACKPROP_\w+)` \|", text, re.M)
    assert sorted(rows) == sorted(VARIABLES)


def test_streamlits_own_variables_are_those_of_its_options() -> None:
    text = (ROOT / ".github/HOSTING.md").read_text("utf-8")
    named = set(re.findall(r"`(STREAMLIT_\w+)", text))
    assert named <= {option.env_var for option in get_config_options().values()}
    assert len(named) >= 6
