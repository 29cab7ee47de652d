"""The files that browsers keep for good, compressed once for everybody."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

if TYPE_CHECKING:
    from starlette.requests import Request

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
        return kept(request, text, f"text/{kind}", f"public, max-age={ONE_YEAR_S}, immutable")

    return Route(f"{base}/{folder}/{{name}}", serve)


def kept(request: Request, text: str, media_type: str, cache_control: str) -> Response:
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
