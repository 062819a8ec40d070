"""Pace: when an incident's cards are written anew though nothing has happened, for their times.

In: an incident. Out: a moment, and how finely times are said. Forbidden here: writing the cards.
A day on which nobody acts would else be three hundred edits of every message.
"""

from datetime import datetime, timedelta
from typing import Final

from plans.incident import Incident, StepStatus

# So near to a deadline, before or after it, minutes matter.
NEAR: Final = timedelta(hours=3)
NEAR_REFRESH: Final = timedelta(minutes=5)
FAR_REFRESH: Final = timedelta(minutes=30)


def refresh_at(incident: Incident, at: datetime) -> datetime | None:
    """When its cards are old; None when it has none whose times go on."""
    if not incident.is_open or incident.routine:
        return None
    open_now = (s for s in incident.steps.values() if s.status is StepStatus.OPEN)
    due = [state.due_at for state in open_now if state.due_at is not None]
    if any(abs(moment - at) <= NEAR for moment in due):
        return at + NEAR_REFRESH
    coming = (moment - NEAR for moment in due if moment - NEAR > at)
    return min((at + FAR_REFRESH, *coming))


def rounded(span: timedelta) -> timedelta:
    """A time left, or overrun, as cards say it: far from the deadline in whole hours."""
    return span if span <= NEAR else timedelta(hours=span // timedelta(hours=1))
