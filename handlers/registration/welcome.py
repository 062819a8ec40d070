"""Welcome: the first words to somebody who has just come in, or whose place has changed.

In: a person of the register with an account. Out: what they can do now, with the keyboard and the
menu for it. Forbidden here: letting anybody in.
"""

from handlers.catalogue import say
from handlers.context import Context
from handlers.desk import Desk
from handlers.menus import equip
from handlers.registration.words import posts_in_words
from handlers.telling.happening import Reader
from plans.company import PersonId
from storage.port import Turn


async def welcome(turn: Turn, desk: Desk, person: PersonId) -> None:
    roster = await desk.roster(turn)
    named = person in roster.named_administrators()
    key = "registration.welcome_administrator" if named else "registration.welcome"
    await _tell(turn, desk, person, key)


async def equip_again(context: Context, person: PersonId, key: str) -> None:
    """What has changed, with the keyboard and menu that fit it."""
    await _tell(context.turn, context.desk, person, key)


async def _tell(turn: Turn, desk: Desk, person: PersonId, key: str) -> None:
    roster = await desk.roster(turn)
    known, lang = roster.person(person), roster.language_of(person)
    if known is None:
        return
    posts = posts_in_words(Reader(roster, lang, turn.at), known.roles)
    await equip(turn, desk, person, say(lang, key, name=known.name, posts=posts))
