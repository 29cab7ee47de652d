"""The history as a file: the same text whoever sends it, and never the run that it is of."""

from __future__ import annotations

import csv
import io
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from streamlit.testing.v1 import AppTest

from classifier import Experiment, Run
from pages.shared.run.cache import STORE, Store
from pages.shared.run.runs import LONG_WORK
from pages.shared.share import history_file
from pages.shared.share.history_csv import history_csv
from tests.server import ROOT, App, running_app
from tests.visitor import visiting

WIDE = "inputs=" + "+".join(["1"] * 64) + "&labels=" + "+".join(["1"] * 16) + "&epochs=120"


def wide_run(epochs: int = 120) -> Run:
    run = Run(Experiment([[1.0] * 64], [[1.0] * 16], epochs=epochs))
    run.advance()
    return run


def test_it_is_large_by_the_numbers_that_it_has() -> None:
    tutorial = Run(Experiment.tutorial())
    tutorial.advance()
    assert not history_file.is_large(tutorial)
    deep = Run(Experiment([[1.0]], [[1.0]], hidden=(8, 8, 8), epochs=1_000))
    deep.advance()
    for run in (wide_run(), deep):
        assert history_file.is_large(run)
        assert len("".join(history_csv(run.experiment, run.history))) > 4_000_000


def test_pieces_are_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    run = wide_run(40)
    name = history_file.offered(run).removeprefix("history/").removesuffix(".csv")
    # The run that others trained may have been dropped since: it is trained to where it was offered.
    monkeypatch.setattr(STORE, "_places", type(STORE._places)())
    pieces = history_file.text_of(name)
    assert pieces is not None
    made = list(pieces)
    assert len(made) > 3
    assert max(map(len, made)) < 1_000_000
    assert "".join(made) == "\ufeff" + "".join(history_csv(run.experiment, run.history))


def test_a_piece_waits_for_other_long_work_and_is_no_turn_while_it_is_sent() -> None:
    pieces = history_file.text_of(history_file.offered(wide_run(40)).removeprefix("history/").removesuffix(".csv"))
    assert pieces is not None
    next(pieces)
    with ThreadPoolExecutor(1) as pool:
        with LONG_WORK:
            piece = pool.submit(next, pieces)
            with pytest.raises(TimeoutError):
                piece.result(timeout=0.1)
        assert piece.result(timeout=10)
        with LONG_WORK:
            pass


def test_writing_a_file_rests_as_long_as_it_works(monkeypatch: pytest.MonkeyPatch) -> None:
    now, rests = iter(range(10_000)), list[float]()
    monkeypatch.setattr(history_file, "perf_counter", lambda: next(now))
    monkeypatch.setattr(history_file, "sleep", rests.append)
    run = wide_run()
    _, *pieces = history_file.text(run.experiment, run.position)
    assert rests == [1] * len(pieces)


def test_what_was_not_offered_or_is_no_more_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history_file, "_offers", Store(1))
    first, second = (history_file.offered(wide_run(epochs))[8:-4] for epochs in (2, 3))
    assert history_file.text_of(first) is None
    assert history_file.text_of(second) is not None
    assert history_file.text_of("../../etc/passwd") is None


@pytest.fixture(scope="module")
def app() -> Iterator[App]:
    with running_app(options={"server.baseUrlPath": "class"}) as app:
        yield app


def test_the_address_in_share_sends_it(app: App) -> None:
    with visiting(app.url, WIDE) as visitor:
        said = visitor.tell("share", query=WIDE, bool_value=True)
        (address,) = {message.delta.new_element.link_button.url for message in said} - {""}
    with urllib.request.urlopen(app.url + address) as answer:  # noqa: S310 - our own
        assert answer.headers["content-disposition"] == 'attachment; filename="history.csv"'
        assert answer.headers["content-length"] is None
        rows = list(csv.reader(io.StringIO(answer.read().decode("utf-8-sig"))))
    assert [rows[0][0], rows[1][0], rows[-1][0], len(rows[0])] == ["position", "0", "120", 3 + 2 * 16 * 65]
    with pytest.raises(urllib.error.HTTPError) as error:
        urllib.request.urlopen(app.url + "history/none.csv")  # noqa: S310 - our own
    assert error.value.code == 404
    assert "Open Share again" in error.value.read().decode()


@pytest.mark.parametrize("lost", [False, True])
def test_where_own_addresses_lead_elsewhere_streamlit_sends_it(lost: bool) -> None:
    page = AppTest.from_file(ROOT / "pages" / "router.py", default_timeout=60)
    page.query_params["inputs"] = " ".join(["1"] * 64)
    page.query_params["labels"] = " ".join(["1"] * 16)
    page.query_params["epochs"] = "120"
    page.run()
    page.session_state["share"] = True
    if lost:
        page.session_state["files_lost"] = True
    page.run()
    assert not page.exception
    assert ("History" in [button.label for button in page.get("download_button")]) is lost
    assert ("History" in [link.proto.label for link in page.get("link_button")]) is not lost
