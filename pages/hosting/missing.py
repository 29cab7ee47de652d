"""404 for addresses that do not exist, where Streamlit would answer with the app and 200, and for its metrics."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import Final

from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FIRST_PAGE: Final = "playground"
"""The page that stands at the app's own address."""
PAGES: Final = frozenset(
    re.findall(r'st\.Page\("(\w+)/', Path(__file__).parents[1].joinpath("router.py").read_text("utf-8"))
) - {FIRST_PAGE}
"""The addresses of the others, as the router names them."""
_METRICS: Final = "_stcore/metrics"


class NotThere:
    """Answer with 404 where Streamlit would send the app although no page has the address."""

    def __init__(self, app: ASGIApp, base: str) -> None:
        self.app = app
        self.base = f"{base}/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and look at who answers."""
        if scope["type"] == "http" and self._page(scope) == _METRICS:  # they are nobody's but the host's
            await PlainTextResponse("Not Found", 404)(scope, receive, send)
            return
        instead: Response | None = None

        async def send_what_is_there(message: Message) -> None:
            nonlocal instead
            if message["type"] == "http.response.start" and self._is_missing(scope, message):
                instead = self._answer(scope)
                await instead(scope, receive, send)
            if instead is None:
                await send(message)

        await self.app(scope, receive, send_what_is_there)

    def _page(self, scope: Scope) -> str:
        path: str = scope["path"]
        return path.removeprefix(self.base)

    def _is_missing(self, scope: Scope, message: Message) -> bool:
        """Say whether Streamlit sends its page because there is no such file. The scope tells who answers."""
        html = any(name == b"content-type" and value.startswith(b"text/html") for name, value in message["headers"])
        by_files = isinstance(scope.get("endpoint"), StaticFiles)
        return by_files and html and message["status"] == 200 and self._page(scope) not in {"", "index.html", *PAGES}

    def _answer(self, scope: Scope) -> Response:
        page = self._page(scope)
        # Relative: a proxy may have put something before the path.
        first = "../" * page.count("/") or "./"
        query = scope["query_string"].decode("latin-1")
        address = f"{first}?{query}" if query else first
        if page == FIRST_PAGE:
            return RedirectResponse(address, 308)
        if any(name == b"accept" and b"text/html" in value for name, value in scope["headers"]):
            return HTMLResponse(_HTML.format(address=escape(address)), 404)
        return PlainTextResponse("Not Found", 404)


_HTML: Final = """<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Not there · Backprop by Hand</title>
<style>:root {{ color-scheme: light dark; font: 1.1rem sans-serif }} body {{ max-width: 30em; margin: 15vh auto;
padding: 0 1em }}</style>
<h1>There is no such page</h1>
<p><a href="{address}">Open the playground</a>; what the address says of an experiment goes with you.</p>
</html>
"""
