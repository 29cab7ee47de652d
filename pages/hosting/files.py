"""What browsers keep, compressed once for everybody: files for good, each page's HTML for as long as it is the same."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Mapping
from functools import cache

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

ONE_YEAR_S = 365 * 24 * 3600


def files_route(base: str, folder: str, text_of: Callable[[str], str | None]) -> Route:
    """Make the route of the files.

    Parameters
    ----------
    base : str
        What the addresses of this server begin with, as "/app"; may be empty.
    folder : str
        What they go on with.
    text_of : callable
        Gives the text of the file of a name, JavaScript or CSS, or None if there is none. What is in a file decides on
        its name.
    """

    def serve(request: Request) -> Response:
        name = request.path_params["name"]
        if (text := text_of(name)) is None:
            return PlainTextResponse("Not Found", 404)
        kind = "css" if name.endswith(".css") else "javascript"
        return _kept(request, text, f"text/{kind}", f"public, max-age={ONE_YEAR_S}, immutable")

    return Route(f"{base}/{folder}/{{name}}", serve)


def page_routes(base: str, index: str, heads: Mapping[str, str]) -> list[Route]:
    """Make a route for each page: Streamlit's own HTML, with what this page needs in its head.

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
            return _kept(request, html, "text/html", "no-cache")

        return Route(f"{base}/{page}", serve)

    return [route(page) for page in heads]


def _kept(request: Request, text: str, media_type: str, cache_control: str) -> Response:
    """Answer with a text of ours, or with 304 to a browser that has it. It is compressed once for everybody."""
    encoding = "gzip" if "gzip" in request.headers.get("accept-encoding", "") else ""
    source, tag = _packed(text, encoding)
    headers = {"Cache-Control": cache_control, "ETag": tag, "Vary": "Accept-Encoding"}
    known = [known.strip().removeprefix("W/") for known in request.headers.get("if-none-match", "").split(",")]
    if tag in known or "*" in known:
        return Response(status_code=304, headers=headers)
    if encoding:
        headers["Content-Encoding"] = encoding
    return Response(source, media_type=media_type, headers=headers)


@cache
def _packed(text: str, encoding: str) -> tuple[bytes, str]:
    """Return what is sent, and its entity tag."""
    source = text.encode()
    if encoding == "gzip":
        source = gzip.compress(source, compresslevel=6, mtime=0)
    return source, f'"{hashlib.sha256(source).hexdigest()[:32]}"'
