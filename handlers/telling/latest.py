"""Latest: of several messages about one thing only the newest has buttons.

In: a live message that is done with, and what stays of it. Out: the message edited, its slot free
for the next one, which is posted below. Forbidden here: writing the next one.

One `OLD` slot a live message holds the last that was let go of until it is edited: bounded however
often it is asked.
"""

from handlers.telling.letters import Letters
from storage.delivery import Message, Slot, Urgency
from storage.port import SLOTS

OLD = "/old"


async def let_go(letters: Letters, slot: str, left: Message) -> None:
    """What stands in the slot reads `left` from now on, without its buttons; nothing where nothing
    has been posted there."""
    turn = letters.turn
    known = await turn.get(SLOTS, slot)
    if known is None:
        return
    turn.remove(SLOTS, slot)
    turn.put(SLOTS, Slot(**{**known.model_dump(), "slot": f"{slot}{OLD}"}))
    await letters.chat(known.chat, left, Urgency.NORMAL, slot=f"{slot}{OLD}")
