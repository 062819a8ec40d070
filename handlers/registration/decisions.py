"""Decisions on applications: approved, rejected, by whoever presses first.

In: an administrator's press. Out: the person in the register, with a welcome; or word of why not.
Forbidden here: deciding twice.
"""

from collections.abc import Collection, Sequence
from typing import Literal

from telegram import Update

from handlers.access import meets
from handlers.awaited import await_words
from handlers.buttons import Pressed, button
from handlers.catalogue import say
from handlers.context import Context
from handlers.documents import INCIDENTS, STRANGERS
from handlers.menus import take_menu_away
from handlers.registration import applications
from handlers.registration.applications import asks_for
from handlers.registration.documents import APPLICATIONS, REASON_LIMIT, VISITS, Application
from handlers.registration.register import (
    account_of,
    change_state,
    new_person_id,
    new_state,
    write_person,
)
from handlers.registration.welcome import welcome
from handlers.registration.words import USUAL_REASONS, posts_in_words, reason_in_words
from handlers.reporting.plain_words import points_to_plan
from handlers.telling.letters import Letters, Write
from handlers.telling.live import live_messages
from plans.company import Person, PersonId
from plans.roster import Roster
from storage.delivery import Keyboard, Message, Urgency
from storage.port import SLOTS, Turn

# In a button: the reason is typed.
TYPED = "type"


async def on_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    """Approve, ask for the reason of a refusal, refuse."""
    number, what = pressed.args
    asked = await context.turn.get(APPLICATIONS, number)
    if asked is None:
        context.refuse(update, "refusals.old_button")
        return
    if asked.state != "waiting":
        by = context.reader.name(asked.decided_by)
        context.refuse(update, "registration.decided_already", name=by)
        return
    if what == "yes":
        context.toast(update)
        await approve(context, asked)
    elif what.startswith("is") and what[2:].isdecimal():
        await _approve_as(update, context, asked, int(what[2:]))
    elif what == "no":
        context.toast(update)
        await _ask_why(context, asked)
    elif what == TYPED:
        context.toast(update)
        await _ask_to_type(context, asked.number)
    elif what in USUAL_REASONS:
        context.toast(update)
        await reject(context, asked, what)
    else:
        context.refuse(update, "refusals.old_button")


async def _approve_as(update: Update, context: Context, asked: Application, place: int) -> None:
    """They are one of those whose number it could be."""
    if place >= len(asked.candidates):
        context.refuse(update, "refusals.old_button")
        return
    context.toast(update)
    person = asked.candidates[place]
    meant = asked.model_copy(update={"person": person, "posts": ()})
    asking = asks_for(context.speaker.roster, meant)
    await approve(context, meant.model_copy(update={"asking": asking}))


async def _ask_why(context: Context, asked: Application) -> None:
    lang = context.speaker.lang
    await_words(context.turn, context.speaker.person, "reject", str(asked.number))
    rows = tuple(
        (button(say(lang, f"registration.reason_{why}"), "apply", asked.number, why),)
        for why in USUAL_REASONS
    )
    typed = button(say(lang, "registration.reason_typed"), "apply", asked.number, TYPED)
    text = say(lang, "registration.why_reject", name=asked.name)
    await context.reply(Message(text=text, buttons=(*rows, (typed,))))


async def _ask_to_type(context: Context, number: int | str) -> None:
    await_words(context.turn, context.speaker.person, "reject", str(number))
    await context.say("registration.type_reason", limit=REASON_LIMIT)


async def on_typed(context: Context, args: tuple[str, ...], text: str) -> bool:
    """The typed reason for turning somebody down; False for what tells of an emergency."""
    asked = await context.turn.get(APPLICATIONS, args[0])
    if points_to_plan(context, text):
        return False
    if not meets(context.speaker.roster, context.speaker.person, "administrator"):
        await context.say("refusals.needs_administrator")
    elif asked is None or asked.state != "waiting":
        by = context.reader.name(asked.decided_by if asked is not None else None)
        await context.say("registration.decided_already", name=by)
    elif len(text) > REASON_LIMIT:
        await _ask_to_type(context, asked.number)
    else:
        await reject(context, asked, text)
    return True


async def approve(context: Context, asked: Application) -> None:
    """Let them in, or take the change over; told to them and to all administrators."""
    await approve_all(context, [asked])


async def approve_all(context: Context, waiting: Sequence[Application]) -> None:
    """First everybody into the register, then word to each, so that the roster is read once."""
    before = context.speaker.roster
    entered = []
    for asked in waiting:
        if _is_void(before, asked):
            await _withdraw(context, asked)
            continue
        old = account_of(before, asked.person) if asked.person is not None else None
        person = await _enter(context.turn, before, asked)
        entered.append((_decide(context, asked, "approved", person), person, old))
    roster = await context.desk.roster(context.turn)
    for asked, person, old in entered:
        await applications.tell_anew(context.turn, roster, asked)
        await _tell_applicant(context, roster, asked, person)
        if old is not None and old != asked.telegram:
            await _leave_old_account(context, roster, person, old)
    await _tell_of_others(context, roster, {person for _, person, _ in entered})


def matching(roster: Roster, waiting: Sequence[Application]) -> list[Application]:
    """Those who may be let in unseen: their own number stands in the register, and nobody has come
    in as that person. Of two who ask for one person it is the first."""
    found: dict[PersonId, Application] = {}
    for asked in waiting:
        if asked.person is not None and asks_for(roster, asked) == "match":
            found.setdefault(asked.person, asked)
    return list(found.values())


def _is_void(roster: Roster, asked: Application) -> bool:
    """Whoever it is about has left, or the account is no more, or has become, somebody's."""
    whose = asked.person if asked.asking == "phone" else None
    if roster.person_by_telegram(asked.telegram) != whose:
        return True
    return asked.person is not None and not roster.is_active(asked.person)


async def _withdraw(context: Context, asked: Application) -> None:
    """Nothing comes of it; whoever still waits hears why."""
    turn, roster = context.turn, context.speaker.roster
    decided = _decide(context, asked, "withdrawn")
    await applications.tell_anew(turn, roster, decided)
    if asked.asking != "phone" and roster.person_by_telegram(asked.telegram) is None:
        text = say(asked.lang, "registration.retired")
        await Letters(turn, roster).chat(asked.telegram, Message(text=text))


async def _tell_of_others(context: Context, roster: Roster, people: Collection[PersonId]) -> None:
    """Whoever else asks to be one of these people would now take an account away."""
    for asked in await context.turn.find(APPLICATIONS, state="waiting"):
        if asked.person in people:
            await applications.tell_anew(context.turn, roster, asked)


async def _tell_applicant(
    context: Context, roster: Roster, asked: Application, person: PersonId
) -> None:
    turn = context.turn
    if asked.asking == "phone":
        await Letters(turn, roster).person(
            person,
            lambda r: Message(text=say(r.lang, "registration.phone_changed", phone=asked.phone)),
            Urgency.URGENT,
        )
        return
    turn.remove(STRANGERS, str(asked.telegram))
    turn.remove(VISITS, str(asked.telegram))
    for slot in await turn.find(SLOTS, chat=asked.telegram):
        turn.remove(SLOTS, slot.slot)  # what the form asked
    await welcome(turn, context.desk, roster, person)


async def _enter(turn: Turn, roster: Roster, asked: Application) -> PersonId:
    """What the application says, in the register."""
    known = roster.person(asked.person or "")
    if asked.person is None or known is None:
        person = await new_person_id(turn, roster)
        entry = Person(
            name=asked.name,
            phone=asked.phone,
            language=asked.lang,
            roles=asked.posts,
            checked=turn.at.date(),
        )
        write_person(turn, person, entry)
        new_state(turn, person, asked.telegram, asked.lang, administrator=False)
        return person
    if asked.asking == "phone":
        write_person(turn, asked.person, known.model_copy(update={"phone": asked.phone}))
        return asked.person
    if asked.posts:
        write_person(turn, asked.person, known.model_copy(update={"roles": asked.posts}))
    await change_state(
        turn,
        roster,
        asked.person,
        telegram=asked.telegram,
        language=asked.lang,
        reachable=True,
        started=True,
    )
    return asked.person


async def _leave_old_account(context: Context, roster: Roster, person: PersonId, old: int) -> None:
    """The old account is told; what it was asked is asked again of the new one."""
    turn, letters = context.turn, Letters(context.turn, roster)
    lang = roster.language_of(person)
    words = say(lang, "registration.account_moved")
    await letters.chat(old, Message(text=words, keyboard=Keyboard(remove=True)))
    await take_menu_away(turn, roster, old)
    for slot in await turn.find(SLOTS, chat=old):
        turn.remove(SLOTS, slot.slot)
    for incident in await turn.find(INCIDENTS, status="open"):
        plan = await context.desk.plan_of(turn, incident)
        about = Letters(turn, roster, incident.number)
        for live in live_messages(plan, incident, about):
            if live.person == person:
                await about.person(person, _just(live.message), Urgency.URGENT, slot=live.slot)


def _just(message: Message) -> Write:
    return lambda _: message


async def reject(context: Context, asked: Application, reason: str) -> None:
    """Told to whoever asked, with the reason and when they may ask again."""
    turn, roster = context.turn, context.speaker.roster
    decided = _decide(context, asked.model_copy(update={"reason": reason}), "rejected")
    await applications.tell_anew(turn, roster, decided)
    text = say(
        asked.lang,
        "registration.rejected_phone" if asked.asking == "phone" else "registration.rejected",
        reason=reason_in_words(asked.lang, reason),
    )
    await Letters(turn, roster).chat(asked.telegram, Message(text=text))


def _decide(
    context: Context,
    asked: Application,
    state: Literal["approved", "rejected", "withdrawn"],
    person: PersonId | None = None,
) -> Application:
    decided = asked.model_copy(
        update={
            "state": state,
            "person": person or asked.person,
            "decided_by": context.speaker.person,
            "decided_at": context.turn.at,
        }
    )
    context.turn.put(APPLICATIONS, decided)
    return decided


def summary(context: Context, asked: Application) -> str:
    """One line for a list."""
    reader = context.reader
    known = reader.roster.person(asked.person or "")
    posts = known.roles if known is not None and not asked.posts else asked.posts
    name = known.name if known is not None else asked.name
    return f"{name} · {posts_in_words(reader, posts)}"
