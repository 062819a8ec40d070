"""The same number however it is written."""

import pytest

from plans.phone import international, last_digits, phone_key


@pytest.mark.parametrize(
    "written",
    [
        "+86 10 5550 0101",
        "861055500101",
        "+861055500101",
        "0086 10-5550-0101",
        "010 5550 0101",
        "１０５５５００１０１",
        "＋８６　１０　５５５０　０１０１",
        "(010) 5550 0101 转 12",
        "010 5550 0101 ext 7",
    ],
)
def test_one_number_in_many_spellings(written: str) -> None:
    assert phone_key(written) == "1055500101"


def test_mobile_numbers_with_and_without_the_countrys_code() -> None:
    assert phone_key("13800000000") == phone_key("+86 138 0000 0000") == "13800000000"


def test_another_countrys_number_is_another_number() -> None:
    assert phone_key("+853 1055 500101") != phone_key("+86 10 5550 0101")
    assert phone_key("+49 30 5550 0101") == "493055500101"


def test_a_short_number_that_begins_like_a_countrys_code_stays() -> None:
    assert phone_key("8655 0101") == "86550101"


@pytest.mark.parametrize("written", ["", "  ", "电话", "+", "0"])
def test_no_digits_no_key(written: str) -> None:
    assert phone_key(written) == ""


@pytest.mark.parametrize(
    ("shared", "written"),
    [
        ("8613800000000", "+86 138 0000 0000"),
        ("+8613800000000", "+86 138 0000 0000"),
        ("861055500101", "+861055500101"),
        ("493055500101", "+493055500101"),
    ],
)
def test_a_shared_number_is_written_so_that_a_tap_dials_it(shared: str, written: str) -> None:
    assert international(shared) == written


def test_people_of_one_name_are_told_apart_by_the_last_digits() -> None:
    assert last_digits("+86 10 5550 0101") == "0101"
    assert last_digits(None) == ""
