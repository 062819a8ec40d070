"""What people type who have counted a store."""

import pytest

from plans.counts import Counted, Unread, read_counts, read_number
from tests.plans.test_samples import COMPANY


def read(typed: str) -> list[tuple[str, int]]:
    found = read_counts(COMPANY, typed)
    assert all(isinstance(one, Counted) for one in found), found
    return [(one.goods, one.count) for one in found if isinstance(one, Counted)]


def left_out(typed: str) -> list[str]:
    return [
        f"{one.line}: {one.why.en}"
        for one in read_counts(COMPANY, typed)
        if isinstance(one, Unread)
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "云杉 380",
        "云杉380条",
        "云杉：３８０",
        "云杉,380",
        "ys 380",
        "yunshan = 380 条",
        " 云杉\t380 。",
        "云杉 三百八",
        "云杉三百八十条",
        "ys 380 boxes",
    ],
)
def test_one_thing_is_read_however_it_is_written(typed: str) -> None:
    assert read(typed) == [("yunshan", 380)]


@pytest.mark.parametrize(
    "typed",
    ["云杉 1,380\n青松 20", "云杉 1380，青松 20", "云杉1380；青松20条", "云杉 1,380、青松 20"],
)
def test_several_are_read_on_lines_or_between_commas(typed: str) -> None:
    assert read(typed) == [("yunshan", 1380), ("qingsong", 20)]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("云杉 -5", "write a name and a number"),
        ("云杉 +5", "write a name and a number"),
        ("云杉 3.5", "write a name and a number"),
        ("云杉 12345678", "that cannot be the number"),
        ("云杉 380多条", "that cannot be the number"),
        ("云杉 三箱", "these are counted in 条"),
        ("云杉 3箱", "these are counted in 条"),
        ("云山 5", "there are no such goods"),
        ("sheng 5", "there are no such goods"),
    ],
)
def test_what_may_mean_something_else_is_left_out(typed: str, why: str) -> None:
    assert left_out(typed) == [f"{typed}: {why}"]


def test_two_numbers_for_one_thing_count_for_neither() -> None:
    assert left_out("云杉 3\n青松 1\nys 4") == [
        "云杉 3: two different numbers",
        "云杉 4: two different numbers",
    ]
    assert read("云杉 3\nys 3") == [("yunshan", 3)]


@pytest.mark.parametrize("typed", ["早上好", "车在二号路坏了", "一直没人接", "云杉", "三轮车一辆"])
def test_text_without_a_number_is_no_count(typed: str) -> None:
    assert read_counts(COMPANY, typed) == ()


def test_no_more_lines_are_read_than_fit() -> None:
    assert len(read_counts(COMPANY, "\n".join(f"没有{n} 1" for n in range(99)))) == 50


@pytest.mark.parametrize(
    ("typed", "number"),
    [("380", 380), ("380条", 380), ("１，３８０", 1380), ("380.0", 380), ("2千", 2000),
     ("二十来条", None), ("一百", 100),
     ("-3", None), ("3 4", None), ("1000001", None), ("", None)],
)  # fmt: skip
def test_a_number_alone(typed: str, number: int | None) -> None:
    assert read_number(typed) == number
