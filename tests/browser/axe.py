"""axe-core on what a page shows: no violation of WCAG 2.2 AA in what this project draws."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from tests.server import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

# The checks install it. Without it these tests are skipped.
AXE = ROOT / ".ci" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Drawn by Streamlit alone: its field for files has a name, and a role that must not have one.
NOT_OURS = ("[data-testid=stFileUploaderDropzone]",)
# Streamlit's formulas scroll on a phone. In Chromium and Firefox the Tab key reaches what scrolls without our help.
SCROLLED = '<span class="katex-display">'

needs_axe = pytest.mark.skipif(
    not AXE.exists() and os.environ.get("BROWSER_TESTS") != "required", reason="no axe-core: npm ci --prefix .ci"
)


def violations(page: Page) -> list[str]:
    """Run axe-core on what is mounted; one line for each element and rule."""
    # What waits for Python is pale for that time.
    page.wait_for_function(
        """() => !document.querySelector("[data-stale=true]")
            && document.getAnimations().every(({ playState }) => playState !== "running")"""
    )
    page.evaluate(AXE.read_text("utf-8"))
    found: list[dict[str, Any]] = page.evaluate(
        """([tags, exclude]) => axe.run(
            { exclude: exclude.map(selector => [selector]) },
            { runOnly: tags, resultTypes: ["violations"] },
        ).then(result => result.violations)""",
        [TAGS, list(NOT_OURS)],
    )
    return [
        f"{rule['id']}: {node['target']} {node['html'][:160]} {node['failureSummary'].splitlines()[1:2]}"
        for rule in found
        for node in rule["nodes"]
        if not (rule["id"] == "scrollable-region-focusable" and node["html"].startswith(SCROLLED))
    ]


def axe_finds_nothing(page: Page) -> None:
    """Hold a page to it on a projector and on a phone."""
    found = {1280: violations(page)}
    page.set_viewport_size({"width": 390, "height": 800})
    page.get_by_test_id("stTopNavLink").first.wait_for(state="detached")  # the navigation is in a panel
    found[390] = violations(page)
    assert found == {1280: [], 390: []}, found
