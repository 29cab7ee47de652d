"""What starts the processes and the proxy before them: both files name the same, and none may do more than it needs."""

from __future__ import annotations

import dataclasses
import re

import pytest

from pages.hosting.settings import Settings
from tests.deploy.proxy import CONFIGURATION
from tests.server import ROOT

yaml = pytest.importorskip("yaml", reason="PyYAML is not installed: pip install -r tests/requirements.txt")


def test_the_files_name_the_same_processes() -> None:
    services = yaml.safe_load((ROOT / ".deploy/compose.yaml").read_text("utf-8"))["services"]
    apps = {name for name in services if name.startswith("app-")}
    assert len(apps) >= 2
    for upstream in re.findall(r"upstream \w+ \{(.*?)\n    \}", CONFIGURATION.read_text("utf-8"), re.S):
        assert set(re.findall(r"server (app-\d):8501", upstream)) == apps == set(services["proxy"]["depends_on"])
    for name, service in services.items():
        assert (service["read_only"], service["cap_drop"], service["restart"]) == (True, ["ALL"], "always"), name
    secrets = {services[name]["environment"]["STREAMLIT_SERVER_COOKIE_SECRET"] for name in apps}
    assert len(secrets) == 1
    assert "${STREAMLIT_SERVER_COOKIE_SECRET:?" in secrets.pop()
    handed_on = {f"BACKPROP_{setting.name.upper()}" for setting in dataclasses.fields(Settings)}
    ours = {"STREAMLIT_SERVER_COOKIE_SECRET", "FORWARDED_ALLOW_IPS"}
    for name in apps:
        assert set(services[name]["environment"]) == {*ours, *handed_on}
        handed = {variable: services[name]["environment"][variable] for variable in handed_on}
        assert handed.pop("BACKPROP_REDIS_URL") == "${BACKPROP_REDIS_URL:-redis://rooms:6379/0}"
        assert set(handed.values()) == {None}
        assert "ports" not in services[name]
    assert services["proxy"]["volumes"] == ["./nginx.conf:/etc/nginx/nginx.conf:ro"]
    assert {services[name]["build"]["dockerfile"] for name in apps} == {".deploy/Dockerfile"}
