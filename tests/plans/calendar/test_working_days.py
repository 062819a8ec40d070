"""Working days as announced, as the company has them, and as guessed where nothing is announced."""

from datetime import date

import pytest

from plans.calendar import (
    calendar_warning,
    is_known,
    is_working_day,
    last_known_year,
    next_working_day,
    years_left,
)
from plans.company.model import OwnDays

PUBLIC = OwnDays()
LAST = last_known_year()


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 7, 6), True),  # a Monday
        (date(2026, 7, 5), False),  # a Sunday
        (date(2026, 10, 10), True),  # a Saturday worked on for the holiday before
        (date(2026, 10, 5), False),  # a Monday in the National Day holiday
    ],
)
def test_the_public_calendar(day: date, worked: bool) -> None:
    assert is_working_day(day, PUBLIC) is worked


def test_the_companys_own_days_win() -> None:
    own = OwnDays(off=frozenset({date(2026, 7, 6)}), work=frozenset({date(2026, 10, 5)}))

    assert not is_working_day(date(2026, 7, 6), own)
    assert is_working_day(date(2026, 10, 5), own)


def test_where_nothing_is_announced_monday_to_friday_count() -> None:
    monday = next(d for d in (date(LAST + 1, 1, n) for n in range(1, 8)) if d.weekday() == 0)

    assert not is_known(monday)
    assert is_working_day(monday, PUBLIC)
    assert not is_working_day(monday.replace(day=monday.day + 6), PUBLIC)


def test_the_next_working_day() -> None:
    assert next_working_day(date(2026, 7, 6), PUBLIC) == date(2026, 7, 6)
    assert next_working_day(date(2026, 10, 1), PUBLIC) == date(2026, 10, 8)


def test_no_end_of_days_off_is_followed_for_ever() -> None:
    endless = {date.fromordinal(date(LAST + 1, 1, 1).toordinal() + n) for n in range(1000)}

    found = next_working_day(date(LAST + 1, 1, 1), OwnDays(off=frozenset(endless)))

    assert found not in endless


def test_it_warns_before_it_has_to_guess() -> None:
    assert years_left(date(LAST, 6, 1)) == 0
    assert calendar_warning(date(LAST, 11, 30)) is None
    december, january = calendar_warning(date(LAST, 12, 1)), calendar_warning(date(LAST + 1, 1, 1))
    assert december == january
    assert december is not None
    assert str(LAST + 1) in december.en
    assert str(LAST + 1) in december.zh
