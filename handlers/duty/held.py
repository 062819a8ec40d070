"""Held letters: what was kept while somebody slept or was away is sent as one message.

In: a person for whom letters may be waiting. Out: them sent, or looked at again later. Forbidden
here: choosing what is held (see `handlers.telling.quiet`).
"""

from handlers.catalogue import say
from handlers.desk import Desk
from handlers.telling.letters import Letters, Write
from handlers.telling.quiet import HELD_LETTERS, HeldLetters
from plans.model import PersonId
from plans.roster.quiet import sent_from
from plans.text import Lang
from storage.delivery import Content, Message
from storage.port import Turn

BUNDLE_LENGTH = 3_500


async def send_held(turn: Turn, desk: Desk, person: PersonId) -> None:
    """Send what waits for the person if it may be sent by now; else look again when it may."""
    held, roster = await turn.get(HELD_LETTERS, person), await desk.roster(turn)
    if held is None:
        return
    send_at = sent_from(roster, person, turn.at)
    if send_at is None or send_at > turn.at:
        turn.put(HELD_LETTERS, held.model_copy(update={"send_at": send_at}))
        return
    turn.remove(HELD_LETTERS, person)
    letters = Letters(turn, roster)
    for content in _bundled(held, roster.language_of(person)):
        await letters.person(person, _said(content))


def _said(content: Content) -> Write:
    return lambda _: content


def _bundled(held: HeldLetters, lang: Lang) -> list[Content]:
    """Words in one message, as many as there is room for; what has buttons, and files, behind."""
    words = [c for c in held.letters if isinstance(c, Message) and not c.buttons]
    others = [c for c in held.letters if not (isinstance(c, Message) and not c.buttons)]
    shown, length = [], 0
    for message in words:
        length += len(message.text) + 2
        if length > BUNDLE_LENGTH:
            break
        shown.append(message.text)
    more = held.more + len(words) - len(shown)
    lines = [say(lang, "duty.held_head", count=len(held.letters) + held.more), *shown]
    lines += [say(lang, "duty.held_more", count=more)] if more else []
    head: list[Content] = [Message(text="\n\n".join(lines))] if shown or more else []
    return [*head, *others]
