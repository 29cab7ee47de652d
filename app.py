"""Serve Backprop by Hand: `streamlit run app.py`.

Streamlit runs pages/router.py for every visitor. Plotly.js comes from here too, out of the installed plotly
package, so that a classroom without internet sees charts; the sockets of the class are served here; and every answer
gets the headers that Streamlit leaves out.
"""

from __future__ import annotations

import gzip
from functools import cache
from typing import TYPE_CHECKING

import streamlit as st
from plotly.offline import get_plotlyjs
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import Route
from streamlit import runtime

from pages.classroom.route import class_route

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

ONE_YEAR_S = 365 * 24 * 3600
MOST_FILES = 4


@cache
def plotly_js() -> tuple[bytes, bytes]:
    """Take Plotly.js from the installed plotly package: plain, and compressed once for everybody."""
    source = get_plotlyjs().encode()
    return source, gzip.compress(source, compresslevel=6, mtime=0)


def serve_plotly(request: Request) -> Response:
    """Send Plotly.js. The address carries plotly's version, so a browser may keep the answer for good."""
    plain, compressed = plotly_js()
    headers = {"Cache-Control": f"public, max-age={ONE_YEAR_S}, immutable", "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(compressed, media_type="text/javascript", headers=headers)
    return Response(plain, media_type="text/javascript", headers=headers)


class SecurityHeaders:
    """Add the headers that Streamlit does not send: types are not guessed, addresses do not leak to other sites."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; write into the start of the answer."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("X-Content-Type-Options", "nosniff")
                # An address holds the whole experiment: other sites are told the host at most.
                headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
            await send(message)

        await self.app(scope, receive, send_with_headers)


class FewUploads:
    """Let each visitor have a few uploaded files. Streamlit keeps any number, asked for or not, until he leaves.

    A file is read when it arrives, so the oldest may go.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; before an upload is answered, remove what is too much."""
        path = scope.get("path", "").split("/")

        async def send_with_few_left(message: Message) -> None:
            if message["type"] == "http.response.start":
                visitor, files = path[-2], runtime.get_instance().uploaded_file_mgr
                for oldest in list(files.file_storage.get(visitor, ()))[:-MOST_FILES]:
                    files.remove_file(visitor, oldest)
            await send(message)

        if scope.get("method") != "PUT" or path[-4:-2] != ["_stcore", "upload_file"]:
            await self.app(scope, receive, send)
        elif "content-length" not in Headers(scope=scope):  # every browser says it, and Streamlit judges it
            await Response("Length required", 411)(scope, receive, send)
        else:
            await self.app(scope, receive, send_with_few_left)


base_path = (st.get_option("server.baseUrlPath") or "").strip("/")
app = st.App(
    "pages/router.py",
    routes=[
        Route(f"/{base_path}/plotly.min.js" if base_path else "/plotly.min.js", serve_plotly),
        class_route(base_path),
    ],
    middleware=[Middleware(SecurityHeaders), Middleware(FewUploads)],
)
