"""Streamlit's own HTML at the address of each page, with what this page needs in its head."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from starlette.routing import Route

from pages.hosting.files import kept

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


def page_routes(base: str, index: str, heads: Mapping[str, str]) -> list[Route]:
    """Make a route for each page.

    Parameters
    ----------
    base : str
        What the addresses of this server begin with, as "/app"; may be empty.
    index : str
        Streamlit's HTML, which is the same for all pages.
    heads : mapping
        What is added at the end of the head, by the address of a page.
    """

    def route(page: str) -> Route:
        html = index.replace("</head>", f"{heads[page]}</head>", 1)

        def serve(request: Request) -> Response:
            return kept(request, html, "text/html", "no-cache")

        return Route(f"{base}/{page}", serve)

    return [route(page) for page in heads]
