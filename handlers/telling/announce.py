"""Announcing: events become messages.

In: a happening (incident before and after, events). Out: deliveries in the turn: live messages
posted or edited where their text changed, pings with a mention for whoever must act, private
messages to owners, word to whoever reported. Forbidden here: decisions; anything not told by
events or state.
"""

from handlers.telling import bundles, pings, word
from handlers.telling.happening import Happening
from handlers.telling.letters import Letters
from handlers.telling.live import Live, live_messages
from storage.delivery import Urgency
from storage.port import Turn


async def announce(turn: Turn, happening: Happening) -> None:
    """Tell everybody concerned of what has happened: cards first, so that a ping finds its card
    above it."""
    letters = Letters(turn, happening.roster, happening.after.number)
    before = {} if happening.before is None else _live(happening, letters, before=True)
    changed = [
        live
        for slot, live in _live(happening, letters, before=False).items()
        if slot not in before or before[slot].message != live.message
    ]
    for live in changed:
        if not live.of_step:
            await _post(letters, live, Urgency.NORMAL if live.slot in before else live.urgency)
    pinged = await pings.tell(letters, happening)
    for live in changed:
        if live.of_step and live.slot not in pinged:
            await _post_step(letters, live)
    await word.tell(letters, happening)


async def _post_step(letters: Letters, live: Live) -> None:
    """The step's own message, or the one of the bundle in which its reader was given it."""
    bundle = await bundles.bundle_instead(letters.turn, live.person or "", live.slot)
    if bundle is None:
        await _post(letters, live, live.urgency)
    elif bundle.sent:
        await bundles.show(letters, bundle)


async def refresh(turn: Turn, happening: Happening) -> None:
    """Write the times on the groups' cards anew; nothing else has happened."""
    letters = Letters(turn, happening.roster, happening.after.number)
    for live in _live(happening, letters, before=False).values():
        if live.group is not None:
            await letters.group_again(live.group, live.message, live.slot)


def _live(happening: Happening, letters: Letters, *, before: bool) -> dict[str, Live]:
    both = (happening.before, happening.after)
    incident, other = both if before else reversed(both)
    if incident is None:
        return {}
    messages = live_messages(happening.plan, incident, letters, unlike=other)
    return {live.slot: live for live in messages}


async def _post(letters: Letters, live: Live, urgency: Urgency) -> None:
    if live.group is not None:
        await letters.group(live.group, lambda _: live.message, urgency, slot=live.slot)
    elif live.person is not None:
        await letters.person(live.person, lambda _: live.message, urgency, slot=live.slot)
