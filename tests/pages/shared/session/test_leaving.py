"""A click that leads away comes with what was done before it, and leads to what there is then."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from classifier import Experiment
from pages.frame import corner
from tests.callbacks import Browser

ROOT = Path(__file__).parents[4]
DRAWN = "seed=7&position=5"


def after(monkeypatch: pytest.MonkeyPatch, said: object) -> tuple[str, dict[str, list[str]]]:
    """Let a browser say where a click leads, in one message with another seed; give the page and its address."""
    browser = Browser(monkeypatch, corner, "_component")
    page = AppTest.from_file(ROOT / "pages" / "router.py", default_timeout=60)
    page.query_params.update({key: values[0] for key, values in parse_qs(DRAWN).items()})
    page.switch_page("mathematics/mathematics.py").run()
    page.session_state["backprop_by_hand"].put(Experiment.tutorial().replace(seed=8), 6)
    browser.says(page, corner.KEY, "on_leave_change", {"leave": said})
    return page.header[0].value, {key: page.query_params[key] for key in page.query_params}


@pytest.mark.parametrize(
    ("query", "address"),
    [
        (DRAWN, {"seed": "8", "position": "6"}),
        (f"{DRAWN}&break=flip_sign&sample=2", {"seed": "8", "position": "6", "break": "flip_sign", "sample": "2"}),
        ("seed=7&position=3", {"seed": "8", "position": "3"}),  # a link to a place of its own
        ("lr=0.5", {"lr": "0.5"}),  # and one to another experiment
    ],
)
def test_a_link_to_what_was_drawn_leads_to_what_there_is_now(
    query: str, address: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = {"left": "mathematics", "page": "gradient_check", "query": query, "drawn": DRAWN}
    assert after(monkeypatch, said) == ("Gradient check", address)


@pytest.mark.parametrize(
    "said",
    [
        *(None, "teach", [], {}, {"left": "mathematics"}, {"left": "compare", "page": "teach"}),
        *({"left": "mathematics", "page": page} for page in (1, "nothing", "../app", "frame")),
    ],
)
def test_what_leads_nowhere_leaves_the_page_as_it_is(said: object, monkeypatch: pytest.MonkeyPatch) -> None:
    assert after(monkeypatch, said) == ("Mathematics", {"seed": "8", "position": "6"})
