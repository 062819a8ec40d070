"""One person, as an administrator sees them: posts, number, account; leaving and coming back.

In: an administrator's presses. Out: the register changed, and word to whom it concerns. Forbidden
here: leaving the company without anybody who can put things right.
"""

from collections.abc import Awaitable, Callable

from telegram import Update

from handlers.buttons import Pressed, button, mark_of, marked
from handlers.catalogue import Html, say
from handlers.context import Context
from handlers.losses import hand_on
from handlers.menus import take_menu_away
from handlers.registration.register import (
    account_of,
    change_state,
    is_last_administrator,
    write_person,
)
from handlers.registration.screen import show
from handlers.registration.welcome import equip_again
from handlers.registration.words import posts_in_words
from handlers.telling.letters import Letters
from plans.company import PersonId
from plans.roster import Roster
from storage.delivery import Button, Keyboard, Message

Rows = tuple[tuple[Button, ...], ...]


async def on_pressed(update: Update, context: Context, pressed: Pressed) -> None:
    mark, what = pressed.args
    person = marked(context.speaker.roster.company.people, mark)
    if person is None or what not in _DONE:
        context.refuse(update, "refusals.old_button")
        return
    if what in _TAKES_AWAY and is_last_administrator(context.speaker.roster, person):
        context.refuse(update, "registration.last_administrator")
        return
    context.toast(update)
    await _DONE[what](context, person)


async def show_card(context: Context, person: PersonId, *, fresh: bool = True) -> None:
    roster = await context.desk.roster(context.turn)
    message = _card(context, roster, person)
    await show(context, "card", message, fresh=fresh)


def _card(context: Context, roster: Roster, person: PersonId) -> Message:
    lang, known, state = context.speaker.lang, roster.company.people[person], roster.state(person)
    if known.retired:
        standing = "retired"
    elif state is None or state.telegram is None:
        standing = "no_account"
    else:
        standing = "here" if state.reachable else "blocked"
    lines = [
        say(
            lang,
            "registration.person",
            name=known.name,
            posts=posts_in_words(context.reader, known.roles),
            phone=known.phone or "—",
            standing=say(lang, f"registration.is_{standing}"),
        )
    ]
    if person in roster.named_administrators():
        lines.append(say(lang, "registration.is_administrator"))
    return Message(text=Html("\n".join(lines)), buttons=_buttons(context, roster, person))


def _buttons(context: Context, roster: Roster, person: PersonId) -> Rows:
    lang, mark, state = context.speaker.lang, mark_of(person), roster.state(person)

    def act(what: str) -> Button:
        return button(say(lang, f"registration.do_{what}"), "person", mark, what)

    if not roster.is_active(person):
        return ((act("restore"),),)
    posts = button(say(lang, "registration.change_posts"), "posts", mark, "new")
    rows: list[tuple[Button, ...]] = [(posts, act("leave"))]
    if state is not None and state.administrator:
        rows.append((act("demote"),))
    elif person not in roster.named_administrators():
        rows.append((act("promote"),))
    if account_of(roster, person) is not None:
        rows.append((act("unlink"),))
    return tuple(rows)


async def _ask(context: Context, person: PersonId, what: str) -> None:
    """Whether it is really meant: it takes effect at once."""
    lang, mark = context.speaker.lang, mark_of(person)
    sure = button(say(lang, f"registration.sure_{what}"), "person", mark, f"{what}_now")
    never_mind = button(say(lang, "registration.never_mind"), "person", mark, "")
    text = say(lang, f"registration.ask_{what}", name=context.reader.name(person))
    message = Message(text=text, buttons=((sure,), (never_mind,)))
    await show(context, "card", message)


async def _ask_leave(context: Context, person: PersonId) -> None:
    await _ask(context, person, "leave")


async def _ask_unlink(context: Context, person: PersonId) -> None:
    await _ask(context, person, "unlink")


async def _leave(context: Context, person: PersonId) -> None:
    """Whoever leaves loses all rights at once; what they had in hand goes on up the ladder."""
    roster = context.speaker.roster
    account = account_of(roster, person)
    known = roster.company.people[person]
    write_person(context.turn, person, known.model_copy(update={"retired": True}))
    await change_state(context.turn, roster, person, administrator=False)
    await hand_on(context.turn, context.desk, [person])
    await _tell_account(context, person, account, "registration.retired")
    await show_card(context, person, fresh=False)


async def _unlink(context: Context, person: PersonId) -> None:
    """A lost phone: nobody who has it can do anything here any more."""
    roster = context.speaker.roster
    account = account_of(roster, person)
    await change_state(context.turn, roster, person, telegram=None, started=False)
    await hand_on(context.turn, context.desk, [person])
    await _tell_account(context, person, account, "registration.unlinked")
    await show_card(context, person, fresh=False)


async def _tell_account(context: Context, person: PersonId, account: int | None, key: str) -> None:
    """The last words to an account, and the keyboard and menu taken away."""
    if account is None:
        return
    letters = Letters(context.turn, await context.desk.roster(context.turn))
    text = say(letters.roster.language_of(person), key)
    await letters.chat(account, Message(text=text, keyboard=Keyboard(remove=True)))
    await take_menu_away(context.turn, letters.roster, account)


async def _restore(context: Context, person: PersonId) -> None:
    known = context.speaker.roster.company.people[person]
    write_person(context.turn, person, known.model_copy(update={"retired": False}))
    await equip_again(context, person, "registration.restored")
    await show_card(context, person, fresh=False)


async def _promote(context: Context, person: PersonId) -> None:
    await change_state(context.turn, context.speaker.roster, person, administrator=True)
    await equip_again(context, person, "registration.promoted")
    await show_card(context, person, fresh=False)


async def _demote(context: Context, person: PersonId) -> None:
    await change_state(context.turn, context.speaker.roster, person, administrator=False)
    await equip_again(context, person, "registration.demoted")
    await show_card(context, person, fresh=False)


_TAKES_AWAY = frozenset({"leave", "leave_now", "unlink", "unlink_now", "demote"})
_DONE: dict[str, Callable[[Context, PersonId], Awaitable[None]]] = {
    "": show_card,
    "leave": _ask_leave,
    "leave_now": _leave,
    "unlink": _ask_unlink,
    "unlink_now": _unlink,
    "restore": _restore,
    "promote": _promote,
    "demote": _demote,
}
