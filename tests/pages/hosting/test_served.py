"""The headers and answers of the real server, without a browser."""

from __future__ import annotations

import gzip
import http.client
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from streamlit.file_util import get_static_dir
from websockets.exceptions import InvalidStatus

from pages.hosting.missing import FIRST_PAGE, PAGES
from pages.stage.files import PLOTLY_JS, STYLE_CSS, address_of
from tests.server import App, running_app
from tests.visitor import visiting


@dataclass
class Answer:
    """What came back; headers that came twice stand there twice."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def all(self, name: str) -> list[str]:
        return [value for header, value in self.headers if header == name]

    def one(self, name: str) -> str:
        (value,) = self.all(name)
        return value


def ask(app: App, path: str, method: str = "GET", **headers: str) -> Answer:
    """Ask for an address below the app's own."""
    server = urlsplit(app.url)
    with closing(http.client.HTTPConnection(server.netloc, timeout=60)) as connection:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, server.path + path, headers=named)
        answer = connection.getresponse()
        return Answer(answer.status, [(name.lower(), value) for name, value in answer.getheaders()], answer.read())


@pytest.fixture(scope="module", params=["", "lectures"], ids=["at the root", "under a base path"])
def app(request: pytest.FixtureRequest) -> Iterator[App]:
    with running_app(options={"server.baseUrlPath": request.param}) as app:
        yield app
        assert "Traceback" not in app.said()


@pytest.mark.parametrize("path", ["", "step_by_step", "no_such_page", PLOTLY_JS, "_stcore/health", "media/no.png"])
def test_every_answer_has_the_headers_once(app: App, path: str) -> None:
    answer = ask(app, path)
    policy = dict(part.split(" ", 1) for part in answer.one("content-security-policy").split("; "))
    assert policy["default-src"] == policy["connect-src"] == "'self'"
    assert "frame-ancestors" not in policy  # every site may embed the app
    for allowed in policy.values():
        assert {source for source in allowed.split() if "://" in source or source in ("*", "https:", "http:")} == set()
    assert not {"'unsafe-inline'", "'unsafe-eval'", "data:"} & set(policy["script-src"].split())
    assert answer.one("x-content-type-options") == "nosniff"
    assert answer.one("referrer-policy") == "strict-origin-when-cross-origin"
    assert "camera=()" in answer.one("permissions-policy").split(", ")
    # Presenting needs the first, and copying the link the second.
    assert not {"fullscreen=()", "clipboard-write=()"} & set(answer.one("permissions-policy").split(", "))


def test_every_page_is_there(app: App) -> None:
    assert len(PAGES) > 5
    for page in ("", "?lr=0.1", *PAGES, *(f"{page}?embed=true" for page in PAGES)):
        answer = ask(app, page)
        assert (answer.status, b"<script" in answer.body) == (200, True), page


@pytest.mark.parametrize(
    "path",
    [
        *("no_such_page", "stage", "step_by_step/more", "a/b/c", "hosting", "app.py", "static/js/no.js", "favicon.ico"),
        *("plotly.min.js", "files/stage.js", "files/stage.0123456789abcdef.js", "files/present.css", "files/plotly.js"),
        *("_stcore/no", "class/ABCDEFGH", "healthz", "Compare", "plotly.js", "lectures", "%2e%2e", "step_by_step%20"),
        "_stcore/metrics",
    ],
)
def test_what_is_not_there_is_answered_so(app: App, path: str) -> None:
    for method in ("GET", "HEAD"):
        answer = ask(app, path, method)
        # Streamlit refuses some addresses as unsafe.
        assert answer.status in ((400, 404) if "%" in path else (404,)), path
        assert b"<script" not in answer.body


def test_a_reader_is_led_to_the_first_page_with_the_experiment(app: App) -> None:
    for path in ("nonsense", "a/b"):
        answer = ask(app, path + '?lr=0.5&x="><script>', Accept="text/html,*/*")
        assert answer.status == 404
        assert answer.one("content-type").startswith("text/html")
        assert b"<script" not in answer.body
        text = answer.body.decode()
        link = text.split('href="')[1].split('"')[0].replace("&amp;", "&")
        assert urljoin(app.url + path, link).startswith(f"{app.url}?lr=0.5&x=")


def test_the_first_page_has_one_address(app: App) -> None:
    answer = ask(app, f"{FIRST_PAGE}?lr=0.5&seed=7")
    assert answer.status == 308
    assert urljoin(app.url + FIRST_PAGE, answer.one("location")) == f"{app.url}?lr=0.5&seed=7"


@pytest.mark.parametrize("path", [PLOTLY_JS, address_of("stage"), STYLE_CSS], ids=["Plotly.js", "a component", "style"])
def test_a_file_is_kept_and_asked_for_in_one_encoding(app: App, path: str) -> None:
    packed, plain = ask(app, path, Accept_Encoding="br, gzip"), ask(app, path, Accept_Encoding="gzip;q=0, identity")
    assert gzip.decompress(packed.body) == plain.body
    assert (packed.one("content-encoding"), plain.all("content-encoding")) == ("gzip", [])
    assert packed.one("etag") != plain.one("etag")
    for answer, encoding in ((packed, "gzip"), (plain, "gzip;q=0")):
        assert answer.status == 200
        assert answer.one("vary") == "Accept-Encoding"
        assert answer.one("content-type") == f"text/{'css' if path == STYLE_CSS else 'javascript'}; charset=utf-8"
        assert answer.one("cache-control") == "public, max-age=31536000, immutable"
        assert answer.one("content-length") == str(len(answer.body))
        tag = answer.one("etag")
        head = ask(app, path, "HEAD", Accept_Encoding=encoding)
        assert (head.status, head.body) == (200, b"")
        assert dict(head.headers) | {"date": ""} == dict(answer.headers) | {"date": ""}
        for known in (tag, f'"old", W/{tag}', "*"):
            kept = ask(app, path, Accept_Encoding=encoding, If_None_Match=known)
            assert (kept.status, kept.body) == (304, b"")
            assert (kept.one("etag"), kept.one("vary")) == (tag, "Accept-Encoding")
            assert kept.one("cache-control") == answer.one("cache-control")
        assert ask(app, path, Accept_Encoding=encoding, If_None_Match='"old"').status == 200
    assert ask(app, path, "POST").status == 405


def test_a_page_says_at_once_what_it_needs(app: App) -> None:
    streamlits = Path(get_static_dir(), "index.html").read_text("utf-8")
    for page, needed in (
        *((page, [STYLE_CSS, PLOTLY_JS, address_of("stage")]) for page in ("", "?lr=0.1", "compare")),
        ("source_code", [STYLE_CSS]),
    ):
        answer = ask(app, page)
        assert (answer.status, answer.one("cache-control")) == (200, "no-cache")
        html = answer.body.decode()
        (head,) = re.findall('(<link rel="stylesheet" href="./files/.*)</head>', html)
        assert re.findall('href="./([^"]+)"', head) == needed
        assert html.replace(head, "") == streamlits
        assert [ask(app, address).status for address in needed] == [200] * len(needed)
        assert (ask(app, page, "HEAD").status, ask(app, page, "POST").status) == (200, 405)
        assert gzip.decompress(ask(app, page, Accept_Encoding="gzip").body).decode() == html
        assert ask(app, page, If_None_Match=answer.one("etag")).status == 304


def test_what_streamlit_compresses_is_refused_in_the_same_way(app: App) -> None:
    path = "manifest.json"
    assert ask(app, path, Accept_Encoding="gzip").one("content-encoding") == "gzip"
    assert ask(app, path, Accept_Encoding="gzip;q=0").all("content-encoding") == []


def test_what_a_host_sets_is_what_is_served() -> None:
    environment = {
        "BACKPROP_FRAME_ANCESTORS": "self https://moodle.example.org",
        "BACKPROP_NO_SETTING": "1",
        "STREAMLIT_SERVER_ALLOWED_HOSTS": "localhost backprop.example.org",
        "STREAMLIT_SERVER_XSRF_COOKIE_SAME_SITE": "none",
    }
    with running_app(environment=environment) as app:
        policy = ask(app, "").one("content-security-policy")
        assert policy.endswith("; frame-ancestors 'self' https://moodle.example.org")
        assert "BACKPROP_NO_SETTING is no setting of this app." in app.said()
        assert ask(app, "_stcore/health").one("set-cookie").lower().endswith("samesite=none; secure")
        with visiting(app.url.replace("127.0.0.1", "localhost")) as visitor:
            assert visitor.heard
        with pytest.raises(InvalidStatus, match="403"), visiting(app.url):
            pass
