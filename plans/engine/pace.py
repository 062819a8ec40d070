"""Pace: how long silence may last before it is spoken into again.

In: a decision under way, a step or for how long something has gone on. Out: a span. Forbidden here:
telling anybody; a span without an end.
"""

from datetime import timedelta
from typing import Final

from plans.engine.deciding import Deciding
from plans.model import StepId

ROUTINE_AGAIN: Final = timedelta(days=1)
REQUEST_AGAIN: Final = timedelta(hours=2)
# People are told again after this part of the time that is left, or has passed since.
_PART: Final = 8
SELDOM: Final = timedelta(days=1)
LONG_SILENT: Final = timedelta(hours=2)


def climb_pace(deciding: Deciding, step: StepId) -> timedelta:
    """How long one rung may be silent. A routine or a request is no emergency: it climbs as slowly
    as its first owner was given to answer."""
    reminders = deciding.reminders
    if _is_emergency(deciding):
        return reminders.climb_every
    own = deciding.step(step).due.acknowledge or reminders.acknowledge
    return max(reminders.climb_every, own)


def repeat_pace(deciding: Deciding, step: StepId) -> timedelta:
    """How long everyone in command may be silent, at most a day: most often about the deadline.
    What is due in days does not ring all night; nor does a routine, a request, or what nobody could
    be moved to in hours."""
    every, due_at = deciding.reminders.repeat_every, deciding.state(step).due_at
    if not _is_emergency(deciding):
        return max(every, ROUTINE_AGAIN if deciding.incident.routine else REQUEST_AGAIN)
    left = due_at - deciding.at if due_at is not None else timedelta()
    if left > timedelta():
        return max(every, min(left / _PART, SELDOM))
    return widening(every, -left)


def widening(every: timedelta, since: timedelta) -> timedelta:
    """Every so often at first; the longer it has been to no avail, the less often, but at least
    every two hours, or as often as it is at first."""
    return max(every, min(since / _PART, LONG_SILENT))


def _is_emergency(deciding: Deciding) -> bool:
    return not (deciding.incident.routine or deciding.plan.is_request)
