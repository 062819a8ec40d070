"""Goods: a kind of goods, a part or a tool entered in the chat, or set to be something else.

In: buttons, a name typed. Out: the goods register changed, on record. Forbidden here: how many
there are (see `counting`).
"""

from telegram import Update

from handlers.awaited import await_words
from handlers.buttons import Pressed, button, mark_of, marked
from handlers.catalogue import plain, say
from handlers.context import Context
from handlers.records.registers import GOODS, RegisteredGoods
from handlers.stores.goods_log import log_differences, log_of
from plans.company import GOODS_CLASSES, GOODS_KINDS, Goods
from plans.company.model import GOODS_LIMIT
from plans.model import GoodsId, PersonId
from plans.roster import Roster
from plans.tables.fields import GOODS_CLASS_NAMES, GOODS_KIND_NAMES, folded, short
from plans.tables.goods import UNIT_LIMIT
from plans.tables.people import NAME_LIMIT
from plans.text import WordedError
from storage.delivery import Button, Message

NEW, NOTHING = "new", "-"


def may_define(roster: Roster, person: PersonId) -> bool:
    """The register of goods is the whole company's: whoever counts stock company-wide, and
    administrators."""
    company_wide = {p.role for p in roster.roles_of(person) if p.region is None}
    roles = roster.company.roles
    counts = any("stock" in roles[role].may for role in company_wide if role in roles)
    return counts or person in roster.command() or person in roster.administrators()


async def on_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    """A new one, or something about one that there is."""
    what, mark, value = pressed.args
    speaker = context.speaker
    id_ = marked(speaker.roster.company.goods, mark)
    if not may_define(speaker.roster, speaker.person):
        context.refuse(update, "stock.goods_not_yours")
    elif what == NEW:
        context.toast(update)
        await_words(context.turn, speaker.person, "goods_new")
        await context.say("stock.type_goods")
    elif id_ is None or what not in ("show", "log", "kind", "class", "gone", "sure"):
        context.refuse(update, "refusals.old_button")
    elif what == "gone":
        context.toast(update)
        await context.reply(_surely(context, id_))
    elif what == "log":
        context.toast(update)
        await context.reply(await log_of(context, id_, speaker.roster.company.goods[id_]))
    else:
        context.toast(update)
        await _do(context, id_, what, value)


async def hear_new(context: Context, _: tuple[str, ...], text: str) -> None:
    """A name, and behind it what it is counted in."""
    turn, roster = context.turn, context.speaker.roster
    if not may_define(roster, context.speaker.person):
        await context.say("stock.goods_not_yours")
        return
    try:
        name, unit = _read(text)
    except WordedError as error:
        await_words(turn, context.speaker.person, "goods_new")
        await context.reply(Message(text=plain(error.text.in_(context.speaker.lang))))
        return
    known = roster.company.goods
    same = next((id_ for id_, g in known.items() if folded(g.name) == folded(name)), None)
    if same is not None:
        await context.reply(_card(context, same, known[same]))
    elif len(known) >= GOODS_LIMIT:
        await context.say("stock.goods_full", count=GOODS_LIMIT)
    else:
        await _enter(context, Goods(name=name, unit=unit))


def _read(text: str) -> tuple[str, str]:
    """“红枫 条”: the last word is what it is counted in. WordedError: too long."""
    *words, last = short(text, NAME_LIMIT + UNIT_LIMIT).split() or [""]
    if not words:
        return short(last, NAME_LIMIT), ""
    return short(" ".join(words), NAME_LIMIT), short(last, UNIT_LIMIT)


async def _enter(context: Context, goods: Goods) -> None:
    taken = context.speaker.roster.company.goods
    id_ = f"g_{await context.turn.next_number('goods')}"
    while id_ in taken:
        id_ = f"g_{await context.turn.next_number('goods')}"
    await _write(context, id_, None, goods)
    await context.reply(_card(context, id_, goods, "stock.goods_entered"))


async def _do(context: Context, id_: GoodsId, what: str, value: str) -> None:
    goods = context.speaker.roster.company.goods[id_]
    if what == "sure":
        await _write(context, id_, goods, None)
        await context.say("stock.goods_gone", goods=goods.name)
        return
    changed = goods
    if what == "kind" and value in GOODS_KINDS:
        changed = goods.model_copy(update={"kind": value})
    if what == "class" and value in GOODS_CLASSES:
        changed = goods.model_copy(update={"class_": value})
    if changed != goods:
        await _write(context, id_, goods, changed)
    await context.reply(_card(context, id_, changed))


async def _write(context: Context, id_: GoodsId, before: Goods | None, after: Goods | None) -> None:
    context.turn.put(GOODS, RegisteredGoods(id=id_, record=after))
    await log_differences(context.turn, id_, before, after, context.speaker.person)


def _card(context: Context, id_: GoodsId, goods: Goods, key: str = "stock.goods_card") -> Message:
    lang, mark = context.speaker.lang, mark_of(id_)

    def choice(label: str, what: str, value: str, *, chosen: bool) -> Button:
        return button(f"{'✅ ' if chosen else ''}{label}", "goods", what, mark, value)

    kinds = [
        choice(name.in_(lang), "kind", kind, chosen=goods.kind == kind)
        for kind, name in GOODS_KIND_NAMES.items()
    ]
    classes = [
        choice(name.in_(lang), "class", class_, chosen=goods.class_ == class_)
        for class_, name in GOODS_CLASS_NAMES.items()
    ]
    log = button(say(lang, "stock.do_log"), "goods", "log", mark, NOTHING)
    gone = button(say(lang, "stock.do_gone"), "goods", "gone", mark, NOTHING)
    text = say(lang, key, goods=goods.name, unit=goods.unit or "—")
    return Message(text=text, buttons=(tuple(kinds), tuple(classes), (log, gone)))


def _surely(context: Context, id_: GoodsId) -> Message:
    """Whatever lies in the stores of it is not shown any more, but not forgotten."""
    lang, goods = context.speaker.lang, context.speaker.roster.company.goods[id_]
    sure = button(say(lang, "directory.do_sure"), "goods", "sure", mark_of(id_), NOTHING)
    keep = button(say(lang, "directory.do_keep"), "goods", "show", mark_of(id_), NOTHING)
    return Message(text=say(lang, "stock.goods_sure", goods=goods.name), buttons=((sure, keep),))
