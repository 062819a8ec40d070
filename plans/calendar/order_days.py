"""Order days: when a customer orders next.

In: the company, a customer, now. Out: an aware moment. Forbidden here: reading the clock; working
days (a customer orders on a weekday whatever the calendar says).
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from plans.company.model import WEEKDAYS, Company, Customer

_WEEK = 7


def next_order_day(company: Company, customer: Customer, now: datetime) -> datetime | None:
    """The next of the customer's order days, at the hour when orders are taken; None for one
    without order days."""
    zone = ZoneInfo(company.company.time_zone)
    today = now.astimezone(zone).date()
    for days in range(_WEEK + 1):
        day = today + timedelta(days=days)
        moment = datetime.combine(day, company.order_hour, zone)
        if WEEKDAYS[day.weekday()] in customer.order_days and moment > now:
            return moment
    return None
