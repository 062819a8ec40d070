"""When a routine begins next: by the company's clock, on the days it is meant for."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from plans.calendar import next_start, starts_between
from plans.company.model import OwnDays
from plans.format import Monthly, Routine, Weekly

SHANGHAI = ZoneInfo("Asia/Shanghai")
PUBLIC = OwnDays()
Every = str | Weekly | Monthly


def routine(every: object, at: str = "07:30") -> Routine:
    return Routine.model_validate({"every": every, "at": at, "for": "company"})


def local(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def following(every: object, after: str, zone: ZoneInfo = SHANGHAI) -> str:
    at = next_start(routine(every), local(after, zone), zone, PUBLIC)
    assert at.tzinfo is UTC
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("every", "after", "then"),
    [
        ("day", "2026-07-06 07:29", "2026-07-06 07:30"),
        ("day", "2026-07-06 07:30", "2026-07-07 07:30"),
        ("working_day", "2026-07-03 08:00", "2026-07-06 07:30"),
        ("working_day", "2026-10-09 08:00", "2026-10-10 07:30"),  # a Saturday that is worked on
        ("working_day", "2026-09-30 08:00", "2026-10-08 07:30"),
        ({"week": "wed"}, "2026-07-06 08:00", "2026-07-08 07:30"),
        ({"month": 6}, "2026-07-01 08:00", "2026-07-06 07:30"),
        ({"month": 1}, "2026-09-30 08:00", "2026-10-08 07:30"),  # put off past the holiday
        ({"month": 28}, "2026-02-20 08:00", "2026-02-28 07:30"),
        ({"month": 28}, "2026-11-27 08:00", "2026-11-30 07:30"),
        ({"month": 28}, "2026-06-27 08:00", "2026-06-29 07:30"),
    ],
)
def test_the_next_start(every: object, after: str, then: str) -> None:
    assert following(every, after) == then


def test_put_off_into_the_next_month_it_is_not_forgotten() -> None:
    own = OwnDays(off=frozenset(local(f"2026-07-{day}").date() for day in (28, 29, 30, 31)))

    at = next_start(routine({"month": 28}), local("2026-07-20 08:00"), SHANGHAI, own)

    assert at.astimezone(SHANGHAI).strftime("%m-%d") == "08-03"


def test_an_hour_that_the_clocks_leave_out_still_comes_once() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    skipped = routine("day", at="02:30")

    starts = starts_between(
        skipped,
        next_start(skipped, local("2026-03-28 12:00", berlin), berlin, PUBLIC),
        local("2026-03-30 12:00", berlin),
        berlin,
        PUBLIC,
    )

    assert len(starts) == 2


def test_every_start_between_two_moments() -> None:
    first = local("2026-07-03 07:30")
    starts = starts_between(
        routine("working_day"), first, local("2026-07-07 09:00"), SHANGHAI, PUBLIC
    )

    assert [at.astimezone(SHANGHAI).day for at in starts] == [3, 6, 7]


def test_of_very_many_the_latest_count() -> None:
    first, last = local("2020-07-01 07:30"), local("2026-07-01 09:00")

    starts = starts_between(routine("day"), first, last, SHANGHAI, PUBLIC)

    assert len(starts) == 400
    assert starts[-1] == local("2026-07-01 07:30")


def test_the_time_is_read_from_text() -> None:
    assert routine("day", at="18:05").at == time(18, 5)
