"""Plotly.js out of the installed plotly package, so that a classroom without internet sees charts."""

from __future__ import annotations

import gzip
import hashlib
from functools import cache
from typing import TYPE_CHECKING

from plotly.offline import get_plotlyjs
from starlette.responses import Response

if TYPE_CHECKING:
    from starlette.requests import Request

__all__ = ["serve_plotly"]

ONE_YEAR_S = 365 * 24 * 3600


@cache
def _plotly_js(encoding: str) -> tuple[bytes, str]:
    """Return Plotly.js, plain or compressed once for everybody, and its entity tag."""
    source: bytes = get_plotlyjs().encode()
    if encoding == "gzip":
        source = gzip.compress(source, compresslevel=6, mtime=0)
    return source, f'"{hashlib.sha256(source).hexdigest()[:32]}"'


def serve_plotly(request: Request) -> Response:
    """Send Plotly.js, or say that the browser has it. The address carries plotly's version: it may be kept for good."""
    encoding = "gzip" if "gzip" in request.headers.get("accept-encoding", "") else ""
    source, tag = _plotly_js(encoding)
    headers = {
        "Cache-Control": f"public, max-age={ONE_YEAR_S}, immutable",
        "ETag": tag,
        "Vary": "Accept-Encoding",
    }
    known = [known.strip().removeprefix("W/") for known in request.headers.get("if-none-match", "").split(",")]
    if tag in known or "*" in known:
        return Response(status_code=304, headers=headers)
    if encoding:
        headers["Content-Encoding"] = encoding
    return Response(source, media_type="text/javascript", headers=headers)
