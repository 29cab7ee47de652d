"""The playground without a server trains in Chromium and Firefox: the browser's own Python, the core's numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from classifier import Experiment, Run
from tests.engines.page import Page
from tests.static_site import served_site

ENTER = "\ue007"
EXPERIMENT = Experiment.tutorial().replace(dtype="float64", learning_rate=0.1)


@pytest.mark.parametrize("page", ["chromium", "firefox"], indirect=True)
def test_an_edit_is_trained_by_the_browser(page: Page, tmp_path: Path) -> None:
    with served_site(tmp_path) as site:
        page.open(site.url + "?dtype=float64&position=318")
        page.until("() => stage().ready === 'true' && stage().position === '318'")
        page.replace("input", "Exact learning rate", "0.1")
        page.type(ENTER)
        page.address("lr=0.1")
        assert page.run("() => all('[data-testid=engine]')[0].dataset.state") == "ready"
        run = Run(EXPERIMENT)
        run.advance()
        expected = run.history.parameters[0][318]
        page.until(
            "(first) => document.querySelector('[data-figure=weights]').data[0].z[0][0].toFixed(9) === first",
            f"{expected[0, 0]:.9f}",
        )
        np.testing.assert_allclose(page.trace("weights", 0, "z"), expected, rtol=1e-6)
        np.testing.assert_allclose(page.trace("loss", 1, "y"), run.history.running_loss[1:319], rtol=1e-6)
        assert page.faults() == []
