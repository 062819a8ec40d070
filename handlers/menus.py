"""Menus: the commands a phone offers, and /help. Both say only what the person may do.

In: a person, the plans, the table of rights. Out: lists of commands in words; what a private chat
is shown kept up to date. Forbidden here: a command that the table of rights does not name.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256

from telegram import Chat, Update

from handlers.access import COMMANDS, Needs, meets
from handlers.catalogue import Html, say
from handlers.context import Context
from handlers.desk import Desk
from handlers.keyboard import keyboard
from handlers.telling.letters import Letters
from plans.format import Plan
from plans.model import PersonId
from plans.roster import Roster
from plans.text import Lang
from storage.delivery import Menu, Message, Urgency
from storage.document import Document
from storage.port import Kind, Turn

# What /help shows, group by group, and the menus in the same order.
TOPICS: Mapping[str, tuple[str, ...]] = {
    "work": ("mine", "incidents", "incident", "call", "cancel"),
    "directing": (
        "for",
        "level",
        "major",
        "briefing",
        "merge",
        "reassign",
        "handover",
        "direct",
        "directs",
        "broadcast",
    ),
    "duty": ("duty", "rota", "coverage"),
    "directory": ("who", "contacts", "customers", "vehicles", "stores"),
    "company": ("people", "groups", "unbind", "import", "export"),
    "oneself": ("language", "phone", "help"),
}
# Not for every day: nobody needs to find them.
UNLISTED = frozenset({"start", "id", "claim"})
# Pressed in a menu, a command comes without a word behind it; these need one.
HELP_ONLY = frozenset({"incident", "merge"})
# Whoever reads /help has found it.
UNEXPLAINED = frozenset({"help"})
IN_GROUPS = ("mine", "incidents", "help")
FOR_STRANGERS = ("start",)
EVERYBODY: frozenset[Needs] = frozenset({"anyone", "member", "part"})

Commands = tuple[tuple[str, str], ...]


class ShownMenu(Document):
    """The commands that one private chat is shown, where these are not everybody's."""

    chat: int
    fingerprint: str


MENUS = Kind("menus", ShownMenu, key=lambda m: str(m.chat))


# What everybody sees


def private_menu(plans: Mapping[str, Plan], lang: Lang) -> Commands:
    """What every member's private chat offers."""
    return _listed(plans, lang, EVERYBODY)


def group_menu(plans: Mapping[str, Plan], lang: Lang) -> Commands:
    return (*_reports(plans, lang), *((name, _words(name, lang)) for name in IN_GROUPS))


def strangers_menu(lang: Lang) -> Commands:
    return tuple((name, _words(name, lang)) for name in FOR_STRANGERS)


# What one person sees


async def equip(
    turn: Turn, desk: Desk, person: PersonId, said: str = "", *, roster: Roster | None = None
) -> None:
    """Bring somebody the keyboard, under the words `said` (HTML; none: a short word of its own),
    and the menu. For whoever has just been let in, or whose rights or language changed. `roster`:
    as it is in this turn, for whoever equips many and reads it once."""
    roster = roster or await desk.roster(turn)
    keys = keyboard(desk.plans, roster, person)
    await Letters(turn, roster).person(
        person, lambda r: Message(text=said or say(r.lang, "menus.ready"), keyboard=keys)
    )
    state = roster.state(person)
    if state is not None and state.telegram is not None:
        await _bring_menu(turn, desk, roster, person, state.telegram, None)


async def keep_up(update: Update, context: Context) -> None:
    """After whatever a member said in private: the menu that fits who they are by now."""
    user, chat = update.effective_user, update.effective_chat
    if user is None or chat is None or chat.type != Chat.PRIVATE:
        return
    roster = await context.desk.roster(context.turn)
    person = roster.person_by_telegram(user.id)
    if person is not None:
        phone = user.language_code or ""
        await _bring_menu(context.turn, context.desk, roster, person, chat.id, phone)


async def _bring_menu(
    turn: Turn, desk: Desk, roster: Roster, person: PersonId, chat: int, phone: str | None
) -> None:
    """Only when another one is shown. `phone` is the language of the phone, which decides what
    everybody's menu reads there; None: not known."""
    wanted = menu_of(desk.plans, roster, person)
    known = await turn.get(MENUS, str(chat))
    usual = None if phone is None else private_menu(desk.plans, _read_in(phone, desk))
    if known is None and wanted == usual:
        return
    if known is not None and known.fingerprint == _fingerprint(wanted):
        return
    letters = Letters(turn, roster)
    if wanted == usual:
        turn.remove(MENUS, str(chat))
        await letters.chat(chat, Menu(), Urgency.BULK)
    else:
        turn.put(MENUS, ShownMenu(chat=chat, fingerprint=_fingerprint(wanted)))
        await letters.chat(chat, Menu(commands=wanted), Urgency.BULK)


async def take_menu_away(turn: Turn, roster: Roster, chat: int) -> None:
    """Of an account that has lost its place: it is shown no more than anybody."""
    turn.remove(MENUS, str(chat))
    await Letters(turn, roster).chat(chat, Menu())


def menu_of(plans: Mapping[str, Plan], roster: Roster, person: PersonId) -> Commands:
    """Everything the person may do, in their language."""
    return _listed(plans, roster.language_of(person), _met(roster, person))


def _met(roster: Roster, person: PersonId) -> frozenset[Needs]:
    needs = {rule.needs for rule in COMMANDS.values()}
    return frozenset(n for n in needs if meets(roster, person, n))


def _listed(plans: Mapping[str, Plan], lang: Lang, met: frozenset[Needs]) -> Commands:
    names = [name for names in TOPICS.values() for name in names if name not in HELP_ONLY]
    own = ((name, _words(name, lang)) for name in names if _may(name, met))
    return (*_reports(plans, lang), *own)


def _reports(plans: Mapping[str, Plan], lang: Lang) -> Commands:
    return tuple((plan.command, plan.title.in_(lang)[:256]) for plan in plans.values())


def _may(command: str, met: frozenset[Needs]) -> bool:
    return command in COMMANDS and COMMANDS[command].needs in met


@cache
def _words(command: str, lang: Lang) -> str:
    return say(lang, f"menus.{command}").unescape()[:256]


def _read_in(phone: str, desk: Desk) -> Lang:
    """In which language a phone shows what everybody sees; see where the menus are set."""
    langs: tuple[Lang, ...] = ("zh", "en")
    return next((lang for lang in langs if phone.startswith(lang)), desk.company.language)


def _fingerprint(commands: Commands) -> str:
    return sha256(repr(commands).encode()).hexdigest()[:16]


# Help


async def on_help(_: Update, context: Context) -> None:
    """Everything the speaker may do, by topic, on one screen."""
    speaker, lang = context.speaker, context.speaker.lang
    met = _met(speaker.roster, speaker.person)
    text = Html("\n".join(_help_lines(context.desk.plans, lang, met)))
    keys = None
    if speaker.private:
        keys = keyboard(context.desk.plans, speaker.roster, speaker.person)
    await context.reply(Message(text=text, keyboard=keys))


def _help_lines(plans: Mapping[str, Plan], lang: Lang, met: frozenset[Needs]) -> Iterator[Html]:
    requests = _requests(plans)
    urgent = {name: plan for name, plan in plans.items() if name not in requests}
    yield from _topic("reports", _reports(urgent, lang), lang)
    yield say(lang, "menus.help_place")
    yield from _topic("requests", _reports(requests, lang), lang)
    for topic, names in TOPICS.items():
        own = ((n, _words(n, lang)) for n in names if n not in UNEXPLAINED and _may(n, met))
        yield from _topic(topic, tuple(own), lang)
    yield say(lang, "menus.help_foot")


def _requests(plans: Mapping[str, Plan]) -> dict[str, Plan]:
    """What is asked for in good time, and what comes after it: no cry for help."""
    followed = {one.plan for plan in plans.values() for one in plan.follow_up}
    return {
        name: plan
        for name, plan in plans.items()
        if plan.withdraw_until is not None or name in followed
    }


def _topic(topic: str, commands: Commands, lang: Lang) -> Iterator[Html]:
    if commands:
        yield say(lang, "menus.help_head", topic=say(lang, f"menus.topic_{topic}"))
    for command, words in commands:
        yield say(lang, "menus.help_line", command=command, words=words)
