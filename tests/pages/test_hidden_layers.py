"""Every page opens for any network."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from classifier import Experiment
from pages.shared.address.writing import to_params

ROUTER = Path(__file__).parents[2] / "pages" / "router.py"
PAGES = re.findall(r'st\.Page\("([^"]+)"', ROUTER.read_text())


@pytest.mark.parametrize("sizes", [(2, 4, 1), (3, 4, 4), (4, 8, 8, 8, 3)])
@pytest.mark.parametrize("page", PAGES)
def test_it_opens(page: str, sizes: tuple[int, ...]) -> None:
    random = np.random.default_rng(0)
    inputs, labels = random.integers(-3, 4, (4, sizes[0])), random.integers(0, 2, (4, sizes[-1]))
    experiment = Experiment(inputs, labels, hidden=sizes[1:-1], activation="tanh", epochs=3)
    opened = AppTest.from_file(ROUTER, default_timeout=60)
    opened.switch_page(page)
    opened.query_params.update(to_params(experiment))
    opened.run()
    assert not opened.exception
    assert opened.query_params["hidden"] in ("_".join(map(str, sizes[1:-1])), ["_".join(map(str, sizes[1:-1]))])
