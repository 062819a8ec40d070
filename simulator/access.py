"""Which chats and messages the bot may reach. In: ids from a call. Out: the chat or message, or
Telegram's refusal.

Forbidden here: changing anything.
"""

from enum import IntEnum

from simulator import errors
from simulator.messages import Json, Shown
from simulator.params import Params, lenient_int
from simulator.people import Chat
from simulator.world import World


class Right(IntEnum):
    """What the bot wants to do with a chat."""

    READ = 1
    EDIT = 2
    WRITE = 3


def find_chat(world: World, params: Params, name: str = "chat_id") -> Chat:
    """The chat a parameter names. @usernames are of public chats and bots, of which there are none
    here.
    """
    given = params.text(name)
    if not given:
        raise errors.CHAT_ID_EMPTY.error()
    chat = world.chats.get(lenient_int(given))
    if chat is None:
        raise errors.CHAT_NOT_FOUND.error()
    return chat


def reach(world: World, params: Params, right: Right, name: str = "chat_id") -> Chat:
    """The chat, when the bot has `right` in it; ApiError otherwise."""
    chat = find_chat(world, params, name)
    if chat.is_private:
        _check_private(world, chat, right)
    else:
        _check_group(world, chat, right)
    return chat


def _check_private(world: World, chat: Chat, right: Right) -> None:
    person = world.people[chat.id]
    if person.deactivated and right >= Right.EDIT:
        raise errors.DEACTIVATED.error()
    if not person.started:
        if not _met(world, person.id):
            raise errors.CHAT_NOT_FOUND.error()
        if right >= Right.EDIT:
            raise errors.CANNOT_INITIATE.error()
    if person.blocked and right >= Right.EDIT:
        raise errors.BLOCKED.error()


def _met(world: World, person_id: int) -> bool:
    """Whether the bot shares a group with someone, and so knows of them."""
    return any(
        not chat.is_private and chat.has(person_id) and chat.has(world.bot.id)
        for chat in world.chats.values()
    )


def _check_group(world: World, chat: Chat, right: Right) -> None:
    if chat.migrated_to is not None:
        if right == Right.WRITE:
            raise errors.MIGRATED.error({"migrate_to_chat_id": chat.migrated_to})
        if right == Right.EDIT:
            raise errors.CANNOT_EDIT.error()
        return
    standing = world.bot_standing(chat)
    needed = Right.READ if chat.kind == "supergroup" else Right.EDIT
    if right < needed:
        return
    if standing == "kicked":
        raise errors.KICKED.error(kind=chat.kind)
    if standing == "left":
        raise errors.NOT_MEMBER.error(kind=chat.kind)


def find_message(world: World, chat: Chat, message_id: int, what: str) -> Shown:
    """A message the bot can see; `what` completes "message to ... not found"."""
    shown = world.message(chat.id, message_id)
    if shown is None or not shown.seen_by_bot:
        raise errors.NOT_FOUND_TO.error(what=what)
    return shown


def find_replied(world: World, chat: Chat, params: Params) -> Json:
    """`reply_to_message` for a new message, {} when it replies to none."""
    reply = params.parsed("reply_parameters", "reply parameters") or {}
    if not isinstance(reply, dict):
        raise errors.REPLY_NOT_OBJECT.error()
    if str(reply.get("chat_id") or chat.id) != str(chat.id):
        raise errors.NOT_SIMULATED.error(what="replies to another chat")
    message_id = lenient_int(reply.get("message_id") or params.integer("reply_to_message_id"))
    if not message_id:
        return {}
    shown = world.message(chat.id, message_id)
    if shown is not None and shown.seen_by_bot:
        return {"reply_to_message": shown.quoted()}
    lenient = reply.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply")
    if lenient:
        return {}
    raise errors.REPLY_NOT_FOUND.error()
