"""Groups: the bot comes, goes, loses rights; a group becomes a supergroup.

In: membership updates and migrations. Out: the group's state. Forbidden here: binding new groups.
"""

from telegram import ChatMember, Update

from handlers.context import Context
from handlers.documents import GROUPS
from plans.roster import Roster
from storage.port import SLOTS, Turn


async def on_my_membership(update: Update, context: Context) -> None:
    """The bot was added, removed, or muted somewhere."""
    change = update.my_chat_member
    if change is None:
        return
    roster = await context.desk.roster(context.turn)
    group = roster.group_by_chat(change.chat.id) or _gone(roster, change.chat.id)
    state = roster.group_state(group) if group else None
    if state is None:
        return
    gone = change.new_chat_member.status in (ChatMember.LEFT, ChatMember.BANNED)
    context.turn.put(GROUPS, state.model_copy(update={"usable": not gone}))


def _gone(roster: Roster, chat: int) -> str | None:
    states = (roster.group_state(g.id) for g in roster.company.groups)
    return next((s.group for s in states if s is not None and s.chat == chat), None)


async def on_migrated(update: Update, context: Context) -> None:
    message = update.effective_message
    if message is not None and message.migrate_to_chat_id is not None:
        await migrate(
            context.turn,
            await context.desk.roster(context.turn),
            message.chat_id,
            message.migrate_to_chat_id,
        )


async def migrate(turn: Turn, roster: Roster, old: int, new: int) -> None:
    """A group goes on under a new id; its cards are posted afresh there."""
    group = roster.group_by_chat(old)
    state = roster.group_state(group) if group else None
    if state is not None:
        turn.put(GROUPS, state.model_copy(update={"chat": new, "usable": True}))
    for slot in await turn.find(SLOTS, chat=old):
        turn.remove(SLOTS, slot.slot)
