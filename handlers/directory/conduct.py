"""Conduct: what is known of a customer that decides what they are given: grade, order days, whether
they keep the law and sell at marked prices, whether they are served first.

In: buttons, a grade typed. Out: the customer changed, with who and when on record, and whoever
looks after them told. Forbidden here: judging a request (the plans do).
"""

from collections import Counter
from typing import Literal, get_args

from telegram import Update

from handlers.awaited import await_words
from handlers.buttons import Pressed, button, mark_of, marked
from handlers.catalogue import Html, plain, say
from handlers.context import Context
from handlers.records.change_log import LoggedChange, latest_changes, log_change
from handlers.records.registers import CUSTOMERS, RegisteredCustomer
from handlers.telling.happening import Reader
from plans.company import WEEKDAYS, Company, Customer
from plans.model import CustomerId, PersonId
from plans.roster import Roster
from plans.tables.customers import GRADE_LIMIT
from plans.tables.fields import WEEKDAY_NAMES, short
from plans.text import WordedError
from storage.delivery import Button, Message, Urgency
from storage.port import SLOTS, Turn

Flag = Literal["lawful", "honest_prices", "key"]
FLAGS: tuple[Flag, ...] = get_args(Flag)
LOGGED = (*FLAGS, "grade", "order_days")
GRADES_SHOWN = 6
CHANGES_SHOWN = 12
YES, NO = "yes", "no"


def may_set(roster: Roster, person: PersonId, customer: Customer) -> bool:
    """Those whose work the customers of that region are."""
    return roster.may(person, "customers", customer.region)


def conduct_lines(customer: Customer, reader: Reader) -> list[Html]:
    """For the customer's card: what is out of the ordinary, and when they order."""
    lang, lines = reader.lang, []
    if customer.order_days:
        lines.append(say(lang, "conduct.order_days", days=days_of(customer, reader)))
    lines += [say(lang, "conduct.is_key")] if customer.key else []
    lines += [] if customer.lawful else [say(lang, "conduct.unlawful")]
    lines += [] if customer.honest_prices else [say(lang, "conduct.dishonest")]
    return lines


def days_of(customer: Customer, reader: Reader) -> str:
    names = (WEEKDAY_NAMES[day].in_(reader.lang) for day in customer.order_days)
    return ("、" if reader.lang == "zh" else ", ").join(names)


async def on_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    """Show it, change one thing, or show what was changed."""
    what, mark, value = pressed.args
    roster = context.speaker.roster
    id_ = marked(roster.company.customers, mark)
    if id_ is None or what not in ("show", "log", "grade", "day", *FLAGS):
        context.refuse(update, "refusals.old_button")
        return
    if not may_set(roster, context.speaker.person, roster.company.customers[id_]):
        context.refuse(update, "directory.not_yours")
        return
    context.toast(update)
    if what == "log":
        await context.reply(await _log(context, id_))
    elif what == "show":
        context.turn.remove(SLOTS, _slot(context))  # at the bottom of the chat, not further up
        await _show(context, id_)
    elif what == "grade" and value == "-":
        await_words(context.turn, context.speaker.person, "customer_grade", id_)
        await context.say("conduct.type_grade", name=roster.company.customers[id_].name)
    else:
        await _change(context, id_, _pressed(roster, id_, what, value))


async def hear_grade(context: Context, args: tuple[str, ...], text: str) -> None:
    """A grade that no other customer has yet."""
    (id_,) = args
    customer = context.speaker.roster.company.customers.get(id_)
    if customer is None or not may_set(context.speaker.roster, context.speaker.person, customer):
        await context.say("directory.not_yours")
        return
    try:
        grade = short(text, GRADE_LIMIT)
    except WordedError as error:
        await_words(context.turn, context.speaker.person, "customer_grade", id_)
        await context.reply(Message(text=plain(error.text.in_(context.speaker.lang))))
        return
    context.turn.remove(SLOTS, _slot(context))
    await _change(context, id_, {"grade": grade})


def _pressed(roster: Roster, id_: CustomerId, what: str, value: str) -> dict[str, object]:
    """What a button says is to be; nothing for what no button of ours says. A second tap says the
    same."""
    customer = roster.company.customers[id_]
    if what in FLAGS and value in (YES, NO):
        return {what: value == YES}
    if what == "grade":
        grade = marked(grades(roster.company), value)
        return {"grade": grade} if grade is not None else {}
    sign, day = value[:1], value[1:]
    if what != "day" or day not in WEEKDAYS or sign not in "+-":
        return {}
    wanted = {*customer.order_days, day} if sign == "+" else {*customer.order_days} - {day}
    return {"order_days": tuple(one for one in WEEKDAYS if one in wanted)}


def grades(company: Company) -> list[str]:
    """The grades there are, the most frequent first."""
    counted = Counter(c.grade for c in company.customers.values() if c.grade)
    return [grade for grade, _ in counted.most_common(GRADES_SHOWN)]


async def _change(context: Context, id_: CustomerId, update: dict[str, object]) -> None:
    turn, speaker = context.turn, context.speaker
    before = speaker.roster.company.customers[id_]
    after = before.model_copy(update=update)
    if after != before:
        turn.put(CUSTOMERS, RegisteredCustomer(id=id_, record=after))
        await log_differences(turn, id_, before, after, speaker.person)
        await _tell_manager(context, before, after)
    await _show(context, id_)


async def log_differences(
    turn: Turn, id_: CustomerId, before: Customer | None, after: Customer, by: PersonId | None
) -> None:
    """Put on record what is different; nothing of a customer that is new."""
    for what in LOGGED if before is not None else ():
        was, now = getattr(before, what), getattr(after, what)
        if was != now:
            said = (" ".join(one) if isinstance(one, tuple) else str(one) for one in (was, now))
            one = LoggedChange(at=turn.at, by=by, what=what, before=next(said), after=next(said))
            await log_change(turn, _subject(id_), one)


async def _tell_manager(context: Context, before: Customer, after: Customer) -> None:
    """Whoever looks after them has to know what they are refused from now on."""
    by, manager = context.speaker.person, after.manager
    changed = [flag for flag in FLAGS if getattr(before, flag) != getattr(after, flag)]
    if manager is None or manager == by or not changed:
        return

    def write(reader: Reader) -> Message:
        what = _said(changed[0], getattr(after, changed[0]), reader)
        values = {"name": reader.name(by), "customer": after.name, "what": what}
        return Message(text=say(reader.lang, "conduct.told", **values))

    await context.letters.person(manager, write, Urgency.NORMAL)


def _said(flag: str, value: object, reader: Reader) -> Html:
    return say(reader.lang, f"conduct.{flag}_{YES if value else NO}")


def _subject(id_: CustomerId) -> str:
    return f"customer/{id_}"


def _slot(context: Context) -> str:
    return f"screen/{context.speaker.chat}/conduct"


async def _show(context: Context, id_: CustomerId) -> None:
    """In place of what was shown before."""
    roster = await context.desk.roster(context.turn)
    reader = Reader(roster, context.speaker.lang, context.turn.at)
    message = _screen(id_, roster.company.customers[id_], reader)
    await context.letters.chat(context.speaker.chat, message, Urgency.URGENT, slot=_slot(context))


def _screen(id_: CustomerId, customer: Customer, reader: Reader) -> Message:
    lang, mark = reader.lang, mark_of(id_)
    lines = [say(lang, "conduct.head", name=customer.name, grade=customer.grade or "—")]
    days = days_of(customer, reader) or "—"
    lines.append(say(lang, "conduct.order_days", days=days))
    lines += [_said(flag, getattr(customer, flag), reader) for flag in FLAGS]

    def flag_button(flag: Flag) -> Button:
        target = NO if getattr(customer, flag) else YES
        return button(say(lang, f"conduct.set_{flag}_{target}"), "conduct", flag, mark, target)

    def day_button(day: str) -> Button:
        ordered = day in customer.order_days
        label = f"{'✅' if ordered else ''}{WEEKDAY_NAMES[day].in_(lang)}"  # type: ignore[index]
        return button(label, "conduct", "day", mark, f"{'-' if ordered else '+'}{day}")

    others = [grade for grade in grades(reader.roster.company) if grade != customer.grade]
    graded = [button(grade, "conduct", "grade", mark, mark_of(grade)) for grade in others]
    graded.append(button(say(lang, "conduct.do_grade"), "conduct", "grade", mark, "-"))
    named = [day_button(day) for day in WEEKDAYS]
    log = button(say(lang, "stock.do_log"), "conduct", "log", mark, "-")
    rows = [(flag_button(flag),) for flag in FLAGS]
    rest = (named[:4], named[4:], graded[:4], graded[4:], [log])
    return Message(
        text=Html("\n".join(lines)), buttons=(*rows, *(tuple(row) for row in rest if row))
    )


async def _log(context: Context, id_: CustomerId) -> Message:
    reader = context.reader
    customer = reader.roster.company.customers[id_]
    changes = await latest_changes(context.turn, _subject(id_), CHANGES_SHOWN)
    lines = [say(reader.lang, "conduct.log", name=customer.name)]
    lines += [_logged(one, reader) for one in changes] or [say(reader.lang, "stock.log_empty")]
    return Message(text=Html("\n".join(lines)))


def _logged(one: LoggedChange, reader: Reader) -> Html:
    values = {"time": reader.time(one.at), "name": reader.author(one.by)}
    if one.what in FLAGS:
        what = _said(one.what, one.after == "True", reader)
        return say(reader.lang, "conduct.log_flag", what=what, **values)
    before, after = (_words(one.what, said, reader) for said in (one.before, one.after))
    return say(reader.lang, f"conduct.log_{one.what}", before=before, after=after, **values)


def _words(what: str, said: str, reader: Reader) -> str:
    if what != "order_days":
        return said or "—"
    names = [WEEKDAY_NAMES[day].in_(reader.lang) for day in WEEKDAYS if day in said.split()]
    return ("、" if reader.lang == "zh" else ", ").join(names) or "—"
