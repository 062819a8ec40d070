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
from plans.roster import Roster
from storage.port import Turn


async def welcome(turn: Turn, desk: Desk, roster: Roster, person: PersonId) -> None:
    """`roster`: as it is in this turn, by now."""
    named = person in roster.named_administrators()
    key = "registration.welcome_administrator" if named else "registration.welcome"
    await _tell(turn, desk, roster, person, key)


async def equip_again(context: Context, person: PersonId, key: str) -> None:
    """What has changed, with the keyboard and menu that fit it."""
    roster = await context.desk.roster(context.turn)
    await _tell(context.turn, context.desk, roster, person, key)


async def _tell(turn: Turn, desk: Desk, roster: Roster, person: PersonId, key: str) -> None:
    known, lang = roster.person(person), roster.language_of(person)
    if known is None:
        return
    posts = posts_in_words(Reader(roster, lang, turn.at), known.roles)
    words = say(lang, key, name=known.name, posts=posts)
    await equip(turn, desk, person, words, roster=roster)
