"""Which days are worked on, and when a routine begins next. Pure: the day comes as an argument."""

from plans.calendar.order_days import next_order_day
from plans.calendar.starts import next_start, starts_between
from plans.calendar.working_days import (
    calendar_warning,
    is_known,
    is_working_day,
    last_known_year,
    next_working_day,
    years_left,
)

__all__ = [
    "calendar_warning",
    "is_known",
    "is_working_day",
    "last_known_year",
    "next_order_day",
    "next_start",
    "next_working_day",
    "starts_between",
    "years_left",
]
