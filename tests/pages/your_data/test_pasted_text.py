"""Strangers' files and pasted texts: read whole, or refused in words that name line, column and rule."""

from __future__ import annotations

import contextlib
import random
import time

import pytest

from pages.your_data.grid import DataError
from pages.your_data.pasted_text import decode, read_grid

TABLE = "height,weight,fits\n1.72,68.5,yes\n1.81,92,no\n"
ROWS = (("1.72", "68.5", "yes"), ("1.81", "92", "no"))


def refusal(text: str | bytes) -> tuple[str, ...]:
    """Give what is said of a text that is refused: soon, in few words."""
    start = time.process_time()
    with pytest.raises(DataError) as caught:
        read_grid(decode(text)[0] if isinstance(text, bytes) else text)
    assert time.process_time() - start < 1
    assert all(len(problem) < 250 for problem in caught.value.problems)
    assert 1 <= len(caught.value.problems) <= 9
    return caught.value.problems


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TABLE.encode(), "UTF-8"),
        (TABLE.encode("utf-8-sig"), "UTF-8"),
        (TABLE.encode("utf-16"), "UTF-16"),
        (b"\xfe\xff" + TABLE.encode("utf-16-be"), "UTF-16"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_end(data: bytes, encoding: str, end: str) -> None:
    text, name = decode(data)
    grid = read_grid(text.replace("\n", end))
    assert (grid.names, grid.rows, name) == (("height", "weight", "fits"), ROWS, encoding)
    assert grid.lines == (2, 3)


@pytest.mark.parametrize(
    ("text", "separator", "decimal"),
    [
        (TABLE, ",", "."),
        (TABLE.replace(",", ";"), ";", "."),
        (TABLE.replace(",", "\t"), "\t", "."),
        (TABLE.replace(",", ";").replace(".", ","), ";", ","),
        (TABLE.replace(",", "\t").replace(".", ","), "\t", ","),
        ('height,weight,fits\n"1,72","68,5",yes\n"1,81",92,no', ",", ","),
        (TABLE.replace(",", ", "), ",", "."),
        ("\n\n" + TABLE.replace(",", ";") + ";;\n\n", ";", "."),
    ],
)
def test_separator_and_decimal_sign_are_recognised(text: str, separator: str, decimal: str) -> None:
    grid = read_grid(text)
    assert (grid.names, grid.separator, grid.decimal) == (("height", "weight", "fits"), separator, decimal)
    assert [grid.number(0, 0), grid.number(0, 1), grid.number(1, 1)] == [1.72, 68.5, 92]


def test_numbers_are_those_of_the_tables_cells() -> None:
    grid = read_grid("a;b\n1/2;−3\n5e-1;1,5")
    assert [grid.number(0, 0), grid.number(0, 1), grid.number(1, 0), grid.number(1, 1)] == [0.5, -3, 0.5, 1.5]


def test_spaces_may_part_thousands_and_powers_are_those_of_the_screen() -> None:
    grid = read_grid("a;b\n12\u00a0345,5;1\n−1 000;0\n5,37354 · 10⁻⁵;1")
    assert grid.decimal == ","
    assert [grid.number(row, 0) for row in range(3)] == [12345.5, -1000, 5.37354e-5]
    for other in ("12 345,5", "1,5 · 10⁻⁵"):
        with pytest.raises(DataError, match="One text has one decimal sign"):
            read_grid(f"a;b\n{other};1\n0.5;0")


def test_two_readings_are_one_where_another_number_tells_which() -> None:
    assert read_grid("a;b\n1,000;1\n2,5;0").number(0, 0) == 1
    for text in ("a;b\n1,000;1", "a;b\n1,000;1.5"):
        grid = read_grid(text)
        with pytest.raises(ValueError, match='Line 2, "a": "1,000" has two readings'):
            grid.number(0, 0)


def test_decimal_commas_between_commas_are_never_read_in_silence() -> None:
    assert "If commas are decimal signs here" in refusal("a,b\n1,5,0\n2,5,1")[0]
    grid = read_grid("1,5,0\n2,5,1")
    assert "The commas were taken for separators, of 3 columns." in grid.notes[0]
    assert read_grid("1.5,0\n2.5,1").notes == ()


def test_names_or_none() -> None:
    assert read_grid(TABLE).header
    grid = read_grid("5.1;3.5;setosa\n7;3.2;versicolor")
    assert (grid.header, grid.names, len(grid.rows)) == (False, ("column 1", "column 2", "column 3"), 2)
    assert read_grid("1;2\n3;4", header=True).names == ("1", "2")
    assert read_grid("a;b\nc;d", header=False).rows == (("a", "b"), ("c", "d"))
    assert read_grid(TABLE, ",").names == read_grid(TABLE).names
    grid = read_grid(" a  long\tname ;;" + "x" * 30 + ";" + "x" * 31 + '\n1;2;3;"4"')
    assert grid.names == ("a long name", "column 2", "x" * 23 + "…", "x" * 21 + "… 4")
    assert len(grid.notes) == 3
    assert "no name for column 2" in grid.notes[0]


def test_html_and_markdown_are_names_like_others() -> None:
    assert read_grid("<b>x</b>;[a](b)\n1;2").names == ("<b>x</b>", "[a](b)")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no line with anything in it"),
        (" \n;;\n", "no line with anything in it"),
        ("a\n1\n2", "Line 1 has one column"),
        ("\n\nabc\n1", "Line 3 has one column"),
        ("a;b", "Line 1 holds the names, and no line follows it"),
        ("a;b\n1;2\n3", "Line 3 has 1 column, line 1 has 2."),
        ('a;b\n"x\ny";2\n3', "Line 4 has 1 column, line 1 has 2."),
        ("a;b\n1;2;3\n4;5;6", "Line 2 has 3 columns, line 1 has 2."),
        ("a;b;a\n1;2;3", 'Line 1: columns 1 and 3 are both called "a".'),
        ("a;b\u200b\n1;2", "Line 1, column 2: "),
        ('a;b\n1;"2\n3;4', "Line 2: a quotation mark opens a cell, and none closes it."),
        ('a;b\n1;"2"3', "Line 2: behind a closing quotation mark"),
        ('a;b\n1;"' + "x" * 200_000 + '"', "Line 2: a cell has more than"),
        ("a;b\n1;2\n3;\0", "Line 3: there is a NUL byte"),
        (TABLE.encode("utf-16-le"), "Line 1: there is a NUL byte"),
        (TABLE.encode("utf-32"), "UTF-32"),
        ("größe;a\n1;2".encode("latin-1"), "Line 1: This is not text in UTF-8."),
        ("a;b\n1;2\n3;é".encode("latin-1"), "Line 3: This is not text in UTF-8."),
        (b"\xff\xfea", "not text in UTF-16"),
        (b"PK\x03\x04...", "zip archive"),
        (b"\x89PNG\r\n", "a picture"),
        (b"\xd0\xcf\x11\xe0....", "Excel"),
        (b"x" * (2**20 + 1), "larger than 1 MB"),
        ("a;b\n1;=1+1", 'Line 2, column 2: "=1+1" is a formula.'),
        ("a;b\n1;@SUM(A1)", "is a formula"),
        ("a;b\n1;-2+3+cmd|' /C calc'!A0", "is a formula"),
        ("=HYPERLINK();b\n1;2", "Line 1, column 1: "),
        ('a,b\n"1,5",2\n3,4.5', 'Line 2, "a": "1,5" has a decimal comma. Line 3, "b": "4.5" has a decimal point.'),
        (",".join("a" * 100_001), "Line 1 has 100001 columns. There may be at most 100."),
        ("1," * 500_000, "columns. There may be at most 100."),
        ("x" * 2**20, "one column"),
        ('"' * 1_000_000, "Line 1"),
        ('a;b\n"' + "1;2\n" * 200_000, "Line 2: "),
        ("1;2\n" * 12_500_000, "This text has 50000000 characters."),
    ],
    ids=range(34),
)
def test_what_is_no_table_is_refused_by_line_column_and_rule(text: str | bytes, words: str) -> None:
    assert words in " ".join(refusal(text))


def test_signs_that_are_classes_or_numbers_are_no_formulas() -> None:
    assert read_grid("a;b;c\n+1;-;-.5\n-2e3;+;−7").rows == (("+1", "-", "-.5"), ("-2e3", "+", "−7"))


@pytest.mark.parametrize("text", ["1;2\n" * 260_000, "1,;2\t3\n" * 130_000, "1\t2\n" + "\n" * 1_000_000])
def test_a_text_of_many_lines_is_read(text: str) -> None:
    """Whatever grew with the square of the lines would take hours."""
    grid = read_grid(text)
    assert len(grid.rows) + grid.left_out == text.strip().count("\n") + 1


def test_everything_wrong_is_counted() -> None:
    assert refusal("a;b\n" + "1\n" * 30)[-1] == "And 22 more."


def test_no_text_breaks_it() -> None:
    """Whatever the text is, there is a grid within the limits, or words."""
    rng = random.Random(5)  # noqa: S311 - reproducible, not secret
    parts = [
        *',;\t"\n\r\0 =@+-',
        "1",
        "0.5",
        "0,5",
        "1,000",
        "NaN",
        "x",
        "\u202e",
        "é",
        '""',
        "1e999",
        "\ufeff",
        "'",
        "<b>",
    ]
    read = 0
    for _ in range(4000):
        text = "".join(rng.choices(parts, k=rng.randint(0, 40)))
        try:
            grid = read_grid(text)
        except DataError:
            continue
        read += 1
        assert len(set(grid.names)) == len(grid.names) >= 2
        assert all(len(row) == len(grid.names) for row in grid.rows)
        assert all(0 < len(name) <= 24 for name in grid.names)
    assert read > 50


def test_no_bytes_break_it() -> None:
    rng = random.Random(6)  # noqa: S311 - reproducible, not secret
    good = TABLE.encode("utf-16")
    for _ in range(2000):
        data = bytearray(rng.choice([good, TABLE.encode(), b""]))
        for _ in range(rng.randint(1, 4)):
            data.insert(rng.randint(0, len(data)), rng.randrange(256))
        with contextlib.suppress(DataError):
            read_grid(decode(bytes(data))[0])
