"""How fast is too fast, with a clock that passes when a test says so."""

from __future__ import annotations

from pages.classroom.pace import Pace


def test_so_many_a_second_are_never_early() -> None:
    pace = Pace(40, 20, now=0.0)
    assert not any(pace.wait(now=number / 20) for number in range(10_000))


def test_what_comes_at_once_is_due_one_after_the_other() -> None:
    pace = Pace(40, 20, now=0.0)
    assert [round(pace.wait(now=0.0), 3) for _ in range(43)] == [0.0] * 40 + [0.05, 0.1, 0.15]
    assert pace.wait(now=1.0) == 0.0


def test_what_is_not_allowed_does_not_count() -> None:
    pace = Pace(2, 1, now=0.0)
    assert [pace.allows(now=0.0) for _ in range(9)] == [True] * 2 + [False] * 7
    assert [pace.allows(now=1.0) for _ in range(2)] == [True, False]
