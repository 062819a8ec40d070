"""Welcome: the first words to somebody who has just come in.

In: a person of the register with an account. Out: what they can do now, in a message. Forbidden
here: letting anybody in.
"""

from handlers.catalogue import say
from handlers.registration.words import posts_in_words
from handlers.telling.letters import Letters
from plans.company import PersonId
from plans.roster import Roster
from storage.delivery import Keyboard, Message, Urgency
from storage.port import Turn


async def welcome(turn: Turn, roster: Roster, person: PersonId) -> None:
    known = roster.person(person)
    if known is None:
        return
    key = "registration.welcome"
    if person in roster.named_administrators():
        key = "registration.welcome_administrator"
    await Letters(turn, roster).person(
        person,
        lambda r: Message(
            text=say(r.lang, key, name=known.name, posts=posts_in_words(r, known.roles)),
            keyboard=Keyboard(remove=True),
        ),
        Urgency.URGENT,
    )
