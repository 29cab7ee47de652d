"""Two processes behind nginx: a class may be on both of them, and neither it nor an experiment is lost if one dies."""

from __future__ import annotations

import asyncio
import gzip
import os
import re
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack, ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from pages.classroom.names import room_of
from pages.stage.files import PLOTLY_JS
from tests.class_member import STATE, ClassMember, arriving, following, new_secret
from tests.deploy.proxy import NGINX, Proxy, cookie_of, running_proxy
from tests.pages.hosting.test_served import ask
from tests.redis_server import needs_redis, redis_server
from tests.server import App, free_port, running_app
from tests.visitor import Visitor, visiting

needs_nginx = pytest.mark.skipif(NGINX is None, reason="nginx is not installed: apt-get install nginx-light")
CLIENTS = 30
# A run whose history is so large that it is sent while it is written.
WIDE = "inputs=" + "+".join(["1"] * 64) + "&labels=" + "+".join(["1"] * 16) + "&epochs=120"
TIMEOUT_S = 60
SECRET = {"STREAMLIT_SERVER_COOKIE_SECRET": "0123456789abcdef" * 4}


def run_shown(visitor: Visitor) -> str:
    """Return the name of the run that the player was last given. It is the same in every process."""
    said = "\n".join(str(message.delta) for message in visitor.heard if message.WhichOneof("type") == "delta")
    return str(re.findall(r'\\"run\\": \\"([0-9a-f]+):', said)[-1])


def closed(visitor: Visitor) -> bool:
    """Say whether a visitor's socket was closed."""
    try:
        visitor.run()
    except ConnectionClosed:
        return True
    return False


def process(app: App) -> str:
    return app.url.split("/")[2]


@contextmanager
def two_processes(folder: Path, **environment: str) -> Iterator[tuple[Proxy, App, App]]:
    with ExitStack() as stack:
        one, two = (stack.enter_context(running_app(environment=SECRET | environment)) for _ in range(2))
        yield stack.enter_context(running_proxy(folder, [process(one), process(two)])), one, two


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Proxy, App, App]]:
    with two_processes(tmp_path_factory.mktemp("proxy")) as place:
        yield place


@needs_nginx
def test_what_nobody_needs_from_outside_is_closed(place: tuple[Proxy, App, App]) -> None:
    proxy, app, _ = place
    outside = App(proxy.url, app.log, app.pid)
    for path in (
        *(
            "_stcore/metrics",
            "_stcore//metrics",
            "_stcore/%6detrics",
            "_stcore/agent/openapi.json",
            "_stcore/agent/mcp",
        ),
        *("_stcore/script-health-check", "auth/login", "oauth2callback", "no_such_page", "_stcore/x/../metrics"),
    ):
        assert ask(outside, path).status == 404, path
    for path in ("", "step_by_step?lr=0.5", "_stcore/health", "_stcore/host-config", f"?labels={'1,' * 15_000}"):
        assert ask(outside, path).status == 200, path


@needs_nginx
def test_headers_pass_and_https_is_kept(place: tuple[Proxy, App, App]) -> None:
    proxy, app, _ = place
    outside = App(proxy.url, app.log, app.pid)
    plain, secure = ask(outside, ""), ask(outside, "", X_Forwarded_Proto="https")
    assert plain.all("strict-transport-security") == []
    assert secure.one("strict-transport-security") == "max-age=31536000"
    assert plain.one("set-cookie").endswith("; Path=/; HttpOnly; SameSite=Lax")
    # The browser sends this cookie back even from a frame on another site.
    assert secure.one("set-cookie").endswith("; Path=/; HttpOnly; SameSite=None; Secure; Partitioned")
    assert plain.one("content-security-policy") == ask(app, "").one("content-security-policy")
    assert ask(outside, "", Cookie="backprop_visitor=1").all("set-cookie") == []


@needs_nginx
def test_what_the_proxy_says_itself_has_headers_too(place: tuple[Proxy, App, App]) -> None:
    proxy, app, _ = place
    outside = App(proxy.url, app.log, app.pid)
    refused = ask(outside, "", Host="a b"), ask(outside, f"?labels={'1,' * 40_000}"), ask(outside, "auth/login")
    assert [answer.status for answer in refused] == [400, 414, 404]
    for answer in refused:
        assert answer.one("content-security-policy") == "default-src 'none'; frame-ancestors 'none'"
        assert answer.one("x-content-type-options") == "nosniff"
        assert answer.one("referrer-policy") == "no-referrer"
    for path in ("", "manifest.json", "no_such_page"):
        assert len(ask(outside, path).all("content-security-policy")) == 1


@needs_nginx
def test_an_address_opens_no_more_sockets_of_classes_than_a_school_does(place: tuple[Proxy, App, App]) -> None:
    async def knock() -> int:
        try:
            async with arriving(proxy.url, room_of(new_secret())):
                return 101
        except InvalidStatus as refused:
            return refused.response.status_code

    async def play() -> list[int]:
        return await asyncio.gather(*(knock() for _ in range(700)))

    proxy, _, _ = place
    met = Counter(asyncio.run(play()))
    assert set(met) == {101, 429}
    assert met[101] >= 600


@needs_nginx
def test_plotly_js_passes_as_it_is_and_streamlits_programs_are_compressed(place: tuple[Proxy, App, App]) -> None:
    proxy, app, _ = place
    outside = App(proxy.url, app.log, app.pid)
    for encoding in ("gzip", "gzip;q=0"):
        through = ask(outside, PLOTLY_JS, Accept_Encoding=encoding)
        direct = ask(app, PLOTLY_JS, Accept_Encoding=encoding)
        assert (through.body, through.one("etag")) == (direct.body, direct.one("etag"))
        assert through.all("content-encoding") == direct.all("content-encoding")
        assert through.one("vary") == "Accept-Encoding"
        assert through.all("set-cookie") == []
        kept = ask(outside, PLOTLY_JS, Accept_Encoding=encoding, If_None_Match=direct.one("etag"))
        assert kept.status == 304
    page = ask(app, "").body.decode()
    program = re.findall(r'src="\./(static/js/[^"]+)"', page)[0]
    compressed = ask(outside, program, Accept_Encoding="gzip")
    assert gzip.decompress(compressed.body) == ask(app, program).body
    assert compressed.all("set-cookie") == []


@needs_nginx
def test_thirty_visitors_and_a_process_that_dies(place: tuple[Proxy, App, App]) -> None:
    proxy, dying, staying = place
    with ExitStack() as stack:
        cookies = [{"Cookie": cookie_of(proxy.url)} for _ in range(CLIENTS)]
        visitors = [
            stack.enter_context(visiting(proxy.url, f"seed={seed}&epochs=9", cookie))
            for seed, cookie in enumerate(cookies)
        ]
        shown = [run_shown(visitor) for visitor in visitors]
        assert len(set(shown)) == CLIENTS
        # An upload must reach the process that has the visitor's socket. Without a cookie, nginx goes by the address.
        stranger = stack.enter_context(visiting(proxy.url, headers={"User-Agent": "no cookies"}))
        assert stranger.put(stranger.upload_address(), bytes(1_900_000)) == 204
        for visitor in visitors:
            assert visitor.put(visitor.upload_address(), b"1;2\n") == 204
        by_visitor: dict[str, set[str]] = {}
        for served in proxy.served("/_stcore/upload_file", CLIENTS + 1):
            by_visitor.setdefault(served.visitor, set()).add(served.process)
        assert len(by_visitor) == CLIENTS + 1
        assert {len(met) for met in by_visitor.values()} == {1}
        homes = [by_visitor[cookie["Cookie"].partition("=")[2]].pop() for cookie in cookies]
        share = Counter(homes)
        assert min(share[process(dying)], share[process(staying)]) >= 3, share

        # Every process can answer a download, because after a failure the other one may be asked.
        address = visitors[0].file_address("Experiment").lstrip("/")
        at_proxy = App(proxy.url, dying.log, dying.pid)
        for home in share:
            answer = ask(at_proxy, address, **cookies[homes.index(home)])
            assert (answer.status, b'"seed"' in answer.body) == (200, True)
        visitors[0].run(query=WIDE)
        said = visitors[0].tell("share", query=WIDE, bool_value=True)
        (history,) = {message.delta.new_element.link_button.url for message in said} - {""}
        for home in share:
            answer = ask(at_proxy, history, **cookies[homes.index(home)])
            assert (answer.status, answer.body.count(b"\n")) == (200, 122)

        os.kill(dying.pid, signal.SIGKILL)
        for visitor, home, cookie, seed in zip(visitors, homes, cookies, range(CLIENTS), strict=True):
            if home == process(staying):
                assert not closed(visitor)
                continue
            assert closed(visitor)
            again = stack.enter_context(visiting(proxy.url, f"seed={seed}&epochs=9", cookie))
            assert run_shown(again) == shown[seed]
            assert again.put(again.upload_address(), b"1;2\n") == 204


@needs_nginx
@needs_redis
def test_a_class_is_on_both_processes_and_goes_on_if_one_dies(tmp_path: Path) -> None:
    port, secret, window, visitors = free_port(), new_secret(), new_secret(), [str(number) for number in range(12)]
    room = room_of(secret)

    def as_visitor(visitor: str) -> dict[str, Any]:
        return {"additional_headers": {"Cookie": f"backprop_visitor={visitor}"}}

    async def scene(url: str, dying: App, here: list[str], there: list[str]) -> None:
        async with asyncio.timeout(TIMEOUT_S), AsyncExitStack() as stack:

            async def comes(visitor: str, name: str = room) -> ClassMember:
                return await stack.enter_async_context(following(url, name, **as_visitor(visitor)))

            async def teaches() -> ClassMember:
                member = await stack.enter_async_context(arriving(url, room, **as_visitor(there[0])))
                await member.say("teach", secret=secret, window=window, lead=True)
                return member

            leaving = await teaches()
            gone = [await comes(visitor) for visitor in there[1:]]
            staying = [await comes(visitor, room[:8]) for visitor in here]  # by the code
            await leaving.say("state", **STATE)
            for student in (*gone, *staying):
                assert (await student.hear("state"))["position"] == STATE["position"]
            os.kill(dying.pid, signal.SIGKILL)
            for member in (leaving, *gone):
                await member.closed_without_a_word()
            began = time.monotonic()
            back = [await comes(visitor) for visitor in there[1:]]
            teacher = await teaches()
            await teacher.say("state", **{**STATE, "position": 9})
            for student in (*back, *staying):
                while (await student.hear("state"))["position"] != 9:
                    pass
            assert time.monotonic() - began < 5

    with redis_server(port, tmp_path):
        redis = {"BACKPROP_REDIS_URL": f"redis://127.0.0.1:{port}/0"}
        with two_processes(tmp_path, **redis) as (proxy, dying, staying):
            outside = App(proxy.url, dying.log, dying.pid)
            for visitor in visitors:
                ask(outside, "_stcore/health", Cookie=f"backprop_visitor={visitor}")
            homes = {served.visitor: served.process for served in proxy.served("/_stcore/health", len(visitors))}
            here, there = ([who for who in visitors if homes[who] == process(app)] for app in (staying, dying))
            assert min(len(here), len(there)) >= 2
            asyncio.run(scene(proxy.url, dying, here, there))
