"""The form: phone, name, posts, and what is asked next.

In: a visit and what was answered. Out: the next question, or an application. Forbidden here:
deciding on it; taking anybody's word for a number that Telegram has not proved.
"""

from collections.abc import Awaitable, Callable

from telegram import Message as TelegramMessage
from telegram import Update

from handlers.buttons import Pressed
from handlers.catalogue import say
from handlers.paging import page_number
from handlers.registration import applications, claim
from handlers.registration.documents import POSTS_LIMIT, VISITS, Stage, Visit
from handlers.registration.questions import OTHER, question, with_contact_button
from handlers.registration.register import by_phone
from handlers.registration.visitor import Visitor, clean_name
from handlers.typed import command_of, is_cancel
from plans.company import Post
from plans.phone import digits_of, international
from plans.text import Lang
from storage.delivery import Keyboard, Message, Urgency
from storage.port import SLOTS

# With fewer digits it is a plate or a street, not the number of a phone.
NUMBER_DIGITS = 7
_BEFORE: dict[Stage, Stage] = {
    "confirm": "phone",
    "name": "phone",
    "department": "name",
    "role": "department",
    "region": "role",
    "review": "department",
}


async def begin(visitor: Visitor, *, claiming: bool = False) -> None:
    """From the beginning, or on from where it was left."""
    visit = await visitor.visit()
    if visit is None or claiming:
        visit = Visit(telegram=visitor.telegram, lang=visitor.lang, claiming=claiming)
    await ask(visitor, visit)


async def ask(visitor: Visitor, visit: Visit) -> None:
    """Keep the form and ask what comes next."""
    before = await visitor.visit()
    if before is not None and before.stage != visit.stage:
        await _take_buttons_away(visitor, before)
    visitor.turn.remove(SLOTS, _slot(visit))  # asked again it stands below what was said since
    await _show(visitor, visit, 0)


async def _show(visitor: Visitor, visit: Visit, page: int) -> None:
    """The question where it stands already, else as a new message."""
    visitor.turn.put(VISITS, visit)
    # A message that brings a keyboard cannot be changed.
    slot = None if visit.stage == "phone" else _slot(visit)
    await visitor.reply(question(visitor, visit, page), slot=slot)


def _slot(visit: Visit) -> str:
    return f"form/{visit.telegram}/{visit.stage}"


async def _take_buttons_away(visitor: Visitor, answered: Visit) -> None:
    """An answered question keeps its words, not its buttons."""
    slot = await visitor.turn.get(SLOTS, _slot(answered))
    if slot is not None:
        asked = question(visitor.in_(answered.lang), answered)
        # What is asked next goes out first.
        await visitor.reply(Message(text=f"{asked.text} ✓"), Urgency.NORMAL, slot=slot.slot)


async def on_message(visitor: Visitor, visit: Visit, message: TelegramMessage) -> None:
    """A message while the form is open."""
    text = (message.text or "").strip()
    name, _ = command_of(message)
    if name == "cancel" or is_cancel(text) or text in _leaving():
        await leave(visitor)
    elif text == OTHER[visit.lang][1]:
        await speak(visitor, visit, OTHER[visit.lang][0])
    elif message.contact is not None:
        await _contact(visitor, visit, message)
    elif visit.stage == "name" and text:
        await _name(visitor, visit, text)
    else:
        await _ask_again(visitor, visit, text)


async def _ask_again(visitor: Visitor, visit: Visit, text: str) -> None:
    """Whatever was sent instead of an answer may have been an emergency: it has reached nobody."""
    is_number = len(digits_of(text)) >= NUMBER_DIGITS
    if visit.stage == "phone":
        key = "press_to_send" if is_number or visit.claiming else "nothing_reported_phone"
        await visitor.reply(with_contact_button(visit.lang, f"registration.{key}"))
        return
    if not visit.claiming:
        await visitor.in_(visit.lang).say("registration.nothing_reported")
    await ask(visitor, visit)


def _leaving() -> tuple[str, str]:
    """The label under the phone's keyboard, in any language: it may be older than a change."""
    langs: tuple[Lang, Lang] = ("zh", "en")
    first, second = (say(lang, "registration.cancel").unescape() for lang in langs)
    return first, second


async def speak(visitor: Visitor, visit: Visit, lang: Lang) -> None:
    """Go on in the other language."""
    await ask(visitor.in_(lang), visit.model_copy(update={"lang": lang}))


async def leave(visitor: Visitor) -> None:
    await _end(visitor)
    text = say(visitor.lang, "registration.left")
    await visitor.reply(Message(text=text, keyboard=Keyboard(remove=True)))


async def on_pressed(visitor: Visitor, update: Update, pressed: Pressed) -> None:
    """A button of the form; one that no longer fits is answered with why."""
    visit = await visitor.visit()
    what, value = pressed.args
    if visit is None:
        visitor.context.refuse(update, "refusals.old_button")
        return
    following = _PRESSED.get((visit.stage, what))
    if what == "quit":
        visitor.context.toast(update)
        await leave(visitor)
    elif what == "back" and visit.stage in _BEFORE:
        visitor.context.toast(update)
        await ask(visitor, _step_back(visit))
    elif what == "page":
        visitor.context.toast(update)
        await _show(visitor, visit, page_number(value))
    elif following is None:
        visitor.context.refuse(update, "refusals.old_button")
    else:
        visitor.context.toast(update)
        await following(visitor, visit, value)


# Answers


async def _contact(visitor: Visitor, visit: Visit, message: TelegramMessage) -> None:
    contact = message.contact
    if contact is None:
        return
    if contact.user_id != visitor.telegram or message.forward_origin is not None:
        await visitor.reply(with_contact_button(visit.lang, "registration.not_own"))
        return
    if visit.stage != "phone":
        await ask(visitor, visit)
        return
    owners = by_phone(visitor.roster, contact.phone_number)
    person = owners[0] if len(owners) == 1 else None
    thanks = say(visit.lang, "registration.phone_kept")
    await visitor.reply(Message(text=thanks, keyboard=Keyboard(remove=True)))
    kept = visit.model_copy(
        update={
            "phone": international(contact.phone_number[:40]),
            "person": person,
            "stage": "confirm" if person is not None else "name",
        }
    )
    await ask(visitor, kept)


async def _yes(visitor: Visitor, visit: Visit, _: str) -> None:
    person = visitor.roster.person(visit.person or "")
    if person is None:
        await ask(visitor, visit.model_copy(update={"stage": "name", "person": None}))
        return
    await _finish(visitor, visit.model_copy(update={"name": person.name, "posts": ()}))


async def _no(visitor: Visitor, visit: Visit, _: str) -> None:
    await ask(visitor, visit.model_copy(update={"stage": "name", "person": None}))


async def _name(visitor: Visitor, visit: Visit, typed: str) -> None:
    name = clean_name(typed)
    if not name:
        await visitor.say("registration.bad_name")
        return
    named = visit.model_copy(update={"name": name})
    if visit.claiming:
        await _finish(visitor, named)
        return
    await ask(visitor, named.model_copy(update={"stage": "department"}))


async def _own_name(visitor: Visitor, visit: Visit, _: str) -> None:
    await _name(visitor, visit, visitor.telegram_name)


async def _department(visitor: Visitor, visit: Visit, value: str) -> None:
    if value not in visitor.roster.company.departments:
        await ask(visitor, visit)
        return
    await ask(visitor, visit.model_copy(update={"stage": "role", "department": value}))


async def _role(visitor: Visitor, visit: Visit, value: str) -> None:
    role = visitor.roster.company.roles.get(value)
    if role is None:
        await ask(visitor, visit)
    elif role.scope == "region":
        await ask(visitor, visit.model_copy(update={"stage": "region", "role": value}))
    else:
        await _post(visitor, visit, Post(role=value))


async def _region(visitor: Visitor, visit: Visit, value: str) -> None:
    if value not in visitor.roster.company.regions or visit.role is None:
        await ask(visitor, visit)
        return
    await _post(visitor, visit, Post(role=visit.role, region=value))


async def _post(visitor: Visitor, visit: Visit, post: Post) -> None:
    posts = tuple(dict.fromkeys([*visit.posts, post]))[:POSTS_LIMIT]
    await ask(visitor, visit.model_copy(update={"stage": "review", "posts": posts}))


async def _more(visitor: Visitor, visit: Visit, _: str) -> None:
    await ask(visitor, visit.model_copy(update={"stage": "department"}))


async def _again(visitor: Visitor, visit: Visit, _: str) -> None:
    await ask(visitor, visit.model_copy(update={"stage": "name", "posts": ()}))


async def _send(visitor: Visitor, visit: Visit, _: str) -> None:
    await _finish(visitor, visit)


async def _finish(visitor: Visitor, visit: Visit) -> None:
    await _end(visitor)
    if visit.claiming:
        await claim.finish(visitor, visit)
    else:
        await applications.submit(visitor, visit)


async def _end(visitor: Visitor) -> None:
    visit = await visitor.visit()
    if visit is not None:
        await _take_buttons_away(visitor, visit)
    visitor.turn.remove(VISITS, str(visitor.telegram))


def _step_back(visit: Visit) -> Visit:
    before = _BEFORE[visit.stage]
    posts = visit.posts[:-1] if visit.stage == "review" else visit.posts
    return visit.model_copy(update={"stage": before, "posts": posts})


_PRESSED: dict[tuple[Stage, str], Callable[[Visitor, Visit, str], Awaitable[None]]] = {
    ("confirm", "yes"): _yes,
    ("confirm", "no"): _no,
    ("name", "name"): _own_name,
    ("department", "department"): _department,
    ("role", "role"): _role,
    ("region", "region"): _region,
    ("review", "more"): _more,
    ("review", "again"): _again,
    ("review", "send"): _send,
}
