"""Absence: from when until when somebody is away, as people type it, and who may say so.

In: typed text, the time, the company's zone; a roster. Out: moments; yes or no. Forbidden here:
reading the clock, storing anything.
"""

import re
import unicodedata
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from plans.company.ids import PersonId, RegionId
from plans.duration import parse_duration
from plans.moment import parse_moment
from plans.roster.roster import Roster

_TYPED_LIMIT: Final = 60
# A hyphen also stands within dates: it is between two times only behind one, or with blanks.
_BETWEEN: Final = re.compile(
    r"\s*(?:到|至|—+|–|~|\bto\b|\btill\b|\buntil\b|(?<=:\d\d)-|(?<=[点时半分日mM])-|\s-\s)\s*"
)
_UNTIL: Final = re.compile(r"^(?:离开)?(?:到|至|直到|until|till)\s*")
_FROM: Final = re.compile(r"^(?:从|自|from)\s*")
_DAY_BEGINS, _DAY_ENDS = "0:00", "23:59"


def parse_until(typed: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """How long somebody is away from now on: "2小时", "明天18:00", "7月8日" (to its end); None when
    it is no moment in the next 30 days."""
    text = _UNTIL.sub("", _plain(typed))
    if not text or text.isdecimal():
        return None
    if (span := parse_duration(text)) is not None:
        return now + span
    return parse_moment(text, now, zone) or parse_moment(f"{text} {_DAY_ENDS}", now, zone)


def parse_span(typed: str, now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
    """From when until when: "明天8:00到18:00", "明天" (all of it). None when it is no span
    that begins in the next 30 days and ends after it begins."""
    text = _FROM.sub("", _plain(typed))
    first, *rest = _BETWEEN.split(text, maxsplit=1)
    since = _beginning(first, now, zone) if all((first, *rest)) else None
    if since is None:
        return None
    until = _ending(rest[0], since, now, zone) if rest else _end_of_day(since, zone)
    return (since, until) if until is not None and until > since else None


def _beginning(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    exact = parse_moment(text, now, zone)
    return exact or parse_moment(f"{text} {_DAY_BEGINS}", now, zone)


def _ending(text: str, since: datetime, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Days are counted from now; without a day the next time the clock shows it after the
    beginning."""
    if not text.isdecimal() and (span := parse_duration(text)) is not None:
        return since + span
    tries = ((words, seen) for words in (text, f"{text} {_DAY_ENDS}") for seen in (now, since))
    moments = (parse_moment(words, seen, zone) for words, seen in tries)
    return next((moment for moment in moments if moment is not None and moment > since), None)


def _end_of_day(moment: datetime, zone: ZoneInfo) -> datetime:
    local = moment.astimezone(zone)
    return local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def _plain(typed: str) -> str:
    if len(typed) > _TYPED_LIMIT:
        return ""
    return unicodedata.normalize("NFKC", typed).strip().lower()


def may_enter_duty(roster: Roster, by: PersonId, person: PersonId) -> bool:
    """Whether somebody may enter the other's absence: one's own; that of people in a region one
    has the capability for; of the company-wide only with it company-wide."""
    if by == person:
        return True
    regions = {post.region for post in roster.roles_of(person)} or {None}
    return any(may_roster(roster, by, region) for region in regions)


def may_roster(roster: Roster, by: PersonId, region: RegionId | None) -> bool:
    """Whether somebody may enter duty in a region; None: company-wide."""
    if region is not None:
        return roster.may(by, "duty", region)
    if by in roster.command():
        return True
    roles = roster.company.roles
    return any(
        post.region is None and post.role in roles and "duty" in roles[post.role].may
        for post in roster.roles_of(by)
    )
