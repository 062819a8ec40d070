"""Membership: the bot is brought into a group, put out, muted, given its voice back.

In: what Telegram tells of our own standing. Out: the group's state; the question whose group it is;
word to the administrators. Forbidden here: staying where a stranger brought us.
"""

from telegram import Chat, ChatMember, ChatMemberRestricted, ChatMemberUpdated, Update
from telegram.constants import ChatID

from handlers.catalogue import say
from handlers.context import Context
from handlers.desk import Desk
from handlers.documents import GROUPS
from handlers.groups import binding
from handlers.groups.documents import BOUND_WITHIN, STRAYS, UNBOUND, Strays, Unbound
from handlers.groups.words import (
    instead_of,
    tell_administrators,
    title_of,
)
from handlers.telling.letters import Letters
from plans.company import GroupId, PersonId
from plans.roster import Roster
from storage.delivery import Leave, Message
from storage.port import SLOTS, Turn


async def on_my_membership(update: Update, context: Context) -> None:
    """The bot was added, removed, or muted somewhere."""
    change = update.my_chat_member
    if change is None or change.chat.type == Chat.PRIVATE:
        return
    turn, roster = context.turn, await context.desk.roster(context.turn)
    inside, was_inside = _inside(change.new_chat_member), _inside(change.old_chat_member)
    person = roster.person_by_telegram(change.from_user.id)
    group = roster.group_by_chat(change.chat.id)
    if inside and not was_inside and (group is None or person is None):
        await _arrived(context, roster, change, person)
    elif group is not None:
        usable = inside and _may_write(change.new_chat_member)
        await set_usable(turn, context.desk, group, usable=usable)
    elif not inside:
        turn.remove(UNBOUND, str(change.chat.id))


def _inside(member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status not in (ChatMember.LEFT, ChatMember.BANNED)


def _may_write(member: ChatMember) -> bool:
    return not isinstance(member, ChatMemberRestricted) or bool(member.can_send_messages)


# Coming


async def _arrived(
    context: Context, roster: Roster, change: ChatMemberUpdated, person: PersonId | None
) -> None:
    turn, chat = context.turn, change.chat
    hidden = change.from_user.id == ChatID.ANONYMOUS_ADMIN
    if chat.type == Chat.CHANNEL or (person is None and not hidden):
        await _leave_strangers(turn, roster, change)
        return
    unbound = Unbound(
        chat=chat.id, title=title_of(chat.title), by=person, leave_at=turn.at + BOUND_WITHIN
    )
    turn.put(UNBOUND, unbound)
    letters, lang = Letters(turn, roster), roster.company.language
    if person in roster.administrators():
        await binding.ask_in_group(turn, roster, unbound)
        return
    key = "groups.added_hidden" if person is None else "groups.added_by_member"
    await letters.chat(chat.id, Message(text=say(lang, key)))
    await tell_administrators(
        turn,
        roster,
        lambda r: binding.offer(
            r,
            unbound,
            say(
                r.lang,
                "groups.added_told",
                title=unbound.title,
                name=r.name(person) if person else say(r.lang, "groups.somebody_hidden"),
            ),
        ),
    )


async def _leave_strangers(turn: Turn, roster: Roster, change: ChatMemberUpdated) -> None:
    """Say why, and go; the administrators see how often it happens."""
    letters = Letters(turn, roster)
    lang = roster.company.language
    if change.chat.type != Chat.CHANNEL:
        await letters.chat(change.chat.id, Message(text=say(lang, "groups.leaving_strangers")))
    await letters.chat(change.chat.id, Leave())
    known = await turn.get(STRAYS, "strays") or Strays()
    strays = known.model_copy(update={"count": known.count + 1})
    turn.put(STRAYS, strays)
    await tell_administrators(
        turn,
        roster,
        lambda r: Message(
            text=say(
                r.lang,
                "groups.strays_told",
                title=title_of(change.chat.title),
                count=strays.count,
            )
        ),
        slot="strays",
    )


async def time_to_leave(turn: Turn, roster: Roster, chat: str) -> None:
    """Nobody has said whose group it is for three days."""
    unbound = await turn.get(UNBOUND, chat)
    if unbound is None or unbound.leave_at is None or unbound.leave_at > turn.at:
        return
    turn.remove(UNBOUND, chat)
    if roster.group_by_chat(unbound.chat) is not None:
        return  # the company's file has it by now, or it was known by another id
    letters = Letters(turn, roster)
    text = say(roster.company.language, "groups.leaving_unbound")
    await letters.chat(unbound.chat, Message(text=text))
    await letters.chat(unbound.chat, Leave())


# Going


async def set_usable(turn: Turn, desk: Desk, group: GroupId, *, usable: bool) -> None:
    """Whether anything can be posted there; administrators hear when that has changed."""
    roster = await desk.roster(turn)
    state, known = roster.group_state(group), roster.group(group)
    if state is None or known is None or state.usable == usable:
        return
    turn.put(GROUPS, state.model_copy(update={"usable": usable}))
    if usable and state.chat is not None:
        # What stands in the chat may be far up by now, or gone: cards are posted afresh.
        for slot in await turn.find(SLOTS, chat=state.chat):
            turn.remove(SLOTS, slot.slot)
    key = "groups.usable_again" if usable else "groups.lost"
    await tell_administrators(
        turn,
        await desk.roster(turn),
        lambda r: Message(text=say(r.lang, key, title=known.title, instead=instead_of(r, group))),
    )
