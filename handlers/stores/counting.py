"""Counting: how much lies in a store, typed by whoever has counted it.

In: lines typed after a button or a command. Out: counts on record, and what could not be read; a
store that has less than is promised told of. Forbidden here: counting for a store that is not the
speaker's.
"""

from handlers.awaited import await_words
from handlers.catalogue import Html, plain, say
from handlers.context import Context
from handlers.incidents.involved import involved_in
from handlers.stores import keeping, lacking, screens
from handlers.stores.documents import HOLDINGS_LIMIT
from handlers.stores.shelves import may_change, may_count, own_regions
from handlers.telling.happening import Reader
from handlers.telling.stock import goods_named
from plans.counts import Counted, Unread, read_counts
from plans.model import RegionId
from plans.spoken import plans_meant
from plans.stock import Holding
from storage.delivery import Message

LINES_SHOWN = 20
UNREAD_SHOWN = 15
LACKING_TOLD = 10


async def hear_counts(context: Context, args: tuple[str, ...], text: str) -> bool:
    """Counts for the region. More may follow; False for what is no count and may be news."""
    (region,) = args
    speaker = context.speaker
    if not may_count(speaker.roster, speaker.person, region):
        await context.say("stock.not_yours")
        return True
    read = read_counts(speaker.roster.company, text)
    if not any(isinstance(one, Counted) for one in read):
        news = plans_meant(context.desk.plans.values(), text)
        if news or (not read and await involved_in(context.turn, speaker)):
            return False
    await_words(context.turn, speaker.person, "stock_counts", region)
    if read:
        await take(context, region, read)
    else:
        await context.say("stock.type_counts", region=context.reader.region(region))
    return True


async def take_typed(context: Context, text: str, region: RegionId | None = None) -> bool:
    """Counts typed behind the command: for the region named with them; else for the region of the
    group they are typed in, or the one in which the speaker counts. False for what holds none."""
    speaker = context.speaker
    read = read_counts(speaker.roster.company, text)
    if not any(isinstance(one, Counted) for one in read):
        return False
    there = region or _region_here(context)
    if there is not None and may_count(speaker.roster, speaker.person, there):
        await take(context, there, read)
    elif region is not None or not await _for_own_store(context, read):
        await context.say("stock.not_yours")
    return True


def _region_here(context: Context) -> RegionId | None:
    """Of the group in which it is said; None in private, or in a group of the whole company."""
    roster = context.speaker.roster
    group = roster.group_by_chat(context.speaker.chat)
    return roster.company.groups_by_id[group].region if group is not None else None


async def hear_out_of_the_blue(context: Context, text: str) -> bool:
    """Counts that a keeper types without having been asked; False for what is anything else, or
    from anybody else."""
    read = read_counts(context.speaker.roster.company, text)
    if not read or not all(isinstance(one, Counted) for one in read):
        return False
    return await _for_own_store(context, read)


async def _for_own_store(context: Context, read: tuple[Counted | Unread, ...]) -> bool:
    """Take them, or ask for which store they are; False for somebody who keeps none of them."""
    roster, person = context.speaker.roster, context.speaker.person
    goods = [one.goods for one in read if isinstance(one, Counted)]
    mine = [
        region
        for region in own_regions(roster, person)
        if any(may_change(roster, person, roster.holding(region, one)) for one in goods)
    ]
    if len(mine) == 1:
        await take(context, mine[0], read)
    elif mine and not context.speaker.private:  # what is typed after a button is not heard there
        await context.say("stock.for_which_region", region=context.reader.region(mine[0]))
    elif mine:
        await context.reply(screens.for_which(mine, context.reader))
    return bool(mine)


async def take(context: Context, region: RegionId, read: tuple[Counted | Unread, ...]) -> None:
    """Put what could be read and is the speaker's to count on record, and say what is not."""
    turn, speaker, lang = context.turn, context.speaker, context.speaker.lang
    changed: list[tuple[Holding, Holding]] = []
    not_theirs: list[Holding] = []
    full = len(speaker.roster.holdings) >= HOLDINGS_LIMIT
    for one in read:
        if isinstance(one, Counted):
            held = await keeping.holding_of(turn, speaker.roster, region, one.goods)
            if not may_change(speaker.roster, speaker.person, held):
                not_theirs.append(held)
            elif not full or (region, one.goods) in speaker.roster.holdings:
                changed.append((held, await keeping.count(turn, held, one.count, speaker.person)))
    reader = Reader(await context.desk.roster(turn), lang, turn.at)
    lines = [say(lang, "stock.counted", region=reader.region(region))]
    lines += [_line(before, after, reader) for before, after in changed[:LINES_SHOWN]]
    unread = [one for one in read if isinstance(one, Unread)]
    lines += [plain(f"❓ {one.line[:40]}: {one.why.in_(lang)}") for one in unread[:UNREAD_SHOWN]]
    for held in not_theirs[:UNREAD_SHOWN]:
        lines.append(say(lang, "stock.line_not_yours", goods=goods_named(held.goods, reader)))
    left = max(0, len(changed) - LINES_SHOWN)
    left += sum(max(0, len(some) - UNREAD_SHOWN) for some in (unread, not_theirs))
    lines += [say(lang, "stock.more_lines", count=left)] if left else []
    lines += [say(lang, "stock.full", count=HOLDINGS_LIMIT)] if full else []
    await context.reply(Message(text=Html("\n".join(lines))))
    short = [after for before, after in changed if after.lacking != before.lacking]
    for holding in short[:LACKING_TOLD]:
        await lacking.tell(context, holding)
    if speaker.private:  # in a group all that lies there would push away what others are told
        await context.reply(screens.of_region(context, reader, region, 0))


def _line(before: Holding, after: Holding, reader: Reader) -> Html:
    return say(
        reader.lang,
        "stock.counted_line" if before.count != after.count else "stock.counted_same",
        mark="⚠️" if after.is_low else "✅",
        goods=goods_named(after.goods, reader),
        before=before.count,
        count=reader.amount(after.goods, after.count),
    )
