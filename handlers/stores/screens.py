"""Screens: the regions with a store, what lies in one, where some goods lie.

In: what somebody asked to see. Out: lists with a button for each entry. Forbidden here: changing a
count (see `counting`).
"""

from collections.abc import Sequence

from handlers.buttons import button, mark_of
from handlers.catalogue import Html, say
from handlers.context import Context
from handlers.paging import arrows, page_of, pages
from handlers.stores.goods import NEW, may_define
from handlers.stores.shelves import may_count, shelf_mark, stored_in
from handlers.telling.happening import Reader
from handlers.telling.stock import goods_named, holding_line, in_region, low_first
from plans.model import RegionId
from plans.stock import Holding
from storage.delivery import Button, Message

Rows = tuple[tuple[Button, ...], ...]

ALL, COUNT = "all", "count"
FOUND_SHOWN = 12
REGIONS_SHOWN = 80
LABEL = 30
KEEPERS_SHOWN = 2


def regions(context: Context, reader: Reader) -> Message:
    """Every region with a store, and how many things are low there."""
    found = stored_in(reader.roster)
    new = button(say(reader.lang, "stock.do_new"), "goods", NEW, "-", "-")
    defines = context.speaker.private and may_define(reader.roster, context.speaker.person)
    foot = ((new,),) if defines else ()
    if not found:
        return Message(text=say(reader.lang, "stock.none"), buttons=foot)
    buttons = [_region_button(region, reader) for region in found[:REGIONS_SHOWN]]
    low = sum(h.is_low for h in reader.roster.holdings.values())
    head = say(reader.lang, "stock.head_all", count=len(found), low=low)
    return Message(text=head, buttons=(*_pairs(buttons), *foot))


def for_which(mine: Sequence[RegionId], reader: Reader) -> Message:
    """Whoever keeps several stores says which one they have counted."""
    buttons = [button(reader.region(one), "stores", mark_of(one), COUNT) for one in mine]
    text = say(reader.lang, "stock.for_which")
    return Message(text=text, buttons=_pairs(buttons[:REGIONS_SHOWN]))


def of_region(context: Context, reader: Reader, region: RegionId, page: int) -> Message:
    """What lies in the region's store, what is low first. `reader` has the roster as it is now."""
    speaker, lang = context.speaker, reader.lang
    held = in_region(reader.roster, region)
    shown, last = page_of(held, page), pages(len(held))
    low = sum(h.is_low for h in held)
    head = say(lang, "stock.head", region=reader.region(region), count=len(held), low=low)
    if last > 1:
        head = Html(f"{head} ({min(page, last - 1) + 1}/{last})")
    lines = [head, *keeper_lines(reader, region), *(holding_line(h, reader) for h in shown)]
    rows = _pairs([shelf_button(h, reader) for h in shown])
    mark = mark_of(region)
    row = arrows(len(held), page, lambda label, to: button(label, "stores", mark, to))
    foot = [button(say(lang, "stock.do_regions"), "stores", ALL, 0)]
    if speaker.private and may_count(speaker.roster, speaker.person, region):
        foot.insert(0, button(say(lang, "stock.do_count"), "stores", mark, COUNT))
    rows = (*rows, row) if row else rows
    return Message(text=Html("\n".join(lines)), buttons=(*rows, tuple(foot)))


def keeper_lines(reader: Reader, region: RegionId, held: Holding | None = None) -> list[Html]:
    """Whom to call about a store, or about one thing in it; or that nobody keeps it."""
    keepers = reader.roster.store_keepers(region, held)[:KEEPERS_SHOWN]
    if not keepers:
        return [say(reader.lang, "stock.no_keeper")]
    return [
        say(reader.lang, "stock.card_keeper", name=reader.name(one), phone=reader.phone(one))
        for one in keepers
    ]


def of_goods(reader: Reader, found: Sequence[Holding]) -> Message:
    """Where the goods lie, region by region."""
    shown = low_first(found)[:FOUND_SHOWN]
    lines = [say(reader.lang, "stock.found", count=len(found))]
    lines += [Html(f"{reader.region(h.region)} {holding_line(h, reader)}") for h in shown]
    buttons = [shelf_button(h, reader, reader.region(h.region)) for h in shown]
    return Message(text=Html("\n".join(lines)), buttons=_pairs(buttons))


def shelf_button(holding: Holding, reader: Reader, before: str = "") -> Button:
    label = f"{before} {goods_named(holding.goods, reader)}".strip()
    return button(label[:LABEL], "shelf", "show", shelf_mark(holding), "-")


def _region_button(region: RegionId, reader: Reader) -> Button:
    low = sum(h.is_low or bool(h.lacking) for h in in_region(reader.roster, region))
    mark = f" ⚠️{low}" if low else ""
    return button(f"{reader.region(region)}{mark}", "stores", mark_of(region), 0)


def _pairs(buttons: Sequence[Button]) -> Rows:
    """Two a row."""
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
