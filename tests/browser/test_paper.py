"""On paper a control is its value, and a table is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.conftest import visited

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.server import App


def test_a_control_is_printed_as_its_value_and_a_table_whole(browser: Browser, app: App) -> None:
    with visited(browser, app, "gradient_check?example=iris") as page:
        page.emulate_media(media="print")
        seen = page.locator("[data-testid=stMain]").inner_text()
        assert "Difference step ε\n\n10⁻⁶" in seen
        assert page.get_by_label("Break it").input_value() == "Nothing"
        rows = page.locator(".paper-table tbody tr")
        assert rows.count() == 15  # three outputs of four inputs and a bias
        assert all(rows.nth(i).is_visible() for i in range(15))
        assert rows.last.locator("td").count() == 7
        assert rows.last.locator("td").last.inner_text() == "agrees"
        page.emulate_media(media="screen")
        assert not rows.first.is_visible()
