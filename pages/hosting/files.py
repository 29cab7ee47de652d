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

    @cache
    def packed(name: str, encoding: str) -> tuple[bytes, str] | None:
        """Return what is sent, and its entity tag."""
        if (text := text_of(name)) is None:
            return None
        source = text.encode()
        if encoding == "gzip":
            source = gzip.compress(source, compresslevel=6, mtime=0)
        return source, f'"{hashlib.sha256(source).hexdigest()[:32]}"'

    def serve(request: Request) -> Response:
        name = request.path_params["name"]
        encoding = "gzip" if "gzip" in request.headers.get("accept-encoding", "") else ""
        # Not by what is packed: made-up names would fill its memory.
        if text_of(name) is None or (found := packed(name, encoding)) is None:
            return PlainTextResponse("Not Found", 404)
        source, tag = found
        headers = {"Cache-Control": f"public, max-age={ONE_YEAR_S}, immutable", "ETag": tag, "Vary": "Accept-Encoding"}
        known = [known.strip().removeprefix("W/") for known in request.headers.get("if-none-match", "").split(",")]
        if tag in known or "*" in known:
            return Response(status_code=304, headers=headers)
        if encoding:
            headers["Content-Encoding"] = encoding
        return Response(source, media_type=f"text/{'css' if name.endswith('.css') else 'javascript'}", headers=headers)

    return Route(f"{base}/{folder}/{{name}}", serve)
