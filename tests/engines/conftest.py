"""A window of each engine, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engines.engines import ENGINES, missing
from tests.engines.page import Page


@pytest.fixture(params=ENGINES)
def page(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Page]:
    assert missing(request.param) == [], "not installed; see .ci/browsers"
    with ENGINES[request.param](tmp_path) as engine:
        print(engine.version)
        yield Page(engine)
