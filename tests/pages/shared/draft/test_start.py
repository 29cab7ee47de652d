"""A matrix of initial weights as it is typed, pasted, and got wrong."""

import numpy as np
import pytest

from pages.shared.draft.start import StartError, read_matrices, write_start

NAMES = ("a", "b<i>")


@pytest.mark.parametrize(
    "text",
    [
        "0.5 -1 0\n2 0 1e-3",
        "0,5 -1 0\n2 0 0,001",
        "0.5\t-1\t0\r\n2\t0\t1/1000\r\n",
        "  0.5 ; −1;0 \n\n 2;0;.001\n",
        "0.5, -1, 0\n2, 0, 0.001",
    ],
)
def test_it_is_read_however_it_was_written(text: str) -> None:
    assert read_matrices(text, NAMES, (2,)) == (((0.5, -1, 0), (2, 0, 0.001)),)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ("There are 0 rows; 2 outputs need one each.",)),
        ("1 2 3", ("There is 1 row; 2 outputs need one each.",)),
        ("1 2\n1 2 3 4", ("Row 1 has 2 numbers; 2 inputs and the bias", "Row 2 has 4 numbers;")),
        ("1 x 3\n1 2 nan", ('Row 1, b<i>: "x" is not a number.', 'Row 2, b: "nan" is not a number.')),
        ("1,000 2 3\n1 2 3", ('Row 1, a: "1,000" has two readings.',)),
        ("0.5,-1,0\n1 2 3", ("Row 1 has 1 number;", 'Row 1, a: "0.5,-1,0" is not a number.')),
        ("[[1, 2, 3], [4, 5, 6]]", ("There is 1 row", "Row 1 has 6 numbers", 'Row 1, a: "[[1" is not')),
        ("1 2 3\n1 2 1e7", ("Row 2, b: 10000000 is too large.",)),
        ("1 " * 100_000, ("too long",)),
        ("\n" * 1000, ("too long",)),
    ],
)
def test_what_is_wrong_is_named_by_row_and_column(text: str, words: tuple[str, ...]) -> None:
    with pytest.raises(StartError) as caught:
        read_matrices(text, NAMES, (2,))
    for problem, part in zip(caught.value.problems, words, strict=False):
        assert part in problem
    assert len(caught.value.problems) >= len(words)


def test_names_stay_as_they_were_written() -> None:
    with pytest.raises(StartError, match=r"Row 1, Height: 2000000 is too large"):
        read_matrices("2000000 0", ("Height",), (1,))


def test_every_matrix_comes_back_with_all_its_digits() -> None:
    rng = np.random.default_rng(4)
    for _ in range(200):
        outputs, inputs = rng.integers(1, 16), rng.integers(1, 64)
        matrix = tuple(map(tuple, (rng.standard_normal((outputs, inputs + 1)) * 10.0 ** rng.integers(-9, 5)).tolist()))
        names = tuple(f"x{i}" for i in range(inputs))
        start, text = write_start((matrix,))
        assert start == "typed"
        assert read_matrices(text, names, (outputs,)) == (matrix,)
