"""Decisions on applications: approved, rejected, by whoever presses first.

In: an administrator's press. Out: the person in the register, with a welcome; or word of why not.
Forbidden here: deciding twice.
"""

from collections.abc import Sequence
from typing import Literal

from telegram import Update

from handlers.buttons import Pressed, button
from handlers.catalogue import say
from handlers.context import Context
from handlers.documents import INCIDENTS, STRANGERS
from handlers.registration import applications
from handlers.registration.documents import APPLICATIONS, VISITS, Application
from handlers.registration.register import (
    account_of,
    change_state,
    new_person_id,
    new_state,
    write_person,
)
from handlers.registration.welcome import welcome
from handlers.registration.words import posts_in_words
from handlers.telling.letters import Letters, Write
from handlers.telling.live import live_messages
from plans.company import Person, PersonId
from plans.roster import Roster
from storage.delivery import Keyboard, Menu, Message, Urgency
from storage.port import SLOTS, Turn

REASONS = ("unknown", "wrong", "elsewhere")


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
    elif what in REASONS:
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
    rebinds = account_of(context.speaker.roster, person) is not None
    changes = {"person": person, "asking": "account" if rebinds else "match", "posts": ()}
    await approve(context, asked.model_copy(update=changes))


async def _ask_why(context: Context, asked: Application) -> None:
    lang = context.speaker.lang
    rows = tuple(
        (button(say(lang, f"registration.reason_{why}"), "apply", asked.number, why),)
        for why in REASONS
    )
    text = say(lang, "registration.why_reject", name=asked.name)
    await context.reply(Message(text=text, buttons=rows))


async def approve(context: Context, asked: Application) -> None:
    """Let them in, or take the change over; told to them and to all administrators."""
    await approve_all(context, [asked])


async def approve_all(context: Context, waiting: Sequence[Application]) -> None:
    """First everybody into the register, then word to each, so that the roster is read once."""
    before = context.speaker.roster
    entered = []
    for asked in waiting:
        if asked.person is not None and not before.is_active(asked.person):
            _decide(context, asked, "withdrawn")
            continue
        old = account_of(before, asked.person) if asked.person is not None else None
        person = await _enter(context.turn, before, asked)
        entered.append((_decide(context, asked, "approved", person), person, old))
    roster = await context.desk.roster(context.turn)
    for asked, person, old in entered:
        await applications.tell_anew(context.turn, roster, asked)
        await _tell_applicant(context, roster, asked, person)
        if asked.asking == "account" and old is not None and old != asked.telegram:
            await _leave_old_account(context, roster, person, old)


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
    await letters.chat(old, Menu())
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
        reason=say(asked.lang, f"registration.reason_{reason}"),
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
