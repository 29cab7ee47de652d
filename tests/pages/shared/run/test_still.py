"""Charts on pages where nothing plays."""

import re
from pathlib import Path

import pytest

from tests.opening import opened
from tests.page_data import charts_of
from tests.server import ROOT

STYLE: Path = ROOT / "pages" / "every_page.css"


@pytest.mark.parametrize(
    ("name", "chart", "place"),
    [
        ("mathematics", 0, r'\[class\*="st-key-math_"\]:not'),
        ("where_formulas_break", 0, r"\.st-key-break_panels"),
        ("where_formulas_break", -1, r"\.st-key-break_training"),
        ("gradient_check", 0, r'\[class\*="st-key-check_charts"\]'),
    ],
)
def test_the_place_that_is_kept_for_charts_is_as_high_as_they(name: str, chart: int, place: str) -> None:
    style = STYLE.read_text("utf-8")
    (height,) = re.findall(rf"^ *{place}.*min-height: (\d+)px", style, re.MULTILINE)
    assert list(charts_of(opened(name)).values())[chart]["layout"]["height"] == int(height)
