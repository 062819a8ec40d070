"""Order days: when a customer orders next.

In: the company, a customer, now. Out: an aware moment. Forbidden here: reading the clock.
"""

from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from plans.calendar.working_days import next_working_day
from plans.company.model import WEEKDAYS, Company, Customer

# An order day in a long holiday is moved to the first working day after it, which may lie ahead
# when the day itself is past.
_LOOKED_BACK: Final = 31
_WEEK: Final = 7


def next_order_day(company: Company, customer: Customer, now: datetime) -> datetime | None:
    """The next of the customer's order days, at the hour when orders are taken; one that is not
    worked on moves to the next working day. None for a customer without order days."""
    zone = ZoneInfo(company.company.time_zone)
    today = now.astimezone(zone).date()
    moments = (
        datetime.combine(_worked_on(company, day), company.order_hour, zone)
        for day in (today + timedelta(days=n) for n in range(-_LOOKED_BACK, _WEEK + 1))
        if WEEKDAYS[day.weekday()] in customer.order_days
    )
    return min((moment for moment in moments if moment > now), default=None)


def _worked_on(company: Company, day: date) -> date:
    try:
        return next_working_day(day, company.days)
    except ValueError:
        return day
