"""What travels to the browser, and what comes back, is checked on the way."""

from __future__ import annotations

import base64
import re

import numpy as np
import pytest

from pages.stage.message import encode, message
from pages.stage.plotly_js import plotly_source
from pages.stage.view import View
from tests.page_data import decoded, player_data


@pytest.mark.parametrize("dtype", ["float32", "float64", "int32", "int16", "uint8"])
def test_an_array_can_be_read_back(dtype: str) -> None:
    array = np.arange(24).reshape(2, 3, 4).astype(dtype)
    coded = encode(array)
    assert coded["shape"] == [2, 3, 4]
    read = np.frombuffer(base64.b64decode(coded["bdata"]), dtype=f"<{coded['dtype']}").reshape(coded["shape"])
    np.testing.assert_array_equal(read, array)


def test_a_slice_and_a_foreign_byte_order_are_written_as_they_read() -> None:
    array = np.arange(12, dtype=">f4").reshape(3, 4)[:, ::2]
    read = np.frombuffer(base64.b64decode(encode(array)["bdata"]), "<f4")
    np.testing.assert_array_equal(read, [0, 2, 4, 6, 8, 10])


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_numbers_that_are_none_are_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="finite numbers"):
        encode(np.array([1.0, bad]))


def test_other_types_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match="not of int64"):
        encode(np.array([1]))


def test_a_message_holds_what_is_told_and_the_numbers_of_its_frames() -> None:
    frames = {
        "wrong": np.array([[1, 0, 10], [10, 0, 1]], np.uint8),  # 10 ends a line
        "loss": np.array([0.1, 1e300]),
        "none": np.empty((0, 2), np.float32),
        "weights": np.arange(24, dtype=">f4").reshape(2, 3, 4)[:, :, ::2],
    }
    told = player_data(message({"run": "a", "notes": ["two\nlines, \ud800 and ∂"]}, frames))
    assert (told["run"], told["notes"]) == ("a", ["two\nlines, \ud800 and ∂"])
    assert list(told["frames"]) == list(frames)
    for name, array in frames.items():
        read = decoded(told["frames"][name])
        np.testing.assert_array_equal(read, array)
        assert (read.shape, read.dtype) == (array.shape, array.dtype.newbyteorder("<"))


@pytest.mark.parametrize(("bad", "why"), [(np.array([np.nan]), "finite numbers"), (np.array([1]), "not of int64")])
def test_a_message_takes_no_other_numbers(bad: np.ndarray, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        message({}, {"loss": bad})


def test_a_view_is_read() -> None:
    said = {"run": "a:0", "have": 20, "question": 5, "position": 7, "jump": 2}
    assert View.read({"view": said}) == View("a:0", 20, 5, 7, 2)


@pytest.mark.parametrize(
    "state",
    [
        None,
        "x",
        {},
        {"view": None},
        {"view": [1]},
        {"view": {"have": -1, "position": True, "question": "1", "jump": 2**40}},
        {"view": {"have": "3", "position": 1.5, "jump": None}},
    ],
)
def test_nonsense_from_a_browser_is_nothing(state: object) -> None:
    view = View.read(state)
    assert (view.have, view.question, view.position, view.jump) == (0, 0, 0, 0)


@pytest.mark.parametrize("state", [None, "x", {}, {"lost": "true"}, {"lost": 1}, {"lost": [True]}])
def test_plotly_is_handed_over_to_who_asks_for_it(state: object) -> None:
    assert not View.lost(state)
    assert View.lost({"lost": True})


def test_plotly_js_may_stand_in_a_page() -> None:
    # It stands in a page as it is: nothing in it may end a script, or begin a comment.
    assert not re.search("</script|<!--", plotly_source(), re.IGNORECASE)
