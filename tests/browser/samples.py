"""The samples' table, as a test touches it: a grid of cells, one of which may be open for typing."""

from __future__ import annotations

from typing import TYPE_CHECKING

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


def type_into(page: Page, row: int, column: str, text: str, key: str = "Enter") -> None:
    """Put a text in the place of a cell's, or of a heading's if `row` is 0, and leave it by a key."""
    (heading(page, column) if row == 0 else cell(page, row, column)).click()
    page.keyboard.press("F2")
    field(page).fill(text)
    page.keyboard.press(key)
