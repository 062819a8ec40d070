"""Listing: /stores and the buttons under its lists.

In: a command, buttons. Out: a list, a card, counts taken in. Forbidden here: how they look (see
`screens`).
"""

import re

from telegram import Update

from handlers.awaited import await_words
from handlers.buttons import Pressed
from handlers.context import Context
from handlers.paging import page_number
from handlers.stores import counting, screens
from handlers.stores.card import card
from handlers.stores.shelves import may_count, own_regions, region_of
from handlers.typed import command_of
from plans.directory.goods import find_goods
from plans.model import RegionId
from plans.tables.fields import folded


async def on_stores(update: Update, context: Context) -> None:
    """`/stores`: one's own store, or the list of them. With a region, with goods, or with counts
    behind it: that."""
    _, typed = command_of(update.effective_message)
    if typed:
        await _typed(context, typed)
        return
    own = own_regions(context.speaker.roster, context.speaker.person)
    reader = context.reader
    shown = screens.of_region(context, reader, own[0], 0) if len(own) == 1 else None
    await context.reply(shown or screens.regions(context, reader))


async def on_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    """Another page, another region, or to count."""
    what, page = pressed.args
    region = region_of(context.speaker.roster, what)
    if region is None and what != screens.ALL:
        context.refuse(update, "refusals.old_button")
    elif region is None:
        context.toast(update)
        await context.reply(screens.regions(context, context.reader))
    elif page == screens.COUNT:
        await _ask_counts(update, context, region)
    else:
        context.toast(update)
        page_shown = page_number(page)
        await context.reply(screens.of_region(context, context.reader, region, page_shown))


async def _ask_counts(update: Update, context: Context, region: RegionId) -> None:
    speaker = context.speaker
    if not may_count(speaker.roster, speaker.person, region):
        context.refuse(update, "stock.not_yours")
        return
    if not speaker.private:
        context.refuse(update, "refusals.private_only")
        return
    context.toast(update)
    await_words(context.turn, speaker.person, "stock_counts", region)
    await context.say("stock.type_counts", region=context.reader.region(region))


def _split_region(context: Context, typed: str) -> tuple[RegionId | None, str]:
    """The region whose name stands in front, and what stands behind it."""
    first, rest, *_ = *re.split(r"[\s:：,，]+", typed, maxsplit=1), ""
    for id_, region in context.speaker.roster.company.regions.items():
        names = (id_, folded(region.name.zh), folded(region.name.en))
        if folded(typed) in names:
            return id_, ""
        if folded(first) in names:
            return id_, rest.strip()
    return None, typed


async def _typed(context: Context, typed: str) -> None:
    roster, reader = context.speaker.roster, context.reader
    region, rest = _split_region(context, typed)
    if region is not None and (not rest or not await counting.take_typed(context, rest, region)):
        await context.reply(screens.of_region(context, reader, region, 0))
    if region is not None:
        return
    goods = set(find_goods(roster.company, typed))
    found = [h for (_, what), h in roster.holdings.items() if what in goods]
    if len(found) == 1:
        await context.reply(await card(context, found[0]))
    elif found:
        await context.reply(screens.of_goods(reader, found))
    elif not await counting.take_typed(context, typed):
        await context.say("stock.not_found", query=typed[:40])
