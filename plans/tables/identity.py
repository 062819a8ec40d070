"""Which entry a row is about: by id, else by phone, else by name and region.

In: drafts and the entries there are. Out: drafts grouped by the id of their entry, new ids for new
ones; rows that contradict each other told so. Forbidden here: what the entries are.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from plans.tables.drafts import Draft
from plans.tables.fields import folded
from plans.text import Text
from plans.yaml_source import worded


@dataclass(frozen=True)
class Identity:
    """By what an entry is known: `name` and `phone` in the form to compare by, `shown` as it is
    told. `gone`: it is kept only for the record."""

    name: str
    phone: str
    regions: frozenset[str]
    shown: str
    gone: bool = False


def identify(
    drafts: Sequence[Draft],
    known: Mapping[str, Identity],
    fresh: Iterator[str],
    *,
    own_phones: bool,
) -> dict[str, list[Draft]]:
    """Good drafts by the id of their entry. `own_phones`: nobody shares a number."""
    found: dict[int, str] = {}
    by_phone = _by_phone(known)
    if own_phones:
        _one_phone_one_name(drafts, known, by_phone)
    for draft in filter(lambda d: d.good, drafts):
        owner = by_phone.get(draft.phone) if draft.phone else None
        if draft.id in known:
            found[id(draft)] = str(draft.id)
        elif owner is not None and draft.name in ("", known[owner].name):
            found[id(draft)] = owner
    _by_name_and_region(drafts, known, found)
    _new(drafts, found, fresh)
    if own_phones:
        _nobody_else_s_phone(drafts, known, by_phone, found)
    groups: dict[str, list[Draft]] = {}
    for draft in drafts:
        if draft.good:
            groups.setdefault(found[id(draft)], []).append(draft)
    return groups


def rows_named(drafts: Iterable[Draft]) -> str:
    return ", ".join(str(draft.row.number) for draft in drafts)


def _by_phone(known: Mapping[str, Identity]) -> dict[str, str]:
    found: dict[str, str] = {}
    for id_, identity in sorted(known.items(), key=lambda item: item[1].gone):
        if identity.phone:
            found.setdefault(identity.phone, id_)
    return found


def _one_phone_one_name(
    drafts: Sequence[Draft], known: Mapping[str, Identity], by_phone: Mapping[str, str]
) -> None:
    """Which of two rows with one phone is right nobody can tell, unless the register does."""
    sharing: dict[str, list[Draft]] = {}
    for draft in drafts:
        if draft.good and draft.phone:
            sharing.setdefault(draft.phone, []).append(draft)
    for phone, several in sharing.items():
        if len({(draft.name, draft.id) for draft in several}) == 1:
            continue
        if (
            len({draft.name for draft in several}) == 1
            and len({d.id for d in several} - {None}) < 2
        ):
            continue
        owner = by_phone.get(phone)
        for draft in several:
            if owner is not None and known[owner].name == draft.name:
                continue
            others = [other for other in several if other is not draft]
            shown = "、".join(dict.fromkeys(other.says("name") for other in others))
            draft.wrong(
                worded(
                    f"与第 {rows_named(others)} 行 ({shown:.40}) 的电话相同",
                    f"the same phone as in row {rows_named(others)} ({shown:.40})",
                )
            )


def _by_name_and_region(
    drafts: Sequence[Draft], known: Mapping[str, Identity], found: dict[int, str]
) -> None:
    """A row is about an entry of its name when no other row is, and nothing speaks against it."""
    claimed = set(found.values())
    by_name: dict[str, list[str]] = {}
    for id_, identity in known.items():
        if id_ not in claimed and not identity.gone:
            by_name.setdefault(identity.name, []).append(id_)
    wanted: dict[int, list[str]] = {}
    for draft in drafts:
        if draft.good and id(draft) not in found and draft.id is None:
            wanted[id(draft)] = [
                id_ for id_ in by_name.get(draft.name, ()) if _may_be(draft, known[id_])
            ]
    wishes = Counter(ids[0] for ids in wanted.values() if len(ids) == 1)
    for draft in drafts:
        ids = wanted.get(id(draft), [])
        if len(ids) == 1 and (wishes[ids[0]] == 1 or not draft.phone):
            found[id(draft)] = ids[0]
        elif len(ids) > 1:
            draft.wrong(
                worded(
                    f"有 {len(ids)} 个同名的“{draft.says('name'):.30}”: 请写编号或电话",
                    f'{len(ids)} entries are called "{draft.says("name"):.30}": give id or phone',
                )
            )


def _may_be(draft: Draft, identity: Identity) -> bool:
    """The same region; or one of the two says none, and the phones do not differ."""
    if draft.region is not None and draft.region in identity.regions:
        return True
    phones_differ = bool(draft.phone and identity.phone and draft.phone != identity.phone)
    return not phones_differ and (draft.region is None or not identity.regions)


def _new(drafts: Sequence[Draft], found: dict[int, str], fresh: Iterator[str]) -> None:
    """New entries; rows of one id, of one phone and name, or of one name and region are one."""
    ids: dict[tuple[str, ...], str] = {}
    for draft in drafts:
        if not draft.good or id(draft) in found:
            continue
        keys: list[tuple[str, ...]] = [("phone", draft.phone, draft.name)] if draft.phone else []
        keys += [("id", draft.id)] if draft.id is not None else []
        keys = keys or [("name", draft.name, draft.region or "")]
        id_ = next((ids[key] for key in keys if key in ids), None) or draft.id or next(fresh)
        found[id(draft)] = id_
        ids.update(dict.fromkeys(keys, id_))


def _nobody_else_s_phone(
    drafts: Sequence[Draft],
    known: Mapping[str, Identity],
    by_phone: Mapping[str, str],
    found: Mapping[int, str],
) -> None:
    """A number goes over to somebody else only when its owner gets another one in the same file."""
    while True:
        new_phone = {found[id(d)]: d.phone for d in drafts if d.good and d.phone}
        wrong = False
        for draft in drafts:
            owner = by_phone.get(draft.phone) if draft.good and draft.phone else None
            if owner is None or owner == found[id(draft)] or known[owner].gone:
                continue
            if new_phone.get(owner, draft.phone) == draft.phone:
                wrong = True
                draft.wrong(_belongs_to(known[owner]))
        if not wrong:
            return


def _belongs_to(owner: Identity) -> Text:
    return worded(
        f"这个电话是 {owner.shown} 的; 若是改名, 请写编号",
        f"this phone is {owner.shown}'s; to change a name give the id",
    )


def identity(name: str, phone_key: str, regions: Iterable[str | None], *, gone: bool) -> Identity:
    kept = frozenset(region for region in regions if region is not None)
    return Identity(folded(name), phone_key, kept, name, gone)
