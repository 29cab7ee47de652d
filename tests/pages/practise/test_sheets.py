"""A sheet has its problem, room for each number and a code; the key has every number and no code."""

from __future__ import annotations

import re

from classifier.insight.practise.problems import problem
from pages.practise.sheets import sheets
from pages.practise.worked import worked
from pages.shared.share.qr import qr_image


def link(level: int, seed: int) -> str:
    return f"https://example.org/practise?level={level}&seed={seed}"


def test_every_sheet_is_another_problem_with_the_code_that_opens_it() -> None:
    html = sheets(5, 7, 30, link)
    pages = html.split("<section>")[1:]
    assert len(pages) == len(set(pages)) == 30
    for seed, page in enumerate(pages, 7):
        code = qr_image(link(5, seed))
        assert code is not None
        assert code.replace("&", "&amp;") in page or code in page
        assert f"level=5&amp;seed={seed}<" in page
        names = [entry.name for entry in problem(5, seed).entries]
        assert re.findall("<li>(.*?) =</li>", page) == names


def test_the_key_has_every_number_of_each() -> None:
    pages = sheets(6, 1, 3, link, key=True).split("<section>")[1:]
    for seed, page in enumerate(pages, 1):
        assert re.findall("<li>(.*?)</li>", page) == [
            worked(problem(6, seed), each) for each in problem(6, seed).entries
        ]
        assert "<img" not in page
