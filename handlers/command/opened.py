"""Opened: what somebody has asked to see of a command, with buttons, in a message of its own.

In: a press or a command, what is to be seen. Out: it shown where they spoke. Forbidden here:
wording it.
"""

from telegram import Update

from handlers.command.standing import About, below, hq_slot
from handlers.context import Context
from handlers.telling.latest import let_go
from handlers.telling.letters import Letters
from storage.delivery import Message
from storage.port import SLOTS


async def show(update: Update, context: Context, number: int, about: About, shown: Message) -> None:
    """What somebody has opened: in its own message when it was pressed there, else below."""
    letters = Letters(context.turn, context.speaker.roster, number)
    slot = hq_slot(number, about, context.speaker.person)
    known, pressed = await context.turn.get(SLOTS, slot), update.effective_message
    if known is None or pressed is None or pressed.message_id != known.message_id:
        await let_go(letters, slot, below(number, context.reader))
    await letters.chat(context.speaker.chat, shown, slot=slot)
