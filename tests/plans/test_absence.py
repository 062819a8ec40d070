"""Absences as people type them, and who may enter them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from plans.roster import Roster, may_enter_duty, may_roster, parse_span, parse_until
from tests.plans.engine.town import sample_company

ZONE = ZoneInfo("Asia/Shanghai")
# A Monday morning.
NOW = datetime(2026, 7, 6, 10, 0, tzinfo=ZONE)
ROSTER = Roster(sample_company())


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 7, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("typed", "until"),
    [
        ("2小时", at(6, 12)),
        ("3天", at(9, 10)),
        ("1天半", at(7, 22)),
        ("明天18:00", at(7, 18)),
        ("到明天18:00", at(7, 18)),
        ("until tomorrow 6pm", at(7, 18)),
        ("明早8点", at(7, 8)),
        ("１８：００", at(6, 18)),
        ("7月8日", at(8, 23, 59)),
        ("friday", at(10, 23, 59)),
        ("07-08 18:00", at(8, 18)),
    ],
)
def test_until_when(typed: str, until: datetime) -> None:
    assert parse_until(typed, NOW, ZONE) == until


@pytest.mark.parametrize("typed", ["", "2", "路平安", "after lunch", "99天", "明天" * 40])
def test_what_is_no_end(typed: str) -> None:
    assert parse_until(typed, NOW, ZONE) is None


@pytest.mark.parametrize(
    ("typed", "since", "until"),
    [
        ("明天8:00到18:00", at(7, 8), at(7, 18)),
        ("从明天8点到后天18点", at(7, 8), at(8, 18)),
        ("明天8点-18点", at(7, 8), at(7, 18)),
        ("18:00-06:00", at(6, 18), at(7, 6)),
        ("07-08 08:00-12:00", at(8, 8), at(8, 12)),
        ("2026-07-08 08:00 - 2026-07-09 18:00", at(8, 8), at(9, 18)),
        ("7月8日到7月10日", at(8, 0), at(10, 23, 59)),
        ("明天", at(7, 0), at(8, 0)),
        ("tomorrow 8am to 6pm", at(7, 8), at(7, 18)),
        ("明天8:00到3小时", at(7, 8), at(7, 11)),
    ],
)
def test_from_when_until_when(typed: str, since: datetime, until: datetime) -> None:
    assert parse_span(typed, NOW, ZONE) == (since, until)


@pytest.mark.parametrize("typed", ["", "8-16", "路平安", "3天", "7月8日到7月7日"])
def test_what_is_no_span(typed: str) -> None:
    assert parse_span(typed, NOW, ZONE) is None


def test_a_night_is_read_over_midnight() -> None:
    span = parse_span("22:00-06:00", NOW, ZONE)
    assert span is not None
    assert span[1] - span[0] == timedelta(hours=8)


@pytest.mark.parametrize(
    ("by", "person", "may"),
    [
        ("p_lu", "p_lu", True),
        ("p_lu", "p_xing", False),
        ("p_an_ph", "p_lu", True),
        ("p_an_ph", "p_zhou", False),
        ("p_an_ph", "p_song", False),
        ("p_song", "p_zhou", True),
        ("p_song", "p_ding", True),
        ("p_ding", "p_song", True),
    ],
)
def test_who_may_enter_whose_absence(by: str, person: str, may: bool) -> None:
    assert may_enter_duty(ROSTER, by, person) is may


def test_company_wide_duty_takes_a_company_wide_role() -> None:
    assert may_roster(ROSTER, "p_song", None)
    assert not may_roster(ROSTER, "p_an_ph", None)
    assert may_roster(ROSTER, "p_an_ph", "east")
    assert not may_roster(ROSTER, "p_an_ph", "south")
