"""What stands between the server and Streamlit, each part by itself; test_served.py has them all at work."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from streamlit import runtime

from pages.hosting.files import page_routes
from pages.hosting.headers import OneEncoding, PageHeaders
from pages.hosting.history import history_route
from pages.hosting.missing import NotThere
from pages.hosting.uploads import MOST_FILES, FewUploads

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(app: ASGIApp, path: str, method: str = "GET", query: str = "", **headers: str) -> Answer:
    """Send one request to an app, without a server."""
    sent: list[Message] = []
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
    }

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    start, *rest = sent
    named = {name.decode(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], named, b"".join(message.get("body", b"") for message in rest))


def test_the_headers_are_added_and_those_that_are_there_stay() -> None:
    async def answers(scope: Scope, receive: Receive, send: Send) -> None:
        response = PlainTextResponse("a", headers={"Referrer-Policy": "no-referrer", "Vary": "Cookie, Accept-Encoding"})
        response.headers.append("vary", "Accept-Encoding")
        await response(scope, receive, send)

    headers = ask(PageHeaders(answers, "default-src 'self'"), "/").headers
    assert headers["content-security-policy"] == "default-src 'self'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["vary"] == "Cookie, Accept-Encoding"
    assert "camera=()" in headers["permissions-policy"]


@pytest.mark.parametrize("base", ["", "/lectures"])
def test_each_page_has_its_own_head_in_streamlits_html(base: str) -> None:
    routes = page_routes(base, "<head><title>a</title></head><body></head></body>", {"": "<b>", "compare": "<c>"})
    for page, added in (("", "<b>"), ("compare", "<c>")):
        answer = ask(Starlette(routes=routes), f"{base}/{page}")
        assert answer.body.decode() == f"<head><title>a</title>{added}</head><body></head></body>"
        assert answer.headers["cache-control"] == "no-cache"
        known = ask(Starlette(routes=routes), f"{base}/{page}", if_none_match=answer.headers["etag"])
        assert (known.status, known.body) == (304, b"")


@pytest.mark.parametrize(("said", "taken"), [("gzip;q=0", "identity"), ("br, gzip", "gzip"), ("", "identity")])
def test_an_encoding_is_said_in_a_word(said: str, taken: str) -> None:
    async def echoes(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse(dict(scope["headers"])[b"accept-encoding"])(scope, receive, send)

    assert ask(OneEncoding(echoes), "/", accept_encoding=said).body.decode() == taken


@pytest.mark.parametrize("base", ["", "/lectures"])
def test_what_no_page_has_is_not_there(base: str) -> None:
    async def streamlit(scope: Scope, receive: Receive, send: Send) -> None:
        scope["endpoint"] = StaticFiles(directory=".")
        await HTMLResponse("the app")(scope, receive, send)

    app, root = NotThere(streamlit, base), f"{base}/"
    for page in ("", "index.html", "step_by_step", "compare"):
        assert ask(app, root + page).body == b"the app"
    missing = ask(app, root + "no/such", query="seed=7&x=<b>", accept="text/html")
    assert missing.status == 404
    assert 'href="../?seed=7&amp;x=&lt;b&gt;"' in missing.body.decode()
    assert ask(app, root + "no_such", accept="image/png").body == b"Not Found"
    first = ask(app, root + "playground", query="seed=7")
    assert (first.status, first.headers["location"]) == (308, "./?seed=7")


def test_a_visitor_has_his_newest_uploads_and_says_how_long_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    stored = {"me": dict.fromkeys("abcdef"), "other": dict.fromkeys("xyz")}
    files = SimpleNamespace(file_storage=stored, remove_file=lambda visitor, name: stored[visitor].pop(name))
    monkeypatch.setattr(runtime, "get_instance", lambda: SimpleNamespace(uploaded_file_mgr=files))
    app = FewUploads(Response(status_code=204))
    assert ask(app, "/_stcore/upload_file/me/g", "PUT").status == 411
    assert ask(app, "/_stcore/upload_file/me/g", "GET").status == 204
    assert len(stored["me"]) == 6
    assert ask(app, "/base/_stcore/upload_file/me/g", "PUT", content_length="9").status == 204
    assert list(stored["me"]) == list("abcdef")[-MOST_FILES:]
    assert list(stored["other"]) == list("xyz")


def test_a_history_is_sent_piece_by_piece_while_it_is_offered() -> None:
    def text_of(name: str) -> Iterator[str] | None:
        return iter(["epoch\n", "1\n"]) if name == "run" else None

    for base in ("", "/lectures"):
        app: Any = Starlette(routes=[history_route(base, text_of)])
        root = f"{base}/history/"
        sent = ask(app, root + "run.csv")
        assert (sent.status, sent.body) == (200, b"epoch\n1\n")
        assert "history.csv" in sent.headers["content-disposition"]
        assert sent.headers["cache-control"] == "no-store"
        gone = ask(app, root + "other.csv")
        assert (gone.status, gone.body) == (404, b"This file is not offered any more. Open Share again.")
