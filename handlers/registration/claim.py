"""The first administrator: whoever holds the code that the process printed at its start.

In: /claim CODE, then the form. Out: an administrator, and the code used up. Forbidden here: making
the code (see `bot.claim`), keeping it in clear, saying how close a guess was.
"""

from datetime import timedelta
from hashlib import sha256
from hmac import compare_digest

from telegram import Update

from handlers.context import Context
from handlers.registration.documents import CLAIM, TRIES_LIMIT, Claim, Try, Visit
from handlers.registration.register import (
    change_state,
    new_person_id,
    new_state,
    ready_administrators,
    write_person,
)
from handlers.registration.visitor import Visitor
from handlers.registration.welcome import welcome
from handlers.typed import command_of
from plans.company import Person

AN_HOUR = timedelta(hours=1)
OWN_TRIES_LIMIT = 5


def hash_of(code: str) -> str:
    """What is kept of a code; spaces, dashes and small letters make no difference."""
    kept = "".join(c for c in code.upper() if c.isalnum())
    return sha256(kept.encode()).hexdigest()


async def is_right(visitor: Visitor, code: str) -> bool:
    """Whether it is the code; says why not, within the bounds on guessing."""
    turn = visitor.turn
    if ready_administrators(visitor.roster):
        await visitor.say("registration.claim_over")
        return False
    claim = await turn.get(CLAIM, "claim") or Claim()
    recent = tuple(t for t in claim.tries if turn.at - t.at < AN_HOUR)
    own = [t for t in recent if t.telegram == visitor.telegram]
    if len(own) >= OWN_TRIES_LIMIT or len(recent) >= TRIES_LIMIT:
        await visitor.say("registration.claim_wait")
        return False
    if claim.code_hash is not None and compare_digest(claim.code_hash, hash_of(code)):
        return True
    tried = (*recent, Try(telegram=visitor.telegram, at=turn.at))
    turn.put(CLAIM, claim.model_copy(update={"tries": tried}))
    await visitor.say("registration.claim_wrong")
    return False


async def finish(visitor: Visitor, visit: Visit) -> None:
    """The form is filled in: whoever it is looks after the bot from now on."""
    turn, roster = visitor.turn, visitor.roster
    claim = await turn.get(CLAIM, "claim")
    if claim is None or claim.code_hash is None or ready_administrators(roster):
        await visitor.say("registration.claim_over")
        return
    turn.put(CLAIM, Claim())
    if visit.person is not None and roster.is_active(visit.person):
        person = visit.person
        changes = {"telegram": visitor.telegram, "language": visit.lang, "reachable": True}
        await change_state(turn, roster, person, **changes, started=True, administrator=True)
    else:
        person = await new_person_id(turn, roster)
        checked = turn.at.date()
        entry = Person(name=visit.name, phone=visit.phone, language=visit.lang, checked=checked)
        write_person(turn, person, entry)
        new_state(turn, person, visitor.telegram, visit.lang, administrator=True)
    desk = visitor.context.desk
    await welcome(turn, desk, await desk.roster(turn), person)


async def on_command(update: Update, context: Context) -> None:
    """Somebody registered shows the code."""
    user, speaker = update.effective_user, context.speaker
    if user is None:
        return
    _, code = command_of(update.effective_message)
    visitor = Visitor(context, speaker.roster, user.id, "", speaker.lang)
    if not await is_right(visitor, code):
        return
    context.turn.put(CLAIM, Claim())
    await change_state(context.turn, speaker.roster, speaker.person, administrator=True)
    roster = await context.desk.roster(context.turn)
    await welcome(context.turn, context.desk, roster, speaker.person)
