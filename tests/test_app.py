"""The served app among several visitors: what one of them sends too much, or forged, stays his own affair."""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
import tomllib
import urllib.request
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

import pytest
from streamlit.config import get_option
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosedError

from pages.playground.controls.texts import example_title
from tests.ahead import ahead
from tests.server import METRICS, ROOT, App, running_app
from tests.visitor import TIMEOUT_S, visiting

CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
LARGEST = CONFIG["server"]["maxWidgetStateSize"] * 10**6  # Streamlit's megabytes


def kept_bytes(url: str) -> int:
    """Read from the server how much it keeps of what was uploaded."""
    with urllib.request.urlopen(f"{url}_stcore/metrics", timeout=TIMEOUT_S) as answer:  # noqa: S310 - our own app
        found = re.search(r'cache_type="UploadedFileManager",cache=""} (\d+)', answer.read().decode())
    return int(found[1]) if found else 0


def failures(said: Sequence[ForwardMsg]) -> list[str]:
    """Give the exceptions that a run has drawn."""
    return [
        message.delta.new_element.exception.message
        for message in said
        if message.WhichOneof("type") == "delta" and message.delta.new_element.WhichOneof("type") == "exception"
    ]


def forged(widgets: Sequence[str], **value: object) -> BackMsg:
    """Make one value the state of all widgets."""
    message = BackMsg()
    states = [WidgetState(id=widget, **value) for widget in widgets]
    message.rerun_script.widget_states.widgets.extend(states)
    return message


@pytest.fixture(scope="module")
def app() -> Iterator[App]:
    with running_app(environment={METRICS: "1"}) as app:
        yield app


def test_a_visitor_has_room_for_a_few_files_and_no_more(app: App) -> None:
    file = bytes(1_900_000)
    with visiting(app.url) as visitor, visiting(app.url) as other:
        assert other.put(other.upload_address(), b"1;2\n") == 204
        for _ in range(7):
            assert visitor.put(visitor.upload_address(), file) == 204
        assert kept_bytes(app.url) == 4 * len(file) + 4
        address = visitor.upload_address()
        assert visitor.put(address, bytes(2 * 2**20 + 1)) == 413
        unmeasured = http.client.HTTPConnection(urlsplit(app.url).netloc, timeout=TIMEOUT_S)
        unmeasured.request("PUT", address, iter([b"x"]), encode_chunked=True, headers={"Transfer-Encoding": "chunked"})
        assert unmeasured.getresponse().status == 411
        unmeasured.close()
        assert kept_bytes(app.url) == 4 * len(file) + 4


def test_forged_messages_of_one_visitor_are_noticed_by_no_other(app: App) -> None:
    with visiting(app.url) as other:
        usual, spoilt = len(other.run()), 0
        for value in (
            {"string_value": "abc"},
            {"int_value": -(2**63)},
            {"double_value": float("nan")},
            {"bool_value": True},
            {"bytes_value": b"\xff"},
            {"json_value": "{"},
        ):
            with visiting(app.url) as forger:
                spoilt += bool(failures(forger.run(forged(forger.widgets(), **value))))
        assert spoilt  # at some values Streamlit itself fails, before any of our code runs
        with visiting(app.url) as forger:
            forger.say(BackMsg(clear_cache=True))
            forger.run()
            forger.socket.send(b"\xff\xff no message")
        heard = other.run()
        assert failures(heard) == []
        assert len(heard) == usual
        with visiting(app.url) as newcomer:
            assert failures(newcomer.heard) == []
            assert newcomer.widgets() == other.widgets()


def test_nothing_is_left_to_what_a_browser_may_have_dropped(app: App) -> None:
    with visiting(app.url) as visitor:
        again = BackMsg()
        again.rerun_script.cached_message_hashes.extend(message.hash for message in visitor.heard)
        heard = visitor.run(again)
        assert {message.hash for message in heard} & {*again.rerun_script.cached_message_hashes} - {""}
        assert "ref_hash" not in {message.WhichOneof("type") for message in heard}


def test_a_press_counts_though_the_next_message_is_close_behind(app: App) -> None:
    with visiting(app.url) as visitor:
        press = BackMsg()
        (button,) = [id_ for id_ in visitor.widgets() if id_.endswith("-present")]
        press.rerun_script.widget_states.widgets.add(id=button, trigger_value=True)
        for label in ("End presenting", "Present") * 10:
            visitor.say(press)
            visitor.ask("")
            visitor.hear(lambda message, label=label: message.delta.new_element.button.label == label)


RATE, SLIDER, EXAMPLE = "control_learning_rate_1", "control_slider_0", "control_example_0"


@pytest.mark.parametrize(
    ("holds", "query"),
    [
        ({}, ""),
        ({RATE: {"string_value": "0.001"}}, "lr=0.001"),
        ({SLIDER: {"string_array_value": {"data": ["0.1"]}}}, "lr=0.1"),
        ({EXAMPLE: {"string_value": example_title("xor-hidden")}}, "example=xor-hidden"),
    ],
)
def test_a_lost_session_goes_on_with_what_was_typed_or_chosen_and_not_with_what_was_shown(
    holds: dict[str, Any], query: str, app: App
) -> None:
    """The connection is back, and the first message holds an edit, beside all that the other widgets still show."""
    with visiting(app.url) as lost:
        id_of = {id_.rpartition("-")[2]: id_ for id_ in lost.widgets()}
    shown = {
        RATE: {"string_value": "0.01"},
        SLIDER: {"string_array_value": {"data": ["0.01"]}},
        EXAMPLE: {"string_value": example_title("tutorial")},
    }
    with visiting(app.url, states={id_of[key]: value for key, value in (shown | holds).items()}) as restored:
        told = [said.page_info_changed.query_string for said in restored.heard if said.HasField("page_info_changed")]
        assert (told or [""])[-1] == query


def test_a_message_is_as_large_as_the_largest_paste_and_no_larger(app: App) -> None:
    with visiting(app.url) as visitor:
        message = BackMsg()
        message.rerun_script.page_name = "your_data"
        field = next(
            message.delta.new_element.text_area
            for message in visitor.run(message)
            if message.WhichOneof("type") == "delta" and message.delta.new_element.WhichOneof("type") == "text_area"
        )
        # The worst case: the browser counts € as one character, and it is sent as three bytes.
        message = forged([field.id], string_value="€" * field.max_chars)
        message.rerun_script.page_name = "your_data"
        assert failures(heard := visitor.run(message)) == []
        assert f"This text has {field.max_chars} characters" in str(heard)
        assert message.ByteSize() * 1.1 > LARGEST > message.ByteSize()
        message = forged([field.id], string_value="x" * LARGEST)
        with pytest.raises(ConnectionClosedError):
            visitor.run(message)


def test_a_visitor_is_remembered_while_his_lid_is_closed() -> None:
    kept = CONFIG["server"]["disconnectedSessionTTL"]
    assert kept >= 3600
    # Streamlit ignores an option that it does not know, so ask it what it has read.
    assert get_option("server.disconnectedSessionTTL") == kept


@ahead
def threads_of_a_product() -> subprocess.CompletedProcess[str]:
    code = """
import os, sys
import streamlit.web.cli
assert "numpy" not in sys.modules, "it would not hear of it any more"
import app
import numpy as np
np.ones((1_000, 1_000)) @ np.ones((1_000, 1_000))
print(len(os.listdir("/proc/self/task")))
"""
    environment = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)  # noqa: S603 - our own


def test_products_take_one_thread() -> None:
    """With two threads a training took eight times the processor time on a busy machine, and gave other bits."""
    done = threads_of_a_product()
    assert done.stdout == "1\n", done.stderr
