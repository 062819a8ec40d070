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
    """Words in as few messages as hold them; what has buttons, and files, behind."""
    words = [c.text for c in held.letters if isinstance(c, Message) and not c.buttons]
    others = [c for c in held.letters if not (isinstance(c, Message) and not c.buttons)]
    texts: list[str] = []
    if words or held.more:
        head = say(lang, "duty.held_head", count=len(held.letters) + held.more)
        foot = [say(lang, "duty.held_more", count=held.more)] if held.more else []
        texts = _together([head, *words, *foot])
    return [*(Message(text=text) for text in texts), *others]


def _together(parts: list[str]) -> list[str]:
    texts: list[str] = []
    for part in parts:
        if texts and len(texts[-1]) + len(part) + 2 <= BUNDLE_LENGTH:
            texts[-1] += f"\n\n{part}"
        else:
            texts.append(part)
    return texts
