"""The people sheet: rows to changes.

In: rows, the company with the regions of the same file. Out: changes and bad rows. Forbidden here:
accounts and rights beyond posts.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from plans.company.model import Company, Person, Post
from plans.phone import phone_key
from plans.tables import fields
from plans.tables.changes import BadRow, Change
from plans.tables.drafts import Draft
from plans.tables.entries import NOT_THERE, built, needs, one_voice
from plans.tables.identity import Identity, identify, identity
from plans.tables.known import Known
from plans.tables.sheets import Row
from plans.text import Text

NAME_LIMIT: Final = 60
ROUTE_LIMIT: Final = 40
_STILL_RETIRED: Final = Text(
    zh="名册里已停用; 要恢复请在“停用”列写“否”",
    en="retired in the register; to bring them back write “no” under Retired",
)


def plan_people(
    rows: Sequence[Row], company: Company, fresh: Iterator[str], today: date
) -> tuple[list[Change], list[BadRow]]:
    known = Known(company)
    drafts = [_draft(row, known) for row in rows]
    people = {id_: _identity(person) for id_, person in company.people.items()}
    changes: list[Change] = []
    for id_, group in identify(drafts, people, fresh, own_phones=True).items():
        change = _change(id_, company.people.get(id_), group, today)
        if change is not None:
            changes.append(change)
    return changes, [draft.bad_row for draft in drafts if not draft.good]


def _draft(row: Row, known: Known) -> Draft:
    draft = Draft(row)
    draft.id = draft.read("id", fields.entry_id)
    draft.region = draft.read("region", known.region)
    draft.set("name", lambda text: fields.short(text, NAME_LIMIT), None)
    draft.set("phone", fields.phone, None)
    if draft.region is not None or not draft.says("region"):  # a wrong region is told once
        draft.set("roles", lambda text: known.posts(text, draft.region), ())
    draft.set("language", fields.language, None)
    draft.set("routes", lambda text: fields.names(text, ROUTE_LIMIT), ())
    draft.set("retired", fields.retired, False)
    draft.set("checked", fields.day, None)
    draft.name = fields.folded(str(draft.sets.get("name", "")))
    draft.phone = phone_key(str(draft.sets.get("phone") or ""))
    if draft.id is None and not draft.phone:
        needs(draft, "name", "姓名", "the name")
    if draft.region is None and draft.good:
        posts = draft.sets.get("roles")
        draft.region = next((p.region for p in posts), None) if isinstance(posts, tuple) else None
    return draft


def _identity(person: Person) -> Identity:
    regions = (post.region for post in person.roles)
    return identity(person.name, phone_key(person.phone or ""), regions, gone=person.retired)


def _change(id_: str, old: Person | None, group: list[Draft], today: date) -> Change | None:
    drafts = one_voice(group, besides=("roles",))
    for draft in drafts:
        _check(draft, old)
    drafts = [draft for draft in drafts if draft.good]
    if not drafts:
        return None
    posts = [draft.sets["roles"] for draft in drafts if "roles" in draft.sets]
    if posts:
        drafts[0].sets["roles"] = _together(posts)
        for draft in drafts[1:]:
            draft.sets.pop("roles", None)
    if old is None:
        drafts[0].sets.setdefault("checked", today)
    new = built(Person, old, drafts)
    if new is None:
        return None
    return Change("people", id_, old, new, tuple(draft.row for draft in drafts))


def _check(draft: Draft, old: Person | None) -> None:
    if old is None:
        needs(draft, "name", "姓名", "the name")
        if draft.sets.get("retired"):
            draft.wrong(NOT_THERE)
    elif old.retired and "retired" not in draft.sets:
        draft.wrong(_STILL_RETIRED)


def _together(several: Sequence[object]) -> tuple[Post, ...]:
    """The posts of several rows; of one named twice the first counts."""
    found: dict[tuple[str, str | None], Post] = {}
    for posts in several:
        for post in posts if isinstance(posts, tuple) else ():
            found.setdefault((post.role, post.region), post)
    return tuple(found.values())
