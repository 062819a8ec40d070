"""Losses: people who are not there any more, and messages that could not be delivered.

In: a failed delivery, people who have left. Out: the person marked unreachable and every step that
waits for them moved on; a group marked unusable, and told. Forbidden here: retrying (the outbox has
given up already).
"""

from collections.abc import Collection

from handlers.desk import Desk
from handlers.documents import INCIDENTS, PEOPLE
from handlers.duty.watch import look_soon
from handlers.groups.membership import set_usable
from plans import commands as c
from plans.involved import has_part
from plans.model import PersonId
from storage.delivery import Delivery
from storage.port import Turn


async def lost(turn: Turn, desk: Desk, delivery: Delivery, *, gone: bool) -> None:
    """`gone`: the chat is closed to us for good (blocked, never started, removed)."""
    if not gone:
        return
    roster = await desk.roster(turn)
    if delivery.to is None:
        group = roster.group_by_chat(delivery.chat)
        if group is not None:
            await set_usable(turn, desk, group, usable=False)
        return
    state_of = roster.state(delivery.to)
    if state_of is None or state_of.telegram != delivery.chat:
        return  # it went to an account that is no longer theirs
    turn.put(PEOPLE, state_of.model_copy(update={"reachable": False}))
    await look_soon(turn)
    await hand_on(turn, desk, [delivery.to])


async def hand_on(turn: Turn, desk: Desk, people: Collection[PersonId]) -> None:
    """What these people have in hand goes on up the ladder: nobody hears from them any more."""
    for incident in await turn.find(INCIDENTS, status="open") if people else ():
        for person in people:
            if has_part(incident, person):
                await desk.act(turn, incident.number, c.LosePerson(turn.at, person))
