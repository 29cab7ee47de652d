"""Charts on pages where nothing plays."""

import re
from pathlib import Path

import pytest

from tests.opening import opened
from tests.page_data import charts_of
from tests.server import ROOT

STYLE: Path = ROOT / "pages" / "every_page.css"


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("mathematics", r'\[class\*="st-key-math_"\]:not'),
        ("where_formulas_break", r"\.st-key-break_panels"),
        ("gradient_check", r'\[class\*="st-key-check_charts"\]'),
    ],
)
def test_the_place_that_is_kept_for_charts_is_as_high_as_they(name: str, place: str) -> None:
    style = STYLE.read_text("utf-8")
    (height,) = re.findall(rf"^ *{place}.*min-height: (\d+)px", style, re.MULTILINE)
    assert next(iter(charts_of(opened(name)).values()))["layout"]["height"] == int(height)
