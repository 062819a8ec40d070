"""When a customer orders next, also over holidays and across the hour when orders are taken."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from plans.calendar import next_order_day
from plans.company.model import Customer, OwnDays, Weekday
from plans.model import RegionId
from tests.plans.small_company import small_company

ZONE = ZoneInfo("Asia/Shanghai")


def orders_next(*days: Weekday, now: str, off: tuple[str, ...] = ()) -> str | None:
    own = OwnDays(off=frozenset(date.fromisoformat(day) for day in off))
    company = small_company().model_copy(update={"days": own})
    customer = Customer(name="x", region=RegionId("east"), order_days=days)
    at = datetime.fromisoformat(now).replace(tzinfo=ZONE)
    moment = next_order_day(company, customer, at)
    return None if moment is None else f"{moment:%m-%d %H:%M}"


def test_the_next_of_several_days() -> None:
    # 6 July 2026 is a Monday.
    assert orders_next("tue", "fri", now="2026-07-06T12:00") == "07-07 09:00"
    assert orders_next("tue", "fri", now="2026-07-08T12:00") == "07-10 09:00"
    assert orders_next("tue", "fri", now="2026-07-11T12:00") == "07-14 09:00"


def test_on_the_day_itself_until_orders_are_taken() -> None:
    assert orders_next("mon", now="2026-07-06T08:59") == "07-06 09:00"
    assert orders_next("mon", now="2026-07-06T09:00") == "07-13 09:00"


def test_a_day_off_moves_to_the_next_working_day() -> None:
    assert orders_next("mon", now="2026-07-05T12:00", off=("2026-07-06",)) == "07-07 09:00"
    # It is still to come when the day itself is past.
    off = ("2026-07-06", "2026-07-07")
    assert orders_next("mon", now="2026-07-07T12:00", off=off) == "07-08 09:00"


def test_over_the_long_holiday() -> None:
    # 1 to 7 October 2026 are holidays; the Saturday after is worked on.
    assert orders_next("thu", now="2026-09-30T12:00") == "10-08 09:00"
    assert orders_next("fri", now="2026-10-06T12:00") == "10-08 09:00"


def test_without_order_days_there_is_none() -> None:
    assert orders_next(now="2026-07-06T12:00") is None
