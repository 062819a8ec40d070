"""getChat, its members, pinning, leaving."""

from typing import Any

from simulator import errors
from simulator.access import Right, find_message, reach
from simulator.messages import Json
from simulator.methods.registry import Method, table
from simulator.params import Params
from simulator.people import Chat
from simulator.standing import member_shape, set_standing
from simulator.world import World

PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_invite_users",
)
GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


def get_chat(world: World, params: Params) -> Any:
    chat = reach(world, params, Right.READ)
    full: Json = {
        **world.chat_shape(chat),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(GIFTS, False),
    }
    if not chat.is_private:
        full["permissions"] = dict.fromkeys(PERMISSIONS, True)
    pinned = world.message(chat.id, chat.pinned[-1]) if chat.pinned else None
    if pinned is not None:
        full["pinned_message"] = pinned.quoted()
    return full


def get_administrators(world: World, params: Params) -> Any:
    """Anonymous ones are told to another administrator only."""
    chat = _group(world, params)
    leads = world.bot.id in chat.administrators
    return [
        member_shape(world, chat, user_id)
        for user_id in chat.administrators
        if leads or user_id not in chat.anonymous
    ]


def _group(world: World, params: Params) -> Chat:
    chat = reach(world, params, Right.READ)
    if chat.is_private:
        raise errors.NO_ADMINS_IN_PRIVATE.error()
    return chat


def get_member_count(world: World, params: Params) -> Any:
    chat = reach(world, params, Right.READ)
    return 2 if chat.is_private else len(chat.members)


def get_member(world: World, params: Params) -> Any:
    chat = reach(world, params, Right.READ)
    user_id = params.integer("user_id", 0)
    if user_id != world.bot.id and user_id not in world.people:
        raise errors.PARTICIPANT_INVALID.error()
    return member_shape(world, chat, user_id)


def leave_chat(world: World, params: Params) -> Any:
    chat = reach(world, params, Right.EDIT)
    if chat.is_private:
        raise errors.CANNOT_LEAVE_PRIVATE.error()
    set_standing(world, chat, world.bot.id, "left", by=world.bot.shape())
    return True


def pin_message(world: World, params: Params) -> Any:
    chat = reach(world, params, Right.WRITE)
    shown = find_message(world, chat, params.integer("message_id", 0), "pin")
    _check_pinning(world, chat)
    if shown.message_id in chat.pinned:
        return True
    chat.pinned.append(shown.message_id)
    world.show(chat, world.bot.shape(), {"pinned_message": shown.quoted()})
    world.tell_chat(chat)
    return True


def unpin_message(world: World, params: Params) -> Any:
    chat = reach(world, params, Right.WRITE)
    _check_pinning(world, chat)
    message_id = params.integer("message_id", chat.pinned[-1] if chat.pinned else 0)
    if message_id not in chat.pinned:
        raise errors.NOT_FOUND_TO.error(what="unpin")
    chat.pinned.remove(message_id)
    world.tell_chat(chat)
    return True


def _check_pinning(world: World, chat: Chat) -> None:
    if not chat.is_private and world.bot_standing(chat) != "administrator":
        raise errors.NO_PIN_RIGHTS.error()


METHODS = table(
    Method("getChat", get_chat),
    Method("getChatAdministrators", get_administrators),
    Method("getChatMemberCount", get_member_count),
    Method("getChatMember", get_member),
    Method("leaveChat", leave_chat),
    Method("pinChatMessage", pin_message),
    Method("unpinChatMessage", unpin_message),
)
