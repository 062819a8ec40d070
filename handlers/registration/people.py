"""/people: who waits to be let in, who is there, who has been writing from outside.

In: an administrator's command and presses. Out: lists, eight a page; everybody matched let in at
one press. Forbidden here: changing one person (see `person_card`).
"""

from telegram import Update

from handlers.buttons import Pressed, button, mark_of
from handlers.catalogue import Html, say
from handlers.context import Context
from handlers.documents import STRANGERS
from handlers.paging import page_number, paged
from handlers.registration import decisions
from handlers.registration.applications import show_to
from handlers.registration.documents import APPLICATIONS
from handlers.registration.register import account_of, told_apart
from handlers.registration.screen import show
from handlers.typed import command_of
from plans.company import PersonId
from plans.phone import digits_of
from plans.roster import Roster
from plans.text import Lang
from storage.delivery import Button, Message

# What was searched for travels in the buttons that turn the pages.
QUERY_LIMIT_BYTES = 40
BULK_LIMIT = 200


async def on_command(update: Update, context: Context) -> None:
    """The overview, or the people that the words behind the command name."""
    _, typed = command_of(update.effective_message)
    if typed:
        await _found(context, typed.replace(":", " "), 0, fresh=True)
    else:
        await _overview(context, 0, fresh=True)


async def on_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    what, value = pressed.args
    if what == "list":
        context.toast(update)
        await _overview(context, page_number(value))
    elif what == "all":
        context.toast(update)
        everybody = list(context.speaker.roster.company.people)
        await _list(context, everybody, page_number(value), "registration.everybody", "all")
    elif what == "wait":
        await _application(update, context, value)
    elif what == "bulk":
        await _approve_matched(update, context)
    else:
        context.refuse(update, "refusals.old_button")


async def on_found_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    """Another page of what was searched for."""
    page, query = pressed.args
    context.toast(update)
    await _found(context, query, page_number(page))


async def _overview(context: Context, page: int, *, fresh: bool = False) -> None:
    turn, lang = context.turn, context.speaker.lang
    roster = await context.desk.roster(turn)
    waiting = await turn.find(APPLICATIONS, state="waiting")
    matched = len(decisions.matching(roster, waiting))
    strangers = [s for s in await turn.find(STRANGERS) if s.seen]
    people = [p for p in roster.company.people if roster.is_active(p)]
    text = say(
        lang,
        "registration.overview",
        people=len(people),
        linked=sum(account_of(roster, p) is not None for p in people),
        waiting=_line(lang, "waiting", len(waiting), matched=matched),
        strangers=_line(lang, "strangers", len(strangers), messages=sum(s.seen for s in strangers)),
    )
    rows: list[tuple[Button, ...]] = []
    if matched:
        label = say(lang, "registration.approve_matched", count=matched)
        rows.append((button(label, "people", "bulk", ""),))
    choices = [
        button(f"#{a.number} {decisions.summary(context, a)}", "people", "wait", a.number)
        for a in waiting
    ]
    rows += paged(choices, page, lambda label, to: button(label, "people", "list", to))
    rows.append((button(say(lang, "registration.all_people"), "people", "all", "0"),))
    await show(context, "people", Message(text=text, buttons=tuple(rows)), fresh=fresh)


def _line(lang: Lang, what: str, count: int, **values: object) -> Html:
    """A line of the overview; nothing when there is nothing to tell."""
    words = say(lang, f"registration.overview_{what}", count=count, **values)
    return Html(f"{words}\n") if count else Html("")


async def _application(update: Update, context: Context, number: str) -> None:
    asked = await context.turn.get(APPLICATIONS, number)
    if asked is None:
        context.refuse(update, "refusals.old_button")
        return
    context.toast(update)
    await show_to(context.turn, context.speaker.roster, asked, context.speaker.person)


async def _approve_matched(update: Update, context: Context) -> None:
    """Everybody whose own number stands in the register, and who had no account before."""
    waiting = await context.turn.find(APPLICATIONS, state="waiting")
    matched = decisions.matching(context.speaker.roster, waiting)[:BULK_LIMIT]
    if not matched:
        context.refuse(update, "refusals.old_button")
        return
    context.toast(update)
    await decisions.approve_all(context, matched)
    await context.say("registration.approved_all", count=len(matched))
    await _overview(context, 0, fresh=True)


async def _found(context: Context, query: str, page: int, *, fresh: bool = False) -> None:
    while len(query.encode()) > QUERY_LIMIT_BYTES:
        query = query[:-1]
    found = search(context.speaker.roster, query)
    if not found:
        await context.say("registration.nobody_found", query=query)
        return
    await _list(context, found, page, "registration.found", "", query=query, fresh=fresh)


async def _list(
    context: Context,
    people: list[PersonId],
    page: int,
    key: str,
    what: str,
    *,
    query: str = "",
    fresh: bool = False,
) -> None:
    """People on buttons; `what` names the list for the arrows, which else carry the query."""
    lang, roster = context.speaker.lang, context.speaker.roster

    def turn_to(label: str, to: int) -> Button:
        return button(label, "people", what, to) if what else button(label, "found", to, query)

    buttons = [
        button(_label(roster, id_, told_apart(roster, id_, lang)), "person", mark_of(id_), "")
        for id_ in people
    ]
    text = say(lang, key, count=len(people), query=query)
    rows = paged(buttons, page, turn_to)
    await show(context, "people", Message(text=text, buttons=tuple(rows)), fresh=fresh)


def _label(roster: Roster, id_: PersonId, name: str) -> str:
    """With a sign for who has left and who has no account."""
    if not roster.is_active(id_):
        return f"🚫 {name}"
    return name if account_of(roster, id_) is not None else f"📵 {name}"


def search(roster: Roster, query: str) -> list[PersonId]:
    """People by part of the name, the number, the role, the region or the department."""
    wanted, digits = "".join(query.split()).casefold(), digits_of(query)
    return [id_ for id_ in roster.company.people if _fits(roster, id_, wanted, digits)]


def _fits(roster: Roster, id_: PersonId, wanted: str, digits: str) -> bool:
    company, person = roster.company, roster.company.people[id_]
    if len(digits) >= 4 and digits in digits_of(person.phone or ""):
        return True
    named = [person.name]
    for post in person.roles:
        role = company.roles.get(post.role)
        region = company.regions.get(post.region or "")
        department = company.departments.get(role.department) if role else None
        texts = [known.name for known in (role, region, department) if known is not None]
        named += [word for text in texts for word in (text.zh, text.en)]
        if role is not None and region is not None:
            named.append(f"{region.name.zh}{role.name.zh}")
    return any(wanted in "".join(name.split()).casefold() for name in named)
