"""What is compared is read from one field: numbers as everywhere, and what is wrong is named by its place."""

import contextlib

import numpy as np
import pytest

from classifier import MAX_MEMBERS, Experiment, Sweep, zeros_initial
from pages.compare.members import MAX_TEXT, VARIATIONS, from_address, read_members, to_address

TUTORIAL = Experiment.tutorial()
OWN = TUTORIAL.replace(initial=np.full((4, 4), 0.5))
ZEROS = TUTORIAL.replace(initial=zeros_initial(3, 4))


def names(kind: str, text: str, base: Experiment = TUTORIAL) -> list[str]:
    return [member.name for member in read_members(kind, text, base)]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("lr", "0.001,0.01,0.1", ["0.001", "0.01", "0.1"]),
        ("lr", "0,001, 0,01", ["0.001", "0.01"]),
        ("lr", "0,5 1", ["0.5", "1"]),
        ("lr", " 1 / 2 ; 5e-1/2;", ["0.5", "0.25"]),
        ("lr", "1, 2", ["1", "2"]),
        ("lr", "1,5,7", ["1", "5", "7"]),
        ("lr", "0", ["0"]),
        ("lr", "1e-3,1e-2", ["0.001", "0.01"]),
        ("seed", "0-11", [str(i) for i in range(12)]),
        ("seed", "7,1–3", ["7", "1", "2", "3"]),
        ("seed", "4294967295", ["4294967295"]),
        ("seed", "4294967294-4294967295", ["4294967294", "4294967295"]),
        ("route", "chain fused", ["chain", "fused"]),
        ("initial", "zeros, 3, 0-1", ["zeros", "seed 3", "seed 0", "seed 1"]),
    ],
)
def test_values_are_read_as_people_type_them(kind: str, text: str, expected: list[str]) -> None:
    assert names(kind, text) == expected


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("lr", "", "There is no value."),
        ("lr", "0.1, abc", 'Value 2: "abc" is not a number.'),
        ("lr", "200", "Value 1: 200 is out of range. The learning rate lies between 0 and 100."),
        ("lr", "1,5", '"1,5" has two readings'),
        ("lr", "1,5e-1", '"1,5e-1" has two readings'),
        ("lr", "1,000, 2", '"1,000" has two readings'),
        ("lr", "0.1 1/10", 'Value 2: "1/10" is the same as value 1.'),
        ("lr", "1 2 3 4 5 6 7 8 9 10 11 12 13", "more than 12 values"),
        ("lr", "1" * (MAX_TEXT + 1), f"at most {MAX_TEXT}"),
        ("seed", "0-4000000000", "more than 12 values"),
        ("seed", "0-9999999999", "not a range"),
        ("seed", "5-2", "not a range"),
        ("seed", "1.5", "Value 1:"),
        ("seed", "4294967296", "Value 1: 4294967296 is out of range."),
        ("route", "<b>", "Value 1: '<b>' is not one of fused, chain."),
        ("initial", "own", "no initial weights of its own"),
        ("initial", "ones", '"ones" is not zeros, own or a seed.'),
    ],
)
def test_what_is_wrong_is_named_by_its_place(kind: str, text: str, words: str) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        read_members(kind, text, TUTORIAL)
    assert words in str(caught.value)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("base", [TUTORIAL, OWN, ZEROS, TUTORIAL.replace(schedule=((5, 0.3),), epochs=9)])
@pytest.mark.parametrize("kind", VARIATIONS)
def test_the_default_of_every_kind_is_good_and_trains_together(kind: str, base: Experiment) -> None:
    found = read_members(kind, VARIATIONS[kind].default(base), base)
    assert 2 <= len(found) <= MAX_MEMBERS
    Sweep([member.experiment for member in found])


def test_the_default_starts_are_zeros_those_of_the_experiment_and_three_seeds() -> None:
    assert VARIATIONS["initial"].default(TUTORIAL) == "zeros, 42, 0, 1"
    assert VARIATIONS["initial"].default(TUTORIAL.replace(seed=1)) == "zeros, 1, 0, 2"
    assert VARIATIONS["initial"].default(OWN) == "zeros, own, 42, 0, 1"
    assert VARIATIONS["initial"].default(ZEROS) == "zeros, 42, 0, 1"


def test_members_differ_from_the_base_in_their_value_alone() -> None:
    base = OWN.replace(schedule=((5, 0.3),))
    assert read_members("lr", "0.5", base)[0].experiment == OWN.replace(learning_rate=0.5)
    assert "left out" in VARIATIONS["lr"].left_out(base)
    assert read_members("seed", "5", base)[0].experiment == base.replace(seed=5, initial=None)
    assert "left out" in VARIATIONS["seed"].left_out(base)
    zeros, own, drawn = read_members("initial", "zeros, own, 7", base)
    assert zeros.experiment == base.replace(initial=zeros_initial(3, 4))
    assert own.experiment == base
    assert drawn.experiment == base.replace(initial=None, seed=7)
    assert read_members("hidden", "4_3", base)[0].experiment == base.replace(hidden=(4, 3), initial=None)
    assert "left out" in VARIATIONS["hidden"].left_out(base)
    deep = TUTORIAL.replace(hidden=(2,))
    assert read_members("activation", "tanh", deep)[0].experiment == deep.replace(activation="tanh")
    assert not any(kind.left_out(deep) for kind in VARIATIONS.values())
    assert "no effect" in VARIATIONS["activation"].left_out(TUTORIAL)


def test_values_come_back_from_an_address_exactly() -> None:
    rng = np.random.default_rng(1)
    texts = [("lr", "0,5 1e-5; 3/4"), ("lr", "1, 10"), ("seed", "0-11"), ("seed", "3; 1-2"), ("initial", "zeros own 4")]
    for _ in range(300):
        rates = rng.choice([1.0, 0.5, 10.0, 1e-7], 3) * rng.integers(1, 9, 3)
        texts.append(("lr", "; ".join(map(str, dict.fromkeys(rates.tolist())))))
    for kind, text in texts:
        members = read_members(kind, text, OWN)
        assert read_members(kind, from_address(to_address(kind, text, members)), OWN) == members


def test_random_rubbish_is_refused_in_words() -> None:
    rng = np.random.default_rng(3)
    alphabet = [*"0123456789 .,;-–+e/\x00<é日", "zeros", "own", "fused", "0-3", "nan", "1e400"]
    for _ in range(2000):
        text = "".join(rng.choice(alphabet, rng.integers(0, 12)))
        kind = str(rng.choice([*VARIATIONS]))
        with contextlib.suppress(ValueError):
            assert 1 <= len(read_members(kind, text, TUTORIAL)) <= MAX_MEMBERS
