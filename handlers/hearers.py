"""Hearers: who asked for words to be typed, by purpose. The one table of them.

In: a text typed in private, or as a reply. Out: the text given to the handler that awaits it.
Forbidden here: what the handlers do with it. A handler that cannot use the words says so and awaits
them again, or answers False where they may well mean something else.
"""

from collections.abc import Awaitable, Callable, Mapping

from handlers.approving import typed as grants
from handlers.awaited import AWAITED, Awaited, Purpose, awaited_words, take_back
from handlers.broadcasting import composing
from handlers.context import Context
from handlers.directing import (
    addressing,
    cancelling,
    filing,
    handing,
    ordering,
    reassigning,
    ticking,
)
from handlers.directory import cards, conduct, outside, searching
from handlers.documents import Conversation
from handlers.duty import rota_entering
from handlers.duty import words as duty_words
from handlers.registration import decisions
from handlers.stores import card as stores_card
from handlers.stores import counting
from handlers.stores import goods as stores_goods

Hearer = Callable[[Context, tuple[str, ...], str], Awaitable[bool | None]]

HEARERS: Mapping[Purpose, Hearer] = {
    "duty_until": duty_words.hear_until,
    "duty_span": duty_words.hear_span,
    "duty_stand_in": duty_words.hear_stand_in,
    "rota_person": rota_entering.hear_person,
    "rota_times": rota_entering.hear_times,
    "for": filing.on_typed,
    "who": searching.hear_whom,
    "entry_phone": cards.hear_phone,
    "contact_new": outside.hear_contact,
    "customer_grade": conduct.hear_grade,
    "goods_new": stores_goods.hear_new,
    "stock_counts": counting.hear_counts,
    "stock_number": stores_card.hear_number,
    "cancel": cancelling.on_typed,
    "cancel_perhaps": cancelling.on_perhaps_typed,
    "reassign": reassigning.on_typed,
    "handover": handing.on_typed,
    "order_who": addressing.on_who_typed,
    "order_text": ordering.on_text_typed,
    "order_due": ordering.on_due_typed,
    "grant": grants.hear_count,
    "deny": grants.hear_reason,
    "advice": grants.hear_remark,
    "cast_text": composing.on_text_typed,
    "reject": decisions.on_typed,
    "reassign_to": ticking.on_to_typed,
}

# The first of whose arguments is an incident's number.
ABOUT_INCIDENTS: frozenset[Purpose] = frozenset(
    {"cancel", "cancel_perhaps", "grant", "deny", "advice"}
)


async def hear(context: Context, talk: Conversation, text: str) -> bool:
    """Give the words to whoever awaits them; False when nobody does, or when a question about an
    incident has been asked since."""
    person = context.speaker.person
    awaited = await awaited_words(context.turn, person)
    if awaited is None or awaited.purpose is None or awaited.replied_in is not None:
        return False
    if talk.questions and talk.asked_at is not None and talk.asked_at > awaited.asked_at:
        context.turn.remove(AWAITED, person)  # what comes after the answer is not meant for it
        return False
    context.turn.remove(AWAITED, person)
    return await HEARERS[awaited.purpose](context, awaited.args, text) is not False


async def hear_reply(context: Context, number: int, text: str) -> bool:
    """Give a reply to what bears an incident's number to whoever awaits words about that incident
    in this chat, also where others have been awaited since; False when nobody does."""
    person, turn = context.speaker.person, context.turn
    there = None if context.speaker.private else context.speaker.chat

    def is_meant(one: Awaited) -> bool:
        about = one.purpose in ABOUT_INCIDENTS and one.args[0] == str(number)
        return about and one.replied_in == there

    awaited = await awaited_words(turn, person)
    if awaited is not None and is_meant(awaited):
        turn.remove(AWAITED, person)
    else:
        awaited = await take_back(turn, person, is_meant)
    if awaited is None or awaited.purpose is None:
        return False
    return await HEARERS[awaited.purpose](context, awaited.args, text) is not False
