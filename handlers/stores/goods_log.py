"""The goods' log: who has changed what about goods in the register, and when.

In: goods as they were and are. Out: the differences on record; a screen of the last ones. Forbidden
here: making the change; how many there are (see `keeping`).
"""

from typing import Literal, get_args

from handlers.buttons import button, mark_of
from handlers.catalogue import Html, say
from handlers.context import Context
from handlers.records.change_log import LoggedChange, latest_changes, log_change
from handlers.telling.happening import Reader
from plans.company import Goods
from plans.model import GoodsId, PersonId
from plans.tables.fields import GOODS_CLASS_NAMES, GOODS_KIND_NAMES
from plans.text import Lang
from storage.delivery import Message
from storage.port import Turn

Field = Literal["name", "unit", "kind", "class_"]
FIELDS: tuple[Field, ...] = get_args(Field)
ENTERED, RETIRED = "entered", "retired"
CHANGES_SHOWN = 12
NOTHING = "-"


async def log_differences(
    turn: Turn, id_: GoodsId, before: Goods | None, after: Goods | None, by: PersonId | None
) -> None:
    """Put on record what is different: each field; or that they are new, or no more."""
    if before is None or after is None:
        found = [(RETIRED if after is None else ENTERED, "", "")]
    else:
        both = [(field, getattr(before, field), getattr(after, field)) for field in FIELDS]
        found = [(field, was, now) for field, was, now in both if was != now]
    for what, was, now in found:
        one = LoggedChange(at=turn.at, by=by, what=what, before=was, after=now)
        await log_change(turn, _subject(id_), one)


async def log_of(context: Context, id_: GoodsId, goods: Goods) -> Message:
    """The last changes, the latest first."""
    reader = context.reader
    changes = await latest_changes(context.turn, _subject(id_), CHANGES_SHOWN)
    lines = [say(reader.lang, "stock.goods_log", goods=goods.name)]
    lines += [_line(one, reader) for one in changes] or [say(reader.lang, "stock.log_empty")]
    back = button(say(reader.lang, "stock.do_back"), "goods", "show", mark_of(id_), NOTHING)
    return Message(text=Html("\n".join(lines)), buttons=((back,),))


def _subject(id_: GoodsId) -> str:
    return f"goods/{id_}"


def _line(one: LoggedChange, reader: Reader) -> Html:
    before, after = (_words(one.what, said, reader.lang) for said in (one.before, one.after))
    return say(
        reader.lang,
        f"stock.goods_log_{one.what.rstrip('_')}",
        time=reader.time(one.at),
        name=reader.author(one.by),
        before=before,
        after=after,
    )


def _words(what: str, said: str, lang: Lang) -> str:
    for kind, name in GOODS_KIND_NAMES.items() if what == "kind" else ():
        if kind == said:
            return name.in_(lang)
    for class_, name in GOODS_CLASS_NAMES.items() if what == "class_" else ():
        if class_ == said:
            return name.in_(lang)
    return said or "—"
