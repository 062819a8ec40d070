"""Quiet: when what can wait may be sent to somebody.

In: a roster, a person, the time. Out: a moment. Forbidden here: judging what can wait.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from plans.company.ids import PersonId
from plans.company.model import Company
from plans.roster.roster import Roster

# Away until within quiet hours, back, away no more: it cannot go on changing for longer.
_CHANGES = 4


def sent_from(roster: Roster, person: PersonId, at: datetime) -> datetime | None:
    """From when on what can wait is sent: `at` itself when nothing is in the way; else the end of
    the absence and of the quiet hours, which whoever is on duty by the rota has not. None: when
    the person says they are back."""
    state = roster.state(person)
    if state is None:
        return at
    for _ in range(_CHANGES):
        if state.is_away(at):
            if state.away_until is None:
                return None
            at = state.away_until
        elif roster.is_on_shift(person, at):
            break
        elif state.quiet and (ends_at := quiet_until(roster.company, at)) is not None:
            at = ends_at
        else:
            break
    return at


def quiet_until(company: Company, at: datetime) -> datetime | None:
    """The end of the quiet hours that are on at `at`; None outside of them. The first minute is
    quiet, the last is not; hours that end when they begin are none."""
    begin, end = company.quiet.from_, company.quiet.to
    local = at.astimezone(ZoneInfo(company.company.time_zone))
    begun, not_over = local.time() >= begin, local.time() < end
    over_midnight = begin > end
    if not (begun or not_over if over_midnight else begun and not_over):
        return None
    ends_at = local.replace(hour=end.hour, minute=end.minute, second=0, microsecond=0)
    return ends_at if ends_at > local else ends_at + timedelta(days=1)
