"""Read what a player is sent, and what a page in one file holds, as a browser reads it."""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

import numpy as np
from numpy.typing import NDArray
from streamlit.testing.v1 import AppTest

VOID = {"meta", "link", "br", "img", "input"}


class PageData(HTMLParser):
    """How many elements of each kind an HTML document has, its text, its links, and its JSON."""

    def __init__(self, html: str) -> None:
        """Read a document."""
        super().__init__(convert_charrefs=True)
        self.elements: Counter[str] = Counter()
        self.text = ""
        self.links: list[str] = []
        self.data: Any = None
        self._is_data = False
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == [], "every element is closed"

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Count an element."""
        self.elements[tag] += 1
        given = dict(attributes)
        assert not [name for name in given if name.startswith("on")]
        self._is_data = given.get("type") == "application/json"
        if tag == "a":
            self.links.append(str(given["href"]))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Count an element that is closed at once."""
        self.elements[tag] += 1

    def handle_endtag(self, tag: str) -> None:
        """Hold the end of an element against its beginning."""
        assert self._open.pop() == tag

    def handle_data(self, text: str) -> None:
        """Keep text; of scripts, the data alone."""
        if self._is_data and self._open[-1:] == ["script"]:
            self.data = json.loads(text)
        elif self._open[-1:] not in (["script"], ["style"]):
            self.text += text

    def array(self, place: str, part: str, name: str) -> NDArray[Any]:
        """Give one of the arrays that the player gets."""
        return decoded(self.data["parts"][place][part]["frames"][name])


def player_data(message: bytes) -> dict[str, Any]:
    """Read what a player was sent; its frames as a page in one file has them."""
    text, _, numbers = message.partition(b"\n")
    data: dict[str, Any] = json.loads(text)
    for coded in data["frames"].values():
        start = coded.pop("at")
        size = int(np.prod(coded["shape"])) * int(coded["dtype"][1])
        coded["bdata"] = base64.b64encode(numbers[start : start + size]).decode()
    return data


def player_of(page: AppTest) -> dict[str, Any]:
    """Read what the player of a page was sent; its run went without an error."""
    assert not page.exception
    (proto,) = [element.proto for element in page.get("bidi_component") if element.proto.component_name == "stage"]
    return player_data(proto.bytes)


def charts_of(page: AppTest) -> dict[str, Any]:
    """Read the charts of a page where nothing plays, by their names; its run went without an error."""
    assert not page.exception
    sent = [element.proto.bytes for element in page.get("bidi_component") if element.proto.component_name == "stage"]
    return {name: figure for message in sent for name, figure in player_data(message)["figures"].items()}


def decoded(coded: Mapping[str, Any]) -> NDArray[Any]:
    """Read an array in Plotly's form: its shape is a list from the stage, and "3, 4" or nothing from Plotly itself."""
    shape = coded.get("shape", [-1])
    sizes = [int(size) for size in (shape.split(",") if isinstance(shape, str) else shape)]
    return np.frombuffer(base64.b64decode(coded["bdata"]), f"<{coded['dtype']}").reshape(sizes)
