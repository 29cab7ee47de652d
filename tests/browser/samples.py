"""Find and use the samples' table in a browser: a grid of cells, one of which may be open for typing."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from classifier.experiment.experiment import Experiment
from pages.shared.address.reading import from_params

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


def grid(page: Page) -> Locator:
    """Give the table."""
    return page.get_by_role("grid", name="Samples", exact=True)


def heading(page: Page, column: str) -> Locator:
    """Give a heading by its name."""
    return grid(page).get_by_role("columnheader", name=column, exact=True)


def cell(page: Page, row: int, column: str) -> Locator:
    """Give a cell by the number of its row, from 1, and by its heading, which must be there."""
    place = heading(page, column).get_attribute("data-column")
    return grid(page).locator(f'[data-row="{row - 1}"][data-column="{place}"]')


def field(page: Page) -> Locator:
    """Give the field that is open in a cell."""
    return grid(page).get_by_role("textbox")


def tools(page: Page) -> Locator:
    """Give the buttons under the table."""
    return page.get_by_test_id("sheet").get_by_role("button")


def type_into(page: Page, row: int, column: str, text: str, key: str = "Enter") -> None:
    """Replace the text of a cell, or of a heading if `row` is 0, and leave the cell by a key."""
    (heading(page, column) if row == 0 else cell(page, row, column)).click()
    page.keyboard.press("F2")
    field(page).fill(text)
    page.keyboard.press(key)


class Panel:
    """The controls alone on a page. The address tells which edits took effect."""

    def __init__(self, page: Page, url: str | None = None) -> None:
        """Open an address, unless the page is open already."""
        self.page = page
        if url is not None:
            page.goto(url)
        self.cell(1, "x₁").wait_for()

    def cell(self, row: int, column: str) -> Locator:
        return cell(self.page, row, column)

    def text(self, row: int, column: str) -> str:
        return self.cell(row, column).inner_text()

    def type(self, row: int, column: str, text: str, key: str = "Enter") -> None:
        type_into(self.page, row, column, text, key)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def experiment(self) -> Experiment:
        opened = from_params(parse_qs(urlsplit(self.page.url).query, keep_blank_values=True))
        assert opened.notices == ()
        return opened.experiment

    def until(self, holds: Callable[[Experiment], bool], seconds: float = 30) -> Experiment:
        """Wait until what took effect is as it should be."""
        deadline = time.monotonic() + seconds
        while not holds(self.experiment()):
            assert time.monotonic() < deadline, self.page.url
            self.page.wait_for_timeout(50)
        return self.experiment()


def soon(holds: Callable[[], bool], seconds: float = 15) -> bool:
    """Say whether something comes to hold within some seconds."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
