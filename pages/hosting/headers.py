"""The headers that Streamlit leaves out: what a page may load, and who may show it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SOURCES: Final = {
    "default-src": "'self'",
    # blob: the modules of Streamlit's components, and Plotly.js where a proxy does not pass its address.
    # Wasm: Streamlit reads messages with it.
    "script-src": "'self' blob: 'wasm-unsafe-eval'",
    # Streamlit and Plotly write style sheets and style attributes while they run.
    "style-src": "'self' 'unsafe-inline'",
    # A chart becomes a PNG by way of an image.
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
}
# No page here uses these, so nothing that a visitor brings may use them either.
_REFUSED: Final = (
    *("camera", "microphone", "geolocation", "display-capture", "payment", "usb", "serial", "hid"),
    *("midi", "accelerometer", "gyroscope", "magnetometer", "publickey-credentials-get"),
)
PERMISSIONS_POLICY: Final = ", ".join(f"{feature}=()" for feature in _REFUSED)


def content_security_policy(document: str, frame_ancestors: Sequence[str] = ()) -> str:
    """Write the Content-Security-Policy: nothing from another host.

    Parameters
    ----------
    document : str
        Streamlit's index.html. The scripts that stand in it are let through by their hashes.
    frame_ancestors : sequence of str
        Who may show the app in a frame; empty: everybody, pages opened as files included, which ``*`` would exclude.

    Examples
    --------
    >>> policy = content_security_policy("<script>let a = 1</script>", ["'self'"])
    >>> "'sha256-LAfYd7pbFUgwfQu8b4q135PeTG2z+/coPEUYCd74eCQ='" in policy, policy.split("; ")[-1]
    (True, "frame-ancestors 'self'")
    """
    sources = dict(_SOURCES)
    for script in re.findall(r"<script>(.*?)</script>", document, re.S):
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        sources["script-src"] += f" 'sha256-{digest}'"
    if frame_ancestors:
        sources["frame-ancestors"] = " ".join(frame_ancestors)
    return "; ".join(f"{directive} {allowed}" for directive, allowed in sources.items())


class PageHeaders:
    """Add the headers to every answer, and join several `Vary` headers into one."""

    def __init__(self, app: ASGIApp, policy: str) -> None:
        self.app = app
        self.policy = policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; write into the start of the answer."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = self.policy
                headers["Permissions-Policy"] = PERMISSIONS_POLICY
                headers.setdefault("X-Content-Type-Options", "nosniff")
                # An address holds the whole experiment: other sites are told the host at most.
                headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
                if varying := ", ".join(headers.getlist("vary")):
                    headers["Vary"] = ", ".join(dict.fromkeys(varying.split(", ")))
            await send(message)

        await self.app(scope, receive, send_with_headers)


class OneEncoding:
    """Replace Accept-Encoding by the one encoding to use: Starlette takes a refusal, ``gzip;q=0``, for a wish."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, with the encoding to use."""
        if scope["type"] == "http":
            accepted = Headers(scope=scope).get("accept-encoding", "")
            others = [header for header in scope["headers"] if header[0] != b"accept-encoding"]
            encoding = b"gzip" if takes_gzip(accepted) else b"identity"
            scope = {**scope, "headers": [*others, (b"accept-encoding", encoding)]}
        await self.app(scope, receive, send)


def takes_gzip(accept_encoding: str) -> bool:
    """Say whether an Accept-Encoding header lets an answer be compressed by gzip.

    Examples
    --------
    >>> [takes_gzip(header) for header in ("", "br, gzip", "gzip;q=0", "*", "gzip; q=0, *", "*;q=0.1, br")]
    [False, True, False, True, False, True]
    """
    weights = {}
    for part in accept_encoding.lower().split(","):
        name, _, weight = part.partition(";")
        weights[name.strip()] = re.fullmatch(r"\s*q\s*=\s*0(\.0*)?\s*", weight) is None
    return weights.get("gzip", weights.get("*", False))
