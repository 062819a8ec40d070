"""The regions sheet: rows to changes.

In: rows, the company. Out: changes and bad rows; of two neighbours both know it. Forbidden here:
taking a region away (records and people name it).
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from plans.company.ids import RegionId
from plans.company.model import Company, Depot, Region
from plans.company.register import Register, with_register
from plans.tables import fields
from plans.tables.changes import BadRow, Change
from plans.tables.drafts import Draft
from plans.tables.entries import built, needs, not_twice
from plans.tables.identity import Identity, identify
from plans.tables.known import Known
from plans.tables.sheets import Row
from plans.text import Text, WordedError
from plans.yaml_source import worded

NAME_LIMIT: Final = 60
_REGION: Final = Text(zh="个区域", en="region")
_HALF_A_DEPOT: Final = Text(
    zh="配送站要同时写名称、纬度、经度", en="a depot needs name, latitude and longitude"
)


def plan_regions(
    rows: Sequence[Row], company: Company, fresh: Iterator[str], _: date
) -> tuple[list[Change], list[BadRow]]:
    drafts = [_draft(row) for row in rows]
    known = {
        id_: Identity(fields.folded(region.name.zh), "", frozenset(), region.name.zh)
        for id_, region in company.regions.items()
    }
    planned: dict[RegionId, Draft] = {}
    for id_, group in identify(drafts, known, fresh, own_phones=False).items():
        for draft in not_twice(group, _REGION)[:1]:
            planned[id_] = draft
    _new = {id_: _built(draft, company.regions.get(id_)) for id_, draft in planned.items()}
    new = {id_: region for id_, region in _new.items() if region is not None}
    _neighbours(new, planned, company)
    changes = []
    for id_, region in new.items():
        draft_of = planned.get(id_)
        if draft_of is None or draft_of.good:
            rows_of = (draft_of.row,) if draft_of is not None else ()
            changes.append(Change("regions", id_, company.regions.get(id_), region, rows_of))
    return changes, [draft.bad_row for draft in drafts if not draft.good]


def _draft(row: Row) -> Draft:
    draft = Draft(row)
    draft.id = draft.read("id", fields.entry_id)
    name = draft.read("name", lambda text: fields.short(text, NAME_LIMIT))
    english = draft.read("english", lambda text: fields.short(text, NAME_LIMIT))
    if draft.id is None:
        needs(draft, "name", "名称", "the name")
    draft.name = fields.folded(name or "")
    draft.sets = {"name": name, "english": english, "depot": _depot(draft)}
    return draft


def _depot(draft: Draft) -> Depot | None:
    name = draft.read("depot", lambda text: fields.short(text, NAME_LIMIT))
    english = draft.read("depot_english", lambda text: fields.short(text, NAME_LIMIT))
    lat = draft.read("lat", lambda text: fields.degrees(text, 90))
    lon = draft.read("lon", lambda text: fields.degrees(text, 180))
    if name is not None and lat is not None and lon is not None:
        return Depot(name=Text(zh=name, en=english or name), lat=lat, lon=lon)
    if draft.good and (name, lat, lon) != (None, None, None):
        draft.wrong(_HALF_A_DEPOT)
    return None


def _built(draft: Draft, old: Region | None) -> Region | None:
    name, english = draft.sets.pop("name"), draft.sets.pop("english")
    if old is None:
        needs(draft, "name", "名称", "the name")
    if not draft.good:
        return None
    zh = name or (old.name.zh if old else "")
    en = english or (old.name.en if old and old.name.en != old.name.zh else zh)
    draft.sets["name"] = Text(zh=str(zh), en=str(en))
    if draft.sets["depot"] is None:
        draft.sets.pop("depot")
    return built(Region, old, [draft])


def _neighbours(
    new: dict[RegionId, Region], planned: dict[RegionId, Draft], company: Company
) -> None:
    """Change `new` so that every two neighbours name each other. A region whose row says nothing
    of neighbours follows what the others say."""
    known = Known(with_register(company, Register(regions=new)))
    regions = dict(known.company.regions)
    said: dict[RegionId, tuple[RegionId, ...]] = {}
    for id_, draft in planned.items():
        if id_ in new and draft.says("neighbours"):
            said[id_] = _named(draft, id_, known)
    for id_, names in said.items():
        regions[id_] = regions[id_].model_copy(update={"neighbours": names})
        for other in regions:
            if other != id_ and other not in planned.keys() & said.keys():
                regions[other] = _with(regions[other], id_, other in names)
            elif other in names and id_ not in said[other]:
                regions[other] = _with(regions[other], id_, True)
    for id_, region in regions.items():
        if id_ in new or region != company.regions.get(id_):
            new[id_] = region


def _with(region: Region, other: RegionId, there: bool) -> Region:
    kept = [name for name in region.neighbours if name != other or there]
    if there and other not in kept:
        kept.append(other)
    return region.model_copy(update={"neighbours": tuple(kept)})


def _named(draft: Draft, id_: RegionId, known: Known) -> tuple[RegionId, ...]:
    if fields.clears(draft.says("neighbours")):
        return ()
    found: list[RegionId] = []
    for name in fields.names(draft.says("neighbours"), NAME_LIMIT):
        try:
            found.append(known.region(name))
        except WordedError as error:
            draft.wrong(error.text, "neighbours")
    if id_ in found:
        draft.wrong(worded("不能与自己相邻", "a region is not its own neighbour"), "neighbours")
    return tuple(dict.fromkeys(found))
