"""Quiet hours and absences: from when on what can wait is sent."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from plans.company.model import Quiet
from plans.roster import PersonState, Roster
from plans.roster.quiet import quiet_until, sent_from
from tests.plans.small_company import small_company

COMPANY = small_company()
ZONE = ZoneInfo("Asia/Shanghai")


def at(hour: int, minute: int = 0, day: int = 6) -> datetime:
    return datetime(2026, 7, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (at(21, 59), None),
        (at(22), at(7, day=7)),
        (at(23, 30), at(7, day=7)),
        (at(0, 30), at(7)),
        (at(6, 59), at(7)),
        (at(7), None),
        (at(12), None),
    ],
)
def test_quiet_hours_over_midnight(now: datetime, until: datetime | None) -> None:
    assert quiet_until(COMPANY, now) == until


def test_quiet_hours_within_a_day_and_none_at_all() -> None:
    noon = COMPANY.model_copy(update={"quiet": Quiet(from_=time(12), to=time(14))})
    never = COMPANY.model_copy(update={"quiet": Quiet(from_=time(12), to=time(12))})

    assert quiet_until(noon, at(13)) == at(14)
    assert quiet_until(noon, at(14)) is None
    assert quiet_until(never, at(12)) is None


def state(**changes: object) -> Roster:
    east = PersonState(person="p_east", telegram=21, language="zh")
    return Roster(COMPANY, people={"p_east": east.model_copy(update=changes)})


def test_by_day_at_once_and_at_night_in_the_morning() -> None:
    assert sent_from(state(), "p_east", at(12)) == at(12)
    assert sent_from(state(), "p_east", at(23)) == at(7, day=7)
    assert sent_from(state(quiet=False), "p_east", at(23)) == at(23)
    assert sent_from(state(), "p_ghost", at(23)) == at(23)


def test_while_away_on_the_return_and_not_at_night() -> None:
    back = state(away_since=at(8), away_until=at(16))
    back_at_night = state(away_since=at(8), away_until=at(23))

    assert sent_from(back, "p_east", at(12)) == at(16)
    assert sent_from(back_at_night, "p_east", at(12)) == at(7, day=7)
    assert sent_from(state(away_since=at(8)), "p_east", at(12)) is None
    assert sent_from(state(away_since=at(14), away_until=at(16)), "p_east", at(12)) == at(12)
