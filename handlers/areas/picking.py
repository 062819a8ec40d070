"""Picking: an area put together by ticking regions and routes, in one message.

In: what is ticked so far and what was pressed. Out: what is ticked then; its buttons. Forbidden
here: storing it, Telegram, trusting what a button carries.
"""

from collections.abc import Callable, Sequence
from typing import Literal

from handlers.areas.parts import Part, parts_of
from handlers.areas.shown import show_area
from handlers.catalogue import Html, say
from handlers.paging import PAGE, arrows, page_number, page_of
from plans.area import Area
from plans.company import Company
from plans.incident import FactValue
from plans.model import RegionId
from plans.text import Lang
from storage.delivery import Button
from storage.document import Document

# Two fit side by side on a narrow phone.
SHORT = 10

Press = Callable[[str, str], Button]


class Pick(Document):
    """What is ticked, and which list is shown: regions, routes, or those that a typed name could
    mean (`found`, marks)."""

    regions: tuple[RegionId, ...] = ()
    routes: tuple[str, ...] = ()
    view: Literal["regions", "routes", "found"] = "regions"
    page: int = 0
    found: tuple[str, ...] = ()

    @classmethod
    def of(cls, known: FactValue | None) -> "Pick":
        """Begun from what is known."""
        if not isinstance(known, Area):
            return cls()
        return cls(regions=known.regions, routes=known.routes)

    @classmethod
    def among(cls, marks: Sequence[str]) -> "Pick":
        """Begun from what a typed name could mean."""
        return cls(view="found", found=tuple(marks)[:PAGE]) if marks else cls()

    @property
    def area(self) -> Area | None:
        """What is ticked; None as long as nothing is."""
        if not self.regions and not self.routes:
            return None
        return Area(regions=self.regions, routes=self.routes)

    def has(self, part: Part) -> bool:
        return part.id in (self.regions if part.kind == "region" else self.routes)


def take(pick: Pick, what: str, company: Company) -> Pick | Area | None:
    """What a press means: the picker as it is then, the area confirmed, or None for a button that
    means nothing (any more)."""
    match what:
        case "ok":
            return pick.area
        case "all":
            return Pick(regions=tuple(company.regions))
        case "none":
            return Pick()
        case "regions" | "routes":
            return pick.model_copy(update={"view": what, "page": 0})
    if what.startswith("p") and what[1:].isdecimal():
        return pick.model_copy(update={"page": page_number(what[1:])})
    part = next((one for one in parts_of(company) if one.mark == what), None)
    return None if part is None else _toggled(pick, part, company)


def _toggled(pick: Pick, part: Part, company: Company) -> Pick:
    """Ticked, or not any more, in the company's order."""
    ticked = {one for one in parts_of(company) if pick.has(one) != (one == part)}
    in_order = [one for one in parts_of(company) if one in ticked]
    return pick.model_copy(
        update={
            "regions": tuple(one.id for one in in_order if one.kind == "region"),
            "routes": tuple(one.id for one in in_order if one.kind == "route"),
        }
    )


def line(pick: Pick, company: Company, lang: Lang) -> Html:
    """What is ticked, in words."""
    if pick.area is None:
        return say(lang, "areas.hint")
    return say(lang, "areas.picked", area=show_area(pick.area, company, lang))


def rows(pick: Pick, company: Company, lang: Lang, press: Press) -> list[tuple[Button, ...]]:
    """The buttons: a page of toggles, the other list, the whole company, to confirm."""
    listed = _listed(pick, company)
    toggles = [
        press(f"{'✅' if pick.has(one) else '⬜'} {one.name(company, lang)}", one.mark)
        for one in page_of(listed, pick.page)
    ]
    width = 2 if all(len(one.text) <= SHORT for one in toggles) else 1
    found = [tuple(toggles[i : i + width]) for i in range(0, len(toggles), width)]
    turn = arrows(len(listed), pick.page, lambda label, page: press(label, f"p{page}"))
    found += [turn] if turn else []
    found.append(_others(pick, company, lang, press))
    if pick.area is not None:
        area = show_area(pick.area, company, lang)
        found.append((press(say(lang, "areas.ok", area=area).unescape(), "ok"),))
    return [row for row in found if row]


def _listed(pick: Pick, company: Company) -> list[Part]:
    parts = parts_of(company)
    if pick.view == "found":
        return [one for one in parts if one.mark in pick.found]
    kind = "region" if pick.view == "regions" else "route"
    return [one for one in parts if one.kind == kind]


def _others(pick: Pick, company: Company, lang: Lang, press: Press) -> tuple[Button, ...]:
    """To the other list, and everything at once or nothing."""
    row = []
    if pick.view != "regions":
        row.append(press(say(lang, "areas.by_region").unescape(), "regions"))
    if pick.view != "routes" and any(one.kind == "route" for one in parts_of(company)):
        row.append(press(say(lang, "areas.by_route").unescape(), "routes"))
    everything = set(company.regions) <= set(pick.regions)
    key, what = ("areas.nothing", "none") if everything else ("areas.everything", "all")
    row.append(press(say(lang, key).unescape(), what))
    return tuple(row)
