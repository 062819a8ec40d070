"""The rota: shifts that touch a time, the gaps between them, what is wrong with one."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.roster import Shift
from plans.roster.rota import (
    USUAL_TIMES,
    gaps,
    on_day,
    shifts_of,
    usual_times,
    what_is_wrong,
)
from plans.roster.states import SHIFTS_LIMIT

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def hour(at: float) -> datetime:
    return NOON + timedelta(hours=at)


def shift(since_h: float, until_h: float, person: str = "p_east", role: str = "driver") -> Shift:
    return Shift(
        id=f"{person}{since_h}",
        role=role,
        region="east",
        person=person,
        since=hour(since_h),
        until=hour(until_h),
    )


def test_the_shifts_that_touch_a_time_in_their_order() -> None:
    late, early, other = shift(4, 8), shift(-2, 1), shift(0, 9, role="cook")

    assert shifts_of((late, early, other), "driver", "east", hour(0), hour(5)) == (early, late)
    assert shifts_of((late, early), "driver", "east", hour(1), hour(4)) == ()
    assert shifts_of((late, early), "driver", None, hour(0), hour(5)) == ()


def test_the_gaps_between_them() -> None:
    assert gaps((), hour(0), hour(8)) == ((hour(0), hour(8)),)
    assert gaps((shift(-1, 9),), hour(0), hour(8)) == ()
    overlapping = (shift(1, 4), shift(2, 3), shift(4, 5), shift(6, 9))
    assert gaps(overlapping, hour(0), hour(8)) == ((hour(0), hour(1)), (hour(5), hour(6)))


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 9)), max_size=8))
def test_every_hour_is_either_on_duty_or_in_a_gap(spans: list[tuple[int, int]]) -> None:
    made = sorted((shift(begin, begin + long) for begin, long in spans), key=lambda s: s.since)
    found = gaps(made, hour(0), hour(24))

    for n in range(24):
        on_duty = any(s.since <= hour(n) < s.until for s in made)
        assert on_duty != any(since <= hour(n) < until for since, until in found)


@pytest.mark.parametrize(
    ("one", "count", "wrong"),
    [
        (shift(1, 9), 0, None),
        (shift(-1, 9), 0, None),
        (shift(2, 2), 0, "ends_too_soon"),
        (shift(1, 32 * 24), 0, "too_long"),
        (shift(-9, 0), 0, "over"),
        (shift(1, 9), SHIFTS_LIMIT, "too_many"),
    ],
)
def test_what_is_wrong_with_a_shift(one: Shift, count: int, wrong: str | None) -> None:
    assert what_is_wrong(one, NOON, count) == wrong


def test_a_night_shift_ends_the_next_day() -> None:
    night = on_day(date(2026, 5, 1), (time(18), time(6)), SHANGHAI)
    whole = on_day(date(2026, 5, 1), (time(8), time(8)), SHANGHAI)

    assert night[1] - night[0] == timedelta(hours=12)
    assert whole[1] - whole[0] == timedelta(days=1)


def test_the_company_s_own_times_come_first() -> None:
    assert usual_times((), SHANGHAI) == USUAL_TIMES
    # 20:00 to 04:00 in Shanghai, twice.
    own = usual_times((shift(0, 8), shift(24, 32), shift(1, 2)), SHANGHAI)
    assert own[:2] == ((time(20), time(4)), (time(21), time(22)))
    assert len(own) == 3
