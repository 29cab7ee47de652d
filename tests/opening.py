"""Open a page of the app by its address, in Streamlit's own test client."""

from __future__ import annotations

from urllib.parse import parse_qs

from streamlit.testing.v1 import AppTest

from tests.server import ROOT


def fresh(name: str = "playground", query: str = "", /, **params: str | list[str]) -> AppTest:
    """Give a page that has not run yet, in a session of its own; its address by a query, by parameters, or both."""
    page = AppTest.from_file(ROOT / "pages" / "router.py", default_timeout=60)
    page.query_params.update({**parse_qs(query), **params})
    return page.switch_page(f"{name}/{name}.py")


def opened(name: str = "playground", query: str = "", /, **params: str | list[str]) -> AppTest:
    """Open a page in a session of its own; its run goes without an error."""
    return checked(fresh(name, query, **params).run())


def checked(page: AppTest) -> AppTest:
    """Give a page whose run went without an error."""
    assert not page.exception, page.exception
    return page
