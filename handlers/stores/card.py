"""Card: one thing in one store: how many, kept for whom, kept by whom, changed by whom.

In: buttons, words typed after them. Out: the card; a count, a minimum or a keeper changed.
Forbidden here: promising anything.
"""

from telegram import Update

from handlers.awaited import await_words
from handlers.buttons import Pressed, button, mark_of, marked
from handlers.catalogue import Html, say
from handlers.context import Context
from handlers.records.change_log import LoggedChange, latest_changes
from handlers.stores import keeping, lacking
from handlers.stores.goods import may_define
from handlers.stores.screens import keeper_lines
from handlers.stores.shelves import may_change, shelf_mark, shelf_of
from handlers.telling.happening import Reader
from handlers.telling.stock import goods_named, mark_of_state, who_has
from plans.counts import read_number
from plans.model import PersonId
from plans.stock import Holding
from storage.delivery import Button, Message

KEEPERS_SHOWN = 8
CHANGES_SHOWN = 12
NOBODY = "-"
_NUMBERS: dict[str, keeping.What] = {"count": "count", "least": "minimum"}


async def card(context: Context, holding: Holding) -> Message:
    reader = await _now(context)
    held = reader.roster.holding(holding.region, holding.goods)
    buttons = _buttons(context, held) if context.speaker.private else ()
    return Message(text=Html("\n".join(_lines(held, reader))), buttons=buttons)


async def on_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    """A button under a card."""
    what, mark, value = pressed.args
    roster = context.speaker.roster
    held = shelf_of(roster, mark)
    if held is None or what not in ("show", "log", "keeper", "by", *_NUMBERS):
        context.refuse(update, "refusals.old_button")
    elif what == "show":
        context.toast(update)
        await context.reply(await card(context, held))
    elif what == "log":
        context.toast(update)
        await context.reply(await _log(context, held))
    elif not may_change(roster, context.speaker.person, held):
        context.refuse(update, "stock.not_yours")
    elif not context.speaker.private:
        context.refuse(update, "refusals.private_only")
    elif what == "keeper":
        context.toast(update)
        await context.reply(_whom(context, held))
    elif what == "by":
        await _set_keeper(update, context, held, value)
    else:
        context.toast(update)
        await_words(context.turn, context.speaker.person, "stock_number", what, mark)
        goods = goods_named(held.goods, context.reader)
        await context.say(f"stock.type_{what}", goods=goods)


async def hear_number(context: Context, args: tuple[str, ...], text: str) -> bool:
    """A count or a minimum. False for what is no number and may be news."""
    what, mark = args
    turn, speaker = context.turn, context.speaker
    found, number = shelf_of(speaker.roster, mark), read_number(text)
    if found is None or not may_change(speaker.roster, speaker.person, found):
        await context.say("stock.not_yours")
        return True
    if number is None:
        if not any(c.isdigit() for c in text):
            return False
        await_words(turn, speaker.person, "stock_number", what, mark)
        await context.say("stock.no_number")
        return True
    held = await keeping.holding_of(turn, speaker.roster, found.region, found.goods)
    if what == "count":
        counted = await keeping.count(turn, held, number, speaker.person)
        if counted.lacking != held.lacking:
            await lacking.tell(context, counted)
    else:
        await keeping.change(turn, held, _NUMBERS[what], number, speaker.person)
    await context.reply(await card(context, held))
    return True


async def _set_keeper(update: Update, context: Context, held: Holding, value: str) -> None:
    """A person, or again whoever keeps the region's store."""
    roster, turn, speaker = context.speaker.roster, context.turn, context.speaker
    person = marked(roster.company.people, value)
    if value != NOBODY and (person is None or not roster.is_active(person)):
        context.refuse(update, "refusals.old_button")
        return
    context.toast(update)
    known = await keeping.holding_of(turn, roster, held.region, held.goods)
    changed = await keeping.change(turn, known, "keeper", person, speaker.person)
    if changed.keeper not in (known.keeper, None, speaker.person):
        await _tell_keeper(context, changed)
    await context.reply(await card(context, held))


async def _tell_keeper(context: Context, held: Holding) -> None:
    by = context.speaker.person
    await context.letters.person(
        held.keeper or "",
        lambda r: Message(
            text=say(
                r.lang,
                "stock.keeper_told",
                name=r.name(by),
                goods=goods_named(held.goods, r),
                region=r.region(held.region),
            )
        ),
    )


async def _now(context: Context) -> Reader:
    """The roster with what this turn has changed."""
    roster = await context.desk.roster(context.turn)
    return Reader(roster, context.speaker.lang, context.turn.at)


def _lines(held: Holding, reader: Reader) -> list[Html]:
    lang, goods = reader.lang, reader.roster.company.goods[held.goods]
    about = [reader.region(held.region)]
    about += [say(lang, f"stock.kind_{goods.kind}")] if goods.kind != "goods" else []
    about += [say(lang, f"stock.class_{goods.class_}")] if goods.class_ != "ordinary" else []
    head = {"mark": mark_of_state(held), "goods": goods.name, "about": " · ".join(about)}
    lines = [say(lang, "stock.card", **head)]
    numbers = {"count": held.count, "free": held.free, "minimum": held.minimum}
    shown = {key: reader.amount(held.goods, number) for key, number in numbers.items()}
    lines.append(say(lang, "stock.card_count", **shown))
    if held.reserved:
        lines.append(say(lang, "stock.card_kept", kept=lacking.kept_for(held, reader)))
    lines += keeper_lines(reader, held.region, held)
    if held.counted_at is not None:
        values = {"name": reader.author(held.counted_by), "time": reader.time(held.counted_at)}
        lines.append(say(lang, "stock.card_counted", **values))
    if held.is_low or not held.free:
        lines.append(say(lang, "stock.card_elsewhere"))
        lines += who_has(held.goods, held.region, reader, elsewhere=True)
    return lines


def _buttons(context: Context, held: Holding) -> tuple[tuple[Button, ...], ...]:
    lang, mark = context.speaker.lang, shelf_mark(held)

    def do(what: str) -> Button:
        return button(say(lang, f"stock.do_{what}"), "shelf", what, mark, NOBODY)

    back = button(
        say(lang, "stock.do_region", region=context.reader.region(held.region)),
        "stores",
        mark_of(held.region),
        0,
    )
    rows: tuple[tuple[Button, ...], ...] = ((do("log"), back),)
    if may_change(context.speaker.roster, context.speaker.person, held):
        rows = ((do("count"), do("least"), do("keeper")), *rows)
    if may_define(context.speaker.roster, context.speaker.person):
        goods = button(say(lang, "stock.do_goods"), "goods", "show", mark_of(held.goods), NOBODY)
        rows = (*rows, (goods,))
    return rows


def _whom(context: Context, held: Holding) -> Message:
    """Whoever has a role in the region; whoever counts stock comes first."""
    roster, reader = context.speaker.roster, context.reader
    people = [p for p in roster.company.people if _is_near(context, p, held)]
    people.sort(key=lambda p: not roster.may(p, "stock", held.region))
    mark = shelf_mark(held)
    rows = [
        (button(reader.name_and_role(p), "shelf", "by", mark, mark_of(p)),)
        for p in people[:KEEPERS_SHOWN]
    ]
    nobody = say(reader.lang, "stock.keeper_by_role")
    rows.append((button(nobody, "shelf", "by", mark, NOBODY),))
    text = say(reader.lang, "stock.whose", goods=goods_named(held.goods, reader))
    return Message(text=text, buttons=tuple(rows))


def _is_near(context: Context, person: PersonId, held: Holding) -> bool:
    roster = context.speaker.roster
    own = any(post.region == held.region for post in roster.roles_of(person))
    return own and roster.is_active(person) and person != held.keeper


async def _log(context: Context, held: Holding) -> Message:
    """The last changes, the latest first."""
    reader = await _now(context)
    changes = await latest_changes(context.turn, keeping.subject_of(held), CHANGES_SHOWN)
    values = {"goods": goods_named(held.goods, reader), "region": reader.region(held.region)}
    lines = [say(reader.lang, "stock.log", **values)]
    lines += [_change(one, reader) for one in changes]
    lines += [] if changes else [say(reader.lang, "stock.log_empty")]
    back = button(say(reader.lang, "stock.do_back"), "shelf", "show", shelf_mark(held), NOBODY)
    return Message(text=Html("\n".join(lines)), buttons=((back,),))


def _change(one: LoggedChange, reader: Reader) -> Html:
    by_name = one.what == "keeper"
    nobody = say(reader.lang, "stock.by_role").unescape()
    before, after = (
        (reader.name(id_) if id_ else nobody) if by_name else id_ for id_ in (one.before, one.after)
    )
    return say(
        reader.lang,
        f"stock.log_{one.what}",
        time=reader.time(one.at),
        name=reader.author(one.by),
        before=before,
        after=after,
        number=one.incident or "",
    )
