"""Moving: a group becomes a supergroup and has another id.

In: Telegram's word of it, in an update or in the answer to a call. Out: the group goes on under the
new id, its cards posted afresh. Forbidden here: binding new groups.
"""

from telegram import Update

from handlers.catalogue import say
from handlers.context import Context
from handlers.documents import GROUPS
from handlers.groups.documents import UNBOUND
from handlers.groups.words import tell_administrators
from plans.roster import Roster
from storage.delivery import Message
from storage.port import SLOTS, Turn


async def on_migrated(update: Update, context: Context) -> None:
    message = update.effective_message
    if message is not None and message.migrate_to_chat_id is not None:
        roster = await context.desk.roster(context.turn)
        await migrate(context.turn, roster, message.chat_id, message.migrate_to_chat_id)


async def migrate(turn: Turn, roster: Roster, old: int, new: int) -> None:
    """A group goes on under a new id; its cards are posted afresh there. Heard of twice, it is
    done once."""
    group = roster.group_by_chat(old)
    state, known = (roster.group_state(group), roster.group(group)) if group else (None, None)
    if state is not None and known is not None:
        turn.put(GROUPS, state.model_copy(update={"chat": new, "usable": True}))
        await tell_administrators(
            turn,
            roster,
            lambda r: Message(text=say(r.lang, "groups.moved", title=known.title)),
        )
    unbound = await turn.get(UNBOUND, str(old))
    if unbound is not None:
        turn.remove(UNBOUND, str(old))
        turn.put(UNBOUND, unbound.model_copy(update={"chat": new}))
    for slot in await turn.find(SLOTS, chat=old):
        turn.remove(SLOTS, slot.slot)
