"""A lock that goes round."""

from __future__ import annotations

from threading import Thread
from time import sleep

import pytest

from classifier.training.turns import Turns


def test_who_waits_comes_before_who_gives_it_back() -> None:
    for _ in range(20):
        turns, order = Turns(), []

        def wait(turns: Turns = turns, order: list[str] = order) -> None:
            with turns:
                order.append("who waited")

        thread = Thread(target=wait, daemon=True)
        with turns:
            thread.start()
            for _ in range(10_000):
                if turns._next.locked():
                    break
                sleep(0.001)
        with turns:
            order.append("again")
        thread.join(timeout=10)
        assert order == ["who waited", "again"]


def test_an_error_ends_a_turn() -> None:
    turns = Turns()
    with pytest.raises(ValueError, match="mine"), turns:
        raise ValueError("mine")
    with turns:
        pass
