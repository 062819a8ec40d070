"""Screens: a message that changes in place while somebody presses through it.

In: what it shows now. Out: a live message in the chat where the person just pressed. Forbidden
here: what stands on it.
"""

from handlers.context import Context
from storage.delivery import Message, Urgency
from storage.port import SLOTS


async def show(context: Context, name: str, message: Message, *, fresh: bool = False) -> None:
    """Show it where the screen of that name stands, or at the bottom of the chat when `fresh`."""
    chat = context.speaker.chat
    slot = f"screen/{chat}/{name}"
    if fresh:
        context.turn.remove(SLOTS, slot)
    await context.letters.chat(chat, message, Urgency.URGENT, slot=slot)
