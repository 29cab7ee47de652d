"""What is offered for a table: each of the tables to try is read, and what would help it is found."""

import pytest

from classifier import Experiment, Run
from pages.your_data.advice import HIDDEN, advice
from pages.your_data.columns import guess
from pages.your_data.pasted_text import read_grid
from pages.your_data.samples import Samples, put, read_samples
from pages.your_data.sets import SETS


def samples(text: str, **done: bool) -> Samples:
    grid = read_grid(text)
    return read_samples(grid, *guess(grid), **{"standardised": False, **done})


def kinds(found: Samples, rate: float = 0.01) -> list[str]:
    return [it.kind for it in advice(found, rate)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("tutorial", []),
        ("iris", ["mixed", "hidden"]),
        ("wines", ["mixed", "standardised"]),
        ("moons", ["hidden"]),
        ("circle", ["hidden"]),
    ],
)
def test_each_table_to_try_is_read_and_told_what_would_help(name: str, expected: list[str]) -> None:
    found = samples(SETS[name].text())
    assert kinds(found) == expected
    helped = samples(SETS[name].text(), standardised=True, mixed=True)
    assert set(kinds(helped)) <= {"hidden"}
    assert sorted(helped.labels) == sorted(found.labels)


@pytest.mark.parametrize("name", ["moons", "circle"])
def test_hidden_units_do_what_the_advice_says(name: str) -> None:
    base = Experiment.tutorial().replace(learning_rate=0.3, epochs=1000)
    wrong = []
    for hidden in ((), HIDDEN):
        run = Run(put(samples(SETS[name].text()), base.replace(hidden=hidden))[0])
        run.advance()
        wrong.append(round(40 * (1 - float(run.history.accuracy[-1]))))
    assert wrong[1] <= 1 < 4 <= wrong[0]


def test_sorted_rows_are_said_to_be() -> None:
    for labels, said in (("000000111111", True), ("010101010101", False), ("000000000000", False), ("0011", False)):
        text = "a;b\n" + "".join(f"{i};{label}\n" for i, label in enumerate(labels))
        assert ("mixed" in kinds(samples(text))) == said


def test_large_inputs_are_told_with_the_rate_up_to_which_they_train() -> None:
    (found,) = advice(samples("a;b\n0;0\n200;1\n100;0"), 0.01)
    assert found.text.startswith("Inputs are as large as 200: above a learning rate of 0.00019 a step can overshoot")
    # By the inputs that are then used, 1.225 at most: 3.199.
    assert found.text.endswith("and it is 0.01. Standardised inputs allow up to 3.1.")
    # With hidden layers there is no such bound, and none of them is offered.
    (deep,) = advice(samples("a;b\n0;0\n200;1\n100;0"), 0.01, deep=True)
    assert deep.text == "Inputs are as large as 200. Hidden layers train better with standardised ones."
    assert advice(samples(SETS["circle"].text()), 0.01, deep=True) == []
    # Small inputs allow a larger rate than standardised ones: those would not help.
    assert not advice(samples("a;b\n0;0\n0.1;1\n0.2;1\n0.1;0"), 10)
    assert not advice(samples("a;b\n0;0\n200;1\n100;0"), 0.0001)
