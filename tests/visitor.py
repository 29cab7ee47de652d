"""A visitor without a browser: it sends Streamlit's messages, valid and forged, over a socket. For server tests."""

from __future__ import annotations

import http.client
import http.cookies
import re
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect

TIMEOUT_S = 60


class Visitor:
    """One session.

    Attributes
    ----------
    headers : mapping
        Sent with every request, beside the headers that a request must have.
    heard : list of ForwardMsg
        Every message of the server, in order.
    """

    def __init__(self, url: str, socket: ClientConnection, headers: Mapping[str, str]) -> None:
        self.url, self.socket, self.headers = url, socket, headers
        self.heard: list[ForwardMsg] = []
        self.page = ""  # the page's name in the address
        self.states: dict[str, Any] = {}  # the value sent for each widget, by its id

    def say(self, message: BackMsg) -> None:
        self.socket.send(message.SerializeToString())

    def hear(self, wanted: Callable[[ForwardMsg], bool]) -> ForwardMsg:
        """Wait for a message for which the condition holds; note every message on the way."""
        while True:
            said = self.socket.recv(TIMEOUT_S)
            assert isinstance(said, bytes)
            message = ForwardMsg.FromString(said)
            self.heard.append(message)
            if wanted(message):
                return message

    def run(self, message: BackMsg | None = None, query: str = "") -> list[ForwardMsg]:
        """Have the script run, by a message or for a query of the address, and give its messages."""
        first = len(self.heard)
        if message is None:
            self.ask(query)
        else:
            self.say(message)
        again = ForwardMsg.FINISHED_EARLY_FOR_RERUN
        self.hear(lambda said: said.WhichOneof("type") == "script_finished" and said.script_finished != again)
        return self.heard[first:]

    def ask(self, query: str) -> None:
        """Ask for a run of the script with this query and all values of widgets so far; do not wait for it."""
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.page_name = self.page
        for id_, held in self.states.items():
            message.rerun_script.widget_states.widgets.add(id=id_, **held)
        self.say(message)

    def widgets(self) -> list[str]:
        """Give the ids of all widgets that were drawn."""
        deltas = [message.delta for message in self.heard if message.WhichOneof("type") == "delta"]
        # Of a component with arrays only the id is written: its arrays as text would take longer than all the rest.
        sent = [delta.new_element.bidi_component for delta in deltas]
        text = "\n".join(f'"{each.id}"' if each.bytes else str(delta) for each, delta in zip(sent, deltas, strict=True))
        return list(dict.fromkeys(re.findall(r'"(\$\$ID-[^"]*)"', text)))

    def tell(self, key: str, query: str = "", **value: object) -> list[ForwardMsg]:
        """Set the value of a widget by its key, have the script run with it, and give the script's messages.

        ``value`` is a field of Streamlit's WidgetState: ``bool_value``, ``string_value``, ``json_value`` …
        """
        widget = [id_ for id_ in self.widgets() if id_.endswith(f"-{key}")][-1]
        self.states[widget] = value
        said = self.run(query=query)
        if "json_trigger_value" in value or "trigger_value" in value:  # a trigger counts for one run
            del self.states[widget]
        return said

    def upload_address(self) -> str:
        """Ask the server for an address to which a file can be uploaded."""
        message = BackMsg()
        message.file_urls_request.request_id = "1"
        message.file_urls_request.file_names.append("a.csv")
        self.say(message)
        answer = self.hear(lambda message: message.WhichOneof("type") == "file_urls_response")
        return answer.file_urls_response.file_urls[0].upload_url

    def file_address(self, label: str) -> str:
        """Open Share, have the file of a button made, and return its address."""
        opened = BackMsg()
        (share,) = [widget for widget in self.widgets() if widget.endswith("-share")]
        opened.rerun_script.widget_states.widgets.append(WidgetState(id=share, bool_value=True))
        said = [message.delta.new_element for message in self.run(opened) if message.WhichOneof("type") == "delta"]
        (button,) = [element.download_button for element in said if element.download_button.label == label]
        wanted = BackMsg()
        wanted.backend_operation_request.request_id = "1"
        wanted.backend_operation_request.session_id = self.heard[0].new_session.initialize.session_id
        wanted.backend_operation_request.deferred_file.file_id = button.deferred_file_id
        self.say(wanted)
        answer = self.hear(lambda message: message.WhichOneof("type") == "backend_operation_response")
        assert not answer.backend_operation_response.error_msg
        return answer.backend_operation_response.deferred_file.url

    def put(self, address: str, data: bytes) -> int:
        """Upload a file, as a browser does; return the status."""
        with urllib.request.urlopen(f"{self.url}_stcore/health", timeout=TIMEOUT_S) as answer:  # noqa: S310 - our own
            cookies = http.cookies.SimpleCookie(answer.headers.get("set-cookie", ""))
        token = cookies["_streamlit_xsrf"].value if "_streamlit_xsrf" in cookies else ""
        body = (
            b'--part\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n'
            b"Content-Type: text/csv\r\n\r\n" + data + b"\r\n--part--\r\n"
        )
        headers = {
            "Content-Type": "multipart/form-data; boundary=part",
            "X-Xsrftoken": token,
            **self.headers,
            "Cookie": "; ".join(filter(None, [f"_streamlit_xsrf={token}", self.headers.get("Cookie")])),
        }
        server = urlsplit(self.url)
        with closing(http.client.HTTPConnection(server.netloc, timeout=TIMEOUT_S)) as connection:
            # The server refuses a large file before it has received all of it; its answer can still be read.
            with suppress(BrokenPipeError, ConnectionResetError):
                connection.request("PUT", server.path + address.lstrip("/"), body, headers)
            return connection.getresponse().status


@contextmanager
def visiting(
    url: str, query: str = "", headers: Mapping[str, str] | None = None, states: Mapping[str, Any] | None = None
) -> Iterator[Visitor]:
    """Open the first page with a query, and wait until its first run is done.

    With ``states``, values of widgets by their ids, as a browser does that has lost its session.
    """
    with connect(
        f"{url.replace('http', 'ws', 1)}_stcore/stream",
        subprotocols=["streamlit"],
        max_size=None,
        additional_headers=headers,
        user_agent_header=None,
    ) as socket:
        visitor = Visitor(url, socket, headers or {})
        visitor.states.update(states or {})
        visitor.run(query=query)
        yield visitor
