"""When a customer orders next."""

from datetime import datetime
from zoneinfo import ZoneInfo

from plans.calendar.order_days import next_order_day
from tests.plans.engine.town import sample_company

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 7, 6, 8, 0, tzinfo=SHANGHAI)
COMPANY = sample_company()
ON_MONDAYS = COMPANY.customers["k_01"]


def test_today_as_long_as_orders_are_still_taken() -> None:
    assert next_order_day(COMPANY, ON_MONDAYS, MONDAY) == MONDAY.replace(hour=9)


def test_a_week_later_once_they_have_been_taken() -> None:
    nine = MONDAY.replace(hour=9)

    assert next_order_day(COMPANY, ON_MONDAYS, nine) == MONDAY.replace(day=13, hour=9)


def test_the_nearest_of_several_days() -> None:
    often = ON_MONDAYS.model_copy(update={"order_days": ("fri", "wed")})

    assert next_order_day(COMPANY, often, MONDAY) == MONDAY.replace(day=8, hour=9)


def test_one_that_is_not_worked_on_moves_to_the_next_that_is() -> None:
    on_sundays = ON_MONDAYS.model_copy(update={"order_days": ("sun",)})

    assert next_order_day(COMPANY, on_sundays, MONDAY) == MONDAY.replace(hour=9)


def test_one_without_order_days_has_none() -> None:
    never = ON_MONDAYS.model_copy(update={"order_days": ()})

    assert next_order_day(COMPANY, never, MONDAY) is None
