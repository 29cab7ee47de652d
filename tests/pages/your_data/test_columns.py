"""Columns become samples: guessed, chosen, standardised, and put in the place of others."""

from __future__ import annotations

import random
import tracemalloc

import numpy as np
import pytest

from classifier import MAX_SAMPLES, Experiment
from pages.your_data.columns import guess
from pages.your_data.grid import DataError
from pages.your_data.pasted_text import read_grid
from pages.your_data.samples import put, read_samples

TUTORIAL = Experiment.tutorial()
MANY = "\n".join(f"{row},c{row % 20}" for row in range(40))
IRIS = "id;long;wide;species\na;5,1;3,5;setosa\nb;7;3,2;versicolor\nc;6,3;3,3;virginica\nd;4,9;3;setosa"


def refusal(text: str, inputs: tuple[int, ...], labels: tuple[int, ...], *, standardised: bool = False) -> str:
    with pytest.raises(DataError) as caught:
        read_samples(read_grid(text), inputs, labels, standardised=standardised)
    return " ".join(caught.value.problems)


@pytest.mark.parametrize(
    ("text", "inputs", "labels"),
    [
        (IRIS, (1, 2), (3,)),
        ("species;a;b\nx;1;2\ny;3;4", (1, 2), (0,)),
        ("a;b;y1;y2\n1;3;1;0\n2;9;0;0", (0, 1), (2, 3)),
        ("a;b;AND;OR\n0;0;0;0\n0;1;0;1", (0, 1, 2), (3,)),
        ("a;b;class\n1;2;1\n3;4;3", (0, 1), (2,)),
        ("a;b;y\n1;x;0.5\n2;y;1", (0, 2), (1,)),
        ("a;b\nx;y\nz;w", (), (1,)),
        (f"a,cls\n{MANY}", (0,), (1,)),
        ("a,id\n" + "\n".join(f"{row % 2},c{row}" for row in range(40)), (0,), (1,)),
        ("n,m\n" + "\n".join(f"m{row},c{row}" for row in range(40)), (), (1,)),
        ("a,b,name\n" + "\n".join(f"{row},{row},c{row}" for row in range(40)), (0,), (1,)),
    ],
)
def test_columns_are_guessed(text: str, inputs: tuple[int, ...], labels: tuple[int, ...]) -> None:
    assert guess(read_grid(text)) == (inputs, labels)


def test_a_text_label_is_one_output_for_each_class_by_first_appearance() -> None:
    samples = read_samples(read_grid(IRIS), (1, 2), (3,), standardised=False)
    assert samples.inputs == ((5.1, 3.5), (7, 3.2), (6.3, 3.3), (4.9, 3))
    assert samples.label_names == ("setosa", "versicolor", "virginica")
    assert samples.labels == ((1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 0, 0))
    assert (samples.input_names, samples.scaling) == (("long", "wide"), None)
    assert samples.notes == (
        '"species": one output for each class, in the order of first appearance: "setosa", "versicolor", "virginica".',
    )


def test_numbers_are_labels_in_0_to_1_and_classes_if_whole_beyond() -> None:
    grid = read_grid("a;soft;class\n1;0,25;3\n2;1;1\n3;0;3")
    samples = read_samples(grid, (0,), (1, 2), standardised=False, both=True)
    assert samples.label_names == ("soft", "class 3", "class 1")
    assert samples.labels == ((0.25, 1, 0), (1, 0, 1), (0, 1, 0))
    hard = read_samples(read_grid("a;b\n1;0\n2;1"), (0,), (1,), standardised=False, both=True)
    assert (hard.label_names, hard.labels) == (("b",), ((0,), (1,)))


def test_each_output_gets_a_name_of_its_own() -> None:
    samples = read_samples(read_grid("yes;p;q\n1;yes;no\n2;no;yes"), (0,), (1, 2), standardised=False, both=True)
    assert samples.label_names == ("p yes", "p no", "q no", "q yes")


@pytest.mark.parametrize(
    ("text", "inputs", "labels", "names"),
    [
        ("x,a,b\n1,yes (1),yes\n2,no,no\n", (0,), (1, 2), ("yes (1)", "a no", "yes", "b no")),
        ("a b,a,c\n1,b,b\n2,d,e\n", (0,), (1, 2), ("a b (2)", "d", "c b", "e")),
        (
            "the length of the sepal in cm,kind\n1,the length of the sepal in inches\n2,b\n",
            (0,),
            (1,),
            ("the length of the sep… 1", "b"),
        ),
    ],
)
def test_no_two_columns_are_named_alike(
    text: str, inputs: tuple[int, ...], labels: tuple[int, ...], names: tuple[str, ...]
) -> None:
    samples = read_samples(read_grid(text), inputs, labels, standardised=False, both=True)
    assert samples.label_names == names
    put(samples, TUTORIAL)


@pytest.mark.parametrize(
    ("first", "second", "name", "one"),
    [
        ("no", "yes", "fits", "yes"),
        ("Yes", "No", "fits", "Yes"),
        ("FALSE", "TRUE", "fits", "TRUE"),
        ("nein", "ja", "fits", "ja"),
        ("-", "+", "fits", "+"),
        ("oval", "round", "oval", "oval"),
        ("no", "maybe", "no", "no"),
        ("1", "2", "fits 2", "2"),
        ("1", "-1", "fits 1", "1"),
        ("10", "9", "fits 10", "10"),
        ("x", "yes", "fits x", "x"),  # another input is called x
    ],
)
def test_two_classes_are_one_output_and_two_on_request(first: str, second: str, name: str, one: str) -> None:
    grid = read_grid(f"x;fits\n1;{first}\n2;{second}\n3;{first}")
    samples = read_samples(grid, (0,), (1,), standardised=False)
    zero = second if one == first else first
    assert samples.label_names == (name,)
    assert samples.labels == tuple((float(text == one),) for text in (first, second, first))
    assert samples.notes == (f'"fits": one output, 1 for "{one}" and 0 for "{zero}".',)
    assert samples.two_classes
    both = read_samples(grid, (0,), (1,), standardised=False, both=True)
    assert both.labels == ((1, 0), (0, 1), (1, 0))
    assert both.two_classes


def test_one_class_and_three_are_an_output_each() -> None:
    for texts in ("no", "yes"), ("a", "b", "c"):
        column = texts[:1] if len(texts) == 2 else texts
        grid = read_grid("x;y\n" + "\n".join(f"1;{text}" for text in column))
        samples = read_samples(grid, (0,), (1,), standardised=False)
        assert (samples.label_names, samples.two_classes) == (column, False)
        if len(column) == 1:
            assert samples.notes == ('"y": every sample is "no". There is nothing to tell apart.',)


def test_the_first_rows_of_a_long_table_become_the_samples_and_the_rest_is_said_to_be_left_out() -> None:
    rows = [f"{row};{row % 2}" for row in range(1200)]
    for head, line in ("a;b\n", MAX_SAMPLES + 2), ("", MAX_SAMPLES + 1):
        grid = read_grid(head + "\n".join(rows))
        samples = read_samples(grid, (0,), (1,), standardised=False)
        assert [row[0] for row in samples.inputs] == list(range(MAX_SAMPLES))
        assert grid.left_out == 200
        assert grid.notes[0] == (
            f"Line {line} begins row 1001. It and all behind it are left out, 200 rows: "
            "an experiment has at most 1000 samples."
        )
    assert read_grid("a;b\n" + "\n".join(rows[:MAX_SAMPLES])).left_out == 0
    assert read_grid("a;b\n" + "\n".join(rows[: MAX_SAMPLES + 1])).left_out == 1


def test_what_is_wrong_in_a_row_that_is_left_out_refuses_nothing() -> None:
    good = "a;b\n" + "1;0\n" * MAX_SAMPLES
    for rest in ("1;0;3\n" * 2, "=1+1;x\n" * 2, "1,5;1.5\n" * 2, "\n;;\n1;2\n\n3;4"):
        grid = read_grid(good + rest)
        assert (len(grid.rows), grid.left_out) == (MAX_SAMPLES, 2)


def test_too_many_classes_are_refused_before_they_become_outputs() -> None:
    text = "x;" + ";".join("abcdefghijklmnop") + "\n"
    text += "\n".join(f"{row};" + ";".join(f"{column}{row}" for column in "abcdefghijklmnop") for row in range(1000))
    grid = read_grid(text)
    tracemalloc.start()
    with pytest.raises(DataError, match="1000 different classes"):
        read_samples(grid, (0,), tuple(range(1, 17)), standardised=False)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20e6


def test_standardised_inputs_come_with_their_constants() -> None:
    samples = read_samples(read_grid(IRIS), (1, 2), (3,), standardised=True)
    measured = np.array([[5.1, 3.5], [7, 3.2], [6.3, 3.3], [4.9, 3]])
    assert samples.scaling is not None
    mean, scale = np.transpose(samples.scaling)
    np.testing.assert_allclose((measured - mean) / scale, samples.inputs, atol=5e-4)
    np.testing.assert_allclose(np.mean(samples.inputs, axis=0), 0, atol=1e-3)
    experiment, _ = put(samples, TUTORIAL)
    assert experiment.scaling == samples.scaling


@pytest.mark.parametrize(
    ("text", "labels", "words"),
    [
        ("a;b\n1;0\nx;1\n;1", (1,), 'Line 3, "a": "x" is not a number. Line 4, "a" is empty. It needs a number.'),
        ("a;b\n1;0\nNaN;1", (1,), 'Line 3, "a": "NaN" is not a number.'),
        ("a;b\n1;0\ninf;1", (1,), 'Line 3, "a": "inf" is not a number.'),
        ("a;b\n1,5;0\n1.234,5;1", (1,), 'Line 3, "a": "1.234,5" is not a number: it has signs between'),
        ("a;b\n1;0\n1e999;1", (1,), 'Line 3, "a": "1e999" is too large'),
        ("a;b\n1;0\n2000000;1", (1,), 'Line 3, "a": "2000000" is too large. Inputs lie between -1000000 and 1000000.'),
        (
            "a;b\n1;0\n2;1.7",
            (1,),
            'Line 3, "b": "1.7" is not a label. Labels lie between 0 and 1. Whole numbers would be',
        ),
        ("a;b\n1;0\n2;-0.5", (1,), 'Line 3, "b": "-0.5" is not a label.'),
        ("a;b\n1;yes\n2;", (1,), 'Line 3, "b": an empty cell is no class.'),
        ("a;b\n1;yes\n2;NaN", (1,), 'Line 3, "b": "NaN" is no class.'),
        ("a;b\n1;0\n2;no", (1,), 'Line 3, "b": "no" is not a number.'),
        (
            "a;b\n" + "".join(f"1;c{i}\n" for i in range(17)),
            (1,),
            '"b" has 17 different classes. There may be at most 16.',
        ),
        ("a;b\n1;0", (), "No column is chosen as a label."),
        ("a;b\n1;0", (0,), '"a" is both an input and a label.'),
    ],
)
def test_what_is_wrong_is_named_by_line_column_and_rule(text: str, labels: tuple[int, ...], words: str) -> None:
    assert words in refusal(text, (0,), labels)


def test_too_many_columns_or_outputs_are_named() -> None:
    wide = ";".join(f"c{i}" for i in range(80)) + "\n" + ";".join("1" * 80)
    assert "65 columns are chosen as inputs. There may be at most 64." in refusal(wide, tuple(range(65)), (70,))
    assert "17 columns are chosen as labels." in refusal(wide, (0,), tuple(range(1, 18)))
    two = "a;b;c\n" + "".join(f"1;c{i};d{i}\n" for i in range(9))
    assert "The labels make 18 outputs. There may be at most 16." in refusal(two, (0,), (1, 2))
    assert "No column is chosen as an input." in refusal(wide, (), (1,))


@pytest.mark.parametrize("cell", ["1e101", "-1e300"])
def test_what_cannot_be_standardised_is_named(cell: str) -> None:
    text = f"a;b\n1;0\n{cell};1"
    assert "is too large" in refusal(text, (0,), (1,), standardised=True)
    for near in ("0", "-1e-150"):
        assert "too close together" in refusal(f"a;b\n{near};0\n1e-150;1", (0,), (1,), standardised=True)
    assert read_samples(read_grid("a;b\n7;0\n7;1"), (0,), (1,), standardised=True).inputs == ((0,), (0,))
    assert read_samples(read_grid("a;b\n2e9;0\n3e9;1"), (0,), (1,), standardised=True).inputs == ((-1,), (1,))


def test_other_settings_stay_and_what_does_not_fit_is_said() -> None:
    samples = read_samples(read_grid(IRIS), (1, 2), (3,), standardised=False)
    before = TUTORIAL.replace(
        learning_rate=0.1, schedule=((5, 0.2),), seed=7, route="chain", dtype="float64", initial=[[1, 2, 3, 4]] * 4
    )
    after, notes = put(samples, before.replace(epochs=1_000_000, inputs=[[0] * 3] * 5))
    assert notes == ("The initial weights were for 3 inputs and 4 outputs and are gone. Now the seed draws them.",)
    assert after == before.replace(epochs=1_000_000, initial=None).replace(
        inputs=samples.inputs,
        labels=samples.labels,
        input_names=samples.input_names,
        label_names=samples.label_names,
    )
    assert put(samples, TUTORIAL.replace(initial=[[0] * 4] * 4))[0].initial == (((0, 0, 0),) * 3,)
    fitting = Experiment([[1, 2]], [[0, 1, 1]], initial=[[1, 2, 3]] * 3)
    assert put(samples, fitting) == (put(samples, TUTORIAL)[0].replace(initial=[[1, 2, 3]] * 3), ())
    many = read_samples(read_grid("a;b\n" + "1;0\n" * MAX_SAMPLES), (0,), (1,), standardised=False)
    after, notes = put(many, Experiment([[1]], [[1]], epochs=1_000_000))
    assert after.epochs == 20_000
    assert notes == ("20000 epochs instead of 1000000: a run has at most 20000000 steps.",)


def test_whatever_is_read_makes_an_experiment_or_words() -> None:
    rng = random.Random(7)  # noqa: S311 - reproducible, not secret
    cells = [
        "0",
        "1",
        "0,5",
        "1,000",
        "7",
        "yes",
        "no",
        "",
        "NaN",
        "-1e5",
        "2e6",
        "1e-120",
        "1e99",
        "1/0",
        "<b>",
        "x" * 40,
    ]
    made = 0
    for _ in range(1500):
        width, height = rng.randint(2, 5), rng.randint(1, 8)
        pool = rng.sample(cells, rng.randint(1, 4))
        lines = [";".join(rng.choice(pool) for _ in range(width)) for _ in range(height)]
        text = ";".join(f"n{i}" for i in range(width)) + "\n" + "\n".join(lines)
        try:
            grid = read_grid(text)
            samples = read_samples(grid, *guess(grid), standardised=rng.random() < 0.5)
        except DataError:
            continue
        made += 1
        assert put(samples, TUTORIAL)[0].samples == len(samples.inputs)
    assert made > 100


def test_the_largest_table_is_read() -> None:
    rng = random.Random(8)  # noqa: S311 - reproducible, not secret
    names = ";".join(f"c{i}" for i in range(79))
    rows = [";".join(f"{rng.random():.6f}"[:8] for _ in range(79)) for _ in range(MAX_SAMPLES)]
    grid = read_grid(names + "\n" + "\n".join(rows))
    guess(grid)
    samples = read_samples(grid, range(63), range(63, 79), standardised=True)
    assert len(samples.label_names) == 16


@pytest.mark.parametrize(
    ("cells", "rule"),
    [
        (("1.234,5", "2.500,0"), "has signs between its thousands. Write it without them."),
        (("1,234.5", "900"), "has signs between its thousands. Write it without them."),
        (("1.234.567", "-2.000.000"), "has signs between its thousands. Write it without them."),
        (("1'234", "12"), "has signs between its thousands. Write it without them."),
        (("12 %", "7,5%"), "is a percentage. Write the number alone."),
        (("2024-03-01", "2024-03-02"), "is a date. Count the days in one number, or leave the column out."),
        (("01.03.2024", "2.3.24"), "is a date. Count the days in one number, or leave the column out."),
        (("3/14/2024 12:30", "3/15/2024"), "is a date. Count the days in one number, or leave the column out."),
        (("03-Mar-24", "4. März 2024"), "is a date. Count the days in one number, or leave the column out."),
        (("12:30", "09:05:10"), "is a time. Count it in one unit, or leave the column out."),
    ],
)
@pytest.mark.parametrize("column", [0, 1, 2])
def test_what_would_be_a_number_otherwise_written_makes_no_classes(
    cells: tuple[str, str], rule: str, column: int
) -> None:
    """In any column, with names and without: it is refused by line, column and rule until it is written otherwise."""
    rows = [["2", "3", "0"], ["3", "4", "1"]]
    for row, cell in zip(rows, cells, strict=True):
        row[column] = cell
    for names in ("a;b;y\n", ""):
        text = names + "\n".join(map(";".join, rows))
        grid = read_grid(text)
        said = refusal(text, *guess(grid))
        assert f'Line {1 + bool(names)}, "{grid.names[column]}": "{cells[0]}" is not a number: it {rule}' in said
        others = tuple(other for other in range(2) if other != column)
        if column != 2:
            read_samples(grid, others, (2,), standardised=False)


def test_ranges_codes_and_versions_are_classes() -> None:
    text = "x;age\n1;18-25\n2;26-30\n3;1.2.3\n4;3:2\n5;2nd"
    samples = read_samples(read_grid(text), *guess(read_grid(text)), standardised=False)
    assert samples.label_names == ("18-25", "26-30", "1.2.3", "3:2", "2nd")
