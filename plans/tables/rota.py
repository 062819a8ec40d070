"""The rota sheet: rows to shifts.

In: rows, the company with the people of the same file, the shifts there are. Out: changes and bad
rows. Forbidden here: taking a shift away; who is told.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from plans.company.model import Company
from plans.roster.states import Shift
from plans.tables import fields
from plans.tables.changes import BadRow, Change
from plans.tables.drafts import Draft
from plans.tables.entries import needs
from plans.tables.known import Known
from plans.tables.sheets import Row
from plans.text import Text, WordedError

LONGEST = timedelta(days=31)
_BACKWARDS = Text(zh="结束要在开始之后, 最长 31 天", en="it ends after it begins, within 31 days")


def plan_rota(
    rows: Sequence[Row], company: Company, shifts: Iterable[Shift]
) -> tuple[list[Change], list[BadRow]]:
    known = Known(company)
    there = {_what(shift): shift for shift in shifts}
    drafts: list[Draft] = []
    changes: dict[str, Change] = {}
    for row in rows:
        draft = Draft(row)
        drafts.append(draft)
        shift = _shift(draft, known)
        if shift is not None:
            old = there.get(_what(shift))
            new = old or shift
            changes.setdefault(new.id, Change("rota", new.id, old, new, (row,)))
    return list(changes.values()), [draft.bad_row for draft in drafts if not draft.good]


def _shift(draft: Draft, known: Known) -> Shift | None:
    for column, zh, en in (
        ("role", "岗位", "the role"),
        ("person", "人员", "the person"),
        ("since", "开始时间", "the beginning"),
        ("until", "结束时间", "the end"),
    ):
        needs(draft, column, zh, en)
    region = draft.read("region", known.region)
    role = draft.read("role", known.role)
    person = draft.read("person", lambda text: known.person(text, region))
    since, until = draft.read("since", fields.moment), draft.read("until", fields.moment)
    if role is None or person is None or since is None or until is None or not draft.good:
        return None
    try:
        region = known.fits(role, region)
    except WordedError as error:
        draft.wrong(error.text, "region")
        return None
    if not timedelta() < until - since <= LONGEST:
        draft.wrong(_BACKWARDS)
        return None
    zone = ZoneInfo(known.company.company.time_zone)
    begins, ends = _at(since, zone), _at(until, zone)
    id_ = f"{role}/{region or ''}/{person}/{begins:%Y%m%dT%H%M}/{ends:%Y%m%dT%H%M}"
    return Shift(id=id_, role=role, region=region, person=person, since=begins, until=ends)


def _at(local: datetime, zone: ZoneInfo) -> datetime:
    return local.replace(tzinfo=zone).astimezone(ZoneInfo("UTC"))


def _what(shift: Shift) -> tuple[object, ...]:
    return (shift.role, shift.region, shift.person, shift.since, shift.until)
